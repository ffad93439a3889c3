package cohort

import (
	"fmt"
	"slices"
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/match/cohort"
)

// Heights of the strips of a chart of years.
const (
	upperBase, upperHeight = 86, 56
	lowerBase, lowerHeight = 180, 48
	yearHeight             = 214
	countsAlone            = 100 // height saved without the upper strip
)

// trend is what a list finds, year by year.
type trend struct {
	match, people []cohort.Number
	shares        []share // nil if the list has no shares
}

// trendOf returns the trend of a list over the years of the axis.
func (n *numbers) trendOf(list int) (t trend) {
	sys := n.systems[list]
	for _, y := range n.axis {
		match := n.match(list, cohort.ByYear, y.name)
		t.match = append(t.match, match)
		t.people = append(t.people, n.people(list, cohort.ByYear, y.name))
		if sys != 0 && n.hasShares() {
			t.shares = append(t.shares, share{match, n.coded(sys, cohort.ByYear, y.name)})
		}
	}
	return t
}

// shareAt returns the share of a year.
func (t *trend) shareAt(i int) (float64, bool) {
	if t.shares == nil {
		return 0, false
	}
	return t.shares[i].value()
}

// countAt returns a function that returns the number of a year, for a chart.
func countAt(numbers []cohort.Number) func(i int) (float64, bool) {
	return func(i int) (float64, bool) {
		v, ok := numbers[i].Value()
		return float64(v), ok
	}
}

// scales holds the values at which the scale of shares and the scale of counts end, for all lists of one system.
type scales struct{ share, count float64 }

// scalesOf returns the scales for all lists of a system.
func (n *numbers) scalesOf(trends []trend, sys coding.System) scales {
	var s scales
	for list, t := range trends {
		if n.systems[list] != sys {
			continue
		}
		for i := range n.axis {
			v, _ := t.shareAt(i)
			m, _ := t.match[i].Value()
			p, _ := t.people[i].Value()
			s.share, s.count = max(s.share, v), max(s.count, float64(m), float64(p))
		}
	}
	return scales{niceTop(s.share), max(2, niceTop(s.count))}
}

// byYear returns the section of the appointments and people of each list by financial year.
func (n *numbers) byYear() section {
	s := section{ID: "years", Nav: "By financial year", Heading: "By financial year"}
	t := n.tables[listTable(cohort.ByYear)]
	if t == nil || len(n.axis) == 0 {
		return section{}
	}
	var trends []trend
	for list := range n.lists {
		trends = append(trends, n.trendOf(list))
	}
	s.Heading += n.trendsFinding(trends)
	hasShare := slices.ContainsFunc(trends, func(t trend) bool { return t.shares != nil })
	text := []string{"Columns: appointments. Line: people, each counted once in a year."}
	if hasShare {
		text = []string{
			"Upper chart: share of coded appointments, which allows for changes in their number. Lower chart: " +
				"appointments and people; a person counts once a year.",
		}
	}
	if len(n.lists) > 1 {
		text = append(text, "Lists of one coding system share a scale.")
	}
	if slices.Contains(n.systems, 0) && n.hasShares() {
		text = append(text, "A list of both systems has no share.")
	}
	text = append(text, n.noShares(), n.partText())
	s.Text = sentences(text...)
	details := &details{Summary: "Tables: appointments, people and shares by financial year", Fits: len(n.lists) <= 5}
	if !n.hasShares() {
		details.Summary = "Tables: appointments and people by financial year"
	}
	for list, l := range n.lists {
		scales := n.scalesOf(trends, n.systems[list])
		s.Figures = append(s.Figures, n.yearFigure(list, &trends[list], scales))
		details.Tables = append(details.Tables, n.yearTable(list, l.Name(), decimalsTo(scales.share)))
	}
	if f, ok := n.codingFigure(); ok {
		s.Figures = append(s.Figures, f)
	}
	details.Tables = append(details.Tables, n.codingTable())
	s.Details = details
	if t.NotShown {
		s.Rest = n.notShown("financial year")
	}
	return s
}

// noShares returns the sentence on why an extract has no shares, or "" if there are shares.
func (n *numbers) noShares() string {
	if n.hasShares() {
		return ""
	}
	return "No shares are drawn, because the appointments are an extract."
}

// notShown returns a sentence on the categories for which nothing is shown. The sentence is the same whether there are
// such categories or not.
func (n *numbers) notShown(category string) string {
	if n.opts.profile == nil {
		return ""
	}
	return "Not shown: any other " + category + "."
}

// sentences joins the sentences that are not empty.
func sentences(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), " ")
}

// yearFigure draws a list: its shares above its counts.
func (n *numbers) yearFigure(list int, t *trend, s scales) figure {
	name := n.lists[list].Name()
	c := &chart{File: fileOf("years", list, name), Height: yearHeight}
	first, last, ok := n.ends(func(i int) bool { return isShown(t.match[i]) && isShown(t.people[i]) })
	f := figure{Name: name, Finding: n.trendFinding(list, t, s)}
	if !slices.ContainsFunc(t.match, isShown) && !slices.ContainsFunc(t.people, isShown) {
		f.Empty = n.noNumbers()
		return f
	}
	base := float64(lowerBase)
	if t.shares != nil {
		n.shareStrip(c, list, t, s.share)
	} else {
		base -= countsAlone
		c.Height -= countsAlone
	}
	labels := ""
	if ok {
		labels = " (labels: " + n.axis[last].name + ")"
	}
	label, unit := counts(s.count)
	c.text("", "start", 0, base-68, "Number per year"+unit+labels)
	n.key(c, base-63, t, last, ok)
	lower := scale{base, lowerHeight, s.count}
	c.axis(lower, label)
	n.bars(c, "count", lower, countAt(t.match))
	n.curve(c, "people", lower, false, countAt(t.people))
	n.marks(c, lower, func(i int) bool { return t.match[i].IsHidden() })
	n.ticks(c, base)
	c.Name, c.Finding = f.Name, f.Finding
	c.Label = n.yearLabel(list, t, s, first, last, ok)
	f.Chart = c
	return f
}

// key writes a label for the columns and a label for the line of the counts, with the numbers of the last whole year.
func (n *numbers) key(c *chart, y float64, t *trend, last int, ok bool) {
	match, people := "appointments", "people"
	if ok {
		match, people = counted(t.match[last], "appointment"), counted(t.people[last], "person")
	}
	const wide = 8 // width of a character in the widest font
	if 87+wide*(len(match)+len(people)) > chartWidth {
		match = strings.Replace(match, "appointments", "appts", 1)
	}
	x := max(182, float64(66+wide*len(match)))
	c.rect("count", plotLeft, y-1.5, 9, 9)
	c.text("val", "start", 58, y+8, match)
	c.line("people", x, y+4, x+16, y+4)
	c.text("val", "start", x+21, y+8, people)
}

// shareStrip draws the shares of a list.
func (n *numbers) shareStrip(c *chart, list int, t *trend, top float64) {
	sys := n.systems[list]
	title := "% of appointments with a " + codeKind(sys) + " code"
	if i := slices.IndexFunc(n.systems, coding.System.IsValid); sys != n.systems[i] {
		title += " (own scale)"
	}
	c.text("", "start", 0, 12, title)
	upper := scale{upperBase, upperHeight, top}
	c.axis(upper, percentLabel)
	n.curve(c, "match", upper, true, t.shareAt)
	n.marks(c, upper, func(i int) bool { return t.shares[i].isHidden() })
	first, last, ok := n.ends(func(i int) bool { _, ok := t.shareAt(i); return ok })
	if !ok {
		return
	}
	labels := []struct {
		i      int
		anchor string
		dx     float64
	}{{first, "start", -4}, {last, "end", 4}}
	if first == last {
		labels = labels[:1]
	}
	for _, at := range labels {
		v, _ := t.shareAt(at.i)
		c.rect("dot", n.x(at.i)-2.5, upper.y(v)-2.5, 5, 5)
		text := t.shares[at.i].text(decimalsTo(top))
		c.text("val", at.anchor, n.x(at.i)+at.dx, n.clear(upper, t, at.i, at.anchor, len(text)), text)
	}
}

// clear returns the y coordinate at which the label of a year does not touch the line: above the line, or below the
// line if there is no room above.
func (n *numbers) clear(s scale, t *trend, i int, anchor string, characters int) float64 {
	reach := int(7*float64(characters)/n.step()) + 1
	from, to := i, min(i+reach, len(n.axis)-1)
	if anchor == "end" {
		from, to = max(i-reach, 0), i
	}
	top, bottom := s.base, 0.0
	for j := from; j <= to; j++ {
		if v, ok := t.shareAt(j); ok {
			top, bottom = min(top, s.y(v)), max(bottom, s.y(v))
		}
	}
	const under = 26 // baseline of a label just below the title of the axis
	if top-6 < under && bottom+15 < s.base-2 {
		return bottom + 15
	}
	return max(top-6, under)
}

// yearLabel describes the chart of a list in words.
func (n *numbers) yearLabel(list int, t *trend, s scales, first, last int, ok bool) string {
	var b strings.Builder
	b.WriteString(n.lists[list].Name() + ". ")
	if a, z, has := n.ends(func(i int) bool { _, ok := t.shareAt(i); return ok }); has {
		d := decimalsTo(s.share)
		fmt.Fprintf(&b, "%s of appointments with a %s code in %s", t.shares[a].text(d), codeKind(n.systems[list]),
			n.axis[a].name)
		if z > a {
			fmt.Fprintf(&b, ", %s in %s", t.shares[z].text(d), n.axis[z].name)
		}
		b.WriteString(". ")
	}
	if ok && last > first {
		fmt.Fprintf(&b, "Appointments went from %s in %s to %s in %s, people from %s to %s. ",
			thousands(t.match[first]), n.axis[first].name, thousands(t.match[last]), n.axis[last].name,
			thousands(t.people[first]), thousands(t.people[last]))
	} else if ok {
		fmt.Fprintf(&b, "%s appointments, %s people in %s. ", thousands(t.match[last]), thousands(t.people[last]),
			n.axis[last].name)
	}
	var hidden []string
	for i, y := range n.axis {
		if t.match[i].IsHidden() {
			hidden = append(hidden, y.name)
		}
	}
	if len(hidden) > 0 {
		fmt.Fprintf(&b, "Hidden in %s. ", someOf(hidden, "year"))
	}
	return b.String() + "The table has all the numbers."
}

// someOf lists the first few words, and counts the rest.
func someOf(all []string, noun string) string {
	const most = 6
	if len(all) > most+1 {
		return strings.Join(all[:most], ", ") + " and " + program.Count(len(all)-most, "more "+noun)
	}
	return and(all)
}

// and joins words with commas and a final "and".
func and(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
