package hesop

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"hesopmatch/hesop/internal/index"
	"hesopmatch/internal/rows"
)

// Source brings appointments to a Reader, one after another: from a format, a service or memory of your own.
type Source interface {
	// Next sets the columns of the next appointment in row, which is empty and good until Next returns. It returns
	// io.EOF at the end: that is an error once a column was set, because a row would be lost. Any other error ends the
	// reading and is shown to users, so it should hold no value of a row. One goroutine calls Next.
	Next(row *Row) error
}

// Row is a row that a Source fills. It costs what is set in it, whatever the number of columns.
type Row struct {
	_ noCopy

	a       *Appointment // that the row becomes, nil outside Next
	columns []int32      // of the Reader, by those of the Source; -1 for one that is not read
	limit   int
	err     error

	set   []int32 // the columns of the Source that Set was called for
	isSet []bool  // by column of the Source

	codes  []codeColumn // of the header
	sorted bool         // columns of codes were set in the order of the code fields
	order  int32        // of the last one
}

// Set sets a column, by its number from 0, to text, which it copies. Columns that are not set are empty, as are those
// set to nothing. A column that there is not, or that is set twice, panics, and so does a Row outside Next. A row of
// more bytes than LineLimit is an error.
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

// mustBeIn panics if a column cannot be set, and notes that it is.
func (r *Row) mustBeIn(column int) {
	switch {
	case r.a == nil:
		panic("hesop: the Row is good until Next of its Source returns")
	case column < 0 || column >= len(r.columns):
		panic(fmt.Sprintf("hesop: Set of column %d of %d: they are numbered from 0", column, len(r.columns)))
	case r.isSet[column]:
		panic(fmt.Sprintf("hesop: Set of column %d for the second time", column))
	}
	r.isSet[column] = true
	r.set = append(r.set, int32(column))
}

// fail notes the first thing that is wrong with the row.
func (r *Row) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// end says that a column of the Reader has what was added to the data from start on.
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

// begin makes the row an empty one of an appointment.
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

// FromSource returns a reader of the appointments that a Source brings, the same as from text. names are those of its
// columns, by which they are found, in any order. Rows have numbers and no lines; Delimiter and Names are for text.
// Nothing is allocated for a row but by the source.
//
// One goroutine calls Next, whatever the workers of match.Scan. Those of a Parted source read its parts side by side.
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

// readSource makes the reader one of a source. where says where the names of columns are.
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

// choose makes of the header of all columns of a Source that of those which are read.
func (r *Reader) choose(all *header, s Source) (*header, error) {
	needed := make([]bool, len(all.names))
	for _, f := range all.codes.fields {
		needed[f.Column.index] = true
	}
	also := []int{all.attended, all.scheme}
	if len(r.opts.others) > 0 { // what their values mean may depend on the year
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

// newSourceRows returns what brings the rows of a source, or of a part of it.
func (r *Reader) newSourceRows(s Source) *sourceRows {
	rows := &sourceRows{source: s}
	row := &rows.row
	row.limit, row.columns, row.codes = r.opts.limit, r.columns, r.header.codes.columns
	row.isSet = make([]bool, len(r.columns))
	return rows
}

// sourceRows brings the rows of a Source.
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
	case row.err != nil: // which the source may tell in its own words
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

// Blank is 0: there are no blank lines.
func (s *sourceRows) Blank() int64 { return 0 }
