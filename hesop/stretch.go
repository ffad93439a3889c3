package hesop

import (
	"bytes"
	"io"

	"hesopmatch/hesop/internal/index"
)

// stretch is a stretch of delimited text and where its rows are read.
//
// offset is the place in the text of its first byte, line the physical line of its next
// row. Rows that start at stop or further on are left to the next stretch.
type stretch struct {
	comma byte
	limit int

	indexed index.Block
	offset  int64
	stop    int64
	line    int64
	blank   int64 // lines passed over
	end     error // what the source said last
}

// next finds the next row that is not blank and starts before stop. Where there is none
// in the stretch, it says why there cannot be one: a fault, what the source said, or nil
// if text may follow.
func (s *stretch) next(a *Appointment) (found bool, err error) {
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

// whyNot is why no row of the stretch is left.
func (s *stretch) whyNot() error {
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

// tooLong reports whether enough is at hand of the row behind the last one to see that it
// is longer than the limit, with or without what follows: a row has a line end of two
// bytes at most.
func (s *stretch) tooLong() bool { return len(s.indexed.Rest()) >= s.limit+2 }

// judge says what is wrong with the row that starts at start, on a line.
func (s *stretch) judge(start int, line int64) error {
	row := s.indexed.Text()[start:]
	f := s.indexed.Judge(row, s.comma, s.limit, s.end == io.EOF)
	f.Line = line + lineFeeds(row[:f.Offset])
	f.Offset += s.offset + int64(start)
	f.Limit = s.limit
	return f
}

// index finds the rows of what was read.
func (s *stretch) index() { s.indexed.Index(s.comma, s.end == io.EOF) }

func lineFeeds(b []byte) int64 { return int64(bytes.Count(b, []byte{'\n'})) }
