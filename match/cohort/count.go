package cohort

import "slices"

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

// slotsOf returns the slots of an appointment: the first n.
func (p *plan) slotsOf(r row) (all [1 + dimensions]int, n int) {
	all[0], n = slotAll, 1
	if !p.totals {
		return all, n
	}
	for d := range Dimension(dimensions) {
		all[n] = r.slot(d)
		n++
	}
	return all, n
}

// groupsOf returns the groups of an appointment: the first n.
func (p *plan) groupsOf(r row) (all [1 + dimensions]int, n int) {
	if why := r.left(); why != taken {
		return [1 + dimensions]int{p.groupLeft(why)}, 1
	}
	all, n = p.slotsOf(r)
	for i := range n {
		all[i] = groupOf(all[i], r.coded())
	}
	return all, n
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
	if !c.plan.totals {
		return false
	}
	if c.plan.key != "" && r.left() == taken {
		return true
	}
	all, n := c.plan.groupsOf(r)
	return slices.ContainsFunc(all[:n], func(group int) bool { return !c.in().full[group].Load() })
}
