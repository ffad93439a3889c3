package hesop

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"hesopmatch/hesop/internal/index"
	"hesopmatch/internal/rows"
)

// Source supplies appointments to a Reader, one after another, from your own file format, service or memory.
type Source interface {
	// Next sets, in row, the columns of the next appointment. The row is empty at first and valid until Next returns.
	// At the end of the data, Next returns io.EOF without setting a column. After a call of row.Set, io.EOF is an
	// error, because a row would be lost. Any other error ends the reading. Users see that error, so it should not
	// contain values of a row. A single goroutine calls Next.
	Next(row *Row) error
}

// Row is a row for a Source to fill. The cost of a row depends on how many columns are set, not on how many exist.
type Row struct {
	_ noCopy

	a       *Appointment // the appointment being filled, nil outside Next
	columns []int32      // column of the Reader for each column of the Source, -1 if not read
	limit   int
	err     error

	set   []int32 // columns of the Source that were set
	isSet []bool  // indexed by column of the Source

	codes  []codeColumn // from the header
	sorted bool         // code columns were set in the order of the code fields
	order  int32        // the order of the code column that was set last
}

// Set sets a column, counted from 0, to a copy of text. A column that is not set is empty, and so is a column that is
// set to an empty text. Set panics if the column does not exist, if it was already set, or if Next has returned. It is
// an error if a row is longer than LineLimit.
func (r *Row) Set(column int, text []byte) {
	r.mustBeIn(column)
	if len(text) == 0 || r.columns[column] < 0 {
		return
	}
	in := r.a.in()
	start := len(in.data)
	if len(text) > r.limit-start {
		r.fail(&rows.Fault{Kind: rows.TooLong, Limit: r.limit})
		return
	}
	in.data = append(in.data, text...)
	r.end(r.columns[column], start)
}

// mustBeIn records that a column is set. It panics if the column cannot be set.
func (r *Row) mustBeIn(column int) {
	switch {
	case r.a == nil:
		panic("hesop: the Row is valid only until Next of its Source returns")
	case column < 0 || column >= len(r.columns):
		panic(fmt.Sprintf("hesop: Set of column %d of %d: they are numbered from 0", column, len(r.columns)))
	case r.isSet[column]:
		panic(fmt.Sprintf("hesop: Set of column %d for the second time", column))
	}
	r.isSet[column] = true
	r.set = append(r.set, int32(column))
}

// fail records the first error of the row.
func (r *Row) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// end sets a column of the Reader to the bytes that were appended to the row from the index start on.
func (r *Row) end(column int32, start int) {
	a := r.a
	f := rows.Field{Start: uint32(start), End: uint32(len(a.in().data))}
	if f.Start == f.End {
		return
	}
	a.fields[column] = f
	if c := &r.codes[column]; c.system.IsValid() {
		r.sorted = r.sorted && c.order >= r.order
		r.order = c.order
		a.places = append(a.places, index.Place{Column: column, Field: f})
	}
}

// begin empties the row, and attaches it to an appointment.
func (r *Row) begin(a *Appointment) {
	if len(a.fields) != len(a.header.names) {
		a.fields = make([]rows.Field, len(a.header.names))
	}
	for _, column := range r.set {
		r.isSet[column] = false
		if to := r.columns[column]; to >= 0 {
			a.fields[to] = rows.Field{}
		}
	}
	in := a.in()
	in.data, a.places, a.whole = in.data[:0], a.places[:0], true
	r.a, r.set, r.err, r.sorted, r.order = a, r.set[:0], nil, true, 0
}

// FromSource returns a reader of the appointments that a Source supplies. They are read as if from text. The first
// argument has the names of all columns of the Source, in the order in which Row.Set counts them. Columns are found by
// name, in any order. Rows have numbers but no lines. Delimiter and Names are not allowed. Reading a row does not
// allocate, except in the source itself.
//
// A single goroutine calls Next, regardless of the number of workers of match.Scan. If the source is Parted, workers
// read its parts in parallel instead.
func FromSource(names []string, s Source, opts ...Option) (*Reader, error) {
	reader, err := newReader(opts)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return nil, reader.fail(fmt.Errorf("%w: the Source is nil", ErrOption))
	}
	return reader.readSource(names, s, "the Source")
}

// readSource makes r a reader of a source. The last argument says, in errors, where the column names come from.
func (r *Reader) readSource(names []string, s Source, where string) (*Reader, error) {
	o := &r.opts
	if o.delimiter != 0 || o.names != nil {
		return nil, r.fail(fmt.Errorf("%w: Delimiter and Names are for text", ErrOption))
	}
	for i, name := range names {
		if strings.TrimSpace(name) == "" {
			return nil, r.fail(fmt.Errorf("%w: column %d of %s has no name: give it one", ErrHeader, i+1, where))
		}
	}
	h, err := newHeader(slices.Clone(names), o, fromQuery)
	if err != nil {
		return nil, r.fail(err)
	}
	r.columns = make([]int32, len(names))
	for i := range r.columns {
		r.columns[i] = int32(i)
	}
	if o.others != nil {
		if h, err = r.choose(h, s); err != nil {
			return nil, r.fail(err)
		}
	}
	r.header = h
	r.setSource(r.newSourceRows(s))
	r.begin()
	return r, nil
}

// choose returns a header of only those columns of a Source that are read. The first argument is the header of all
// columns of the Source.
func (r *Reader) choose(all *header, s Source) (*header, error) {
	needed := make([]bool, len(all.names))
	for _, f := range all.codes.fields {
		needed[f.Column.index] = true
	}
	also := []int{all.attended, all.scheme}
	if len(r.opts.others) > 0 { // the meaning of their values may depend on the year
		also = append(also, all.appointmentDate, all.financialYear)
	}
	for _, i := range also {
		if i >= 0 {
			needed[i] = true
		}
	}
	for _, name := range r.opts.others {
		c, err := all.column(name)
		if err != nil {
			return nil, fmt.Errorf("%w, which OtherColumns names", err)
		}
		needed[c.index] = true
	}
	var names []string
	var selected []int
	for i, name := range all.names {
		r.columns[i] = -1
		if needed[i] {
			r.columns[i] = int32(len(names))
			names, selected = append(names, name), append(selected, i)
		}
	}
	if s, ok := s.(Selective); ok {
		s.Select(selected)
	}
	o := r.opts
	o.renames = slices.DeleteFunc(slices.Clone(o.renames), func(one rename) bool {
		return !slices.ContainsFunc(names, func(name string) bool {
			_, ok := one.matches(foldColumn(name))
			return ok
		})
	})
	h, err := newHeader(names, &o, fromQuery)
	if err == nil {
		h.notices, h.isAE = all.notices, all.isAE
	}
	return h, err
}

// newSourceRows returns a reader of the rows of a source, or of one of its parts.
func (r *Reader) newSourceRows(s Source) *sourceRows {
	rows := &sourceRows{source: s}
	row := &rows.row
	row.limit, row.columns, row.codes = r.opts.limit, r.columns, r.header.codes.columns
	row.isSet = make([]bool, len(r.columns))
	return rows
}

// sourceRows reads the rows of a Source.
type sourceRows struct {
	source Source
	row    Row
}

// Next reads the next row.
func (s *sourceRows) Next(a *Appointment) error {
	row := &s.row
	row.begin(a)
	err := s.source.Next(row)
	row.a = nil
	switch {
	case row.err != nil: // the source may have returned another error in its place
		return row.err
	case err == io.EOF && len(row.set) > 0:
		return fmt.Errorf("%w: the Source ended within a row", io.ErrUnexpectedEOF)
	case err != nil:
		return err
	}
	if !row.sorted {
		a.header.codes.sort(a.places)
	}
	return nil
}

// Blank returns 0: a Source has no blank lines.
func (s *sourceRows) Blank() int64 { return 0 }
