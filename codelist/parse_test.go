package codelist

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"testing/iotest"

	"hesopmatch/codelist/coding"

	"github.com/stretchr/testify/require"
)

// outcomes writes a report briefly: line, verdict, raw cell.
func (l *List) outcomes() string {
	var words []string
	for out := range l.Report().Outcomes() {
		words = append(words, fmt.Sprintf("%d:%v:%s", out.Pos.Line, out.Verdict, out.Raw))
	}
	return strings.Join(words, " ")
}

func TestParseFinds(t *testing.T) {
	tests := []struct {
		text   string
		opts   []Option
		want   string // entries
		reason string
	}{
		{"code\nE11\n", []Option{CodingSystem(coding.ICD10)}, "E11%", "one column with a header"},
		{"E11\nI10\n", []Option{CodingSystem(coding.ICD10)}, "E11% I10%", "one column without a header"},
		{"# a list\nE11\n# more\nI10", []Option{CodingSystem(coding.ICD10)}, "E11% I10%", "comments in plain text"},
		{"# a list\ncode,term\nE11,x\n", []Option{CodingSystem(coding.ICD10)}, "E11%", "comments before a header"},
		{"#ICD10\tterm\tstatus\nE11\tx\t+\nE113\ty\t-\n", []Option{ExcludeColumn("status")}, "E11% !E113%", "a header after a # is not a comment"},
		{"# by hand\n#icd10,x\nE11,1\n", nil, "E11%", "... but a line with a # above the header is a comment; found by a second implementation, keep"},
		{"# by hand\n#my code|terminology\nE11|ICD10\n", []Option{CodeColumn("my_code")}, "E11%", "... also if the caller names the code column"},
		{"#\"icd10 code\",x\nE11,1\n", nil, "E11%", "a header with quotes after a #"},
		{"#code\nE11\n#I10\n", []Option{CodingSystem(coding.ICD10)}, "E11%", "a header of one column after a #"},
		{"E11\r\nI10\r\n", []Option{CodingSystem(coding.ICD10)}, "E11% I10%", "CRLF"},
		{"E11\rI10\r", []Option{CodingSystem(coding.ICD10)}, "E11% I10%", "CR"},
		{"\n\n,,\nterm,code\n\nx,E11\n,\n", []Option{CodingSystem(coding.ICD10)}, "E11%", "blank and comma-only rows, and a code column that is not the first"},
		{"ICD-10 code,term\nE11,x\n", nil, "E11%", "the header states the system"},
		{"OPCS4code;Descr\nK40;x\n", nil, "K40%", "another spelling of the header; semicolons"},
		{"Disease\ticd10\nx\tE11\n", nil, "E11%", "tab"},
		{"term|Concept Code\nx|E11\n", []Option{CodingSystem(coding.ICD10)}, "E11%", "vertical bar"},
		{"procedure_code,x\nK40,1\n", []Option{CodingSystem(coding.OPCS4)}, "K40%", "procedure_code"},
		{"diagnosis,code\nDiabetes,E11\n", []Option{CodingSystem(coding.ICD10)}, "E11%", "a column called diagnosis holds terms if another column has the codes"},
		{"diagnoses,sex\nE11,1\n", []Option{CodingSystem(coding.ICD10)}, "E11%", "... and a column called diagnoses holds codes if no other column does"},
		{"Obesity,E66,x\nDiabetes,E11,y\n", []Option{CodingSystem(coding.ICD10)}, "E66% E11%", "no header: Parse finds the column by its content"},
		{"My Codes,code2\nE11,I10\n", []Option{CodingSystem(coding.ICD10), CodeColumn("my-codes")}, "E11%", "the column that the caller names; case, spaces and dashes in its name do not count"},
		{"code,term\nE11,\"a, \"\"b\"\"\nc\"\nI10,d\n", []Option{CodingSystem(coding.ICD10)}, "E11% I10%", "quotes"},
		{"code,term\nE11\nI10,a,b,c\n", []Option{CodingSystem(coding.ICD10)}, "E11% I10%", "ragged rows"},
		{"a:code:b\n1:E11:2\n", []Option{CodingSystem(coding.ICD10), Delimiter(':')}, "E11%", "a delimiter from the caller"},
		{"code\nI21, I22\n", []Option{CodingSystem(coding.ICD10)}, "I21% I22%", "in a file of one column a comma is part of the cell"},
		{"coding_system,code\nICD10,E11\nOPCS-4.10,K40\nSNOMED  CT codes,123\n,I10\n", []Option{CodingSystem(coding.ICD10)}, "E11% I10%", "a system column selects rows; where its cell is empty, the system of the caller applies"},
		{"coding_system,code\nICD10,E11\nopcs4,K40\n", nil, "E11% K40%", "both systems if the caller states none"},
		{"terminology,code,code_type\nICD10,E11,1.0\n", nil, "E11%", "a column code_type states nothing if its values name no system"},
		{"code_type,code\n1,E11\n0,I10\n", []Option{CodingSystem(coding.ICD10)}, "E11% I10%", "... also if it is the only column that could state systems"},
		{"codification,icd10\nicd,E11\n", nil, "E11%", "icd alone does not state the edition, but the header does"},
		{"icd,term\nE11,x\n", []Option{CodingSystem(coding.ICD10)}, "E11%", "... and neither does a header icd, but the caller does"},
		{"code,include\nE11,1\nI10,1\n", []Option{CodingSystem(coding.ICD10)}, "E11% I10%", "all rows are inclusions"},
		{"code,status\nE11,+\nE113,(-)\nI10,\n", []Option{CodingSystem(coding.ICD10), ExcludeColumn("STATUS")}, "E11% !E113% I10%", "a column of signs, named by the caller"},
		{"code,Excluded\nE11,0\nE113,yes\nI10,\n", []Option{CodingSystem(coding.ICD10), ExcludeColumn("excluded")}, "E11% !E113% I10%", "a column of exclusions inverts the signs"},
		{"code,reason_for_removal\nE11,x\n", []Option{CodingSystem(coding.ICD10), AllowRemovals()}, "E11%", "a column reason_for_removal, with AllowRemovals"},
		{"code\nE10-E14\n", []Option{CodingSystem(coding.ICD10)}, "E10% E11% E12% E13% E14%", "a range"},
		{"code,exclude\nE10-E14,\nE11,1\nE119,\n", []Option{CodingSystem(coding.ICD10), ExcludeColumn("exclude")}, "E10% E11% E12% E13% E14% !E11% E119%", "a code under a shorter exclusion does not make the range a heading"},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			for _, encode := range []func(string) string{
				func(s string) string { return s },
				func(s string) string { return "\xEF\xBB\xBF" + s },
				func(s string) string { return utf16le(s) },
			} {
				l, err := Parse("list", strings.NewReader(encode(tt.text)), tt.opts...)
				require.NoError(t, err)
				require.Equal(t, tt.want, l.shown())
			}
		})
	}
}

// utf16le encodes ASCII as UTF-16 with a byte order mark.
func utf16le(s string) string {
	var b strings.Builder
	b.WriteString("\xFF\xFE")
	for i := range len(s) {
		b.WriteByte(s[i])
		b.WriteByte(0)
	}
	return b.String()
}

func TestParseRefuses(t *testing.T) {
	tests := []struct {
		text   string
		opts   []Option
		want   error
		says   string
		reason string
	}{
		{"", nil, ErrNoEntry, "no rows", "an empty file"},
		{"\n,,\n# x\n", nil, ErrNoEntry, "no rows", "only blank rows and comments"},
		{"code\n", nil, ErrNoEntry, "0 rows rejected, 0 ignored; there are no rows below the header", "no rows but the header"},
		{"code,coding_system\n123,SNOMED\n", nil, ErrNoEntry, "0 rows rejected, 1 ignored; the rows belong to another coding " +
			"system", "only rows of another system"},
		{"code\nE11\n", []Option{CodingSystem(coding.ICD10), HeaderRow(9)}, ErrNoColumn, "list.csv: no row for the header: line 9 " +
			"(HeaderRow) of a file of 2 lines", "a HeaderRow beyond the end"},
		{"code\nNA\n", []Option{CodingSystem(coding.ICD10), AllowRejected()}, ErrNoEntry, "1 rows rejected", "no entry is left, even with AllowRejected"},
		{"conceptId,term,type\nObesity,E66,Obesity\n", []Option{CodingSystem(coding.ICD10)}, ErrNoCodeColumn, `"conceptId", "term", "type"; name one with CodeColumn`, "a header whose names do not fit the columns"},
		{"code,icd10\nE11,E11\n", nil, ErrCodeColumns, `"code", "icd10"; name one`, "two columns that may hold the codes"},
		{"E11,I10\n", []Option{CodingSystem(coding.ICD10)}, ErrCodeColumns, `"E11", "I10"`, "two columns of codes without a header"},
		{"code\nE11\n", []Option{CodingSystem(coding.ICD10), CodeColumn("codes")}, ErrNoColumn, `no such column: "codes" ` +
			`(CodeColumn); did you mean "code"? columns are "code"`, "no column with the caller's name"},
		{"a-b,a b\nE11,I10\n", []Option{CodingSystem(coding.ICD10), CodeColumn("ab")}, ErrNoColumn, `several columns with the same name: 2 ` +
			`are called "ab"`, "two columns with the caller's name"},
		{"code\nE11\n", []Option{CodingSystem(coding.ICD10), ExcludeColumn("status")}, ErrNoColumn, "ExcludeColumn", "no column with the name in ExcludeColumn"},
		{"E11\n", []Option{CodingSystem(coding.ICD10), ExcludeColumn("status")}, ErrNoColumn, "ExcludeColumn", "... in a file without a header"},
		{"code\nE11\n", nil, ErrNoSystem, "CodingSystem", "nothing states a system"},
		{"icd10\nE11\n", []Option{CodingSystem(coding.OPCS4)}, ErrOtherSystem, "OPCS-4", "the header states a different system"},
		{"code,status\nE11,+\nE113,-\n", []Option{CodingSystem(coding.ICD10)}, ErrUnusedSigns, `"status"`, "signs without ExcludeColumn"},
		{"code,exclude\nE11,1\nE113,\n", []Option{CodingSystem(coding.ICD10)}, ErrUnusedSigns, `"exclude"`, "... some of them empty"},
		{"code,include\nE11,0\n", []Option{CodingSystem(coding.ICD10)}, ErrUnusedSigns, `"include"`, "... that exclude every row"},
		{"code,exclude\nE11,FALSE\nE11.3,TRUE\n", []Option{CodingSystem(coding.ICD10)}, ErrUnusedSigns, `"exclude"`, "... written TRUE and FALSE"},
		{"Codes of diabetes\ncode,term\nE11,x\ncode,term\nE12,y\n", []Option{CodingSystem(coding.ICD10)}, ErrNoCodeColumn, "row 2 looks like the header: name it with HeaderRow(2)", "a title above two headers"},
		{"Stroke: first: I63\nicd10\nE11\n", nil, ErrNoCodeColumn, "row 1 above it holds a code", "a row with a code after two labels is not a title"},
		{"a: I63: b\nicd10\nE11\n", nil, ErrNoCodeColumn, "row 1 above it holds a code", "... or between two labels"},
		{": I63\nicd10\nE11\n", nil, ErrNoCodeColumn, "row 1 above it holds a code", "... or after an empty label"},
		{"I63 stroke: first\nicd10\nE11\n", nil, ErrNoCodeColumn, "row 1 above it holds a code", "... or before words and a colon"},
		{"I63\u00a0stroke\nicd10\nE11\n", nil, ErrNoCodeColumn, "row 1 above it holds a code", "... or before a no-break space"},
		{"#code,status\nE11,+\nE113,-\n", []Option{CodingSystem(coding.ICD10)}, ErrUnusedSigns, `"status"`, "signs under a header after a #"},
		{"icd10,include,exclude\nE11,1,0\nE12,0,0\n", []Option{ExcludeColumn("exclude")}, ErrUnusedSigns, `"include" excludes row 3, which "exclude" includes; take out one of the columns`, "a second column that contradicts the named one"},
		{"E11,F10\nE12,F11\n", []Option{CodingSystem(coding.ICD10)}, ErrCodeColumns, "the file has no header; add one", "two columns of codes: the message says what the caller can do"},
		{"E11,F10\nE12,F11\n", []Option{CodingSystem(coding.ICD10), CodeColumn("E11")}, ErrNoColumn, `the file has no header: "E11" ` +
			`(CodeColumn) is itself a code; add a header`, "... but must not name a column by its code"},
		{"icd10\nE11\x00E12\n", nil, ErrText, "NUL bytes: binary, or UTF-16 without a byte order mark; save it as UTF-8", "a NUL"},
		{"i\x00c\x00d\x001\x000\x00\n\x00", nil, ErrText, "UTF-16 without a byte order mark", "UTF-16 without a mark"},
		{"icd10" + strings.Repeat(",", 100) + "\nE11\n", []Option{SizeLimits(Limits{RowBytes: 50})}, ErrLimit, ":1: limit exceeded: row of more than 50 bytes (Limits.RowBytes)", "a long line"},
		{"icd10,x\nE11,1\n", []Option{SizeLimits(Limits{Cells: 3})}, ErrLimit, "more than 3 cells (Limits.Cells)", "too many cells"},
		{"code,reason for removal\nE11,x\n", []Option{CodingSystem(coding.ICD10)}, ErrRemovals, "AllowRemovals", "codes that were removed"},
		{"code\nE11,\"x\n", []Option{CodingSystem(coding.ICD10), Delimiter(',')}, ErrText, ":2:", "an open quote"},
		{"PK\x03\x04...", nil, ErrText, "Excel", "a workbook"},
		{"\xD0\xCF\x11\xE0...", nil, ErrText, ".xls", "a legacy workbook"},
		{"\x1F\x8B...", nil, ErrText, "gzip", "compressed"},
		{"%PDF-1.7", nil, ErrText, "PDF", "a document"},
		{"\xFF\xFEc", nil, ErrText, "half a character", "UTF-16 cut short"},
		{"code\nE11\nI10\n", []Option{CodingSystem(coding.ICD10), SizeLimits(Limits{Rows: 2})}, ErrLimit, "Limits.Rows", "too many rows, including the header"},
		{"code\nE11\nI10\n", []Option{CodingSystem(coding.ICD10), SizeLimits(Limits{Entries: 1})}, ErrLimit, "Limits.Entries", "too many entries"},
		{"code\n" + strings.Repeat("A____\n", 1000), []Option{CodingSystem(coding.ICD10), SizeLimits(Limits{Entries: 20_000})}, ErrLimit, "Limits.Entries", "... from cells with _: Parse stops before all are expanded"},
		{"code\nE11\nI10\n", []Option{CodingSystem(coding.ICD10), SizeLimits(Limits{Bytes: 10})}, ErrLimit, "Limits.Bytes", "too many bytes"},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			l, err := Parse("list", strings.NewReader(tt.text), append(tt.opts, FileName("dir/list.csv"))...)
			require.Nil(t, l)
			require.ErrorIs(t, err, tt.want)
			var file *FileError
			require.ErrorAs(t, err, &file)
			require.Equal(t, "dir/list.csv", file.File)
			require.ErrorContains(t, err, tt.says)
			require.NotContains(t, err.Error(), "\n", "the message is one line")
		})
	}
	broken := errors.New("broken")
	_, err := Parse("list", iotest.ErrReader(broken))
	require.ErrorIs(t, err, broken)
}

func TestParseAccountsForEveryRow(t *testing.T) {
	const file = `Coding system,Code,Term
ICD10,E11,Type 2 diabetes

icd-10, e11.9 ,lower case
SNOMED CT,44054006,another system
ICD10,E119,again
ICD10,,no code
ICD10,NA,not available
OPCS4,"K40.1, K40.2",two
ICD10,ICD10,a header among the data
`
	l, err := Parse("list", strings.NewReader(file), AllowRejected(), FileName("list.csv"))
	require.NoError(t, err)
	require.Equal(t, "2:accepted:E11 4:repaired: e11.9  5:ignored:44054006 6:duplicate:E119 7:ignored: "+
		"8:rejected:NA 9:repaired:K40.1, K40.2 9:repaired:K40.1, K40.2 10:rejected:ICD10", l.outcomes())
	require.Equal(t, "E11 E119% K401% K402%", l.shown())
	r := l.Report()
	require.Equal(t, 1, r.Blank)
	require.Equal(t, "UTF-8", r.Encoding)
	require.Equal(t, byte(','), r.Delimiter)
	require.Equal(t, "list.csv", r.File)
	require.NotZero(t, r.SHA256)
	require.Equal(t, "Type 2 diabetes", l.Entry(0).Term)
	require.Equal(t, Position{File: "list.csv", Line: 4, Column: 2}, l.Entry(1).Pos)
	require.Equal(t, " e11.9 ", l.Entry(1).Raw)
	var reasons []string
	for out := range r.Outcomes() {
		if out.Reason != "" {
			reasons = append(reasons, out.Reason)
		}
		require.Equal(t, 2, out.Pos.Column)
	}
	require.Equal(t, []string{
		"case, outer white space", "another coding system: SNOMED CT", reasonDuplicate, reasonNoCode, reasonNotCode,
		"several codes in one cell", "several codes in one cell", reasonNotCode,
	}, reasons)

	_, err = Parse("list", strings.NewReader(file), FileName("list.csv"))
	var rejected *RejectedError
	require.ErrorAs(t, err, &rejected)
	require.Len(t, rejected.Rows, 2, "without AllowRejected: all rejected rows in one error")
	require.ErrorContains(t, err, "list.csv: 2 rejected rows")
	require.ErrorContains(t, err, `line 8, column 2: "NA": not a code`)
}

func TestRejectedErrorIsCapped(t *testing.T) {
	_, err := Parse("list", strings.NewReader("code\nE11\n"+strings.Repeat("NA\n", 1000)), CodingSystem(coding.ICD10))
	var rejected *RejectedError
	require.ErrorAs(t, err, &rejected)
	require.Len(t, rejected.Rows, 1000, "all rows are kept")
	require.Equal(t, 22, strings.Count(err.Error(), "\n"), "but only 20 are printed, with advice")
	require.ErrorContains(t, err, "and 980 more")
}

func TestEncodings(t *testing.T) {
	l, err := Parse("list", strings.NewReader("icd10,term\nE11,Ménière \u2013 x\n"))
	require.NoError(t, err)
	require.Equal(t, "UTF-8", l.Report().Encoding)
	l, err = Parse("list", strings.NewReader("icd10,term\nE10\x96E11,M\xE9ni\xE8re \x80\n"))
	require.NoError(t, err)
	require.Equal(t, "Windows-1252", l.Report().Encoding)
	require.Equal(t, "E10% E11%", l.shown(), "the dash of Windows-1252 makes a range")
	require.Equal(t, "Ménière €", l.Entry(0).Term)
	l, err = Parse("list", strings.NewReader("\xFE\xFF\x00i\x00c\x00d\x001\x000\x00\n\x00E\x001\x001"))
	require.NoError(t, err)
	require.Equal(t, "UTF-16", l.Report().Encoding)
	require.Equal(t, "E11%", l.shown())
}

func TestLimitsOfSize(t *testing.T) {
	for _, opt := range []Option{SizeLimits(Limits{Rows: 2}), SizeLimits(Limits{Bytes: math.MaxInt}), SizeLimits(Limits{Entries: 1})} {
		l, err := Parse("list", strings.NewReader("icd10\nE11\n"), opt)
		require.NoError(t, err)
		require.Equal(t, 1, l.Len())
	}
}

func TestCellLimit(t *testing.T) {
	l, err := Parse("list", strings.NewReader("icd10\nE11\n"+strings.Repeat("x", 100)+"\n"), AllowRejected(), SizeLimits(Limits{CellBytes: 50}))
	require.NoError(t, err)
	require.Equal(t, 1, l.Report().Count(Rejected))
	l, err = Parse("list", strings.NewReader("icd10\nE11\nE10-E14\n"), AllowRejected(), SizeLimits(Limits{CellCodes: 3}))
	require.NoError(t, err)
	require.Equal(t, "E11%", l.shown())
}

// BenchmarkParse reads a list of a million rows, more than any real list has. A short run reads a hundredth of that.
func BenchmarkParse(b *testing.B) {
	rows := 1_000_000
	if testing.Short() {
		rows = 10_000
	}
	distinct := min(rows, 26*100*10*10)
	var text strings.Builder
	text.WriteString("code,coding_system,term\n")
	for i := range rows {
		fmt.Fprintf(&text, "%c%02d.%d%d,ICD10 codes,term of row %d\n", 'A'+i%26, i/26%100, i/2600%10, i/26000%10, i)
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		l, err := Parse("list", strings.NewReader(text.String()))
		if err != nil || l.Len() != distinct || l.Report().Count(Duplicate) != rows-distinct {
			b.Fatal(l.Len(), err)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
