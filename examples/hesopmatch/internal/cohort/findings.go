package cohort

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/match/cohort"
)

// Findings are sentences made from printed numbers. A finding whose numbers are hidden is left out. Findings name no
// causes.

// finding is a main point: its claim, and the numbers that support it.
type finding struct{ Lead, Text string }

// mainPoints returns the findings at the top of the page.
func (n *numbers) mainPoints() (all []finding) {
	for _, sys := range [...]coding.System{coding.ICD10, coding.OPCS4, 0} {
		if f, ok := n.mostFound(sys); ok {
			all = append(all, f)
		}
	}
	if f, ok := n.silence(); ok {
		all = append(all, f)
	}
	if f, ok := n.sharesMoved(); ok {
		all = append(all, f)
	}
	return all
}

// mostFound names the list of a system that matches the most appointments. It returns no finding if two lists share the
// largest number, or if the number of some list is not shown.
func (n *numbers) mostFound(sys coding.System) (finding, bool) {
	best, most, lists, ties := -1, int64(-1), 0, 0
	for list := range n.lists {
		if n.systems[list] != sys {
			continue
		}
		lists++
		v, ok := n.ofList(list, "match").Value()
		switch {
		case !ok: // few people, who may have any number of appointments
			ties++
			most = math.MaxInt64
		case v == 0:
		case v > most:
			best, most, ties = list, v, 0
		case v == most:
			ties++
		}
	}
	if best < 0 || ties > 0 || sys == 0 && len(n.lists) > 1 {
		return finding{}, false
	}
	match, people := n.ofList(best, "match"), n.ofList(best, "people")
	f := finding{Lead: n.lists[best].Name() + " was found most often"}
	if sys != 0 && lists < len(n.lists) {
		f.Lead += " of the lists of " + plural(codeKind(sys))
	}
	switch {
	case lists == 1 && len(n.lists) == 1:
		f.Lead = n.lists[best].Name()
	case lists == 1:
		f.Lead = n.lists[best].Name() + ", the only list of " + plural(codeKind(sys))
	}
	f.Lead += ":"
	f.Text = counted(match, "appointment")
	switch {
	case isShown(people) && n.opts.Min > 1:
		f.Text += ", " + counted(people, "person") + " with " + thousandsOf(n.opts.Min) + " or more"
	case isShown(people) && n.opts.chooses(best): // the appointments also belong to other people
		f.Text += " of all people with a match (" + counted(people, "person") + " counted)"
	case isShown(people):
		f.Text += " of " + counted(people, "person")
	}
	s := share{match, n.allCoded(sys)}
	if _, ok := s.value(); ok && sys != 0 && n.hasShares() {
		f.Text += ", " + s.text(n.foundDecimals(sys)) + " of appointments with a " + codeKind(sys) + " code"
	}
	f.Text += "."
	return f, true
}

// plural returns the plural of a kind of code.
func plural(kind string) string {
	if kind == "diagnosis" {
		return "diagnoses"
	}
	return kind + "s"
}

// uncoded returns the share of all appointments that have no code of a system.
func (n *numbers) uncoded(sys coding.System) share {
	for list := range n.lists {
		if n.systems[list] == sys {
			return share{n.ofList(list, "unknown_not_coded"), n.taken}
		}
	}
	return share{}
}

// silence states for how many appointments the lists have no answer.
func (n *numbers) silence() (finding, bool) {
	if !n.hasShares() {
		return finding{}, false
	}
	var parts []string
	for _, sys := range coding.Systems() {
		s := n.uncoded(sys)
		if v, ok := s.value(); ok && v > 0 {
			have := " of appointments have no "
			if len(parts) > 0 {
				have = " no "
			}
			parts = append(parts, s.text(0)+have+codeKind(sys)+" code")
		}
	}
	if len(parts) == 0 {
		return finding{}, false
	}
	return finding{
		Lead: "Where no code is recorded, nothing is known:",
		Text: and(parts) + ", so no list of such codes has an answer for them.",
	}, true
}

// growth compares the coded appointments of a system in the first and the last whole year for which they are shown.
type growth struct {
	a, z        spanned
	first, last int
}

// isGreat reports whether the number certainly grew by at least half, whatever the rounding.
func (g growth) isGreat() bool { return g.z.least >= 1.5*g.a.most && g.a.printed > 0 }

// times returns the factor of growth, such as "2.8 times". It has one decimal below 3, and none from 3 up.
func (g growth) times() string {
	factor, decimals := g.z.printed/g.a.printed, 1
	if factor >= 3 {
		decimals = 0
	}
	return strconv.FormatFloat(factor, 'f', decimals, 64) + " times"
}

// growthOf compares the coded appointments of the last whole year with those of the first.
func (n *numbers) growthOf(sys coding.System) (g growth, ok bool) {
	at := func(i int) cohort.Number { return n.coded(sys, cohort.ByYear, n.axis[i].name) }
	g.first, g.last, ok = n.ends(func(i int) bool { return isShown(at(i)) })
	if !ok || g.first == g.last {
		return g, false
	}
	g.a, g.z = spanOf(at(g.first), n.half()), spanOf(at(g.last), n.half())
	return g, true
}

// sharesMoved states how coding grew, and which lists rose and fell as a share of coded appointments.
func (n *numbers) sharesMoved() (finding, bool) {
	if !n.hasShares() {
		return finding{}, false
	}
	var f finding
	for _, sys := range coding.Systems() {
		g, ok := n.growthOf(sys)
		if !ok || !g.isGreat() || !n.isUsed(sys) {
			continue
		}
		f.Lead = "Coded appointments grew, so read shares, not counts:"
		f.Text = fmt.Sprintf("%s as many appointments had a %s code in %s as in %s. ", g.times(), codeKind(sys),
			n.axis[g.last].name, n.axis[g.first].name)
		break
	}
	var names [unsure + 1][]string
	for list, l := range n.lists {
		t := n.trendOf(list)
		if c, ends, ok := n.shareChange(&t); ok && n.areAxisEnds(ends) {
			names[c] = append(names[c], l.Name())
		}
	}
	var clauses []string
	for _, c := range []struct {
		change
		verb string
	}{{up, " rose"}, {down, " fell"}, {same, " stayed about the same"}} {
		if lists := names[c.change]; len(lists) > 0 {
			clauses = append(clauses, someOf(lists, "list")+c.verb)
		}
	}
	if len(clauses) == 0 {
		f.Text = strings.TrimSpace(f.Text)
		return f, f.Lead != ""
	}
	if f.Lead == "" {
		f.Lead = "From the first to the last whole year:"
		f.Text = "as"
	} else {
		f.Text += "As"
	}
	f.Text += " a share of coded appointments " + strings.Join(clauses, "; ") + "."
	return f, true
}

// isUsed reports whether any list has codes of the given system alone.
func (n *numbers) isUsed(sys coding.System) bool {
	return slices.Contains(n.systems, sys)
}

// shareChange compares the shares of the first and the last whole year.
func (n *numbers) shareChange(t *trend) (c change, ends [2]int, ok bool) {
	first, last, ok := n.ends(func(i int) bool { _, ok := t.shareAt(i); return ok })
	if !ok || first == last {
		return 0, [2]int{first, last}, false
	}
	return moved(t.shares[first].span(n.half()), t.shares[last].span(n.half())), [2]int{first, last}, true
}

// areAxisEnds reports whether two years are the first and the last whole year on the axis.
func (n *numbers) areAxisEnds(ends [2]int) bool {
	first, last, _ := n.ends(func(int) bool { return true })
	return ends == [2]int{first, last}
}

// countChange compares the appointments of the first and the last whole year.
func (n *numbers) countChange(t *trend) (c change, ends [2]int, ok bool) {
	first, last, ok := n.ends(func(i int) bool { return isShown(t.match[i]) })
	if !ok || first == last {
		return 0, [2]int{first, last}, false
	}
	return moved(spanOf(t.match[first], n.half()), spanOf(t.match[last], n.half())), [2]int{first, last}, true
}

// half returns how far a printed number can be from the exact number.
func (n *numbers) half() float64 {
	if n.opts.profile == nil {
		return 0
	}
	return float64(n.opts.profile.Nearest) / 2
}

// trendFinding states how a list changed: its share of coded appointments, or its appointments if it has no share.
func (n *numbers) trendFinding(_ int, t *trend, s scales) string {
	decimals := decimalsTo(s.share)
	c, ends, ok := n.shareChange(t)
	switch {
	case ok:
		a, b := t.shares[ends[0]].text(decimals), t.shares[ends[1]].text(decimals)
		if c != same && a == b {
			a, b = t.shares[ends[0]].text(decimals+1), t.shares[ends[1]].text(decimals+1)
		}
		if c == unsure || !n.areAxisEnds(ends) {
			a, b = a+" in "+n.axis[ends[0]].name, b+" in "+n.axis[ends[1]].name
		}
		return c.changed(a, b, "of coded appointments", "About the same share of coded")
	case t.shares != nil && ends[0] >= 0 && ends[0] == ends[1]:
		return t.shares[ends[0]].text(decimals) + " of coded appointments in " + n.axis[ends[0]].name
	}
	c, ends, ok = n.countChange(t)
	switch {
	case ok:
		a, b := thousands(t.match[ends[0]]), thousands(t.match[ends[1]])
		if c == unsure || !n.areAxisEnds(ends) {
			a, b = a+" in "+n.axis[ends[0]].name, b+" in "+n.axis[ends[1]].name
		}
		return c.changed(a, b, "appointments", "About as many appointments")
	case ends[0] >= 0:
		return counted(t.match[ends[0]], "appointment") + " in " + n.axis[ends[0]].name
	}
	return ""
}

// trendsFinding states for how many lists the counts and the shares rose. It returns "" if there is only one list, or
// if the counts of some list cannot be compared.
func (n *numbers) trendsFinding(trends []trend) string {
	var counted, counts, shared, shares int
	for i := range trends {
		if c, ends, ok := n.countChange(&trends[i]); ok && c != unsure && n.areAxisEnds(ends) {
			counted++
			counts += rose(c)
		}
		if c, ends, ok := n.shareChange(&trends[i]); ok && c != unsure && n.areAxisEnds(ends) {
			shared++
			shares += rose(c)
		}
	}
	if len(trends) < 2 || counted < len(trends) {
		return ""
	}
	text := ": counts rose for " + ofLists(counts, counted)
	if shared == len(trends) {
		text += ", shares for " + ofLists(shares, shared)
	}
	return text
}

func rose(c change) int {
	if c == up {
		return 1
	}
	return 0
}

// ofLists returns words such as "two of three", "every list" or "no list".
func ofLists(some, all int) string {
	switch some {
	case all:
		return "every list"
	case 0:
		return "no list"
	}
	return inWords(some) + " of " + inWords(all)
}

// inWords returns a small number as a word, and a larger number in digits.
func inWords(n int) string {
	if words := strings.Fields("no one two three four five six seven eight nine ten eleven twelve"); n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
}

// countLists returns a number of lists in words: one list, three lists.
func countLists(n int) string {
	if n == 1 {
		return "one list"
	}
	return inWords(n) + " lists"
}

// pageTitle returns the title of the page.
func (n *numbers) pageTitle() string {
	if n.opts.title != "" {
		return program.Plain(n.opts.title)
	}
	what := inWords(len(n.lists)) + " codelists"
	if len(n.lists) == 1 {
		what = n.lists[0].Name()
	}
	title := strings.ToUpper(what[:1]) + what[1:] + " in outpatient appointments"
	if len(n.lists) == 1 {
		title = what + " in outpatient appointments"
	}
	if span := n.span(); span != "" {
		title += ", " + span
	}
	return program.Plain(title)
}
