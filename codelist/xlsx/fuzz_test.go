package xlsx

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// slowSheet is a sheet as slowCells reads it: by the structure of its XML, cell by cell.
type slowSheet struct {
	XMLName xml.Name  `xml:"worksheet"`
	Rows    []slowRow `xml:"sheetData>row"`
}

type slowRow struct {
	R     string     `xml:"r,attr"`
	Cells []slowCell `xml:"c"`
}

type slowCell struct {
	R  string   `xml:"r,attr"`
	T  string   `xml:"t,attr"`
	V  string   `xml:"v"`
	Is slowText `xml:"is"`
}

type slowText struct {
	T string `xml:"t"`
	R []struct {
		T string `xml:"t"`
	} `xml:"r"`
}

func (s slowText) String() string {
	var text strings.Builder
	text.WriteString(s.T)
	for _, run := range s.R {
		text.WriteString(run.T)
	}
	return text.String()
}

// slowCells reads a sheet slowly, as a check of the reader of this package. It returns the cells with content, by row
// and column. The result ok is false if slowCells cannot read the sheet.
func slowCells(sheet, shared string) (cells map[[2]int]string, ok bool) {
	var s slowSheet
	var sst struct {
		SI []slowText `xml:"si"`
	}
	if xml.Unmarshal([]byte(sheet), &s) != nil || xml.Unmarshal([]byte(shared), &sst) != nil {
		return nil, false
	}
	cells = make(map[[2]int]string)
	row := 0
	for _, r := range s.Rows {
		if row++; r.R != "" {
			row, _ = strconv.Atoi(r.R)
		}
		column := 0
		for _, c := range r.Cells {
			if column++; c.R != "" {
				column, _, _ = excelize.CellNameToCoordinates(c.R)
			}
			text := c.V
			switch n, err := strconv.Atoi(strings.TrimSpace(c.V)); {
			case c.T == "s" && err == nil && n >= 0 && n < len(sst.SI):
				text = sst.SI[n].String()
			case c.T == "inlineStr":
				text = c.Is.String()
			}
			if text != "" {
				cells[[2]int{row, column}] = text
			}
		}
	}
	return cells, true
}

// FuzzSheet compares the cells that package xlsx reads with those that slowCells reads, for any XML of the sheet and of
// its shared strings. Package xlsx must either refuse the workbook or read every cell.
func FuzzSheet(f *testing.F) {
	for _, seed := range [][2]string{
		{`<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row>`, `<si><t>b</t></si><si><r><t>a</t></r></si>`},
		{`<row r="2"><c r="C2"><v>1</v></c></row><row r="4"><c r="A4" t="str"><v>2</v></c></row>`, ""},
		{`<row><c t="inlineStr"><is><t>E11</t></is></c></row><row><c><v>3</v></c></row>`, `<si/>`},
		{`<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>`, ""},
		{`<row r="1"><c t="b"><v>1</v></c></row></sheetData><sheetData><row r="2"><c><v>1</v></c></row>`, ""},
		{`<row r="1"><c><f>A2</f><v> 1 </v></c><c t="e"><v>#N/A</v></c></row>`, ""},
		{`<row r="3"><c r="A3"><v>1</v></c>`, `<si><t>`},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, rows, shared string) {
		book := minimal(rows, shared)
		data := book.pack(t)
		sheets, err := read(data, newOptions([]Option{SizeLimits(Limits{Unzipped: 1 << 20, Cells: 100_000})}))
		if err != nil {
			require.Empty(t, sheets)
			return
		}
		want, ok := slowCells(book["xl/worksheets/sheet1.xml"], book["xl/sharedStrings.xml"])
		if !ok || isOdd(rows) {
			return
		}
		n := 0
		row := 0
		for cells, err := range sheets[0].Rows {
			if err != nil {
				return
			}
			row++
			for i, text := range cells {
				if text != "" {
					n++
					require.Equal(t, want[[2]int{row, i + 1}], text, "row %d, column %d", row, i+1)
				}
			}
		}
		require.Equal(t, len(want), n, "every cell is read")
	})
}

// isOdd reports whether package xlsx and slowCells may rightly read the XML of the rows differently. It looks for what
// no spreadsheet program writes: dates, comments and other sections, elements of other namespaces, and escapes of
// excelize.
func isOdd(rows string) bool {
	return strings.ContainsAny(rows, "!?:\r") || strings.Contains(rows, `"d"`) || strings.Contains(rows, "_x")
}

// FuzzParse requires that codelist.Parse returns for any bytes, and reports every row.
func FuzzParse(f *testing.F) {
	f.Add(minimal(`<row r="1"><c r="A1" t="inlineStr"><is><t>icd10</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>E11</t></is></c></row>`, "").pack(f))
	f.Add(makeBook(f, sheetRows{"A", [][]any{{"code", "coding_system"}, {"E11", "ICD10"}, {"123", "SNOMED"}}}, sheetRows{"B", nil}))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := codelist.Parse("list", bytes.NewReader(data), Workbooks(SizeLimits(Limits{Unzipped: 1 << 20, Cells: 100_000})), codelist.CodingSystem(coding.ICD10), codelist.AllowRejected())
		if err != nil {
			require.Nil(t, l)
			return
		}
		rows := make(map[int]bool)
		for out := range l.Report().Outcomes() {
			rows[out.Row] = true
		}
		require.Len(t, rows, l.Report().Rows())
	})
}
