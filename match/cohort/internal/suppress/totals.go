package suppress

import (
	"cmp"
	"slices"
)

// maskTotals masks totals until nothing is given away.
func (s *solver) maskTotals() {
	t := s.ofTotals()
	defer t.keep()
	w := t.witnesses()
	for {
		for t.totalRules() {
			continue
		}
		d, ok := w.doubts()
		if !ok || !t.maskNear(d) && !t.maskAll() {
			return
		}
	}
}

// totalRules masks what the numbers say must be masked, and reports whether it was any.
func (t *table) totalRules() (more bool) {
	for _, c := range t.columns {
		more = t.cellRules(c) || more
		for _, w := range t.outer[c] { // whose number would say that the other is small
			if o := w.Column; w.Times > 1 && t.masked[c][0] && !t.hidden[c] && !t.masked[o][0] && t.cells[o][0] < w.Times*t.Threshold {
				t.masked[o][0], more = true, true
			}
		}
	}
	for _, cover := range t.covers {
		if excess, smallest := t.excess(cover, 0); cover.Counts && smallest >= 0 && excess < t.Threshold {
			t.masked[smallest][0], more = true, true
		}
	}
	return more
}

// excess is what the parts of a cover are more than the whole in a category, and the
// smallest part; -1 if one of them is masked.
func (t *table) excess(cover Cover, y int) (excess int64, smallest int) {
	if t.masked[cover.Whole][y] {
		return 0, -1
	}
	excess, smallest = -t.cells[cover.Whole][y], -1
	for _, c := range cover.Parts {
		if t.masked[c][y] {
			return 0, -1
		}
		excess += t.cells[c][y]
		if smallest < 0 || t.cells[c][y] < t.cells[smallest][y] {
			smallest = c
		}
	}
	return excess, smallest
}

// maskNear masks, in the category of a doubt, one more number that says something of the doubtful
// one. It is false if nothing is left.
func (t *table) maskNear(d doubt) bool {
	for _, c := range t.near(d.c, t.covers, t.outer[d.c]) {
		if !t.masked[c][d.y] {
			t.masked[c][d.y] = true
			return true
		}
	}
	return false
}

// near is the columns that say something of one, in the order in which they are masked: it, what
// covers something with it, what is made of the same parts, and what contains it.
func (t *table) near(c int, covers []Cover, outer []Within) []int {
	near := []int{c}
	for _, cover := range covers {
		if cover.Parted == Covered && (cover.Whole == c || slices.Contains(cover.Parts, c)) {
			near = append(near, t.inTurn(cover)...)
		}
	}
	near = append(near, t.siblings(c, covers)...)
	for _, w := range outer {
		near = append(near, w.Column)
	}
	return near
}

// siblings are the columns that are made of parts that one is made of too, the smallest first.
func (t *table) siblings(c int, covers []Cover) (siblings []int) {
	for _, own := range covers {
		if own.Parted != Exactly || own.Whole != c {
			continue
		}
		for _, other := range covers {
			if other.Parted == Exactly && other.Whole != c && !slices.Contains(siblings, other.Whole) &&
				slices.ContainsFunc(other.Parts, func(part int) bool { return slices.Contains(own.Parts, part) }) {
				siblings = append(siblings, other.Whole)
			}
		}
	}
	slices.SortStableFunc(siblings, func(a, b int) int { return cmp.Compare(t.Columns[a].Total, t.Columns[b].Total) })
	return siblings
}

// inTurn is the columns of a cover in the order in which they are masked: parts, the whole,
// and what is the base of other columns as well.
func (t *table) inTurn(cover Cover) (columns []int) {
	for _, base := range []bool{false, true} {
		for _, c := range append(slices.Clone(cover.Parts), cover.Whole) {
			if t.Columns[c].Base == base {
				columns = append(columns, c)
			}
		}
	}
	return columns
}
