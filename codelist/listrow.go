package codelist

import (
	"slices"
	"strings"

	"hesopmatch/codelist/coding"
)

// listRow is one row of a codelist file, with or without a code. A row with two code columns may make two listRows.
type listRow struct {
	raw, term, group string

	from    *origin
	row     int32         // number of the row among the rows of the file, from 0
	line    int32         // physical line, or row of the sheet, from 1
	system  coding.System // the zero System if the row states none of ours
	exclude bool
	verdict Verdict // Ignored or Rejected if the row is not used
	reason  string  // why the row is not used, or its repairs
}

// origin is the location that the cells of one code column of a table share.
type origin struct {
	file, sheet string
	column      int // of the codes, from 1
}

func (s *listRow) pos() Position {
	return Position{File: s.from.file, Sheet: s.from.sheet, Line: int(s.line), Column: s.from.column}
}

// refuse marks a row as not used.
func (s *listRow) refuse(v Verdict, reason string) { s.verdict, s.reason = v, reason }

// used reports whether the cell of the row is to be read.
func (s *listRow) used() bool { return s.verdict != Ignored && s.verdict != Rejected }

// addRows adds the rows of a table with their systems and signs. A row makes one listRow for each code cell that is not
// blank, or a single listRow if all code cells are blank. addRows returns remarks on rows without a code.
func (doc *document) addRows(c *columns, t *table, o *options) (noted remarks, err error) {
	systems := newSystemReader(c.system, o.system)
	beside, err := c.findBeside(t, o, systems)
	if err != nil {
		return noted, err
	}
	origins := make([]*origin, c.width)
	at := func(column int) *origin {
		if origins[column] == nil {
			origins[column] = &origin{file: o.file, sheet: t.sheet, column: column + 1}
		}
		return origins[column]
	}
	signs := newSignReader(c.name(c.exclude), o)
	doc.rows = slices.Grow(doc.rows, len(t.rows))
	for i := c.firstData; i < len(t.rows); i++ {
		row := &t.rows[i]
		s := listRow{
			row: doc.next, line: int32(row.line),
			term: trimSpace(row.cell(c.term)), group: trimSpace(row.cell(c.group)),
		}
		doc.next++
		if len(beside) > 0 && beside[0].row == i {
			s.from, s.raw = at(beside[0].column), row.cell(beside[0].column)
			s.refuse(Rejected, reasonBeside)
			doc.rows = append(doc.rows, s)
			if c.isFilled(row) {
				noted.code()
			} else {
				noted.noCode(c, row)
			}
			for len(beside) > 0 && beside[0].row == i {
				beside = beside[1:]
			}
			continue
		}
		first := len(doc.rows)
		for k, column := range c.codes {
			s.from, s.raw = at(column), row.cell(column)
			if isBlank(s.raw) {
				continue
			}
			if len(c.system) == 0 && c.stated[k].system == 0 && o.system == 0 {
				return noted, &FileError{
					File: o.file, Sheet: t.sheet, Line: row.line, Err: ErrNoSystem,
					Detail: adviceNoSystem,
				}
			}
			doc.rows = append(doc.rows, s)
			last := &doc.rows[len(doc.rows)-1]
			c.state(last, row, k, systems, signs)
			doc.when = doc.when || last.exclude
		}
		if len(doc.rows) > first {
			noted.code()
		} else {
			noted.noCode(c, row)
			s.from, s.raw = at(c.codes[0]), row.cell(c.codes[0])
			s.refuse(Ignored, reasonNoCode)
			doc.rows = append(doc.rows, s)
		}
		for i := first; c.exclude >= 0 && i < len(doc.rows); i++ {
			if doc.rows[i].reason == reasonSign { // reject the row, whatever its code cells hold
				doc.rows = append(doc.rows[:first], doc.rows[i])
			}
		}
	}
	return noted, nil
}

// state sets the system and sign of s from its row. The argument k is the index of the code column in c.codes.
func (c *columns) state(s *listRow, row *tableRow, k int, systems *systemReader, signs signReader) {
	sys, verdict, reason := systems.of(row, c.stated[k])
	s.system = sys
	s.refuse(verdict, reason)
	if sys == 0 && reason == "" {
		s.refuse(Rejected, reasonNoSystem)
	}
	if c.exclude >= 0 && s.used() {
		var ok bool
		if s.exclude, ok = signs.read(row.cell(c.exclude)); !ok {
			s.refuse(Rejected, reasonSign)
		}
	}
}

// trimSpace removes white space from both ends of a cell.
func trimSpace(cell string) string { return strings.TrimFunc(cell, isSpace) }

// isBlank reports whether a cell has no visible character.
func isBlank(cell string) bool {
	for _, r := range cell {
		if !isSpace(r) && !isZeroWidth(r) {
			return false
		}
	}
	return true
}
