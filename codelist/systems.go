package codelist

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"hesopmatch/codelist/coding"
)

var systemColumns = regexp.MustCompile(`^(codingsystem|codetype|terminology|codingsys|` +
	`codification|codesystem|vocabulary)$`)

// systemColumn is a column that states the coding system of rows.
type systemColumn struct {
	index  int
	known  bool // found by its header or named by the caller; false if found only by its values
	counts int  // number of cells that name a system
}

// findSystems returns the columns of coding systems, the most reliable first. A column with a known header qualifies if
// at least one cell names a system. Any other column qualifies if most of its cells name a system, and at least one
// cell names one of ours.
func (c *columns) findSystems(t *table) []systemColumn {
	var found []systemColumn
	names := make(map[string]systemName)
	for i := range c.width {
		if slices.Contains(c.codes, i) {
			continue
		}
		known := systemColumns.MatchString(foldName(c.name(i)))
		filled, counts, ours := 0, 0, 0
		for r := c.firstData; r < len(t.rows); r++ {
			cell := t.rows[r].cell(i)
			if isBlank(cell) {
				continue
			}
			filled++
			if len(cell) > 100 {
				continue
			}
			kind, ok := names[cell]
			if !ok {
				kind, _ = readSystemName(cell)
				if len(names) < 1000 {
					names[cell] = kind
				}
			}
			switch kind {
			case namesOurs:
				ours++
				counts++
			case namesICD, namesOther, namesUnclear:
				counts++
			case namesNothing, namesUnknown:
			}
			if !known && filled == 200 && counts == 0 {
				break // no system in 200 cells: the column is taken to have none
			}
		}
		if known && counts > 0 || ours > 0 && 2*counts > filled {
			found = append(found, systemColumn{i, known, counts})
		}
	}
	slices.SortStableFunc(found, func(a, b systemColumn) int {
		switch {
		case a.known && !b.known:
			return -1
		case b.known && !a.known:
			return 1
		}
		return cmp.Compare(b.counts, a.counts)
	})
	return found
}

// systemReader reads the coding system of rows.
type systemReader struct {
	columns []systemColumn
	caller  coding.System
	seen    []map[string]statement // by column and cell: a cache, because many rows have the same cell
}

func newSystemReader(columns []systemColumn, caller coding.System) *systemReader {
	r := &systemReader{columns: columns, caller: caller, seen: make([]map[string]statement, len(columns))}
	for i := range r.seen {
		r.seen[i] = make(map[string]statement)
	}
	return r
}

// statement is what one cell states about the coding system of its row.
type statement struct {
	blank   bool          // states nothing
	icd     bool          // ICD without an edition
	unknown bool          // not a known coding system
	system  coding.System // one of ours, or the zero System for another
	verdict Verdict       // of a row that is not used because of this cell
	reason  string
}

// of returns the coding system of a row: from the columns of systems, or else from the header of the code column, or
// else from the caller. If the row is not used, the result reason says why. If both the reason and the system are
// empty, nothing states a system.
func (r *systemReader) of(row *tableRow, header headerStatement) (sys coding.System, verdict Verdict, reason string) {
	stated := statement{blank: true}
	for i, column := range r.columns {
		s := r.read(i, column, row.cell(column.index))
		switch {
		case s.blank, i > 0 && s.unknown:
		case stated.blank:
			stated = s
		case s.system != stated.system && !s.icd && !stated.icd && !stated.unknown:
			return 0, Rejected, reasonTwoSystems
		case stated.icd:
			stated = s
		}
	}
	fallback := cmp.Or(header.system, r.caller)
	switch {
	case (stated.icd || stated.blank && header.icd) && fallback == coding.OPCS4:
		return 0, Ignored, reasonOtherSystem + "ICD"
	case stated.blank, stated.icd:
		sys = fallback
	case stated.system == 0:
		return 0, stated.verdict, stated.reason
	default:
		sys = stated.system
	}
	if r.caller != 0 && sys != r.caller {
		return 0, Ignored, reasonOtherSystem + sys.String()
	}
	return sys, Accepted, ""
}

// read reads a cell of a column of coding systems.
func (r *systemReader) read(i int, column systemColumn, cell string) statement {
	s, ok := r.seen[i][cell]
	if ok {
		return s
	}
	kind, sys := readSystemName(cell)
	other := reasonOtherSystem + clip(printable(strings.Join(strings.Fields(cell), " ")))
	switch {
	case kind == namesNothing:
		s.blank = true
	case kind == namesICD:
		s.icd = true
	case kind == namesOurs:
		s.system = sys
	case kind == namesUnclear:
		s.verdict, s.reason = Rejected, reasonUnclearSystem
	case kind == namesOther, column.known:
		s.verdict, s.reason, s.unknown = Ignored, other, kind != namesOther
	default:
		s.verdict, s.reason, s.unknown = Rejected, reasonUnknownSystem, true
	}
	if len(r.seen[i]) < 1000 {
		r.seen[i][cell] = s
	}
	return s
}
