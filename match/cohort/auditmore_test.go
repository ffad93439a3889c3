package cohort_test

import "hesopmatch/match/cohort/internal/simplex"

// addCounted says what appointments and people say of each other: a person is of a list for an
// appointment, and in each category of one.
func (a *auditReader) addCounted() {
	for i, inner := range a.lists {
		for j, outer := range a.lists {
			if i == j || inner.found() == 0 || outer.found() == 0 || a.groups != nil && a.groups.isEmpty(i) {
				continue
			}
			if all, cells := a.isPart(i, j); all && cells {
				a.addRepeated(a.people[i], a.people[j])
			}
			if inner.found().within(outer.found()) && !a.isRelated(i) && !a.isRelated(j) {
				for at := range a.cells {
					if at == 0 || a.least == 1 { // who has enough of the one can have some of the other
						a.p.Sum(0, simplex.Inf, plus(a.match[j][at]), minus(a.match[i][at]), minus(a.people[j][at]), plus(a.people[i][at]))
					}
				}
			}
		}
	}
	for _, r := range a.related {
		if r.exclude && !r.before {
			a.addBeside(r.list, r.other)
		}
	}
}

// addRepeated says that whoever is of an inner list in some categories is of the outer one in
// these: that the others are in one each at least.
func (a *auditReader) addRepeated(inner, outer []int) {
	for d := range auditDimensions {
		terms := []simplex.Term{minus(outer[0]), plus(inner[0])}
		for at, cell := range a.cells {
			if cell.dimension == d {
				terms = append(terms, plus(outer[at]), minus(inner[at]))
			}
		}
		if len(terms) > 2 {
			a.p.Sum(0, simplex.Inf, terms...)
		}
	}
}

// addBeside says that people who are without a list have appointments beside those of it.
func (a *auditReader) addBeside(list, without int) {
	one, other := a.lists[list], a.lists[without]
	for at := range a.cells {
		times := 1.0
		if at == 0 {
			times = float64(a.least)
		}
		fit := func(whole int) {
			a.p.Sum(0, simplex.Inf, plus(whole), minus(a.match[without][at]), simplex.Term{Variable: a.people[list][at], Times: -times})
		}
		fit(a.taken[at])
		for s := range a.coded {
			if one.needs() == 1<<s && other.needs() == 1<<s {
				fit(a.coded[s][at])
			}
		}
		for i, l := range a.lists {
			if one.found().within(l.found()) && other.found().within(l.found()) {
				fit(a.match[i][at])
			}
		}
	}
}
