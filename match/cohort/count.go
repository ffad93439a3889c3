package cohort

import (
	"iter"
	"math/bits"
	"slices"

	"hesopmatch/hesop"
)

// mostLeast is the largest value of Profile.Least, and so the largest number of people that a group needs to store.
const mostLeast = 100

// count is a number of appointments, with some of their people. Each of these people is given once, by the number in
// content.people.
type count struct {
	N      int64    `json:",omitempty"`
	People []uint32 `json:",omitempty"`
}

// add adds n appointments. It also adds their people, until the count has enough people; it skips the number 0, which
// stands for no person.
func (c *count) add(n int64, enough int, people ...uint32) {
	c.N += n
	for _, person := range people {
		if len(c.People) < enough && person != nobody && !slices.Contains(c.People, person) {
			c.People = append(c.People, person)
		}
	}
}

func (c *count) join(other *count, enough int) { c.add(other.N, enough, other.People...) }

// Appointments are counted by slot and by the systems they are coded in: see groupOf. The slots are slotAll, then the
// categories of all dimensions, then the reasons for leaving an appointment out.
const slotAll = 0

// groupOf returns the number of the group of appointments with this slot and these coded systems.
func groupOf(slot int, coded codedIn) int { return slot*anyCoded + int(coded) }

// slotLeft returns the slot of the appointments that are left out for the given reason.
func (p *plan) slotLeft(why left) int { return p.slots + int(why) }

// slotsOf yields the slots of an appointment.
func (p *plan) slotsOf(r row) iter.Seq[int] {
	return func(yield func(int) bool) {
		if why := r.left(); why != taken {
			yield(p.slotLeft(why))
			return
		}
		again := yield(slotAll) && p.totals
		for d := Dimension(0); again && d < dimensions; d++ {
			again = yield(r.slot(d))
		}
	}
}

// counter counts the content of a cohort. With each number it stores people, until there are enough for a release.
type counter struct {
	*Cohort
	totals *Totals
	enough int

	groups []count // all appointments, by group
	found  []count // all kept appointments, by their findings and the systems they are coded in
	lists  []answers
}

// answers counts appointments by the answer of one list.
type answers struct {
	noMatch, uncoded, cut count
	entries               []count // matches, by the entry that decided
	matches               []tally // by slot
}

// tally counts the matches of a list in a slot, and the people with such a match who are kept in the list.
type tally struct {
	match, people int64
	last          uint32 // the last person who was counted
}

// count returns the numbers of the cohort. It stores at most the given number of people with each number.
func (c *Cohort) count(enough int) *counter {
	in, lists := c.in(), c.plan.m.Len()
	k := &counter{Cohort: c, totals: &Totals{Account: c.account, Lists: make([]ListTotals, lists)}, enough: enough}
	k.groups, k.found = make([]count, len(in.counts)), make([]count, len(in.findings.all)*anyCoded)
	for i := range in.counts {
		k.groups[i].join(&in.counts[i], enough)
	}
	for coded := range codedIn(anyCoded) {
		k.found[coded].join(&k.groups[groupOf(slotAll, coded)], enough)
	}
	k.lists = make([]answers, lists)
	for i := range k.lists {
		k.lists[i].matches, k.lists[i].entries = make([]tally, c.plan.slots), make([]count, c.plan.m.List(i).Len())
	}
	for i := range in.events {
		e := &in.events[i]
		for slot := range c.plan.slotsOf(e.Row) {
			k.groups[groupOf(slot, e.Row.coded())].add(1, enough, e.Person)
		}
		k.found[groupOf(int(e.Findings), e.Row.coded())].add(1, enough, e.Person)
		if e.Row&rowDiffer != 0 {
			k.totals.Account.Differing++
		}
	}
	for g := range c.persons(false) {
		k.addPerson(g)
	}
	k.addAnswers()
	k.finish()
	return k
}

// addPerson counts the appointments of a person, or the appointments without a person.
func (k *counter) addPerson(g *person) {
	for _, list := range g.few {
		k.totals.Lists[list].Few++
	}
	for _, list := range g.related {
		k.totals.Lists[list].Unrelated++
	}
	for _, e := range g.events {
		matches := false
		for f, first := range findings(k.in().findings.all[e.Findings]) {
			if f.open() || !first {
				continue
			}
			matches = true
			kept := e.Day != hesop.Date{} && g.held[f.list()].kept
			for slot := range k.plan.slotsOf(e.Row) {
				t := &k.lists[f.list()].matches[slot]
				t.match++
				if kept && t.last != g.number {
					t.people++
					t.last = g.number
				}
			}
		}
		switch {
		case !matches:
		case e.Person == nobody:
			k.totals.Account.NoPerson++
		case e.Row&rowMisdated != 0:
			k.totals.Account.BadDate++
		case e.Day == hesop.Date{}:
			k.totals.Account.NoDate++
		}
	}
}

// addAnswers counts the answers of each list, which follow from the coded systems and the findings of appointments.
func (k *counter) addAnswers() {
	for i := range k.found {
		c, coded, hasFound := &k.found[i], codedIn(i%anyCoded), make([]bool, len(k.lists))
		if c.N == 0 {
			continue
		}
		for f := range findings(k.in().findings.all[i/anyCoded]) {
			hasFound[f.list()] = true
			switch l := &k.lists[f.list()]; {
			case f.open():
				l.cut.join(c, k.enough)
			case f.entry() != noEntry:
				l.entries[f.entry()].join(c, k.enough)
			}
		}
		for list, needs := range k.plan.needs {
			switch l := &k.lists[list]; {
			case hasFound[list]:
			case needs&^coded == 0:
				l.noMatch.join(c, k.enough)
			default:
				l.uncoded.join(c, k.enough)
			}
		}
	}
}

// finish computes the totals.
func (k *counter) finish() {
	t, p := k.totals, k.plan
	t.Account.NotAttended, t.Account.Undated = k.left(leftNotAttended).N, k.left(leftUndated).N
	t.Account.Misdated, t.Account.OtherDate = k.left(leftMisdated).N, k.left(leftOtherDate).N
	t.Account.Duplicates = k.left(leftDuplicate).N
	t.Account.DateForm = append(k.in().forms.sorted(), "")[0]
	t.Account.Taken = k.coded(slotAll, 0, 0).N
	for i := range t.Lists {
		l, own := &t.Lists[i], &k.lists[i]
		l.NoMatch, l.Cut, l.Uncoded = own.noMatch.N, own.cut.N, own.uncoded.N
		l.Match, l.People = own.matches[slotAll].match, own.matches[slotAll].people
		for sys, widths := range k.widths {
			for range p.m.List(i).NeedFiner(systems[sys], bits.TrailingZeros8(widths)) {
				l.Finer = true
			}
		}
	}
}

// left returns the count of the appointments that are left out for the given reason.
func (k *counter) left(why left) *count { return k.coded(k.plan.slotLeft(why), 0, 0) }

// coded returns the count of the appointments of a slot that are coded in the systems in want, and in no other system
// in mask.
func (k *counter) coded(slot int, mask, want codedIn) *count {
	all := new(count)
	for coded := range codedIn(anyCoded) {
		if coded&mask == want {
			all.join(&k.groups[groupOf(slot, coded)], k.enough)
		}
	}
	return all
}
