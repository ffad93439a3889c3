package cohort

import (
	"iter"
	"slices"
	"strings"

	"hesopmatch/hesop"
)

// Member is a person in a list, with a summary of the person's dated appointments that match the list.
type Member struct {
	Person       string // the identifier as in the data, without surrounding space
	List         int    // number of the list in the Matcher
	First, Last  hesop.Date
	Appointments int
	Dates        int // the number of different days
}

// Members yields the people of each list, ordered by the bytes of the identifier and then by list. Appointments without
// a readable date or a person make nobody a member; Account counts them. The iteration takes memory for the
// appointments of one person, and in addition 8 bytes for each person and 4 bytes for each stored appointment. Members
// panics if a Scan failed: see Err.
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

// person holds all stored appointments of one person, dated or not. It is valid until the next person is yielded.
type person struct {
	number  uint32
	events  []*event
	held    []holding // by list
	lists   []int     // the lists that some appointment matches, ascending
	members []Member  // one for each list that the person is kept in, ascending
	few     []int     // lists from which AtLeast removed the person
	related []int     // lists from which With, Without and their variants removed the person
}

// holding records how one list applies to a person.
type holding struct {
	any, kept bool         // any: some appointment matches, dated or not; kept: the person is kept in the list
	days      []hesop.Date // the days of the matching appointments, ascending
}

// persons yields the people, ordered by identifier if inOrder is true. The first value that it yields stands for no
// person: it holds the events without a person, and is never a member.
func (c *Cohort) persons(inOrder bool) iter.Seq[*person] {
	return func(yield func(*person) bool) {
		in, names := c.in(), c.in().people.all
		// By person, "last" is the number of the person's last event. By event, "before" is the number of the same
		// person's previous event. Events are numbered from 1 here; 0 means that there is no such event.
		numbers, last := make([]uint32, len(names)), make([]uint32, len(names))
		before := make([]uint32, len(in.events))
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

// fill computes which lists the person matches, and in which of these lists the person is a member.
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
