package xlsx

import (
	"bytes"
	"testing"

	"hesopmatch/codelist"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// TestMarks requires that hidden and struck-through content is read and reported with its location.
func TestMarks(t *testing.T) {
	rows := [][]any{{"icd10", "term"}, {"E11", "a"}, {"E12", "b"}, {"E13", "c"}, {"E14", "d"}}
	tests := []struct {
		mark   func(f *excelize.File) error
		want   []string
		reason string
	}{
		{func(*excelize.File) error { return nil }, nil, "nothing to report"},
		{
			func(f *excelize.File) error { return f.SetRowVisible("S", 3, false) },
			[]string{`warning: book.xlsx: sheet "S": hidden or filtered rows were read: row 3`},
			"a hidden or filtered row",
		},
		{
			func(f *excelize.File) error { return f.SetRowVisible("S", 9, false) },
			nil, "an empty hidden row",
		},
		{
			func(f *excelize.File) error { return f.SetColVisible("S", "B", false) },
			[]string{`warning: book.xlsx: sheet "S": hidden columns were read: column 2`},
			"a hidden column",
		},
		{
			func(f *excelize.File) error { return f.SetColVisible("S", "F:H", false) },
			nil, "a hidden column beyond the table",
		},
		{
			func(f *excelize.File) error {
				style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Strike: true}})
				if err != nil {
					return err
				}
				return f.SetCellStyle("S", "A2", "A3", style)
			},
			[]string{`warning: book.xlsx: sheet "S": text that is struck through was read: row 2, column 1, row 3, column 1`},
			"cells with a struck-through style",
		},
		{
			func(f *excelize.File) error {
				return f.SetCellRichText("S", "A4", []excelize.RichTextRun{
					{Text: "E1"},
					{Text: "3", Font: &excelize.Font{Strike: true}},
				})
			},
			[]string{`warning: book.xlsx: sheet "S": text that is struck through was read: row 4, column 1`},
			"a struck-through run of a text",
		},
	}
	for _, tt := range tests {
		f, err := excelize.OpenReader(bytes.NewReader(makeBook(t, sheetRows{"S", rows})))
		require.NoError(t, err)
		require.NoError(t, tt.mark(f), tt.reason)
		var b bytes.Buffer
		require.NoError(t, f.Write(&b))
		l, err := codelist.Parse("book", &b, codelist.FileName("book.xlsx"), Workbooks())
		require.NoError(t, err, tt.reason)
		require.Equal(t, 4, l.Len(), tt.reason)
		var got []string
		for _, n := range l.Report().Notices() {
			got = append(got, n.String())
		}
		require.Equal(t, tt.want, got, tt.reason)
	}
}
