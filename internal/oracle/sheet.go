package oracle

import (
	"slices"
	"strings"
)

// A Sheet is a codelist file as rows of cells. Row i is on line i + 1.
type Sheet [][]string

// Choices are the options of a caller for a file. An empty text means that the option is absent.
type Choices struct {
	Settings
	System        string
	CodeColumn    string
	SystemColumn  string
	ExcludeColumn string // "none": no column holds signs
	ExcludeValue  string
	HeaderRow     int // line of the header, 0 if not given
	AllowRemovals bool
}

// The kinds of refusal of a whole file.
const (
	NoCodeColumn = "no code column"
	CodeColumns  = "more than one code column"
	NoColumn     = "no such column"
	NoSystem     = "no system"
	OtherSystem  = "header of another system"
	UnusedSigns  = "unused signs"
	Removals     = "removals"
)

// The verdicts of a row. RowUsed means accepted or repaired, where the rules leave the choice open.
const (
	RowAccepted  = "accepted"
	RowRepaired  = "repaired"
	RowUsed      = "used"
	RowDuplicate = "duplicate"
	RowIgnored   = "ignored"
	RowRejected  = "rejected"
)

// RowVerdict records what became of a row. Verdicts holds the distinct verdicts of its codes, sorted. Column, counted
// from 1, is set if the row is rejected because of a cell other than its code cell.
type RowVerdict struct {
	Line     int
	Verdicts []string
	Why      string
	Column   int
}

// Reading is the result of reading a file by the rules. Refused holds every kind of refusal that applies; if it is not
// empty, the other fields are empty. The Cell of an entry is the index of its row.
type Reading struct {
	Refused []string
	Rows    []RowVerdict
	Entries []Entry
}

// A table is a header and the indexes of the rows below it. The header is nil if the file has none. The field at is
// set only for a second header: it is the row of that header. Titles above the first table are not part of it.
type table struct {
	header []string
	at     int
	rows   []int
	codes  []codeColumn
	second bool
}

// A rowState is the state of a row while a file is read. NewList decides the verdicts of the cells in the field own.
type rowState struct {
	index    int
	why      string
	verdicts []string
	column   int
	own      []Cell // the cells to read as codes
}

// Read reads a file.
func (s Sheet) Read(c Choices) Reading {
	s, refused := s.withoutComments().oneColumn(c)
	if len(refused) > 0 {
		return Reading{Refused: refused}
	}
	tables, refused := s.tables(c)
	var states []*rowState
	for _, t := range tables {
		if t.second {
			states = append(states, &rowState{index: t.at, why: "a second header", verdicts: []string{RowIgnored}})
		}
		of, why := s.readTable(t, c)
		states = append(states, of...)
		refused = append(refused, why...)
	}
	if len(refused) == 0 && c.ExcludeValue != "" && !excludesAny(states) {
		refused = append(refused, UnusedSigns) // an ExcludeValue that no row has is an error of the caller
	}
	if len(refused) > 0 {
		slices.Sort(refused)
		return Reading{Refused: slices.Compact(refused)}
	}
	return finish(states, c)
}

// excludesAny reports whether any code cell is an exclusion.
func excludesAny(states []*rowState) bool {
	return slices.ContainsFunc(states, func(s *rowState) bool {
		return slices.ContainsFunc(s.own, func(c Cell) bool { return c.Exclude })
	})
}

// withoutComments blanks the rows above the header that start with #. A row that starts with # is the header itself if
// the text after # is a header of two or more columns.
func (s Sheet) withoutComments() Sheet {
	s = slices.Clone(s)
	for i, row := range s {
		if s.isBlank(i) {
			continue
		}
		rest, isComment := strings.CutPrefix(row[0], "#")
		if !isComment {
			break
		}
		bare := append([]string{rest}, row[1:]...)
		if len(bare) > 1 && len(candidates(bare)) > 0 {
			s[i] = bare
			break
		}
		s[i] = nil
	}
	return s
}

// finish reads the cells of all rows as one list and determines the verdicts of every row.
func finish(states []*rowState, c Choices) Reading {
	var cells []Cell
	var from []*rowState
	for _, state := range states {
		for _, cell := range state.own {
			cells = append(cells, cell)
			from = append(from, state)
		}
	}
	list, rejected := NewList(cells, c.Settings)
	for _, r := range rejected {
		verdict := RowRejected
		if r.Ignored {
			verdict = RowIgnored
		}
		from[r.Cell].verdicts = append(from[r.Cell].verdicts, verdict)
		from[r.Cell].why = r.Why
	}
	for cell, verdicts := range list.verdicts {
		from[cell].verdicts = append(from[cell].verdicts, verdicts...)
	}

	var reading Reading
	for _, state := range states {
		slices.Sort(state.verdicts)
		verdicts := slices.Compact(state.verdicts)
		reading.Rows = append(reading.Rows, RowVerdict{state.index + 1, verdicts, state.why, state.column})
	}
	for _, e := range list.entries {
		e.Cell = from[e.Cell].index
		reading.Entries = append(reading.Entries, e)
	}
	return reading
}

// cell returns a cell of a row, or "" beyond its end.
func (s Sheet) cell(row, column int) string { return fieldOf(s[row], column) }

// isBlank reports whether a row has no text.
func (s Sheet) isBlank(row int) bool {
	return !slices.ContainsFunc(s[row], hasText)
}

// width returns the number of cells of the longest row of a table, its header included.
func (s Sheet) width(t table) int {
	width := len(t.header)
	for _, row := range t.rows {
		width = max(width, len(s[row]))
	}
	return width
}

// name returns the name of a column, or "" if the header is shorter or there is no header.
func (t table) name(column int) string { return fieldOf(t.header, column) }

// plainValue returns a cell in lower case without surrounding white space.
func plainValue(text string) string {
	return strings.ToLower(strings.Trim(zeroWidth.Replace(text), " \t\r\n\u00a0"))
}

// valuesOf returns the values of a column that are not empty.
func (s Sheet) valuesOf(t table, column int) []string {
	var found []string
	for _, row := range t.rows {
		if hasText(s.cell(row, column)) {
			found = append(found, plainValue(s.cell(row, column)))
		}
	}
	return found
}
