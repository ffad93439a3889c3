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

// person is somebody with all appointments in which something was found, dated or not. It is good until the next one.
type person struct {
	number  uint32
	events  []*event
	members []Member // of the lists that the person is kept in, ascending
	kept    []bool   // by list: the person is kept in it
	few     []int    // lists that the person is not kept in for having too few appointments
	related []int    // ... for having, or not having, another list

	days [][]hesop.Date // by list, for fill, which leaves them empty
	held []holding      // likewise
}

// persons yields the people, in the order of their identifiers if that is asked for. The first one is nobody, who has
// the events without a person and is no member.
func (c *Cohort) persons(inOrder bool) iter.Seq[*person] {
	return func(yield func(*person) bool) {
		in, lists := c.in(), c.plan.m.Len()
		names := in.people.all
		numbers, last := make([]uint32, len(names)), make([]uint32, len(names)) // of events, from 1; 0 for none
		before := make([]uint32, len(in.events))                                // of the same person, likewise
		for i := range in.events {
			of := &last[in.events[i].person]
			before[i], *of = *of, uint32(i+1)
		}
		for i := range numbers {
			numbers[i] = uint32(i)
		}
		if inOrder {
			slices.SortFunc(numbers, func(a, b uint32) int { return strings.Compare(names[a], names[b]) })
		}
		g := &person{kept: make([]bool, lists), days: make([][]hesop.Date, lists), held: make([]holding, lists)}
		for _, g.number = range numbers {
			clear(g.kept)
			g.events, g.members, g.few, g.related = g.events[:0], g.members[:0], g.few[:0], g.related[:0]
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
	var lists, undated []int
	days, held := g.days, g.held
	for _, e := range g.events {
		for f, first := range findings(c.in().findings.all[e.findings]) {
			list := f.list()
			if f.open() || !first {
				continue
			}
			held[list].any = true
			if e.day == (hesop.Date{}) {
				undated = append(undated, list)
				continue
			}
			if len(days[list]) == 0 {
				lists = append(lists, list)
			}
			days[list] = append(days[list], e.day)
		}
	}
	slices.Sort(lists)
	for _, list := range lists {
		slices.SortFunc(days[list], hesop.Date.Compare)
		held[list].first = days[list][0]
	}
	for _, list := range lists {
		switch all := days[list]; {
		case len(all) < c.plan.least:
			g.few = append(g.few, list)
		case !c.plan.keeps(list, held):
			g.related = append(g.related, list)
		default:
			m := Member{c.in().people.all[g.number], list, all[0], all[len(all)-1], len(all), 0}
			m.Dates = len(slices.Compact(all))
			g.members, g.kept[list] = append(g.members, m), true
		}
	}
	for _, list := range append(lists, undated...) {
		days[list], held[list] = days[list][:0], holding{}
	}
}

// keeps reports whether all that is asked of other lists holds for a person.
func (p *plan) keeps(list int, held []holding) bool {
	for _, r := range p.related {
		if r.list == list && !r.holds(held) {
			return false
		}
	}
	return true
}
