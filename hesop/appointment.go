package hesop

import (
	"sync/atomic"

	"hesopmatch/hesop/internal/index"
	"hesopmatch/internal/rows"
)

// Appointment is one row of the data: one outpatient appointment, attended or not.
//
// An appointment that a Reader yields is valid until the next one is requested, and so is every byte slice taken from
// it; Clone makes a copy that lasts. An Appointment is for one goroutine at a time, and must not be copied by value.
// The zero Appointment holds no row; only CopyTo can fill it.
//
// A printed Appointment shows its row number and line, never what the row holds, and marshalling it fails. In a build
// with the tag hesopcheck, using an Appointment after the next one was requested panics; otherwise such a use goes
// unnoticed.
type Appointment struct {
	_ [0]func() // not comparable
	noForm

	header *header
	number int64
	line   int64 // 0 for a row that has no line
	offset int64

	// The fields of a row of text are found one by one, when they are asked for. Once all of them are found,
	// Appointment.whole is true, and Appointment.fields holds them.
	row    index.Row // in content.indexed
	whole  bool
	asked  int32  // number of look-ups of single fields of this row before all fields were found
	last   int32  // the column of the last look-up
	word   uint32 // that column begins within the 64 bytes at offset 64*word of the block
	fields []rows.Field

	coded  bool          // content.codes holds the codes of this row
	places []index.Place // the code fields that are read and are not empty, in the order of codeFields.fields
	placed bool          // Appointment.places holds the places of this row
	filled []index.Place // memory that AllCodeTexts reuses

	// hidden holds what must not be printed. A printer that follows pointers, such as that of a failing test, stops at
	// an atomic.Pointer. hidden is nil only in an Appointment without a row.
	hidden atomic.Pointer[content]
}

// content holds the text of an Appointment's row, and the codes read from that text.
type content struct {
	// data holds the bytes to which the offsets of all fields refer. For a row of text, these are the bytes of its
	// block. For a copy and for a row of a query, they are the bytes of that row alone, and content.indexed is nil.
	data    []byte
	indexed *index.Block

	// scratch holds the texts in which doubled quotes were made single. It only grows while a row is valid, so slices
	// already handed out do not change.
	scratch []byte

	codes Codes
	mark  uint16    // the mark of the slots in codes: see Appointment.mark
	cache spanCache // spans of earlier rows of text; nil for a copy and for a row of a Source

	shown features // what earlier rows have shown since the last call of widths.add

	_ [64]byte // keeps two workers from writing to one cache line
}

// renew returns a fresh Appointment that takes over the memory of its receiver. The receiver then holds no row.
func (a *Appointment) renew() *Appointment {
	fresh := &Appointment{
		header: a.header, row: a.row, whole: a.whole, fields: a.fields, places: a.places, filled: a.filled,
	}
	fresh.hidden.Store(a.in())
	a.header = nil
	a.hidden.Store(nil)
	return fresh
}

// in returns what the row holds.
func (a *Appointment) in() *content { return a.hidden.Load() }

// fill gives an Appointment its header and room for a row.
func (a *Appointment) fill(h *header) {
	a.header = h
	if a.in() == nil {
		a.hidden.Store(new(content))
	}
}

// begin sets the number of a row that was just read, and discards what was derived from the previous row.
func (a *Appointment) begin(number int64) {
	a.number = number
	in := a.in()
	in.scratch = in.scratch[:0]
	a.coded, a.placed, a.asked, a.word = false, false, 0, 0
}

// width returns the number of fields of the row.
func (a *Appointment) width() int {
	if a.whole {
		return len(a.fields)
	}
	return a.row.Fields
}

// allFields returns all fields of the row, which may be more than the header has. It stores them for later look-ups.
func (a *Appointment) allFields() []rows.Field {
	if !a.whole {
		a.fields, a.whole = a.in().indexed.AppendFields(a.fields[:0], &a.row), true
	}
	return a.fields
}

// manyFields is the number of look-ups beyond which it is cheaper to find all fields of a row at once.
const manyFields = 16

// field returns field i of the row. It finds fields one by one, and finds all of them after manyFields look-ups.
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

// start returns where field i of a row of text starts. It searches from the field of the last look-up if that field
// precedes field i, and otherwise from the start of the row.
func (a *Appointment) start(i int) uint32 {
	from := a.row.Start
	if a.last < int32(i) {
		from = max(from, 64*a.word)
	}
	start := a.in().indexed.Start(&a.row, index.Span{First: i}, from)
	a.last, a.word = int32(i), start/64
	return start
}

// Row returns the number of the row in the data of its reader, from 1. Skipped rows count.
func (a *Appointment) Row() int64 { return a.number }

// Line returns the physical line on which the row starts, from 1, or 0 for a row of a query or a Source.
func (a *Appointment) Line() int64 { return a.line }

// Offset returns the number of bytes of uncompressed text before the row.
func (a *Appointment) Offset() int64 { return a.offset }

// Column returns the handle of a column of the appointment's reader, as Reader.Column does. Each call looks the name
// up; for many appointments, call Reader.Column once.
func (a *Appointment) Column(name string) (Column, error) {
	a.mustHoldRow()
	return a.header.column(name)
}

const otherColumn = "hesop: Column of another reader, or of none"

// Text returns the bytes of a column as found, without the quotes around them. They must not be changed, and are valid
// for as long as the appointment is. Texts in which doubled quotes were made single never share memory with each other.
func (a *Appointment) Text(c Column) []byte {
	if c.header != a.header || c.header == nil {
		panic(otherColumn)
	}
	return a.text(c.index)
}

// Between returns the bytes of a row of text from the start of one column to the end of another, as found, with quotes
// and delimiters. Rows with the same bytes between two columns have the same fields there. Between returns nil for a
// copy, for a row of a query or a Source, and if the first column is to the right of the last one. The bytes are valid
// for as long as those that Text returns.
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

// Date reads a column as a date, in any form that ParseDate accepts. It returns false if the column holds no date.
func (a *Appointment) Date(c Column) (Date, bool) {
	d, err := ParseDate(a.Text(c))
	return d, err == nil
}

// Attended returns the value of the column named attended, or NotStated if there is no such column.
func (a *Appointment) Attended() Attended {
	a.mustHoldRow()
	if a.header.attended < 0 {
		return NotStated
	}
	return parseAttended(a.text(a.header.attended))
}

// Clone returns a copy that lasts and shares no memory with the original. Column handles of the same reader also work
// with the copy.
func (a *Appointment) Clone() *Appointment {
	c := new(Appointment)
	a.CopyTo(c)
	return c
}

// CopyTo copies the appointment into dst, as Clone would, and reuses the memory of dst. It overwrites slices that were
// taken from dst before.
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
