package cohort

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"hesopmatch/codelist"
)

// builder makes the tables of a cohort.
type builder struct {
	*counter
	sheets []*sheet

	cells  []*cell // every cell
	sums   []sum
	tables []sum                 // sums over the categories of a table
	ties   []*tie                // the ties that do not come from sums
	ofList [][]*cell             // by list: cells of appointments and people in turn, in one order for all lists
	whole  [len(codings)]*cell   // by coding: the appointments in all categories; only the first cell is in a table
	slots  []int                 // the slots of the categories with an appointment, for the table that addBy began last
	taken  [][len(codings)]*cell // the rows of the table that addTaken made last, then what the table does not list
}

// codings lists the columns of the tables of appointments: all appointments, then by system with and without a code.
var codings = [...]struct {
	mask, want       codedIn // see counter.coded
	measure, heading string
}{
	{0, 0, "appointments", "appointments"},
	{1, 1, "with_diagnosis", "with a diagnosis"},
	{1, 0, "without_diagnosis", "without a diagnosis"},
	{2, 2, "with_procedure", "with a procedure"},
	{2, 0, "without_procedure", "without a procedure"},
}

// cell adds the number n to the group g.
func (b *builder) cell(g *group, n int64) *cell {
	c := &cell{group: g, n: n}
	b.cells = append(b.cells, c)
	return c
}

// counted makes a group that has a single number.
func (b *builder) counted(c *count) *cell { return b.cell(&group{behind: int64(len(c.People))}, c.N) }

// people adds n people to a group, with a bound: times × n is at most the number in the given cell of appointments.
func (b *builder) people(g *group, n int64, appointments *cell, times int) *cell {
	c := b.cell(g, n)
	c.isPeople = true
	b.atMost(times, c, appointments)
	return c
}

// atMost adds a bound: times × A ≤ B, where A is the sum of the first half of the cells and B the sum of the second
// half.
func (b *builder) atMost(times int, cells ...*cell) {
	half := len(cells) / 2
	b.ties = append(b.ties, &tie{bounds: []bound{{int64(times), cells[:half], cells[half:]}}})
}

// repeated adds a bound on repeat appointments (the appointments minus the people): a set of appointments has no more
// of them than a set that contains it.
func (b *builder) repeated(match, people, ofMatch, ofPeople *cell) {
	if b.plan.least == 1 && len(b.plan.related) == 0 {
		b.atMost(1, match, ofPeople, ofMatch, people)
	}
}

// sum adds a sum whose numbers can be hidden one by one.
func (b *builder) sum(whole *cell, parts ...*cell) {
	b.sums = append(b.sums, sum{whole: whole, parts: parts})
}

// sheet is a Table before its numbers are printed.
type sheet struct {
	Table
	cells [][]*cell // by row
	by    bool      // the rows are categories of a dimension
	all   bool      // every category of the dimension has a row
}

// newBuilder makes the tables for a profile; a Profile whose Least is 0 gives exact tables. It fails if the cohort is
// incomplete or was made without WithTotals.
func newBuilder(c *Cohort, p Profile) (*builder, error) {
	switch err := c.Err(); {
	case err != nil:
		return nil, err
	case !c.plan.totals:
		return nil, fmt.Errorf("%w: the cohort has no tables: New needs WithTotals", ErrOption)
	}
	b := &builder{counter: c.count(int(p.Least))}
	b.addAppointments()
	b.addLists()
	for d := range Dimension(dimensions) {
		if c.has>>d&1 == 1 { // only the columns decide: the presence of a table must not reveal that appointments exist
			b.addTaken(d)
			b.addCategories(d)
		}
	}
	b.addNested()
	b.addEntries()
	return b, nil
}

// add begins a table.
func (b *builder) add(t Table) *sheet {
	s := &sheet{Table: t}
	b.sheets = append(b.sheets, s)
	return s
}

// addBy begins a table whose rows are categories of a dimension.
func (b *builder) addBy(d Dimension, t Table) *sheet {
	t.Group = d.String()
	s := b.add(t)
	b.slots = b.slots[:0]
	for i := range b.plan.dims[d].categories {
		if slot := b.plan.first[d] + i; b.coded(slot, 0, 0).N > 0 {
			b.slots = append(b.slots, slot)
		}
	}
	s.by, s.all = true, len(b.slots) == len(b.plan.dims[d].categories)
	return s
}

func (s *sheet) add(list int, group string, cells ...*cell) {
	s.Rows, s.cells = append(s.Rows, Row{List: list, Group: group}), append(s.cells, cells)
}

// print returns the tables with their numbers as a release under the profile shows them.
func (b *builder) print(p Profile) (tables []Table) {
	for _, s := range b.sheets {
		filtered := s.by && p.Least > 0
		shown := make(map[string]bool) // by Row.Group: some row of the group shows a number
		for i, r := range s.Rows {
			shown[r.Group] = shown[r.Group] || !filtered || slices.ContainsFunc(s.cells[i], (*cell).isShown)
		}
		t := s.Table
		t.Rows, t.NotShown = nil, filtered && !s.all
		for i, r := range s.Rows {
			if !shown[r.Group] {
				t.NotShown = true
				continue
			}
			for _, c := range s.cells[i] {
				r.Numbers = append(r.Numbers, c.number(p))
			}
			t.Rows = append(t.Rows, r)
		}
		tables = append(tables, t)
	}
	return tables
}

func (c *cell) number(p Profile) Number {
	switch {
	case c.never:
		return Number{}
	case c.isHidden:
		return Number{p.Least, hidden}
	}
	return Number{p.rounded(c.n), shown}
}

// addAppointments adds the table of the appointments that were left out and of those taken in. It also adds the cells
// for the appointments with and without a code.
func (b *builder) addAppointments() {
	s := b.add(Table{
		Name: "appointments", Title: "Appointments", Group: "what became of them",
		Measures: []string{"appointments"}, Headings: []string{"appointments"},
	})
	dated := b.plan.isDated()
	for _, left := range []struct {
		why left
		say string
		has bool
	}{
		{leftNotAttended, "the patient was not seen", b.plan.attended},
		{leftUndated, "no date", dated},
		{leftMisdated, "the date is not understood", dated},
		{leftOtherDate, "before or after the days asked for", dated},
		{leftDuplicate, b.plan.key + " came before", b.plan.key != ""},
	} {
		if left.has {
			s.add(-1, "left out: "+left.say, b.counted(b.left(left.why)))
		}
	}
	for i, coding := range codings {
		b.whole[i] = b.counted(b.coded(slotAll, coding.mask, coding.want))
		b.whole[i].latent = i > 0
	}
	s.add(-1, "taken in", b.whole[0])
	b.addParts(b.whole)
}

// addParts adds the sums: for each system, the appointments with a code and those without add up to all appointments.
func (b *builder) addParts(cells [len(codings)]*cell) {
	b.sum(cells[0], cells[1], cells[2])
	b.sum(cells[0], cells[3], cells[4])
}

// addLists adds the table of answers by list.
func (b *builder) addLists() {
	s := b.add(Table{
		Name: "lists", Title: "Answers of each list",
		Measures: []string{"match", "no_match", "unknown_not_coded", "unknown_cut_short", "people"},
		Headings: []string{"match", "no match", "unknown: not coded", "unknown: cut short", b.plan.people()},
	})
	for i := range b.totals.Lists {
		l, behind := &b.totals.Lists[i], &b.lists[i]
		own := b.fits(l.People, l.Match, slices.Contains(b.fitting(i), true))
		match := b.cell(own, l.Match)
		kept := b.people(own, l.People, match, b.plan.least)
		noMatch, uncoded := b.counted(&behind.noMatch), b.counted(&behind.uncoded)
		cut := b.cell(b.fits(int64(len(behind.cut.People)), l.Cut, l.Finer), l.Cut)
		s.add(i, "", match, noMatch, uncoded, cut, kept)
		b.ofList = append(b.ofList, []*cell{match, kept})
		b.sum(b.whole[0], match, noMatch, uncoded, cut)
		if with := b.soleCoding(i); with > 0 {
			b.sum(b.whole[with+1], uncoded)
			b.sum(b.whole[with], match, noMatch, cut)
		}
	}
}

// soleCoding returns the index in codings of the appointments that can have the answer "match" or "no match". For a
// list of one system, these are the appointments with a code of that system. For a list that has both systems or
// matches missing values, these are all appointments, and the index is 0.
func (b *builder) soleCoding(list int) int {
	for range b.plan.m.List(list).ListsMissing() {
		return 0
	}
	return [...]int{0, 1, 3, 0}[b.plan.needs[list]]
}

// fits returns a group. The argument "has" states whether the columns of the data can hold the numbers of the group. If
// they cannot, the numbers are not applicable, unless enough people are behind them: a value may be longer than its
// column allows.
func (b *builder) fits(behind, n int64, has bool) *group {
	return &group{behind: behind, never: !has && (n == 0 || behind < int64(b.enough))}
}

// fitting reports, for each entry of a list, whether the entry is an inclusion for which some field is long enough.
func (b *builder) fitting(list int) []bool {
	l := b.plan.m.List(list)
	fitting := make([]bool, l.Len())
	for i, e := range l.All() {
		fitting[i] = !e.Exclude
	}
	for sys, widths := range b.widths {
		for i := range l.NeedFiner(systems[sys], bits.Len8(widths)-1) {
			fitting[i] = false
		}
	}
	return fitting
}

// addTaken adds the table of all appointments by a dimension.
func (b *builder) addTaken(d Dimension) {
	s := b.addBy(d, Table{Name: d.name(), Title: "Appointments by " + d.String()})
	b.taken = nil
	var sums [len(codings)]sum
	for i, coding := range codings {
		s.Measures, s.Headings = append(s.Measures, coding.measure), append(s.Headings, coding.heading)
		sums[i].whole = b.whole[i]
	}
	for _, slot := range b.slots {
		var cells [len(codings)]*cell
		var groups []*group
		for k, coding := range codings {
			cells[k] = b.counted(b.coded(slot, coding.mask, coding.want))
			// If the data have no column of the system, the number does not exist.
			cells[k].never = coding.want > 0 && cells[k].n == 0 && b.widths[coding.want-1] == 0
			groups = append(groups, cells[k].group)
		}
		for k := range sums {
			sums[k].parts, sums[k].with = append(sums[k].parts, cells[k]), append(sums[k].with, groups)
		}
		b.addParts(cells)
		b.taken = append(b.taken, cells)
		s.add(-1, b.category(d, slot), cells[:]...)
	}
	var unlisted [len(codings)]*cell
	for k := range sums {
		unlisted[k] = b.addSum(s.all, sums[k])
	}
	b.addParts(unlisted)
	b.taken = append(b.taken, unlisted)
}

// addSum adds a sum over the categories of a table. Unless every category has an appointment, the sum has one more part
// for the empty categories. A sum of people who may be in several categories has no such part, because a reader may
// know, for example, which years the data cover. addSum returns the cell for everything that the table does not list.
func (b *builder) addSum(all bool, s sum) (unlisted *cell) {
	s.taken, s.unlisted = b.taken[:len(s.parts)], b.cell(new(group), 0)
	if !all && !s.overlap {
		s.parts = append(s.parts, b.cell(new(group), 0))
	}
	b.tables = append(b.tables, s)
	return s.unlisted
}

func (b *builder) category(d Dimension, slot int) string {
	return b.plan.dims[d].categories[slot-b.plan.first[d]]
}

// name returns the name by which programs know the dimension.
func (d Dimension) name() string { return strings.ReplaceAll(d.String(), " ", "_") }

// addCategories adds the table of matches and people of each list by a dimension.
func (b *builder) addCategories(d Dimension) {
	s := b.addBy(d, Table{
		Name: "lists_by_" + d.name(), Title: "Matches by " + d.String(),
		Measures: []string{"match", "people"}, Headings: []string{"appointments", b.plan.people()},
	})
	for list := range b.ofList {
		match, kept := b.ofList[list][0], b.ofList[list][1]
		matches, people := sum{whole: match}, sum{whole: kept, overlap: d != BySex}
		all := b.soleCoding(list)
		for i, slot := range b.slots {
			counted := &b.lists[list].matches[slot]
			own := b.fits(counted.people, counted.match, !match.never)
			n := b.cell(own, counted.match)
			who := b.people(own, counted.people, n, 1)
			b.atMost(1, n, b.taken[i][all])
			match.within = append(match.within, own)
			matches.parts, people.parts = append(matches.parts, n), append(people.parts, who)
			b.ofList[list] = append(b.ofList[list], n, who)
			b.repeated(n, who, match, kept)
			s.add(list, b.category(d, slot), n, who)
		}
		unlisted, others := b.addSum(s.all, matches), b.addSum(s.all, people)
		b.atMost(1, unlisted, b.taken[len(b.taken)-1][all])
		b.atMost(1, others, unlisted)
		b.ofList[list] = append(b.ofList[list], unlisted, others)
	}
}

// addNested adds bounds for each pair of nested lists: no number of the first list is larger than the same number of
// the second, which covers all codes of the first. If lists have relations, addNested omits the bounds on people.
func (b *builder) addNested() {
	for _, n := range b.plan.nested {
		list, of := b.ofList[n.list], b.ofList[n.of]
		for k := 0; k < len(list); k += 2 { // the appointments are at k, and their people at k+1
			b.atMost(1, list[k], of[k])
			if len(b.plan.related) == 0 {
				b.atMost(1, list[k+1], of[k+1])
			}
			b.repeated(list[k], list[k+1], of[k], of[k+1])
		}
	}
}

// addEntries adds the table of the entries of each list. An entry that several lists have is one group, because a list
// must not show a number that another list hides.
func (b *builder) addEntries() {
	s := b.add(Table{
		Name: "entries", Title: "Entries of each list", Group: "entry",
		Measures: []string{"match"}, Headings: []string{"appointments"},
	})
	type hit struct {
		entry string
		n     int64
	}
	same := make(map[hit]*group)
	for list, cells := range b.ofList {
		match, fitting := cells[0], b.fitting(list)
		people := sum{whole: cells[1], overlap: true}
		for i, e := range b.plan.m.List(list).All() {
			if e.Exclude {
				continue
			}
			behind := &b.lists[list].entries[i]
			own, name := b.fits(int64(len(behind.People)), behind.N, fitting[i]), entryName(e)
			key := hit{name, behind.N}
			if other := same[key]; other != nil && other.behind == own.behind && other.never == own.never {
				own = other
			}
			same[key] = own
			c := b.cell(own, behind.N)
			who := b.people(own, behind.N, c, 1) // at most as many people as appointments
			who.isBehind = true
			match.within = append(match.within, own)
			people.parts = append(people.parts, who)
			s.add(list, name, c)
		}
		b.sums = append(b.sums, people)
	}
}

// entryName returns an entry in canonical form.
func entryName(e codelist.Entry) string {
	if e.Coverage == codelist.Descendants && e.Prefix.Len() < 4 {
		return e.Prefix.String() + "%"
	}
	return e.Prefix.String()
}
