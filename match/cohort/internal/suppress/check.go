package suppress

import "slices"

// holds reports whether the table at hand agrees with all that is shown and known. It
// looks at everything that a change may have touched, and trusts nothing that made it.
func (w *witnesses) holds() bool {
	touched, columns := make(map[int]bool), make(map[int]bool)
	for _, at := range w.changed {
		if !w.masked[at.c][at.y] && w.x[at.c][at.y] != w.cells[at.c][at.y] {
			return false
		}
		touched[at.y], columns[at.c] = true, true
	}
	for y := range touched {
		if !w.possible(y) {
			return false
		}
	}
	for c := range columns {
		if !w.addsUp(c) {
			return false
		}
	}
	if !w.totals && !w.totalsHold(columns) {
		return false
	}
	for y := range touched {
		if !w.haveGaps(y) {
			w.failed = gaps
			return false
		}
	}
	for c := range columns {
		if !w.differ(c) {
			w.failed = gaps
			return false
		}
	}
	return w.areApart(columns)
}

// haveGaps reports whether people of a category are within others as their appointments are.
func (w *witnesses) haveGaps(y int) bool {
	for _, g := range w.gaps {
		if w.x[g.Outer][y]-w.x[g.People][y] > w.x[g.OuterAppointments][y]-w.x[g.Appointments][y] {
			return false
		}
	}
	return true
}

// totalsHold reports whether masked totals of people can be what the cells leave them, and
// within what contains them.
func (w *witnesses) totalsHold(columns map[int]bool) bool {
	for _, c := range w.columns {
		if !w.Columns[c].People || !w.Totals[c] {
			continue
		}
		for _, in := range w.Columns[c].Within {
			if w.has[in.Column] && in.Of.in(true) && (columns[c] || columns[in.Column]) && w.leastTotal(c)*max(1, in.Times) > w.mostTotal(in.Column) {
				return false
			}
		}
	}
	return true
}

// leastTotal is the least that a masked total of people can be: that of its cells, and of all
// that is within it.
func (w *witnesses) leastTotal(c int) (least int64) {
	for _, n := range w.x[c] {
		least = max(least, n)
	}
	for _, other := range w.people[c] {
		if !w.Totals[other] {
			least = max(least, w.Columns[other].Total)
			continue
		}
		for _, n := range w.x[other] {
			least = max(least, n)
		}
	}
	return least
}

// mostTotal is the most that a total can be.
func (w *witnesses) mostTotal(c int) int64 {
	if !w.Totals[c] {
		return w.Columns[c].Total
	}
	most := int64(0)
	for _, n := range w.x[c] {
		most += n
	}
	return most
}

// possible reports whether the cells of a category are.
func (w *witnesses) possible(y int) bool {
	for _, c := range w.columns {
		if w.x[c][y] < 0 {
			return false
		}
		for _, in := range w.outer[c] {
			if w.x[c][y]*in.Times > w.x[in.Column][y] {
				return false
			}
		}
	}
	for _, cover := range w.covers {
		sum := int64(0)
		for _, c := range cover.Parts {
			sum += w.x[c][y]
		}
		if !cover.Parted.holds(w.x[cover.Whole][y], sum) {
			return false
		}
	}
	return true
}

// addsUp reports whether the cells of a column come to its total, if that is known.
func (w *witnesses) addsUp(c int) bool {
	if w.totals || w.Totals[c] {
		return true
	}
	sum, most := int64(0), int64(0)
	for _, n := range w.x[c] {
		sum, most = sum+n, max(most, n)
	}
	if w.Columns[c].People {
		return most <= w.Columns[c].Total && sum >= w.Columns[c].Total
	}
	return sum == w.Columns[c].Total
}

// differ reports whether people of a column and those it is within, or that are within it, differ
// by enough in all categories together: by each person of the difference once at least.
func (w *witnesses) differ(c int) bool {
	for _, in := range w.outer[c] {
		if !w.differBy(c, in.Column) {
			return false
		}
	}
	for _, in := range w.inner[c] {
		if !w.differBy(in.Column, c) {
			return false
		}
	}
	return true
}

func (w *witnesses) differBy(c, outer int) bool {
	if !w.differs(c, outer) {
		return true
	}
	sum := int64(0)
	for y := range w.size {
		sum += w.x[outer][y] - w.x[c][y]
	}
	return sum >= w.Columns[outer].Total-w.Columns[c].Total
}

// differs reports whether it is known by how many people columns differ, one of which is within
// the other in total and in every cell.
func (t *table) differs(c, outer int) bool {
	return !t.totals && t.Columns[c].People && t.Columns[outer].People && !t.Totals[c] && !t.Totals[outer] &&
		slices.ContainsFunc(t.Columns[c].Within, func(w Within) bool { return w.Column == outer && w.Of == Everywhere })
}
