package xlsx

import (
	"bytes"
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/internal/oracle"

	"github.com/stretchr/testify/require"
)

// TestSameAsText reads random codelists as text and as a workbook, and requires the same outcome for every row.
func TestSameAsText(t *testing.T) {
	for seed := range uint64(60) {
		cells := oracle.NewRandom(seed).Cells()
		rows := [][]any{{"coding_system", "code", "exclude"}}
		for _, c := range cells {
			sign := ""
			if c.Exclude {
				sign = "1"
			}
			rows = append(rows, []any{c.System, c.Text, sign})
		}
		opts := []codelist.Option{codelist.AllowRejected(), codelist.AllowEmpty(), codelist.ExcludeColumn("exclude"), Workbooks()}
		text, err := codelist.Parse("list", strings.NewReader(oracle.File(cells)), opts...)
		require.NoError(t, err)
		book, err := codelist.Parse("list", bytes.NewReader(makeBook(t, sheetRows{"A", rows})), opts...)
		require.NoError(t, err)
		require.Equal(t, text.Fingerprint(), book.Fingerprint())
		require.Equal(t, outcomes(text), outcomes(book))
	}
}

// outcomes returns the outcomes of a list without their sheet.
func outcomes(l *codelist.List) []codelist.Outcome {
	var all []codelist.Outcome
	for out := range l.Report().Outcomes() {
		out.Pos.Sheet = ""
		all = append(all, out)
	}
	return all
}
