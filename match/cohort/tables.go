package cohort

import (
	"slices"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
)

// total is the total of a column.
func (b *builder) total(c int) Number {
	if b.notGiven[c].all {
		return Number{}
	}
	if b.isNever(c) {
		return b.nothing()
	}
	if b.solution.Totals[c] {
		return Number{state: masked}
	}
	return b.show(b.problem.Columns[c].Total)
}

// cell is a cell of a column.
func (b *builder) cell(c int, d Dimension, i int) Number {
	if w := b.notGiven[c]; w.all || w.in[d] {
		return Number{}
	}
	if b.isNever(c) {
		return b.nothing()
	}
	if b.solution.Cells[c][d][i] {
		return Number{state: masked}
	}
	return b.show(b.problem.Columns[c].Cells[d][i])
}

// isNever reports whether a column is that of a list which the data cannot match.
func (b *builder) isNever(c int) bool {
	return c != b.all && !slices.Contains(b.coded[:], c) && b.problem.Columns[c].Hidden
}

// nothing is a number that can be nothing but zero.
func (b *builder) nothing() Number {
	if b.profile.Masks() {
		return Number{state: notThere}
	}
	return b.show(0)
}

func (b *builder) show(n int64) Number { return Number{b.profile.rounded(n), shown} }

// free is a number that nothing else tells of. So that a mask does not say that it is below
// the threshold, it is masked up to the one at which ranges of entries begin.
func (b *builder) free(n int64) Number {
	if b.profile.Masks() && n < b.profile.told() {
		return Number{state: masked}
	}
	return b.show(n)
}

// rows is the table of what became of the appointments.
func (b *builder) rows() Table {
	t := Table{
		Name: "appointments", Title: "Appointments", Group: "what became of them",
		Measures: []string{"appointments"}, Headings: []string{"appointments"},
	}
	add := func(group string, n Number) { t.Rows = append(t.Rows, Row{-1, group, []Number{n}}) }
	a, p := b.totals.Account, b.cohort.plan
	if !b.profile.Masks() {
		add("read", b.show(a.Read))
	}
	if a.Skipped > 0 {
		add("could not be read, and skipped", b.free(a.Skipped))
	}
	if p.attended {
		add("left out: the patient was not seen", b.free(a.NotAttended))
	}
	if p.dateLeft(hesop.Date{}, hesop.ErrDateMissing) != taken {
		add("left out: no date", b.free(a.Undated))
		add("left out: the date is not understood", b.free(a.Misdated))
		add("left out: before or after the days asked for", b.free(a.OtherDate))
	}
	if p.once {
		add("left out: "+p.key+" came before", b.free(a.Duplicates))
	}
	add("taken in", b.total(b.all))
	if p.key != "" {
		if !p.once {
			add("taken in although "+p.key+" came before", b.free(a.Repeated))
		}
		add("without "+p.key, b.free(a.Keyless))
		differing := b.free(a.Differing)
		if a.Repeated-a.Differing < b.profile.Least && b.profile.Masks() {
			differing = Number{state: masked}
		}
		add("values of "+p.key+" whose appointments differ", differing)
	}
	if !b.profile.Masks() { // these make people fewer than appointments, and could tell how many
		add("match a list, but are of no person", b.show(a.NoPerson))
		add("match a list, but have no date", b.show(a.NoDate))
		if a.BadDate > 0 {
			add("match a list, but have a date that is not understood", b.show(a.BadDate))
		}
	}
	return t
}

// status is the table of the answers of each list.
func (b *builder) status() Table {
	t := Table{
		Name: "lists", Title: "Answers of each list",
		Measures: []string{"match", "no_match", "unknown_not_coded", "unknown_cut_short", "people"},
		Headings: []string{"match", "no match", "unknown: not coded", "unknown: cut short", "people"},
	}
	for i := range b.totals.Lists {
		l := &b.totals.Lists[i]
		row := Row{List: i, Numbers: []Number{b.total(b.matched[i]), {}, {}, {}, b.total(b.people[i])}}
		noMatch, uncoded, cut := &row.Numbers[1], &row.Numbers[2], &row.Numbers[3]
		if !l.Finer {
			cut.state = notThere
		}
		if b.givesUncoded(i) {
			*uncoded = b.show(l.Uncoded)
			if b.givesRest(i) {
				*noMatch = b.show(l.NoMatch)
				if l.Finer {
					*cut = b.show(l.Cut)
				}
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// givesUncoded reports whether it can be told how many appointments are not coded in the
// system of a list. Of a list of both systems it is not told: those that are coded in both and do not
// match, those that are coded in one, and those that match other lists tell too much of each other.
func (b *builder) givesUncoded(i int) bool {
	if !b.profile.Masks() {
		return true
	}
	if b.solution.Totals[b.all] {
		return false
	}
	s := b.system(i)
	for range b.cohort.plan.m.List(i).ListsMissing() { // which match appointments that are not coded
		return false
	}
	return s >= 0 && b.gives(s) && !b.solution.Totals[b.coded[s]]
}

// givesRest reports whether it can be told how many appointments are coded and do not
// match, beside the numbers of those that match and of those that are not coded.
func (b *builder) givesRest(i int) bool {
	l := &b.totals.Lists[i]
	switch {
	case !b.profile.Masks():
		return true
	case b.solution.Totals[b.matched[i]]:
		return false
	case l.NoMatch < b.profile.Least:
		return false
	default:
		return !l.Finer // what was cut short of an entry matches another list by a shorter one
	}
}

// taken is the table of all appointments taken in, by a dimension, with how many are coded
// if that is told by it.
func (b *builder) taken(d Dimension) Table {
	t := Table{
		Name: d.name(), Title: "Appointments by " + d.String(), Group: d.String(),
		Measures: []string{"appointments"}, Headings: []string{"appointments"},
	}
	measures := [...][2]string{{"with_diagnosis", "without_diagnosis"}, {"with_procedure", "without_procedure"}}
	for s := range systems {
		if b.byTable[d][s] && b.gives(s) {
			for _, m := range measures[s] {
				t.Measures = append(t.Measures, m)
				t.Headings = append(t.Headings, strings.Replace(m, "_", " a ", 1))
			}
		}
	}
	for i, category := range b.totals.Categories[d] {
		row := Row{List: -1, Group: category.Category.String(), Numbers: []Number{b.cell(b.all, d, i)}}
		for s, c := range b.coded {
			if !b.byTable[d][s] || !b.gives(s) {
				continue
			}
			with, without := b.cell(c, d, i), Number{}
			if _, ok := with.Value(); ok {
				without = b.show(category.Taken - category.Coded.of(s))
			}
			row.Numbers = append(row.Numbers, with, without)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// name is that of the dimension for programs.
func (d Dimension) name() string { return strings.ReplaceAll(d.String(), " ", "_") }

// lists is the table of what matches each list, by a dimension.
func (b *builder) lists(d Dimension) Table {
	t := Table{
		Name: "lists_by_" + d.name(), Title: "Matches by " + d.String(), Group: d.String(),
		Measures: []string{"match", "people"}, Headings: []string{"appointments", "people"},
	}
	for list := range b.totals.Lists {
		for i, category := range b.totals.Categories[d] {
			t.Rows = append(t.Rows, Row{list, category.Category.String(), []Number{b.cell(b.matched[list], d, i), b.cell(b.people[list], d, i)}})
		}
	}
	return t
}

// entries is the table of the entries of each list.
func (b *builder) entries() Table {
	t := Table{
		Name: "entries", Title: "Entries of each list", Group: "entry",
		Measures: []string{"match"}, Headings: []string{"appointments"},
	}
	for list := range b.totals.Lists {
		withheld := b.withholdsEntries(list)
		never := b.neverFound(list)
		for i, e := range b.cohort.plan.m.List(list).All() {
			if e.Exclude {
				continue
			}
			var n Number
			hits := b.totals.Lists[list].Entries[i]
			switch {
			case !b.profile.Masks():
				n = b.show(hits)
			case never[i] && hits == 0:
				n.state = notThere
			case withheld:
			case hits < b.profile.told():
				n.state = masked
			default:
				n = b.profile.band(hits)
			}
			t.Rows = append(t.Rows, Row{list, entryName(e), []Number{n}})
		}
	}
	return t
}

// neverFound are the entries of a list that the data have no field long enough for.
func (b *builder) neverFound(list int) map[int]bool {
	never := make(map[int]bool)
	for s, seen := range b.cohort.widths {
		for i := range b.cohort.plan.m.List(list).NeedFiner(systems[s], seen.widest()) {
			never[i] = true
		}
	}
	return never
}

// entryName is an entry in canonical form.
func entryName(e codelist.Entry) string {
	if e.Coverage == codelist.Descendants && e.Prefix.Len() < 4 {
		return e.Prefix.String() + "%"
	}
	return e.Prefix.String()
}

// withholdsEntries reports whether nothing is told of the entries of a list. An entry is
// like a list of its own, and nothing masks numbers for its sake: so it is not told where another
// list has codes in the categories of this one but not all of them, and either has numbers that are masked; nor of a list of
// both systems, whose matches are as many as those of its entries in each.
func (b *builder) withholdsEntries(list int) bool {
	if !b.profile.Masks() || b.never[list] {
		return false
	}
	if b.solution.Totals[b.matched[list]] {
		return true
	}
	masked, tells := b.maskedEntries(list)
	for other, c := range b.matched {
		if b.never[other] || !b.families[list].overlaps(b.families[other]) || b.covered[list].within(b.covered[other]) {
			continue
		}
		if masked || b.isMaskedAnywhere(c) || b.isMaskedAnywhere(b.matched[list]) {
			return true
		}
	}
	return b.system(list) < 0 || tells
}

// maskedEntries reports whether entries of a list would be masked, and whether the matches of
// the list and the ranges of the others would say that one of these is not small: entries find all
// matches together.
func (b *builder) maskedEntries(list int) (masked, tells bool) {
	most, last, never := int64(0), b.profile.told()-1, b.neverFound(list)
	for i, e := range b.cohort.plan.m.List(list).All() {
		switch hits := b.totals.Lists[list].Entries[i]; {
		case e.Exclude || never[i]:
		case hits <= last:
			masked = true
			most += last
		default:
			_, end, _ := b.profile.band(hits).Band()
			most += end
		}
	}
	return masked, masked && b.totals.Lists[list].Match-(most-last) >= b.profile.Least
}

// isMaskedAnywhere reports whether the total of a column or a cell of it is masked.
func (b *builder) isMaskedAnywhere(c int) bool {
	if b.solution.Totals[c] {
		return true
	}
	return slices.ContainsFunc(b.solution.Cells[c], func(cells []bool) bool { return slices.Contains(cells, true) })
}
