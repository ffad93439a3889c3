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

// mixture is such lists, with the kinds of appointments that there are and some of those that
// there could be.
type mixture struct {
	lists []int
	kinds map[kind]*kindCount
	fits  [dimensions]bool
}

type kindCount struct {
	total int64
	cells [dimensions][]int64
}

// findMixtures finds lists of both systems, and what has codes in common with them.
func (b *builder) findMixtures() {
	done := make([]bool, len(b.covered))
	b.untold = make([]withheld, len(b.covered))
	for list := range b.covered {
		if done[list] || !b.isMixed(list) {
			continue
		}
		m := mixture{lists: b.overlapping(list)}
		for _, l := range m.lists {
			done[l] = true
		}
		told := b.fillMixture(&m)
		if told {
			b.mixtures = append(b.mixtures, m)
		}
		for _, l := range m.lists {
			if b.isMixed(l) {
				b.untold[l] = withheld{all: !told, in: not(m.fits)}
			}
		}
	}
}

// isMixed reports whether the data can match a list in either system.
func (b *builder) isMixed(list int) bool {
	return !b.never[list] && !b.isFoundIn(list, 0) && !b.isFoundIn(list, 1)
}

// overlapping are the lists that have codes in common with one, or with another of them.
func (b *builder) overlapping(list int) []int {
	return joined(list, len(b.covered), b.overlap)
}

// overlap reports whether lists have codes in common.
func (b *builder) overlap(i, j int) bool {
	return b.families[i].overlaps(b.families[j]) && b.covered[i].overlaps(b.covered[j])
}

// fillMixture finds the kinds. It is false if they are too many.
func (b *builder) fillMixture(m *mixture) bool {
	if len(m.lists) > mostKin {
		return false
	}
	var codes []kind // of one code each
	none := b.coveragesOf(m.lists)
	for s, sys := range systems {
		var covered []coverage
		for i := range none {
			covered = append(covered, none[i].and(b.systems[s]))
			none[i] = slices.Clone(none[i])
			none[i].remove(b.systems[s])
		}
		split, ok := splitCodes(covered)
		if !ok {
			return false
		}
		for _, lists := range split {
			codes = append(codes, kind{bit(sys), lists})
		}
	}
	split, ok := splitCodes(none) // those that stand for missing values
	if !ok {
		return false
	}
	for _, lists := range split {
		codes = append(codes, kind{0, lists})
	}
	b.countKinds(m)
	most, fits := b.fit(len(m.lists))
	m.tryKinds(b.totals, codes, most)
	m.fits = fits(len(m.kinds))
	return true
}

// countKinds counts the kinds that there are.
func (b *builder) countKinds(m *mixture) {
	m.kinds = make(map[kind]*kindCount)
	counter := b.cohort.newCounter(&Totals{Lists: make([]ListTotals, len(b.covered))})
	places := counter.places()
	for i := range b.cohort.events {
		e := &b.cohort.events[i]
		lists := companyOf(m.lists, b.cohort.findings.sets[e.findings])
		if lists == 0 {
			continue
		}
		n := m.count(kind{e.row.coded(), lists}, b.totals)
		n.total++
		counter.slotsOf(e.row, func(s int) {
			if s != whole {
				n.cells[counter.kept[s].dimension][places[s]]++
			}
		})
	}
}

// count is the count of a kind, which is made if there is none.
func (m *mixture) count(k kind, t *Totals) *kindCount {
	n := m.kinds[k]
	if n == nil {
		n = new(kindCount)
		for d := range n.cells {
			n.cells[d] = make([]int64, len(t.Categories[d]))
		}
		m.kinds[k] = n
	}
	return n
}

// tryKinds adds kinds of one code, of two, and so on, with others of no list or without, as long
// as they are not too many.
func (m *mixture) tryKinds(t *Totals, codes []kind, most int) {
	last := []kind{{}}
	for len(last) > 0 {
		var next []kind
		for _, k := range last {
			for _, c := range codes {
				u := kind{k.coded | c.coded, k.lists | c.lists}
				if u.lists == k.lists || slices.Contains(next, u) {
					continue
				}
				next = append(next, u)
				for other := range codedIn(anyCoded) {
					if len(m.kinds) >= most {
						return
					}
					m.count(kind{u.coded | other, u.lists}, t)
				}
			}
		}
		last = next
	}
}

// addMixtures says that what matches lists is made of kinds.
func (b *builder) addMixtures() {
	for _, m := range b.mixtures {
		var kinds []kind
		for k := range m.kinds {
			kinds = append(kinds, k)
		}
		slices.SortFunc(kinds, func(a, b kind) int { return cmp.Or(cmp.Compare(a.coded, b.coded), cmp.Compare(a.lists, b.lists)) })
		for _, of := range []suppress.Scope{suppress.Totals, suppress.Cells} {
			columns := make([]int, len(kinds))
			for i, k := range kinds {
				columns[i] = b.addKind(m.kinds[k], of, m.fits)
			}
			b.addKindParts(&m, kinds, columns)
		}
	}
}

// addKind adds a column of a kind, which no table has. In cells it keeps the total that it
// has, so that what is said of them agrees with other tables.
func (b *builder) addKind(n *kindCount, of suppress.Scope, fits [dimensions]bool) int {
	col := suppress.Column{Total: n.total, Of: of, Cells: make([][]int64, dimensions)}
	if of == suppress.Cells {
		col.Cells = b.cellsOf(&n.cells, fits)
		col.HiddenIn = slices.Repeat([]bool{true}, dimensions)
	} else {
		col.Hidden = true
	}
	b.problem.Columns = append(b.problem.Columns, col)
	return len(b.problem.Columns) - 1
}

func (b *builder) addKindParts(m *mixture, kinds []kind, columns []int) {
	parts := func(of func(k kind) bool) (parts []int) {
		for i, k := range kinds {
			if of(k) {
				parts = append(parts, columns[i])
			}
		}
		return parts
	}
	add := func(whole int, parted suppress.Parted, of func(k kind) bool) {
		if all := parts(of); len(all) > 0 {
			b.problem.Covers = append(b.problem.Covers, suppress.Cover{Whole: whole, Parts: all, Parted: parted})
		}
	}
	done := make(map[int]bool)
	for place, list := range m.lists {
		if c := b.matched[list]; !done[c] {
			done[c] = true
			add(c, suppress.Exactly, func(k kind) bool { return k.lists.has(place) })
		}
	}
	add(b.all, suppress.Room, func(kind) bool { return true })
	for s, sys := range systems {
		add(b.coded[s], suppress.Room, func(k kind) bool { return k.coded&bit(sys) != 0 })
	}
}
