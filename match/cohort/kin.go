package cohort

import (
	"math/bits"
	"slices"

	"hesopmatch/hesop"
)

// kin are lists that have to do with each other by relations, and by codes that they have in
// common: who is kept in one of them says something of the others. What it says is found by
// trying: a person has of the codes that the lists tell apart each not at all, without a date,
// or from some day on.
type kin struct {
	lists     []int
	relations []relation // among these, by place in lists
	codes     []company  // of codes that the lists tell apart: the lists that have them
	least     int
	undated   bool // an appointment without a date is taken in

	// Those that a person can be kept in together, in all and within a category: not all of
	// them, if they are many.
	whole, within []company
	most          int

	// By place in lists: what else a person is kept in who is kept in one, in all and within a
	// category. All lists are in it if nobody can be.
	always, alwaysWithin []company

	anybody company // lists that a person can be kept in

	companies companies
	fits      [dimensions]bool
}

// company is the lists that a person is kept in together, a bit for each place in kin.lists.
type company uint64

func (c company) has(place int) bool { return c>>place&1 == 1 }

// place is that of a list, -1 if it is none of these.
func (k *kin) place(list int) int {
	if place, ok := slices.BinarySearch(k.lists, list); ok {
		return place
	}
	return -1
}

// isNobody reports whether nobody can be kept in a list.
func (k *kin) isNobody(list int) bool { return !k.anybody.has(k.place(list)) }

// Bounds of what is tried. Kin beyond them are not told the people of.
const (
	mostKin   = 64
	mostTries = 400_000
)

// findKin finds the kin of lists that have relations.
func (b *builder) findKin() {
	n := len(b.covered)
	b.kin, b.unkept, b.nobody = make([]*kin, n), make([]withheld, n), slices.Clone(b.never)
	p := b.cohort.plan
	for _, r := range p.related {
		if b.kin[r.list] != nil || b.unkept[r.list].all {
			continue
		}
		related := func(i, j int) bool {
			return b.overlap(i, j) || slices.ContainsFunc(p.related, func(r relation) bool {
				return r.list == i && r.other == j || r.list == j && r.other == i
			})
		}
		k := &kin{lists: joined(r.list, n, related), least: p.least, undated: p.from == hesop.Date{} && p.to == hesop.Date{}}
		for _, r := range p.related {
			if list, other := slices.Index(k.lists, r.list), slices.Index(k.lists, r.other); list >= 0 {
				k.relations = append(k.relations, relation{list, other, r.exclude, r.before})
			}
		}
		tried := len(k.lists) <= mostKin
		if tried {
			k.codes, tried = splitCodes(b.coveragesOf(k.lists))
		}
		var fits func(n int) [dimensions]bool
		k.most, fits = b.fit(len(k.lists))
		if tried = tried && k.try(); tried {
			k.count(b.cohort)
			k.fits = fits(len(k.companies.within))
		}
		for _, list := range k.lists {
			if b.unkept[list] = (withheld{all: !tried, in: not(k.fits)}); tried {
				b.kin[list], b.nobody[list] = k, b.nobody[list] || k.isNobody(list)
			}
		}
	}
}

func (b *builder) coveragesOf(lists []int) (covered []coverage) {
	for _, list := range lists {
		covered = append(covered, b.covered[list])
	}
	return covered
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

// having is what a person of a try has of some codes: so many appointments, the first on a
// day, or on none.
type having struct {
	lists      company
	day, count int // day 0 for no date
}

// try tries people. To be kept in one list and not in another takes codes of the one, those
// that its relations ask for, and one that a relation of the other excludes.
func (k *kin) try() bool {
	var ways []having
	days, relations := 1, 0
	for place := range k.lists {
		n := 0
		for _, r := range k.relations {
			if r.list == place {
				n++
			}
		}
		relations = max(relations, n)
	}
	for _, r := range k.relations {
		if r.before {
			days = min(days+1, 3)
		}
	}
	if k.undated {
		ways = append(ways, having{})
	}
	for day := 1; day <= days; day++ {
		ways = append(ways, having{day: day, count: k.least})
		if k.least > 1 {
			ways = append(ways, having{day: day, count: 1})
		}
	}
	depth := min(2+relations, len(k.codes))
	tries, power := 1, 1
	for i := range depth {
		if power = power * (len(k.codes) - i) * len(ways) / (i + 1); power > mostTries {
			return false
		}
		tries += power
	}
	if tries > mostTries {
		return false
	}
	all := ^company(0) >> (64 - len(k.lists))
	k.always, k.alwaysWithin = slices.Repeat([]company{all}, len(k.lists)), slices.Repeat([]company{all}, len(k.lists))
	for n := 1; n <= depth; n++ {
		k.tryEach(nil, k.codes, n, ways)
	}
	return true
}

// tryEach tries people who have n more of some codes.
func (k *kin) tryEach(has []having, codes []company, n int, ways []having) {
	if n == 0 {
		k.note(has)
		return
	}
	for i, lists := range codes {
		for _, way := range ways {
			way.lists = lists
			k.tryEach(append(has, way), codes[i+1:], n-1, ways)
		}
	}
}

// note notes what a person is kept in.
func (k *kin) note(has []having) {
	held := make([]holding, len(k.lists))
	var count [mostKin]int
	for _, h := range has {
		for lists := h.lists; lists != 0; lists &= lists - 1 {
			place := bits.TrailingZeros64(uint64(lists))
			held[place].any = true
			if day := (hesop.Date{Day: uint8(h.day)}); h.day > 0 && (held[place].first == hesop.Date{} || day.Compare(held[place].first) < 0) {
				held[place].first = day
			}
			count[place] += h.count
		}
	}
	kept := company(0)
	for place := range held {
		if count[place] >= k.least {
			kept |= 1 << place
		}
	}
	for _, r := range k.relations {
		if !r.holds(held) {
			kept &^= 1 << r.list
		}
	}
	k.anybody |= kept
	k.noteCompany(&k.whole, k.always, kept)
	for some := range uint(1) << len(has) {
		in := company(0)
		for i, h := range has {
			if some>>i&1 == 1 && h.day > 0 {
				in |= h.lists
			}
		}
		k.noteCompany(&k.within, k.alwaysWithin, kept&in)
	}
}

func (k *kin) noteCompany(all *[]company, always []company, c company) {
	if c == 0 {
		return
	}
	for lists := c; lists != 0; lists &= lists - 1 {
		always[bits.TrailingZeros64(uint64(lists))] &= c
	}
	if len(*all) < k.most && !slices.Contains(*all, c) {
		*all = append(*all, c)
	}
}
