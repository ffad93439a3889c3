package cohort

import (
	"iter"
	"slices"
	"strings"

	"hesopmatch/hesop"
)

// Member is a person in a list: what the appointments that match it come to.
type Member struct {
	Person       string // the identifier as it stands in the data, without padding
	List         int    // number of the list in the Matcher
	First, Last  hesop.Date
	Appointments int
	Dates        int // different days of them
}

// Members yields the people of each list, ordered by the bytes of the identifier and then by list. Appointments
// without a date or a person are not part of it: Account counts them. It takes memory for the appointments of one
// person, 8 bytes for each person and 4 for each appointment kept. It panics if a Scan failed: see Err.
func (c *Cohort) Members() iter.Seq[Member] {
	c.mustBeWhole()
	return func(yield func(Member) bool) {
		for g := range c.persons(true) {
			for _, m := range g.members {
				if !yield(m) {
					return
				}
			}
		}
	}
}

// person is somebody with all appointments in which something was found, dated or not. It is
// good until the next one.
type person struct {
	number  uint32
	events  []*event
	held    []holding // by list
	lists   []int     // those of which anything is held, ascending
	members []Member  // of the lists that the person is kept in, ascending
	few     []int     // lists that the person is not kept in for having too few appointments
	related []int     // ... for having, or not having, another list
}

// holding is what a person has of a list.
type holding struct {
	any, kept bool         // any appointment, dated or not; the person is kept in the list
	days      []hesop.Date // of appointments, ascending
}

// persons yields the people, in the order of their identifiers if that is asked for. The first one is nobody, who has
// the events without a person and is no member.
func (c *Cohort) persons(inOrder bool) iter.Seq[*person] {
	return func(yield func(*person) bool) {
		in, names := c.in(), c.in().people.all
		numbers, last := make([]uint32, len(names)), make([]uint32, len(names)) // of events, from 1; 0 for none
		before := make([]uint32, len(in.events))                                // of the same person, likewise
		for i := range in.events {
			of := &last[in.events[i].Person]
			before[i], *of = *of, uint32(i+1)
		}
		for i := range numbers {
			numbers[i] = uint32(i)
		}
		if inOrder {
			slices.SortFunc(numbers, func(a, b uint32) int { return strings.Compare(names[a], names[b]) })
		}
		g := &person{held: make([]holding, c.plan.m.Len())}
		for _, g.number = range numbers {
			for _, list := range g.lists {
				g.held[list] = holding{days: g.held[list].days[:0]}
			}
			g.events, g.lists, g.members = g.events[:0], g.lists[:0], g.members[:0]
			g.few, g.related = g.few[:0], g.related[:0]
			for i := last[g.number]; i > 0; i = before[i-1] {
				g.events = append(g.events, &in.events[i-1])
			}
			if g.number != nobody {
				c.fill(g)
			}
			if !yield(g) {
				return
			}
		}
	}
}

// fill makes the members of a person.
func (c *Cohort) fill(g *person) {
	for _, e := range g.events {
		for f, first := range findings(c.in().findings.all[e.Findings]) {
			h := &g.held[f.list()]
			if f.open() || !first {
				continue
			}
			if !h.any {
				h.any, g.lists = true, append(g.lists, f.list())
			}
			if e.Day != (hesop.Date{}) {
				h.days = append(h.days, e.Day)
			}
		}
	}
	slices.Sort(g.lists)
	for _, list := range g.lists {
		slices.SortFunc(g.held[list].days, hesop.Date.Compare)
	}
	for _, list := range g.lists {
		switch days := g.held[list].days; {
		case len(days) == 0:
		case len(days) < c.plan.least:
			g.few = append(g.few, list)
		case slices.ContainsFunc(c.plan.related, func(r relation) bool { return r.list == list && !r.holds(g.held) }):
			g.related = append(g.related, list)
		default:
			m := Member{c.in().people.all[g.number], list, days[0], days[len(days)-1], len(days), 0}
			m.Dates = len(slices.Compact(days))
			g.members, g.held[list].kept = append(g.members, m), true
		}
	}
}
