package cohort

import (
	"slices"

	"hesopmatch/match/cohort/internal/suppress"
)

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
			if r.list != i || r.exclude {
				continue
			}
			if r.before {
				b.maskFirst(b.people[i])
			}
			b.within(b.people[i], suppress.Within{Column: b.matched[r.other], Of: suppress.Totals})
		}
	}
	b.addCompanies()
	b.addGaps()
}

// maskFirst masks people with an earlier appointment in the first year and age: there they have
// that one too, and are part of people whose number is beside theirs. In other categories they are not.
func (b *builder) maskFirst(column int) {
	first := make([]bool, dimensions)
	first[ByYear], first[ByAge] = true, true
	b.problem.Columns[column].FirstIn = first
}

// addGaps says what appointments tell of people who are of one list and not of another.
func (b *builder) addGaps() {
	for i := range b.people {
		for outer := range b.people {
			if b.people[i] == b.people[outer] || b.isRelated(i) || b.isRelated(outer) || b.nobody[i] || !b.overlap(i, outer) || !b.covered[i].within(b.covered[outer]) {
				continue
			}
			g := suppress.Gap{People: b.people[i], Outer: b.people[outer], Appointments: b.matched[i], OuterAppointments: b.matched[outer]}
			if b.cohort.plan.least > 1 { // who has enough of the one can have some of the other
				g.Of = suppress.Totals
			}
			b.problem.Gaps = append(b.problem.Gaps, g)
		}
	}
	for _, r := range b.cohort.plan.related {
		if r.exclude && !r.before && !b.nobody[r.list] && !b.never[r.other] {
			b.addApart(r.list, r.other)
		}
	}
}

// mostTimes is up to how many appointments each person is counted as, beside those of a list.
const mostTimes = 100

// addApart says that people who are without a list have appointments beside it, in whatever has those
// of both.
func (b *builder) addApart(list, without int) {
	done := make(map[int]bool)
	add := func(whole int) {
		if !done[whole] && whole != b.matched[without] {
			done[whole] = true
			beside := suppress.Cover{Whole: whole, Parts: []int{b.people[list], b.matched[without]}, Parted: suppress.Room}
			b.problem.Covers = append(b.problem.Covers, beside)
			if n := b.cohort.plan.least; n > 1 && n <= mostTimes {
				beside.Of, beside.Parts = suppress.Totals, append(slices.Repeat([]int{b.people[list]}, n), b.matched[without])
				b.problem.Covers = append(b.problem.Covers, beside)
			}
		}
	}
	add(b.all)
	for s, c := range b.coded {
		if b.isFoundIn(list, s) && b.isFoundIn(without, s) {
			add(c)
		}
	}
	for whole := range b.covered {
		if b.covered[list].within(b.covered[whole]) && b.covered[without].within(b.covered[whole]) {
			add(b.matched[whole])
		}
	}
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
