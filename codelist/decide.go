package codelist

import "slices"

// Decision is what a list says of one value.
type Decision struct {
	// Entry is the number of the entry that decides, -1 if none covers the
	// value.
	Entry int

	// Covered says that the entry is an inclusion: the value matches.
	Covered bool

	// Excluded says that the entry is an exclusion.
	Excluded bool

	// Undecided says that the field may have cut the code short of an entry
	// that is longer than what is left. It can stand beside a decision: a
	// shorter entry decides all the same.
	Undecided bool

	// Open says that the value is undecided against an inclusion, so that it
	// might match after all.
	Open bool
}

// rule is what the entries of one prefix amount to.
type rule struct {
	key        uint32
	any        int32 // number of the entry that decides the undivided category, of all
	descendant int32 // ... that decides longer codes, of those that cover descendants; or -1
	includes   bool  // one of them is an inclusion
	exact      bool  // one of them is a bare category that covers no descendants
	exactly    bool  // ... and is an inclusion
}

// makeRules sorts entries by prefix and settles those that share one: an
// exclusion before an inclusion, then the earlier one.
func makeRules(entries []entry) []rule {
	order := make([]int32, len(entries))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return entries[a].prefix.Compare(entries[b].prefix) })

	prefer := func(old, i int32) int32 {
		if old < 0 || entries[i].exclude && !entries[old].exclude {
			return i
		}
		return old
	}
	var rules []rule
	for _, i := range order {
		e := &entries[i]
		if n := len(rules); n == 0 || rules[n-1].key != e.prefix.key {
			rules = append(rules, rule{key: e.prefix.key, any: -1, descendant: -1})
		}
		r := &rules[len(rules)-1]
		r.any = prefer(r.any, i)
		if e.coverage == Descendants {
			r.descendant = prefer(r.descendant, i)
		}
		r.includes = r.includes || !e.exclude
		if e.coverage == Exact && e.prefix.isCategory() {
			r.exact = true
			r.exactly = r.exactly || !e.exclude
		}
	}
	return rules
}

// from is the index of the first rule whose key is at least key.
func (l *List) from(key uint32) int {
	i, _ := slices.BinarySearchFunc(l.rules, key, func(r rule, key uint32) int {
		switch {
		case r.key < key:
			return -1
		case r.key > key:
			return 1
		}
		return 0
	})
	return i
}

// at is the rule of a prefix, nil if there is none.
func (l *List) at(p Prefix) *rule {
	if i := l.from(p.key); i < len(l.rules) && l.rules[i].key == p.key {
		return &l.rules[i]
	}
	return nil
}

// Decide says what the list makes of one value: of all entries that cover its
// code the one with the longest prefix decides, between an inclusion and an
// exclusion of one length the exclusion, then the first of the file. A value
// without a code is decided by nothing. Decide takes a few binary searches and
// does not allocate; for many values and lists, see the match package.
func (l *List) Decide(v Value) Decision {
	d := Decision{Entry: -1}
	code := v.Code()
	if !code.IsValid() {
		return d
	}
	category, fourth, fifth := code.Places()
	length := 4 // the category counts four, with its filler
	switch {
	case v.cut() == stub:
		length = 3
	case v.cut() == 3:
		length = 3
		l.meet(&d, code.prefix(3))
	case fifth > 0:
		length = 5
	case v.cut() == 4:
		l.meet(&d, code.prefix(4))
	}
	undivided := fourth == 0 && length > 3
	shortest := 1
	if category == v.System().MissingCategory() {
		shortest = 3
	}
	for n := length; n >= shortest; n-- {
		r := l.at(code.prefix(n))
		if r == nil {
			continue
		}
		entry := r.descendant
		if undivided || n > 3 {
			entry = r.any
		}
		if entry >= 0 {
			d.Entry = int(entry)
			d.Excluded = l.entries[entry].exclude
			d.Covered = !d.Excluded
			break
		}
	}
	return d
}

// meet notes the entries that a code cut to p cannot be decided by: those that
// start with p and are longer, and p itself where it stands for the undivided
// category alone.
func (l *List) meet(d *Decision, p Prefix) {
	for i := l.from(p.key); i < len(l.rules) && l.rules[i].key < p.end(); i++ {
		r := &l.rules[i]
		if r.key == p.key {
			d.Undecided = d.Undecided || r.exact
			d.Open = d.Open || r.exactly
			continue
		}
		d.Undecided = true
		d.Open = d.Open || r.includes
	}
}
