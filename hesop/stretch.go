package hesop

import (
	"bytes"
	"io"

	"hesopmatch/hesop/internal/index"
	"hesopmatch/internal/rows"
)

// stretch is a stretch of delimited text and where its rows are read.
//
// offset is the place in the text of its first byte, line the physical line of its next
// row. Rows that start at stop or further on are left to the next stretch.
type stretch struct {
	comma byte
	limit int

	block  index.Block
	offset int64
	stop   int64
	line   int64
	blank  int64 // lines passed over
	end    error // what the source said last
}

// next finds the next row that is not blank and starts before stop. Where there is none
// in the stretch, it says why there cannot be one: a fault, what the source said, or nil
// if text may follow.
func (s *stretch) next(a *Appointment) (found bool, err error) {
	row := &a.row
	for s.offset+int64(s.block.NextStart()) < s.stop && s.block.Next(row) {
		a.line, a.offset = s.line, s.offset+int64(row.Start)
		s.line++
		size := int(row.End - row.Start)
		if size == 0 {
			s.blank++
			continue
		}
		if size > s.limit {
			return false, s.locate(&rows.Fault{Kind: rows.TooLong}, int(row.Start), a.line)
		}
		a.block, a.data, a.whole = &s.block, s.block.Text(), false
		if s.block.Multiline() {
			s.line += lineFeeds(a.data[row.Start:row.End])
		}
		return true, nil
	}
	return false, s.whyNot()
}

// whyNot is why no row of the stretch is left.
func (s *stretch) whyNot() error {
	start := s.block.NextStart()
	if s.offset+int64(start) >= s.stop {
		return nil
	}
	if fault := s.block.Fault(); fault != nil {
		f := *fault // which is found again if the stretch is read again
		return s.locate(&f, start, s.line)
	}
	if s.end == nil && len(s.block.Rest()) > s.limit {
		return s.locate(s.block.TooLong(s.comma), start, s.line)
	}
	return s.end
}

// index finds the rows of what was read.
func (s *stretch) index() { s.block.Index(s.comma, s.end == io.EOF) }

// locate makes the place of a fault, which counts from start in the stretch, one in the
// text. line is that of start.
func (s *stretch) locate(f *rows.Fault, start int, line int64) error {
	f.Line = line + lineFeeds(s.block.Text()[start:start+int(f.Offset)])
	f.Offset += s.offset + int64(start)
	f.Limit = s.limit
	return f
}

func lineFeeds(b []byte) int64 { return int64(bytes.Count(b, []byte{'\n'})) }
