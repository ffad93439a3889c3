package parquet

import (
	"errors"
	"fmt"
	"io"
	"math/bits"

	"hesopmatch/hesop"
)

// rowGroup is a Source of the rows of one row group. It decodes up to batchRows rows at a time, column by column, and
// its cost depends on the number of values that are not null.
type rowGroup struct {
	columns []*cursor
	left    int64 // rows not yet decoded
	codecs  codecs
	memory  memory
	where   string       // prefix of errors
	check   func() error // called at the end: checks that the file has not changed
	close   func() error

	n, at int      // number of decoded rows, and how many of them Next has already returned
	words int      // words of masks for each row
	masks []uint64 // by row: a bit for each column with a text
	spans []uint64 // by row and column
	texts [][]byte // by column: the bytes that its spans refer to
	some  []uint64 // scratch: the spans of one column, without nulls
	err   error
}

// newRowGroup returns a source of one row group of an open file.
func newRowGroup(r io.ReaderAt, f *footer, number int, selected []int, where string) (*rowGroup, error) {
	g := f.groups[number]
	s := &rowGroup{left: g.rows, where: fmt.Sprintf("%srow group %d", where, number+1)}
	s.words = (len(selected) + 63) / 64
	if err := s.memory.take(8 * batchRows * (len(selected) + s.words)); err != nil {
		return nil, s.locate(nil, err)
	}
	s.masks = make([]uint64, batchRows*s.words)
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
	for w, mask := range s.masks[s.at*s.words : (s.at+1)*s.words] {
		for ; mask != 0; mask &= mask - 1 {
			i := w<<6 | bits.TrailingZeros64(mask)
			start := int(spans[i] >> 32)
			row.Set(s.columns[i].number, s.texts[i][start:start+int(uint32(spans[i]))])
		}
	}
	s.at++
	return nil
}

// decode decodes the next rows: at most batchRows, and only up to the first row at which the page of a column ends.
func (s *rowGroup) decode() error {
	if s.left == 0 {
		return s.end()
	}
	n := int(min(s.left, batchRows))
	var err error
	var at *cursor
	isValue := false // whether a failure is in one of these rows, and not in the page as a whole
	// A damaged file must not crash the program.
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
		clear(s.masks[:s.n*s.words])
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
			return fmt.Errorf("this row or one of the %d after it: %w", n-1, s.locate(at, caught))
		}
		return s.locate(at, caught)
	}
	s.n, s.at = n, 0
	s.left -= int64(n)
	return nil
}

// fill sets the spans and mask bits of one column for the rows that have a text.
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
			if uint32(one) == 0 { // an empty text is the same as null
				continue
			}
			row := w<<6 | bits.TrailingZeros64(m)
			s.spans[row*width+i] = one
			s.masks[row*words+word] |= bit
		}
	}
	return nil
}

// end makes the checks that are possible only after the last row.
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

// locate adds the row group and the column to an error.
func (s *rowGroup) locate(c *cursor, err error) error {
	if c == nil {
		return fmt.Errorf("%s: %w", s.where, err)
	}
	return fmt.Errorf("%s, column %s: %w", s.where, quote(c.column.name), err)
}

// Close releases the resources of the source.
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
