package cohort

import (
	"slices"
	"strconv"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/match/cohort"
)

// numbers holds the printed tables of a run, and finds numbers in them for the page. The page takes no number from
// anywhere else.
type numbers struct {
	*gathering
	tables  map[string]*indexed
	systems []coding.System // by list: its only system, or 0: see soleSystem
	taken   cohort.Number   // all appointments
	axis    []year
}

// indexed is a table whose rows are found by list and group.
type indexed struct {
	*cohort.Table
	groups []string // in the order of the table
	at     map[rowAt][]cohort.Number
}

type rowAt struct {
	list  int
	group string
}

// everyone is the list number of a row that counts all appointments.
const everyone = -1

// newNumbers indexes the tables.
func newNumbers(g *gathering) *numbers {
	n := &numbers{gathering: g, tables: make(map[string]*indexed)}
	for i := range g.tables {
		t := &indexed{Table: &g.tables[i], at: make(map[rowAt][]cohort.Number)}
		seen := make(map[string]bool)
		for _, r := range t.Rows {
			t.at[rowAt{r.List, r.Group}] = r.Numbers
			if !seen[r.Group] {
				seen[r.Group] = true
				t.groups = append(t.groups, r.Group)
			}
		}
		n.tables[t.Name] = t
	}
	for _, l := range g.lists {
		n.systems = append(n.systems, soleSystem(l))
	}
	n.taken = n.of("appointments", everyone, "taken in", "appointments")
	n.axis = n.years()
	return n
}

// soleSystem returns the only system of a list's inclusions. It returns 0 if there are two systems, because no table
// counts the appointments coded in both, or if the list has missing values.
func soleSystem(l *codelist.List) (sole coding.System) {
	for range l.ListsMissing() {
		return 0
	}
	for _, sys := range coding.Systems() {
		switch {
		case l.Includes(sys) && sole != 0:
			return 0
		case l.Includes(sys):
			sole = sys
		}
	}
	return sole
}

// of looks up a number in a table by list, group and measure. It returns the zero Number if there is no such table. If
// the table has no such row, it returns a hidden number, or 0 if the rule hides nothing.
func (n *numbers) of(table string, list int, group, measure string) cohort.Number {
	t := n.tables[table]
	if t == nil {
		return cohort.Number{}
	}
	row, ok := t.at[rowAt{list, group}]
	for i, m := range t.Measures {
		if m == measure && ok {
			return row[i]
		}
	}
	if n.opts.profile == nil {
		return numberOf("0")
	}
	return n.hidden()
}

// hidden returns a Number that prints as a suppressed number, or the zero Number if the rule hides nothing.
func (n *numbers) hidden() cohort.Number {
	if n.opts.profile == nil {
		return cohort.Number{}
	}
	return numberOf("<" + number(n.opts.profile.Least))
}

// numberOf returns the Number that prints as the given text.
func numberOf(text string) (n cohort.Number) {
	_ = n.UnmarshalText([]byte(text)) // other text leaves the zero Number
	return n
}

// groupsOf returns the categories in the table of all appointments by a dimension, or nil if there is no such table.
func (n *numbers) groupsOf(d cohort.Dimension) []string {
	if t := n.tables[tableName(d)]; t != nil {
		return t.groups
	}
	return nil
}

// tableName returns the name of the table of all appointments by a dimension.
func tableName(d cohort.Dimension) string { return strings.ReplaceAll(d.String(), " ", "_") }

// listTable returns the name of the table of lists by a dimension.
func listTable(d cohort.Dimension) string { return "lists_by_" + tableName(d) }

// match returns the number of a list's appointments in a category.
func (n *numbers) match(list int, d cohort.Dimension, group string) cohort.Number {
	return n.of(listTable(d), list, group, "match")
}

// people returns the number of a list's people in a category.
func (n *numbers) people(list int, d cohort.Dimension, group string) cohort.Number {
	return n.of(listTable(d), list, group, "people")
}

// coded returns the number of a category's appointments that have a code of a system.
func (n *numbers) coded(sys coding.System, d cohort.Dimension, group string) cohort.Number {
	return n.of(tableName(d), everyone, group, "with_"+codeKind(sys))
}

// allCoded returns the number of appointments with a code of a system. It needs a list of that system alone. From the
// number of all appointments taken in, it subtracts the number that the list reports as not coded. If this difference
// is hidden, it adds up the list's other answers. It returns the zero Number if no such list determines the number.
func (n *numbers) allCoded(sys coding.System) (coded cohort.Number) {
	taken, ok := n.taken.Value()
	for list := range n.lists {
		if n.systems[list] != sys || !ok {
			continue
		}
		match, isMatch := n.ofList(list, "match").Value()
		none, isNone := n.ofList(list, "no_match").Value()
		cut := n.ofList(list, "unknown_cut_short")
		more, _ := cut.Value()
		uncoded, has := n.ofList(list, "unknown_not_coded").Value()
		sum := match + none + more
		switch isAll := isMatch && isNone && !cut.IsHidden(); {
		case has && (isMatch || isNone): // part of the difference is shown, so the difference has enough people
			sum = taken - uncoded
		case !isAll:
			continue
		}
		if sum >= n.smallest() {
			return numberOf(number(sum))
		}
	}
	return coded
}

// smallest returns the least number that a page can print.
func (n *numbers) smallest() int64 {
	p := n.opts.profile
	if p == nil {
		return 0
	}
	return (p.Least + p.Nearest/2) / p.Nearest * p.Nearest
}

// ofList returns a number of a list for all appointments.
func (n *numbers) ofList(list int, measure string) cohort.Number {
	return n.of("lists", list, "", measure)
}

// codeKind returns what the tables call a code of a system.
func codeKind(sys coding.System) string {
	if sys == coding.OPCS4 {
		return "procedure"
	}
	return "diagnosis"
}

// number returns a number in digits.
func number(n int64) string { return strconv.FormatInt(n, 10) }

// thousands returns a number as the page prints it: 12,340, <10 or not applicable.
func thousands(n cohort.Number) string { return grouped(n.String()) }

// counted returns a number as printed, followed by its noun.
func counted(n cohort.Number, noun string) string {
	v, ok := n.Value()
	switch {
	case ok && v == 1:
	case noun == "person":
		noun = "people"
	default:
		noun += "s"
	}
	return thousands(n) + " " + noun
}

// grouped puts commas between the thousands of a number in digits. It returns other text unchanged.
func grouped(text string) string {
	if strings.Trim(text, "0123456789") != "" {
		return text
	}
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// isShown reports whether a number is shown.
func isShown(n cohort.Number) bool {
	_, ok := n.Value()
	return ok
}

// hasShares reports whether the page gives shares. The page of an extract gives none.
func (n *numbers) hasShares() bool { return len(n.subset) == 0 }

// systemsRead returns the systems for which the data have fields.
func (n *numbers) systemsRead() (all []coding.System) {
	for _, sys := range coding.Systems() {
		if slices.Contains(n.read, sys) {
			all = append(all, sys)
		}
	}
	return all
}
