package suppress

import (
	"cmp"
	"math"
	"slices"

	"hesopmatch/match/cohort/internal/simplex"
)

// program is what is known of the masked cells of a group of columns, as a linear program.
// It begins at the true table. What it finds is a guess, until it is checked.
type program struct {
	simplex.Program
	columns     []int
	cells       [][]int   // by column and category: variables
	differences [][][]int // by column, place in table.outer, and category
	totals      []int     // by column: variables of masked totals of people, -1 for others
	sums        []int     // by column: what the cells come to, where the total is masked
	only        []bool    // by category: cells vary; nil for all
	learned     []int     // what it knows of beside: see witnesses.failed
	common      []commonRows
}

// group is the columns that a program for a column is made of: those that hang together by being
// part of each other, or by covering something, and the base of all. Others are taken to be as they
// are. For a column of the base it is the base alone.
func (t *table) group(c int) []int {
	group, in := []int{c}, make([]bool, len(t.Columns))
	in[c] = true
	add := func(other int) {
		if t.has[other] && t.Columns[other].Base == t.Columns[c].Base && !in[other] {
			group, in[other] = append(group, other), true
		}
	}
	for next := 0; next < len(group); { // it grows
		at := group[next]
		next++
		for _, in := range t.outer[at] {
			add(in.Column)
		}
		for _, in := range t.inner[at] {
			add(in.Column)
		}
		for _, cover := range t.covers {
			if cover.Whole == at || slices.Contains(cover.Parts, at) {
				add(cover.Whole)
				for _, part := range cover.Parts {
					add(part)
				}
			}
		}
	}
	if !t.Columns[c].Base {
		for _, other := range t.columns {
			if t.Columns[other].Base {
				group = append(group, other)
			}
		}
	}
	slices.Sort(group)
	return group
}

// program makes the program of a group, which knows of some pairs, and in which the cells of
// some categories vary.
func (t *table) program(group []int, pairs []pair, only []bool) *program {
	n := len(t.Columns)
	p := &program{columns: group, only: only, cells: make([][]int, n), differences: make([][][]int, n), totals: slices.Repeat([]int{-1}, n), sums: make([]int, n)}
	for _, c := range group {
		for y := range t.size {
			p.cells[c] = append(p.cells[c], t.variable(p, c, y))
		}
		if t.Columns[c].People && t.Columns[c].Of.in(true) && !t.totals && t.Totals[c] {
			p.totals[c] = p.Variable(0, simplex.Inf, float64(t.Columns[c].Total))
		}
	}
	for _, pair := range pairs {
		t.addCommonVariables(p, pair)
	}
	for _, c := range group {
		for _, in := range t.outer[c] {
			var differences []int
			for y := range t.size {
				differences = append(differences, p.Sum(0, simplex.Inf,
					simplex.Term{Variable: t.valueOf(p, in.Column, y), Times: 1}, simplex.Term{Variable: p.cells[c][y], Times: -float64(in.Times)}))
			}
			p.differences[c] = append(p.differences[c], differences)
		}
		if t.isFree(c) && (!t.Columns[c].People || t.totals || t.Totals[c]) {
			continue
		}
		upper := float64(t.Columns[c].Total)
		if t.Columns[c].People {
			upper = simplex.Inf
		}
		var all []simplex.Term
		for _, v := range p.cells[c] {
			all = append(all, simplex.Term{Variable: v, Times: 1})
		}
		p.Sum(float64(t.Columns[c].Total), upper, all...)
	}
	for _, cover := range t.covers {
		in := func(c int) bool { return p.cells[c] != nil }
		if in(cover.Whole) || slices.ContainsFunc(cover.Parts, in) {
			t.addCover(p, cover)
		}
	}
	for _, rows := range p.common {
		t.addCommon(p, rows)
	}
	for _, c := range group {
		t.addTotals(p, c)
		if !t.totals && t.Totals[c] {
			var all []simplex.Term
			for _, v := range p.cells[c] {
				all = append(all, simplex.Term{Variable: v, Times: 1})
			}
			p.sums[c] = p.Sum(0, simplex.Inf, all...)
		}
	}
	return p
}

// addTotals says what is known of the total of people, where it is masked, by what contains
// it: it is no smaller than any cell, and no larger than all of them.
func (t *table) addTotals(p *program, c int) {
	total := p.totals[c]
	if total < 0 {
		return
	}
	all := []simplex.Term{{Variable: total, Times: -1}}
	for _, v := range p.cells[c] {
		all = append(all, simplex.Term{Variable: v, Times: 1})
		p.Sum(0, simplex.Inf, simplex.Term{Variable: total, Times: 1}, simplex.Term{Variable: v, Times: -1})
	}
	p.Sum(0, simplex.Inf, all...)
	for _, w := range t.Columns[c].Within {
		if !t.has[w.Column] || !w.Of.in(true) {
			continue
		}
		terms := []simplex.Term{{Variable: total, Times: -float64(max(1, w.Times))}}
		switch o := w.Column; {
		case !t.Totals[o] || p.cells[o] == nil:
			n := float64(t.Columns[o].Total)
			terms = append(terms, simplex.Term{Variable: p.Variable(n, n, n), Times: 1})
		case t.Columns[o].People:
			terms = append(terms, simplex.Term{Variable: p.totals[o], Times: 1})
		default:
			for _, v := range p.cells[o] {
				terms = append(terms, simplex.Term{Variable: v, Times: 1})
			}
		}
		p.Sum(0, simplex.Inf, terms...)
	}
}

// addGaps says by how many people columns differ.
func (t *table) addGaps(p *program) {
	times := func(c, y int, times float64) simplex.Term {
		return simplex.Term{Variable: t.valueOf(p, c, y), Times: times}
	}
	for _, g := range t.gaps {
		if p.cells[g.People] == nil {
			continue
		}
		for y := range t.size {
			p.Sum(0, simplex.Inf, times(g.OuterAppointments, y, 1), times(g.Appointments, y, -1), times(g.Outer, y, -1), times(g.People, y, 1))
		}
	}
	for _, c := range p.columns {
		for _, in := range t.outer[c] {
			if !t.differs(c, in.Column) {
				continue
			}
			var terms []simplex.Term
			for y := range t.size {
				terms = append(terms, times(in.Column, y, 1), times(c, y, -1))
			}
			p.Sum(float64(t.Columns[in.Column].Total-t.Columns[c].Total), simplex.Inf, terms...)
		}
	}
}

// variable is that of a cell: what is shown does not vary.
func (t *table) variable(p *program, c, y int) int {
	n := float64(t.cells[c][y])
	if !t.masked[c][y] || p.only != nil && !p.only[y] {
		return p.Variable(n, n, n)
	}
	lower, upper := 0.0, simplex.Inf
	if t.Columns[c].People && !t.totals && !t.Totals[c] {
		upper = float64(t.Columns[c].Total)
	}
	for _, in := range t.inner[c] { // of another program
		if !slices.Contains(p.columns, in.Column) {
			lower = max(lower, float64(t.cells[in.Column][y]*in.Times))
		}
	}
	return p.Variable(lower, upper, n)
}

// valueOf is the variable of a cell, or what the cell is if it is not part of the program.
func (t *table) valueOf(p *program, c, y int) int {
	if p.cells[c] != nil {
		return p.cells[c][y]
	}
	n := float64(t.cells[c][y])
	return p.Variable(n, n, n)
}

func (t *table) addCover(p *program, cover Cover) {
	least, most := 0.0, simplex.Inf
	switch cover.Parted {
	case Exactly:
		most = 0
	case Room:
		least, most = -simplex.Inf, 0
	case Covered:
	}
	for y := range t.size {
		terms := []simplex.Term{{Variable: t.valueOf(p, cover.Whole, y), Times: -1}}
		for _, part := range cover.Parts {
			terms = append(terms, simplex.Term{Variable: t.valueOf(p, part, y), Times: 1})
		}
		p.Sum(least, most, terms...)
	}
}

// mostCells bounds the programs, whose time grows with the square of their cells and more.
// No witness is looked for in a larger one, and more is masked.
const mostCells = 3000

// mostPairs is how many pairs of columns that are apart a program learns of, for one question,
// from its answers.
const mostPairs = 8

// solves asks the program of a column, and checks what it answers. If a pair is what is wrong
// with it, the program learns of that, and is asked again.
func (w *witnesses) solves(q question, reached func() bool) bool {
	p := w.programs[q.c]
	var group []int
	if p != nil {
		group = p.columns
	} else {
		group = w.group(q.c)
	}
	if w.asksFew(group, q, reached) {
		return true
	}
	if p == nil {
		if len(group)*w.size > mostCells {
			return false
		}
		p = w.keepProgram(q.c, w.program(group, nil, nil))
	}
	for range mostPairs {
		if w.asks(p, q, reached) {
			return true
		}
		if w.failed == unknown || slices.Contains(p.learned, w.failed) {
			return false
		}
		p = w.keepProgram(q.c, w.learn(p, w.failed))
	}
	return false
}

// learn is a program that knows of what a witness failed for as well: a pair, or gaps.
func (w *witnesses) learn(p *program, what int) *program {
	learned := append(slices.Clone(p.learned), what)
	var pairs []pair
	for _, i := range learned {
		if i != gaps {
			pairs = append(pairs, w.common[i])
		}
	}
	next := w.program(p.columns, pairs, nil)
	if next.learned = learned; slices.Contains(learned, gaps) {
		w.addGaps(next)
	}
	return next
}

// few is in how many categories a program looks for a witness before all are, more or less, and
// so many times the threshold that they have between them: it takes a fraction of the time, and
// mostly finds one.
const few = 4

// asksFew asks a program in which the cells of the category in question vary, and of those that have
// most to give: of the column, and of all that hangs together with it.
func (w *witnesses) asksFew(group []int, q question, reached func() bool) bool {
	if q.y == sum {
		return false
	}
	c := q.c
	if q.outer >= 0 && !w.masked[c][q.y] {
		c = w.outer[c][q.outer].Column
	}
	var others []int
	for y, masked := range w.masked[c] {
		if masked && y != q.y {
			others = append(others, y)
		}
	}
	only := make([]bool, w.size)
	only[q.y] = true
	have, n := int64(0), 0
	slices.SortStableFunc(others, func(a, b int) int { return cmp.Compare(w.cells[c][b], w.cells[c][a]) })
	for _, y := range others {
		if n >= few && have >= few*w.Threshold {
			break
		}
		only[y], have, n = true, have+w.cells[c][y], n+1
	}
	size := make([]int64, w.size) // of all that varies
	for _, other := range group {
		for y, masked := range w.masked[other] {
			if masked && !w.Columns[other].Base {
				size[y] += w.cells[other][y]
			}
		}
	}
	slices.SortStableFunc(others, func(a, b int) int { return cmp.Compare(size[b], size[a]) })
	for _, y := range others[:min(len(others), few)] {
		if !only[y] {
			only[y], n = true, n+1
		}
	}
	if n > w.size/2 {
		return false
	}
	p := w.program(group, nil, only)
	w.addGaps(p)
	return w.asks(p, q, reached)
}

// keepProgram keeps a program for all columns that it is of.
func (w *witnesses) keepProgram(c int, p *program) *program {
	for _, other := range p.columns {
		if w.Columns[other].Base == w.Columns[c].Base {
			w.programs[other] = p
		}
	}
	return p
}

// asks looks for a witness with a program. What it answers need not be whole numbers: then it is
// to go to some.
func (w *witnesses) asks(p *program, q question, reached func() bool) bool {
	var v int
	switch {
	case q.y == sum && w.Columns[q.c].People && q.sign < 0:
		v = p.totals[q.c]
	case q.y == sum:
		v = p.sums[q.c]
	case q.outer >= 0:
		v = p.differences[q.c][q.outer][q.y]
	default:
		v = p.cells[q.c][q.y]
	}
	sign, enough := 1.0, float64(w.Threshold)
	if q.sign > 0 {
		p.Raise(v, enough)
	} else {
		sign, enough = -1, float64(w.farBelow())
		p.Lower(v, enough)
	}
	w.failed = unknown
	w.take(p)
	if reached() || w.failed != unknown || sign*p.At(v) < sign*enough-tolerance || !p.Settle(w.cellsOf(p), v, sign, enough) {
		return reached()
	}
	w.take(p)
	return reached()
}

// tolerance is by how much the numbers of programs may be off.
const tolerance = 1e-3

// take takes what a program is at for a witness, if it is one.
func (w *witnesses) take(p *program) {
	for _, c := range p.columns {
		for y, v := range p.cells[c] {
			w.put(c, y, int64(math.Round(p.At(v))))
		}
	}
	w.check()
}

// cellsOf are the variables of all cells of a program.
func (w *witnesses) cellsOf(p *program) (cells []int) {
	for _, c := range p.columns {
		cells = append(cells, p.cells[c]...)
	}
	return cells
}
