package cohort

import (
	"math/bits"
	"slices"

	"hesopmatch/hesop"
)

// company is the lists of kin that a person is kept in together, a bit for each place.
type company uint64

func (c company) has(place int) bool { return c>>place&1 == 1 }

// trial finds in which lists people can be kept together, and in which they must, by trying: a
// person has of the codes that the lists tell apart each not at all, without a date, or from some day on.
type trial struct {
	lists     int
	relations []relation
	codes     []company // the lists that have the same codes
	least     int       // appointments of a member
	undated   bool      // an appointment without a date is taken in

	// Those that a person can be kept in together, in all and within a category; of those that
	// are not in the data, so many at most.
	whole, within []company
	most          int

	// By place: what else a person is kept in who is kept in a list, in all and within a
	// category. All lists are in it if nobody can be.
	always, alwaysWithin []company

	anybody company // lists that a person can be kept in
}

// mostTries is how many people are tried.
const mostTries = 2_000_000

// having is what a person of a try has of some codes: so many appointments, the first on a
// day, or on none.
type having struct {
	lists      company
	day, count int // day 0 for no date
}

// run tries people. It is false if they are too many. To be kept in one list and not in another takes codes of the one, those
// that its relations ask for, and one that a relation of the other excludes.
func (t *trial) run() bool {
	var ways []having
	days, relations := 1, 0
	for place := range t.lists {
		n := 0
		for _, r := range t.relations {
			if r.list == place {
				n++
			}
		}
		relations = max(relations, n)
	}
	for _, r := range t.relations {
		if r.before {
			days = min(days+1, 3)
		}
	}
	if t.undated {
		ways = append(ways, having{})
	}
	for day := 1; day <= days; day++ {
		ways = append(ways, having{day: day, count: t.least})
		if t.least > 1 {
			ways = append(ways, having{day: day, count: 1})
		}
	}
	depth := min(2+relations, len(t.codes))
	tries, power := 1, 1
	for i := range depth {
		if power = power * (len(t.codes) - i) * len(ways) / (i + 1); power > mostTries>>depth {
			return false
		}
		tries += power
	}
	if tries > mostTries>>depth { // each with all that it has within a category
		return false
	}
	all := ^company(0) >> (mostKin - t.lists)
	t.always, t.alwaysWithin = slices.Repeat([]company{all}, t.lists), slices.Repeat([]company{all}, t.lists)
	for n := 1; n <= depth; n++ {
		t.tryEach(nil, t.codes, n, ways)
	}
	return true
}

// tryEach tries people who have n more of some codes.
func (t *trial) tryEach(has []having, codes []company, n int, ways []having) {
	if n == 0 {
		t.note(has)
		return
	}
	for i, lists := range codes {
		for _, way := range ways {
			way.lists = lists
			t.tryEach(append(has, way), codes[i+1:], n-1, ways)
		}
	}
}

// note notes what a person is kept in.
func (t *trial) note(has []having) {
	held := make([]holding, t.lists)
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
		if count[place] >= t.least {
			kept |= 1 << place
		}
	}
	for _, r := range t.relations {
		if !r.holds(held) {
			kept &^= 1 << r.list
		}
	}
	t.anybody |= kept
	t.keep(&t.whole, t.always, kept)
	for some := range uint(1) << len(has) {
		in := company(0)
		for i, h := range has {
			if some>>i&1 == 1 && h.day > 0 {
				in |= h.lists
			}
		}
		t.keep(&t.within, t.alwaysWithin, kept&in)
	}
}

// bind notes that people can be kept in c, and in no more.
func bind(always []company, c company) {
	for lists := c; lists != 0; lists &= lists - 1 {
		always[bits.TrailingZeros64(uint64(lists))] &= c
	}
}

func (t *trial) keep(all *[]company, always []company, c company) {
	if c == 0 {
		return
	}
	bind(always, c)
	known := company(0)
	for _, other := range *all {
		known |= other
	}
	if (len(*all) < t.most || c&^known != 0) && !slices.Contains(*all, c) { // each list is in one at least
		*all = append(*all, c)
	}
}
