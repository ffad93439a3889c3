package cohort

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"
	"time"

	"hesopmatch/match/cohort"
)

//go:embed page.html
var pageText string

// page is what the template shows. All text in it is escaped there, for codelists and
// file names can hold anything.
type page struct {
	Title      string
	Day        string
	Profile    *cohort.Profile // nil if nothing is hidden
	Counted    []provenance    // who is counted
	Extract    string          // what the data are an extract of, "" if nothing is said of it
	Notes      []string
	Sections   []section
	Provenance []provenance
	Limits     []string
}

// section is some figures under a heading.
type section struct {
	ID, Heading, Text string
	Figures           []figure
}

// figure is charts and the table behind them.
type figure struct {
	Heading string
	Empty   string // what is said in place of a chart that would show nothing
	Legend  []legend
	Charts  []chart
	Table   table
	Open    bool // the table is shown at once
}

type legend struct{ Class, Text string }

// table is rows of numbers as text.
type table struct {
	Caption string
	Head    []string
	Rows    []tableRow
	Left    string // what is not listed in it, and why; "" if nothing
}

// tableRow is the numbers of a row, and what they are of.
type tableRow struct{ Names, Numbers []string }

func number(n int64) string { return strconv.FormatInt(n, 10) }

// writePage writes the page.
func (g *gathering) writePage(w io.Writer) error {
	t, err := template.New("page").Parse(pageText)
	if err != nil {
		return err
	}
	p := page{
		Title: "Outpatient appointments and people by codelist", Day: g.now.Format(time.DateOnly),
		Profile: g.opts.profile, Counted: g.counted(), Notes: g.notes, Provenance: g.provenance(), Limits: g.limits,
	}
	if len(g.subset) > 0 {
		p.Extract = g.extract()
	}
	p.Sections = append(p.Sections, g.answers(), g.byYear(), g.missingness(), g.entries(), g.others(), g.rows())
	return t.Execute(w, p)
}

// tableOf makes text of the rows of a table, named by list, group or both.
func (g *gathering) tableOf(t *cohort.Table, list int, caption string) table {
	named := list < 0 && isOfLists(t) // rows of lists
	out := table{Caption: caption, Head: names(t, named, "list", t.Group)}
	out.Head = append(out.Head, t.Headings...)
	left := 0
	for _, r := range t.Rows {
		if list >= 0 && r.List != list {
			continue
		}
		if isHidden(r) && t.Group == cohort.BySpecialty.String() {
			left++
			continue
		}
		row := tableRow{Names: names(t, named, g.listName(r), r.Group)}
		for _, n := range r.Numbers {
			row.Numbers = append(row.Numbers, n.String())
		}
		out.Rows = append(out.Rows, row)
	}
	if t.NotShown {
		names := make([]string, len(out.Head)-len(t.Headings))
		names[len(names)-1] = notShown
		out.Rows = append(out.Rows, tableRow{Names: names, Numbers: make([]string, len(t.Headings))})
	}
	if left > 0 {
		out.Left = "A specialty in which a list has no shown number is left out of this table."
	}
	return out
}

// names returns what names a row of a table: its list, if rows are named by lists, and its group, if it has one.
func names(t *cohort.Table, named bool, list, group string) (all []string) {
	if named {
		all = append(all, list)
	}
	if t.Group != "" {
		all = append(all, group)
	}
	return all
}

// listName returns the name of the list of a row, "" for a row of all appointments.
func (g *gathering) listName(r cohort.Row) string {
	if r.List < 0 {
		return ""
	}
	return g.lists[r.List].Name()
}

// isOfLists reports whether the rows of a table are of lists.
func isOfLists(t *cohort.Table) bool {
	return t.Name == "lists" || t.Name == "entries" || strings.HasPrefix(t.Name, "lists_by_")
}

// isHidden reports whether no number of a row is shown.
func isHidden(r cohort.Row) bool {
	for _, n := range r.Numbers {
		if _, ok := n.Value(); ok {
			return false
		}
	}
	return true
}

// answers are the three answers of each list.
func (g *gathering) answers() section {
	t, _ := g.table("lists")
	var lines []line
	for _, r := range t.Rows {
		lines = append(lines, line{g.lists[r.List].Name(), []part{
			{"first", "match", r.Numbers[0]},
			{"second", "no match", r.Numbers[1]},
			{"third", "unknown, not coded", r.Numbers[2]},
			{"third", "unknown, cut short", r.Numbers[3]},
		}})
	}
	s := section{
		ID: "answers", Heading: "What each list says of the appointments",
		Text: "Unknown is not no: most outpatient appointments carry no code.",
		Figures: []figure{{
			Legend: []legend{{"first", "match"}, {"second", "no match"}, {"third", "unknown"}},
			Charts: []chart{shares("answers-chart", "Shares of match, no match and unknown, by list", lines)},
			Table:  g.tableOf(t, -1, "Appointments by answer, and people who match, by list"),
			Open:   true,
		}},
	}
	if len(g.subset) > 0 {
		s.Text = "Unknown is not no."
		s.Figures[0].withoutShares()
	}
	return s
}

const noneTold = "No number is shown: the notes say why."

// byYear are the appointments and people of each list by financial year.
func (g *gathering) byYear() section {
	s := section{
		ID: "years", Heading: "Appointments and people by financial year",
		Text: "A person is counted once in each year.",
	}
	t, ok := g.table("lists_by_financial_year")
	if !ok {
		return s
	}
	for list, l := range g.lists {
		groups, numbers := pick(t, list)
		f := figure{Heading: l.Name(), Table: g.tableOf(t, list, l.Name()+" by financial year")}
		c := columns(fmt.Sprintf("year-%d", list), l.Name()+": appointments and people by financial year", groups,
			series{"appointments", "first", numbers[0]}, series{"people", "second", numbers[1]})
		if len(c.Bars) == 0 {
			f.Empty = noneTold
		} else {
			f.Legend = []legend{{"first", "appointments"}, {"second", "people"}}
			f.Charts = []chart{c}
		}
		s.Figures = append(s.Figures, f)
	}
	return s
}

// pick returns the groups of a list and its numbers by measure.
func pick(t *cohort.Table, list int) (groups []string, numbers [][]cohort.Number) {
	numbers = make([][]cohort.Number, len(t.Measures))
	for _, r := range t.Rows {
		if r.List != list {
			continue
		}
		groups = append(groups, r.Group)
		for i, n := range r.Numbers {
			numbers[i] = append(numbers[i], n)
		}
	}
	return groups, numbers
}

// missingness is which share of appointments has no code, by year and by specialty.
func (g *gathering) missingness() section {
	s := section{
		ID: "missing", Heading: "Appointments without a code",
		Text: "The share that has no code of a system, by financial year and by treatment specialty.",
	}
	if len(g.subset) > 0 {
		s.Text = "How many have no code of a system, by financial year and by treatment specialty."
	}
	for _, name := range []string{"financial_year", "treatment_specialty"} {
		t, ok := g.table(name)
		if !ok {
			continue
		}
		f := figure{
			Heading: "By " + t.Group, Legend: []legend{{"second", "with a code"}, {"third", "without"}},
			Table: g.tableOf(t, -1, t.Title),
		}
		for i := 1; i+1 < len(t.Measures); i += 2 {
			var lines []line
			for _, r := range t.Rows {
				if !isHidden(r) {
					lines = append(lines, line{
						r.Group,
						[]part{{"second", t.Headings[i], r.Numbers[i]}, {"third", t.Headings[i+1], r.Numbers[i+1]}},
					})
				}
			}
			c := shares(fmt.Sprintf("missing-%s-%d", name, i), "Share "+t.Headings[i+1]+", by "+t.Group, lines)
			c.Caption = "Share " + t.Headings[i+1]
			f.Charts = append(f.Charts, c)
		}
		if len(f.Charts) == 0 {
			f.Legend, f.Empty = nil, noneTold
		}
		if len(g.subset) > 0 {
			f.withoutShares()
		}
		s.Figures = append(s.Figures, f)
	}
	return s
}

// mostEntries is how many entries of a list have a bar.
const mostEntries = 12

// entries are the entries of each list by what they found.
func (g *gathering) entries() section {
	s := section{
		ID: "entries", Heading: "Entries by what they found",
		Text: "Appointments that each entry decided to be a match, on a scale of powers of ten. An entry that found " +
			"nothing may be misspelt, or of another edition.",
	}
	t, ok := g.table("entries")
	if !ok {
		return s
	}
	for list, l := range g.lists {
		entries, numbers := pick(t, list)
		shown, counts := largest(entries, numbers[0], mostEntries)
		f := figure{Heading: l.Name(), Table: g.tableOf(t, list, "Entries of "+l.Name())}
		title := "Entries of " + l.Name() + " by appointments"
		f.Charts = []chart{lengths(fmt.Sprintf("entries-%d", list), title, shown, counts)}
		if len(shown) < len(entries) {
			f.Table.Left = "The chart has the entries that found most; the table has all."
		}
		s.Figures = append(s.Figures, f)
	}
	return s
}

// others are the remaining tables, which have no chart.
func (g *gathering) others() section {
	s := section{ID: "others", Heading: "By specialty, attendance, sex and age"}
	for _, d := range []cohort.Dimension{cohort.BySpecialty, cohort.ByAttended, cohort.BySex, cohort.ByAge} {
		for i := range g.tables {
			t := &g.tables[i]
			if t.Group != d.String() || d == cohort.BySpecialty && !isOfLists(t) {
				continue
			}
			s.Figures = append(s.Figures, figure{Heading: t.Title, Table: g.tableOf(t, -1, t.Title)})
		}
	}
	return s
}

// rows is what became of the appointments that were read.
func (g *gathering) rows() section {
	t, _ := g.table("appointments")
	return section{
		ID: "left-out", Heading: "What was taken in and what was left out",
		Figures: []figure{{Table: g.tableOf(t, -1, "Appointments by what became of them"), Open: true}},
	}
}
