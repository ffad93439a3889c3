package parquet_test

import (
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"hesopmatch/hesop"

	"github.com/stretchr/testify/require"
)

// TestSameAsText compares random tables, written in random ways, with the same rows as text.
func TestSameAsText(t *testing.T) {
	seeds := uint64(150)
	if testing.Short() {
		seeds = 30
	}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 1))
		rows := []int{0, 1, 7, 64, 700, 3000}[r.IntN(6)]
		table := newTable(r, rows, r.IntN(2) == 0)
		data := table.parquet(t, 1+rows/(1+r.IntN(8)), randomOptions(r)...)
		text, err := hesop.NewReader(strings.NewReader(table.csv(t)), hesop.Delimiter(','))
		require.NoError(t, err)
		want := described(t, text, table.names)
		require.Len(t, want, rows)

		f := open(t, data)
		require.EqualValues(t, rows, f.Rows())
		reader, err := f.Reader()
		require.NoError(t, err)
		requireSame(t, want, described(t, reader, table.names), seed)
		require.NoError(t, f.Close())

		var parts []string
		f = open(t, data)
		for _, part := range f.Parts() {
			source, err := part.Open()
			require.NoError(t, err)
			before := len(parts)
			reader, err := hesop.FromSource(f.Names(), source)
			require.NoError(t, err)
			parts = append(parts, described(t, reader, table.names)...)
			require.EqualValues(t, part.Rows, len(parts)-before)
			require.NoError(t, source.(io.Closer).Close())
		}
		requireSame(t, want, parts, seed)
	}
}

// requireSame fails at the first row that differs.
func requireSame(t *testing.T, want, got []string, seed uint64) {
	t.Helper()
	require.Len(t, got, len(want), "seed %d", seed)
	for i := range want {
		require.Equal(t, want[i], got[i], "seed %d, row %d", seed, i+1)
	}
}

// TestSelect: the selected columns are read, and the others are empty.
func TestSelect(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	table := newTable(r, 300, false)
	data := table.parquet(t, 100)
	whole := open(t, data)
	require.ElementsMatch(t, table.names, whole.Names())
	all, err := whole.Reader()
	require.NoError(t, err)
	var some []int
	var names, others []string
	for i, name := range whole.Names() {
		if i%3 == 1 {
			some, names = append(some, i), append(names, name)
		} else {
			others = append(others, name)
		}
	}
	f := open(t, data)
	f.Select([]int{some[len(some)-1], some[0]})
	f.Select(append(some, some[0]))
	reader, err := f.Reader()
	require.NoError(t, err)
	columns := func(r *hesop.Reader, names []string) (columns []hesop.Column) {
		for _, name := range names {
			c, err := r.Column(name)
			require.NoError(t, err)
			columns = append(columns, c)
		}
		return columns
	}
	var want [][]string
	for a, err := range all.All() {
		require.NoError(t, err)
		var row []string
		for _, c := range columns(all, names) {
			row = append(row, string(a.Text(c)))
		}
		want = append(want, row)
	}
	n := 0
	for a, err := range reader.All() {
		require.NoError(t, err)
		for i, c := range columns(reader, names) {
			require.Equal(t, want[n][i], string(a.Text(c)))
		}
		for _, c := range columns(reader, others) {
			require.Empty(t, a.Text(c))
		}
		n++
	}
	require.Equal(t, 300, n)

	require.PanicsWithValue(t, "parquet: Select after the first Next or Parts", func() { f.Select(nil) })
	f = open(t, data)
	require.Panics(t, func() { f.Select([]int{len(table.names)}) })
	require.Panics(t, func() { f.Select([]int{-1}) })
}

// TestAllocations: reading a row allocates nothing.
func TestAllocations(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	table := newTable(r, 20000, false)
	data := table.parquet(t, 20000)
	rows := 0
	allocs := testing.AllocsPerRun(1, func() {
		reader, err := open(t, data).Reader()
		require.NoError(t, err)
		rows = 0
		for _, err := range reader.All() {
			require.NoError(t, err)
			rows++
		}
	})
	require.Equal(t, 20000, rows)
	require.Less(t, allocs, 3000.0)
}
