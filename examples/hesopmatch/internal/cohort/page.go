package cohort

import (
	_ "embed"
	"html/template"
	"io"
	"regexp"
	"strings"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/match/cohort"
)

//go:embed page.html
var pageText string

// page is what the template shows. All text in it is escaped there, for codelists and
// file names can hold anything.
type page struct {
	Title    string
	Day      string
	Version  string
	Profile  *cohort.Profile // nil if nothing is hidden
	Extract  string          // what the data are an extract of, "" if nothing is said of it
	Points   []finding
	Reading  []string
	Stats    []stat
	Counted  []provenance
	Found    table
	Says     string // what the table of answers shows
	Status   table
	Sections []section
	Notes    []string
	Done     []string // what was done to protect people
	Checks   []string // what a reviewer can check
	Limits   []string
	Source   source
}

// section is figures and tables under a heading that states a finding.
type section struct {
	ID, Nav, Heading, Text string
	Figures                []figure
	Tables                 []table
	Wide                   bool // its tables have texts
	Rest                   string
	Details                *details
}

// figure is a chart and what it shows.
type figure struct {
	Name, Finding string
	Empty         string // what is said in place of a chart that would show nothing
	Chart         *chart
}

// details is tables that a reader opens.
type details struct {
	Summary string
	Fits    bool   // they are printed
	Scroll  string // what a table is that is wider than a phone
	Tables  []table
	Rest    string
}

// noneTold is said in place of a chart or table without a number.
func (n *numbers) noneTold() string {
	if n.opts.profile == nil {
		return "There is no such appointment"
	}
	return "No number is shown: see the notes for the reviewer"
}

// writePage writes the page.
func (g *gathering) writePage(w io.Writer) error {
	t, err := template.New("page").Funcs(template.FuncMap{"unbroken": unbroken}).Parse(pageText)
	if err != nil {
		return err
	}
	n := newNumbers(g)
	p := page{
		Title: n.pageTitle(), Day: g.now.Format("2 January 2006"), Version: program.Version,
		Profile: g.opts.profile, Points: n.mainPoints(), Reading: n.reading(), Stats: n.stats(), Counted: g.counted(),
		Found: n.found(), Says: n.statusFinding(), Status: n.status(),
		Notes: g.notes, Done: n.done(), Checks: n.checks(), Limits: g.limits, Source: n.source(),
	}
	for i := range p.Counted {
		p.Counted[i].What = capital(p.Counted[i].What)
	}
	if len(g.subset) > 0 {
		p.Extract = g.extract()
	}
	for _, s := range n.sections() {
		if s.ID != "" {
			p.Sections = append(p.Sections, s)
		}
	}
	return t.Execute(w, p)
}

// sections are the figures and tables of the page, in its order. One without a table in the data is empty.
func (n *numbers) sections() []section {
	return []section{n.byYear(), n.bySexAndAge(), n.byAttendance(), n.missing(), n.entries()}
}

// charts are those of the page, and the bars of its tables.
func (g *gathering) charts() (all []*chart) {
	n := newNumbers(g)
	found, status := n.found(), n.status()
	all = append(found.barCharts(), status.barCharts()...)
	for _, s := range n.sections() {
		for _, f := range s.Figures {
			if f.Chart != nil {
				all = append(all, f.Chart)
			}
		}
		for _, t := range s.Tables {
			all = append(all, t.barCharts()...)
		}
	}
	return all
}

// piece is a part of a text, which is not to be broken over lines if Whole.
type piece struct {
	Text  string
	Whole bool
}

// financialYear is a year or a day, which a line does not end within.
var financialYear = regexp.MustCompile(`\b\d{4}-\d{2}(-\d{2})?\b`)

// unbroken cuts a text into pieces, so that a line does not end within a year.
func unbroken(text string) (all []piece) {
	from := 0
	for _, at := range financialYear.FindAllStringIndex(text, -1) {
		all = append(all, piece{text[from:at[0]], false}, piece{text[at[0]:at[1]], true})
		from = at[1]
	}
	return append(all, piece{text[from:], false})
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
