package suppress

import "slices"

// Problem is a set of tables.
type Problem struct {
	// Threshold is the least number that may be shown.
	Threshold int64
	Columns   []Column
	Covers    []Cover
	Gaps      []Gap
}

// Column is a count of one kind.
type Column struct {
	Total int64

	// Cells are by table and category, nil for a table that does not have the column.
	Cells [][]int64

	// People says that cells do not add up to the total: none is above it, and they are
	// not below it together.
	People bool

	// Within are the columns that contain it, transitively.
	Within []Within

	// Of says where it is a number: as a total, in cells, or both.
	Of Scope

	// Base says that it contains columns which have nothing else to do with each other. It is for
	// speed: see table.group.
	Base bool

	// Hidden says that neither its total nor its cells are given, HiddenIn that its cells
	// are not in some tables. A reader knows that they exist. They are masked from the start; but
	// nothing says that they may be small, so that it does no harm if they are known to be large.
	Hidden   bool
	HiddenIn []bool

	// FirstIn says in which tables the first cell is masked from the start.
	FirstIn []bool
}

// cellsOf are the cells of a table, nil if it does not have the column.
func (c *Column) cellsOf(table int) []int64 {
	if table >= len(c.Cells) {
		return nil
	}
	return c.Cells[table]
}

// isHidden reports whether the cells of a table are not given.
func (c *Column) isHidden(table int) bool {
	return c.Hidden || table < len(c.HiddenIn) && c.HiddenIn[table]
}

// Within is a column that contains another.
type Within struct {
	Column int
	Counts bool  // the difference is a count, and must not be given away
	Times  int64 // the total of the contained column, so many times, is within the other; 0 for once

	Of Scope // where it holds
}

// Scope is some of the numbers of a column.
type Scope uint8

// The scopes.
const (
	Everywhere Scope = iota
	Totals
	Cells
)

// And is where both are, if that is anywhere.
func (s Scope) And(o Scope) (Scope, bool) {
	return max(s, o), s == o || s == Everywhere || o == Everywhere
}

// in reports whether it has numbers of a table.
func (s Scope) in(totals bool) bool { return s == Everywhere || (s == Totals) == totals }

// Cover says what the parts are together, against the whole, in total and in every cell, where
// there are such.
type Cover struct {
	Whole  int
	Parts  []int
	Parted Parted
	Counts bool // each part is within the whole, and what the parts are more is a count
	Of     Scope
}

// Gap says of people who are within others that these are no more than what their
// appointments are more: whoever is of the others alone has one that is.
type Gap struct {
	People, Outer                   int // Outer contains People
	Appointments, OuterAppointments int
	Of                              Scope
}

// Parted is how parts make up a whole.
type Parted uint8

// The ways.
const (
	Covered Parted = iota // the whole is no more than the parts
	Exactly               // the parts are the whole
	Room                  // the whole is no less than the parts
)

// holds reports whether parts that come to a sum can be those of the whole.
func (p Parted) holds(whole, sum int64) bool {
	return (p == Room || sum >= whole) && (p == Covered || sum <= whole)
}

// Solution is what is masked.
type Solution struct {
	Totals []bool     // by column
	Cells  [][][]bool // by column, table and category
}

// Solve masks. The numbers of a Problem must agree with each other.
func Solve(p *Problem) *Solution {
	s := &solver{Problem: p, Solution: *Unmasked(p)}
	s.solve()
	return &s.Solution
}

// Unmasked is the solution that masks nothing but what is hidden.
func Unmasked(p *Problem) *Solution {
	s := &Solution{Totals: make([]bool, len(p.Columns))}
	for c := range p.Columns {
		s.Totals[c] = p.Columns[c].Hidden
		cells := make([][]bool, len(p.Columns[c].Cells))
		for t, row := range p.Columns[c].Cells {
			cells[t] = slices.Repeat([]bool{p.Columns[c].isHidden(t)}, len(row))
			if first := p.Columns[c].FirstIn; t < len(first) && first[t] && len(row) > 1 {
				cells[t][0] = true
			}
		}
		s.Cells = append(s.Cells, cells)
	}
	return s
}

// solver is a problem and its solution so far. Masks are added to it and never taken away.
type solver struct {
	*Problem
	Solution
}

// solve masks totals and then each table, and begins again if a table needs another total
// masked.
func (s *solver) solve() {
	s.maskSmall()
	for again := true; again; {
		s.maskTotals()
		s.freeParts()
		again = false
		for t := range s.tables() {
			for t := s.table(t); t.allCellRules(); {
				continue
			}
		}
		for t := range s.tables() {
			if again = !s.table(t).maskTable(); again {
				break
			}
		}
	}
}

// freeParts takes the totals of parts for unknown if that of what they are is.
func (s *solver) freeParts() {
	for _, cover := range s.Covers {
		if cover.Parted == Exactly && s.Totals[cover.Whole] {
			for _, c := range cover.Parts {
				s.Totals[c] = true
			}
		}
	}
}

// maskSmall masks every cell below the threshold: what a table says of others is then known.
func (s *solver) maskSmall() {
	for c := range s.Columns {
		for t, cells := range s.Columns[c].Cells {
			for y, n := range cells {
				if n < s.Threshold {
					s.Cells[c][t][y] = true
				}
			}
		}
	}
}

func (s *solver) tables() int {
	n := 0
	for c := range s.Columns {
		n = max(n, len(s.Columns[c].Cells))
	}
	return n
}

// table is one table at a time: the columns that it has, and how they hang together. The
// totals are a table of one category, whose cells add up to nothing.
type table struct {
	*solver
	totals  bool
	number  int   // -1 for the totals
	size    int   // categories
	columns []int // that have cells in it
	has     []bool
	cells   [][]int64  // by column
	masked  [][]bool   // by column, what is hidden too
	hidden  []bool     // by column: see Column
	outer   [][]Within // by column, those that it is within in every cell; Times is 1 at least
	inner   [][]Within // by column, those within it
	covers  []Cover
	gaps    []Gap
}

// ofTotals is the table of the totals. Its masks are those of the solution once keep is called.
func (s *solver) ofTotals() *table {
	t := s.newTable(true, -1)
	for c := range s.Columns {
		if s.Columns[c].Of.in(true) {
			t.add(c, []int64{s.Columns[c].Total}, []bool{s.Totals[c]}, s.Columns[c].Hidden)
		}
	}
	return t.link()
}

// keep takes over what was masked of the totals.
func (t *table) keep() {
	for _, c := range t.columns {
		t.Totals[c] = t.masked[c][0]
	}
}

func (s *solver) table(number int) *table {
	t := s.newTable(false, number)
	for c := range s.Columns {
		if cells := s.Columns[c].cellsOf(number); cells != nil {
			t.add(c, cells, s.Cells[c][number], s.Columns[c].isHidden(number))
		}
	}
	return t.link()
}

func (s *solver) newTable(totals bool, number int) *table {
	n := len(s.Columns)
	return &table{
		solver: s, totals: totals, number: number, has: make([]bool, n), hidden: make([]bool, n),
		cells: make([][]int64, n), masked: make([][]bool, n), outer: make([][]Within, n), inner: make([][]Within, n),
	}
}

func (t *table) add(c int, cells []int64, masked []bool, hidden bool) {
	t.columns, t.has[c] = append(t.columns, c), true
	t.cells[c], t.masked[c], t.hidden[c] = cells, masked, hidden
	t.size = len(cells)
}

// link finds which of its columns contain which, or cover which.
func (t *table) link() *table {
	for _, g := range t.Gaps {
		if g.Of.in(t.totals) && t.has[g.People] && t.has[g.Outer] && t.has[g.Appointments] && t.has[g.OuterAppointments] {
			t.gaps = append(t.gaps, g)
		}
	}
	for _, cover := range t.Covers {
		if cover.Of.in(t.totals) && t.has[cover.Whole] && !slices.ContainsFunc(cover.Parts, func(c int) bool { return !t.has[c] }) {
			t.covers = append(t.covers, cover)
		}
	}
	for _, c := range t.columns {
		for _, w := range t.Columns[c].Within {
			if !t.has[w.Column] || !w.Of.in(t.totals) {
				continue
			}
			if w.Times = max(1, w.Times); !t.totals {
				w.Times = 1
			}
			t.outer[c] = append(t.outer[c], w)
			w.Column, c = c, w.Column
			t.inner[c] = append(t.inner[c], w)
			c = w.Column
		}
	}
	return t
}

// isFree reports whether the cells of a column need not add up to what is known.
func (t *table) isFree(c int) bool { return t.totals || t.Totals[c] || t.Columns[c].People }
