package codelist

import (
	"slices"
)

// Difference is what tells a list from another: Compare makes it.
type Difference struct {
	Removed []Entry  // of the first list whose prefix the second does not have
	Added   []Entry  // of the second list whose prefix the first does not have
	Changed []Change // of prefixes that both have, with another coverage or sign

	// What it comes to: the codes that one of the lists covers and the other
	// does not, in order.
	OnlyFirst, OnlySecond []Codes
}

// Change is what two lists say of one prefix. A list can have several entries of
// it, such as an inclusion and an exclusion.
type Change struct {
	First, Second []Entry
}

// Same reports whether the lists cover the same codes, however they say it: then
// they have one fingerprint.
func (d Difference) Same() bool { return len(d.OnlyFirst) == 0 && len(d.OnlySecond) == 0 }

// Codes is a set of codes: all that start with a prefix, or the code of the prefix
// alone.
type Codes struct {
	Prefix Prefix
	Alone  bool // without those of five characters below a code of four
}

// String returns the codes as a codelist names them (E11%, E119, E11X), with "alone"
// behind the one that no longer codes belong to.
func (c Codes) String() string {
	switch {
	case c.Alone:
		return c.Prefix.String() + " alone"
	case c.Prefix.Len() <= 3:
		return c.Prefix.String() + "%"
	default:
		return c.Prefix.String()
	}
}

// Compare tells what two lists have in common not: entry by entry, and, which is
// what matters, code by code. Names, terms, spelling, order and duplicates do not
// count. It takes some milliseconds for long lists.
func Compare(first, second *List) Difference {
	var d Difference
	d.compareEntries(first, second)
	for _, sys := range systems {
		for category := range Categories {
			a, b := first.coveredIn(sys, category), second.coveredIn(sys, category)
			if a == b {
				continue
			}
			d.OnlyFirst = appendCodes(d.OnlyFirst, sys, category, a.without(b))
			d.OnlySecond = appendCodes(d.OnlySecond, sys, category, b.without(a))
		}
	}
	return d
}

// compareEntries compares the entries prefix by prefix, in their order.
func (d *Difference) compareEntries(first, second *List) {
	a, b := first.byPrefix(), second.byPrefix()
	for len(a) > 0 || len(b) > 0 {
		var inA, inB []int32
		switch {
		case len(b) == 0 || len(a) > 0 && first.prefix(a[0]).Compare(second.prefix(b[0])) < 0:
			inA, a = first.cutPrefix(a)
		case len(a) == 0 || second.prefix(b[0]).Compare(first.prefix(a[0])) < 0:
			inB, b = second.cutPrefix(b)
		default:
			inA, a = first.cutPrefix(a)
			inB, b = second.cutPrefix(b)
		}
		switch {
		case len(inB) == 0:
			d.Removed = append(d.Removed, first.entriesAt(inA)...)
		case len(inA) == 0:
			d.Added = append(d.Added, second.entriesAt(inB)...)
		case !slices.EqualFunc(inA, inB, func(i, j int32) bool { return first.entries[i].meaning == second.entries[j].meaning }):
			d.Changed = append(d.Changed, Change{first.entriesAt(inA), second.entriesAt(inB)})
		}
	}
}

func (l *List) prefix(i int32) Prefix { return l.entries[i].prefix }

// byPrefix is the order of the entries by what they say.
func (l *List) byPrefix() []int32 {
	order := make([]int32, len(l.entries))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int { return l.entries[i].compare(&l.entries[j].meaning) })
	return order
}

// cutPrefix cuts off the entries of the first prefix.
func (l *List) cutPrefix(order []int32) (own, rest []int32) {
	n := 1
	for n < len(order) && l.prefix(order[n]) == l.prefix(order[0]) {
		n++
	}
	return order[:n], order[n:]
}

func (l *List) entriesAt(order []int32) []Entry {
	entries := make([]Entry, len(order))
	for i, n := range order {
		entries[i] = l.Entry(int(n))
	}
	return entries
}

// appendCodes appends the codes of a category in as few sets as may be.
func appendCodes(dst []Codes, sys System, category int, bits familyBits) []Codes {
	whole := newCode(sys, category, 0, 0)
	fifths := uint8(1)
	if sys == ICD10 {
		fifths = 11
	}
	all := func(fourth uint8) bool {
		for fifth := range fifths {
			if !bits.has(fourth, fifth) {
				return false
			}
		}
		return true
	}
	everything := true
	for fourth := range uint8(11) {
		everything = everything && all(fourth)
	}
	if everything {
		return append(dst, Codes{Prefix: whole.prefix(3)})
	}
	for n := range uint8(11) {
		fourth := (n + 1) % 11 // the undivided category behind the digits, as prefixes are ordered
		if all(fourth) {
			dst = append(dst, Codes{Prefix: newCode(sys, category, fourth, 0).prefix(4)})
			continue
		}
		for fifth := range fifths {
			code := newCode(sys, category, fourth, fifth)
			switch {
			case !bits.has(fourth, fifth):
			case fifth > 0:
				dst = append(dst, Codes{Prefix: code.prefix(5)})
			default:
				dst = append(dst, Codes{Prefix: code.prefix(4), Alone: true})
			}
		}
	}
	return dst
}
