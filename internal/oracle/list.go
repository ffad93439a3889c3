package oracle

import (
	"errors"
	"slices"
	"strings"
)

// Settings are the options with which a list is read. Any Policy other than "always" and "never" counts as "auto".
// Any value of Headings other than "ignore" and "expand" counts as "reject".
type Settings struct {
	Policy     string
	Headings   string
	AllowBroad bool
}

// Rejected is a cell without entries, with the reason. Cell is the index of the cell. Ignored means that the settings
// treat the cell as a heading, which is not an error.
type Rejected struct {
	Cell    int
	Why     string
	Ignored bool
}

// List is a codelist that has been read and resolved. verdicts holds, for each cell with entries, a verdict for each
// code of the cell.
type List struct {
	entries  []Entry
	verdicts map[int][]string
}

// Entries returns the entries in order of their cells, and within a cell in order of its parts. It leaves out
// duplicates of earlier entries.
func (l *List) Entries() []Entry { return slices.Clone(l.entries) }

// An item is an unresolved entry, with its origin.
type item struct {
	Entry
	bare    bool // a category whose coverage the policy decides
	ofRange bool
}

// A span is one range of a list, with the codes that it yields.
type span struct {
	Cell
	cell   int
	length int // length of the ends of the range
	yields []string
}

// NewList reads cells. It returns the rejected cells in order. It skips cells without text.
func NewList(cells []Cell, s Settings) (*List, []Rejected) {
	var items []item
	var spans []span
	why := map[int]string{}
	ignored := map[int]bool{}

	for i, cell := range cells {
		if !hasText(cell.Text) {
			continue
		}
		parts, err := readCell(cell.System, cell.Text, s.AllowBroad)
		if err != nil {
			why[i] = err.Error()
			ignored[i] = errors.Is(err, errChapter) && (s.Headings == "ignore" || s.Headings == "expand")
			continue
		}
		for _, p := range parts {
			items = append(items, itemsOf(i, cell, p)...)
			if p.form == formRange {
				spans = append(spans, span{cell, i, len(p.codes[0]), p.codes})
			}
		}
	}

	// Whether a range may be a heading depends on the list as it was written, so all ranges are judged before any cell
	// is removed.
	resolve(items, s.Policy)
	for _, sp := range spans {
		if inside := namedInside(sp, items); inside != "" && s.Headings != "expand" {
			why[sp.cell] = "the range may be a heading: the list also names " + inside
			ignored[sp.cell] = s.Headings == "ignore"
		}
	}
	items = slices.DeleteFunc(items, func(it item) bool { return why[it.Cell] != "" })
	resolve(items, s.Policy)

	list := &List{verdicts: map[int][]string{}}
	for _, it := range items {
		verdict := tookAs(it.System, cells[it.Cell].Text)
		if slices.ContainsFunc(list.entries, func(e Entry) bool { return saysTheSame(e, it.Entry) }) {
			verdict = RowDuplicate // of an entry of an earlier cell, or of an earlier part of this cell
		} else {
			list.entries = append(list.entries, it.Entry)
		}
		list.verdicts[it.Cell] = append(list.verdicts[it.Cell], verdict)
	}
	var rejected []Rejected
	for i := range cells {
		if why[i] != "" {
			rejected = append(rejected, Rejected{i, why[i], ignored[i]})
		}
	}
	return list, rejected
}

func itemsOf(i int, cell Cell, p part) []item {
	var items []item
	for _, code := range p.codes {
		items = append(items, item{
			Entry: Entry{
				Cell:        i,
				System:      cell.System,
				Code:        code,
				Exclude:     cell.Exclude,
				Descendants: !isFilled(code),
			},
			bare:    isCategory(code) && p.form == formPlain,
			ofRange: p.form == formRange,
		})
	}
	return items
}

func saysTheSame(a, b Entry) bool {
	return a.System == b.System && a.Code == b.Code && a.Descendants == b.Descendants && a.Exclude == b.Exclude
}

// resolve determines the coverage of every bare category.
func resolve(items []item, policy string) {
	for i := range items {
		if !items[i].bare {
			continue
		}
		switch policy {
		case "always":
			items[i].Descendants = true
		case "never":
			items[i].Descendants = false
		default:
			items[i].Descendants = !namesLonger(items[i], items)
		}
	}
}

// namesLonger reports whether the list names a longer code under a category. The longer code must have the sign of the
// category. It does not count if it is only an exception to an entry of the other sign: an entry that covers the longer
// code, is shorter than that code, and is itself longer than the category.
func namesLonger(category item, items []item) bool {
	for _, it := range items {
		if it.System != category.System || it.Exclude != category.Exclude {
			continue
		}
		if len(it.Code) <= 3 || isFilled(it.Code) || !strings.HasPrefix(it.Code, category.Code) {
			continue
		}
		if !isTakenBack(it, items, 4) {
			return true
		}
	}
	return false
}

// isTakenBack reports whether an entry of the other sign covers the item's code. The code of that entry must be shorter
// than the item's code and have at least atLeast characters.
func isTakenBack(it item, items []item, atLeast int) bool {
	for _, other := range items {
		if other.System != it.System || other.Exclude == it.Exclude {
			continue
		}
		if len(other.Code) < atLeast || len(other.Code) >= len(it.Code) {
			continue
		}
		if other.covers(it.Code) {
			return true
		}
	}
	return false
}

// namedInside returns the code of the first item that is inside a range, has the sign of the range and does not come
// from a range itself. It skips items for which isTakenBack is true, and returns "" if there is no such item.
func namedInside(sp span, items []item) string {
	for _, it := range items {
		if it.ofRange || it.System != sp.System || it.Exclude != sp.Exclude {
			continue
		}
		for _, yielded := range sp.yields {
			if strings.HasPrefix(it.Code, yielded) && !isTakenBack(it, items, sp.length) {
				return it.Code
			}
		}
	}
	return ""
}
