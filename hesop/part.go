package hesop

import (
	"errors"
	"fmt"
	"io"
	"math"
)

// Part is a run of consecutive rows of a Source that can be read while other parts are read.
type Part struct {
	Rows int64 // the number of rows

	// Open returns a Source that reads only these rows, from the first one. Any goroutine may call Open, and Open may
	// be called more than once for a part. A single goroutine reads the Source, and closes it if it is an io.Closer.
	Open func() (Source, error)
}

// Parted is a Source that can be read in parts, such as the row groups of a file. The workers of match.Scan then read
// the parts in parallel, and the method Next of the Parted itself is not called.
type Parted interface {
	Source

	// Parts returns the parts that make up all rows, in order.
	Parts() []Part
}

// Selective is a Source that can leave out columns: see OtherColumns.
type Selective interface {
	Source

	// Select receives the numbers of the columns to read, in ascending order. It is called before the first row is
	// read.
	Select(columns []int)
}

// parts returns the parts to read in parallel. It returns false if the source is not Parted or a row was already read.
func (r *Reader) parts() (parts []Part, ok bool) {
	s, ok := r.source().(*sourceRows)
	if !ok || r.number > 0 {
		return nil, false
	}
	p, ok := s.source.(Parted)
	if !ok {
		return nil, false
	}
	return p.Parts(), true
}

// isShared reports whether a second worker would help. A second worker does not help if one goroutine has to read all
// rows.
func (r *Reader) isShared() bool {
	if _, isText := r.source().(*text); isText {
		return true
	}
	_, ok := r.parts()
	return ok
}

// unknownRows is the value of Part.Rows for a Source that is read as one part of unknown length.
const unknownRows = math.MinInt64

// left wraps a Source that must not be closed: it hides the method Close.
type left struct{ Source }

// partRows reads the rows of a part. It is for one goroutine.
type partRows struct {
	reader   *Reader
	part     Part
	rows     *sourceRows
	current  *Appointment // a fresh one for each row if isChecked
	number   int64        // of the row that was read last, counted over all the data
	last     int64        // number of the last row of the part, unknownRows if it is not known
	shift    *shift
	isInside bool // Next of the source, or Open of the part, is running
}

// newPartRows returns a reader of a part. The last argument is the number of rows that precede the part.
func newPartRows(r *Reader, part Part, before int64) *partRows {
	p := &partRows{reader: r, part: part, number: before, last: before + part.Rows, shift: newShift(r.header)}
	if part.Rows == unknownRows {
		p.last = unknownRows
	}
	p.shift.passed = before
	p.current = new(Appointment)
	p.current.fill(r.header)
	return p
}

func (p *partRows) open() error {
	if p.part.Open == nil || p.last < p.number && p.last != unknownRows {
		return p.fail(fmt.Errorf("%w: a Part has no Open, or a negative number of rows", ErrOption))
	}
	p.isInside = true
	source, err := p.part.Open()
	p.isInside = false
	if err == nil && source == nil {
		err = fmt.Errorf("%w: Open of a Part returned no Source", ErrOption)
	}
	if err != nil {
		return p.fail(err)
	}
	p.rows = p.reader.newSourceRows(source)
	return nil
}

func (p *partRows) close() error {
	if p.rows == nil {
		return nil
	}
	c, ok := p.rows.source.(io.Closer)
	p.rows = nil
	if !ok {
		return nil
	}
	return c.Close()
}

// fail locates an error at the row after those already read.
func (p *partRows) fail(err error) error {
	e := p.reader.locate(p.number, 0, 0, err)
	e.Row = p.number + 1
	return e
}

// next reads the next row. It opens the part before the first row. At the end it closes the part and returns io.EOF.
func (p *partRows) next() (*Appointment, error) {
	if p.rows == nil {
		if err := p.open(); err != nil {
			return nil, err
		}
	}
	if isChecked {
		p.current = p.current.renew()
	}
	a := p.current
	p.isInside = true
	err := p.rows.Next(a)
	p.isInside = false
	switch {
	case err == io.EOF && p.last >= 0 && p.number < p.last:
		err = fmt.Errorf("%w: a part of the Source ended before its last row", io.ErrUnexpectedEOF)
	case err == nil && p.last >= 0 && p.number == p.last:
		err = errors.New("a part of the Source has more rows than its Rows states")
	case err == io.EOF:
		if err = p.close(); err == nil {
			return nil, io.EOF
		}
	}
	if err != nil {
		return nil, p.fail(err)
	}
	p.number++
	if err := p.reader.check(a, false); err != nil {
		return nil, p.reader.locate(p.number, 0, 0, err)
	}
	a.begin(p.number)
	a.placed = true
	p.shift.addRow(a)
	return a, nil
}
