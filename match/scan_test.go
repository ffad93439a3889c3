package match

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"hesopmatch/hesop"
	"hesopmatch/internal/goroutines"

	"github.com/stretchr/testify/require"
)

// manyRows returns a table of n rows; every third row matches diabetes.
func manyRows(n int) string {
	var b strings.Builder
	b.WriteString("key,diag_4_01\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,%s\n", i+1, []string{"R69X", "E119", "I10X"}[i%3])
	}
	return b.String()
}

func diabetes(t testing.TB) *Matcher {
	t.Helper()
	return compile(t, list(t, "diabetes", "E11"))
}

func TestScanKeepsOrder(t *testing.T) {
	m := diabetes(t)
	const n = 1000
	for _, workers := range []int{1, 2, 8} {
		for _, block := range []int{1, 7, 128, 5000, 1 << 20} {
			for _, matchedOnly := range []bool{false, true} {
				r, err := hesop.NewReader(strings.NewReader(manyRows(n)))
				require.NoError(t, err)
				key, _ := r.Column("key")
				opts := []ScanOption{Workers(workers), BlockSize(block)}
				if matchedOnly {
					opts = append(opts, MatchedOnly())
				}
				var rows []int64
				totals, err := Scan(t.Context(), m, r, func(a *hesop.Appointment, res *Result) error {
					require.Equal(t, strconv.FormatInt(a.Row(), 10), string(a.Text(key)))
					require.Equal(t, a.Row()%3 == 2, res.AnyMatch())
					rows = append(rows, a.Row())
					return nil
				}, opts...)
				require.NoError(t, err)
				require.IsIncreasing(t, rows)
				require.Len(t, rows, map[bool]int{false: n, true: 333}[matchedOnly])
				require.Equal(t, Counts{Match: 333, NoMatch: 333, Unknown: 334}, totals.Counts(0))
				require.Equal(t, int64(n), totals.Rows)
				require.Equal(t, int64(666), totals.Coded)
			}
		}
	}
}

func TestScanStops(t *testing.T) {
	m := diabetes(t)
	enough := errors.New("enough")
	for _, workers := range []int{1, 3} {
		r, err := hesop.NewReader(strings.NewReader(manyRows(5000)))
		require.NoError(t, err)
		totals, err := Scan(t.Context(), m, r, func(a *hesop.Appointment, _ *Result) error {
			if a.Row() == 100 {
				return enough
			}
			return nil
		}, Workers(workers), BlockSize(100))
		require.ErrorIs(t, err, enough)
		require.Equal(t, int64(100), totals.Rows, "the totals cover the rows up to where the scan ended")
	}
}

func TestScanLeavesNothingRunning(t *testing.T) {
	m := diabetes(t)
	before := runtime.NumGoroutine()
	for range 10 {
		r, err := hesop.NewReader(strings.NewReader(manyRows(5000)))
		require.NoError(t, err)
		require.Panics(t, func() {
			_, _ = Scan(t.Context(), m, r, func(*hesop.Appointment, *Result) error { panic("from the caller") }, Workers(3), BlockSize(100))
		})
	}
	goroutines.RequireNoMore(t, before)
}

func TestScanReportsTheFirstError(t *testing.T) {
	m := diabetes(t)
	for _, workers := range []int{1, 3} {
		r, err := hesop.NewReader(strings.NewReader(manyRows(50) + "bad\n" + "51,E11\n"))
		require.NoError(t, err)
		totals, err := Scan(t.Context(), m, r, func(*hesop.Appointment, *Result) error { return nil }, Workers(workers), BlockSize(100))
		require.ErrorIs(t, err, hesop.ErrFieldCount)
		require.ErrorContains(t, err, "line 52")
		require.Equal(t, int64(50), totals.Rows)
	}
}

func TestScanIsCancelled(t *testing.T) {
	m := diabetes(t)
	stop := errors.New("stop")
	for _, workers := range []int{1, 3} {
		ctx, cancel := context.WithCancelCause(t.Context())
		// The source never ends, so only the context ends the scan.
		r, err := hesop.NewReader(io.MultiReader(strings.NewReader("diag_4_01\n"), endless{}))
		require.NoError(t, err)
		_, err = Scan(ctx, m, r, func(a *hesop.Appointment, _ *Result) error {
			if a.Row() == 5000 {
				cancel(stop)
			}
			return nil
		}, Workers(workers))
		require.ErrorIs(t, err, stop)

		r, err = hesop.NewReader(strings.NewReader(manyRows(10)))
		require.NoError(t, err)
		_, err = Scan(ctx, m, r, func(*hesop.Appointment, *Result) error { return nil }, Workers(workers))
		require.ErrorIs(t, err, stop, "cancelled before the scan starts")
	}
}

// endless is a source of rows that never ends.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return copy(p, "E119\nI10X\n"), nil }

func TestScanOptions(t *testing.T) {
	m := diabetes(t)
	for _, opt := range []ScanOption{Workers(0), BlockSize(0), Workers(MaxWorkers + 1), BlockSize(math.MaxInt)} {
		r, err := hesop.NewReader(strings.NewReader(manyRows(1)))
		require.NoError(t, err)
		_, err = Scan(t.Context(), m, r, func(*hesop.Appointment, *Result) error { return nil }, opt)
		require.ErrorContains(t, err, "must be 1 to 1024")
	}
}

func TestTotalsMerge(t *testing.T) {
	m := compile(t, list(t, "a", "E11", "M0510"), list(t, "b", "opcs:K40", "I10"))
	scan := func(table string) *Totals {
		r, err := hesop.NewReader(strings.NewReader(table))
		require.NoError(t, err)
		totals, err := Scan(t.Context(), m, r, func(*hesop.Appointment, *Result) error { return nil })
		require.NoError(t, err)
		return totals
	}
	const header = "diag_4_01,opertn_4_01,diag_4_concat\n"
	const first, second = "E119,,E119\nI10X,K401,\nAU00,,\n", "M051,,M051\n,K501,\nR69X,&,R69X\n"
	merged := scan(header + first)
	merged.Merge(scan(header + second))
	require.Equal(t, scan(header+first+second), merged, "the merged totals of two parts equal the totals of one scan")
	require.Equal(t, Counts{Match: 1, NoMatch: 1, Unknown: 4, Undecided: 1}, merged.Counts(0))
}

// TestPrimaryOfConcatenated: concatenated columns alone do not show which code is the first. A scan warns of this once
// for each system of its lists.
func TestPrimaryOfConcatenated(t *testing.T) {
	const (
		text  = "diag_01,diag_02,diag_4_concat,opertn_4_concat\n,I10X,I10X,W371\n"
		notes = "warning: x.csv: the primary code of ICD-10, which PrimaryOnly asks for, is taken from column \"diag_4_concat\" " +
			"alone; if that column omits empty positions, a later code comes first: "
		readMore = notes + "also read the positional columns with ReadFields(AllFields)"
	)
	whole := compile(t, list(t, "hypertension", "I10"))
	tests := []struct {
		m      *Matcher
		text   string
		fields hesop.Fields
		want   string
		hits   int64
		reason string
	}{
		{whole.PrimaryOnly(), text, hesop.ConcatenatedFields, readMore, 1, "a later code counts as the first"},
		{whole.PrimaryOnly(), text, hesop.AllFields, "", 0, "the position is known"},
		{whole, text, hesop.ConcatenatedFields, "", 1, "codes in any position match"},
		{whole.PrimaryOnly(), "diag_4_concat\nI10X\n", hesop.AllFields, notes + "the data need positional columns", 1, "the data have no other columns"},
	}
	for _, tt := range tests {
		for _, workers := range []int{1, 2} {
			r, err := hesop.NewReader(strings.NewReader(tt.text), hesop.ReadFields(tt.fields), hesop.FileName("x.csv"))
			require.NoError(t, err)
			totals, err := Scan(t.Context(), tt.m, r, func(*hesop.Appointment, *Result) error { return nil }, Workers(workers))
			require.NoError(t, err, tt.reason)
			require.Equal(t, tt.hits, totals.Counts(0).Match, tt.reason)
			tt.m.NoteLimits(r)
			var notices []string
			for _, n := range r.Notices() {
				notices = append(notices, n.String())
			}
			require.Equal(t, tt.want, strings.Join(notices, "\n"), tt.reason)
		}
	}
}
