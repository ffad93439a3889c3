package cohort

import (
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/match/cohort"
)

// codingFigure draws how many appointments have a code, by year: the denominators of the shares.
func (n *numbers) codingFigure() (figure, bool) {
	f := figure{Name: "All coded appointments"}
	c := &chart{File: "years-coded", Height: 36}
	var label []string
	for _, sys := range n.systemsRead() {
		if !n.isUsed(sys) {
			continue
		}
		of := func(i int) (float64, bool) {
			v, ok := n.coded(sys, cohort.ByYear, n.axis[i].name).Value()
			return float64(v), ok
		}
		top := 0.0
		for i := range n.axis {
			v, _ := of(i)
			top = max(top, v)
		}
		if top == 0 {
			continue
		}
		says := n.codingFinding(sys)
		if f.Finding == "" {
			f.Finding = says
		}
		if label = append(label, ""); says != "" {
			label = append(label, says+".")
		}
		n.codingStrip(c, float64(c.Height-36), sys, max(2, niceTop(top)), of)
		c.Height += 96
	}
	if len(label) == 0 {
		return figure{}, false
	}
	n.ticks(c, float64(c.Height-42))
	c.Height -= 6
	c.Name, c.Finding = f.Name, f.Finding
	c.Label = f.Name + ". " + sentences(label...) + " The table has all the numbers."
	f.Chart = c
	return f, true
}

// codingStrip draws the coded appointments of one system by year.
func (n *numbers) codingStrip(c *chart, y float64, sys coding.System, top float64, of func(int) (float64, bool)) {
	axis, unit := counts(top)
	c.text("", "start", 0, y+12, "Appointments with a "+codeKind(sys)+" code"+unit)
	s := scale{y + 90, 60, top}
	c.axis(s, axis)
	n.bars(c, "count", s, of)
	n.marks(c, s, func(i int) bool { return n.coded(sys, cohort.ByYear, n.axis[i].name).IsHidden() })
	first, last, ok := n.ends(func(i int) bool { _, ok := of(i); return ok })
	if !ok {
		return
	}
	text := func(i int) string {
		v, _ := of(i)
		if unit == "" {
			return grouped(number(int64(v)))
		}
		return tenths(v / 1000).String()
	}
	put := func(i, from, to int, anchor string, x float64) {
		highest := 0.0
		for j := max(0, from); j <= min(to, len(n.axis)-1); j++ {
			v, _ := of(j)
			highest = max(highest, v)
		}
		c.text("val", anchor, x, max(s.y(highest)-4, y+26), text(i))
	}
	reach := int(45 / n.step())
	put(first, first, first+reach, "start", n.x(first)-4)
	if last > first {
		put(last, last-reach, last, "end", n.x(last)+4)
	}
}

// codingFinding states how the number of coded appointments changed.
func (n *numbers) codingFinding(sys coding.System) string {
	g, ok := n.growthOf(sys)
	at := func(i int) string { return thousands(n.coded(sys, cohort.ByYear, n.axis[i].name)) }
	switch {
	case !ok:
		_, last, ok := n.ends(func(i int) bool { return isShown(n.coded(sys, cohort.ByYear, n.axis[i].name)) })
		if !ok {
			return ""
		}
		return at(last) + " with a " + codeKind(sys) + " code in " + n.axis[last].name
	case g.isGreat():
		return g.times() + " as many " + codeKind(sys) + "-coded in " + n.axis[g.last].name + " as in " +
			n.axis[g.first].name
	}
	kind := codeKind(sys) + "-coded appointments"
	return moved(g.a, g.z).changed(at(g.first), at(g.last), "with a "+codeKind(sys)+" code", "About as many "+kind)
}

// yearTable returns the numbers of a list by year.
func (n *numbers) yearTable(list int, name string, decimals int) table {
	sys := n.systems[list]
	shares := sys != 0 && n.hasShares()
	t := table{Name: name, Class: "years", Head: heads("Year", "Appts", n.peopleHead())}
	if shares {
		t.Head = append(t.Head, heading{Text: "Share of\u00a0coded"})
	}
	groups := n.groupsInLists(cohort.ByYear)
	if len(groups) == 0 {
		return table{Name: name, Finding: n.noNumbers()}
	}
	for _, group := range n.allYears(groups) {
		match := n.match(list, cohort.ByYear, group)
		row := n.yearRow(group, match, n.people(list, cohort.ByYear, group))
		if shares {
			row.Cells = append(row.Cells, cell{Text: share{match, n.coded(sys, cohort.ByYear, group)}.text(decimals)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// allYears returns every year of the axis, which has no gaps, and then those of the given groups that are not years.
func (n *numbers) allYears(groups []string) (all []string) {
	for _, y := range n.axis {
		all = append(all, y.name)
	}
	for _, g := range groups {
		if _, ok := startOf(g); !ok {
			all = append(all, g)
		}
	}
	return all
}

// codingTable returns all appointments by year.
func (n *numbers) codingTable() table {
	t := table{Name: "All appointments", Class: "years", Head: heads("Year", "Appts")}
	for _, sys := range n.systemsRead() {
		t.Head = append(t.Head, heading{Text: sys.String() + " coded"})
	}
	for _, group := range n.allYears(n.groupsOf(cohort.ByYear)) {
		row := n.yearRow(group, n.of(tableName(cohort.ByYear), everyone, group, "appointments"))
		for _, sys := range n.systemsRead() {
			row.Cells = append(row.Cells, cell{Text: thousands(n.coded(sys, cohort.ByYear, group))})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// yearRow returns a row for a year with its numbers.
func (n *numbers) yearRow(group string, numbers ...cohort.Number) tableRow {
	row := tableRow{Name: capital(group)}
	if n.isPart(group) {
		row.Small = "part"
	}
	for _, v := range numbers {
		row.Cells = append(row.Cells, cell{Text: thousands(v)})
	}
	return row
}

// capital returns a text with its first letter in upper case.
func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
