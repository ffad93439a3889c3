package cohort

import "slices"

// Bounds of what is looked at together: parts that nothing is of, and numbers of a table, with
// those of its lists and of all appointments.
const (
	mostThere   = 200 // parts that something is of
	mostParted  = 40
	leastParted = 8
	mostNumbers = 2500
)

// room is how many parts of kin the largest table has room for.
func (b *builder) room(k *kin) int {
	large := 1
	for d := range b.totals.Categories {
		large = max(large, len(b.totals.Categories[d]))
	}
	return mostNumbers/large - b.columnsOf(k)
}

// bounded is a number of parts to be tried.
func bounded(parts int) int { return min(mostParted, max(leastParted, parts)) }

// columnsOf is how many columns there are of kin beside parts: matches, people, and all appointments.
func (b *builder) columnsOf(k *kin) int { return 2*len(k.lists) + 1 + len(systems) }

// fit says which tables so many parts of kin fit in.
func (b *builder) fit(k *kin, parts int) (fits [dimensions]bool) {
	for d := range fits {
		fits[d] = (parts+b.columnsOf(k))*len(b.totals.Categories[d]) <= mostNumbers
	}
	return fits
}

// withheld says where the numbers of a list are not given.
type withheld struct {
	all bool
	in  [dimensions]bool
}

func not(fits [dimensions]bool) (in [dimensions]bool) {
	for d := range in {
		in[d] = !fits[d]
	}
	return in
}

// or is where they are not given for one reason or another.
func (w withheld) or(o withheld) withheld {
	w.all = w.all || o.all
	for d := range w.in {
		w.in[d] = w.in[d] || o.in[d]
	}
	return w
}

// anywhere reports whether some are not given.
func (w withheld) anywhere() bool { return w.all || slices.Contains(w.in[:], true) }

// withhold takes what is not given out of a column.
func (b *builder) withhold(column int, w withheld) {
	col := &b.problem.Columns[column]
	col.Hidden, col.HiddenIn = col.Hidden || w.all, slices.Clone(w.in[:])
	if w.anywhere() {
		b.notGiven[column] = w
	}
}

// sayWithheld says what is not given of a list.
func (b *builder) sayWithheld(list int, what string, by []withheld, say func(format string, args ...any)) {
	name := b.cohort.plan.m.List(list).Name()
	switch {
	case by == nil:
	case by[list].all:
		say("%s: the %s are not given: of lists that have to do with each other, these are too many numbers to look at together.", name, what)
	default:
		for d := range Dimension(dimensions) {
			if by[list].in[d] && len(b.totals.Categories[d]) > 0 {
				say("%s: the %s by %v are not given: of lists that have to do with each other, these are too many numbers to look at together.", name, what, d)
			}
		}
	}
}
