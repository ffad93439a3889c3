package cohort_test

import (
	"slices"

	"hesopmatch/match/cohort/internal/simplex"
)

// A reader knows, of codes and relations alone, in which lists a person can be together.
// The audit tries: of the codes that the lists tell apart a person has each not at all, on
// a day, or without a date.

// state is what a person has of the codes that the lists tell apart.
type state uint8

const (
	never state = iota
	someday
	earlier // the first of so many days
)

// auditGroups are all sets of lists that a person can be in, and those that it can be in
// within a category; nil if they are more than the audit has time for, or if a person needs
// several appointments.
type auditGroups struct {
	whole, within []uint
}

func groupsOf(c *auditCase) *auditGroups {
	var classes []uint // sets of lists that have the same codes
	for bit := range auditEntriesAtoms {
		class := uint(0)
		for i, l := range c.lists {
			if l.found()>>bit&1 == 1 {
				class |= 1 << i
			}
		}
		if class != 0 && !slices.Contains(classes, class) {
			classes = append(classes, class)
		}
	}
	days := 1
	for _, r := range c.related {
		if r.before {
			days++
		}
	}
	if c.least > 1 || len(classes) > 6 {
		return nil
	}
	g := &auditGroups{}
	states := make([]state, len(classes))
	for {
		g.add(c, classes, states)
		at := 0
		for ; at < len(states); at++ {
			if states[at]++; states[at] < earlier+state(days) {
				break
			}
			states[at] = never
		}
		if at == len(states) {
			return g
		}
	}
}

const auditEntriesAtoms = 12

// add adds what a person is in.
func (g *auditGroups) add(c *auditCase, classes []uint, states []state) {
	const nowhen = ^state(0)
	ever, dated := uint(0), uint(0)
	first := slices.Repeat([]state{nowhen}, len(c.lists))
	for i, s := range states {
		if s == someday && c.from {
			return // without a date it is not taken in
		}
		if s >= someday {
			ever |= classes[i]
		}
		if s >= earlier {
			dated |= classes[i]
			for _, l := range listsIn(classes[i]) {
				first[l] = min(first[l], s)
			}
		}
	}
	kept := dated
	for _, r := range c.related {
		has := ever>>r.other&1 == 1
		if r.before {
			has = first[r.other] < first[r.list]
		}
		if has == r.exclude {
			kept &^= 1 << r.list
		}
	}
	note := func(all *[]uint, group uint) {
		if group != 0 && !slices.Contains(*all, group) {
			*all = append(*all, group)
		}
	}
	note(&g.whole, kept)
	for some := range uint(1) << len(classes) {
		in := uint(0)
		for i, s := range states {
			if some>>i&1 == 1 && s >= earlier {
				in |= classes[i]
			}
		}
		note(&g.within, kept&in)
	}
}

// addGroups says that people are of groups, and none of others.
func (a *auditReader) addGroups(of [][]int) {
	for cell, at := range of {
		all := a.groups.whole
		if cell > 0 {
			all = a.groups.within
		}
		for list := range a.lists {
			terms := []simplex.Term{minus(a.people[list][cell])}
			for i, g := range all {
				if g>>list&1 == 1 {
					terms = append(terms, plus(at[i]))
				}
			}
			a.p.Sum(0, 0, terms...)
		}
	}
}

// groupVariables makes a variable of each group in each cell.
func (a *auditReader) groupVariables() (of [][]int) {
	for cell := range a.cells {
		all := a.groups.whole
		if cell > 0 {
			all = a.groups.within
		}
		var at []int
		for _, g := range all {
			n := int64(0)
			if counts := a.auditTruth.groups[g]; counts != nil {
				n = counts[cell]
			}
			at = append(at, a.p.Variable(0, simplex.Inf, float64(n)))
		}
		of = append(of, at)
	}
	return of
}

// isEmpty reports whether nobody can be in a list.
func (g *auditGroups) isEmpty(list int) bool {
	return !slices.ContainsFunc(g.whole, func(group uint) bool { return group>>list&1 == 1 })
}

// always reports whether whoever is in one list is in another one, in all of some groups.
func always(groups []uint, inner, outer int) bool {
	return !slices.ContainsFunc(groups, func(group uint) bool { return group>>inner&1 == 1 && group>>outer&1 == 0 })
}

// isPart reports whether all that are of one list are of another one, as a reader knows, in all
// and in each category.
func (a *auditReader) isPart(inner, outer int) (whole, cells bool) {
	if a.groups != nil {
		return always(a.groups.whole, inner, outer), always(a.groups.within, inner, outer)
	}
	one, other := a.lists[inner].found(), a.lists[outer].found()
	part := one.within(other) && !a.isRelated(outer) && (!a.isRelated(inner) || one != other)
	return part, part
}
