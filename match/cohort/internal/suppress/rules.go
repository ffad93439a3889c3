package suppress

import "slices"

// maskTable masks the cells of a table until nothing is given away. It is false if a
// total had to be masked as well: then everything is to be looked at again.
func (t *table) maskTable() bool {
	w := t.witnesses()
	for {
		for t.rules() {
			continue
		}
		d, ok := w.doubts()
		switch {
		case !ok:
			return true
		case d.shown:
			t.masked[d.c][d.y] = true
		case d.y == sum && t.Columns[d.c].People && t.widenOuter(d.c):
		case d.y == sum:
			return !t.maskLists(d.c) && !t.maskTotal(d.c)
		case t.widenFor(d, false):
		case t.maskLists(d.c): // rather a list or two than what all are part of
			return false
		case t.widenFor(d, true):
		case t.maskAll():
		default:
			return !t.maskTotal(d.c)
		}
	}
}

// widenFor masks another cell for a doubt: in its category of what covers something with
// it, for that says how small it may be; else of its column or, if all are masked, of one that contains
// it, of the base too if that is allowed. It is false if nothing is left.
func (t *table) widenFor(d doubt, base bool) bool {
	for _, cover := range t.covers {
		if d.move <= 0 || t.masked[cover.Whole][d.y] || !slices.Contains(cover.Parts, d.c) {
			continue
		}
		for _, c := range t.inTurn(cover) {
			if !t.masked[c][d.y] && (base || !t.Columns[c].Base) {
				t.masked[c][d.y] = true
				return true
			}
		}
	}
	if t.widenWithRoom(d.c, d.move) || t.maskSibling(d) {
		return true
	}
	for _, w := range t.outer[d.c] {
		if (base || !t.Columns[w.Column].Base) && t.widenWithRoom(w.Column, d.move) {
			return true
		}
	}
	return false
}

// widenOuter masks a cell of what contains a column, for what is shown of it says what the total
// of the column must be.
func (t *table) widenOuter(c int) bool {
	for _, w := range t.outer[c] {
		if !t.Columns[w.Column].Base && t.widen(w.Column) {
			return true
		}
	}
	return false
}

// widenWithRoom masks the smallest cell that is shown of those that could take what has
// to move, or give it if that is negative; else the smallest.
func (t *table) widenWithRoom(c int, move int64) bool {
	best := -1
	for y, masked := range t.masked[c] {
		if masked {
			continue
		}
		room := t.cells[c][y]
		if move < 0 {
			room = -room
		} else {
			room = int64(1) << 60
			for _, w := range t.outer[c] {
				if !t.masked[w.Column][y] {
					room = min(room, t.cells[w.Column][y]-t.cells[c][y])
				}
			}
		}
		if (move < 0 && room <= move || move >= 0 && room >= move) && (best < 0 || t.cells[c][y] < t.cells[c][best]) {
			best = y
		}
	}
	if best < 0 {
		return t.widen(c)
	}
	t.masked[c][best] = true
	return true
}

// maskAll masks the whole table. It is false if it was masked already.
func (t *table) maskAll() (more bool) {
	for _, c := range t.columns {
		for y, masked := range t.masked[c] {
			if !masked {
				t.masked[c][y], more = true, true
			}
		}
	}
	return more
}

// maskSibling masks the smallest cell, in the category of a doubt, of what is made of the same
// parts.
func (t *table) maskSibling(d doubt) bool {
	for _, c := range t.siblings(d.c, t.covers) {
		if !t.masked[c][d.y] {
			t.masked[c][d.y] = true
			return true
		}
	}
	return false
}

// maskLists masks the total of a column or, if it is masked, of another one that says something of
// it and is not of the base. It is false if nothing is left.
func (t *table) maskLists(c int) bool {
	for _, other := range t.near(c, t.Covers, t.Columns[c].Within) {
		if !t.Columns[other].Base && !t.Totals[other] && t.Columns[other].Of.in(true) {
			t.Totals[other] = true
			return true
		}
	}
	return false
}

// maskTotal masks the total of a column or, if it is masked, those that contain it, and in
// the end all. It is false if nothing is left.
func (s *solver) maskTotal(c int) bool {
	if !s.Totals[c] {
		s.Totals[c] = true
		return true
	}
	more := false
	for _, w := range s.Columns[c].Within {
		if w.Of.in(true) {
			more = more || !s.Totals[w.Column]
			s.Totals[w.Column] = true
		}
	}
	if more {
		return true
	}
	for i := range s.Totals {
		more = more || !s.Totals[i]
		s.Totals[i] = true
	}
	return more
}

// rules masks what the numbers say must be masked, and reports whether it was any.
func (t *table) rules() (more bool) {
	for _, c := range t.columns {
		more = t.cellRules(c) || more
		if !t.Columns[c].People && !t.Totals[c] && !t.hidden[c] {
			more = t.sumRules(c) || more
		}
	}
	for _, cover := range t.covers {
		if cover.Counts {
			more = t.coverRules(cover) || more
		}
	}
	return more
}

// allCellRules masks cells of all columns one by one.
func (t *table) allCellRules() (more bool) {
	for _, c := range t.columns {
		more = t.cellRules(c) || more
	}
	return more
}

// cellRules masks cells of a column one by one.
func (t *table) cellRules(c int) (more bool) {
	for y := range t.size {
		if t.masked[c][y] {
			continue
		}
		n := t.cells[c][y]
		mask := !t.totals && t.Totals[c] || n < t.Threshold
		for _, w := range t.outer[c] {
			if !t.hidden[w.Column] {
				mask = mask || t.masked[w.Column][y] || w.Counts && t.cells[w.Column][y]-n < t.Threshold
			}
		}
		if mask {
			t.masked[c][y], more = true, true
		}
	}
	return more
}

// sumRules masks another cell of an additive column where the sum of the masked ones,
// which the total tells, would give one away, or the difference of sums.
func (t *table) sumRules(c int) (more bool) {
	count, all := 0, int64(0)
	for y, masked := range t.masked[c] {
		if masked {
			count, all = count+1, all+t.cells[c][y]
		}
	}
	if count == 0 || count == t.size {
		return false
	}
	if count < 2 || all < t.Threshold {
		return t.widen(c)
	}
	for _, w := range t.outer[c] {
		if !w.Counts || t.hidden[w.Column] || t.Totals[w.Column] {
			continue
		}
		rest := -all
		for y, masked := range t.masked[c] {
			if masked {
				rest += t.cells[w.Column][y]
			}
		}
		if rest < t.Threshold {
			return t.widen(c)
		}
	}
	return false
}

// coverRules masks a part where what the parts are more than the whole would be told, by
// cells or by sums.
func (t *table) coverRules(cover Cover) (more bool) {
	rest, open := int64(0), t.Totals[cover.Whole]
	for _, c := range cover.Parts {
		open = open || t.Totals[c]
	}
	hidden := false
	for y := range t.size {
		excess, smallest := t.excess(cover, y)
		switch {
		case smallest < 0:
			hidden = true
			rest -= t.cells[cover.Whole][y]
			for _, c := range cover.Parts {
				rest += t.cells[c][y]
			}
		case excess < t.Threshold:
			t.masked[smallest][y], more = true, true
		}
	}
	if more || open || !hidden || rest >= t.Threshold || t.Columns[cover.Whole].People {
		return more
	}
	least := -1
	for _, c := range cover.Parts {
		if t.smallest(c) >= 0 && (least < 0 || t.Columns[c].Total < t.Columns[least].Total) {
			least = c
		}
	}
	return least >= 0 && t.widen(least)
}

// widen masks the smallest cell of a column that is shown. It is false if there is none.
func (t *table) widen(c int) bool {
	y := t.smallest(c)
	if y < 0 {
		return false
	}
	t.masked[c][y] = true
	return true
}

// smallest is the smallest cell of a column that is shown, -1 if there is none.
func (t *table) smallest(c int) int {
	least := -1
	for y, masked := range t.masked[c] {
		if !masked && (least < 0 || t.cells[c][y] < t.cells[c][least]) {
			least = y
		}
	}
	return least
}
