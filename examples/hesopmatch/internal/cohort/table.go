package cohort

import (
	"slices"
	"strings"

	"hesopmatch/match/cohort"
)

// table is a table of numbers as text. Its bars are drawn from the same numbers.
type table struct {
	Name, Finding string
	Class         string
	Title         string // heading of the table's charts in files of -svg, "" if the heading is Name and Finding
	Head          []heading
	Rows          []tableRow
	Bars          []barColumn
}

type heading struct {
	Text, Class string
	Key         string // class of the bars that the heading explains
	Span        int    // how many columns the heading spans, 0 for one column
}

type tableRow struct {
	First       bool // the row begins the categories of another variable
	Name, Small string
	Cells       []cell
}

// Classes of cells: a bar, and a column of text.
const (
	barClass  = "b"
	termClass = "t"
)

// cell is a text or a bar.
type cell struct {
	Text, Small string
	Class       string
	Bar         []barPart
}

// barPart is a part of a bar, in percent of its frame.
type barPart struct {
	Class string
	X, W  tenths
}

// appointmentsHead is a heading that a browser may hyphenate.
const appointmentsHead = "Appoint\u00adments"

func heads(texts ...string) (all []heading) {
	for _, text := range texts {
		all = append(all, heading{Text: text})
	}
	return all
}

// barOf returns the bar of a share on a scale up to top. The bar is empty if the share is not shown.
func barOf(s share, top float64) cell {
	c := cell{Class: barClass}
	if v, ok := s.value(); ok && v > 0 {
		c.Bar = []barPart{{"match", 0, tenths(100 * v / top)}}
	}
	return c
}

// missingBar returns a bar in a frame from 0 to 100%. The shaded part of the frame is what is missing.
func missingBar(s share) cell {
	c := cell{Class: barClass}
	if v, ok := s.value(); ok {
		c.Bar = []barPart{{"none", 0, 100}, {"miss", 0, tenths(100 * v)}}
	}
	return c
}

// plainGroups returns the names of categories for the page. It drops the code and the word "Service", unless two names
// would then be the same. The names in tables.csv keep both.
func plainGroups(groups []string) map[string]string {
	names, times := make(map[string]string), make(map[string]int)
	for _, g := range groups {
		name := g
		if code, label, ok := strings.Cut(g, " "); ok && strings.Trim(code, "0123456789") == "" &&
			!strings.HasPrefix(label, "to ") && !strings.HasPrefix(label, "and ") {
			name = strings.TrimSuffix(label, " Service")
		}
		if short := shortGroups()[name]; short != "" {
			name = short
		}
		name = strings.Replace(name, " and over", "+", 1)
		names[g] = capital(name)
		times[names[g]]++
	}
	for g, name := range names {
		if times[name] > 1 {
			names[g] = g
		}
	}
	return names
}

// shortGroups returns short names of categories.
func shortGroups() map[string]string {
	return map[string]string{
		"Female": "Women", "Male": "Men", "Not specified, or indeterminate": "Unspecified",
		"arrived late, seen": "Seen, late", "arrived late, not seen": "Late, not seen",
		"cancelled by the patient": "Patient cancelled", "cancelled by the hospital": "Hospital cancelled",
		"not a value of the set": "Not a valid code",
	}
}

// bySize returns the groups whose number is shown and not zero, the largest first.
func bySize(groups []string, of func(group string) cohort.Number) (shown []string) {
	for _, g := range groups {
		if v, ok := of(g).Value(); ok && v > 0 {
			shown = append(shown, g)
		}
	}
	slices.SortStableFunc(shown, func(a, b string) int {
		x, _ := of(a).Value()
		y, _ := of(b).Value()
		return int(min(max(y-x, -1), 1))
	})
	return shown
}

// fileOf returns a file name without its extension: what the file shows, the number of a list, and the list's name in
// safe characters.
func fileOf(what string, list int, name string) string {
	safe := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}, name)
	for strings.Contains(safe, "--") {
		safe = strings.ReplaceAll(safe, "--", "-")
	}
	safe = strings.Trim(safe[:min(len(safe), 40)], "-")
	return strings.TrimSuffix(what+"-"+number(int64(list+1))+"-"+safe, "-")
}
