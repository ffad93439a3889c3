package match_test

import (
	"context"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/match"

	"github.com/stretchr/testify/require"
)

// TestScanEndsAtOnce: after the context has been cancelled, Scan does not call its function again.
func TestScanEndsAtOnce(t *testing.T) {
	m := compiled(t)
	text := "diag_4_01\n" + strings.Repeat("F329\n", 50_000)
	stop := errors.New("enough")
	for _, workers := range []int{1, 3} {
		ctx, cancel := context.WithCancelCause(t.Context())
		n := 0
		totals, err := match.Scan(ctx, m, readerOf(t, text), func(*hesop.Appointment, *match.Result) error {
			if n++; n == 10 {
				cancel(stop)
			}
			return nil
		}, match.Workers(workers))
		require.ErrorIs(t, err, stop)
		require.Equal(t, 10, n)
		require.EqualValues(t, 10, totals.Rows, "the totals cover the appointments up to where the scan ended")
	}
}

// quits is a Source whose Next ends the calling goroutine, as t.FailNow does.
type quits struct{ rows int }

func (q *quits) Parts() []hesop.Part {
	return []hesop.Part{{Rows: 20_000, Open: func() (hesop.Source, error) { return q, nil }}}
}

func (q *quits) Next(row *hesop.Row) error {
	if q.rows--; q.rows < 0 {
		runtime.Goexit()
	}
	row.Set(0, []byte("F329"))
	return nil
}

// TestSourceEndsItsGoroutine: if a source has ended its goroutine, Scan panics instead of waiting for ever.
func TestSourceEndsItsGoroutine(t *testing.T) {
	for _, rows := range []int{0, 10_000} {
		r, err := hesop.FromSource([]string{"diag_4_01"}, &quits{rows})
		require.NoError(t, err)
		require.PanicsWithValue(t, "hesop: the source has ended its goroutine", func() {
			_, _ = match.Scan(t.Context(), compiled(t), r, nil, match.Workers(2), match.BlockSize(1000))
		})
	}
}

// TestReaderWithinItsLoop: a loop over the reader of a running scan panics, because the loop and the scan would each
// miss the rows that the other reads.
func TestReaderWithinItsLoop(t *testing.T) {
	m := compiled(t)
	for _, workers := range []int{1, 2} {
		r := readerOf(t, "diag_4_01\nF329\nF321\n")
		require.Panics(t, func() {
			_, _ = match.Scan(t.Context(), m, r, func(*hesop.Appointment, *match.Result) error {
				for range r.All() {
					return io.EOF
				}
				return nil
			}, match.Workers(workers))
		})
	}
}

// TestOtherCodesInHand: Totals.Add refuses a Result of other Codes, and Codes.Text a slot of other Codes, even if both
// Codes hold the same code.
func TestOtherCodesInHand(t *testing.T) {
	m := compiled(t)
	one, other := new(hesop.Codes), new(hesop.Codes)
	for _, c := range []*hesop.Codes{one, other} {
		c.Add(hesop.CodeField{System: coding.ICD10}, []byte("F329"))
	}
	res := m.NewResult()
	m.Match(one, res)
	require.PanicsWithValue(t, "match: Result of other Codes: call Match for the codes before Add", func() { m.NewTotals().Add(other, res) })
	require.Panics(t, func() { other.Text(one.Slots()[0]) })
	require.Equal(t, "F329", string(one.Text(one.Slots()[0])))
	require.True(t, one.Slots()[0].Equal(other.Slots()[0]))
	require.Equal(t, "ICD-10 code F329, raw 1", one.Slots()[0].String())
	require.Equal(t, 0, m.Lookup(coding.ReadValue(0, []byte("F329"), 0)).Len())
}

// TestAddedSinceMatch: Totals.Add refuses an answer that was found before more codes were added.
func TestAddedSinceMatch(t *testing.T) {
	m := compiled(t)
	codes, res := new(hesop.Codes), m.NewResult()
	m.Match(codes, res)
	codes.Add(hesop.CodeField{System: coding.ICD10}, []byte("F329"))
	require.Panics(t, func() { m.NewTotals().Add(codes, res) })
}
