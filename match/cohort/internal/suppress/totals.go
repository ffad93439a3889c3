package suppress

import "slices"

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
	for _, cover := range t.Covers {
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

// maskNear masks, in the category of a doubt, one more number that bounds the doubtful
// one: of what covers something with it, or of what contains it. It is false if nothing is left.
func (t *table) maskNear(d doubt) bool {
	mask := func(c int) bool {
		if t.masked[c][d.y] {
			return false
		}
		t.masked[c][d.y] = true
		return true
	}
	if mask(d.c) {
		return true
	}
	for _, cover := range t.Covers {
		if t.has[cover.Whole] && (cover.Whole == d.c || slices.Contains(cover.Parts, d.c)) && slices.ContainsFunc(t.inTurn(cover), mask) {
			return true
		}
	}
	return slices.ContainsFunc(t.outer[d.c], func(w Within) bool { return mask(w.Column) })
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
