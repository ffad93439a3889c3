package hesop

import "hesopmatch/internal/rows"

// Appointment is one row of the data: one outpatient appointment, kept or not.
//
// An appointment that a Reader yields is good until the next one is asked for,
// and so is every byte slice taken from it; Clone makes one that lasts. It is
// for one goroutine at a time, and must not be copied by value. The zero
// Appointment holds no row and is good only for CopyTo to fill.
type Appointment struct {
	_ [0]func() // not comparable

	header *header
	row    rows.Row
	number int64

	// scratch holds what had to be unquoted. It only grows while a row lasts,
	// so what was handed out stays as it was.
	scratch []byte

	codes Codes
	coded bool // codes are those of this row
}

// begin makes a ready for a row that was just read.
func (a *Appointment) begin(number int64) {
	a.number = number
	a.scratch = a.scratch[:0]
	a.coded = false
}

// Row is the number of the row among the rows of data of its reader, from 1,
// skipped ones included.
func (a *Appointment) Row() int64 { return a.number }

// Line is the physical line on which the row starts, from 1, or 0 for a row of a query.
func (a *Appointment) Line() int64 { return a.row.Line }

// Offset is the number of bytes of uncompressed text before the row.
func (a *Appointment) Offset() int64 { return a.row.Offset }

// Column returns the handle of a column of the appointment's reader, by its name in any
// case. It looks the name up: for many appointments, ask the Reader once.
func (a *Appointment) Column(name string) (Column, bool) { return a.header.column(name) }

// Text returns the bytes of a column as found, without the quotes around them.
// They must not be changed, and are good as long as the appointment is; two
// calls never share what they had to make.
func (a *Appointment) Text(c Column) []byte {
	if c.header != a.header {
		panic("hesop: Column of another reader, or of none")
	}
	return a.text(c.index)
}

func (a *Appointment) text(i int) []byte {
	f := a.row.Fields[i]
	if !f.Doubled {
		return a.row.Data[f.Start:f.End:f.End]
	}
	start := len(a.scratch)
	a.scratch = a.row.AppendText(a.scratch, i)
	return a.scratch[start:len(a.scratch):len(a.scratch)]
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
	if a.header.attended < 0 {
		return NotStated
	}
	return ParseAttended(a.text(a.header.attended))
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
	dst.header = a.header
	dst.row.Data = append(dst.row.Data[:0], a.row.Data...)
	dst.row.Fields = append(dst.row.Fields[:0], a.row.Fields...)
	dst.row.Line, dst.row.Offset = a.row.Line, a.row.Offset
	dst.begin(a.number)
}
