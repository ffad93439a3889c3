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

// page holds the data for the template. The template escapes all text, because codelists and file names can contain
// anything.
type page struct {
	Title    string
	Day      string
	Version  string
	Profile  *cohort.Profile // nil if the numbers are exact
	Extract  string          // describes the extract, "" without -subset-by
	Points   []finding
	Reading  []string
	Stats    []stat
	Counted  []provenance
	Found    table
	Says     string // heading of the table of answers
	Status   table
	Sections []section
	Notes    []string
	Done     []string // what was done to protect people
	Checks   []string // what a reviewer can check
	Limits   []string
	Source   source
}

// section is a group of figures and tables under a heading that states a finding.
type section struct {
	ID, Nav, Heading, Text string
	Figures                []figure
	Tables                 []table
	Wide                   bool // the tables have columns of text
	Rest                   string
	Details                *details
}

// figure is a chart with the finding that it shows.
type figure struct {
	Name, Finding string
	Empty         string // text in place of a chart that would show nothing
	Chart         *chart
}

// details holds tables that are closed until the reader opens them.
type details struct {
	Summary string
	Fits    bool   // whether the tables are also printed on paper
	Scroll  string // label of a table that is wider than a phone
	Tables  []table
	Rest    string
}

// noNumbers returns the text in place of a chart or table without numbers.
func (n *numbers) noNumbers() string {
	if n.opts.profile == nil {
		return "There are no such appointments"
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

// sections returns the figures and tables of the page in order. A section is empty if the data lack its table.
func (n *numbers) sections() []section {
	return []section{n.byYear(), n.bySexAndAge(), n.byAttendance(), n.missing(), n.entries()}
}

// charts returns the charts of the page, including the bars of its tables.
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

// piece is part of a text. If it is Whole, no line ends inside it.
type piece struct {
	Text  string
	Whole bool
}

// financialYear matches a year or a day, inside which no line may end.
var financialYear = regexp.MustCompile(`\b\d{4}-\d{2}(-\d{2})?\b`)

// unbroken splits a text into pieces so that no line ends inside a year.
func unbroken(text string) (all []piece) {
	from := 0
	for _, at := range financialYear.FindAllStringIndex(text, -1) {
		all = append(all, piece{text[from:at[0]], false}, piece{text[at[0]:at[1]], true})
		from = at[1]
	}
	return append(all, piece{text[from:], false})
}

// names returns the names of a row: its list, if the caller asks for it, and its group, if the table has groups.
func names(t *cohort.Table, named bool, list, group string) (all []string) {
	if named {
		all = append(all, list)
	}
	if t.Group != "" {
		all = append(all, group)
	}
	return all
}

// listName returns the name of a row's list, or "" for a row that counts all appointments.
func (g *gathering) listName(r cohort.Row) string {
	if r.List < 0 {
		return ""
	}
	return g.lists[r.List].Name()
}

// isOfLists reports whether each row of a table belongs to a list.
func isOfLists(t *cohort.Table) bool {
	return t.Name == "lists" || t.Name == "entries" || strings.HasPrefix(t.Name, "lists_by_")
}
