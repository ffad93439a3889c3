package cohort

import (
	"hesopmatch/codelist/coding"
	"hesopmatch/match/cohort"
)

// stat is a number at the top of the page.
type stat struct{ What, Number, Share string }

// stats returns the numbers of codelists, of appointments, and of the appointments coded in each system.
func (n *numbers) stats() []stat {
	all := []stat{{"Codelists", thousandsOf(len(n.lists)), ""}, {"Appointments", thousands(n.taken), ""}}
	for _, sys := range coding.Systems() {
		s := share{n.allCoded(sys), n.taken}
		if !isShown(s.part) {
			continue
		}
		one := stat{What: "With a " + codeKind(sys) + " code", Number: thousands(s.part)}
		if _, ok := s.value(); ok && n.hasShares() {
			one.Share = s.text(1)
		}
		all = append(all, one)
	}
	return all
}

// foundShare returns a list's share of the appointments that are coded in its system.
func (n *numbers) foundShare(list int) share {
	if n.systems[list] == 0 {
		return share{}
	}
	return share{n.ofList(list, "match"), n.allCoded(n.systems[list])}
}

// mostShare returns the largest share among the lists of a system, or 0 if none is shown.
func (n *numbers) mostShare(sys coding.System) (most float64) {
	for list := range n.lists {
		if v, ok := n.foundShare(list).value(); ok && n.systems[list] == sys {
			most = max(most, v)
		}
	}
	return most
}

func (n *numbers) foundDecimals(sys coding.System) int { return decimalsTo(niceTop(n.mostShare(sys))) }

// found returns the table with the appointments and people that each list found.
func (n *numbers) found() table {
	top, systems := 0.0, []string{}
	for _, sys := range coding.Systems() {
		if !isShown(n.allCoded(sys)) {
			continue
		}
		top = max(top, n.mostShare(sys))
		systems = append(systems, thousands(n.allCoded(sys))+" with a "+codeKind(sys)+" code ("+sys.String()+")")
	}
	top = niceTop(top)
	t := table{Head: heads("List", appointmentsHead, n.peopleHead())}
	span := ""
	if s := n.span(); s != "" {
		span = ", " + s
	}
	t.Finding = "Matched appointments and people" + span + "."
	shares := n.hasShares() && len(systems) > 0
	if shares {
		t.Head = append(t.Head, heading{Text: "Share of coded", Span: 2})
		t.Finding += " Shares are of coded appointments: " + and(systems) +
			". Bars run from 0 to " + percentLabel(top) + "."
		t.Title = "What each list found"
		t.Bars = []barColumn{{"found", upTo("% of appointments with a code of the list’s system", top)}}
	}
	for list, l := range n.lists {
		row := tableRow{Name: l.Name(), Small: systemOf(n.systems[list]), Cells: []cell{
			{Text: thousands(n.ofList(list, "match"))}, {Text: thousands(n.ofList(list, "people"))},
		}}
		if shares {
			s := n.foundShare(list)
			row.Cells = append(row.Cells, cell{Text: s.text(n.foundDecimals(n.systems[list]))}, barOf(s, top))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// systemOf returns the name of the system of a list.
func systemOf(sys coding.System) string {
	if sys == 0 {
		return "both systems"
	}
	return sys.String()
}

// peopleHead returns the heading of the column of people, with the number that -min asks for.
func (n *numbers) peopleHead() string {
	if n.opts.Min > 1 {
		return "People with " + number(int64(n.opts.Min)) + "+"
	}
	return "People"
}

// statusFinding states for how many appointments a list has no answer.
func (n *numbers) statusFinding() string {
	if n.hasShares() {
		for _, sys := range coding.Systems() {
			s := n.uncoded(sys)
			if _, ok := s.value(); ok && n.isTruncated() {
				return "A " + codeKind(sys) + " list has no answer for at least " + atLeast(s.span(n.half()).least) +
					" of appointments"
			} else if ok {
				return "A " + codeKind(sys) + " list has no answer for " + s.text(0) + " of appointments"
			}
		}
	}
	return "What each list says about the appointments"
}

// isTruncated reports whether the data have fields that could truncate a code to fewer characters than some entry has.
func (n *numbers) isTruncated() bool {
	for list := range n.lists {
		if n.ofList(list, "unknown_cut_short").String() != cohort.NotThere {
			return true
		}
	}
	return false
}

// status returns the table of the three answers of each list.
func (n *numbers) status() table {
	cut := n.isTruncated()
	t := table{Class: "status", Head: []heading{
		{Text: "List"},
		{Text: "Match", Key: "match"},
		{Text: "Coded, no\u00a0match", Key: "none"},
		{Text: "Unknown", Key: "miss"},
	}}
	t.Finding = "All " + counted(n.taken, "appointment") + ". Unknown does not mean no: no code of the list’s " +
		"system was recorded."
	measures := []string{"match", "no_match", "unknown_not_coded"}
	if cut {
		t.Head[3].Text = "Unknown, not\u00a0coded"
		t.Head = append(t.Head, heading{Text: "Unknown, cut\u00a0short", Key: "miss"})
		t.Finding += " Cut short: a code was truncated, so it may or may not be a code of the list."
		measures = append(measures, "unknown_cut_short")
	}
	if n.hasShares() {
		t.Finding += " Bars run from 0 to 100% of all."
		t.Head = append(t.Head, heading{Text: "0 to 100%", Class: barClass})
		t.Title = n.statusFinding()
		t.Bars = []barColumn{{"answers", "% of appointments: match (dark), no match (white), unknown"}}
	} else {
		t.Finding += " " + n.noShares()
	}
	for list, l := range n.lists {
		row := tableRow{Name: l.Name()}
		for _, measure := range measures {
			c := cell{Text: thousands(n.ofList(list, measure))}
			s := share{n.ofList(list, measure), n.taken}
			if v, ok := s.value(); ok && n.hasShares() {
				c.Small = s.text(decimalsTo(v))
			}
			row.Cells = append(row.Cells, c)
		}
		if n.hasShares() {
			row.Cells = append(row.Cells, n.statusBar(list))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// slimmest is the least width, in percent, of the part of a bar that stands for matches. A reader could not see a
// smaller part.
const slimmest = 1.5

// statusBar draws the answers of a list as shares of all appointments.
func (n *numbers) statusBar(list int) cell {
	c := cell{Class: barClass}
	of := func(measure string) tenths {
		v, _ := share{n.ofList(list, measure), n.taken}.value()
		return tenths(100 * v)
	}
	match := of("match")
	x := match
	for _, p := range []barPart{
		{"none", 0, of("no_match")}, {"miss", 0, of("unknown_not_coded")}, {"miss", 0, of("unknown_cut_short")},
	} {
		if p.X = x; p.W > 0 {
			p.W = min(p.W, 100-x)
			c.Bar = append(c.Bar, p)
			x += p.W
		}
	}
	if match > 0 {
		c.Bar = append(c.Bar, barPart{"match", 0, max(match, slimmest)})
	}
	return c
}
