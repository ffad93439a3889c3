package suppress

import "slices"

// pair is two columns that no code needs to be in common to, and what the other tables say
// of how many are of both. A table in which both are large in the same category needs more
// of both than there can be.
type pair struct {
	a, b        int
	least, most int64
	wholes      []int // what contains both, and is shown
}

// pairs are those of which other tables than this one say anything.
func (t *table) pairs() (pairs []pair) {
	for i, a := range t.columns {
		for _, b := range t.columns[i+1:] {
			if p := (pair{a: a, b: b}); t.isPair(p) {
				p.wholes = t.wholesOf(p)
				if p.least, p.most = t.common(p); p.least > 0 || p.most < min(t.Columns[a].Total, t.Columns[b].Total) {
					pairs = append(pairs, p)
				}
			}
		}
	}
	return pairs
}

// isPair reports whether columns have anything to do with each other that cells do not
// say by themselves.
func (t *table) isPair(p pair) bool {
	contains := func(inner, outer int) bool {
		return slices.ContainsFunc(t.Columns[inner].Within, func(w Within) bool { return w.Column == outer && w.Of == Everywhere })
	}
	return !t.Columns[p.a].People && !t.Columns[p.b].People && len(t.wholesOf(p)) > 0 && !contains(p.a, p.b) && !contains(p.b, p.a)
}

// wholesOf are the columns that contain both of a pair.
func (t *table) wholesOf(p pair) (wholes []int) {
	for _, w := range t.Columns[p.a].Within {
		if w.Of == Everywhere && slices.ContainsFunc(t.Columns[p.b].Within, func(o Within) bool { return o.Column == w.Column && o.Of == Everywhere }) {
			wholes = append(wholes, w.Column)
		}
	}
	return wholes
}

// common is how many appointments are of both at least and at most, by the other tables.
func (t *table) common(p pair) (least, most int64) {
	most = min(t.Columns[p.a].Total, t.Columns[p.b].Total)
	for other := range t.tables() {
		if other == t.number || t.Columns[p.a].cellsOf(other) == nil || t.Columns[p.b].cellsOf(other) == nil {
			continue
		}
		l, m := t.commonIn(p, other)
		least, most = max(least, l), min(most, m)
	}
	return least, most
}

// commonIn is the same by one table: in each category no more than the smaller, and no
// fewer than both together are more than what contains them. What is masked there can be
// any number that its column leaves.
func (t *table) commonIn(p pair, other int) (least, most int64) {
	a, b := t.Columns[p.a].Cells[other], t.Columns[p.b].Cells[other]
	openA, openB := t.isOpen(p.a), t.isOpen(p.b)
	restA, restB := int64(0), int64(0)    // what masked cells come to
	beside, besideB := int64(0), int64(0) // what the cells of the one come to where those of the other are masked
	both := false
	for y := range a {
		switch maskedA, maskedB := openA || t.Cells[p.a][other][y], openB || t.Cells[p.b][other][y]; {
		case maskedA && maskedB:
			restA, restB, both = restA+a[y], restB+b[y], true
		case maskedA:
			restA, besideB = restA+a[y], besideB+b[y]
		case maskedB:
			restB, beside = restB+b[y], beside+a[y]
		default:
			most += min(a[y], b[y])
			least += t.needed(p, other, y)
		}
	}
	if openA {
		restA = anything
	}
	if openB {
		restB = anything
	}
	ofA, ofB := min(beside, restB), min(besideB, restA)
	most += ofA + ofB
	if both {
		most += min(restA-ofB, restB-ofA)
	}
	return least, most
}

// anything is more than any count.
const anything = 1 << 60

// needed is by how much two cells are more than what contains them, where it is shown.
func (t *table) needed(p pair, other, y int) (n int64) {
	for _, w := range p.wholes {
		if whole := t.Columns[w].cellsOf(other); whole != nil && !t.isOpen(w) && !t.Cells[w][other][y] {
			n = max(n, t.Columns[p.a].Cells[other][y]+t.Columns[p.b].Cells[other][y]-whole[y])
		}
	}
	return n
}

// isOpen reports whether the total of a column is masked: then so are its cells, in every table.
func (t *table) isOpen(c int) bool { return t.Totals[c] || t.totals && t.masked[c][0] }
