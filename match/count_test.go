package match_test

import (
	"strings"
	"testing"

	"hesopmatch/hesop"
	"hesopmatch/match"

	"github.com/stretchr/testify/require"
)

// TestScanAdds: the function given to Scan can keep its own totals with any number of workers.
func TestScanAdds(t *testing.T) {
	m := compiled(t)
	for _, workers := range []int{1, 2} {
		own := m.NewTotals()
		totals, err := match.Scan(t.Context(), m, readerOf(t, "diag_4_01\n"+strings.Repeat("F329\nE119\n", 500)),
			func(a *hesop.Appointment, res *match.Result) error {
				own.Add(a.Codes(), res)
				return nil
			}, match.Workers(workers), match.BlockSize(100))
		require.NoError(t, err)
		require.Equal(t, totals.Counts(0), own.Counts(0))
	}
}

// TestScanCounts requires that a scan without a function counts the same as one with a function.
func TestScanCounts(t *testing.T) {
	m := compiled(t)
	text := "diag_4_01\n" + strings.Repeat("F329\nE119\n\n-\n", 1000)
	want, err := match.Scan(t.Context(), m, readerOf(t, text), func(*hesop.Appointment, *match.Result) error { return nil })
	require.NoError(t, err)
	for _, opts := range [][]match.ScanOption{nil, {match.Workers(2), match.BlockSize(100)}, {match.MatchedOnly()}} {
		got, err := match.Scan(t.Context(), m, readerOf(t, text), nil, opts...)
		require.NoError(t, err)
		require.Equal(t, want.Counts(0), got.Counts(0))
		require.Equal(t, want.Rows, got.Rows)
	}
}
