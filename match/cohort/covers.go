package cohort

import (
	"slices"

	"hesopmatch/match/cohort/internal/suppress"
)

// mostParts bounds how many lists are looked at together.
const mostParts = 8

// part is what may cover a list with others: a list, or all codes of a system.
type part struct {
	covered         coverage
	matched, people int // columns; people is -1 for a system
	list            int
}

// addCovers finds the lists of which others, and the appointments coded in a system, together
// have all codes, and no fewer of them would do.
func (b *builder) addCovers() {
	for whole := range b.covered {
		parts := b.partsOf(whole)
		if len(parts) < 2 || !b.isCovered(whole, parts) {
			continue
		}
		if len(parts) > mostParts {
			b.addCover(whole, parts)
			continue
		}
		var found []uint
		for subset := uint(1); subset < 1<<len(parts); subset++ { // smaller ones before those that have them
			if slices.ContainsFunc(found, func(f uint) bool { return subset&f == f }) {
				continue
			}
			var some []part
			for i, part := range parts {
				if subset>>i&1 == 1 {
					some = append(some, part)
				}
			}
			if len(some) > 1 && b.isCovered(whole, some) {
				found = append(found, subset)
				b.addCover(whole, some)
			}
		}
	}
}

// partsOf are the lists that have some codes of a list but not all, each once, and, if it
// is of both systems, these.
func (b *builder) partsOf(whole int) (parts []part) {
	add := func(i int) {
		if b.matched[i] != b.matched[whole] && b.overlap(i, whole) && !b.covered[whole].within(b.covered[i]) &&
			!slices.ContainsFunc(parts, func(p part) bool { return p.matched == b.matched[i] }) {
			parts = append(parts, part{b.covered[i], b.matched[i], b.people[i], i})
		}
	}
	for _, related := range []bool{false, true} { // of the same codes, rather those that nobody is left out of
		for i := range b.covered {
			if b.isRelated(i) == related {
				add(i)
			}
		}
	}
	if !b.isFoundIn(whole, 0) && !b.isFoundIn(whole, 1) {
		for s, c := range b.coded {
			parts = append(parts, part{b.systems[s], c, -1, -1})
		}
	}
	return parts
}

func (b *builder) isCovered(whole int, parts []part) bool {
	all := make([]coverage, len(parts))
	for i := range parts {
		all[i] = parts[i].covered
	}
	return b.covered[whole].within(union(all...))
}

func (b *builder) addCover(whole int, parts []part) {
	matched, people := suppress.Cover{Whole: b.matched[whole], Counts: true}, suppress.Cover{Whole: b.people[whole], Counts: true}
	together := b.cohort.plan.least == 1 && !b.isRelated(whole)
	for _, p := range parts {
		matched.Parts = append(matched.Parts, p.matched)
		people.Parts = append(people.Parts, p.people)
		together = together && p.people >= 0 && !b.isRelated(p.list)
		if !p.covered.within(b.covered[whole]) {
			matched.Counts, people.Counts = false, false
		}
	}
	if b.holds(matched) {
		b.problem.Covers = append(b.problem.Covers, matched)
	}
	if together && b.holds(people) {
		b.problem.Covers = append(b.problem.Covers, people)
	}
}

// isRelated reports whether a relation leaves people out of a list.
func (b *builder) isRelated(list int) bool {
	return slices.ContainsFunc(b.cohort.plan.related, func(r relation) bool { return r.list == list })
}

// holds reports whether the numbers are as they must be for a cover.
func (b *builder) holds(cover suppress.Cover) bool {
	covers := func(of func(*suppress.Column) int64) bool {
		sum := int64(0)
		for _, part := range cover.Parts {
			sum += of(&b.problem.Columns[part])
		}
		return sum >= of(&b.problem.Columns[cover.Whole])
	}
	if !covers(func(c *suppress.Column) int64 { return c.Total }) {
		return false
	}
	for d, cells := range b.problem.Columns[cover.Whole].Cells {
		for i := range cells {
			if !covers(func(c *suppress.Column) int64 { return c.Cells[d][i] }) {
				return false
			}
		}
	}
	return true
}
