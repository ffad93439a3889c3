package hesop

import (
	"errors"
	"fmt"
	"io"
	"math"
)

// Part is a part of the rows of a Source: rows that follow each other, and can be read while other parts are.
type Part struct {
	Rows int64 // how many they are

	// Open returns a Source of these rows alone, from the first one on. It is called from any goroutine, and more than
	// once for some parts; one goroutine reads what it returns, and closes it if it is an io.Closer.
	Open func() (Source, error)
}

// Parted is a Source that can be read in parts, such as the row groups of a file. The workers of match.Scan then read
// parts side by side, and nobody calls Next.
type Parted interface {
	Source

	// Parts returns the parts of all rows, in order.
	Parts() []Part
}

// Selective is a Source that can do without columns: see OtherColumns.
type Selective interface {
	Source

	// Select is called before any row is read, with the numbers of the columns that are read, in order.
	Select(columns []int)
}

// parts returns the parts that can be read side by side, if nothing of the rows was read before.
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

// isShared reports whether several workers are of use: not where one goroutine has to read all rows.
func (r *Reader) isShared() bool {
	if _, isText := r.source().(*text); isText {
		return true
	}
	_, ok := r.parts()
	return ok
}

// unknownRows is the number of rows of a Source that is one part, and says nothing of them.
const unknownRows = math.MinInt64

// left is a Source that is not to be closed.
type left struct{ Source }

// partRows reads the rows of a part, for one goroutine.
type partRows struct {
	reader   *Reader
	part     Part
	rows     *sourceRows
	current  *Appointment // a fresh one for each row if isChecked
	number   int64        // of the row that was read last, in the data
	last     int64        // of the part, unknownRows if it is not known
	shift    *shift
	isInside bool // Next of the source is running
}

// newPartRows returns what reads a part whose first row is the one behind so many.
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

// open opens the part.
func (p *partRows) open() error {
	if p.part.Open == nil || p.last < p.number && p.last != unknownRows {
		return p.fail(fmt.Errorf("%w: a Part has no Open, or fewer rows than none", ErrOption))
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

// close closes the source.
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

// fail locates an error at the row behind those that were read.
func (p *partRows) fail(err error) error {
	e := p.reader.locate(p.number, 0, 0, err)
	e.Row = p.number + 1
	return e
}

// next reads the next row. It opens the part first, and closes it at its end, which is io.EOF.
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
		err = errors.New("a part of the Source has more rows than it said")
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
