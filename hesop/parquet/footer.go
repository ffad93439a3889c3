package parquet

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"

	"github.com/parquet-go/parquet-go/format"
)

// footer is the footer of a file, without statistics.
type footer struct {
	columns []column
	groups  []group
	rows    int64
	end     int64 // the offset at which the pages end and the footer begins
}

// group is a row group.
type group struct {
	rows   int64
	chunks []chunk // by leaf of the schema
}

// chunk is one column of a row group.
type chunk struct {
	start, size int64
	values      int64 // including nulls
	codec       format.CompressionCodec
}

// rowsOfGroups returns the number of rows of each row group.
func (f *footer) rowsOfGroups() []int64 {
	rows := make([]int64, len(f.groups))
	for i, g := range f.groups {
		rows[i] = g.rows
	}
	return rows
}

const (
	magic          = "PAR1"
	encryptedMagic = "PARE"
	trailer        = 8 // bytes after the footer: its size and the magic bytes
)

func readFooter(r io.ReaderAt, size int64) (*footer, error) {
	var ends [4 + trailer]byte
	if size < int64(len(ends)) {
		return nil, fmt.Errorf("%w: it has %d bytes, fewer than any Parquet file", ErrFormat, size)
	}
	if err := readFull(r, ends[:4], 0); err != nil {
		return nil, err
	}
	if err := readFull(r, ends[4:], size-trailer); err != nil {
		return nil, err
	}
	start, end := string(ends[:4]), string(ends[8:])
	switch {
	case start == encryptedMagic || end == encryptedMagic:
		return nil, errEncrypted
	case start != magic:
		return nil, fmt.Errorf("%w: it does not begin with %s", ErrFormat, magic)
	case end != magic:
		return nil, damaged("it does not end as a Parquet file does (%s): the end is missing", magic)
	}
	n := int64(binary.LittleEndian.Uint32(ends[4:]))
	switch {
	case n > size-int64(len(ends)):
		return nil, damaged("its footer has %d bytes, more than the file", n)
	case n > MaxFooter:
		return nil, tooMuch("the footer has %d bytes, and MaxFooter is %d", n, MaxFooter)
	}
	data := make([]byte, n)
	end0 := size - trailer - n
	if err := readFull(r, data, end0); err != nil {
		return nil, err
	}
	return parseFooter(data, end0)
}

var errEncrypted = fmt.Errorf("%w: it is encrypted: write it without encryption", ErrFormat)

// readFull fills b with bytes of the file, starting at the given offset.
func readFull(r io.ReaderAt, b []byte, from int64) error {
	n, err := r.ReadAt(b, from)
	if n == len(b) {
		return nil
	}
	if err == nil || err == io.EOF {
		return damaged("it ends at byte %d", from+int64(n))
	}
	return err
}

// parseFooter parses the bytes of a footer. end is the offset at which the pages end.
func parseFooter(data []byte, end int64) (*footer, error) {
	c := &compact{data: data}
	f := &footer{rows: -1, end: end}
	s := new(schema)
	isEncrypted := false
	var err error
	c.structure(func(id int16, kind byte) bool {
		switch {
		case id == 2 && kind == typeList:
			err = s.read(c)
		case id == 3 && kind == typeI64:
			f.rows = c.int()
		case id == 4 && kind == typeList && s.elements != nil && err == nil:
			if f.columns, err = s.columns(); err == nil {
				err = f.readGroups(c, s)
			}
		case id == 8:
			isEncrypted = true
			return false
		default:
			return false
		}
		if err != nil {
			c.fail()
		}
		return true
	})
	switch {
	case err != nil:
		return nil, err
	case c.isBad || s.elements == nil || f.columns == nil:
		return nil, damaged("its footer cannot be parsed")
	case isEncrypted:
		return nil, errEncrypted
	}
	return f, f.checkRows()
}

// checkRows compares the sum of the rows of all groups with the number of rows that the footer states.
func (f *footer) checkRows() error {
	rows := int64(0)
	for _, g := range f.groups {
		if g.rows > math.MaxInt64-rows {
			return damaged("its row groups have too many rows")
		}
		rows += g.rows
	}
	if rows != f.rows {
		return damaged("its row groups have %d rows, but its footer states %d", rows, f.rows)
	}
	return nil
}

func (f *footer) readGroups(c *compact, s *schema) error {
	kind, n := c.list()
	if kind != typeStruct && n > 0 {
		return damaged("its footer has no list of row groups")
	}
	for i := range n {
		g := group{rows: -1}
		var err error
		c.structure(func(id int16, kind byte) bool {
			switch {
			case id == 1 && kind == typeList && g.chunks == nil && err == nil:
				g.chunks, err = readChunks(c, s, f.end)
			case id == 3 && kind == typeI64:
				g.rows = c.int()
			default:
				return false
			}
			if err != nil {
				c.fail()
			}
			return true
		})
		switch {
		case err != nil:
			return fmt.Errorf("row group %d: %w", i+1, err)
		case c.isBad || g.rows < 0 || g.chunks == nil:
			return damaged("row group %d of its footer cannot be parsed", i+1)
		}
		if err := s.check(g); err != nil {
			return fmt.Errorf("row group %d: %w", i+1, err)
		}
		f.groups = append(f.groups, g)
	}
	return nil
}

// check compares the number of values of each chunk of a row group with the number of rows. A column that is not nested
// must have one value for each row.
func (s *schema) check(g group) error {
	for i, leaf := range s.leaves {
		if leaf.isFlat && g.chunks[i].values != g.rows {
			return damaged("column %s has %d values in %d rows", quote(leaf.column), g.chunks[i].values, g.rows)
		}
	}
	return nil
}

// readChunks reads the columns of a row group: one for each leaf of the schema, in order.
func readChunks(c *compact, s *schema, end int64) ([]chunk, error) {
	kind, n := c.list()
	if n != len(s.leaves) || kind != typeStruct && n > 0 {
		return nil, damaged("it has %d columns, but the schema has %d", n, len(s.leaves))
	}
	chunks := make([]chunk, n)
	for i := range chunks {
		if err := chunks[i].read(c, s.leaves[i], end); err != nil {
			return nil, fmt.Errorf("column %s: %w", quote(s.leaves[i].column), err)
		}
	}
	return chunks, nil
}

// read reads the footer's description of a chunk.
func (ch *chunk) read(c *compact, leaf leaf, end int64) error {
	isElsewhere, isEncrypted, hasData, fits := false, false, false, true
	c.structure(func(id int16, kind byte) bool {
		switch {
		case id == 1 && kind == typeBinary:
			isElsewhere = len(c.bytes()) > 0
		case id == 3 && kind == typeStruct:
			hasData = true
			fits = ch.readData(c, leaf)
		case id == 8 || id == 9:
			isEncrypted = true
			return false
		default:
			return false
		}
		return true
	})
	switch {
	case isEncrypted:
		return errEncrypted
	case c.isBad || !hasData:
		return damaged("its footer cannot be parsed")
	case isElsewhere:
		return fmt.Errorf("%w: its data are in another file: write it as one file", ErrFormat)
	case !fits:
		return damaged("the footer describes another column in its place")
	case ch.values > 0 && (ch.start < int64(len(magic)) || ch.size < 0 || ch.start > end || ch.size > end-ch.start):
		return damaged("its data lie outside the file")
	}
	return nil
}

// readData reads the location of a chunk's data. It reports whether the data belong to the given leaf of the schema.
func (ch *chunk) readData(c *compact, leaf leaf) (fits bool) {
	data, dictionary := int64(-1), int64(0)
	ch.values, ch.size = -1, -1
	hasType, hasName := false, false
	c.structure(func(id int16, kind byte) bool {
		switch {
		case id == 1 && kind == typeI32:
			hasType = format.Type(c.int32()) == leaf.physical
		case id == 3 && kind == typeList:
			element, n := c.list()
			name := []byte(nil)
			for range n {
				if element == typeBinary {
					name = c.bytes()
				} else {
					c.fail()
				}
			}
			hasName = string(name) == leaf.name
		case id == 4 && kind == typeI32:
			ch.codec = format.CompressionCodec(c.int32())
		case id == 5 && kind == typeI64:
			ch.values = c.int()
		case id == 7 && kind == typeI64:
			ch.size = c.int()
		case id == 9 && kind == typeI64:
			data = c.int()
		case id == 11 && kind == typeI64:
			dictionary = c.int()
		default:
			return false
		}
		return true
	})
	ch.start = data
	if dictionary > 0 && dictionary < data {
		ch.start = dictionary
	}
	return hasType && hasName && data >= 0 && ch.values >= 0 && ch.size >= 0
}
