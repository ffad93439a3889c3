package codelist

import (
	"slices"

	"hesopmatch/codelist/coding"
)

// Difference is how two lists differ. Compare returns it.
type Difference struct {
	Removed []Entry  // entries of the first list whose prefix the second does not have
	Added   []Entry  // entries of the second list whose prefix the first does not have
	Changed []Change // prefixes that both lists have, with different coverage or sign

	// OnlyFirst and OnlySecond are the codes that only one list covers, in order.
	OnlyFirst, OnlySecond []coding.Group
}

// Change holds the entries of two lists for a prefix that both have, but with different coverage or sign. A list can
// have several entries with one prefix, such as an inclusion and an exclusion.
type Change struct {
	First, Second []Entry
}

// Same reports whether the lists cover the same codes, however they are written. Their fingerprints are then equal.
func (d Difference) Same() bool { return len(d.OnlyFirst) == 0 && len(d.OnlySecond) == 0 }

// Compare reports how two lists differ, by entry and by code. It ignores names, terms, spelling, order and duplicates.
// It takes a few milliseconds for long lists.
func Compare(first, second *List) Difference {
	var d Difference
	d.compareEntries(first, second)
	for _, sys := range coding.Systems() {
		a, b := first.Codes(sys), second.Codes(sys)
		d.OnlyFirst = slices.AppendSeq(d.OnlyFirst, a.Minus(b).Groups())
		d.OnlySecond = slices.AppendSeq(d.OnlySecond, b.Minus(a).Groups())
	}
	return d
}

// compareEntries compares the entries of both lists, prefix by prefix.
func (d *Difference) compareEntries(first, second *List) {
	a, b := first.byPrefix(), second.byPrefix()
	sameMeaning := func(i, j int32) bool { return first.entries[i].meaning == second.entries[j].meaning }
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
		case !slices.EqualFunc(inA, inB, sameMeaning):
			d.Changed = append(d.Changed, Change{first.entriesAt(inA), second.entriesAt(inB)})
		}
	}
}

func (l *List) prefix(i int32) coding.Prefix { return l.entries[i].prefix }

// byPrefix returns the indexes of the entries, sorted by meaning.
func (l *List) byPrefix() []int32 {
	order := make([]int32, len(l.entries))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int { return l.entries[i].compare(&l.entries[j].meaning) })
	return order
}

// cutPrefix splits the indexes of sorted entries. The result own holds those with the same prefix as the first entry,
// and rest holds the others.
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
