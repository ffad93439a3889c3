package cohort

import "hesopmatch/hesop"

// relation says that a person is kept in a list only with, or without, another list.
type relation struct {
	list, other int
	exclude     bool
	before      bool // only what is before the first appointment of list counts
}

// With keeps a person in a list only with an appointment of the other list, at any time,
// with a date or without.
//
// With, Without, WithBefore and WithoutBefore look at all appointments that were taken in,
// whatever AtLeast or another of them says of the other list. All that are given must hold.
func With(list, other int) Option { return relate(relation{list: list, other: other}) }

// Without keeps a person in a list only without any appointment of the other list, with a
// date or without.
func Without(list, other int) Option {
	return relate(relation{list: list, other: other, exclude: true})
}

// WithBefore keeps a person in a list only with an appointment of the other list on an
// earlier day than the first one of the list. One without a date is on no day.
func WithBefore(list, other int) Option {
	return relate(relation{list: list, other: other, before: true})
}

// WithoutBefore keeps a person in a list only without an appointment of the other list on
// an earlier day than the first one of the list. One without a date is on no day: ask for
// Without where it must not be there at all.
func WithoutBefore(list, other int) Option {
	return relate(relation{list: list, other: other, exclude: true, before: true})
}

func relate(r relation) Option { return func(p *plan) { p.related = append(p.related, r) } }

// holding is what a person has of a list: anything, and the first day of it, zero if there
// is none.
type holding struct {
	any   bool
	first hesop.Date
}

// holds reports whether a person is kept, by what there is of each list.
func (r relation) holds(held []holding) bool {
	other := held[r.other]
	has := other.any
	if r.before {
		has = other.first != hesop.Date{} && other.first.Compare(held[r.list].first) < 0
	}
	return has != r.exclude
}
