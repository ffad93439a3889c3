package codelist

import (
	"cmp"
	"fmt"

	"hesopmatch/codelist/coding"
	"hesopmatch/internal/codebits"
)

// Coverage is how far an entry reaches beyond its prefix.
type Coverage uint8

// The coverages of an entry.
const (
	// Descendants covers every code that starts with the prefix.
	Descendants Coverage = iota
	// Exact covers the undivided category only. An exact entry, written E11 or E11X, covers the codes E11 and E11X,
	// which are the same, and E11X with a fifth character.
	Exact
)

// String returns "descendants" or "exact".
func (c Coverage) String() string {
	if c == Exact {
		return "exact"
	}
	return "descendants"
}

// Policy decides what a bare category of a codelist (E11) covers: the category with its descendants, or the undivided
// category only. Researchers use bare categories in both senses.
type Policy uint8

// The policies.
const (
	// Auto means that a bare category covers its descendants unless the list names some of them with the same sign. A
	// list that names some of them is taken to name every code that it means.
	Auto Policy = iota
	// Always means that a bare category covers its descendants.
	Always
	// Never means that a bare category covers the undivided category only.
	Never
)

// String returns "auto", "always" or "never".
func (p Policy) String() string {
	switch p {
	case Always:
		return "always"
	case Never:
		return "never"
	default:
		return "auto"
	}
}

// Position is the location of a cell in a codelist.
type Position struct {
	File   string
	Sheet  string // of a workbook, "" in a text file
	Line   int    // physical line on which the row starts, or row of the sheet, from 1
	Column int    // from 1
}

// String returns the location within the file: "line 3, column 1" or, in a workbook, `sheet "A", row 3, column 1`.
func (p Position) String() string { return fmt.Sprintf("%s, column %d", p.row(), p.Column) }

// row returns the location without the column.
func (p Position) row() string {
	if p.Sheet != "" {
		return fmt.Sprintf("sheet %q, row %d", p.Sheet, p.Line)
	}
	return fmt.Sprintf("line %d", p.Line)
}

// Entry is one prefix of a list, an inclusion or an exclusion, with its resolved coverage. A cell that names several
// codes makes several entries.
type Entry struct {
	Prefix   coding.Prefix
	Coverage Coverage
	Exclude  bool
	Term     string   // from the column of terms, "" if there is none
	Group    string   // from the column category, group, condition or the like, "" if there is none
	Raw      string   // the whole cell, as the researcher wrote it
	Pos      Position // location of the cell
}

// meaning is what an entry states: its prefix, its coverage, and whether it excludes.
type meaning struct {
	prefix   coding.Prefix
	coverage Coverage
	exclude  bool
}

// covers reports whether m covers everything that starts with the prefix p, which must be at least as long as the
// prefix of m.
func (m *meaning) covers(p coding.Prefix) bool {
	if !m.prefix.Contains(p) {
		return false
	}
	if p.Len() > 3 && m.prefix.Len() == 3 && m.coverage == Exact {
		return at(p, 3) == codebits.Filler
	}
	if m.prefix.Len() < 3 && p.Len() >= 3 {
		return !p.System().Missing().Contains(p)
	}
	return true
}

// compare orders meanings by prefix, then descendants before exact, then inclusions before exclusions.
func (m *meaning) compare(n *meaning) int {
	sign := func(m *meaning) int {
		if m.exclude {
			return 1
		}
		return 0
	}
	return cmp.Or(m.prefix.Compare(n.prefix), cmp.Compare(m.coverage, n.coverage), cmp.Compare(sign(m), sign(n)))
}

// signed is a prefix with its sign.
type signed struct {
	prefix  coding.Prefix
	exclude bool
}

func (m *meaning) signed() signed { return signed{m.prefix, m.exclude} }
