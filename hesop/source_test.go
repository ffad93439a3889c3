package hesop

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// cells is a Source of the rows of a test. It sets the columns in the given order.
type cells struct {
	rows  [][]string
	order []int
	err   error // returned after the last row
}

func (c *cells) Next(row *Row) error {
	if len(c.rows) == 0 {
		if c.err != nil {
			return c.err
		}
		return io.EOF
	}
	for _, i := range c.order {
		row.Set(i, []byte(c.rows[0][i]))
	}
	c.rows = c.rows[1:]
	return nil
}

// TestSource compares the rows of a Source with those of a text that has the same values.
func TestSource(t *testing.T) {
	names := []string{"attendkey", "DIAG_4_01", "diag_4_02", "diag_4_concat", "opertn_01", "sex", "apptdate", "diag_01", "opertn_4_01"}
	values := []string{"", "", "", "E119", "E11X,I10X", "K401", "R69X", "x", "M0510", "2019-01-02"}
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 1))
		var all [][]string
		var text strings.Builder
		fmt.Fprintln(&text, strings.Join(names, "|"))
		for n := range 1 + r.IntN(40) {
			row := []string{strconv.Itoa(n)}
			for range names[1:] {
				row = append(row, values[r.IntN(len(values))])
			}
			all = append(all, row)
			fmt.Fprintln(&text, strings.Join(row, "|"))
		}
		source := func() *Reader {
			got, err := FromSource(names, &cells{rows: all, order: r.Perm(len(names))})
			require.NoError(t, err)
			return got
		}
		want := described(t, open(t, text.String(), Delimiter('|')), false)
		require.Equal(t, want, described(t, source(), false))
		require.Equal(t, want, described(t, source(), true))
	}
}

// described returns a description of each appointment of a reader, or of a copy of each.
func described(t *testing.T, r *Reader, copied bool) (all []string) {
	t.Helper()
	dst := new(Appointment)
	for a, err := range r.All() {
		require.NoError(t, err)
		if copied {
			a.CopyTo(dst)
			a = dst
		}
		words := []any{a.Row()}
		for c := range r.Columns() {
			words = append(words, string(a.Text(c)))
		}
		codes := a.Codes()
		for _, s := range codes.Slots() {
			words = append(words, codes.Column(s).Name(), s.Position, s.Value, string(codes.Text(s)))
		}
		words = append(words, codes.Disagreements(), codes.Unrecognised(), a.Attended())
		all = append(all, fmt.Sprintf("%q", words))
	}
	return all
}

func TestSourceErrors(t *testing.T) {
	names := []string{"attendkey", "diag_4_01"}
	broken := errors.New("the service is gone")
	r, err := FromSource(names, &cells{rows: [][]string{{"1", "E119"}}, order: []int{0, 1}, err: broken}, FileName("service"))
	require.NoError(t, err)
	n := 0
	for _, err = range r.All() {
		if err == nil {
			n++
		}
	}
	require.Equal(t, 1, n)
	require.ErrorIs(t, err, broken)
	require.EqualError(t, err, "service: row 2: the service is gone")

	for reason, bad := range map[string]struct {
		names []string
		opts  []Option
		want  error
	}{
		"no codes":          {[]string{"a", "b"}, nil, ErrNoCodeColumns},
		"no name":           {[]string{"diag_4_01", " "}, nil, ErrHeader},
		"no columns at all": {nil, nil, ErrHeader},
		"a delimiter":       {names, []Option{Delimiter(',')}, ErrOption},
		"names":             {names, []Option{Names("x")}, ErrOption},
	} {
		_, err := FromSource(bad.names, &cells{}, bad.opts...)
		require.ErrorIs(t, err, bad.want, reason)
	}
	_, err = FromSource(names, nil)
	require.ErrorIs(t, err, ErrOption)

	r, err = FromSource(names, &cells{rows: [][]string{{"12345", "E119"}}, order: []int{0, 1}}, LineLimit(8))
	require.NoError(t, err)
	for _, err = range r.All() {
		require.ErrorIs(t, err, ErrTooLong)
	}
}

// TestSourceEndsWithinARow requires an error if the data end in the middle of a row. For example, a source that calls
// io.ReadFull gets io.EOF if a record is truncated between two fields.
func TestSourceEndsWithinARow(t *testing.T) {
	r, err := FromSource([]string{"attendkey", "diag_4_01"}, ends{})
	require.NoError(t, err)
	for _, err := range r.All() {
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	}
}

// TestSourceLoses requires an error if a Source calls Set and then returns io.EOF, so that no row is lost.
func TestSourceLoses(t *testing.T) {
	for reason, text := range map[string]string{"too long for a row": strings.Repeat("1", 500), "nothing": ""} {
		r, err := FromSource([]string{"attendkey", "diag_4_01"}, ended(text), LineLimit(50))
		require.NoError(t, err)
		n := 0
		for _, err := range r.All() {
			require.Error(t, err, reason)
			n++
		}
		require.Equal(t, 1, n, reason)
	}
}

type ended string

func (e ended) Next(row *Row) error {
	row.Set(0, []byte(e))
	return io.EOF
}

type ends struct{}

func (ends) Next(row *Row) error {
	row.Set(0, []byte("1"))
	return io.EOF
}

// sets is a Source that calls a function for each row, without end.
type sets func(row *Row)

func (s sets) Next(row *Row) error {
	s(row)
	return nil
}

// TestRowMisuse requires a panic for calls that would put a value into the wrong column.
func TestRowMisuse(t *testing.T) {
	var kept *Row
	for reason, do := range map[string]sets{
		"a column that does not exist": func(row *Row) { row.Set(2, []byte("E119")) },
		"a column below the first":     func(row *Row) { row.Set(-1, []byte("E119")) },
		"twice": func(row *Row) {
			row.Set(1, []byte("E119"))
			row.Set(1, []byte("E119"))
		},
		"a row that was kept": func(row *Row) { kept = row },
	} {
		r, err := FromSource([]string{"attendkey", "diag_4_01"}, do)
		require.NoError(t, err)
		require.Panics(t, func() {
			for _, err := range r.All() {
				require.NoError(t, err)
				break
			}
			kept.Set(0, []byte("1"))
		}, reason)
	}
	require.Panics(t, func() { new(Row).Set(0, nil) })
}

func TestSourceDoesNotAllocate(t *testing.T) {
	key, code := []byte("12345"), []byte("E119")
	r, err := FromSource([]string{"attendkey", "diag_4_01", "diag_4_02"}, sets(func(row *Row) {
		row.Set(0, key)
		row.Set(2, code)
	}))
	require.NoError(t, err)
	next := func() {
		a, err := r.next()
		if err != nil || len(a.Codes().Slots()) != 1 {
			t.Fatal(err)
		}
	}
	for range 200 { // past the first rows: each of those is checked for shifted columns
		next()
	}
	require.Zero(t, testing.AllocsPerRun(1000, next))
}
