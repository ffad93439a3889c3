package hesop

import (
	"encoding/csv"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestDeviationsFromCSV has an example of each deviation from encoding/csv that the package documentation lists, with
// the result of encoding/csv.
func TestDeviationsFromCSV(t *testing.T) {
	tests := []struct {
		text      string // two columns
		want      [][]string
		csv       [][]string
		csvErr    error
		deviation string
	}{
		{"a\"b,c \"d\"\nE,F\n", [][]string{{`a"b`, `c "d"`}, {"E", "F"}}, nil, csv.ErrBareQuote, "a quote within an unquoted field is a character"},
		{"\"a\r\nb\",c\r\n", [][]string{{"a\r\nb", "c"}}, [][]string{{"a\nb", "c"}}, nil, "CR LF within quotes is kept"},
		{"a,b\n\n\r\nc,d\n", [][]string{{"a", "b"}, {"c", "d"}}, [][]string{{"a", "b"}, {"c", "d"}}, nil, "blank lines are skipped, as in encoding/csv, and also counted"},
	}
	for _, tt := range tests {
		r := open(t, "key,diag_4_01\n"+tt.text)
		var got [][]string
		for a, err := range r.All() {
			require.NoError(t, err)
			var row []string
			for c := range r.Columns() {
				row = append(row, string(a.Text(c)))
			}
			got = append(got, row)
		}
		require.Equal(t, tt.want, got, tt.deviation)
		all, err := csv.NewReader(strings.NewReader(tt.text)).ReadAll()
		require.Equal(t, tt.csv, all, tt.deviation)
		require.ErrorIs(t, err, tt.csvErr, tt.deviation)
		if strings.Contains(tt.text, "\n\n") {
			require.Equal(t, int64(2), r.Blank())
		}
	}

	// A byte order mark is dropped from the first name.
	const marked = "\xEF\xBB\xBFkey,diag_4_01\n1,E119\n"
	_, err := open(t, marked).Column("key")
	require.NoError(t, err)
	first, err := csv.NewReader(strings.NewReader(marked)).Read()
	require.NoError(t, err)
	require.Equal(t, "\xEF\xBB\xBFkey", first[0])

	// A row of another width is an error in both packages, but here empty fields beyond the width of the header are
	// dropped.
	r := open(t, "key,diag_4_01\n1,E119,,\n")
	require.Equal(t, []string{"1"}, texts(t, r, "key"))
	c := csv.NewReader(strings.NewReader("key,diag_4_01\n1,E119,,\n"))
	_, err = c.Read()
	require.NoError(t, err)
	_, err = c.Read()
	require.ErrorIs(t, err, csv.ErrFieldCount)
	require.NotErrorIs(t, err, io.EOF)
}
