package cohort

import "slices"

// Bounds of what is looked at together: kinds or companies of which there is none, and numbers of
// a table, with those of all appointments. Of what is beyond the latter, nothing is told in that table.
const (
	mostTried   = 40
	leastTried  = 8
	mostNumbers = 2500
)

// fit is how many kinds or companies of so many lists there may be to fit in the largest table,
// within bounds, and where so many do.
func (b *builder) fit(lists int) (most int, fits func(n int) [dimensions]bool) {
	large := 1
	for d := range b.totals.Categories {
		large = max(large, len(b.totals.Categories[d]))
	}
	others := lists + 1 + len(systems)
	fits = func(n int) (fits [dimensions]bool) {
		for d := range fits {
			fits[d] = (n+others)*len(b.totals.Categories[d]) <= mostNumbers
		}
		return fits
	}
	return min(mostTried, max(leastTried, mostNumbers/large-others)), fits
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
		say("%s: the %s are not given: too many lists have to do with each other to say what the numbers tell.", name, what)
	default:
		for d := range Dimension(dimensions) {
			if by[list].in[d] && len(b.totals.Categories[d]) > 0 {
				say("%s: the %s by %v are not given: too many lists have to do with each other to say what the numbers tell.", name, what, d)
			}
		}
	}
}
