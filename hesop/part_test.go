package hesop

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strconv"
	"sync/atomic"
	"testing"

	"hesopmatch/internal/goroutines"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// partedCells is a Source whose rows are in parts. It counts the parts that are open.
type partedCells struct {
	cells
	parts []Part
	open  atomic.Int64
}

func (p *partedCells) Parts() []Part { return p.parts }

// partCells is a Source of the rows of one part.
type partCells struct {
	cells
	whole *partedCells
}

func (p *partCells) Close() error {
	p.whole.open.Add(-1)
	return nil
}

// newPartedCells splits rows into parts.
func newPartedCells(all [][]string, sizes ...int) *partedCells {
	p := &partedCells{cells: cells{rows: all}}
	for i := range all[0] {
		p.order = append(p.order, i)
	}
	for _, size := range append(sizes, len(all)) {
		part := all[:min(size, len(all))]
		all = all[len(part):]
		p.parts = append(p.parts, Part{int64(len(part)), func() (Source, error) {
			p.open.Add(1)
			return &partCells{cells{rows: part, order: p.order}, p}, nil
		}})
	}
	return p
}

var partNames = []string{"attendkey", "diag_4_01", "diag_4_02", "diag_4_concat", "opertn_01", "sex", "diag_01"}

// manyCells draws random rows. Any column may receive any value, so the reader warns of shifted columns.
func manyCells(r *rand.Rand, n int) [][]string {
	values := []string{"", "", "", "E119", "E11X,I10X", "K401", "R69X", "x", "M0510", "2019-01-02"}
	var all [][]string
	for i := range n {
		row := []string{strconv.Itoa(i)}
		for range partNames[1:] {
			row = append(row, values[r.IntN(len(values))])
		}
		all = append(all, row)
	}
	return all
}

// TestParts compares parts that are read in parallel with rows that are read one after another.
func TestParts(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 2))
		all := manyCells(r, 1+r.IntN(400))
		sizes := make([]int, r.IntN(12))
		for i := range sizes {
			sizes[i] = r.IntN(80) // may be 0
		}
		alone, err := FromSource(partNames, &newPartedCells(all).cells)
		require.NoError(t, err)
		var want account
		for a, err := range alone.All() {
			require.NoError(t, err)
			want.add(alone, a)
		}
		want.finish(alone, nil)
		for _, workers := range []int{1, 2, 5} {
			source := newPartedCells(all, sizes...)
			reader, err := FromSource(partNames, source)
			require.NoError(t, err)
			var got account
			size := []int{1, 300, 1 << 20}[r.IntN(3)]
			err = reader.blocks(t.Context(), workers, size, func(b *block) {
				for a := range b.All() {
					_ = a.Codes()
					if a.Row()%3 != 0 {
						b.Keep()
					}
				}
			}, func(b *block) error {
				var kept []any
				for a := range b.Kept() {
					var c account
					c.add(reader, a)
					kept = append(kept, c.Rows[0])
				}
				for a := range b.All() {
					got.add(reader, a)
					if a.Row()%3 != 0 {
						require.Equal(t, kept[0], any(got.Rows[len(got.Rows)-1]))
						kept = kept[1:]
					}
				}
				require.Empty(t, kept)
				return nil
			})
			got.finish(reader, err)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("seed %d, %d workers, blocks of %d: %s", seed, workers, size, diff)
			}
			require.Equal(t, alone.Notices(), reader.Notices())
			require.Zero(t, source.open.Load(), "every part is closed")
		}
	}
}

// TestPartsFail requires that an error has the number of its row and follows all earlier rows, with any number of
// workers.
func TestPartsFail(t *testing.T) {
	all := manyCells(rand.New(rand.NewPCG(1, 1)), 1000)
	gone := errors.New("the disk is gone")
	for reason, tt := range map[string]struct {
		change func(p *partedCells)
		rows   int
		want   string
		is     error
	}{
		"a part that cannot be opened": {
			func(p *partedCells) { p.parts[3].Open = func() (Source, error) { return nil, gone } },
			300, "row 301: the disk is gone", gone,
		},
		"a part that fails in the middle": {
			func(p *partedCells) {
				p.parts[2].Open = func() (Source, error) {
					return &cells{rows: all[200:250], order: p.order, err: gone}, nil
				}
			},
			250, "row 251: the disk is gone", gone,
		},
		"a part with fewer rows than stated": {
			func(p *partedCells) {
				p.parts[2].Open = func() (Source, error) { return &cells{rows: all[200:250], order: p.order}, nil }
			},
			250, "row 251: unexpected EOF: a part of the Source ended before its last row", io.ErrUnexpectedEOF,
		},
		"a part with more rows than stated": {
			func(p *partedCells) {
				p.parts[2].Open = func() (Source, error) { return &cells{rows: all[200:], order: p.order}, nil }
			},
			300, "row 301: a part of the Source has more rows than its Rows states", nil,
		},
		"no Open":                   {func(p *partedCells) { p.parts[0].Open = nil }, 0, "", ErrOption},
		"no Source":                 {func(p *partedCells) { p.parts[0].Open = func() (Source, error) { return nil, nil } }, 0, "", ErrOption},
		"a negative number of rows": {func(p *partedCells) { p.parts[0].Rows = -1 }, 0, "", ErrOption},
	} {
		for _, workers := range []int{1, 4} {
			source := newPartedCells(all, 100, 100, 100, 100, 100, 100, 100)
			tt.change(source)
			reader, err := FromSource(partNames, source)
			require.NoError(t, err)
			n := 0
			err = reader.blocks(t.Context(), workers, 1000, func(b *block) {
				k := 0
				for range b.All() {
					k++
				}
				b.state = k
			}, func(b *block) error {
				n += b.state.(int)
				return nil
			})
			require.Error(t, err, reason)
			if tt.is != nil {
				require.ErrorIs(t, err, tt.is, reason)
			}
			require.Contains(t, err.Error(), tt.want, reason)
			require.Equal(t, tt.rows, n, reason)
			require.Zero(t, source.open.Load(), reason)
		}
	}
}

// TestPartsStop requires that the function take can end the reading, and that nothing is left running or open.
func TestPartsStop(t *testing.T) {
	enough := errors.New("enough")
	all := manyCells(rand.New(rand.NewPCG(1, 1)), 1000)
	before := runtime.NumGoroutine()
	for _, workers := range []int{1, 4} {
		source := newPartedCells(all, 10, 10, 10, 10, 10, 10, 10)
		reader, err := FromSource(partNames, source)
		require.NoError(t, err)
		n := 0
		require.ErrorIs(t, reader.blocks(t.Context(), workers, 1, func(*block) {}, func(*block) error {
			if n++; n == 25 {
				return enough
			}
			return nil
		}), enough)
		require.Zero(t, source.open.Load())
		require.PanicsWithValue(t, "of the caller", func() {
			reader, err = FromSource(partNames, newPartedCells(all, 10, 10, 10))
			require.NoError(t, err)
			_ = reader.blocks(t.Context(), workers, 1, func(b *block) {
				if b.first == 15 {
					panic("of the caller")
				}
			}, func(*block) error { return nil })
		})
	}
	goroutines.RequireNoMore(t, before)
}

// TestPartsAfterRows requires that a reader whose first rows were already read continues with the next row, in one
// goroutine.
func TestPartsAfterRows(t *testing.T) {
	all := manyCells(rand.New(rand.NewPCG(1, 1)), 100)
	reader, err := FromSource(partNames, newPartedCells(all, 10, 10))
	require.NoError(t, err)
	require.True(t, reader.IsShared())
	for _, err := range reader.All() {
		require.NoError(t, err)
		break
	}
	require.False(t, reader.IsShared())
	n := 0
	require.NoError(t, reader.blocks(t.Context(), 2, 100, func(b *block) {
		for a := range b.All() {
			n++
			require.EqualValues(t, n+1, a.Row())
		}
	}, func(*block) error { return nil }))
	require.Equal(t, 99, n)
}

// selective records the columns that are selected.
type selective struct {
	cells
	selected []int
}

func (s *selective) Select(columns []int) { s.selected = columns }

func TestOtherColumns(t *testing.T) {
	names := []string{"attendkey", "DIAG_3_01", "diag_4_01", "sex", "attended", "apptdate", "tretspef"}
	row := []string{"1", "E11", "E119", "2", "5", "2019-01-02", "300"}
	for reason, tt := range map[string]struct {
		others   []string
		columns  []string
		selected []int
	}{
		"no others":                   {nil, []string{"diag_4_01", "attended"}, []int{2, 4}},
		"other columns need the year": {[]string{"SEX"}, []string{"diag_4_01", "sex", "attended", "apptdate"}, []int{2, 3, 4, 5}},
		"codes with less detail":      {[]string{"diag_3_01"}, []string{"DIAG_3_01", "diag_4_01", "attended", "apptdate"}, []int{1, 2, 4, 5}},
	} {
		source := &selective{cells: cells{rows: [][]string{row, row}, order: []int{6, 5, 4, 3, 2, 1, 0}}}
		r, err := FromSource(names, source, OtherColumns(tt.others...))
		require.NoError(t, err, reason)
		require.Equal(t, tt.selected, source.selected, reason)
		n := 0
		for a, err := range r.All() {
			require.NoError(t, err)
			n++
			var columns []string
			i := 0
			for c := range r.Columns() {
				columns = append(columns, c.Name())
				require.Equal(t, row[tt.selected[i]], string(a.Text(c)), reason)
				i++
			}
			require.Equal(t, tt.columns, columns, reason)
			require.Equal(t, "[ICD-10 code E119 cut to 4, positional 1]", fmt.Sprint(a.Codes().Slots()), reason)
		}
		require.Equal(t, 2, n)
	}
	_, err := FromSource(names, &cells{}, OtherColumns("age"))
	require.ErrorIs(t, err, ErrColumn)
	require.ErrorContains(t, err, "which OtherColumns names")
	_, err = NewReader(nil, OtherColumns())
	require.ErrorIs(t, err, ErrOption)
	_, err = FromSource([]string{"attendkey", "diag_4_01"}, sets(func(row *Row) {
		row.Set(0, []byte("1"))
		row.Set(0, []byte("1"))
	}), OtherColumns())
	require.NoError(t, err)
}

// TestOtherColumnsKeeps requires that a reader of some columns keeps what it learned from the header of all columns:
// emergency care, and renames of columns that are not read.
func TestOtherColumnsKeeps(t *testing.T) {
	names := []string{"aekey", "patid", "note", "diagscheme", "diag_01", "diag_02"}
	rows := [][]string{{"1", "p", "x", "02", "E119", ""}, {"2", "p", "x", "", "E119", ""}}
	for _, opts := range [][]Option{nil, {OtherColumns()}, {OtherColumns("patid"), Rename("note", "")}} {
		r, err := FromSource(names, &cells{rows: rows, order: []int{0, 1, 2, 3, 4, 5}}, opts...)
		require.NoError(t, err)
		n := 0
		for _, err = range r.All() {
			if err == nil {
				n++
			}
		}
		require.Error(t, err)
		require.ErrorContains(t, err, "row 2")
		require.Equal(t, 1, n)
	}
	_, err := FromSource(names, &cells{}, OtherColumns(), Rename("notes", ""))
	require.ErrorContains(t, err, `no column "notes", which Rename names`)
}
