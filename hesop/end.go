package hesop

import (
	"errors"
	"fmt"
	"io"

	"hesopmatch/codelist"
)

// end is what reading row by row ends with behind the last row.
func (r *Reader) end() error {
	if t, ok := r.source().(*text); ok {
		return r.endText(&t.stretch)
	}
	r.noteRows()
	return io.EOF
}

// passed looks at the rows of a stretch of text behind which reading goes on.
func (r *Reader) passed(s *stretch) {
	r.last.add(s, r.source().(*text).line)
	r.shift.add(s)
}

// noteRows says what the rows have shown.
func (r *Reader) noteRows() {
	r.again.note(r)
	r.shift.note(r)
}

// endText is what reading ends with behind the last row, with the stretch of text that has it:
// io.EOF, or an error if the data are not those that reading began with. It adds the notices
// that need all rows.
func (r *Reader) endText(last *stretch) error {
	t := r.source().(*text)
	end := last.offset + int64(len(last.indexed.Text()))
	if err := r.watch.check(end); err != nil {
		return r.locate(0, t.line, end, err)
	}
	r.passed(last)
	r.noteLastRow()
	r.noteRows()
	return io.EOF
}

// blame adds to an error of the data that they changed, where they did: a row that was cut is
// then the consequence.
func (r *Reader) blame(err error) error {
	e, ok := errors.AsType[*Error](err)
	if !ok || errors.Is(err, ErrChanged) {
		return err
	}
	if changed := r.watch.checkFile(); changed != nil {
		e.Err = fmt.Errorf("%w; %w", changed, e.Err)
	}
	return err
}

// noteLastRow says that the last row has no line end, and whether it seems to be cut.
func (r *Reader) noteLastRow() {
	switch l := &r.last; {
	case !l.isOpen:
	case l.isCut:
		r.note(codelist.LevelWarning, "line %d: the last row has no line end, and its last value, of %s, is shorter "+
			"than those of the rows before: the data may be cut there; compare their size with that of the original",
			l.line, r.header.names[l.column])
	default:
		r.note(codelist.LevelNote,
			"line %d: the last row has no line end; whether anything is missing behind it cannot be told", l.line)
	}
}
