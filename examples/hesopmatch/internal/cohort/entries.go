package cohort

import (
	"fmt"
	"slices"
	"strings"

	"hesopmatch/match/cohort"
)

// mostEntries returns how many entries of a list the page shows before the reader opens the table. It returns 12, or
// fewer if there are more than two lists, to save printed pages.
func (n *numbers) mostEntries() int { return min(12, max(5, 25/len(n.lists))) }

// foundBy is an entry with the number of appointments that it matched.
type foundBy struct {
	code, term string
	match      cohort.Number
}

// entriesOf returns the entries of a list with their terms.
func (n *numbers) entriesOf(list int) (all []foundBy) {
	t := n.tables["entries"]
	for _, r := range t.Rows {
		if r.List == list {
			all = append(all, foundBy{code: dotted(r.Group), match: r.Numbers[0]})
		}
	}
	i := 0
	for _, e := range n.lists[list].All() {
		if !e.Exclude && i < len(all) { // the table has the inclusions in the order of the list
			all[i].term = e.Term
			i++
		}
	}
	return all
}

// dotted returns a code as people write it: E11.9 for E119.
func dotted(code string) string {
	if base := strings.TrimSuffix(code, "%"); len(base) <= 3 {
		return code
	}
	return code[:3] + "." + code[3:]
}

// entries returns the section on entries: the entries of each list, ordered by how many appointments they matched.
func (n *numbers) entries() section {
	s := section{ID: "entries", Nav: "Entries", Heading: "Entries"}
	s.Text = "An appointment that matches two entries of a list counts under both. A % marks a category with all its " +
		"codes."
	if n.hasShares() {
		s.Text += " Bars: share of the list’s appointments, 0 to 100%."
	}
	var all []table
	lists, most, left := 0, 0, false
	for list, l := range n.lists {
		entries := n.entriesOf(list)
		shown := slices.DeleteFunc(slices.Clone(entries), func(e foundBy) bool {
			v, ok := e.match.Value()
			return !ok || v == 0
		})
		slices.SortStableFunc(shown, func(a, b foundBy) int {
			x, _ := a.match.Value()
			y, _ := b.match.Value()
			return int(min(max(y-x, -1), 1))
		})
		t := n.entryTable(list, l.Name(), shown[:min(n.mostEntries(), len(shown))], true)
		if len(shown) == 0 {
			t = table{Name: l.Name(), Finding: n.noNumbers()}
		} else if v, ok := (share{shown[0].match, n.ofList(list, "match")}).value(); ok && n.hasShares() {
			lists++
			if v > 0.5 {
				most++
			}
			t.Finding = shown[0].code + " found " + share{shown[0].match, n.ofList(list, "match")}.twoFigures() +
				" of the list’s appointments"
		}
		s.Tables = append(s.Tables, t)
		s.Wide = s.Wide || slices.ContainsFunc(shown, func(e foundBy) bool { return e.term != "" })
		if len(shown) < len(entries) || len(shown) > n.mostEntries() {
			left = true
			all = append(all, n.entryTable(list, l.Name(), entries, false))
		}
	}
	switch {
	case lists == 1 && most == 1:
		s.Heading += ": one entry found most of the appointments"
	case lists > 1 && most > 0:
		s.Heading += ": in " + countOf(most, lists) + " one entry found most of the appointments"
	}
	if left {
		s.Rest = "Not shown here: the other entries of these lists. The table has them all."
		s.Details = &details{Summary: "Tables: all entries", Tables: all, Rest: "An entry that found nothing may be " +
			"misspelt, or belong to another edition."}
	}
	return s
}

// countOf returns words such as "three of five lists", or "each list" if the two numbers are equal.
func countOf(some, all int) string {
	if some == all {
		return "each list"
	}
	return fmt.Sprintf("%s of %s lists", inWords(some), inWords(all))
}

// entryTable returns a table of entries of a list.
func (n *numbers) entryTable(list int, name string, entries []foundBy, bars bool) table {
	t := table{Name: name, Class: "mini", Head: heads("Entry")}
	terms := slices.ContainsFunc(entries, func(e foundBy) bool { return e.term != "" })
	if terms {
		t.Head = append(t.Head, heading{Text: "Term", Class: termClass})
	}
	t.Head = append(t.Head, heading{Text: "Appts"})
	bars = bars && n.hasShares()
	if bars {
		t.Head = append(t.Head, heading{Text: "Share", Span: 2})
		t.Bars = []barColumn{{fileOf("entries", list, name), upTo("% of the list’s appointments", 1)}}
	}
	for _, e := range entries {
		row := tableRow{Name: e.code}
		if terms {
			row.Cells = append(row.Cells, cell{Text: e.term, Class: termClass})
		}
		row.Cells = append(row.Cells, cell{Text: thousands(e.match)})
		if bars {
			s := share{e.match, n.ofList(list, "match")}
			row.Cells = append(row.Cells, cell{Text: s.twoFigures()}, barOf(s, 1))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
