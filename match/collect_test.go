package match

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"hesopmatch/hesop"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// lines holds the text that workers make from appointments.
type lines struct {
	text []byte
	rows int
}

func (l *lines) Reset() { l.text, l.rows = l.text[:0], 0 }

// add adds a line for an appointment: its columns and the answers.
func (l *lines) add(columns []hesop.Column, m *Matcher, a *hesop.Appointment, res *Result) {
	for _, c := range columns {
		l.text = fmt.Appendf(l.text, "%q,", a.Text(c))
	}
	for i := range m.Len() {
		l.text = append(l.text, res.Status(i).String()...)
	}
	l.text = append(l.text, '\n')
	l.rows++
}

// collected is the outcome of a scan with Collect.
type collected struct {
	Text, Again string // from two Collect options
	Rows        []int64
	Totals      Counts
	Err         string
}

// collectText makes a table that is hard to split: it has line ends within quotes, rows with too many fields and
// sometimes an unclosed quote at the end.
func collectText(r *rand.Rand) string {
	var b strings.Builder
	b.WriteString("key,diag_4_01\n")
	for range r.IntN(120) {
		key := []string{"1", "22", "", "\"a\nb\"", "\"\n\n\"", "\"x,E119\nGHOST,E119\n\"", "x\"y", "\"\"\"\n\"\"\""}[r.IntN(8)]
		fmt.Fprintf(&b, "%s,%s", key, []string{"E119", "I10X", "R69X", "", "AU00"}[r.IntN(5)])
		if r.IntN(30) == 0 {
			b.WriteString(",x")
		}
		b.WriteString([]string{"\n", "\r\n", "\n\n"}[r.IntN(3)])
	}
	if r.IntN(4) == 0 {
		b.WriteString("1,\"")
	}
	return b.String()
}

// TestCollect compares what Scan and Collect return with the results of a plain loop, on texts that force a block to be
// matched twice.
func TestCollect(t *testing.T) {
	m := diabetes(t)
	rounds := 2000
	if testing.Short() {
		rounds = 200
	}
	failure := errors.New("from the caller")
	for seed := range rounds {
		r := rand.New(rand.NewPCG(uint64(seed), 18))
		text := collectText(r)
		stream, skip, fails, matched := r.IntN(2) == 0, r.IntN(2) == 0, int64(-1), r.IntN(2) == 0
		if r.IntN(3) == 0 {
			fails = r.Int64N(100)
		}
		reader := func() (*hesop.Reader, []hesop.Column) {
			var source io.Reader = strings.NewReader(text)
			if stream {
				source = iotest.HalfReader(source)
			}
			var opts []hesop.Option
			if skip {
				opts = append(opts, hesop.SkipBadRows(nil))
			}
			r, err := hesop.NewReader(source, opts...)
			require.NoError(t, err)
			var columns []hesop.Column
			for c := range r.Columns() {
				columns = append(columns, c)
			}
			return r, columns
		}

		var want collected
		plain, columns := reader()
		totals, res, one := m.NewTotals(), m.NewResult(), new(lines)
		for a, err := range plain.All() {
			if err != nil {
				want.Err = err.Error()
				break
			}
			m.Match(a.Codes(), res)
			totals.Add(a.Codes(), res)
			one.add(columns, m, a, res)
			if matched && !res.AnyMatch() {
				continue
			}
			want.Rows = append(want.Rows, a.Row())
			if a.Row() == fails {
				want.Err = failure.Error()
				break
			}
		}
		want.Text, want.Totals = string(one.text), totals.Counts(0)
		want.Again = want.Text

		for workers := 1; workers <= 4; workers++ {
			size := 1 + r.IntN([]int{3, 50, 2000}[r.IntN(3)])
			var got collected
			rows, called := 0, 0
			reader, columns := reader()
			add := func(l *lines, a *hesop.Appointment, res *Result) { l.add(columns, m, a, res) }
			fresh := func() *lines { return new(lines) }
			opts := []ScanOption{
				Workers(workers), BlockSize(size),
				Collect(fresh, add, func(l *lines) error {
					got.Text += string(l.text)
					rows += l.rows
					require.LessOrEqual(t, called, rows,
						"when take is called, it must have received every row for which the callback was called")
					return nil
				}),
				Collect(fresh, add, func(l *lines) error { got.Again += string(l.text); return nil }),
			}
			if matched {
				opts = append(opts, MatchedOnly())
			}
			totals, err := Scan(t.Context(), m, reader, func(a *hesop.Appointment, _ *Result) error {
				got.Rows = append(got.Rows, a.Row())
				called++
				if a.Row() == fails {
					return failure
				}
				return nil
			}, opts...)
			if err != nil {
				got.Err = err.Error()
			}
			got.Totals = totals.Counts(0)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("seed %d, %d workers, blocks of %d (-loop +scan):\n%s\n%q", seed, workers, size, diff, text)
			}
		}
	}
}

// TestCollectEnds: an error that the function take returns ends the scan. Scan does not call take again after such an
// error or after a cancellation.
func TestCollectEnds(t *testing.T) {
	m := diabetes(t)
	enough, worse := errors.New("enough"), errors.New("worse")
	fresh := func() *lines { return new(lines) }
	add := func(l *lines, _ *hesop.Appointment, _ *Result) { l.rows++ }
	for _, workers := range []int{1, 3} {
		scan := func(ctx context.Context, fn func(*hesop.Appointment, *Result) error, take func(*lines) error) error {
			r, err := hesop.NewReader(strings.NewReader(manyRows(5000)))
			require.NoError(t, err)
			_, err = Scan(ctx, m, r, fn, Workers(workers), BlockSize(100), Collect(fresh, add, take))
			return err
		}
		rows := 0
		require.ErrorIs(t, scan(t.Context(), nil, func(l *lines) error {
			if rows += l.rows; rows > 100 {
				return enough
			}
			return nil
		}), enough)
		require.Less(t, rows, 200)

		err := scan(t.Context(), func(*hesop.Appointment, *Result) error { return enough }, func(*lines) error { return worse })
		require.ErrorIs(t, err, enough)
		require.ErrorIs(t, err, worse)

		ctx, cancel := context.WithCancelCause(t.Context())
		rows = 0
		require.ErrorIs(t, scan(ctx, nil, func(l *lines) error {
			rows += l.rows
			cancel(enough)
			return nil
		}), enough)
		require.Less(t, rows, 100)
	}
}

func TestCollectOptions(t *testing.T) {
	m := diabetes(t)
	fresh := func() *lines { return new(lines) }
	add := func(*lines, *hesop.Appointment, *Result) {}
	take := func(*lines) error { return nil }
	for reason, opt := range map[string]ScanOption{
		"fresh is nil": Collect(nil, add, take),
		"add is nil":   Collect(fresh, nil, take),
		"take is nil":  Collect(fresh, add, nil),
	} {
		r, err := hesop.NewReader(strings.NewReader(manyRows(1)))
		require.NoError(t, err)
		_, err = Scan(t.Context(), m, r, nil, opt)
		require.ErrorIs(t, err, ErrOption, reason)
	}
}

// TestCollectBounds: with one worker, Collect passes on a value after a bounded number of rows, even for a source such
// as a query, whose rows have no offset in a text by which to measure size.
func TestCollectBounds(t *testing.T) {
	m := diabetes(t)
	r, err := hesop.FromSource([]string{"diag_4_01"}, &sameRows{left: 10_000})
	require.NoError(t, err)
	var sizes []int
	_, err = Scan(t.Context(), m, r, nil, Collect(
		func() *lines { return new(lines) },
		func(l *lines, _ *hesop.Appointment, _ *Result) { l.rows++ },
		func(l *lines) error { sizes = append(sizes, l.rows); return nil },
	))
	require.NoError(t, err)
	require.Equal(t, []int{4096, 4096, 1808}, sizes)
}

// sameRows is a Source of identical rows.
type sameRows struct{ left int }

func (s *sameRows) Next(row *hesop.Row) error {
	if s.left == 0 {
		return io.EOF
	}
	s.left--
	row.Set(0, []byte("E119"))
	return nil
}
