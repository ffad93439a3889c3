package codelist

import (
	"slices"
	"strings"
)

// source is one row of a codelist file that may hold a code.
type source struct {
	raw, term, group string

	from    *origin
	row     int32   // its number among the rows of the file, from 0
	line    int32   // physical line, or row of the sheet, from 1
	system  System  // the zero System if none of ours is stated
	exclude bool    // the row excludes
	verdict Verdict // Ignored or Rejected if the row is not used
	reason  string  // why
}

// origin is where the rows of one table stand.
type origin struct {
	file, sheet string
	column      int // of the codes, from 1
}

func (s *source) pos() Position {
	return Position{File: s.from.file, Sheet: s.from.sheet, Line: int(s.line), Column: s.from.column}
}

// refuse makes a row one that is not used.
func (s *source) refuse(v Verdict, reason string) { s.verdict, s.reason = v, reason }

// used reports whether the cell of the row is to be read.
func (s *source) used() bool { return s.verdict != Ignored && s.verdict != Rejected }

// addSources adds the rows of a table with what each states.
func (doc *document) addSources(c *columns, t *table, o *options) error {
	from := &origin{file: o.file, sheet: t.sheet, column: c.code + 1}
	systems := systemReader{columns: c, caller: o.system, seen: make(map[string]statement)}
	doc.rows = slices.Grow(doc.rows, len(t.rows))
	for i := c.firstData; i < len(t.rows); i++ {
		row := &t.rows[i]
		s := source{
			from: from, row: int32(len(doc.rows)), line: int32(row.line),
			raw: row.cell(c.code), term: trimSpace(row.cell(c.term)), group: trimSpace(row.cell(c.group)),
		}
		if isBlank(s.raw) {
			s.refuse(Ignored, reasonNoCode)
			doc.rows = append(doc.rows, s)
			continue
		}
		sys, verdict, reason := systems.of(row)
		if sys == 0 && reason == "" {
			return &FileError{
				File: o.file, Sheet: t.sheet, Line: row.line, Err: ErrNoSystem,
				Detail: "state it with InSystem (-icd10, -opcs4) or in a column coding_system",
			}
		}
		s.system = sys
		s.refuse(verdict, reason)
		if c.exclude >= 0 && s.used() {
			var ok bool
			if s.exclude, ok = readSign(c.names[c.exclude], row.cell(c.exclude)); !ok {
				s.refuse(Rejected, reasonSign)
			}
		}
		doc.rows = append(doc.rows, s)
	}
	return nil
}

// systemReader reads what rows state of their coding system.
type systemReader struct {
	*columns
	caller System
	seen   map[string]statement // by cell: few cells name the systems of many rows
}

// statement is what one cell states of the coding system of its row.
type statement struct {
	blank  bool   // nothing
	system System // one of ours, or the zero System for another
	other  string // the reason for not using a row of the system that is stated
}

// of is the coding system of a row: what its own columns state, else the header of
// the code column, else the caller. The reason, if any, says why the row is not
// used.
func (r *systemReader) of(row *tableRow) (sys System, verdict Verdict, reason string) {
	stated := statement{blank: true}
	for _, i := range r.system {
		s := r.read(row.cell(i))
		switch {
		case s.blank:
		case stated.blank:
			stated = s
		case s.system != stated.system:
			return 0, Rejected, reasonTwoSystems
		}
	}
	switch {
	case !stated.blank && (stated.system == 0 || r.caller != 0 && stated.system != r.caller):
		return 0, Ignored, stated.other
	case !stated.blank:
		return stated.system, Accepted, ""
	case r.stated != 0:
		return r.stated, Accepted, ""
	default:
		return r.caller, Accepted, ""
	}
}

// read reads a cell of a column of coding systems.
func (r *systemReader) read(cell string) statement {
	s, ok := r.seen[cell]
	if ok {
		return s
	}
	s.system, ok = ParseSystem(cell)
	switch key := foldName(cell); {
	case ok:
		s.other = reasonOtherSystem + s.system.String()
	case key == "" || key == "icd":
		s.blank = true
	default:
		s.other = reasonOtherSystem + clip(printable(strings.Join(strings.Fields(cell), " ")))
	}
	if len(r.seen) < 1000 {
		r.seen[cell] = s
	}
	return s
}

// trimSpace takes the white space off both ends of a cell.
func trimSpace(cell string) string { return strings.TrimFunc(cell, isSpace) }

// isBlank reports whether nothing visible is in a cell.
func isBlank(cell string) bool {
	for _, r := range cell {
		if !isSpace(r) && !isZeroWidth(r) {
			return false
		}
	}
	return true
}
