package parquet

import (
	"errors"
	"fmt"
	"io"
	"math/bits"

	"hesopmatch/hesop"
)

// rowGroup is a Source of the rows of a row group. It decodes a few hundred rows at a time, column by column, and
// touches only the values that are there.
type rowGroup struct {
	columns []*cursor
	left    int64 // rows that are not decoded yet
	codecs  codecs
	memory  memory
	where   string       // put before errors
	check   func() error // at the end: that the file is the one that it was
	close   func() error

	n, at int      // rows that are decoded, and the next of them
	words int      // of marks for a row
	marks []uint64 // by row: the columns that have a text
	spans []uint64 // by row and column
	texts [][]byte // by column: what its spans stand in
	some  []uint64 // spans of a column, for the values that are there
	err   error
}

// newRowGroup returns a source of a row group of an open file.
func newRowGroup(r io.ReaderAt, f *footer, number int, selected []int, where string) (*rowGroup, error) {
	g := f.groups[number]
	s := &rowGroup{left: g.rows, where: fmt.Sprintf("%srow group %d", where, number+1)}
	s.words = (len(selected) + 63) / 64
	if err := s.memory.take(8 * batchRows * (len(selected) + s.words)); err != nil {
		return nil, s.locate(nil, err)
	}
	s.marks = make([]uint64, batchRows*s.words)
	s.spans = make([]uint64, batchRows*len(selected))
	s.some = make([]uint64, batchRows)
	s.texts = make([][]byte, len(selected))
	for _, i := range selected {
		c := &cursor{column: &f.columns[i], number: i, memory: &s.memory, codecs: &s.codecs}
		c.window.source = r
		if err := c.open(f, g); err != nil {
			return nil, s.locate(c, err)
		}
		s.columns = append(s.columns, c)
	}
	return s, nil
}

// Next sets the columns of the next row.
func (s *rowGroup) Next(row *hesop.Row) error {
	if s.at == s.n {
		if s.err == nil {
			s.err = s.decode()
		}
		if s.err != nil {
			return s.err
		}
	}
	width := len(s.columns)
	spans := s.spans[s.at*width : (s.at+1)*width]
	for w, mark := range s.marks[s.at*s.words : (s.at+1)*s.words] {
		for ; mark != 0; mark &= mark - 1 {
			i := w<<6 | bits.TrailingZeros64(mark)
			start := int(spans[i] >> 32)
			row.Set(s.columns[i].number, s.texts[i][start:start+int(uint32(spans[i]))])
		}
	}
	s.at++
	return nil
}

// decode decodes the next rows: up to batchRows, and not beyond the end of a column's page.
func (s *rowGroup) decode() error {
	if s.left == 0 {
		return s.end()
	}
	n := int(min(s.left, batchRows))
	var err error
	var at *cursor
	isValue := false // what fails is in one of these rows, and not in what is behind them
	// What a damaged file leads to is never the end of the program.
	if caught := guard(func() error {
		for _, c := range s.columns {
			at = c
			if c.left == 0 {
				if err = c.nextPage(); err != nil {
					return err
				}
			}
			n = min(n, c.left)
		}
		clear(s.marks[:s.n*s.words])
		isValue = true
		for i, c := range s.columns {
			at = c
			if err = s.fill(i, c, n); err != nil {
				return err
			}
		}
		return nil
	}); caught != nil {
		if isValue && n > 1 {
			return fmt.Errorf("this row or one of the %d behind it: %w", n-1, s.locate(at, caught))
		}
		return s.locate(at, caught)
	}
	s.n, s.at = n, 0
	s.left -= int64(n)
	return nil
}

// fill marks the rows that have a text in a column.
func (s *rowGroup) fill(i int, c *cursor, n int) error {
	var present [batchRows / 64]uint64
	spans, texts, err := c.fill(n, present[:], s.some)
	if err != nil {
		return err
	}
	s.texts[i] = texts
	width, words := len(s.columns), s.words
	bit, word := uint64(1)<<(i&63), i>>6
	k := 0
	for w := 0; k < len(spans); w++ {
		for m := present[w]; m != 0; m &= m - 1 {
			one := spans[k]
			k++
			if uint32(one) == 0 { // an empty text is the same as none
				continue
			}
			row := w<<6 | bits.TrailingZeros64(m)
			s.spans[row*width+i] = one
			s.marks[row*words+word] |= bit
		}
	}
	return nil
}

// end checks what can be checked behind the last row.
func (s *rowGroup) end() error {
	for _, c := range s.columns {
		if err := c.values.end(); err != nil {
			return s.locate(c, err)
		}
	}
	if s.check != nil {
		if err := s.check(); err != nil {
			return s.locate(nil, err)
		}
	}
	return io.EOF
}

// locate says where an error arose.
func (s *rowGroup) locate(c *cursor, err error) error {
	if c == nil {
		return fmt.Errorf("%s: %w", s.where, err)
	}
	return fmt.Errorf("%s, column %s: %w", s.where, quote(c.column.name), err)
}

// Close gives back what the source holds.
func (s *rowGroup) Close() error {
	s.codecs.close()
	s.n, s.at, s.columns = 0, 0, nil
	if s.err == nil {
		s.err = errClosed
	}
	if s.close == nil {
		return nil
	}
	err := s.close()
	s.close = nil
	return err
}

var errClosed = errors.New("the part is closed")
