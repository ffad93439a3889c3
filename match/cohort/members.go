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

// Members yields the people of each list, ordered by the bytes of the identifier and then by
// list. Appointments without a date or a person are not part of it: Account counts them.
// It takes memory for the dates of one person, and eight bytes for each person and for each
// appointment that matches, once. It panics if a Scan failed: see Err.
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
	events  []uint32
	members []Member // of the lists that the person is kept in, ascending
	few     []int    // lists that the person is not kept in for having too few appointments
	related []int    // ... for having, or not having, another list
}

// persons yields the people, in the order of their identifiers if that is asked for.
func (c *Cohort) persons(inOrder bool) iter.Seq[*person] {
	return func(yield func(*person) bool) {
		ends, order := c.byPerson()
		names := make([]uint32, len(c.in().people.names))
		for i := range names {
			names[i] = uint32(i)
		}
		if inOrder {
			slices.SortFunc(names, func(a, b uint32) int {
				return strings.Compare(c.in().people.names[a], c.in().people.names[b])
			})
		}
		days := make([][]hesop.Date, c.plan.m.Len())
		held := make([]holding, c.plan.m.Len())
		g := new(person)
		for _, number := range names {
			start := uint32(0)
			if number > 0 {
				start = ends[number-1]
			}
			g.events = order[start:ends[number]]
			c.fill(g, c.in().people.names[number], days, held)
			if !yield(g) {
				return
			}
		}
	}
}

// byPerson sorts the events by person: those of person i end at ends[i] of order.
func (c *Cohort) byPerson() (ends, order []uint32) {
	ends = make([]uint32, len(c.in().people.names)+1)
	for i := range c.in().events {
		if e := &c.in().events[i]; e.person != nobody {
			ends[e.person+1]++
		}
	}
	for i := 1; i < len(ends); i++ {
		ends[i] += ends[i-1]
	}
	order = make([]uint32, ends[len(ends)-1])
	for i := range c.in().events { // ends[i] is where those of person i start, and comes to be where they end
		if e := &c.in().events[i]; e.person != nobody {
			order[ends[e.person]] = uint32(i)
			ends[e.person]++
		}
	}
	return ends[:len(ends)-1], order
}

// fill makes the members of a person. days and held have room for each list, and are empty
// before and after.
func (c *Cohort) fill(g *person, name string, days [][]hesop.Date, held []holding) {
	g.members, g.few, g.related = g.members[:0], g.few[:0], g.related[:0]
	var lists, undated []int
	for _, i := range g.events {
		e := &c.in().events[i]
		for list := range listsOf(c.in().findings.sets[e.findings]) {
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
			m := Member{Person: name, List: list, First: all[0], Last: all[len(all)-1], Appointments: len(all)}
			m.Dates = len(slices.Compact(all))
			g.members = append(g.members, m)
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
