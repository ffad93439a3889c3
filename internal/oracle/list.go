package oracle

import (
	"errors"
	"slices"
	"strings"
)

// Settings are the choices that a list is read with. A policy that is none of
// "auto", "always" and "never" counts as "auto", a word for headings that is neither
// "ignore" nor "expand" as "reject".
type Settings struct {
	Policy     string
	Headings   string
	AllowBroad bool
}

// Rejected is a cell that gives no entries, and why. Cell is its index. Ignored: it
// was taken for a heading, as the settings wish, and is no fault.
type Rejected struct {
	Cell    int
	Why     string
	Ignored bool
}

// List is a codelist, read and resolved. verdicts has, for each cell that is used, one
// for each of its codes.
type List struct {
	entries  []Entry
	verdicts map[int][]string
}

// Entries are in the order of the cells, and within a cell in the order of its
// parts. What says the same as an earlier entry is left out.
func (l *List) Entries() []Entry { return slices.Clone(l.entries) }

// An item is an entry on its way, with where it came from.
type item struct {
	Entry
	bare    bool // a category whose coverage is the policy's to say
	ofRange bool
}

// A span is one range of a list, with what it yields.
type span struct {
	Cell
	cell   int
	length int // of its ends
	yields []string
}

// NewList reads the cells. Rejected cells are in order and give no entries; a
// cell without text is passed over.
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

	// Whether a range may be a heading is judged over the list as it was written,
	// so all are judged before any cell goes.
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
			verdict = RowDuplicate // of an earlier cell, or of an earlier part of this one
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

// resolve gives every bare category its coverage.
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

// namesLonger says whether the list names longer codes under a category, of the
// same sign as the category and not merely as an exception to an exception.
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

// isTakenBack says whether an entry of the other sign covers the item's code,
// one that is shorter than it and has at least so many characters.
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

// namedInside is the first code that the list names within a range, by something
// else than a range; empty if there is none.
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
