package index

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// asCSV reads a text with encoding/csv up to its end or the first error.
func asCSV(text string) (rows [][]string, err error) {
	rows = [][]string{}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	for {
		row, err := r.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
}

// asIndexed reads a text with an index up to its end or the first fault. It drops blank lines, as the readers of
// package hesop do.
func asIndexed(t testing.TB, text string) (rows [][]string, err error) {
	t.Helper()
	rows = [][]string{}
	got := byIndex(t, text, 64)
	for i, fields := range got.Fields {
		if got.Rows[i][0] == got.Rows[i][1] {
			continue
		}
		row := make([]string, len(fields))
		for j, f := range fields {
			row[j] = text[f.Start:f.End]
			if f.Doubled {
				row[j] = strings.ReplaceAll(row[j], `""`, `"`)
			}
		}
		rows = append(rows, row)
	}
	if got.Fault != nil {
		return rows, got.Fault
	}
	return rows, nil
}

// FuzzIndexAgainstCSV compares the index with encoding/csv. It allows for two of the five differences that the package
// documentation of hesop lists. A quote within a field is an error in encoding/csv, but the index reads it as an
// ordinary character. A CR LF within quotes becomes LF in encoding/csv, but the index keeps it.
func FuzzIndexAgainstCSV(f *testing.F) {
	for _, seed := range texts {
		f.Add(filled(seed))
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, gotErr := asIndexed(t, text)
		want, wantErr := asCSV(text)
		if errors.Is(wantErr, csv.ErrBareQuote) {
			require.GreaterOrEqual(t, len(got), len(want), "%q", text)
			got = got[:len(want)]
		} else {
			require.Equal(t, wantErr != nil, gotErr != nil, "%q: encoding/csv: %v, index: %v", text, wantErr, gotErr)
		}
		for _, row := range got {
			for i := range row {
				row[i] = strings.ReplaceAll(row[i], "\r\n", "\n")
			}
		}
		require.Equal(t, want, got, "%q", text)
	})
}
