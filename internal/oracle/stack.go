package oracle

import (
	"regexp"
	"slices"
	"strings"
)

// tables splits a file at its headers. The header of the first table is on the line that the caller names, or in the
// first row, or below titles. Further tables start with a second header.
func (s Sheet) tables(c Choices) (tables []table, refused []string) {
	header, refused := s.firstHeader(c)
	if len(refused) > 0 {
		return nil, refused
	}
	var first table
	below := 0
	if header < 0 {
		first, refused = s.withoutHeader(c)
		if len(refused) > 0 {
			return nil, refused
		}
	} else {
		first = table{header: s[header], codes: codeColumns(s[header], c)}
		below = header + 1
	}
	tables = append(tables, first)
	for row := below; row < len(s); row++ {
		if s.isBlank(row) {
			continue
		}
		above := &tables[len(tables)-1]
		if (header >= 0 || row > s.firstRow()) && s.isSecondHeader(row, *above, c) {
			tables = append(tables, table{header: s[row], at: row, codes: secondColumns(s[row], c), second: true})
			continue
		}
		above.rows = append(above.rows, row)
	}
	for _, t := range tables {
		switch {
		case mayStandTogether(t.codes):
		case c.CodeColumn != "" && len(named(t.header, c.CodeColumn)) > 0:
			refused = append(refused, NoColumn)
		default:
			refused = append(refused, CodeColumns)
		}
	}
	tables = slices.DeleteFunc(tables, func(t table) bool { return !mayStandTogether(t.codes) })
	return tables, refused
}

// secondColumns returns the code columns that a second header names. A row without the column that the caller names is
// still a header, because the rows below it do not belong to the table above.
func secondColumns(header []string, c Choices) []codeColumn {
	if c.CodeColumn != "" && len(named(header, c.CodeColumn)) == 0 {
		return candidates(header)
	}
	return codeColumns(header, c)
}

// filledRows returns the rows that are not blank.
func (s Sheet) filledRows() (rows []int) {
	for row := range s {
		if !s.isBlank(row) {
			rows = append(rows, row)
		}
	}
	return rows
}

// firstRow returns the first row that is not blank.
func (s Sheet) firstRow() int {
	for row := range s {
		if !s.isBlank(row) {
			return row
		}
	}
	return len(s)
}

// firstHeader returns the header of the first table, or -1 if the file has none.
func (s Sheet) firstHeader(c Choices) (row int, refused []string) {
	missing := []string{NoCodeColumn}
	if c.CodeColumn != "" {
		missing = []string{NoColumn}
	}
	if c.HeaderRow > 0 {
		row = c.HeaderRow - 1
		if row >= len(s) || len(codeColumns(s[row], c)) == 0 {
			return 0, missing
		}
		return row, nil
	}
	first := s.firstRow()
	if first == len(s) {
		return 0, missing
	}
	if len(codeColumns(s[first], c)) > 0 && (c.CodeColumn != "" || !s.holdsCode(first)) {
		other := slices.ContainsFunc(codeColumns(s[first], c),
			func(column codeColumn) bool { return column.isOther(c.System) })
		if s.filled(first) > 1 || s.holdsCode(first) || other {
			return first, nil
		}
		if row, refused := s.headerBelowTitles(c, missing, 2); len(refused) == 0 {
			return row, nil // the first row is a title, although it could name a code column
		}
		return first, nil
	}
	if s.holdsCode(first) {
		if c.CodeColumn != "" {
			return 0, missing
		}
		return -1, nil // the first row already holds a code
	}
	return s.headerBelowTitles(c, missing, 1)
}

// headerBelowTitles returns the header below titles. Exactly one row must read as a header with the given minimum
// number of names, and no row above it may hold a code.
func (s Sheet) headerBelowTitles(c Choices, missing []string, least int) (row int, refused []string) {
	var reading []int
	for row := range s {
		below := s
		if len(s[row]) == 1 {
			below = s.lines() // a header of one column shows no delimiter
		}
		if s.filled(row) >= least && below.readsAsHeader(row, codeColumns(s[row], c)) {
			reading = append(reading, row)
		}
	}
	if len(reading) != 1 {
		return 0, missing
	}
	for above := range reading[0] {
		if s.holdsCode(above) || slices.ContainsFunc(s[above], labelsCode) {
			return 0, missing
		}
	}
	return reading[0], nil
}

// labelsCode reports whether a cell above a header holds codes with a label before or after them. The number of a
// supplement, as in "S10 Table", is not a code.
func labelsCode(text string) bool {
	for part := range strings.SplitSeq(text, ":") {
		if readsAsCodes(part) || codesThenWords(part) && !supplement.MatchString(part) {
			return true
		}
	}
	return false
}

var supplement = regexp.MustCompile(`(?i)^\s*\w+\s+(tables?|fig|figure|appendix|file|text|data)\b`)

// filled returns the number of cells of a row that have text.
func (s Sheet) filled(row int) (n int) {
	for _, cell := range s[row] {
		if hasText(cell) {
			n++
		}
	}
	return n
}

// readsAsHeader reports whether a row names a code column in which one of the next ten rows that are not blank holds a
// code.
func (s Sheet) readsAsHeader(row int, columns []codeColumn) bool {
	for _, column := range columns {
		seen := 0
		for below := row + 1; below < len(s) && seen < 10; below++ {
			if s.isBlank(below) {
				continue
			}
			seen++
			if readsAsCodes(s.cell(below, column.index)) {
				return true
			}
		}
	}
	return false
}

// holdsCode reports whether any cell of a row reads as codes.
func (s Sheet) holdsCode(row int) bool { return slices.ContainsFunc(s[row], readsAsCodes) }

// readsAsCodesOf reports whether a text reads as codes of the caller's system, or of either system if the caller states
// no system.
func readsAsCodesOf(system, text string) bool {
	if system == "" {
		return readsAsCodes(text)
	}
	_, err := readCell(system, text, false)
	return hasText(text) && err == nil
}

// withoutHeader returns the table of a file whose first row holds a code. It finds the code column by its content.
func (s Sheet) withoutHeader(c Choices) (table, []string) {
	t := table{rows: s.filledRows()}
	var versions []codeColumn
	for i, text := range s[s.firstRow()] {
		switch {
		case !readsAsCodesOf(c.System, text):
		case s.isAllVersions(t, i) || s.isAllRead(t, i):
			versions = append(versions, codeColumn{index: i})
		default:
			t.codes = append(t.codes, codeColumn{index: i})
		}
	}
	t.rows = nil
	if len(t.codes) == 0 {
		t.codes = versions // no other column reads as codes
	}
	switch {
	case len(t.codes) > 1:
		return t, []string{CodeColumns}
	case len(t.codes) == 0:
		return t, []string{NoCodeColumn}
	}
	return t, nil
}

// beginsAsCode matches the start of a text that cannot be the name of a column.
var beginsAsCode = regexp.MustCompile(`^(.?[0-9])`)

// isSecondHeader reports whether a row is a second header. No cell may read as a code, and the row must read as a
// header. It must name another column or another system for its codes than the table above. A plain repetition of the
// header is not a second header: it is read as a row of codes, and rejected.
func (s Sheet) isSecondHeader(row int, above table, c Choices) bool {
	names := secondColumns(s[row], c)
	for _, column := range above.codes {
		if beginsAsCode.MatchString(s.cell(row, column.index)) { // an unreadable code, in a row that names its system
			return false
		}
	}
	if s.holdsCode(row) || !s.readsAsHeader(row, names) {
		return false
	}
	if len(names) != len(above.codes) {
		return true
	}
	for i, column := range names {
		before := above.codes[i]
		system := before.system
		if system == "" {
			system = c.System
		}
		if column.index != before.index || column.system != "" && column.system != system {
			return true
		}
	}
	return false
}
