package cohort

import "hesopmatch/match/cohort/internal/suppress"

// addPeople adds the people of each list. Lists that keep the same people share a column.
func (b *builder) addPeople() {
	p := b.cohort.plan
	b.people = make([]int, p.m.Len())
	for i := range b.people {
		if same := b.samePeople(i); same >= 0 {
			b.people[i] = b.people[same]
			continue
		}
		l := &b.totals.Lists[i]
		b.people[i] = b.column(l.People, func(d Dimension, j int) int64 { return l.By[d][j].People })
		b.problem.Columns[b.people[i]].People = true
		b.problem.Columns[b.people[i]].Hidden = b.nobody[i]
		b.withhold(b.people[i], b.untold[i].or(b.unkept[i]))
	}
	for _, outer := range b.bySize() {
		for i := range b.people {
			if !b.nobody[i] && b.people[i] != b.people[outer] {
				b.addKept(i, outer)
			}
		}
	}
	for i := range b.people {
		if b.nobody[i] {
			continue
		}
		b.within(b.people[i], suppress.Within{Column: b.matched[i], Times: int64(p.least)})
		for _, r := range p.related {
			if r.list == i && !r.exclude {
				b.within(b.people[i], suppress.Within{Column: b.matched[r.other], Of: suppress.Totals})
			}
		}
	}
	b.addCompanies()
}

// samePeople is a list before another one that keeps the same people, -1 if there is none.
func (b *builder) samePeople(list int) int {
	for i := range list {
		one, cells := b.keeps(i, list)
		other, cellsBack := b.keeps(list, i)
		if one && cells && other && cellsBack && b.untold[i].or(b.unkept[i]) == b.untold[list].or(b.unkept[list]) &&
			isSame(&b.totals.Lists[i], &b.totals.Lists[list], func(c *Counts) int64 { return c.People }) {
			return i
		}
	}
	return -1
}

// addKept says of the people of a list that they are in another one, if they are.
func (b *builder) addKept(list, outer int) {
	whole, cells := b.keeps(outer, list)
	back, _ := b.keeps(list, outer)
	switch w := (suppress.Within{Column: b.people[outer], Counts: true}); {
	case !whole:
	case cells && !back:
		b.within(b.people[list], w)
	case cells: // the same people, some of whom are not in all categories
		w.Of = suppress.Cells
		b.within(b.people[list], w)
		fallthrough
	default:
		w.Of, w.Counts = suppress.Totals, !back
		b.within(b.people[list], w)
	}
}

// keeps reports whether whoever is kept in one list is kept in another, the outer one, in all,
// and in each category, whatever the data are.
func (b *builder) keeps(outer, list int) (whole, cells bool) {
	if b.unkept[list].all || b.unkept[outer].all {
		return false, false
	}
	k := b.kin[list]
	if k == nil || k.trial == nil {
		part := b.covered[list].within(b.covered[outer])
		return part, part
	}
	i, o := k.place(list), k.place(outer)
	return o >= 0 && k.trial.always[i].has(o), o >= 0 && k.trial.alwaysWithin[i].has(o)
}
