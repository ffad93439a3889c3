package cohort

import "hesopmatch/hesop"

// Account says what became of the appointments that were read. Read is Taken and all
// that were left out, each for the first reason that holds.
type Account struct {
	Read    int64 // that Scan was given
	Skipped int64 // rows that the reader could not read and skipped; not part of Read
	Taken   int64

	NotAttended int64 // left out by Attended
	Undated     int64 // left out by From or To: no date
	Misdated    int64 // left out by From or To: the date is not understood (hesop.ErrDateForm)
	OtherDate   int64 // left out by From or To: before or after
	Duplicates  int64 // left out by Once

	// Of the appointments that are not left out for another reason than Once: those without a key, and the
	// keys whose appointments are not alike in what a Cohort keeps of them: person and day if a list matches,
	// what the lists find, and, by WithTotals, the entries and the categories.
	Keyless, Differing int64

	// Of the appointments taken that match a list: those without a person, those of a person
	// but without a date, and those of a person whose date is not understood. They are in the
	// counts of appointments, and make nobody a member.
	NoPerson, NoDate, BadDate int64

	// DateForm is the commonest shape of the dates that Misdated and BadDate count, such as
	// 99.99.9999, and "" if there are none: see hesop.DateForm.
	DateForm string

	// Rounded are the appointments with an identifier that a spreadsheet has rounded, in the form
	// 1.23457E+11: the key of those taken or left out by Once, or the person of those that match.
	Rounded int64

	Disagreements int64 // of all that were read: see hesop.Codes
	Unrecognised  int64 // likewise
}

// Totals is what a Cohort comes to.
type Totals struct {
	Account Account

	// Coded are the appointments taken that have a code of ICD-10, of OPCS-4, of either.
	Coded Coded

	Lists []ListTotals // in the order of the Matcher

	// Categories are those that an appointment taken in is of, by dimension, without those
	// of dimensions that the data have no column of. They are empty without WithTotals.
	Categories [dimensions][]CategoryTotals
}

// Coded counts appointments by the systems in which they have a code.
type Coded struct{ Diagnosis, Procedure, Any int64 }

// of is that of a system, by its number.
func (c Coded) of(sys int) int64 {
	if sys == 0 {
		return c.Diagnosis
	}
	return c.Procedure
}

// CategoryTotals counts the appointments of a category.
type CategoryTotals struct {
	Category Category
	Taken    int64
	Coded    Coded
}

// Counts are appointments by the answer of a list, and the people kept in it.
type Counts struct {
	Match, NoMatch int64

	// The answer of these is unknown: Cut are coded, but a value was cut short of an entry;
	// Uncoded have no code in a system that the list has inclusions in.
	Cut, Uncoded int64

	People       int64
	Appointments int64 // of these people that match and have a date
}

// Unknown are the appointments whose answer is unknown.
func (c Counts) Unknown() int64 { return c.Cut + c.Uncoded }

// ListTotals are the counts of a list.
type ListTotals struct {
	Counts

	// Few and Unrelated are the people who match and are not kept in the list, for
	// AtLeast, and for With, Without and their like.
	Few, Unrelated int64

	// Finer says that the data have fields that could cut a value short of an entry.
	Finer bool

	// By are the counts in each category of Totals.Categories.
	By [dimensions][]Counts

	// Entries are the appointments that each entry of the list decided to be a match: one
	// can be counted for several, which matched several of its codes. Those of exclusions
	// are 0. It is nil without WithTotals.
	Entries []int64
}

// Totals counts what is in the cohort. Its time grows with the appointments that match.
//
// It panics if a Scan failed: see Err.
func (c *Cohort) Totals() *Totals {
	c.mustBeWhole()
	t, _ := c.add()
	return t
}

// add counts what is in the cohort.
func (c *Cohort) add() (*Totals, *counter) {
	t := &Totals{Account: c.becameOf(), Coded: codedOf(c.coded(groupWhole)), Lists: make([]ListTotals, c.plan.m.Len())}
	for _, s := range c.in().seen {
		if s.differ {
			t.Account.Differing++
		}
	}
	k := c.newCounter(t)
	for i := range c.in().events {
		k.addEvent(&c.in().events[i])
	}
	for g := range c.persons(false) {
		k.addPerson(g)
	}
	k.finish()
	t.Account.DateForm = c.in().forms.commonest()
	return t, k
}

// becameOf says what became of the appointments.
func (c *Cohort) becameOf() Account {
	a := c.account
	a.NotAttended, a.Undated, a.Misdated = c.left(leftNotAttended), c.left(leftUndated), c.left(leftMisdated)
	a.OtherDate, a.Duplicates = c.left(leftOtherDate), c.left(leftDuplicate)
	for _, n := range c.coded(groupWhole) {
		a.Taken += n
	}
	return a
}

func codedOf(n [anyCoded]int64) Coded {
	return Coded{Diagnosis: n[1] + n[3], Procedure: n[2] + n[3], Any: n[1] + n[2] + n[3]}
}

// counter adds up totals. Categories have numbers of their own in it, through all
// dimensions, with those alone that an appointment is of; whole is the one that everything is in.
type counter struct {
	c      *Cohort
	totals *Totals
	slots  [dimensions][]int // by dimension and category; 0 if there is none
	kept   []slot            // by slot
	counts [][]tally         // by list and slot
	person uint32
}

// slot is a category, or everything.
type slot struct {
	dimension Dimension
	coded     [anyCoded]int64
}

const whole = 0

// tally is what is counted of a list in a slot.
type tally struct {
	match, matchCoded, open, people, appointments int64

	person uint32 // the last who was counted, from 1
}

func (c *Cohort) newCounter(t *Totals) *counter {
	k := &counter{c: c, totals: t, kept: []slot{{coded: c.coded(groupWhole)}}}
	for d := range k.slots {
		k.slots[d] = make([]int, len(c.plan.dims[d].categories))
		if !c.has[d] || !c.plan.totals {
			continue
		}
		for i := range k.slots[d] {
			coded := c.coded(c.plan.groupOf(Dimension(d), i, 0))
			n := coded[0] + coded[1] + coded[2] + coded[3]
			if n == 0 {
				continue
			}
			k.slots[d][i] = len(k.kept)
			k.kept = append(k.kept, slot{Dimension(d), coded})
			t.Categories[d] = append(t.Categories[d], CategoryTotals{c.plan.dims[d].categories[i], n, codedOf(coded)})
		}
	}
	k.counts = make([][]tally, c.plan.m.Len())
	for i := range k.counts {
		k.counts[i] = make([]tally, len(k.kept))
		if c.plan.totals {
			t.Lists[i].Entries = make([]int64, c.plan.m.List(i).Len())
		}
	}
	return k
}

// slotsOf returns the slots that a row is in.
func (k *counter) slotsOf(r row) (all [1 + dimensions]int, n int) {
	all[0], n = whole, 1
	if !k.c.plan.totals {
		return all, n
	}
	for d := range k.slots {
		if s := k.slots[d][r.category(Dimension(d))]; s != whole {
			all[n] = s
			n++
		}
	}
	return all, n
}

// addEvent counts an appointment in which something was found.
func (k *counter) addEvent(e *event) {
	matched := false
	set := k.c.in().findings.sets[e.findings]
	slots, n := k.slotsOf(e.row)
	for list, found := range listsOf(set) {
		matched = true
		full := k.c.plan.needs[list]&^e.row.coded() == 0
		for _, s := range slots[:n] {
			k.counts[list][s].match++
			if full {
				k.counts[list][s].matchCoded++
			}
		}
		for _, f := range found {
			if f.match() && f.entry() != noEntry {
				k.totals.Lists[list].Entries[f.entry()]++
			}
		}
	}
	for _, f := range set {
		if f.open() {
			for _, s := range slots[:n] {
				k.counts[f.list()][s].open++
			}
		}
	}
	switch {
	case !matched:
	case e.person == nobody:
		k.totals.Account.NoPerson++
	case e.row&rowMisdated != 0:
		k.totals.Account.BadDate++
	case e.day == hesop.Date{}:
		k.totals.Account.NoDate++
	}
}

// addPerson counts a person.
func (k *counter) addPerson(g *person) {
	k.person++
	for _, list := range g.few {
		k.totals.Lists[list].Few++
	}
	for _, list := range g.related {
		k.totals.Lists[list].Unrelated++
	}
	for _, i := range g.events {
		e := &k.c.in().events[i]
		if e.day == (hesop.Date{}) {
			continue
		}
		slots, n := k.slotsOf(e.row)
		for list := range listsOf(k.c.in().findings.sets[e.findings]) {
			if !g.has(list) {
				continue
			}
			for _, s := range slots[:n] {
				t := &k.counts[list][s]
				t.appointments++
				if t.person != k.person {
					t.person = k.person
					t.people++
				}
			}
		}
	}
}

// has reports whether the person is kept in a list.
func (g *person) has(list int) bool {
	for i := range g.members {
		if g.members[i].List == list {
			return true
		}
	}
	return false
}

// finish makes the counts of the lists.
func (k *counter) finish() {
	for i := range k.counts {
		l := &k.totals.Lists[i]
		l.Finer = k.c.finer[i]
		for s := range k.kept {
			counts := k.countsOf(i, s)
			if s == whole {
				l.Counts = counts
				continue
			}
			d := k.kept[s].dimension
			l.By[d] = append(l.By[d], counts)
		}
	}
}

func (k *counter) countsOf(list, s int) Counts {
	t := &k.counts[list][s]
	c := Counts{Match: t.match, Cut: t.open, People: t.people, Appointments: t.appointments}
	all := int64(0)
	for coded, n := range k.kept[s].coded {
		all += n
		if k.c.plan.needs[list]&^codedIn(coded) == 0 {
			c.NoMatch += n
		}
	}
	c.NoMatch -= t.matchCoded + t.open
	c.Uncoded = all - c.Match - c.NoMatch - c.Cut
	return c
}
