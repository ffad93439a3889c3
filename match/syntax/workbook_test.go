package syntax

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/codelist/xlsx"
	"hesopmatch/internal/oracle"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// bookRows holds the name and the rows of a sheet.
type bookRows struct {
	sheet string
	rows  [][]any
}

// makeBook returns a workbook of the given sheets. The callback may be nil; otherwise it can edit the workbook before
// it is written.
func makeBook(t *testing.T, change func(*excelize.File), sheets ...bookRows) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, s := range sheets {
		if i == 0 {
			require.NoError(t, f.SetSheetName("Sheet1", s.sheet))
		} else {
			_, err := f.NewSheet(s.sheet)
			require.NoError(t, err)
		}
		for j, row := range s.rows {
			cell, err := excelize.CoordinatesToCellName(1, j+1)
			require.NoError(t, err)
			require.NoError(t, f.SetSheetRow(s.sheet, cell, &row))
		}
	}
	if change != nil {
		change(f)
	}
	b, err := f.WriteToBuffer()
	require.NoError(t, err)
	return b.Bytes()
}

// rewriteBook changes the XML of those parts of a workbook whose names have the given ending.
func rewriteBook(t *testing.T, book []byte, end string, change func(string) string) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	require.NoError(t, err)
	parts := make(map[*zip.File][]byte)
	for _, f := range archive.File {
		if strings.HasSuffix(f.Name, end) {
			data, err := readPart(f)
			require.NoError(t, err)
			changed := change(string(data))
			require.NotEqual(t, string(data), changed)
			parts[f] = []byte(changed)
		}
	}
	require.NotEmpty(t, parts)
	changed, err := replaceParts(archive, parts)
	require.NoError(t, err)
	return changed
}

// sheetXML returns the XML of the named part in two archives. It requires all other parts to have the same bytes and
// order.
func sheetXML(t *testing.T, was, is []byte, name string) (before, after string) {
	t.Helper()
	first, err := zip.NewReader(bytes.NewReader(was), int64(len(was)))
	require.NoError(t, err)
	second, err := zip.NewReader(bytes.NewReader(is), int64(len(is)))
	require.NoError(t, err)
	require.Len(t, second.File, len(first.File))
	raw := func(f *zip.File) []byte {
		r, err := f.OpenRaw()
		require.NoError(t, err)
		data, err := io.ReadAll(r)
		require.NoError(t, err)
		return data
	}
	for i, f := range first.File {
		g := second.File[i]
		require.Equal(t, f.Name, g.Name)
		if f.Name == name {
			a, err := readPart(f)
			require.NoError(t, err)
			b, err := readPart(g)
			require.NoError(t, err)
			before, after = string(a), string(b)
			continue
		}
		require.Equal(t, raw(f), raw(g), f.Name)
		require.Equal(t, f.CRC32, g.CRC32)
		require.Equal(t, f.Method, g.Method)
		require.True(t, f.Modified.Equal(g.Modified))
	}
	require.NotEmpty(t, after)
	return before, after
}

var readBooks = []codelist.Option{xlsx.Workbooks()}

const codesPart = "xl/worksheets/sheet2.xml"

// fullBook returns a workbook with many features besides its codes.
func fullBook(t *testing.T) []byte {
	t.Helper()
	return makeBook(t, func(f *excelize.File) {
		require.NoError(t, f.MergeCell("Codes", "A1", "D1"))
		style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, NumFmt: 49})
		require.NoError(t, err)
		require.NoError(t, f.SetCellStyle("Codes", "A2", "D5", style))
		require.NoError(t, f.AutoFilter("Codes", "A2:D4", nil))
		require.NoError(t, f.ProtectSheet("Codes", &excelize.SheetProtectionOptions{Password: "x", SelectLockedCells: true}))
		require.NoError(t, f.SetDefinedName(&excelize.DefinedName{Name: "list", RefersTo: "Codes!$A$2:$D$4"}))
		require.NoError(t, f.AddComment("Codes", excelize.Comment{Cell: "A3", Author: "a", Text: "b"}))
		require.NoError(t, f.AddTable("Notes", &excelize.Table{Range: "A1:A2", Name: "notes"}))
	},
		bookRows{"Notes", [][]any{{"A note"}, {"and another"}}},
		bookRows{"Codes", [][]any{
			{"Our codes"},
			{"coding_system", "term", "code", "n"},
			{"ICD-10", "<Diabetes & more>", "E11.9", 1},
			{"OPCS-4", "Procedure", "A01.1", 2},
		}},
	)
}

func TestSubmissionWorkbook(t *testing.T) {
	book := fullBook(t)
	s, err := NewSubmission("list.xlsx", book, readBooks)
	require.NoError(t, err)
	require.Equal(t, "list.xlsx: 2 rows added: 2 codes have 2 texts, 0 present already", s.String())
	before, after := sheetXML(t, book, s.File, codesPart)
	row := func(number, system, entry string) string {
		return `<row r="` + number + `"><c r="A` + number + `" t="s"><v>` + system + `</v></c><c r="B` + number +
			`" t="inlineStr"><is><t>` + addedBy(entry) + `</t></is></c><c r="C` + number + `" t="inlineStr"><is><t>` + entry +
			`</t></is></c></row>`
	}
	want := strings.Replace(before, `</sheetData>`, row("6", "7", "E119")+row("7", "10", "A011")+`</sheetData>`, 1)
	want = strings.Replace(want, `<dimension ref="A1">`, `<dimension ref="A1:D7">`, 1)
	require.Equal(t, want, after, "row 5 has a style but no text")

	f, err := excelize.OpenReader(bytes.NewReader(s.File))
	require.NoError(t, err)
	rows, err := f.GetRows("Codes")
	require.NoError(t, err)
	require.Equal(t, [][]string{{"ICD-10", addedBy("E119"), "E119"}, {"OPCS-4", addedBy("A011"), "A011"}}, rows[5:])
}

// TestSubmissionSigned requires a warning for a workbook with a digital signature.
func TestSubmissionSigned(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	full := fullBook(t)
	archive, err := zip.NewReader(bytes.NewReader(full), int64(len(full)))
	require.NoError(t, err)
	for _, f := range archive.File {
		require.NoError(t, w.Copy(f))
	}
	_, err = w.Create("_xmlsignatures/sig1.xml")
	require.NoError(t, err)
	require.NoError(t, w.SetComment("a comment"))
	require.NoError(t, w.Close())
	s, err := NewSubmission("list.xlsx", b.Bytes(), readBooks)
	require.NoError(t, err)
	require.Equal(t, "warning: list.xlsx: the added rows invalidate the digital signature of the workbook: sign it again",
		s.Notices()[0].String())
	signed, err := zip.NewReader(bytes.NewReader(s.File), int64(len(s.File)))
	require.NoError(t, err)
	require.Equal(t, "a comment", signed.Comment)
}

// TestSubmissionSameAsText requires a random list to get the same added rows whether its file is text or a workbook.
func TestSubmissionSameAsText(t *testing.T) {
	for seed := range uint64(40) {
		cells := oracle.NewRandom(seed).Cells()
		rows := [][]any{{"coding_system", "code", "exclude"}}
		for _, c := range cells {
			sign := ""
			if c.Exclude {
				sign = "1"
			}
			rows = append(rows, []any{c.System, c.Text, sign})
		}
		read := append(readBooks, codelist.AllowRejected(), codelist.AllowEmpty(), codelist.AllowBroad(),
			codelist.ExcludeColumn("exclude"), codelist.HeadingRows(codelist.ExpandHeadings))
		text, err := NewSubmission("list", []byte(oracle.File(cells)), read)
		require.NoError(t, err, seed)
		book, err := NewSubmission("list", makeBook(t, nil, bookRows{"A", rows}), read)
		require.NoError(t, err, seed)
		require.Equal(t, text.String(), book.String())
		require.Equal(t, text.Notices(), book.Notices())
		require.Equal(t, codeCells(t, text.File, read), codeCells(t, book.File, read))
	}
}

// codeCells returns the code cells of a file.
func codeCells(t *testing.T, file []byte, read []codelist.Option) []string {
	t.Helper()
	l, err := codelist.Parse("list", bytes.NewReader(file), read...)
	require.NoError(t, err)
	var cells []string
	for out := range l.Report().Outcomes() {
		cells = append(cells, out.System.String()+" "+out.Raw)
	}
	return cells
}

// TestSubmissionWorkbookXML tests sheets with the kinds of XML that other programs write.
func TestSubmissionWorkbookXML(t *testing.T) {
	tag := regexp.MustCompile(`<(/?)(\w)`)
	numbers := regexp.MustCompile(` r="\w+"`)
	dimension := regexp.MustCompile(`<dimension[^>]*>(</dimension>)?`)
	tests := []struct {
		change func(string) string
		want   string // in the sheet
		reason string
	}{
		{
			func(s string) string {
				s = strings.Replace(s, `xmlns="`, `xmlns:x="`, 1)
				head, body, _ := strings.Cut(s, "<worksheet")
				return head + tag.ReplaceAllString("<worksheet"+body, "<${1}x:${2}")
			},
			`<x:row r="6"><x:c r="A6" t="s"><x:v>7</x:v></x:c><x:c r="B6" t="inlineStr"><x:is><x:t>` + addedBy("E119") +
				`</x:t></x:is></x:c><x:c r="C6" t="inlineStr"><x:is><x:t>E119</x:t></x:is></x:c></x:row>`,
			"elements with a prefix",
		},
		{
			func(s string) string {
				return strings.Replace(numbers.ReplaceAllString(s, ""), "<row", `<row r='1'`, 1)
			},
			`<row r="6"><c r="A6" t="s"><v>7</v></c>`, "rows and cells without numbers",
		},
		{
			func(s string) string { return dimension.ReplaceAllString(s, "") }, `<row r="6"><c r="A6" t="s">`, "no dimension",
		},
		{
			func(s string) string { return dimension.ReplaceAllString(s, `<dimension ref='B2'/>`) }, `<dimension ref='A2:D7'/>`,
			"a wrong dimension",
		},
		{
			func(s string) string {
				return strings.Replace(s, `<c r="A3" s="1" t="s"><v>7</v></c>`,
					`<c r="A3" s="1" t="str"><f>"ICD"&amp;"-10"</f><v>ICD-10</v></c>`, 1)
			},
			`<row r="6"><c r="A6" t="str"><v>ICD-10</v></c>`, "the result of a formula is copied",
		},
		{
			func(s string) string {
				return strings.Replace(s, `<c r="A3" s="1" t="s"><v>7</v></c>`,
					`<c r="A3" t="inlineStr"><is><r><t>ICD</t></r><r><t>-10</t></r></is></c>`, 1)
			},
			`<row r="6"><c r="A6" t="inlineStr"><is><r><t>ICD</t></r><r><t>-10</t></r></is></c>`, "a text that consists of runs",
		},
		{
			func(s string) string { return strings.ReplaceAll(s, "\">", "\"\n>") }, `<row r="6"><c r="A6" t="s"><v>7</v></c>`,
			"white space in tags",
		},
	}
	for _, tt := range tests {
		book := rewriteBook(t, fullBook(t), codesPart, tt.change)
		s, err := NewSubmission("list.xlsx", book, readBooks)
		require.NoError(t, err, tt.reason)
		_, after := sheetXML(t, book, s.File, codesPart)
		require.Contains(t, after, tt.want, tt.reason)
	}
}

// TestSubmissionSheets requires each row to be added to the sheet that holds the entry covering its code.
func TestSubmissionSheets(t *testing.T) {
	book := makeBook(t, nil,
		bookRows{"First", [][]any{{"icd10", "exclude"}, {"E11", 0}, {"E11.3", 1}}},
		bookRows{"Second", [][]any{{"n", "opcs code"}, {nil, "A01.1"}}},
	)
	s, err := NewSubmission("list.xlsx", book, append(readBooks, codelist.SheetName("Second")))
	require.NoError(t, err)
	_, after := sheetXML(t, book, s.File, codesPart)
	require.Contains(t, after, `<row r="3"><c r="B3" t="inlineStr"><is><t>A011</t></is></c></row></sheetData>`)

	s, err = NewSubmission("list.xlsx", book, append(readBooks, codelist.SheetName("First"), codelist.ExcludeColumn("exclude")))
	require.NoError(t, err)
	_, after = sheetXML(t, book, s.File, "xl/worksheets/sheet1.xml")
	require.Contains(t, after, `<row r="4"><c r="A4" t="inlineStr"><is><t>E11X</t></is></c><c r="B4"><v>0</v></c></row>`)
	require.NotContains(t, after, `<t>E113</t>`)

	s, err = NewSubmission("list.xlsx", makeBook(t, nil,
		bookRows{"A", [][]any{{"code", "disease"}, {"E11.9", "a"}, {"E11.8", "b"}, {"E118", "a"}}},
		bookRows{"B", [][]any{{"code", "disease"}, {"F20.9", "a"}}},
	), append(readBooks, codelist.CodingSystem(coding.ICD10)), SubmissionGroups("disease"))
	require.NoError(t, err)
	f, err := excelize.OpenReader(bytes.NewReader(s.File))
	require.NoError(t, err)
	first, err := f.GetRows("A")
	require.NoError(t, err)
	second, err := f.GetRows("B")
	require.NoError(t, err)
	require.Equal(t, [][]string{{"E119", "a"}, {"E118", "b"}}, first[4:])
	require.Equal(t, [][]string{{"F209", "a"}}, second[2:])
}

func TestSubmissionWorkbookRefused(t *testing.T) {
	full := [][]any{{"code"}, {"E11.9"}}
	tests := []struct {
		book   []byte
		text   string
		reason string
	}{
		{
			makeBook(t, nil, bookRows{"A", [][]any{{"icd10_code", "n"}, {"E11.9"}, {"n", "opcs_code"}, {nil, "A011"}}}),
			`list.xlsx: sheet "A", row 3: no submission form: a second table begins with this row, and rows added at the end of ` +
				`the sheet would belong to it; put each table on a sheet of its own, or into a CSV file`,
			"a second table",
		},
		{
			rewriteBook(t, makeBook(t, nil, bookRows{"A", full}), "sheet1.xml", func(s string) string {
				return strings.Replace(s, "</sheetData>", `<row r="1048576"></row></sheetData>`, 1)
			}),
			`list.xlsx: sheet "A": no submission form: the sheet has rows down to 1048576, and no room for 1 more; save`,
			"a sheet without room for a row",
		},
		{[]byte("PK\x03\x04"), "not a readable workbook", "a damaged archive"},
	}
	for _, tt := range tests {
		_, err := NewSubmission("list.xlsx", tt.book, append(readBooks, codelist.CodingSystem(0)))
		if tt.reason != "a second table" {
			_, err = NewSubmission("list.xlsx", tt.book, append(readBooks, codelist.CodingSystem(coding.ICD10)))
		}
		require.ErrorContains(t, err, tt.text, tt.reason)
	}
	_, err := NewSubmission("list.xlsx", makeBook(t, nil, bookRows{"A", full}), nil)
	require.ErrorContains(t, err, "read workbooks with xlsx.Workbooks", "without the option Workbooks")
}
