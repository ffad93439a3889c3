package hesop

import (
	"bytes"
	"io"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop/internal/index"
	"hesopmatch/hesop/internal/padding"
)

// lastColumn finds a last row without a line end. If the last column holds codes, lastColumn remembers the lengths of
// codes in earlier rows, to recognise an incomplete value at the end of the text. It looks only at the rows at the end
// of each chunk of text, so it adds no cost to reading.
type lastColumn struct {
	column int // -1 if the last column holds no codes
	field  placedField
	sizes  [lookBack]uint8 // lengths in earlier rows, as a ring; 0 for a row without a value
	n      int             // rows examined

	isOpen, isPartial bool // the last row has no line end; its last value is also short
	line              int64
}

// lookBack is how many rows before the last one are examined. lookPassing is how many rows are examined at the end of
// any earlier chunk, because the last chunk may have few rows.
const (
	lookBack    = 100
	lookPassing = 16
)

func newLastColumn(h *header) lastColumn {
	last := len(h.names) - 1
	for _, f := range h.codes.all {
		if f.Column.index == last {
			return lastColumn{column: last, field: f}
		}
	}
	return lastColumn{column: -1}
}

// add examines the last rows read from a chunk. The last argument is the number of the line after those rows.
func (l *lastColumn) add(s *chunk, line int64) {
	passed, data := s.indexed.Passed(), s.indexed.Text()
	look := lookPassing
	if s.end == io.EOF || len(data) < index.Soon {
		look = lookBack + 1
	}
	for i := max(0, passed-look); i < passed && l.column >= 0; i++ {
		if row := s.indexed.Row(i); int(row.End) < len(data) {
			l.sizes[l.n%lookBack] = l.size(s, &row)
			l.n++
		}
	}
	if passed == 0 || s.end != io.EOF {
		return
	}
	if row := s.indexed.Row(passed - 1); int(row.End) == len(data) && row.Start < row.End {
		l.isOpen, l.isPartial, l.line = true, l.isShort(s, &row), line-1-lineFeeds(data[row.Start:])
	}
}

// size returns the length of the last value of a row if that value is a code or has the form of one, as R69X has.
// Otherwise it returns 0.
func (l *lastColumn) size(s *chunk, row *index.Row) uint8 {
	value := l.value(s, row)
	v := coding.ReadValue(l.field.System, value, 0)
	if !v.Code().IsValid() || len(value) > 0xFF {
		return 0
	}
	return uint8(len(value))
}

// value returns the text of the last column, or of the last value in it.
func (l *lastColumn) value(s *chunk, row *index.Row) []byte {
	if row.Fields != l.column+1 {
		return nil
	}
	f := s.indexed.Field(row, l.column)
	text := s.indexed.Text()[f.Start:f.End]
	if l.field.Form == Concatenated {
		text = text[bytes.LastIndexByte(text, ',')+1:]
	}
	return padding.TrimCode(text)
}

// isShort reports whether the value at the end of the text is shorter than every earlier value that was examined.
func (l *lastColumn) isShort(s *chunk, row *index.Row) bool {
	if l.column < 0 {
		return false
	}
	data := s.indexed.Text()
	value := l.value(s, row)
	if len(value) == 0 || data[len(data)-1] == '"' || string(value) == "-" || string(value) == "&" {
		return false
	}
	shortest := 0
	for _, size := range l.sizes[:min(l.n, lookBack)] {
		if size > 0 && (shortest == 0 || int(size) < shortest) {
			shortest = int(size)
		}
	}
	return len(value) < shortest
}
