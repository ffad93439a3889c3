package syntax

import (
	"strings"
	"testing"
	"unicode/utf16"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"

	"github.com/stretchr/testify/require"
)

var (
	asICD10 = codelist.CodingSystem(coding.ICD10)
	asOPCS4 = codelist.CodingSystem(coding.OPCS4)
)

// addedBy returns the term of an added row whose code the given entry covers.
func addedBy(entry string) string { return "added by hesopmatch: covered by " + entry }

// TestSubmissionRows requires exactly the expected bytes after the bytes of the original file.
func TestSubmissionRows(t *testing.T) {
	family := func(category, without, before, behind string) string {
		var b strings.Builder
		for _, c := range " X0123456789" {
			if text := strings.TrimSpace(category + string(c)); !strings.Contains(without, string(c)) {
				b.WriteString(before + text + behind)
			}
		}
		return b.String()
	}
	families := func(broad string) string {
		var b strings.Builder
		for _, c := range "0123456789" {
			b.WriteString(family(broad+string(c), "", "", "\n"))
		}
		return b.String()
	}
	tests := []struct {
		source string
		read   []codelist.Option
		opts   []SubmissionOption
		want   string // the bytes that follow source
		line   string
		reason string
	}{
		{
			"E11.9\nE118\n",
			[]codelist.Option{asICD10},
			nil, "E119\n",
			"list.csv: 1 row added: 2 codes have 2 texts, 1 present already", "one code a line, added without the dot",
		},
		{"E11.9", []codelist.Option{asICD10}, nil, "\nE119\n", "", "a last line without a line end"},
		{"E11.9\r\nE118", []codelist.Option{asICD10}, nil, "\r\nE119\r\n", "", "CRLF"},
		{"E11.9\rE118\r", []codelist.Option{asICD10}, nil, "E119\r", "", "a lone CR"},
		{"E119\n\n\n", []codelist.Option{asICD10}, nil, "", "list.csv: 0 rows added: 1 code has 1 text, 1 present already", "the file lacks no text"},
		{"I10\n", []codelist.Option{asICD10}, nil, family("I10", " ", "", "\n"), "", "a category and its descendants, including the code with the filler"},
		{"I10%\n", []codelist.Option{asICD10}, nil, family("I10", "", "", "\n"), "", "data never contain a wildcard"},
		{"I10X\n", []codelist.Option{asICD10}, nil, "I10\nI10X0\n", "", "a bare category must not become its family"},
		{
			"I10X\nE11\n",
			[]codelist.Option{asICD10, codelist.CategoryPolicy(codelist.Never)},
			nil, "E11X\nI10\n", "",
			"under the policy Never, a bare category cannot become its family",
		},
		{"A01X\nA03.1\n", []codelist.Option{asOPCS4}, nil, "A031\n", "", "a bare category of procedures is left out, because it would become its family"},
		{"E11X\nE119\n", []codelist.Option{asICD10}, nil, "E11\n", "", "a list that names a longer code keeps a bare category as it is"},
		{
			"code\nF0\n",
			[]codelist.Option{asICD10, codelist.AllowBroad()},
			nil,
			families("F0"),
			"", "a broad prefix",
		},
		{"M05.10\n", []codelist.Option{asICD10}, nil, "M0510\n", "", "a code of five characters without its subcategory"},
		{"M05.1\n", []codelist.Option{asICD10}, nil, "M051\n", "", "a whole subcategory, without its ten codes of five characters"},
		{
			"code,exclude\nM05.1,\nM05.10,1\n",
			[]codelist.Option{asICD10, codelist.ExcludeColumn("exclude")},
			nil,
			"M051,\nM0511,\nM0512,\nM0513,\nM0514,\nM0515,\nM0516,\nM0517,\nM0518,\nM0519,\n", "",
			"a subcategory without one of its codes of five characters",
		},
		{"E11.9\n", []codelist.Option{asICD10}, []SubmissionOption{SubmissionDots()}, "E119\n", "", "the dotted code is already present"},
		{
			"I10X\nE119\n",
			[]codelist.Option{asICD10},
			[]SubmissionOption{SubmissionDots()},
			"E11.9\nI10\nI10X0\n", "",
			"I10.X would stand for the family",
		},
		{
			"A01\n",
			[]codelist.Option{asOPCS4},
			[]SubmissionOption{SubmissionDots()},
			"A01X\nA01.X\nA010\nA01.0\nA011\nA01.1\nA012\nA01.2\nA013\nA01.3\nA014\nA01.4\nA015\nA01.5\nA016\nA01.6\n" +
				"A017\nA01.7\nA018\nA01.8\nA019\nA01.9\n",
			"list.csv: 22 rows added: 11 codes have 23 texts, 1 present already", "a family with dots",
		},
		{
			"id,ICD10 code,description,author\n1,E11.9,Diabetes,A\n", nil, nil, ",E119," + addedBy("E119") + ",\n", "",
			"an added row has the columns of the header",
		},
		{
			"code\tterm\tcoding_system\nE11.9\tDiabetes\tICD-10 codes\nXaELQ\tDiabetes\tCTV3\n", nil, nil,
			"E119\t" + addedBy("E119") + "\tICD-10 codes\n", "", "tabs, and the system in the spelling of the file",
		},
		{"code;term\nE11.9;Diabetes\n", []codelist.Option{asICD10}, nil, "E119;" + addedBy("E119") + "\n", "", "semicolons between columns"},
		{"code|term\nE11.9|Diabetes\n", []codelist.Option{asICD10}, nil, "E119|" + addedBy("E119") + "\n", "", "bars between columns"},
		{
			"\"code\",\"term\",\"n\"\r\n\"E11.9\",\"a \"\"b\"\"\nc, d\",1\r\n",
			[]codelist.Option{asICD10},
			nil,
			"\"E119\",\"" + addedBy("E119") + "\",\r\n", "", "quotes around a line end",
		},
		{
			"a code:term\nE11.9:x\n",
			[]codelist.Option{asICD10, codelist.Delimiter(':'), codelist.CodeColumn("a code")},
			nil,
			"E119:\"" + addedBy("E119") + "\"\n", "", "a term that contains the delimiter",
		},
		{"\xEF\xBB\xBFcode\nE11.9\n", []codelist.Option{asICD10}, nil, "E119\n", "", "a byte order mark"},
		{
			"code,caf\xE9\nE11.9,x\n", []codelist.Option{asICD10}, nil, "E119,\n", "", "Windows-1252",
		},
		{
			"# a comment\n# another\ncode,term\nE11.9,x\n,footnote\n,\n",
			[]codelist.Option{asICD10},
			nil, "E119," + addedBy("E119") + "\n", "",
			"comments above, a footnote and an empty row below",
		},
		{
			"My codes\n\ncode,term\nE11.9,x\n",
			[]codelist.Option{asICD10},
			nil, "E119," + addedBy("E119") + "\n", "",
			"a title above the header",
		},
		{
			"code,status\nE11,include\nE11.3,exclude\n",
			[]codelist.Option{asICD10, codelist.ExcludeColumn("status")},
			nil,
			family("E11", " 3", "", ",include\n"), "", "an exclusion is resolved and the sign is copied",
		},
		{
			"code,keep\nE11%,yes\nE11.3,no\nE11.35,yes\n",
			[]codelist.Option{asICD10, codelist.ExcludeColumn("keep")},
			nil,
			strings.Replace(family("E11", "3", "", ",yes\n"), "E112,yes\n", "E112,yes\nE1135,yes\n", 1), "", "an exception to an exception",
		},
		{
			"code,include\nE11.9,1\n",
			[]codelist.Option{asICD10},
			nil, "E119,1\n", "",
			"a column of signs that no option names and that excludes nothing",
		},
		{
			"code,filter\nE11%,in\nE11.3,drop\n",
			[]codelist.Option{asICD10, codelist.ExcludeColumn("filter"), codelist.ExcludeValue("drop")},
			nil,
			family("E11", "3", "", ",in\n"), "", "a value of the column of signs that means exclude",
		},
		{
			"code,coding_system,term\nE11.9,ICD10,a\nA01.1,OPCS-4,b\n", nil, nil,
			"E119,ICD10," + addedBy("E119") + "\nA011,OPCS-4," + addedBy("A011") + "\n", "", "both systems in one column",
		},
		{
			"icd10_code,opcs_code,term\nE11.9,A01.1,a\n", nil, nil, "E119,," + addedBy("E119") + "\n,A011," + addedBy("A011") + "\n", "",
			"one column of codes for each system",
		},
		{
			"code,disease\nE11.9,\"diabetes, 2\"\nE11.9,other\nE11%,\n",
			[]codelist.Option{asICD10},
			[]SubmissionOption{SubmissionGroups("disease")},
			"E119,\"diabetes, 2\"\nE119,other\n" + family("E11", "", "", ",\n"), "list.csv: 14 rows added: 13 codes have 14 texts, 0 present already",
			"one list for each value of a column",
		},
		{
			"code,term\nE11.9,diabetes\n",
			[]codelist.Option{asICD10},
			[]SubmissionOption{SubmissionGroups("term")},
			"E119,diabetes\n", "",
			"one list for each term",
		},
		{
			"code,disease\nE11.9,diabetes\n", []codelist.Option{asICD10}, nil, "E119,\n", "", "the other columns of an added row are empty",
		},
		{"icd\nE11.8-E11.9\n", []codelist.Option{asICD10, codelist.HeadingRows(codelist.ExpandHeadings)}, nil, "E118\nE119\n", "", "a range"},
		{"icd\nE11.[8-9]\nE10_\n", []codelist.Option{asICD10}, nil, strings.Replace(family("E10", "", "", "\n"), "E109\n", "E109\nE118\nE119\n", 1), "", "patterns"},
		{"icd;n\nE11.8, E11.9;1\n", []codelist.Option{asICD10}, nil, "E118;\nE119;\n", "", "several codes in one cell"},
		{
			"code\nE11.9\n?\n", []codelist.Option{asICD10, codelist.AllowRejected()}, nil, "E119\n", "", "a rejected row stays",
		},
		{"code\nR69\n", []codelist.Option{asICD10}, nil, family("R69", " ", "", "\n"), "", "the category for missing values"},
		{"code,x\nE11.9,\"\"\n", []codelist.Option{asICD10}, nil, "E119,\n", "", "an empty cell in quotes"},
		{"a,code,x,y\n,E11.9\n", []codelist.Option{asICD10}, nil, ",E119,,\n", "", "a short row: added rows are as wide as the header"},
	}
	for _, tt := range tests {
		s, err := NewSubmission("list.csv", []byte(tt.source), tt.read, tt.opts...)
		require.NoError(t, err, tt.reason)
		require.Equal(t, tt.source+tt.want, string(s.File), tt.reason)
		if tt.line != "" {
			require.Equal(t, tt.line, s.String(), tt.reason)
		}
	}
}

// TestSubmissionTables requires each row to be added at the end of the table that holds the entry covering its code.
func TestSubmissionTables(t *testing.T) {
	source := "icd10_code,term\nE11.9,a\n\nterm,opcs_code\nb,A01.1\n"
	s, err := NewSubmission("list", []byte(source), nil)
	require.NoError(t, err)
	require.Equal(t, "icd10_code,term\nE11.9,a\n\nE119,"+addedBy("E119")+"\nterm,opcs_code\nb,A01.1\n"+addedBy("A011")+",A011\n", string(s.File))

	for _, big := range []bool{false, true} {
		wide := utf16Text(source, big)
		s, err := NewSubmission("list", wide, nil)
		require.NoError(t, err)
		require.Equal(t, utf16Text("icd10_code,term\nE11.9,a\n\nE119,"+addedBy("E119")+"\nterm,opcs_code\nb,A01.1\n"+addedBy("A011")+",A011\n", big), s.File)
	}
}

// TestSubmissionWide requires that no byte of a UTF-16 file changes, even where the encoding is invalid.
func TestSubmissionWide(t *testing.T) {
	source := append(utf16Text("code,term\nE11.9,😀", false), 0x00, 0xD8, '\n', 0)
	s, err := NewSubmission("list", source, []codelist.Option{asICD10})
	require.NoError(t, err)
	require.Equal(t, string(source)+string(utf16Text("E119,"+addedBy("E119")+"\n", false)[2:]), string(s.File), "half a surrogate pair")
}

// utf16Text encodes a text in UTF-16 with a byte order mark.
func utf16Text(text string, big bool) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune("\uFEFF" + text)) {
		if pair := []byte{byte(u), byte(u >> 8)}; big {
			b = append(b, pair[1], pair[0])
		} else {
			b = append(b, pair...)
		}
	}
	return b
}

func TestSubmissionRefused(t *testing.T) {
	tests := []struct {
		source string
		read   []codelist.Option
		opts   []SubmissionOption
		kind   error
		text   string
		reason string
	}{
		{
			`[{"code": "E11.9"}]`,
			[]codelist.Option{asICD10},
			nil, ErrSubmission,
			"list: no submission form: JSON has no rows to add to; save the codes as CSV, or as plain text with one code a line",
			"JSON",
		},
		{
			"icd\nE11.8-E11.9\n",
			[]codelist.Option{asICD10},
			nil, ErrSubmission,
			`list:2: no submission form: with the added rows, this row is rejected (range inside which the list names ` +
				`codes: a heading or an entry?); with HeadingRows(ExpandHeadings) the file is read as the same list ` +
				`with or without the added rows`,
			"a range becomes a heading",
		},
		{
			"icd10\nE11\nopcs\n",
			[]codelist.Option{codelist.AllowRejected()},
			nil, ErrSubmission,
			"list:3: no submission form: with the added rows, this rejected row (not a code) would be read " +
				"differently and change the covered codes; take the row out",
			"the last row becomes a header",
		},
		{
			"icd\nopcs\nA\n",
			[]codelist.Option{asICD10, codelist.AllowRejected(), codelist.AllowBroad()},
			nil, ErrSubmission,
			"list:2: no submission form: with the added rows, the file cannot be read (list: no entry left",
			"a row becomes the header of rows of another system",
		},
		{
			"icd\nE11.9\n",
			[]codelist.Option{asICD10, codelist.SizeLimits(codelist.Limits{Rows: 2})},
			nil, ErrSubmission,
			"list: no submission form: with the added rows, the file cannot be read: list: limit exceeded: more than 2 rows (Limits.Rows)",
			"a limit on rows",
		},
		{"\xD0\xCF\x11\xE0", []codelist.Option{asICD10}, nil, codelist.ErrText, "save it as .xlsx without one, or as CSV", "an old workbook"},
		{
			"PK\x03\x04\x14\x00\x00\x00\x00\x00mimetypeapplication/vnd.oasis.opendocument.spreadsheet", nil, nil, codelist.ErrText,
			"an OpenDocument spreadsheet (.ods); save it as .xlsx or CSV", "a workbook of another program",
		},
		{"code\n?\n", []codelist.Option{asICD10}, nil, nil, "rejected row", "a file that Parse refuses with its own type of error"},
		{"code\nE11\n", []codelist.Option{asICD10}, []SubmissionOption{nil}, codelist.ErrOption, "option 0 of NewSubmission is nil", "a nil option"},
		{"code\nE11\n", []codelist.Option{asICD10}, []SubmissionOption{SubmissionGroups("x")}, codelist.ErrNoColumn, "no such column", "an absent column of groups"},
		{
			"code\nE11.9\n",
			[]codelist.Option{asICD10},
			[]SubmissionOption{SubmissionGroups("code")},
			ErrSubmission,
			`"code" is a column of codes: each added text would become a list of its own`, "the column of codes as the column of groups",
		},
	}
	for _, tt := range tests {
		_, err := NewSubmission("list", []byte(tt.source), tt.read, tt.opts...)
		if tt.kind != nil {
			require.ErrorIs(t, err, tt.kind, tt.reason)
		}
		require.ErrorContains(t, err, tt.text, tt.reason)
	}
	s, err := NewSubmission("list", []byte("code,x\n"), []codelist.Option{asICD10, codelist.AllowEmpty()}, SubmissionGroups("x"))
	require.NoError(t, err, "without lists there is nothing to add")
	require.Equal(t, "code,x\n", string(s.File))
}

func TestSubmissionNotices(t *testing.T) {
	source := "code,exclude,coding_system\nE11,,icd10\nE11.3,1,icd10\nI10X,,icd10\nA01X,,opcs\nM0510,,icd10\nM051,1,icd10\n?,,icd10\n"
	s, err := NewSubmission("list", []byte(source), []codelist.Option{codelist.ExcludeColumn("exclude"), codelist.AllowRejected()})
	require.NoError(t, err)
	var lines []string
	for _, n := range s.Notices() {
		lines = append(lines, n.String())
	}
	require.Equal(t, []string{
		"warning: list: 2 rows of the file exclude codes and are still in it: a program that compares texts must not use them; " +
			"no row was added for what they exclude",
		"warning: list: no row was added for 1 row of the file that Parse rejects",
		"warning: list: 1 category not added in the form without filler (A01), which in this file would also stand for the " +
			"descendants; if the data hold that form, ask the provider for it separately",
		"note: list: 1 category added without filler (I10), each together with its five-character code ending in X0, so " +
			"that the category does not stand for its descendants; the list covers that code, and data rarely hold such a code",
		"note: list: in a column that truncates codes to the length of the text, 3 texts (E11, I10, A01) would match more " +
			"than the list does",
		"note: list: 1 text of five characters (M0510) that columns of four cannot hold",
	}, lines)
}
