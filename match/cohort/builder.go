package cohort

import (
	"strings"

	"hesopmatch/codelist"
)

// builder makes the tables of a cohort.
type builder struct {
	cohort *Cohort
	totals *Totals
	behind *behind
	sheets []*sheet

	cells   []*cell // all of them
	sums    []sum
	tables  []categories
	most    []tie
	ofList  [][]*cell              // by list: its numbers, in one order for all lists
	matches []*cell                // by list
	within  [][]*group             // by list: groups that add up to its matches
	taken   [][]*cell              // by category of the last table of all appointments, and what no table lists
	coded   [len(systems)][2]*cell // by system: with a code and without, which no table has
}

// cell makes a number of a group.
func (b *builder) cell(g *group, n int64) *cell {
	c := &cell{group: g, n: n}
	b.cells = append(b.cells, c)
	return c
}

// people makes a number of people who have so many of some appointments.
func (b *builder) people(g *group, n int64, appointments *cell, times int) *cell {
	c := b.cell(g, n)
	c.isPeople = true
	b.most = append(b.most, &most{int64(times), []*cell{c}, []*cell{appointments}})
	return c
}

// sheet is a Table before its numbers are made.
type sheet struct {
	Table
	rows []sheetRow
	all  bool // the rows have every category of the scale
}

type sheetRow struct {
	list  int
	group string
	cells []*cell
}

// newBuilder makes the tables. It counts the people behind each number up to enough, or not at all for exact
// tables, where enough is 0.
func newBuilder(c *Cohort, enough int) *builder {
	t, k := c.add()
	b := &builder{cohort: c, totals: t, behind: k.behind(enough)}
	taken := b.addAppointments()
	b.addCoded(taken)
	people := b.addLists(taken)
	for d := range Dimension(dimensions) {
		if c.has[d] { // by the columns alone: that there is a table must not tell that there are appointments
			b.addTaken(d, taken)
			b.addCategories(d, people)
		}
	}
	b.addNested()
	b.addEntries(people)
	return b
}

// add begins a table.
func (b *builder) add(t Table) *sheet {
	s := &sheet{Table: t, all: true}
	b.sheets = append(b.sheets, s)
	return s
}

func (s *sheet) add(list int, group string, cells ...*cell) {
	s.rows = append(s.rows, sheetRow{list, group, cells})
}

// table prints the numbers by a profile, or exactly if p is nil.
func (s *sheet) table(p *Profile) Table {
	t := s.Table
	isCategory := t.Group != "" && s.Name != "entries" && s.Name != "appointments"
	shown := s.shownGroups()
	for _, r := range s.rows {
		if p != nil && isCategory && !shown[r.group] {
			t.NotShown = true
			continue
		}
		row := Row{List: r.list, Group: r.group}
		for _, c := range r.cells {
			row.Numbers = append(row.Numbers, c.number(p))
		}
		t.Rows = append(t.Rows, row)
	}
	t.NotShown = p != nil && isCategory && (t.NotShown || !s.all)
	return t
}

// shownGroups returns the categories with a number that is shown.
func (s *sheet) shownGroups() map[string]bool {
	shown := make(map[string]bool)
	for _, r := range s.rows {
		for _, c := range r.cells {
			shown[r.group] = shown[r.group] || c.isShown()
		}
	}
	return shown
}

func (c *cell) number(p *Profile) Number {
	switch {
	case c.never:
		return Number{}
	case p == nil:
		return Number{c.n, shown}
	case c.isHidden:
		return Number{p.Least, hidden}
	default:
		return Number{p.rounded(c.n), shown}
	}
}

// addAppointments adds the table of appointments left out and taken in, and returns the latter.
func (b *builder) addAppointments() *cell {
	s := b.add(Table{
		Name: "appointments", Title: "Appointments", Group: "what became of them",
		Measures: []string{"appointments"}, Headings: []string{"appointments"},
	})
	p := b.cohort.plan
	dated := p.from != p.to || p.from.IsValid()
	for _, left := range []struct {
		why left
		say string
		has bool
	}{
		{leftNotAttended, "the patient was not seen", p.attended},
		{leftUndated, "no date", dated},
		{leftMisdated, "the date is not understood", dated},
		{leftOtherDate, "before or after the days asked for", dated},
		{leftDuplicate, p.key + " came before", p.key != ""},
	} {
		if left.has {
			g := groupLeft + int(left.why)
			s.add(-1, "left out: "+left.say, b.cell(&group{behind: len(b.behind.people[g])}, b.cohort.left(left.why)))
		}
	}
	taken := b.cell(b.behind.groups(groupWhole, allCoded), b.totals.Account.Taken)
	s.add(-1, "taken in", taken)
	return taken
}

// addCoded adds the numbers of appointments with and without a code, which follow from others.
func (b *builder) addCoded(taken *cell) {
	for sys := range systems {
		with := b.totals.Coded.of(sys)
		b.coded[sys] = [2]*cell{b.cell(&group{latent: true}, with), b.cell(&group{latent: true}, taken.n-with)}
		b.sums = append(b.sums, sum{whole: taken, parts: []part{{cell: b.coded[sys][0]}, {cell: b.coded[sys][1]}}})
	}
}

// addLists adds the table of answers by list, and returns the cells of people.
func (b *builder) addLists(taken *cell) (people []*cell) {
	heading := b.cohort.plan.people()
	s := b.add(Table{
		Name: "lists", Title: "Answers of each list",
		Measures: []string{"match", "no_match", "unknown_not_coded", "unknown_cut_short", "people"},
		Headings: []string{"match", "no match", "unknown: not coded", "unknown: cut short", heading},
	})
	for i := range b.totals.Lists {
		l := &b.totals.Lists[i]
		own := b.fits(int(min(l.People, mostLeast)), l.Match, b.canMatch(i))
		match := b.cell(own, l.Match)
		kept := b.people(own, l.People, match, b.cohort.plan.least)
		noMatch := b.cell(&group{behind: len(b.behind.noMatch[i])}, l.NoMatch)
		uncoded := b.cell(&group{behind: len(b.behind.uncoded[i])}, l.Uncoded)
		cut := b.cell(b.fits(len(b.behind.cut[i]), l.Cut, l.Finer), l.Cut)
		s.add(i, "", match, noMatch, uncoded, cut, kept)
		b.matches, people = append(b.matches, match), append(people, kept)
		b.ofList = append(b.ofList, []*cell{match, kept})
		b.sums = append(b.sums, sum{whole: taken, parts: []part{
			{cell: match},
			{cell: noMatch},
			{cell: uncoded},
			{cell: cut},
		}})
		if sys, ok := b.soleSystem(i); ok {
			b.sums = append(b.sums, sum{whole: b.coded[sys][1], parts: []part{{cell: uncoded}}},
				sum{whole: b.coded[sys][0], parts: []part{{cell: match}, {cell: noMatch}, {cell: cut}}})
		}
	}
	b.within = make([][]*group, len(people))
	return people
}

// soleSystem returns the one system of a list whose answers follow from whether appointments are coded in
// it: not those of a list that matches missing values.
func (b *builder) soleSystem(list int) (sys int, ok bool) {
	for range b.cohort.plan.m.List(list).ListsMissing() {
		return 0, false
	}
	switch b.cohort.plan.needs[list] {
	case bit(systems[0]):
		return 0, true
	case bit(systems[1]):
		return 1, true
	}
	return 0, false
}

// fits makes a group that the columns of the data can hold or, by has, cannot. A value longer than its
// column allows is there nevertheless; so is a group of enough people.
func (b *builder) fits(behind int, n int64, has bool) *group {
	enough := behind >= b.behind.enough && b.behind.enough > 0 || b.behind.enough == 0 && n > 0
	return &group{behind: behind, never: !has && !enough}
}

// tooFine returns the entries of a list that no field is long enough for.
func (b *builder) tooFine(list int) map[int]bool {
	tooFine := make(map[int]bool)
	for s, widest := range b.cohort.widest {
		for i := range b.cohort.plan.m.List(list).NeedFiner(systems[s], widest) {
			tooFine[i] = true
		}
	}
	return tooFine
}

// canMatch reports whether a field is long enough for some inclusion of a list.
func (b *builder) canMatch(list int) bool {
	tooFine := b.tooFine(list)
	for i, e := range b.cohort.plan.m.List(list).All() {
		if !e.Exclude && !tooFine[i] {
			return true
		}
	}
	return false
}

// addTaken adds the table of all appointments by a dimension.
func (b *builder) addTaken(d Dimension, taken *cell) {
	s := b.add(Table{
		Name: d.name(), Title: "Appointments by " + d.String(), Group: d.String(),
		Measures: []string{
			"appointments", "with_diagnosis", "without_diagnosis", "with_procedure",
			"without_procedure",
		},
		Headings: []string{
			"appointments", "with a diagnosis", "without a diagnosis", "with a procedure",
			"without a procedure",
		},
	})
	s.all, b.taken = b.hasAll(d), nil
	sums := []sum{{whole: taken}}
	for sys := range systems {
		sums = append(sums, sum{whole: b.coded[sys][0]}, sum{whole: b.coded[sys][1]})
	}
	for i, category := range b.totals.Categories[d] {
		first := b.cohort.plan.groupOf(d, b.behind.categories[d][i], 0)
		all := b.cell(b.behind.groups(first, allCoded), category.Taken)
		cells, groups := []*cell{all}, []*group{all.group}
		for sys := range systems {
			with := b.cell(b.behind.groups(first, codedWith(sys)), category.Coded.of(sys))
			with.never = with.n == 0 && b.cohort.widest[sys] == 0 // no column of the system
			without := b.cell(b.behind.groups(first, codedWithout(sys)), category.Taken-with.n)
			cells, groups = append(cells, with, without), append(groups, with.group, without.group)
			b.sums = append(b.sums, sum{whole: all, parts: []part{{cell: with}, {cell: without}}})
		}
		for k := range sums {
			sums[k].parts = append(sums[k].parts, part{cells[k], groups})
		}
		b.taken = append(b.taken, cells)
		s.add(-1, category.Category.String(), cells...)
	}
	var unlisted []*cell
	for _, one := range sums {
		unlisted = append(unlisted, b.addSum(s.all, one))
	}
	for sys := range systems {
		b.sums = append(b.sums, sum{
			whole: unlisted[0],
			parts: []part{{cell: unlisted[1+2*sys]}, {cell: unlisted[2+2*sys]}},
		})
	}
	b.taken = append(b.taken, unlisted)
}

// addSum adds a sum over the categories of a table, with what is left for those without an appointment unless there
// are none. People who may be in several categories leave nothing: a reader may know, say, which years the data have.
// It returns the number of what no table lists.
func (b *builder) addSum(all bool, s sum) (unlisted *cell) {
	c := categories{sum: s, unlisted: b.cell(new(group), 0)}
	for i := range s.parts {
		c.all = append(c.all, b.taken[i][0])
	}
	if !all && !s.overlap {
		c.parts = append(c.parts, part{cell: b.cell(new(group), 0)})
	}
	b.tables = append(b.tables, c)
	return c.unlisted
}

// hasAll reports whether the data have every category of a dimension.
func (b *builder) hasAll(d Dimension) bool {
	return len(b.totals.Categories[d]) == len(b.cohort.plan.dims[d].categories)
}

// name is that of the dimension for programs.
func (d Dimension) name() string { return strings.ReplaceAll(d.String(), " ", "_") }

// addCategories adds the table of matches and people of each list by a dimension.
func (b *builder) addCategories(d Dimension, kept []*cell) {
	s := b.add(Table{
		Name: "lists_by_" + d.name(), Title: "Matches by " + d.String(), Group: d.String(),
		Measures: []string{"match", "people"}, Headings: []string{"appointments", b.cohort.plan.people()},
	})
	s.all = b.hasAll(d)
	for list, match := range b.matches {
		matches, people, all := sum{whole: match}, sum{whole: kept[list], overlap: d != BySex}, 0
		if sys, ok := b.soleSystem(list); ok {
			all = 1 + 2*sys // those with a code of the system
		}
		for i, category := range b.totals.Categories[d] {
			counts := &b.totals.Lists[list].By[d][i]
			own := b.fits(int(min(counts.People, mostLeast)), counts.Match, !match.never)
			n := b.cell(own, counts.Match)
			who := b.people(own, counts.People, n, 1)
			b.atMost(n, b.taken[i][all])
			b.within[list] = append(b.within[list], own)
			matches.parts = append(matches.parts, part{cell: n})
			people.parts = append(people.parts, part{cell: who})
			s.add(list, category.Category.String(), n, who)
			b.ofList[list] = append(b.ofList[list], n, who)
			b.repeated(n, who, match, kept[list])
		}
		unlisted, others := b.addSum(s.all, matches), b.addSum(s.all, people)
		b.atMost(unlisted, b.taken[len(b.taken)-1][all])
		b.atMost(others, unlisted)
		b.ofList[list] = append(b.ofList[list], unlisted, others)
	}
}

// addEntries adds the table of the entries of each list. Entries that are the same in several lists are one
// group: what one list hides another must not print.
func (b *builder) addEntries(kept []*cell) {
	s := b.add(Table{
		Name: "entries", Title: "Entries of each list", Group: "entry",
		Measures: []string{"match"}, Headings: []string{"appointments"},
	})
	type hit struct {
		entry string
		n     int64
	}
	same := make(map[hit]*group)
	for list := range b.matches {
		tooFine := b.tooFine(list)
		people := sum{whole: kept[list], overlap: true}
		for i, e := range b.cohort.plan.m.List(list).All() {
			if e.Exclude {
				continue
			}
			n := b.totals.Lists[list].Entries[i]
			own := b.fits(len(b.behind.entries[list][i]), n, !tooFine[i])
			name := entryName(e)
			if other := same[hit{name, n}]; other != nil && *other == *own {
				own = other
			}
			same[hit{name, n}] = own
			c := b.cell(own, n)
			who := b.people(own, n, c, 1) // n or fewer
			who.isBehind = true
			b.within[list] = append(b.within[list], own)
			people.parts = append(people.parts, part{cell: who, with: []*group{own}})
			s.add(list, name, c)
		}
		b.sums = append(b.sums, people)
	}
}

// entryName is an entry in canonical form.
func entryName(e codelist.Entry) string {
	if e.Coverage == codelist.Descendants && e.Prefix.Len() < 4 {
		return e.Prefix.String() + "%"
	}
	return e.Prefix.String()
}
