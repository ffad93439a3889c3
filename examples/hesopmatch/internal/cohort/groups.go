package cohort

import (
	"fmt"
	"slices"
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/match/cohort"
)

// groupShare returns a list's share of the coded appointments of a category.
func (n *numbers) groupShare(list int, d cohort.Dimension, group string) share {
	if n.systems[list] == 0 || !n.hasShares() {
		return share{}
	}
	return share{n.match(list, d, group), n.coded(n.systems[list], d, group)}
}

var sexAndAge = [...]cohort.Dimension{cohort.BySex, cohort.ByAge}

// sexesFirst sorts the categories of sex, women first. It does not sort the categories of other dimensions.
func sexesFirst(d cohort.Dimension, groups []string) []string {
	groups = slices.Clone(groups)
	if d == cohort.BySex {
		slices.SortStableFunc(groups, func(a, b string) int { return sexRank(a) - sexRank(b) })
	}
	return groups
}

const female, male = "2 Female", "1 Male"

func sexRank(group string) int {
	switch group {
	case female:
		return 0
	case male:
		return 1
	}
	return 2
}

// bySexAndAge returns the section of the lists by sex and age, with the coded appointments that are the denominators of
// its shares.
func (n *numbers) bySexAndAge() section {
	s := section{ID: "who", Nav: "By sex and age", Heading: "By sex and age"}
	if len(n.groupsOf(cohort.BySex))+len(n.groupsOf(cohort.ByAge)) == 0 {
		return section{}
	}
	tops := make(map[coding.System]float64)
	var scales []string
	for _, sys := range coding.Systems() {
		top := 0.0
		for list := range n.lists {
			for _, d := range sexAndAge {
				for _, g := range n.groupsOf(d) {
					if v, ok := n.groupShare(list, d, g).value(); ok && n.systems[list] == sys {
						top = max(top, v)
					}
				}
			}
		}
		if tops[sys] = niceTop(top); top > 0 {
			scales = append(scales, "0 to "+percentLabel(tops[sys])+" for lists of "+plural(codeKind(sys)))
		}
	}
	text := "A person counts once in each age band with a matched appointment."
	if len(scales) > 0 {
		text = "The share is of the coded appointments of the same sex or age; bars run from " + and(scales) + ". " +
			text
	}
	s.Text = sentences(text, n.noShares())
	var women, men, alike int
	for list, l := range n.lists {
		t := n.sexTable(list, l.Name(), tops[n.systems[list]])
		switch c, ok := n.sexChange(list); {
		case !ok:
		case c == up:
			women++
		case c == down:
			men++
		default:
			alike++
		}
		s.Tables = append(s.Tables, t)
	}
	s.Heading += sexFinding(women, men, alike)
	if t, ok := n.sexDenominators(); ok {
		s.Tables = append(s.Tables, t)
	}
	s.Rest = n.notShown("sex or age band")
	return s
}

// sexChange compares women with men. The change is up if the list is found more often in women, and down if more often
// in men.
func (n *numbers) sexChange(list int) (change, bool) {
	women, men := n.groupShare(list, cohort.BySex, female), n.groupShare(list, cohort.BySex, male)
	if _, ok := women.value(); !ok {
		return 0, false
	}
	if _, ok := men.value(); !ok {
		return 0, false
	}
	c := moved(men.span(n.half()), women.span(n.half()))
	return c, c != unsure
}

// sexFinding states how many lists are found more often in women, and how many in men.
func sexFinding(women, men, alike int) string {
	if women+men+alike == 1 {
		return ": more often in " + []string{"women", "men", "neither women nor men"}[men+2*alike]
	}
	var parts []string
	noun := func(n int) string {
		if len(parts) == 0 {
			return countLists(n)
		}
		return inWords(n)
	}
	if women > 0 {
		parts = append(parts, noun(women)+" more often in women")
	}
	if men > 0 {
		parts = append(parts, noun(men)+" more often in men")
	}
	if alike > 0 {
		parts = append(parts, noun(alike)+" about as often in both")
	}
	if len(parts) == 0 {
		return ""
	}
	return ": " + strings.Join(parts, ", ")
}

// sexTable returns the numbers of a list by sex and age.
func (n *numbers) sexTable(list int, name string, top float64) table {
	shares := n.systems[list] != 0 && n.hasShares()
	t := table{Name: name, Class: "mini", Head: heads("Group", "Appts", n.peopleHead())}
	if shares {
		t.Head = append(t.Head, heading{Text: "Share of coded", Span: 2})
		t.Bars = []barColumn{{
			fileOf("sex-age", list, name),
			upTo("% of appointments with a "+codeKind(n.systems[list])+" code", top),
		}}
	}
	var bands []spanned
	var ages []string
	isKnown := true // no age band has a hidden share
	for _, d := range sexAndAge {
		names := plainGroups(n.groupsOf(d))
		for i, g := range sexesFirst(d, n.groupsInLists(d)) {
			row := tableRow{Name: names[g], First: i == 0 && len(t.Rows) > 0, Cells: []cell{
				{Text: thousands(n.match(list, d, g))}, {Text: thousands(n.people(list, d, g))},
			}}
			s := n.groupShare(list, d, g)
			if shares {
				row.Cells = append(row.Cells, cell{Text: s.text(decimalsTo(top))}, barOf(s, top))
			}
			if _, ok := s.value(); d == cohort.ByAge && ok {
				bands, ages = append(bands, s.span(n.half())), append(ages, names[g])
			} else if d == cohort.ByAge {
				isKnown = isKnown && !s.isHidden()
			}
			t.Rows = append(t.Rows, row)
		}
	}
	var says []string
	if c, ok := n.sexChange(list); ok {
		says = append(says, [...]string{
			same: "As often in both sexes", up: "Women more often", down: "Men more often",
		}[c])
	}
	if i := highest(bands); i >= 0 && isKnown {
		says = append(says, ages[i]+" highest")
	}
	t.Finding = strings.Join(says, "; ")
	return t
}

// sexDenominators returns the coded appointments by sex and age.
func (n *numbers) sexDenominators() (table, bool) {
	t := table{Name: "All coded appointments", Class: "mini", Head: heads("Group")}
	if n.hasShares() {
		t.Finding = "The denominators of the shares"
	}
	var systems []coding.System
	for _, sys := range n.systemsRead() {
		if n.isUsed(sys) {
			systems = append(systems, sys)
			t.Head = append(t.Head, heading{Text: sys.String() + " coded"})
		}
	}
	for _, d := range sexAndAge {
		names := plainGroups(n.groupsOf(d))
		for i, g := range sexesFirst(d, n.groupsOf(d)) {
			row := tableRow{Name: names[g], First: i == 0 && len(t.Rows) > 0}
			for _, sys := range systems {
				row.Cells = append(row.Cells, cell{Text: thousands(n.coded(sys, d, g))})
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t, len(systems) > 0
}

// mostSpecialties is the number of specialties that the page shows for a list, after the categories of attendance.
const mostSpecialties = 5

// byAttendance returns the section of the lists by attendance and specialty, with all appointments for comparison.
func (n *numbers) byAttendance() section {
	s := section{ID: "where", Nav: "By attendance and specialty", Heading: "By attendance and specialty"}
	if len(n.groupsOf(cohort.ByAttended))+len(n.groupsOf(cohort.BySpecialty)) == 0 {
		return section{}
	}
	s.Text = fmt.Sprintf("Attendance, then the %s largest specialties.", inWords(mostSpecialties))
	if n.hasShares() {
		s.Text += " The share is of the list’s matched appointments; bars run from 0 to 100%."
	} else {
		s.Text += " " + n.noShares()
	}
	least, lists := 1.0, 0
	for list, l := range n.lists {
		t := n.whereTable(l.Name(), n.ofList(list, "match"), []string{"Appts", n.peopleHead()},
			func(d cohort.Dimension, g string) []cohort.Number {
				return []cohort.Number{n.match(list, d, g), n.people(list, d, g)}
			})
		t.Bars = []barColumn{{
			fileOf("attendance-specialty", list, l.Name()), upTo("% of the list’s appointments", 1),
		}}
		s.Tables = append(s.Tables, t)
		s := share{n.match(list, cohort.ByAttended, seen), n.ofList(list, "match")}
		if _, ok := s.value(); ok {
			least, lists = min(least, s.span(n.half()).least), lists+1
		}
	}
	if lists == len(n.lists) && n.hasShares() && !n.opts.Attended && least > 0 {
		s.Heading += ": at least " + atLeast(least) + " of each list’s appointments were seen"
		if lists == 1 {
			s.Heading = "By attendance and specialty: at least " + atLeast(least) + " of the appointments were seen"
		}
	}
	all := n.whereTable("All appointments", n.taken, []string{"Appts"},
		func(d cohort.Dimension, g string) []cohort.Number {
			return []cohort.Number{n.of(tableName(d), everyone, g, "appointments")}
		})
	all.Bars = []barColumn{{"attendance-specialty-all", upTo("% of all appointments", 1)}}
	s.Tables = append(s.Tables, all)
	s.Rest = n.notShown("attendance or specialty")
	if t, ok := n.specialties(); ok {
		s.Rest = sentences(n.notShown("attendance"), "All specialties that are shown are in the table.")
		s.Details = &details{
			Summary: "Table: all specialties", Scroll: "Matched appointments by treatment specialty",
			Tables: []table{t}, Rest: "Not shown: any other specialty.",
		}
	}
	return s
}

// seen is the category of attendance for patients who were seen.
const seen = "seen"

// whereTable returns the numbers of a list, or of all appointments, by attendance and for the largest specialties.
func (n *numbers) whereTable(name string, all cohort.Number, columns []string,
	of func(d cohort.Dimension, g string) []cohort.Number,
) table {
	t := table{Name: name, Class: "mini wrap", Head: heads(append([]string{"Group"}, columns...)...)}
	if n.hasShares() {
		t.Head = append(t.Head, heading{Text: "Share", Span: 2})
	}
	var says []string
	for _, d := range [...]cohort.Dimension{cohort.ByAttended, cohort.BySpecialty} {
		names := plainGroups(n.groupsOf(d))
		groups := bySize(n.groupsOf(d), func(g string) cohort.Number { return of(d, g)[0] })
		if d == cohort.BySpecialty {
			groups = groups[:min(mostSpecialties, len(groups))]
		}
		for i, g := range groups {
			numbers := of(d, g)
			row := tableRow{Name: names[g], First: i == 0 && len(t.Rows) > 0}
			for _, v := range numbers {
				row.Cells = append(row.Cells, cell{Text: thousands(v)})
			}
			s := share{numbers[0], all}
			if n.hasShares() {
				row.Cells = append(row.Cells, cell{Text: s.twoFigures()}, barOf(s, 1))
				if _, ok := s.value(); ok && (g == seen || d == cohort.BySpecialty && i == 0) {
					says = append(says, names[g]+" "+s.twoFigures())
				}
			}
			t.Rows = append(t.Rows, row)
		}
	}
	if len(t.Rows) == 0 {
		t.Finding = n.noNumbers()
		t.Head = nil
		return t
	}
	t.Finding = strings.Join(says, "; ")
	return t
}

// specialties returns the appointments of every list by specialty.
func (n *numbers) specialties() (table, bool) {
	groups := slices.Clone(n.groupsInLists(cohort.BySpecialty))
	names := plainGroups(groups)
	slices.SortStableFunc(groups, func(a, b string) int { return strings.Compare(names[a], names[b]) })
	t := table{Finding: "Matched appointments by treatment specialty", Head: heads("Specialty")}
	for _, l := range n.lists {
		t.Head = append(t.Head, heading{Text: l.Name()})
	}
	for _, g := range groups {
		row := tableRow{Name: names[g]}
		for list := range n.lists {
			row.Cells = append(row.Cells, cell{Text: thousands(n.match(list, cohort.BySpecialty, g))})
		}
		t.Rows = append(t.Rows, row)
	}
	return t, len(groups) > 0
}

// groupsInLists returns the categories for which some list has a number that is shown.
func (n *numbers) groupsInLists(d cohort.Dimension) []string {
	if t := n.tables[listTable(d)]; t != nil {
		return t.groups
	}
	return nil
}
