package cohort

import (
	"slices"

	"hesopmatch/hesop"
)

// kin are lists that have to do with each other, by codes that they have in common or by
// relations, so that more follows from their numbers than which is part of which: of lists
// that together have all codes of another one, of lists of both systems, of people with or without
// another list. It is said by parts that no table has: kinds of appointments, and companies of people.
type kin struct {
	lists     []int
	relations []relation // among these, by place in lists
	mixed     bool       // one is of both systems
	crossing  bool       // see builder.cross
	codes     []kind     // of codes, in a system or in none, that the lists do not tell apart

	kinds map[kind]*kindCount
	trial *trial // of people; nil where it is too much
	companies

	kindsFit, peopleFit [dimensions]bool // tables that are small enough for such parts
}

// place is that of a list, -1 if it is none of these.
func (k *kin) place(list int) int {
	if place, ok := slices.BinarySearch(k.lists, list); ok {
		return place
	}
	return -1
}

// mostKin is how many lists are looked at together.
const mostKin = 64

// findKin finds kin, and what is not told of them because they are too many.
func (b *builder) findKin() {
	n := len(b.covered)
	b.kin, b.untold, b.unkept, b.nobody = make([]*kin, n), make([]withheld, n), make([]withheld, n), slices.Clone(b.never)
	done := make([]bool, n)
	for list := range n {
		if done[list] {
			continue
		}
		k := &kin{lists: joined(list, n, b.areJoined)}
		for _, l := range k.lists {
			done[l], k.mixed = true, k.mixed || b.isMixed(l)
		}
		for _, r := range b.cohort.plan.related {
			if list, other := k.place(r.list), k.place(r.other); list >= 0 {
				k.relations = append(k.relations, relation{list, other, r.exclude, r.before})
			}
		}
		k.crossing = b.cross(k.lists)
		if k.mixed || k.crossing || len(k.relations) > 0 {
			b.fill(k)
		}
	}
}

// areJoined reports whether two lists have codes in common or a relation.
func (b *builder) areJoined(i, j int) bool {
	return b.overlap(i, j) || slices.ContainsFunc(b.cohort.plan.related, func(r relation) bool {
		return r.list == i && r.other == j || r.list == j && r.other == i
	})
}

// cross reports whether a list has no code that is not in others too which do not contain it, and
// has one that is only in such as have codes beside it. Of lists that are made of parts of theirs
// alone, to know what is part of which is enough.
func (b *builder) cross(lists []int) bool {
	for _, whole := range lists {
		if b.never[whole] {
			continue
		}
		all, own := slices.Clone(b.covered[whole]), slices.Clone(b.covered[whole])
		for _, part := range lists {
			if part == whole || !b.overlap(part, whole) || b.covered[whole].within(b.covered[part]) {
				continue
			}
			all.remove(b.covered[part])
			if b.covered[part].within(b.covered[whole]) {
				own.remove(b.covered[part])
			}
		}
		if all.size() == 0 && own.size() > 0 {
			return true
		}
	}
	return false
}

// fill finds the parts of kin. What they are too many for is not told: of lists of both systems
// and people that relations choose. Other lists are then taken for parts of each other, and no more.
func (b *builder) fill(k *kin) {
	told := len(k.lists) <= mostKin && b.splitKin(k)
	if told && (k.mixed || k.crossing) {
		b.countKinds(k)
		if told = len(k.kinds) <= mostThere; told {
			k.tryKinds(b.totals, bounded(b.room(k)/2))
		} else {
			clear(k.kinds)
		}
	}
	if k.kindsFit = b.fit(k, len(k.kinds)); told && (k.crossing || len(k.relations) > 0) {
		p := b.cohort.plan
		t := &trial{lists: len(k.lists), relations: k.relations, least: p.least, undated: p.from == hesop.Date{} && p.to == hesop.Date{}, most: bounded(b.room(k) - len(k.kinds))}
		for _, c := range k.codes {
			t.codes = append(t.codes, c.lists)
		}
		slices.Sort(t.codes)
		t.codes = slices.Compact(t.codes) // in which system they are is all one
		if t.run() {
			k.trial = t
			k.countCompanies(b.cohort)
			k.peopleFit = b.fit(k, len(k.kinds)+len(k.within))
			if len(k.whole) > mostThere {
				k.trial, k.companies = nil, companies{}
			}
		}
	}
	for place, list := range k.lists {
		if b.isMixed(list) {
			b.untold[list] = withheld{all: !told, in: not(k.kindsFit)}
		}
		if len(k.relations) > 0 {
			b.unkept[list] = withheld{all: k.trial == nil, in: not(k.peopleFit)}
		}
		if told {
			b.kin[list] = k
		}
		if k.trial != nil && !k.trial.anybody.has(place) {
			b.nobody[list] = true
		}
	}
}

// splitKin finds which codes the lists do not tell apart. It is false if they are too many.
func (b *builder) splitKin(k *kin) bool {
	var rest []coverage
	for _, list := range k.lists {
		rest = append(rest, slices.Clone(b.covered[list]))
	}
	add := func(coded codedIn, covered []coverage) bool {
		all, ok := splitCodes(covered)
		for _, lists := range all {
			k.codes = append(k.codes, kind{coded, lists})
		}
		return ok
	}
	for s, sys := range systems {
		var covered []coverage
		for i := range rest {
			covered = append(covered, rest[i].and(b.systems[s]))
			rest[i].remove(b.systems[s])
		}
		if !add(bit(sys), covered) {
			return false
		}
	}
	return add(0, rest) // codes that stand for missing values
}

// joined are the lists that have to do with one, or with another of them, and it.
func joined(list, n int, have func(i, j int) bool) []int {
	joined := []int{list}
	for next := 0; next < len(joined); next++ { // it grows
		for i := range n {
			if have(joined[next], i) && !slices.Contains(joined, i) {
				joined = append(joined, i)
			}
		}
	}
	slices.Sort(joined)
	return joined
}

// companyOf are those of some lists, by place, that findings match.
func companyOf(lists []int, set []finding) (c company) {
	for list := range listsOf(set) {
		if place, ok := slices.BinarySearch(lists, list); ok {
			c |= 1 << place
		}
	}
	return c
}

// splitCodes finds which of some coverages have codes in common: a company for each set of
// codes that they do not tell apart. It is false if that is too much.
func splitCodes(covered []coverage) (codes []company, ok bool) {
	type part struct {
		lists company
		codes coverage
	}
	var parts []part
	for place, all := range covered {
		rest := slices.Clone(all)
		for i := range parts { // not those that are added
			both := parts[i].codes.and(rest)
			if both.size() == 0 {
				continue
			}
			rest.remove(both)
			parts[i].codes.remove(both)
			parts = append(parts, part{parts[i].lists | 1<<place, both})
		}
		if rest.size() > 0 {
			parts = append(parts, part{1 << place, rest})
		}
		parts = slices.DeleteFunc(parts, func(p part) bool { return p.codes.size() == 0 })
		if len(parts) > mostParts*mostParts {
			return nil, false
		}
	}
	for _, p := range parts {
		codes = append(codes, p.lists)
	}
	slices.Sort(codes)
	return codes, true
}
