package suppress

import (
	"cmp"
	"slices"
)

// doubt is a masked cell that may be known to be small, or large; or one whose difference to
// another may be known to be small, and then it may be shown as well. move is how much would
// have to leave the cell for other categories, or if negative to come.
type doubt struct {
	c, y  int
	move  int64
	shown bool
}

// witnesses finds tables that agree with all that is shown of another: what a reader may
// think that table to be. Each that is found is checked from scratch, and is then a proof that each of its
// cells can be what it is there.
type witnesses struct {
	*table
	x        [][]int64 // by column, the table at hand; between proofs the true one
	changed  []cell
	low      [][]int64 // by column and category: the least and the most in any witness
	high     [][]int64
	far      [][][]int64 // by column, place in outer, and category: the largest difference to what contains it
	sums     [][2]int64  // by column: the least and the most that its cells come to
	programs map[int]*program
	tried    map[[2]int]bool // categories that were taken for each other, as the table is masked now
	people   [][]int         // by column: columns of people within it
	partOf   [][]int         // by column: those that it is an exact part of
	common   []pair
	failed   int // what the last witness failed for: a place in common, or one of those below
}

// What a witness failed for, other than pairs: what programs know of, or gaps.
const (
	unknown = -1 - iota
	gaps
)

type cell struct{ c, y int }

func (t *table) witnesses() *witnesses {
	n := len(t.Columns)
	w := &witnesses{
		table: t, x: make([][]int64, n), low: make([][]int64, n), high: make([][]int64, n), far: make([][][]int64, n),
		programs: make(map[int]*program), sums: make([][2]int64, n), tried: make(map[[2]int]bool), people: make([][]int, n), partOf: make([][]int, n),
	}
	for _, cover := range t.covers {
		if cover.Parted == Exactly {
			for _, c := range cover.Parts {
				w.partOf[c] = append(w.partOf[c], cover.Whole)
			}
		}
	}
	for _, c := range t.columns {
		for _, in := range t.Columns[c].Within {
			if t.Columns[c].People && in.Of.in(true) {
				w.people[in.Column] = append(w.people[in.Column], c)
			}
		}
		for _, copied := range []*[]int64{&w.x[c], &w.low[c], &w.high[c]} {
			*copied = append([]int64(nil), t.cells[c]...)
		}
		for _, n := range t.cells[c] {
			w.sums[c][0], w.sums[c][1] = w.sums[c][0]+n, w.sums[c][1]+n
		}
		for _, in := range t.outer[c] {
			far := make([]int64, t.size)
			for y := range far {
				far[y] = t.cells[in.Column][y] - t.cells[c][y]
			}
			w.far[c] = append(w.far[c], far)
		}
	}
	return w
}

// doubts is the first doubt in the table as it is masked now, if there is one. What was
// proven before, when less was masked, holds.
func (w *witnesses) doubts() (doubt, bool) {
	clear(w.programs)
	clear(w.tried)
	w.common = w.pairs()
	for _, c := range w.columns {
		for y := range w.size {
			if d, ok := w.doubt(c, y); ok {
				return d, true
			}
		}
		if w.isSumInDoubt(c) {
			return doubt{c: c, y: sum}, true
		}
	}
	return doubt{}, false
}

// farBelow is how small a masked number must be able to be: not only below the threshold, but
// by half, for what a reader can make of several tables at once, by lists that have nothing in common, is not
// part of the problem.
func (p *Problem) farBelow() int64 { return max(0, p.Threshold-1) / 2 }

// sum stands for all categories together.
const sum = -1

// isSumInDoubt reports whether the cells of a column whose total is masked say that it is
// small, or that it is not.
func (w *witnesses) isSumInDoubt(c int) bool {
	if w.totals || !w.Totals[c] || w.hidden[c] {
		return false
	}
	if w.Columns[c].Total < w.Threshold {
		return !w.proves(question{c, sum, -1, 1}, func() bool { return w.sums[c][1] >= w.Threshold })
	}
	return !w.proves(question{c, sum, -1, -1}, func() bool { return w.sums[c][0] <= w.farBelow() })
}

// doubt looks for witnesses for a cell.
func (w *witnesses) doubt(c, y int) (doubt, bool) {
	n := w.cells[c][y]
	switch {
	case !w.masked[c][y]:
	case w.hidden[c] && len(w.outer[c]) == 0: // and nothing tells of it
	case n < w.Threshold:
		if !w.proves(question{c, y, -1, 1}, func() bool { return w.high[c][y] >= w.Threshold }) {
			return doubt{c: c, y: y, move: n - w.Threshold}, true
		}
	case w.hidden[c]: // and large
	default:
		if !w.proves(question{c, y, -1, -1}, func() bool { return w.low[c][y] <= w.farBelow() }) {
			return doubt{c: c, y: y, move: n - w.Threshold + 1}, true
		}
	}
	for k, in := range w.outer[c] {
		if !in.Counts || !w.masked[c][y] && !w.masked[in.Column][y] {
			continue
		}
		if !w.proves(question{c, y, k, 1}, func() bool { return w.far[c][k][y] >= w.Threshold }) {
			return doubt{c: c, y: y, move: w.Threshold - w.cells[in.Column][y] + n, shown: !w.masked[c][y]}, true
		}
	}
	return doubt{}, false
}

// question is how large, or with the sign -1 how small, a cell can be, or how much smaller
// than what contains it.
type question struct {
	c, y  int
	outer int // place in table.outer, -1 for the cell by itself
	sign  int
}

// proves looks for a witness that reaches the goal: one that was found already, one in which all that
// is masked of a category is taken for another one's, or one that a linear program finds.
func (w *witnesses) proves(q question, reached func() bool) bool {
	if reached() {
		return true
	}
	if q.y == sum {
		return w.solves(q, reached)
	}
	for z, masked := range w.masked[q.c] {
		if masked && z != q.y && (w.tries(q.y, z) || w.tries(z, q.y)) && reached() {
			return true
		}
	}
	if all := [2]int{sum, q.y}; !w.tried[all] {
		w.tried[all] = true
		for z := range w.size {
			if z != q.y {
				w.relabel(w.columns, z, q.y)
			}
		}
		w.check()
	}
	return reached() || w.gathers(q) && reached() || w.solves(q, reached)
}

// gathers takes as many categories as it needs for the one in question, those first that have
// most, of what hangs together with the column.
func (w *witnesses) gathers(q question) bool {
	if q.sign < 0 {
		return false
	}
	outer := -1
	if q.outer >= 0 {
		outer = w.outer[q.c][q.outer].Column
	}
	has := func(y int) int64 {
		if outer < 0 {
			return w.cells[q.c][y]
		}
		return w.cells[outer][y] - w.cells[q.c][y]
	}
	var others []int
	for y := range w.size {
		if y != q.y && (w.masked[q.c][y] || outer >= 0 && w.masked[outer][y]) {
			others = append(others, y)
		}
	}
	slices.SortStableFunc(others, func(a, b int) int { return cmp.Compare(has(b), has(a)) })
	group := w.group(q.c)
	have := has(q.y)
	for _, y := range others {
		if have >= w.Threshold || has(y) == 0 {
			break
		}
		have += has(y)
		w.relabel(group, y, q.y)
	}
	w.check()
	return true
}

// tries takes one category for another, unless that was done.
func (w *witnesses) tries(from, to int) bool {
	if pair := [2]int{from, to}; !w.tried[pair] {
		w.tried[pair] = true
		w.relabel(w.columns, from, to)
		w.check()
		return true
	}
	return false
}

// relabel moves whatever is masked in both of two categories from one to the other. What is
// part of something that is shown stays.
func (w *witnesses) relabel(columns []int, from, to int) {
	for _, c := range columns {
		if w.stays(c, from) || w.stays(c, to) {
			continue
		}
		n := w.x[c][from] + w.x[c][to]
		if w.Columns[c].People && !w.totals && !w.Totals[c] {
			n = min(n, w.Columns[c].Total)
		}
		w.put(c, to, n)
		w.put(c, from, 0)
	}
	for _, cover := range w.covers {
		if cover.Parted == Exactly && w.masked[cover.Whole][from] && w.masked[cover.Whole][to] {
			for _, y := range []int{from, to} {
				sum := int64(0)
				for _, c := range cover.Parts {
					sum += w.x[c][y]
				}
				w.put(cover.Whole, y, sum)
			}
		}
	}
}

// stays reports whether a cell is shown, or is part of one that is.
func (w *witnesses) stays(c, y int) bool {
	return !w.masked[c][y] || slices.ContainsFunc(w.partOf[c], func(whole int) bool { return !w.masked[whole][y] })
}

func (w *witnesses) put(c, y int, n int64) {
	if w.x[c][y] != n {
		w.x[c][y] = n
		w.changed = append(w.changed, cell{c, y})
	}
}

// check keeps what the table at hand proves, if it is possible, and takes the changes
// back.
func (w *witnesses) check() {
	if w.holds() {
		for _, at := range w.changed {
			c, y := at.c, at.y
			n := int64(0)
			for _, x := range w.x[c] {
				n += x
			}
			least := n
			if w.Columns[c].People {
				least = w.leastTotal(c)
			}
			w.sums[c][0], w.sums[c][1] = min(w.sums[c][0], least), max(w.sums[c][1], n)
			w.low[c][y], w.high[c][y] = min(w.low[c][y], w.x[c][y]), max(w.high[c][y], w.x[c][y])
			for k, in := range w.outer[c] {
				w.far[c][k][y] = max(w.far[c][k][y], w.x[in.Column][y]-w.x[c][y])
			}
			for _, in := range w.inner[c] {
				for k, out := range w.outer[in.Column] {
					if out.Column == c {
						w.far[in.Column][k][y] = max(w.far[in.Column][k][y], w.x[c][y]-w.x[in.Column][y])
					}
				}
			}
		}
	}
	for _, at := range w.changed {
		w.x[at.c][at.y] = w.cells[at.c][at.y]
	}
	w.changed = w.changed[:0]
}
