package cohort

import (
	"fmt"
	"strings"

	"hesopmatch/codelist"
)

// builder makes the tables of a cohort.
type builder struct {
	cohort *Cohort
	totals *Totals
	behind *behind
	sheets []*sheet
	sums   []sum
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
	cells []cell
}

// newBuilder makes the tables. It counts the people behind each number up to enough.
func newBuilder(c *Cohort, enough int) *builder {
	t, k := c.add()
	b := &builder{cohort: c, totals: t, behind: k.behind(enough)}
	taken := b.addAppointments()
	lists := b.addLists(taken)
	for d := range Dimension(dimensions) {
		if len(b.totals.Categories[d]) > 0 {
			b.addTaken(d, taken)
			b.addCategories(d, lists)
		}
	}
	b.addEntries(lists)
	return b
}

// add begins a table.
func (b *builder) add(t Table) *sheet {
	s := &sheet{Table: t, all: true}
	b.sheets = append(b.sheets, s)
	return s
}

func (s *sheet) add(list int, group string, cells ...cell) {
	s.rows = append(s.rows, sheetRow{list, group, cells})
}

// table prints the numbers by a profile, or exactly if p is nil.
func (s *sheet) table(p *Profile) Table {
	t := s.Table
	isCategory := t.Group != "" && s.isOfCategories()
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

// isOfCategories reports whether the rows are categories of a dimension.
func (s *sheet) isOfCategories() bool { return s.Name != "entries" && s.Name != "appointments" }

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

func (c cell) number(p *Profile) Number {
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
func (b *builder) addAppointments() cell {
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
		{leftDuplicate, p.key + " came before", p.once},
	} {
		if left.has {
			g := groupLeft + int(left.why)
			s.add(-1, "left out: "+left.say, cell{b.behind.group(g), b.cohort.left(left.why)})
		}
	}
	taken := cell{b.behind.groups(groupWhole, allCoded), b.totals.Account.Taken}
	s.add(-1, "taken in", taken)
	return taken
}

// addLists adds the table of answers by list, and returns the cells of match and people.
func (b *builder) addLists(taken cell) (lists [][2]cell) {
	people := b.cohort.plan.people()
	s := b.add(Table{
		Name: "lists", Title: "Answers of each list",
		Measures: []string{"match", "no_match", "unknown_not_coded", "unknown_cut_short", "people"},
		Headings: []string{"match", "no match", "unknown: not coded", "unknown: cut short", people},
	})
	for i := range b.totals.Lists {
		l := &b.totals.Lists[i]
		own := &group{behind: b.behind.upTo(l.People), never: b.isNever(i)}
		match, kept := cell{own, l.Match}, cell{own, l.People}
		noMatch := cell{&group{behind: len(b.behind.noMatch[i])}, l.NoMatch}
		uncoded := cell{&group{behind: len(b.behind.uncoded[i])}, l.Uncoded}
		cut := cell{&group{behind: len(b.behind.cut[i]), never: !l.Finer && l.Cut == 0}, l.Cut}
		s.add(i, "", match, noMatch, uncoded, cut, kept)
		lists = append(lists, [2]cell{match, kept})
		b.sums = append(b.sums, sum{whole: taken, parts: []part{
			{cell: match},
			{cell: noMatch},
			{cell: uncoded},
			{cell: cut},
		}})
	}
	return lists
}

// hideWithMatch notes a group that adds up to the matches of a list with others.
func (b *builder) hideWithMatch(list int, g *group) {
	match := &b.sums[list].parts[0] // the first sums are those of addLists
	match.with = append(match.with, g)
}

// isNever reports whether the data cannot match a list. A value longer than its column allows
// can match nevertheless.
func (b *builder) isNever(list int) bool {
	if b.totals.Lists[list].Match > 0 {
		return false
	}
	never := b.neverFound(list)
	for i, e := range b.cohort.plan.m.List(list).All() {
		if !e.Exclude && !never[i] {
			return false
		}
	}
	return true
}

// neverFound returns the entries of a list that did not match and that no field is long enough for.
func (b *builder) neverFound(list int) map[int]bool {
	never := make(map[int]bool)
	for s, seen := range b.cohort.widths {
		for i := range b.cohort.plan.m.List(list).NeedFiner(systems[s], seen.widest()) {
			never[i] = b.totals.Lists[list].Entries[i] == 0
		}
	}
	return never
}

// addTaken adds the table of all appointments by a dimension.
func (b *builder) addTaken(d Dimension, taken cell) {
	s := b.add(Table{
		Name: d.name(), Title: "Appointments by " + d.String(), Group: d.String(),
		Measures: []string{"appointments", "with_diagnosis", "without_diagnosis", "with_procedure", "without_procedure"},
		Headings: []string{
			"appointments", "with a diagnosis", "without a diagnosis", "with a procedure",
			"without a procedure",
		},
	})
	whole := sum{whole: taken, more: !b.hasAll(d)}
	s.all = !whole.more
	for i, category := range b.totals.Categories[d] {
		first := b.cohort.plan.groupOf(d, b.behind.categories[d][i], 0)
		all := cell{b.behind.groups(first, allCoded), category.Taken}
		cells := []cell{all}
		var groups []*group
		for sys := range systems {
			with := cell{b.behind.groups(first, codedWith(sys)), category.Coded.of(sys)}
			without := cell{b.behind.groups(first, codedWithout(sys)), category.Taken - with.n}
			cells, groups = append(cells, with, without), append(groups, with.group, without.group)
			b.sums = append(b.sums, sum{whole: all, parts: []part{{cell: with}, {cell: without}}})
		}
		whole.parts = append(whole.parts, part{all, groups})
		s.add(-1, category.Category.String(), cells...)
	}
	b.sums = append(b.sums, whole)
}

// hasAll reports whether the data have every category of a dimension.
func (b *builder) hasAll(d Dimension) bool {
	return len(b.totals.Categories[d]) == len(b.cohort.plan.dims[d].categories)
}

// name is that of the dimension for programs.
func (d Dimension) name() string { return strings.ReplaceAll(d.String(), " ", "_") }

// addCategories adds the table of matches and people of each list by a dimension.
func (b *builder) addCategories(d Dimension, lists [][2]cell) {
	s := b.add(Table{
		Name: "lists_by_" + d.name(), Title: "Matches by " + d.String(), Group: d.String(),
		Measures: []string{"match", "people"}, Headings: []string{"appointments", b.cohort.plan.people()},
	})
	s.all = b.hasAll(d)
	for list := range lists {
		match := sum{whole: lists[list][0], more: !s.all}
		people := sum{whole: lists[list][1], people: true, overlap: d != BySex}
		for i, category := range b.totals.Categories[d] {
			counts := &b.totals.Lists[list].By[d][i]
			own := &group{behind: b.behind.upTo(counts.People), never: lists[list][0].never}
			cells := []cell{{own, counts.Match}, {own, counts.People}}
			b.hideWithMatch(list, own)
			match.parts = append(match.parts, part{cell: cells[0]})
			people.parts = append(people.parts, part{cell: cells[1]})
			s.add(list, category.Category.String(), cells...)
		}
		b.sums = append(b.sums, match, people)
	}
}

// addEntries adds the table of the entries of each list.
func (b *builder) addEntries(lists [][2]cell) {
	s := b.add(Table{
		Name: "entries", Title: "Entries of each list", Group: "entry",
		Measures: []string{"match"}, Headings: []string{"appointments"},
	})
	type hit struct {
		entry string
		n     int64
	}
	same := make(map[hit]*group) // of several lists: what one of them prints another must not hide
	for list := range lists {
		never := b.neverFound(list)
		people := sum{whole: lists[list][1], people: true, overlap: true} // an entry has no more people than appointments
		for i, e := range b.cohort.plan.m.List(list).All() {
			if !e.Exclude {
				own, n := &group{behind: len(b.behind.entries[list][i]), never: never[i]}, b.totals.Lists[list].Entries[i]
				name := entryName(e)
				if other := same[hit{name, n}]; other != nil && *other == *own {
					own = other
				}
				same[hit{name, n}] = own
				b.hideWithMatch(list, own)
				people.parts = append(people.parts, part{cell: cell{own, n}})
				s.add(list, name, cell{own, n})
			}
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

// people names the column of people by what AtLeast asks for.
func (p *plan) people() string {
	if p.least > 1 {
		return fmt.Sprintf("people with %d or more", p.least)
	}
	return "people"
}
