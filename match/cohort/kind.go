package cohort

import (
	"cmp"
	"slices"

	"hesopmatch/match/cohort/internal/suppress"
)

// kind is what an appointment is to lists that have codes in common: those that it matches,
// and the systems that it is coded in. Where one of the lists is of both systems, more
// follows from the numbers than which list is part of which.
type kind struct {
	coded codedIn
	lists company
}

type kindCount struct {
	total int64
	*cells
}

// isMixed reports whether the data can match a list in either system.
func (b *builder) isMixed(list int) bool {
	return !b.never[list] && !b.isFoundIn(list, 0) && !b.isFoundIn(list, 1)
}

// overlap reports whether lists have codes in common.
func (b *builder) overlap(i, j int) bool {
	return b.families[i].overlaps(b.families[j]) && b.covered[i].overlaps(b.covered[j])
}

// countKinds counts the kinds that there are.
func (b *builder) countKinds(k *kin) {
	k.kinds = make(map[kind]*kindCount)
	counter := b.cohort.newCounter(&Totals{Lists: make([]ListTotals, len(b.covered))})
	places := counter.places()
	for i := range b.cohort.in().events {
		e := &b.cohort.in().events[i]
		lists := companyOf(k.lists, b.cohort.in().findings.sets[e.findings])
		if lists == 0 {
			continue
		}
		n := k.count(kind{k.codedOf(e.row.coded(), lists), lists}, b.totals)
		n.total++
		counter.slotsOf(e.row, func(s int) {
			if s != whole {
				n.cells[counter.kept[s].dimension][places[s]]++
			}
		})
	}
}

// count is the count of a kind, which is made if there is none.
func (k *kin) count(of kind, t *Totals) *kindCount {
	n := k.kinds[of]
	if n == nil {
		n = &kindCount{cells: newCells(t)}
		k.kinds[of] = n
	}
	return n
}

// codedOf is what a kind says of where an appointment is coded, of those coded in some systems: all if
// it matters, for lists of both systems; else where its codes are.
func (k *kin) codedOf(coded codedIn, lists company) codedIn {
	if k.mixed {
		return coded
	}
	own := codedIn(0)
	for _, c := range k.codes {
		if c.lists&^lists == 0 {
			own |= c.coded
		}
	}
	return own
}

// tryKinds adds kinds of one code, of two, and so on, with others of no list or without, as long
// as they are not too many.
func (k *kin) tryKinds(t *Totals, most int) {
	most = max(most, len(k.kinds)+leastParted)
	last := []kind{{}}
	for len(last) > 0 {
		var next []kind
		for _, l := range last {
			for _, c := range k.codes {
				u := kind{l.coded | c.coded, l.lists | c.lists}
				if u.lists == l.lists || slices.Contains(next, u) {
					continue
				}
				next = append(next, u)
				for other := range codedIn(anyCoded) {
					if len(k.kinds) >= most {
						return
					}
					k.count(kind{k.codedOf(u.coded|other, u.lists), u.lists}, t)
				}
			}
		}
		last = next
	}
}

// addKinds says that what matches lists is made of kinds.
func (b *builder) addKinds() {
	for list, k := range b.kin {
		if k == nil || k.lists[0] != list {
			continue
		}
		var kinds []kind
		for of := range k.kinds {
			kinds = append(kinds, of)
		}
		slices.SortFunc(kinds, func(a, b kind) int { return cmp.Or(cmp.Compare(a.coded, b.coded), cmp.Compare(a.lists, b.lists)) })
		for _, of := range []suppress.Scope{suppress.Totals, suppress.Cells} {
			first := len(b.problem.Columns)
			for i := range kinds {
				b.addKind(k.kinds[kinds[i]], of, k.kindsFit)
			}
			b.addMade(k, b.matched, first, len(kinds), func(part, place int) bool { return kinds[part].lists.has(place) })
			b.addRoom(kinds, first)
		}
	}
}

// addKind adds a column of a kind, which no table has. In cells it keeps the total that it
// has, so that what is said of them agrees with other tables.
func (b *builder) addKind(n *kindCount, of suppress.Scope, fits [dimensions]bool) {
	col := suppress.Column{Total: n.total, Of: of, Cells: make([][]int64, dimensions)}
	if of == suppress.Cells {
		col.Cells = b.cellsOf(n.cells, fits)
		col.HiddenIn = slices.Repeat([]bool{true}, dimensions)
	} else {
		col.Hidden = true
	}
	b.problem.Columns = append(b.problem.Columns, col)
}

// addRoom says that kinds are no more than all appointments, nor than those coded in a system.
func (b *builder) addRoom(kinds []kind, first int) {
	add := func(whole int, of func(k kind) bool) {
		room := suppress.Cover{Whole: whole, Parted: suppress.Room}
		for i, k := range kinds {
			if of(k) {
				room.Parts = append(room.Parts, first+i)
			}
		}
		if len(room.Parts) > 0 {
			b.problem.Covers = append(b.problem.Covers, room)
		}
	}
	add(b.all, func(kind) bool { return true })
	for s, sys := range systems {
		add(b.coded[s], func(k kind) bool { return k.coded&bit(sys) != 0 })
	}
}
