package hesop

import (
	"errors"
	"fmt"
	"io"

	"hesopmatch/codelist"
)

// end is called after the last row, except for a text that is read in blocks. It returns io.EOF, or an error if the
// data have changed.
func (r *Reader) end() error {
	if t, ok := r.source().(*text); ok {
		return r.endText(&t.chunk)
	}
	r.noteRows()
	return io.EOF
}

// passed examines the rows of a chunk of text, after the whole chunk was read.
func (r *Reader) passed(s *chunk) {
	r.last.add(s, r.source().(*text).line)
	r.shift.add(s)
}

// noteRows adds the notices that need all rows to have been read.
func (r *Reader) noteRows() {
	r.again.note(r)
	r.shift.note(r)
}

// endText is called after the last row of a text, and adds the notices that need all rows to have been read. It returns
// io.EOF, or an error if the data have changed since reading began. The argument is the chunk with the last row.
func (r *Reader) endText(last *chunk) error {
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

// blame adds ErrChanged to an error in the data if the file has changed, because the change may have broken the row.
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

// noteLastRow adds a note if the last row has no line end, or a warning if that row also seems to be incomplete.
func (r *Reader) noteLastRow() {
	switch l := &r.last; {
	case !l.isOpen:
	case l.isPartial:
		r.note(codelist.LevelWarning, "line %d: the last row has no line end, and its last value, in column %s, is "+
			"shorter than those of earlier rows: the data may be incomplete; compare their size with that of the "+
			"original",
			l.line, r.header.names[l.column])
	default:
		r.note(codelist.LevelNote,
			"line %d: the last row has no line end; something may be missing after it", l.line)
	}
}
