package hesop

import (
	"bytes"
	"io"

	"hesopmatch/hesop/internal/index"
	"hesopmatch/internal/rows"
)

// text brings the rows of delimited text, a block at a time.
//
// offset is the place in the text of the block's first byte, line the physical line of
// its next row.
type text struct {
	source io.Reader
	comma  byte
	limit  int

	block  index.Block
	offset int64
	line   int64
	blank  int64
	end    error // what the source said last
}

// newText goes on behind the header, with what a scanner has read of the text.
func newText(s *rows.Scanner, source io.Reader, limit int) *text {
	t := &text{source: source, limit: limit}
	var ahead []byte
	ahead, t.end = s.Ahead()
	t.comma, t.line, t.offset = s.Position()
	t.block.Begin(ahead)
	t.block.Index(t.comma, t.end == io.EOF)
	return t
}

// Next finds the next row that is not blank.
func (t *text) Next(a *Appointment) error {
	for {
		row := &a.row
		if !t.block.Next(row) {
			if err := t.fill(); err != nil {
				return err
			}
			continue
		}
		a.line, a.offset = t.line, t.offset+int64(row.Start)
		a.block, a.data, a.whole = &t.block, t.block.Text(), false
		t.line++
		switch size := row.End - row.Start; {
		case size == 0:
			t.blank++
			continue
		case int(size) > t.limit:
			return t.locate(&rows.Fault{Kind: rows.TooLong}, int(row.Start), a.line)
		}
		if t.block.Multiline() {
			t.line += lineFeeds(a.data[row.Start:row.End])
		}
		return nil
	}
}

// fill reads on where the rows of the block end, or says why that cannot be done.
func (t *text) fill() error {
	rest := t.block.Rest()
	start := len(t.block.Text()) - len(rest)
	switch fault := t.block.Fault(); {
	case fault != nil:
		return t.locate(fault, start, t.line)
	case t.end != nil:
		return t.end
	case len(rest) > t.limit:
		return t.locate(t.block.TooLong(t.comma), start, t.line)
	}
	t.offset += int64(start)
	t.block.Begin(rest)
	t.block.Grow(t.limit)
	t.end = t.block.Fill(t.source)
	t.block.Index(t.comma, t.end == io.EOF)
	return nil
}

// locate makes the place of a fault, which counts from start in the block, one in the
// text. line is that of start.
func (t *text) locate(f *rows.Fault, start int, line int64) error {
	f.Line = line + lineFeeds(t.block.Text()[start:start+int(f.Offset)])
	f.Offset += t.offset + int64(start)
	f.Limit = t.limit
	return f
}

// Blank is how many blank lines were passed over so far.
func (t *text) Blank() int64 { return t.blank }

func lineFeeds(b []byte) int64 { return int64(bytes.Count(b, []byte{'\n'})) }
