package cohort

import "fmt"

// relation requires that a person in a list also matches another list, or does not match it.
type relation struct {
	name            string // the name of its option
	list, other     int
	exclude, before bool // before: only days before the person's first day in the first list count
}

// With keeps a person in a list only if the person also has an appointment that matches the other list, at any time,
// with or without a date.
//
// The options With, Without, WithBefore and WithoutBefore look at all appointments that the Cohort keeps. One
// appointment of the other list is enough: neither AtLeast nor any of these options narrows the other list. If several
// of these options are given, all must hold.
func With(list, other int) Option { return relate("With", list, other, false, false) }

// Without keeps a person in a list only if the person has no appointment that matches the other list, with or without a
// date.
func Without(list, other int) Option { return relate("Without", list, other, true, false) }

// WithBefore keeps a person in a list only if an appointment of the person matches the other list before the person's
// first day in the list. An appointment without a date does not count.
func WithBefore(list, other int) Option { return relate("WithBefore", list, other, false, true) }

// WithoutBefore keeps a person in a list only if no appointment of the person matches the other list before the
// person's first day in the list. An appointment without a date does not count here, although it counts for the option
// Without.
func WithoutBefore(list, other int) Option { return relate("WithoutBefore", list, other, true, true) }

func relate(name string, list, other int, exclude, before bool) Option {
	return func(p *plan) { p.related = append(p.related, relation{name, list, other, exclude, before}) }
}

// check returns an error unless the relation is between two existing lists.
func (r relation) check(lists int) error {
	switch {
	case min(r.list, r.other) < 0 || max(r.list, r.other) >= lists:
		return fmt.Errorf("lists %d and %d: there are %d, numbered from 0", r.list, r.other, lists)
	case r.list == r.other:
		return fmt.Errorf("list %d cannot be required or excluded by itself", r.list)
	}
	return nil
}

// holds reports whether the relation keeps a person with these appointments.
func (r relation) holds(held []holding) bool {
	other := &held[r.other]
	has := other.any
	if r.before {
		has = len(other.days) > 0 && other.days[0].Compare(held[r.list].days[0]) < 0
	}
	return has != r.exclude
}

// describe returns a note about the relation.
func (r relation) describe(p *plan) string {
	with, when := "with", ""
	if r.exclude {
		with = "without"
	}
	if r.before {
		when = " on an earlier day"
	}
	return fmt.Sprintf("%s: people are counted only %s an appointment of %s%s; appointments are counted for everybody.",
		p.m.List(r.list).Name(), with, p.m.List(r.other).Name(), when)
}
