package cohort

// behind has the people behind each number of the tables, up to enough of them.
type behind struct {
	enough     int
	people     []few // by group
	categories [dimensions][]int
	noMatch    []few // by list
	uncoded    []few
	cut        []few
	entries    [][]few // by list and entry
}

// codedSet selects appointments by the systems they are coded in.
type codedSet [anyCoded]bool

var allCoded = codedSet{true, true, true, true}

// codedWith selects appointments with a code of a system.
func codedWith(sys int) (set codedSet) {
	for coded := range codedIn(anyCoded) {
		set[coded] = coded>>sys&1 == 1
	}
	return set
}

// codedWithout selects appointments without one.
func codedWithout(sys int) (set codedSet) {
	for coded, with := range codedWith(sys) {
		set[coded] = !with
	}
	return set
}

// behind finds the people behind each number.
func (k *counter) behind(enough int) *behind {
	c := k.c
	b := &behind{enough: enough, people: make([]few, len(c.in().groups.people))}
	for group, people := range c.in().groups.people {
		b.people[group].addAll(people, enough)
	}
	for _, s := range c.in().seen { // whose appointments could be undone until now
		if s.person == nobody {
			continue
		}
		all, n := c.plan.groupsOf(s.row)
		for _, group := range all[:n] {
			b.people[group].add(s.person, enough)
		}
	}
	for d := range k.slots {
		for category, slot := range k.slots[d] {
			if slot != whole {
				b.categories[d] = append(b.categories[d], category)
			}
		}
	}
	b.addLists(c)
	return b
}

// addLists finds the people behind the answers of each list. It groups appointments by the systems
// they are coded in and by what was found in them, which decide the answer of every list.
func (b *behind) addLists(c *Cohort) {
	lists, sets := c.plan.m.Len(), c.in().findings.sets
	b.noMatch, b.uncoded, b.cut = make([]few, lists), make([]few, lists), make([]few, lists)
	b.entries = make([][]few, lists)
	for i := range lists {
		b.entries[i] = make([]few, c.plan.m.List(i).Len())
	}
	found := make([]few, len(sets)*anyCoded)
	for i := range c.in().events {
		e := &c.in().events[i]
		found[int(e.findings)*anyCoded+int(e.row.coded())].add(e.person, b.enough)
	}
	answers := make([]bool, lists) // the list matches, or a value was cut short of its entry
	for coded := range codedIn(anyCoded) {
		b.addOthers(c, answers, coded, b.people[groupBlank+int(coded)])
		for set := range sets {
			people := found[set*anyCoded+int(coded)]
			if len(people) == 0 {
				continue
			}
			for _, f := range sets[set] {
				answers[f.list()] = true
				switch {
				case f.open():
					b.cut[f.list()].addAll(people, b.enough)
				case f.entry() != noEntry:
					b.entries[f.list()][f.entry()].addAll(people, b.enough)
				}
			}
			b.addOthers(c, answers, coded, people)
			clear(answers)
		}
	}
}

// addOthers adds people to the lists whose answer is no match or not coded.
func (b *behind) addOthers(c *Cohort, answers []bool, coded codedIn, people few) {
	for i, needs := range c.plan.needs {
		switch {
		case answers[i]:
		case needs&^coded == 0:
			b.noMatch[i].addAll(people, b.enough)
		default:
			b.uncoded[i].addAll(people, b.enough)
		}
	}
}

// groups joins the groups of a category for some of the systems in which appointments are coded.
func (b *behind) groups(first int, of codedSet) *group {
	var people few
	for coded, has := range of {
		if has {
			people.addAll(b.people[first+coded], b.enough)
		}
	}
	return &group{behind: len(people)}
}
