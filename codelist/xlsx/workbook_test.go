package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// sheetRows describes a sheet that makeBook writes: its name, and its rows from row 1.
type sheetRows struct {
	name string
	rows [][]any
}

// makeBook makes a workbook as a spreadsheet program writes it.
func makeBook(t testing.TB, sheets ...sheetRows) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, s := range sheets {
		if i == 0 {
			require.NoError(t, f.SetSheetName("Sheet1", s.name))
		} else {
			_, err := f.NewSheet(s.name)
			require.NoError(t, err)
		}
		for n, row := range s.rows {
			if len(row) > 0 {
				require.NoError(t, f.SetSheetRow(s.name, fmt.Sprintf("A%d", n+1), &row))
			}
		}
	}
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	return b.Bytes()
}

// saveAs saves a workbook in another format.
func saveAs(t testing.TB, data []byte, kind string) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "book."+kind)
	require.NoError(t, f.SaveAs(path))
	data, err = os.ReadFile(path)
	require.NoError(t, err)
	return data
}

// parts holds the text of each part of an archive, by name, so that a test can change a part and pack the archive
// again.
type parts map[string]string

func unpack(t testing.TB, data []byte) parts {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	p := make(parts)
	for _, f := range r.File {
		open, err := f.Open()
		require.NoError(t, err)
		text, err := io.ReadAll(open)
		require.NoError(t, err)
		p[f.Name] = string(text)
	}
	return p
}

func (p parts) pack(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	add := func(name, text string) {
		part, err := w.CreateHeader(&zip.FileHeader{Name: name}) // stored uncompressed, so that a test can change a byte
		require.NoError(t, err)
		_, err = part.Write([]byte(text))
		require.NoError(t, err)
	}
	const first = "[Content_Types].xml"
	add(first, p[first])
	for name, text := range p {
		if name != first {
			add(name, text)
		}
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

// minimal returns the smallest workbook: one sheet called S, with the given rows and shared strings as XML.
func minimal(rows, strings string) parts {
	const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	const rel = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	return parts{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + rel + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook ` + ns + ` xmlns:r="` + rel + `"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + rel + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet ` + ns + `><sheetData>` + rows + `</sheetData></worksheet>`,
		"xl/sharedStrings.xml":       `<sst ` + ns + `>` + strings + `</sst>`,
	}
}

// shown writes the rows of sheets, with cells separated by vertical bars.
func shown(t testing.TB, data []byte, opts ...Option) (string, error) {
	t.Helper()
	sheets, err := read(data, newOptions(opts))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, s := range sheets {
		b.WriteString("== " + s.Name + "\n")
		for cells, err := range s.Rows {
			if err != nil {
				require.Nil(t, cells)
				return b.String(), err
			}
			b.WriteString(strings.Join(cells, "|") + "\n")
		}
	}
	return b.String(), nil
}

func TestParse(t *testing.T) {
	data := makeBook(
		t,
		sheetRows{"Notes", [][]any{{"Codes of diabetes"}}},
		sheetRows{"Codes", [][]any{{}, {"term", "ICD-10 code"}, {"Type 2", "E11.9"}, {}, {"Type 1", "e10"}}},
	)
	for _, kind := range []string{"xlsx", "xlsm", "xltx", "xltm"} { // the content tells, not the name
		data := saveAs(t, data, kind)
		require.Contains(t, unpack(t, data)["[Content_Types].xml"], map[string]string{"xlsx": "sheet.main", "xlsm": "sheet.macroEnabled.main", "xltx": "template.main", "xltm": "template.macroEnabled.main"}[kind])
		l, err := codelist.Parse("list", bytes.NewReader(data), Workbooks(), codelist.FileName("list"))
		require.NoError(t, err)
		require.Equal(t, 2, l.Len())
		require.Equal(t, codelist.Position{File: "list", Sheet: "Codes", Line: 5, Column: 2}, l.Entry(1).Pos)
		require.Equal(t, []codelist.SheetReport{
			{Name: "Notes", Rows: 1, PassedOver: `no code column found: columns are "Codes of diabetes"; name one with CodeColumn`},
			{Name: "Codes", Rows: 3},
		}, l.Report().Sheets)
	}
	_, err := codelist.Parse("list", bytes.NewReader(data))
	require.ErrorIs(t, err, codelist.ErrText, "without the option Workbooks")
	l, err := codelist.Parse("list", strings.NewReader("icd10\nE11\n"), Workbooks())
	require.NoError(t, err)
	require.Equal(t, 1, l.Len(), "text is still read")
	_, err = codelist.Parse("list", bytes.NewReader(data), Workbooks(), codelist.SheetName("codes"))
	require.ErrorIs(t, err, codelist.ErrNoSheet)
}

// TestKindsOfSheets requires that sheets without cells are passed over, and that hidden sheets and rows are read and
// reported.
func TestKindsOfSheets(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(makeBook(
		t,
		sheetRows{"Codes", [][]any{{"icd10"}, {"E11"}, {"I10"}}},
		sheetRows{"Secret", [][]any{{"icd10"}, {"F32"}}},
	)))
	require.NoError(t, err)
	require.NoError(t, f.SetRowVisible("Codes", 3, false))
	require.NoError(t, f.SetSheetVisible("Secret", false))
	require.NoError(t, f.MergeCell("Codes", "A2", "B2"))
	require.NoError(t, f.AddChartSheet("Chart", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Name: "a", Values: "Codes!$A$1:$A$3"}}}))
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	l, err := codelist.Parse("list", &b, Workbooks())
	require.NoError(t, err)
	require.Equal(t, 3, l.Len())
	require.Equal(t, []codelist.SheetReport{
		{Name: "Codes", Rows: 3}, {Name: "Secret", Rows: 2, Hidden: true}, {Name: "Chart", PassedOver: "no rows"},
	}, l.Report().Sheets)
	require.Contains(t, l.Summary(0), `hidden sheet "Secret" was read`)
}

func TestCells(t *testing.T) {
	tests := []struct{ rows, strings, want, reason string }{
		{`<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row>`, `<si><t>b</t></si><si><t>a</t></si>`, "a|b\n", "shared strings"},
		{`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`, `<si><r><t>E1</t></r><r><rPr><b/></rPr><t>1.9</t></r></si>`, "E11.9\n", "rich text"},
		{`<row r="1"><c r="A1" t="inlineStr"><is><t> E11 </t></is></c></row>`, "", " E11 \n", "text in the cell, with its spaces"},
		{`<row r="1"><c r="A1" t="str"><f>B1</f><v>E11</v></c></row>`, "", "E11\n", "the stored result of a formula"},
		{`<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="b"><v>1</v></c></row>`, "", "#N/A|1\n", "an error and a truth value"},
		{`<row r="1"><c r="A1"><v>1.07E+15</v></c><c r="B1"><v>44054006</v></c></row>`, "", "1.07E+15|44054006\n", "numbers as they are stored"},
		{`<row r="2"><c r="C2"><v>1</v></c></row><row r="4"><c r="A4"><v>2</v></c></row>`, "", "\n||1\n\n2\n", "gaps are kept"},
		{`<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>`, "", "1|2\n3\n", "a row or cell without a reference follows the one before it"},
		{`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`, `<si><t>a</t><rPh sb="0" eb="1"><t>b</t></rPh></si>`, "a\n", "a phonetic guide is not part of the text"},
		{`<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><v>1</v></c></row>`, "", "|1\n", "a formula with an empty stored result"},
		{`<row r="1"><c r="A1" t="inlineStr"><is><t>a&amp;b_x0041_</t></is></c></row>`, "", "a&bA\n", "escapes"},
		{`<x:row xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>`, "", "1\n", "element names with a prefix"},
		{`<row r="1"/><row r="2"><c r="A2"/><c r="B2"><v>1</v></c></row>`, "", "\n|1\n", "empty rows and cells"},
		{"", "", "", "no rows"},
	}
	for _, tt := range tests {
		got, err := shown(t, minimal(tt.rows, tt.strings).pack(t))
		require.NoError(t, err, tt.reason)
		require.Equal(t, "== S\n"+tt.want, got, tt.reason)
	}
}

func TestDamage(t *testing.T) {
	const row = `<row r="1"><c r="A1"><v>1</v></c></row>`
	good := minimal(row, "")
	with := func(name, text string) []byte {
		p := minimal(row, "")
		p[name] = text
		return p.pack(t)
	}
	without := func(name string) []byte {
		p := minimal(row, "")
		delete(p, name)
		return p.pack(t)
	}
	packed := good.pack(t)
	sheet := good["xl/worksheets/sheet1.xml"]
	tests := []struct {
		data   []byte
		says   string
		reason string
	}{
		{packed[:len(packed)-30], "the archive is damaged", "cut short"},
		{bytes.Replace(packed, []byte("<v>1</v>"), []byte("<v>2</v>"), 1), "checksum", "a changed byte, which excelize would read"},
		{with("xl/worksheets/sheet1.xml", sheet[:len(sheet)-40]), "malformed XML", "a truncated sheet, whose first rows excelize would read"},
		{with("xl/worksheets/sheet1.xml", ""), "malformed XML", "an empty sheet"},
		{with("xl/worksheets/sheet1.xml", `<?xml version="1.0" encoding="EBCDIC"?>`+sheet), "malformed XML", "an unknown encoding"},
		{with("xl/workbook.xml", "<workbook>"), "malformed XML", "a truncated list of sheets"},
		{with("xl/sharedStrings.xml", "<sst><si>"), "malformed XML", "truncated shared strings"},
		{without("xl/worksheets/sheet1.xml"), "sheet S does not exist", "a listed sheet that is missing"},
		{minimal(`<row r="1"><c r="A1" t="s"><v>7</v></c></row>`, "<si><t>a</t></si>").pack(t), `row 1, column 1 refers to string "7" of 1`, "a string that does not exist, which excelize would leave empty"},
		{minimal(`<row r="1"><c r="A1" t="s"><v>x</v></c></row>`, "<si><t>a</t></si>").pack(t), `refers to string "x"`, "... a reference that is not a number, which excelize would read as the first string"},
		{minimal(`<row r="2"/><row r="1"/>`, "").pack(t), `row "1" is out of order: it follows row 2`, "rows out of order"},
		{minimal(`<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>`, "").pack(t), `cell "A1" is out of order: it follows column 2 of row 1`, "cells out of order, which excelize would put into the wrong column"},
		{minimal(`<row r="1"><c r="A2"><v>1</v></c></row>`, "").pack(t), `cell "A2" is out of order: it follows column 0 of row 1`, "a cell of another row"},
		{minimal(`<row r="1048577"/>`, "").pack(t), "row 1048577 is beyond the last row of a sheet", "a row beyond the last"},
		{minimal(`<row r="1"><c r="XFE1"/></row>`, "").pack(t), "XFE1", "a column beyond the last"},
		{minimal(`<row r="1"><c r="1A"/></row>`, "").pack(t), "1A", "not a cell reference"},
		{minimal(`<row r="1"><c r="A1" s="x"><v>1</v></c></row>`, "").pack(t), "0 of 1 cells could be read", "a cell whose style is not a number, which excelize would skip; found by fuzzing, keep"},
		{minimal(`<row r="1"><c r="A1" t="inlineStr"><is><t>`+strings.Repeat("x", 4*32767+1)+`</t></is></c></row>`, "").pack(t), "longer than the 32767 characters", "a text longer than any cell can hold"},
		{minimal(`<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2" t="str"><f>A1+1</f></c></row>`, "").pack(t), "row 2, column 1 has a formula without a stored result; open the workbook", "a formula that no spreadsheet has computed: its cell would be blank"},
		{minimal(`<row r="1"><c r="A1"><f>A1+1</f><v></v></c></row>`, "").pack(t), "row 1, column 1 has a formula without a stored result", "... as openpyxl writes one, with an empty value"},
		{minimal(`<row `+strings.Repeat(`a="" `, 1<<18)+`></row>`, "").pack(t), "a tag is longer than 1048576 bytes", "more attributes than any real element has"},
		{minimal(`<row r="1"><c r="A1"><is><t>E11</t></is></c></row>`, "").pack(t), "row 1, column 1 has a text but another cell type", "a cell that excelize would skip"},
		{minimal(strings.Repeat("<a>", 101), "").pack(t), "more than 100 deep", "deeply nested elements"},
		{with("[Content_Types].xml", "<Types>"+strings.Repeat("<a/>", 100_001)+"</Types>"), "more than 100000 elements", "a list of too many parts"},
		{with("xl/books.xml", "<workbook/>"), "two workbooks", "two workbooks, one of which excelize would choose"},
		{with("xl/workbook.xml", strings.Replace(good["xl/workbook.xml"], `<sheet `, `<sheet name="s" sheetId="2" r:id="r1"/><sheet `, 1)), `two sheets called "S"`, "two sheets with the same name, one of which excelize would choose"},
	}
	for _, tt := range tests {
		_, err := shown(t, tt.data)
		require.ErrorIs(t, err, ErrWorkbook, tt.reason)
		require.ErrorContains(t, err, tt.says, tt.reason)
		_, err = codelist.Parse("list", bytes.NewReader(tt.data), Workbooks(), codelist.CodingSystem(coding.ICD10), codelist.FileName("list.xlsx"))
		require.ErrorIs(t, err, ErrWorkbook, tt.reason)
		require.ErrorContains(t, err, "list.xlsx", tt.reason)
		require.NotContains(t, err.Error(), "\n", tt.reason)
	}
	var twice bytes.Buffer
	w := zip.NewWriter(&twice)
	for _, name := range []string{"[Content_Types].xml", "xl/worksheets/sheet1.xml", `xl\worksheets\Sheet1.xml`} {
		_, err := w.Create(name)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	_, err := shown(t, twice.Bytes())
	require.ErrorContains(t, err, `two parts called "xl/worksheets/sheet1.xml"`)
}

func TestOtherKinds(t *testing.T) {
	for name, says := range map[string]string{
		"xl/workbook.bin": ".xlsb", "content.xml": ".ods", "word/document.xml": "another program", "codes.csv": "unpack it",
	} {
		_, err := shown(t, parts{name: "x", "[Content_Types].xml": "<Types/>"}.pack(t))
		if name == "codes.csv" {
			var b bytes.Buffer
			w := zip.NewWriter(&b)
			_, err = w.Create(name)
			require.NoError(t, err)
			require.NoError(t, w.Close())
			_, err = shown(t, b.Bytes())
		}
		require.ErrorIs(t, err, ErrWorkbook)
		require.ErrorContains(t, err, says)
	}
}

func TestLimits(t *testing.T) {
	book := minimal(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="D1" t="s"><v>0</v></c></row>`, "<si><t>"+strings.Repeat("x", 1000)+"</t></si>")
	data := book.pack(t)
	_, err := shown(t, data, SizeLimits(Limits{Unzipped: 10_000, Cells: 4, Sheets: 1}))
	require.NoError(t, err)
	for reason, tt := range map[string]struct {
		data []byte
		opts []Option
		says string
	}{
		"size when unzipped": {data, []Option{SizeLimits(Limits{Unzipped: 1000})}, "limit exceeded: more than 1000 bytes unzipped (xlsx.Limits.Unzipped)"},
		"text of all cells": {
			minimal(strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 100), "<si><t>"+strings.Repeat("x", 1000)+"</t></si>").pack(t),
			[]Option{SizeLimits(Limits{Unzipped: 10_000})},
			"more than 10000 bytes of text in cells (xlsx.Limits.Unzipped)",
		},
		"cells":                  {data, []Option{SizeLimits(Limits{Cells: 3})}, "more than 3 cells (xlsx.Limits.Cells)"},
		"sheets":                 {makeBook(t, sheetRows{name: "A"}, sheetRows{name: "B"}), []Option{SizeLimits(Limits{Sheets: 1})}, "more than 1 sheets (xlsx.Limits.Sheets)"},
		"shared strings":         {minimal("", strings.Repeat("<si/>", 50)).pack(t), []Option{SizeLimits(Limits{Cells: 49})}, "more than 49 shared strings and runs of one style (xlsx.Limits.Cells)"},
		"runs in a cell":         {minimal(`<row><c t="inlineStr"><is>`+strings.Repeat("<r/>", 50)+`</is></c></row>`, "").pack(t), []Option{SizeLimits(Limits{Cells: 49})}, "runs of one style (xlsx.Limits.Cells)"},
		"runs in shared strings": {minimal("", "<si>"+strings.Repeat("<r/>", 50)+"</si>").pack(t), []Option{SizeLimits(Limits{Cells: 49})}, "more than 49 shared strings and runs of one style (xlsx.Limits.Cells)"},
		"a bomb":                 {bomb(t), []Option{SizeLimits(Limits{Unzipped: 1 << 20})}, "bytes unzipped (xlsx.Limits.Unzipped)"},
	} {
		_, err := shown(t, tt.data, tt.opts...)
		require.ErrorIs(t, err, codelist.ErrLimit, reason)
		require.ErrorContains(t, err, tt.says, reason)
	}
}

// bomb returns a small archive that is large when unzipped.
func bomb(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range minimal("", "") {
		part, err := w.Create(name)
		require.NoError(t, err)
		_, err = part.Write([]byte(text))
		require.NoError(t, err)
	}
	part, err := w.Create("docProps/app.xml")
	require.NoError(t, err)
	_, err = part.Write(make([]byte, 100<<20))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	require.Less(t, b.Len(), 1<<20)
	return b.Bytes()
}

func TestGuard(t *testing.T) {
	err := guard(func() error { panic("oh") })
	require.ErrorIs(t, err, ErrWorkbook)
	require.ErrorContains(t, err, "oh")
}

// TestOptionsCannotBe requires that an impossible option makes Parse fail with an error that names the option.
func TestOptionsCannotBe(t *testing.T) {
	data := minimal("", "").pack(t)
	for reason, tt := range map[string]struct {
		opts []Option
		says string
	}{
		"an option that is nil": {[]Option{nil}, "option 0 of xlsx.Workbooks is nil"},
		"bytes":                 {[]Option{SizeLimits(Limits{Unzipped: -1})}, "Limits.Unzipped is -1"},
		"sheets":                {[]Option{SizeLimits(Limits{Sheets: -1})}, "Limits.Sheets is -1"},
		"cells":                 {[]Option{SizeLimits(Limits{Cells: -1})}, "Limits.Cells is -1"},
	} {
		_, err := codelist.Parse("list", bytes.NewReader(data), Workbooks(tt.opts...))
		require.ErrorIs(t, err, codelist.ErrOption, reason)
		require.ErrorContains(t, err, tt.says, reason)
	}
	_, err := shown(t, data, SizeLimits(Limits{Unzipped: math.MaxInt64}))
	require.NotErrorIs(t, err, codelist.ErrLimit, "the largest limit")
}
