package hesop

import (
	"io"
	"math"

	"hesopmatch/internal/rows"
)

// text reads the rows of delimited text in order, one chunk at a time.
type text struct {
	chunk
	source io.Reader
	reader *Reader
}

// textSize is the number of bytes of text read at a time.
const textSize = 256 << 10

// newText returns a reader of the text after the header. That text begins with what the scanner has already read ahead.
func newText(s *rows.Scanner, source io.Reader, limit int, reader *Reader) *text {
	t := &text{source: source, reader: reader}
	t.limit, t.stop = limit, math.MaxInt64
	var ahead []byte
	ahead, t.end = s.Ahead()
	t.comma, t.line, t.offset = s.Position()
	t.blank = s.Blank()
	t.indexed.Begin(ahead, textSize)
	t.index()
	return t
}

// Next finds the next row that is not blank.
func (t *text) Next(a *Appointment) error {
	for {
		if found, err := t.next(a); found || err != nil {
			return err
		}
		t.reader.passed(&t.chunk)
		rest := t.indexed.Rest()
		t.offset += int64(len(t.indexed.Text()) - len(rest))
		t.indexed.Begin(rest, 0)
		t.indexed.Grow(t.limit)
		t.end = t.indexed.Fill(t.source)
		t.index()
	}
}

// Blank returns the number of blank lines skipped so far.
func (t *text) Blank() int64 { return t.blank }
