package hesop

import (
	"sync/atomic"

	"hesopmatch/hesop/internal/index"
	"hesopmatch/internal/rows"
)

// Appointment is one row of the data: one outpatient appointment, kept or not.
//
// An appointment that a Reader yields is good until the next one is asked for,
// and so is every byte slice taken from it; Clone makes one that lasts. It is
// for one goroutine at a time, and must not be copied by value. The zero
// Appointment holds no row and is good only for CopyTo to fill. It prints its row and
// line, and never what the row holds; nor does it marshal. Built with the tag hesopcheck, an Appointment
// panics when it is used beyond its row, which otherwise goes unseen.
type Appointment struct {
	_ [0]func() // not comparable
	noForm

	header *header
	number int64
	line   int64 // 0 if it has none
	offset int64

	// Of a row of text fields are looked for when they are asked for; once whole is true,
	// fields are all of them.
	row    index.Row // of content.indexed
	whole  bool
	asked  int32  // look-ups of fields of this row while whole was false
	last   int32  // the column of the last of them
	word   uint32 // of the index where that column begins
	fields []rows.Field

	coded  bool          // the codes are those of this row
	places []index.Place // the code fields that are read and not empty, in their order
	placed bool          // places are those of this row
	filled []index.Place // of AllCodeTexts, whose memory is used again

	// hidden is what must not be printed. What follows pointers to print them, as failing
	// tests do, stops at one of package atomic. It is nil in the zero Appointment alone.
	hidden atomic.Pointer[content]
}

// content is what the row of an Appointment holds, and what was read of it.
type content struct {
	// data are the bytes that fields are places in: of a row of text those of its block, of
	// a query's row or a copy those of the row alone, and then indexed is nil.
	data    []byte
	indexed *index.Block

	// scratch holds what had to be unquoted. It only grows while a row lasts,
	// so what was handed out stays as it was.
	scratch []byte

	codes Codes
	mark  uint16     // of the slots of codes: see Appointment.mark
	known knownCodes // what rows of text before had; nil for a copy and a row of a Source

	shown features // of rows before the present one, for Reader.widths

	_ [64]byte // so that no two workers write to one line of the cache
}

// renew returns an Appointment with the memory of a, and makes a hold no row.
func (a *Appointment) renew() *Appointment {
	fresh := &Appointment{
		header: a.header, row: a.row, whole: a.whole, fields: a.fields, places: a.places, filled: a.filled,
	}
	fresh.hidden.Store(a.in())
	a.header = nil
	a.hidden.Store(nil)
	return fresh
}

// in is what the row holds.
func (a *Appointment) in() *content { return a.hidden.Load() }

// fill gives an Appointment room for a row of h.
func (a *Appointment) fill(h *header) {
	a.header = h
	if a.in() == nil {
		a.hidden.Store(new(content))
	}
}

// begin makes a ready for a row that was just read.
func (a *Appointment) begin(number int64) {
	a.number = number
	in := a.in()
	in.scratch = in.scratch[:0]
	a.coded, a.placed, a.asked, a.word = false, false, 0, 0
}

// width is the number of fields of the row.
func (a *Appointment) width() int {
	if a.whole {
		return len(a.fields)
	}
	return a.row.Fields
}

// allFields are all fields of the row, which may be more than the header has. Later
// look-ups have them at hand.
func (a *Appointment) allFields() []rows.Field {
	if !a.whole {
		a.fields, a.whole = a.in().indexed.AppendFields(a.fields[:0], &a.row), true
	}
	return a.fields
}

// manyFields is how many look-ups of single fields of a row pay for finding all of them at once.
const manyFields = 16

// field is field i of the row. It looks for single fields, until so many were asked for that finding all is cheaper.
func (a *Appointment) field(i int) rows.Field {
	if !a.whole {
		if a.asked++; a.asked <= manyFields {
			start := a.start(i)
			return a.in().indexed.FieldAt(&a.row, i, start)
		}
		a.allFields()
	}
	return a.fields[i]
}

// start is where field i of a row of text starts. It goes on from the last field that was asked for, if that is
// further in front.
func (a *Appointment) start(i int) uint32 {
	from := a.row.Start
	if a.last < int32(i) {
		from = max(from, 64*a.word)
	}
	start := a.in().indexed.Start(&a.row, index.Span{First: i}, from)
	a.last, a.word = int32(i), start/64
	return start
}

// Row is the number of the row among the rows of data of its reader, from 1,
// skipped ones included.
func (a *Appointment) Row() int64 { return a.number }

// Line is the physical line on which the row starts, from 1, or 0 for a row of a query.
func (a *Appointment) Line() int64 { return a.line }

// Offset is the number of bytes of uncompressed text before the row.
func (a *Appointment) Offset() int64 { return a.offset }

// Column returns the handle of a column of the appointment's reader, as Reader.Column does. It looks the name up: for
// many appointments, ask the Reader once.
func (a *Appointment) Column(name string) (Column, error) {
	a.mustHoldRow()
	return a.header.column(name)
}

const otherColumn = "hesop: Column of another reader, or of none"

// Text returns the bytes of a column as found, without the quotes around them.
// They must not be changed, and are good as long as the appointment is; two
// calls never share what they had to make.
func (a *Appointment) Text(c Column) []byte {
	if c.header != a.header || c.header == nil {
		panic(otherColumn)
	}
	return a.text(c.index)
}

// Between returns the bytes of a row of text from one column to the end of another, as found, with the quotes and the
// delimiters. Rows with the same bytes between two columns have the same fields there. It is nil for a copy, for a row
// of a query or a Source, and if first stands behind last. It is borrowed as Text is.
func (a *Appointment) Between(first, last Column) []byte {
	if first.header != a.header || last.header != a.header || a.header == nil {
		panic(otherColumn)
	}
	in := a.in()
	if in.indexed == nil || first.index > last.index {
		return nil
	}
	start := a.start(first.index)
	end := in.indexed.End(&a.row, index.Span{First: first.index, Last: last.index}, start)
	return in.data[start:end:end]
}

func (a *Appointment) text(i int) []byte { return a.textOf(a.field(i)) }

func (a *Appointment) textOf(f rows.Field) []byte {
	in := a.in()
	text := in.data[f.Start:f.End:f.End]
	if !f.Doubled {
		return text
	}
	start := len(in.scratch)
	in.scratch = rows.AppendSingle(in.scratch, text)
	return in.scratch[start:len(in.scratch):len(in.scratch)]
}

// Date reads a column as a date. It is false when the column holds none: see
// ParseDate for which.
func (a *Appointment) Date(c Column) (Date, bool) {
	d, err := ParseDate(a.Text(c))
	return d, err == nil
}

// Attended is what the column attended says, NotStated where there is no such
// column.
func (a *Appointment) Attended() Attended {
	a.mustHoldRow()
	if a.header.attended < 0 {
		return NotStated
	}
	return parseAttended(a.text(a.header.attended))
}

// Clone returns a copy that lasts and shares no memory with a. Columns of the
// reader of a are good for it.
func (a *Appointment) Clone() *Appointment {
	c := new(Appointment)
	a.CopyTo(c)
	return c
}

// CopyTo makes dst a copy of a that lasts, as Clone does, in the memory that dst
// has from earlier copies. What was taken from dst before is overwritten.
func (a *Appointment) CopyTo(dst *Appointment) {
	a.mustHoldRow()
	if dst == nil {
		panic("hesop: the Appointment of CopyTo is nil: new(hesop.Appointment) is one")
	}
	dst.fill(a.header)
	dst.line, dst.offset = a.line, a.offset
	from, to := a.in(), dst.in()
	start, end := uint32(0), uint32(len(from.data))
	if from.indexed != nil {
		start, end = a.row.Start, a.row.End
	}
	to.data = append(to.data[:0], from.data[start:end]...)
	dst.fields = append(dst.fields[:0], a.allFields()...)
	for i := range dst.fields {
		dst.fields[i].Start -= start
		dst.fields[i].End -= start
	}
	to.indexed, dst.whole = nil, true
	dst.begin(a.number)
	dst.places, dst.placed = dst.findPlaces(dst.places[:0]), true
}
