package cohort

import "fmt"

// relation says that a person is kept in a list only with, or without, another list.
type relation struct {
	name            string // of its option
	list, other     int
	exclude, before bool // before: only what is before the first appointment of list counts
}

// With keeps a person in a list only with an appointment of the other list, at any time, with a date or without.
//
// With, Without, WithBefore and WithoutBefore look at all appointments taken in, whatever AtLeast or another of them
// asks of the other list. All that are given must hold.
func With(list, other int) Option { return relate("With", list, other, false, false) }

// Without keeps a person in a list only without any appointment of the other list, with a date or without.
func Without(list, other int) Option { return relate("Without", list, other, true, false) }

// WithBefore keeps a person in a list only with an appointment of the other list on an earlier day than the first one
// of the list. One without a date is on no day.
func WithBefore(list, other int) Option { return relate("WithBefore", list, other, false, true) }

// WithoutBefore keeps a person in a list only without an appointment of the other list on an earlier day than the
// first one of the list. One without a date is on no day: Without excludes it too.
func WithoutBefore(list, other int) Option { return relate("WithoutBefore", list, other, true, true) }

func relate(name string, list, other int, exclude, before bool) Option {
	return func(p *plan) { p.related = append(p.related, relation{name, list, other, exclude, before}) }
}

// check returns an error if there are no such lists.
func (r relation) check(lists int) error {
	switch {
	case min(r.list, r.other) < 0 || max(r.list, r.other) >= lists:
		return fmt.Errorf("lists %d and %d: there are %d, numbered from 0", r.list, r.other, lists)
	case r.list == r.other:
		return fmt.Errorf("list %d cannot be required or excluded by itself", r.list)
	}
	return nil
}

// holds reports whether a person is kept, by what there is of each list.
func (r relation) holds(held []holding) bool {
	other := &held[r.other]
	has := other.any
	if r.before {
		has = len(other.days) > 0 && other.days[0].Compare(held[r.list].days[0]) < 0
	}
	return has != r.exclude
}

// describe says what a relation asks.
func (r relation) describe(p *plan) string {
	with, when := "with", ""
	if r.exclude {
		with = "without"
	}
	if r.before {
		when = " on an earlier day"
	}
	return fmt.Sprintf("%s: the people are those %s an appointment of %s%s; its appointments are all that match.",
		p.m.List(r.list).Name(), with, p.m.List(r.other).Name(), when)
}
