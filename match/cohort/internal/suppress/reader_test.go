package suppress_test

import (
	"fmt"
	"math"

	"hesopmatch/match/cohort/internal/simplex"
	"hesopmatch/match/cohort/internal/suppress"
)

// reader is whoever has the numbers that a solution shows, and knows how the columns of
// its problem hang together: a linear program of all tables that agree with that.
type reader struct {
	*suppress.Problem
	solution *suppress.Solution
	program  simplex.Program
	totals   []int
	cells    [][][]int // by column, table and category
	claims   []claim
	masked   []int // variables that are masked
	rows     []row // what is known of them
}

// row is a sum that is known to be in some range.
type row struct {
	lower, upper float64
	terms        []simplex.Term
	claim        int // the variable that it makes
}

func (r *reader) sum(upper float64, terms ...simplex.Term) int {
	v := r.program.Sum(0, upper, terms...)
	r.rows = append(r.rows, row{0, upper, terms, v})
	return v
}

// claim is a number that must not be known to be small, nor, if it is masked, to be large.
type claim struct {
	name     string
	variable int
	truth    int64
	both     bool
}

// leak is a claim that does not hold: a number that is known to be on one side.
type leak struct {
	name      string
	truth     int64
	low, high float64
}

func (l leak) String() string {
	return fmt.Sprintf("%s = %d in [%g, %g]", l.name, l.truth, l.low, l.high)
}

func newReader(p *suppress.Problem, s *suppress.Solution) *reader {
	r := &reader{Problem: p, solution: s, program: simplex.Program{NotesWhole: true}}
	for c := range p.Columns {
		col := &p.Columns[c]
		if col.Hidden || col.Of == suppress.Cells {
			r.addHidden(col)
			continue
		}
		r.totals = append(r.totals, r.number(fmt.Sprintf("total %d", c), col.Total, s.Totals[c]))
		tables := make([][]int, len(col.Cells))
		for t, cells := range col.Cells {
			for y, n := range cells {
				tables[t] = append(tables[t], r.number(fmt.Sprintf("cell %d of table %d column %d", y, t, c), n, s.Cells[c][t][y]))
			}
		}
		r.cells = append(r.cells, tables)
	}
	for c := range p.Columns {
		r.addSums(c)
		for _, w := range p.Columns[c].Within {
			r.addWithin(c, w)
		}
	}
	for _, cover := range p.Covers {
		r.addCover(cover)
	}
	return r
}

// addHidden makes variables of a column that is in no table: nothing is claimed of it.
func (r *reader) addHidden(col *suppress.Column) {
	add := func(n int64) int {
		v := r.program.Variable(0, simplex.Inf, float64(n))
		r.masked = append(r.masked, v)
		return v
	}
	r.totals = append(r.totals, add(col.Total))
	tables := make([][]int, len(col.Cells))
	for t, cells := range col.Cells {
		for _, n := range cells {
			tables[t] = append(tables[t], add(n))
		}
	}
	r.cells = append(r.cells, tables)
}

// number is one that is shown, or a masked one of which nothing is known by itself.
func (r *reader) number(name string, n int64, masked bool) int {
	at := float64(n)
	if !masked {
		r.claims = append(r.claims, claim{name, r.program.Variable(at, at, at), n, false})
		return r.claims[len(r.claims)-1].variable
	}
	v := r.program.Variable(0, simplex.Inf, at)
	r.masked = append(r.masked, v)
	r.claims = append(r.claims, claim{name, v, n, true})
	return v
}

func plus(v int) simplex.Term  { return simplex.Term{Variable: v, Times: 1} }
func minus(v int) simplex.Term { return simplex.Term{Variable: v, Times: -1} }

// addSums says what the cells of a column come to.
func (r *reader) addSums(c int) {
	for _, cells := range r.cells[c] {
		if cells == nil {
			continue
		}
		upper := 0.0
		if r.Columns[c].People {
			upper = simplex.Inf
		}
		terms := []simplex.Term{minus(r.totals[c])}
		for _, v := range cells {
			terms = append(terms, plus(v))
			if r.Columns[c].People {
				r.sum(simplex.Inf, plus(r.totals[c]), minus(v))
			}
		}
		r.sum(upper, terms...)
	}
}

// derived is a count that is not shown: what some numbers are more than others.
func (r *reader) derived(name string, truth int64, terms ...simplex.Term) {
	r.claims = append(r.claims, claim{name, r.sum(simplex.Inf, terms...), truth, false})
}

// addWithin says that a column is part of another, in all cells, and that what it leaves
// of it is a count: in each cell, in all, and in those that are masked together.
func (r *reader) addWithin(c int, w suppress.Within) {
	inner, outer := &r.Columns[c], &r.Columns[w.Column]
	r.sum(simplex.Inf, plus(r.totals[w.Column]), simplex.Term{Variable: r.totals[c], Times: -float64(max(1, w.Times))})
	if w.Counts {
		r.derived(fmt.Sprintf("total %d - %d", w.Column, c), outer.Total-inner.Total, plus(r.totals[w.Column]), minus(r.totals[c]))
	}
	if w.Of == suppress.Totals {
		return
	}
	for t := range min(len(r.cells[c]), len(r.cells[w.Column])) {
		var sum []simplex.Term
		rest := int64(0)
		if r.cells[c][t] == nil || r.cells[w.Column][t] == nil {
			continue
		}
		for y, v := range r.cells[c][t] {
			o := r.cells[w.Column][t][y]
			difference := outer.Cells[t][y] - inner.Cells[t][y]
			if !w.Counts {
				r.sum(simplex.Inf, plus(o), minus(v))
				continue
			}
			r.derived(fmt.Sprintf("cell %d of table %d column %d - %d", y, t, w.Column, c), difference, plus(o), minus(v))
			if r.solution.Cells[c][t][y] {
				sum, rest = append(sum, plus(o), minus(v)), rest+difference
			}
		}
		if len(sum) > 2 && !inner.People {
			r.derived(fmt.Sprintf("masked cells of table %d column %d - %d", t, w.Column, c), rest, sum...)
		}
	}
}

// addCover says what parts are against a whole. If it is no more than they, and these are all
// within it, what they are more is a count.
func (r *reader) addCover(cover suppress.Cover) {
	name := fmt.Sprintf("%v and %d", cover.Parts, cover.Whole)
	add := func(name string, whole int, parts []int, truth int64) {
		terms := []simplex.Term{minus(whole)}
		for _, v := range parts {
			terms = append(terms, plus(v))
		}
		switch {
		case cover.Parted == suppress.Exactly:
			r.sum(0, terms...)
			return
		case cover.Parted == suppress.Room:
			for i := range terms {
				terms[i].Times = -terms[i].Times
			}
			r.sum(simplex.Inf, terms...)
			return
		case !cover.Counts:
			r.sum(simplex.Inf, terms...)
			return
		}
		r.derived(name, truth, terms...)
	}
	var parts []int
	excess := -r.Columns[cover.Whole].Total
	for _, c := range cover.Parts {
		parts = append(parts, r.totals[c])
		excess += r.Columns[c].Total
	}
	add("total common to "+name, r.totals[cover.Whole], parts, excess)
	for t, cells := range r.cells[cover.Whole] {
		if r.cells[cover.Parts[0]][t] == nil {
			continue
		}
		for y, v := range cells {
			parts, excess = nil, -r.Columns[cover.Whole].Cells[t][y]
			for _, c := range cover.Parts {
				parts = append(parts, r.cells[c][t][y])
				excess += r.Columns[c].Cells[t][y]
			}
			add(fmt.Sprintf("cell %d of table %d common to %s", y, t, name), v, parts, excess)
		}
	}
}

// leaks are the claims that do not hold.
func (r *reader) leaks() (leaks []leak) {
	least := float64(r.Threshold)
	for _, c := range r.claims {
		small := float64(c.truth) < least
		if !small && !c.both {
			continue
		}
		low, high := r.program.Min(c.variable, least-1), r.program.Max(c.variable, least)
		if small && high < least-0.02 || c.both && low > least-1+0.02 {
			leaks = append(leaks, leak{c.name, c.truth, math.Round(1e2*low) / 1e2, math.Round(1e2*r.program.Max(c.variable, simplex.Inf)) / 1e2})
		}
	}
	return leaks
}

// shownAll is how many numbers there are, and how many of them are masked.
func (r *reader) shownAll() (numbers, masked int) {
	for c := range r.Columns {
		add := func(m bool) {
			numbers++
			if m {
				masked++
			}
		}
		add(r.solution.Totals[c])
		for _, cells := range r.solution.Cells[c] {
			for _, m := range cells {
				add(m)
			}
		}
	}
	return numbers, masked
}
