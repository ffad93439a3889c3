package hesop

import (
	"bytes"
	"io"

	"hesopmatch/hesop/internal/index"
)

// chunk is a chunk of delimited text, and the position of its next row.
//
// chunk.offset is the offset of its first byte in the whole text. chunk.line is the physical line of its next row. Rows
// that start at chunk.stop or later belong to the next chunk.
type chunk struct {
	comma byte
	limit int

	indexed index.Block
	offset  int64
	stop    int64
	line    int64
	blank   int64 // number of blank lines skipped
	end     error // the last error of the source
}

// next finds the next row that is not blank and starts before chunk.stop. If the chunk has no such row, the error is
// the reason: a fault, the error of the source, or nil if more text may follow.
func (s *chunk) next(a *Appointment) (found bool, err error) {
	row := &a.row
	for s.offset+int64(s.indexed.NextStart()) < s.stop && s.indexed.Next(row) {
		a.line, a.offset = s.line, s.offset+int64(row.Start)
		s.line++
		size := int(row.End - row.Start)
		if size == 0 {
			s.blank++
			continue
		}
		if size > s.limit {
			return false, s.judge(int(row.Start), a.line)
		}
		in := a.in()
		in.indexed, in.data, a.whole = &s.indexed, s.indexed.Text(), false
		if s.indexed.Multiline() {
			s.line += lineFeeds(in.data[row.Start:row.End])
		}
		return true, nil
	}
	return false, s.whyNot()
}

// whyNot returns the reason why the chunk has no further row.
func (s *chunk) whyNot() error {
	start := s.indexed.NextStart()
	switch {
	case s.offset+int64(start) >= s.stop:
		return nil
	case s.indexed.Fault() != nil || s.tooLong():
		return s.judge(start, s.line)
	default:
		return s.end
	}
}

// tooLong reports whether the incomplete row at the end of the chunk is already known to exceed the limit, whatever
// follows. A row has a line end of at most two bytes.
func (s *chunk) tooLong() bool { return len(s.indexed.Rest()) >= s.limit+2 }

// judge returns what is wrong with the row that begins at the offset start in the chunk, on the given line.
func (s *chunk) judge(start int, line int64) error {
	row := s.indexed.Text()[start:]
	f := s.indexed.Judge(row, s.comma, s.limit, s.end == io.EOF)
	f.Line = line + lineFeeds(row[:f.Offset])
	f.Offset += s.offset + int64(start)
	f.Limit = s.limit
	return f
}

// index finds the rows of the text read so far.
func (s *chunk) index() { s.indexed.Index(s.comma, s.end == io.EOF) }

func lineFeeds(b []byte) int64 { return int64(bytes.Count(b, []byte{'\n'})) }
