package cohort

import (
	"slices"
	"sync/atomic"
)

// mostLeast is the greatest Profile.Least: so many people of a group are remembered.
const mostLeast = 100

// few is a set of people, by number, that stops growing at a given size.
type few []uint32

// add adds a person unless the set has enough people already. It ignores nobody.
func (f *few) add(person uint32, enough int) {
	if len(*f) < enough && person != nobody && !slices.Contains(*f, person) {
		*f = append(*f, person)
	}
}

// addAll adds the people of another set.
func (f *few) addAll(people few, enough int) {
	for _, person := range people {
		f.add(person, enough)
	}
}

// groups counts the appointments of each group and remembers some of their people. plan.groupsOf
// numbers the groups. It forgets the people of appointments that Once may still undo: seen has them.
type groups struct {
	counts []int64
	people []few
	isFull []atomic.Bool // set once a group has enough people; workers read it
}

func newGroups(n int) groups {
	return groups{counts: make([]int64, n), people: make([]few, n), isFull: make([]atomic.Bool, n)}
}

// remember adds a person to a group.
func (g *groups) remember(group int, person uint32) {
	g.people[group].add(person, mostLeast)
	if len(g.people[group]) == mostLeast {
		g.isFull[group].Store(true)
	}
}

// Numbers of groups.
const (
	groupWhole = 0                     // all appointments taken in, by the systems they are coded in
	groupBlank = groupWhole + anyCoded // those in which no list found anything
	groupLeft  = groupBlank + anyCoded // those left out, by reason
	groupFirst = groupLeft + reasons   // the first category
)

// groupOf returns the group of a category and the systems in which appointments are coded.
func (p *plan) groupOf(d Dimension, category int, coded codedIn) int {
	return p.first[d] + category*anyCoded + int(coded)
}

// groupsOf returns the groups that an appointment belongs to.
func (p *plan) groupsOf(r row) (all [2 + dimensions]int, n int) {
	if why := r.left(); why != taken {
		all[0] = groupLeft + int(why)
		return all, 1
	}
	all[0], n = groupWhole+int(r.coded()), 1
	if r&rowFound == 0 {
		all[1], n = groupBlank+int(r.coded()), 2
	}
	if p.totals {
		for d := range Dimension(dimensions) {
			all[n] = p.groupOf(d, r.category(d), r.coded())
			n++
		}
	}
	return all, n
}

// count adds an appointment to its groups n times: once, or -1 times to undo it.
func (c *Cohort) count(r row, n int64) {
	all, many := c.plan.groupsOf(r)
	for _, group := range all[:many] {
		c.in().groups.counts[group] += n
	}
}

// isNamed reports whether the cohort needs the person of an appointment in which no list found
// anything: a group has too few people yet, or Once must remember them. Workers call it.
func (c *Cohort) isNamed(r row) bool {
	if !c.plan.totals {
		return false
	}
	if c.plan.key != "" && r.left() == taken {
		return true
	}
	all, n := c.plan.groupsOf(r)
	for _, group := range all[:n] {
		if !c.in().groups.isFull[group].Load() {
			return true
		}
	}
	return false
}

// remember adds the person of an appointment to its groups. It looks the person up only if a group
// has too few people yet.
func (c *Cohort) remember(r row, name []byte) {
	if !c.plan.totals || len(name) == 0 {
		return
	}
	person := uint32(nobody)
	all, n := c.plan.groupsOf(r)
	for _, group := range all[:n] {
		if c.in().groups.isFull[group].Load() {
			continue
		}
		if person == nobody {
			person = c.in().people.number(name)
		}
		c.in().groups.remember(group, person)
	}
}

// coded returns the counts of four groups, by the systems in which appointments are coded.
func (c *Cohort) coded(first int) (all [anyCoded]int64) {
	copy(all[:], c.in().groups.counts[first:])
	return all
}

// left returns how many appointments were left out for a reason.
func (c *Cohort) left(why left) int64 { return c.in().groups.counts[groupLeft+int(why)] }
