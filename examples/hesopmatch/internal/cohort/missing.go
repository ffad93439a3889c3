package cohort

import (
	"fmt"
	"slices"
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/match/cohort"
)

// without returns the share of a category's appointments that have no code of the given system.
func (n *numbers) without(sys coding.System, d cohort.Dimension, group string) share {
	return share{
		n.of(tableName(d), everyone, group, "without_"+codeKind(sys)),
		n.of(tableName(d), everyone, group, "appointments"),
	}
}

// missing returns the section on appointments without a code, by year and by specialty.
func (n *numbers) missing() section {
	s := section{ID: "missing", Nav: "What is missing", Heading: "What is missing", Text: n.noShares()}
	systems := n.systemsRead()
	if len(systems) == 0 || len(n.groupsOf(cohort.ByYear))+len(n.groupsOf(cohort.BySpecialty)) == 0 {
		return section{}
	}
	for i, sys := range systems {
		if !n.hasShares() || len(n.axis) == 0 {
			break
		}
		f, says := n.missingFigure(sys)
		if i == 0 && says != "" {
			s.Heading += ": " + says
		}
		s.Figures = append(s.Figures, f)
	}
	specialties := bySize(n.groupsOf(cohort.BySpecialty), func(g string) cohort.Number {
		return n.of(tableName(cohort.BySpecialty), everyone, g, "appointments")
	})
	largest := slices.Clone(specialties[:min(mostMissing, len(specialties))])
	if len(largest) > 0 {
		s.Tables = []table{n.missingLargest(systems, largest, len(specialties) > len(largest))}
	}
	s.Details = new(details)
	var by []string
	for _, d := range [...]cohort.Dimension{cohort.ByYear, cohort.BySpecialty} {
		if len(n.groupsOf(d)) > 0 {
			s.Details.Tables = append(s.Details.Tables, n.missingTable(systems, d))
			by = append(by, d.String())
		}
	}
	s.Details.Summary = "Tables: appointments without a code by " + and(by)
	s.Rest = n.notShown(strings.Join(by, " or "))
	return s
}

// mostMissing is the number of specialties that the page shows next to the charts.
const mostMissing = 12

// missingFigure draws the appointments without a code of a system, by year, and returns a sentence for the last whole
// year.
func (n *numbers) missingFigure(sys coding.System) (f figure, says string) {
	kind := codeKind(sys)
	f.Name = "Without a " + kind + " code"
	at := func(i int) share { return n.without(sys, cohort.ByYear, n.axis[i].name) }
	value := func(i int) (float64, bool) { return at(i).value() }
	c := &chart{File: "without-" + kind, Height: 126}
	c.text("", "start", 0, 12, "% of appointments without a "+kind+" code (shaded)")
	s := scale{92, 70, 1}
	c.axis(s, percentLabel)
	n.bars(c, "miss", s, value)
	n.marks(c, s, func(i int) bool { return at(i).isHidden() })
	n.ticks(c, 93)
	first, last, ok := n.ends(func(i int) bool { _, ok := value(i); return ok })
	if ok {
		f.Finding = at(last).text(0) + " in " + n.axis[last].name
		if last > first {
			f.Finding = at(first).text(0) + " in " + n.axis[first].name + ", " + f.Finding
		}
		says = at(last).text(0) + " of appointments in " + n.axis[last].name + " have no " + kind + " code"
	}
	c.Name, c.Finding = f.Name, f.Finding
	c.Label = c.title() + ". The table has all the numbers."
	if !slices.ContainsFunc(c.Shapes, func(s shape) bool { return strings.HasPrefix(s.Class, "miss") }) {
		return figure{Name: f.Name, Empty: n.noNumbers()}, ""
	}
	f.Chart = c
	return f, says
}

// missingHead appends, for each system, the heading of the appointments without a code.
func (n *numbers) missingHead(t *table, systems []coding.System) {
	for _, sys := range systems {
		kind := map[coding.System]string{coding.ICD10: "diag\u00adnosis", coding.OPCS4: "proce\u00addure"}[sys]
		h := heading{Text: "Without a " + kind, Span: 2}
		if !n.hasShares() {
			h.Span = 0
		}
		t.Head = append(t.Head, h)
	}
}

// missingLargest returns the table of the largest specialties. If the page gives shares, the specialty with the largest
// share of appointments without a code comes first.
func (n *numbers) missingLargest(systems []coding.System, groups []string, more bool) table {
	names := plainGroups(n.groupsOf(cohort.BySpecialty))
	t := table{Name: "By specialty", Class: "mini wrap missing", Head: heads("Treatment specialty", "Appts")}
	n.missingHead(&t, systems)
	for _, sys := range systems {
		t.Bars = append(t.Bars, barColumn{
			"without-" + codeKind(sys) + "-specialty", upTo("% without a "+codeKind(sys)+" code (shaded)", 1),
		})
	}
	t.Title = "Missing codes by specialty"
	share := func(g string) (float64, bool) { return n.without(systems[0], cohort.BySpecialty, g).value() }
	if n.hasShares() {
		slices.SortStableFunc(groups, func(a, b string) int {
			x, _ := share(a)
			y, _ := share(b)
			switch {
			case x > y:
				return -1
			case x < y:
				return 1
			}
			return 0
		})
		t.Finding = n.missingFinding(systems[0], groups, more, names)
	}
	for _, g := range groups {
		row := tableRow{Name: names[g], Cells: []cell{
			{Text: thousands(n.of(tableName(cohort.BySpecialty), everyone, g, "appointments"))},
		}}
		for _, sys := range systems {
			s := n.without(sys, cohort.BySpecialty, g)
			if n.hasShares() {
				row.Cells = append(row.Cells, cell{Text: s.text(0)}, missingBar(s))
			} else {
				row.Cells = append(row.Cells, cell{Text: thousands(s.part)})
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// missingFinding states the smallest and the largest share, if the printed numbers determine which they are.
func (n *numbers) missingFinding(sys coding.System, groups []string, more bool, names map[string]string) string {
	of := ""
	if more {
		of = fmt.Sprintf(", among the %s largest specialties", inWords(len(groups)))
	}
	first, last := groups[0], groups[len(groups)-1]
	a, b := n.without(sys, cohort.BySpecialty, first), n.without(sys, cohort.BySpecialty, last)
	_, ok := a.value()
	_, has := b.value()
	frame := "The shaded part is what is missing; the frame is 0 to 100%."
	switch {
	case !ok || !has:
		return frame
	case a.text(0) != b.text(0) && b.span(n.half()).most >= a.span(n.half()).least:
		return frame
	case a.text(0) == b.text(0):
		return fmt.Sprintf("Without a %s code: %s in each%s. %s", codeKind(sys), a.text(0), of, frame)
	}
	return fmt.Sprintf("Without a %s code: from %s in %s to %s in %s%s. %s", codeKind(sys), a.text(0), names[first],
		b.text(0), names[last], of, frame)
}

// missingTable returns the table of all categories of a dimension.
func (n *numbers) missingTable(systems []coding.System, d cohort.Dimension) table {
	names := plainGroups(n.groupsOf(d))
	t := table{
		Finding: "Appointments without a code by " + d.String(),
		Head:    heads(map[bool]string{true: "Year", false: "Special\u00adty"}[d == cohort.ByYear], appointmentsHead),
	}
	n.missingHead(&t, systems)
	for _, g := range n.groupsOf(d) {
		row := tableRow{Name: names[g], Cells: []cell{
			{Text: thousands(n.of(tableName(d), everyone, g, "appointments"))},
		}}
		if n.isPart(g) {
			row.Small = "part"
		}
		for _, sys := range systems {
			s := n.without(sys, d, g)
			row.Cells = append(row.Cells, cell{Text: thousands(s.part)})
			if n.hasShares() {
				row.Cells = append(row.Cells, cell{Text: s.text(1)})
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
