package cohort

import (
	"iter"
	"slices"
)

// mostLeast is the greatest Profile.Least: so many people of a group are remembered.
const mostLeast = 100

// count is a number of appointments and some of their people, by number and each once.
type count struct {
	n      int64
	people []uint32
}

// add adds appointments, and their people until there are enough. It ignores nobody.
func (c *count) add(n int64, enough int, people ...uint32) {
	c.n += n
	for _, person := range people {
		if len(c.people) < enough && person != nobody && !slices.Contains(c.people, person) {
			c.people = append(c.people, person)
		}
	}
}

// join adds what another one has.
func (c *count) join(other *count, enough int) { c.add(other.n, enough, other.people...) }

// Appointments are counted by slot and by the systems they are coded in: see groupOf. A slot is a category,
// numbered through all dimensions, or slotAll. Behind them are the groups of those left out, by reason.
const slotAll = 0

// groupOf numbers the appointments of a slot that are coded in some systems.
func groupOf(slot int, coded codedIn) int { return slot*anyCoded + int(coded) }

// groupLeft numbers those left out for a reason.
func (p *plan) groupLeft(why left) int { return p.slots*anyCoded + int(why) }

// slotsOf yields the slots of an appointment.
func (p *plan) slotsOf(r row) iter.Seq[int] {
	return func(yield func(int) bool) {
		again := yield(slotAll) && p.totals
		for d := Dimension(0); again && d < dimensions; d++ {
			again = yield(r.slot(d))
		}
	}
}

// groupsOf yields the groups of an appointment.
func (p *plan) groupsOf(r row) iter.Seq[int] {
	return func(yield func(int) bool) {
		if why := r.left(); why != taken {
			yield(p.groupLeft(why))
			return
		}
		for slot := range p.slotsOf(r) {
			if !yield(groupOf(slot, r.coded())) {
				return
			}
		}
	}
}

// add adds appointments to a group.
func (in *content) add(group int, n int64, people ...uint32) {
	c := &in.counts[group]
	c.add(n, mostLeast, people...)
	if len(c.people) == mostLeast && !in.full[group].Load() {
		in.full[group].Store(true)
	}
}

// isNamed reports whether the cohort needs the person of an appointment in which no list found
// anything: a group has too few people yet, or Once keeps the appointment. Workers call it.
func (c *Cohort) isNamed(r row) bool {
	if !c.plan.totals || c.plan.key != "" && r.left() == taken {
		return c.plan.totals
	}
	for group := range c.plan.groupsOf(r) {
		if !c.in().full[group].Load() {
			return true
		}
	}
	return false
}
