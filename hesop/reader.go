package hesop

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"sync/atomic"

	"hesopmatch/codelist"
	"hesopmatch/internal/rows"
	"hesopmatch/internal/seam"
)

// rowSource has the methods that a Reader needs of the text, query or Source that it reads. Next reads one row after
// another, and returns io.EOF at the end.
type rowSource interface {
	Next(a *Appointment) error
	Blank() int64
}

// Reader reads appointments, one per row. It is not safe for concurrent use and must not be copied. Reading a row does
// not allocate once the buffers have grown to the longest row. A printed Reader shows the name of the file and the
// number of rows read, but nothing that the rows hold.
type Reader struct {
	_ noCopy
	readerSeam

	opts    options
	columns []int32                   // for a Source: see Row.columns
	hidden  atomic.Pointer[rowSource] // as in Appointment: printing must not reach the rows
	closer  io.Closer
	header  *header
	current *Appointment
	number  int64
	skipped int64
	isBusy  bool  // the method All or blocks is running
	err     error // what ended the reading: io.EOF or a failure
	notices []codelist.Notice

	// Reader.at returns the text if it can be read at any offset; otherwise Reader.at is nil. The text starts at the
	// offset Reader.atStart. Reader.at is a function so that printing cannot reach the rows.
	at      func() io.ReaderAt
	atStart int64
	watch   *watch // nil for a query or a Source
	last    lastColumn
	again   repeated
	shift   *shift
	widths  widths
}

// NewReader reads the header of a text, plain or compressed with gzip, and returns a reader of its appointments. It
// does not close r; the caller does. The Reader makes large reads, so buffering r gains nothing.
//
// The workers of match.Scan read an *os.File of a regular file, a *bytes.Reader, a *strings.Reader or an
// *io.SectionReader at several offsets at once. Do not use r for anything else meanwhile. Any other reader is read from
// start to end; io.NewSectionReader turns any io.ReaderAt into an *io.SectionReader.
//
// Reading fails with ErrChanged if, at the end, the size, the modification time or the path of a file shows that the
// file has changed since the start. This also applies to a file that an io.SectionReader reads.
func NewReader(r io.Reader, opts ...Option) (*Reader, error) {
	reader, err := newReader(opts)
	if err != nil {
		return nil, err
	}
	o := &reader.opts
	if o.others != nil {
		return nil, reader.fail(fmt.Errorf("%w: OtherColumns is for a Source: text has all its columns", ErrOption))
	}
	if r == nil {
		return nil, reader.fail(fmt.Errorf("%w: the Reader is nil: pass an open file, or a strings.Reader for text",
			ErrOption))
	}
	at, atStart := readerAt(r)
	reader.watch = newWatch(r)
	text, err := decompress(rows.Guard(r))
	if err != nil {
		return nil, reader.fail(err)
	}
	if _, compressed := text.(gzipReader); !compressed {
		if at != nil {
			reader.at, reader.atStart = func() io.ReaderAt { return at }, atStart
		}
	} else {
		reader.watch.size = -1 // only the size of the compressed text is known
	}
	scanner := rows.NewScanner(text, o.delimiter, false, o.limit)
	if scanner.SkipPrefix("\xFF\xFE") || scanner.SkipPrefix("\xFE\xFF") {
		return nil, reader.locate(0, 1, 0, fmt.Errorf("%w: it is in UTF-16; save it as UTF-8", ErrFormat))
	}
	scanner.SkipPrefix("\xEF\xBB\xBF")
	if err := reader.readHeader(scanner); err != nil {
		return nil, err
	}
	reader.setSource(newText(scanner, text, o.limit, reader))
	reader.begin()
	reader.current.in().cache = newSpanCache(reader.header)
	return reader, nil
}

type readerSeam = seam.Reader[*Appointment]

// sharedBlocks makes the method blocks available to other packages.
func (r *Reader) sharedBlocks(ctx context.Context, workers, size int,
	work func(seam.Block[*Appointment]), take func(seam.Block[*Appointment]) error,
) error {
	if work == nil || take == nil {
		return fmt.Errorf("%w: a function of Blocks is nil", ErrOption)
	}
	return r.blocks(ctx, workers, size, func(b *block) { work(b) }, func(b *block) error { return take(b) })
}

func (r *Reader) source() rowSource { return *r.hidden.Load() }

func (r *Reader) setSource(source rowSource) { r.hidden.Store(&source) }

// begin prepares a reader whose header was read.
func (r *Reader) begin() {
	r.current = new(Appointment)
	r.current.fill(r.header)
	r.readerSeam = seam.NewReader(seam.ReaderWithin[*Appointment]{
		Blocks: r.sharedBlocks, NotePrimary: r.notePrimary, StatesRawWidth: r.opts.statesWidth,
		IsShared: r.isShared,
	})
	for _, n := range r.header.notices {
		r.note(n.Level, "%s", n.Text)
	}
	r.last, r.again, r.shift = newLastColumn(r.header), newRepeated(r.header), newShift(r.header)
}

// newReader returns a reader with its options applied, but without a source.
func newReader(opts []Option) (*Reader, error) {
	r := &Reader{opts: options{limit: defaultLineLimit, rawWidth: rawWidth}}
	o := &r.opts
	for i, opt := range opts {
		if opt == nil {
			return nil, r.fail(fmt.Errorf("%w: option %d is nil", ErrOption, i))
		}
		opt(o)
	}
	switch {
	case o.fields > ConcatenatedFields:
		return nil, r.fail(fmt.Errorf("%w: ReadFields(%d): must be AllFields, PositionalFields or ConcatenatedFields",
			ErrOption, o.fields))
	case o.names != nil && len(o.names) == 0:
		return nil, r.fail(fmt.Errorf("%w: Names has no names: omit it for a file with a header", ErrOption))
	}
	if o.statesDelimiter && !isDelimiter(o.delimiter) {
		return nil, r.fail(fmt.Errorf("%w: Delimiter %q: must be a tab, or one character that is not a letter, digit, "+
			"underscore, space or quote", ErrOption, rune(o.delimiter)))
	}
	if o.limit < 1 || o.limit > rows.MaxLimit {
		return nil, r.fail(fmt.Errorf("%w: LineLimit of %d bytes, must be 1 to %d", ErrOption, o.limit, rows.MaxLimit))
	}
	if o.rawWidth != rawWidth && o.rawWidth != 4 {
		return nil, r.fail(fmt.Errorf("%w: RawWidth of %d characters, must be 4 or 6", ErrOption, o.rawWidth))
	}
	if err := checkRenames(o.renames); err != nil {
		return nil, r.fail(err)
	}
	return r, nil
}

// isDelimiter reports whether a character can delimit fields. Characters of names and codes cannot.
func isDelimiter(c byte) bool {
	return c == '\t' || ' ' < c && c < 0x7F && strings.IndexByte("\"_", c) < 0 && (c < '0' || '9' < c) &&
		(c|0x20 < 'a' || 'z' < c|0x20)
}

// All yields the remaining appointments in order. Each is valid until the next one is requested; Appointment.Clone
// makes a copy that lasts.
//
// An error comes with a nil appointment and ends the sequence; calling All again yields the same error. After the last
// appointment, All yields ErrRawWidth if answers of Match depend on the width of raw columns, but neither the data nor
// RawWidth states that width. The loop may break early: the next call of All continues with the next appointment.
func (r *Reader) All() iter.Seq2[*Appointment, error] {
	return func(yield func(*Appointment, error) bool) {
		if r == nil || !r.IsMade() {
			yield(nil, fmt.Errorf("%w: the Reader is nil or zero: Open makes one", ErrOption))
			return
		}
		r.begins()
		defer r.ends()
		for {
			a, err := r.next()
			if err == io.EOF {
				if err = r.checkWidths(); err == nil {
					return
				}
			}
			if !yield(a, err) || err != nil {
				return
			}
		}
	}
}

// begins panics if the reader is already being read, because each of two loops would miss the rows that the other
// reads.
func (r *Reader) begins() {
	if r.isBusy && r.err == nil {
		panic("hesop: the Reader is being read: All and match.Scan cannot be called from within its own loop")
	}
	r.isBusy = true
}

func (r *Reader) ends() { r.isBusy = false }

// next reads the next appointment. Once the data have ended or reading has failed, it keeps returning io.EOF or the
// same error.
func (r *Reader) next() (*Appointment, error) {
	for r.err == nil {
		if isChecked {
			r.current = r.current.renew()
		}
		a := r.current
		err := r.source().Next(a)
		switch {
		case err == io.EOF:
			r.err = r.end()
			continue
		case err != nil:
			r.err = r.blame(r.locateNext(err))
			continue
		}
		r.number++
		if err := r.check(a, r.number == 1); err != nil {
			located := r.locate(r.number, a.line, a.offset, err)
			if !r.opts.skip || !errors.Is(err, ErrFieldCount) {
				r.err = r.blame(located)
				continue
			}
			r.skipped++
			if r.opts.onSkip != nil {
				r.opts.onSkip(located)
			}
			continue
		}
		a.begin(r.number)
		if in := a.in(); in.indexed == nil {
			a.placed = true // the Row of the source has found the code fields
			r.shift.addRow(a)
		} else if r.again.mayBe(in.data[a.row.Start:a.row.End]) {
			if found, ok := r.again.is(a); ok {
				r.again.add(found)
			}
		}
		return a, nil
	}
	return nil, r.err
}

// check fails if a row does not have the width of the header, is itself a header where the first row of data should be,
// or has diagnoses of another classification.
func (r *Reader) check(a *Appointment, isFirst bool) error {
	if isFirst && r.opts.names != nil {
		if err := r.header.checkFirst(a); err != nil {
			return err
		}
	}
	if a.width() != len(r.header.names) {
		if err := r.checkWidth(a); err != nil {
			return err
		}
	}
	if r.header.scheme >= 0 {
		return r.header.checkScheme(a)
	}
	return nil
}

// checkWidth fails if a row does not have the width of the header. It accepts empty fields beyond the header.
//
// If the caller gave the names, checkWidth accepts at most as many such fields as there are empty names at the end of
// Names. If it accepted more, a forgotten name would silently shift every column after it whenever the last field is
// empty.
func (r *Reader) checkWidth(a *Appointment) error {
	width := len(r.header.names)
	fields := a.allFields()
	n := len(fields)
	most := n
	if r.header.origin == fromCaller {
		most = width + r.header.empty
	}
	for n > width && len(fields) <= most && fields[n-1].Start == fields[n-1].End {
		n--
	}
	if n == width {
		return nil
	}
	err := fmt.Errorf("%w: %d, not %d", ErrFieldCount, len(fields), width)
	if r.header.origin == fromCaller {
		err = fmt.Errorf("%w, the number of Names; if rows end with a delimiter, end the names with one (on a line of "+
			"its own, if each name has its own line)", err)
	}
	if !r.opts.skip {
		err = fmt.Errorf("%w; SkipBadRows skips and counts such rows, Delimiter states another delimiter", err)
	}
	return err
}

// fail makes an *Error of err. Its line and offset are unknown, unless err itself has them.
func (r *Reader) fail(err error) *Error { return r.locate(r.number, 0, 0, err) }

// locateNext is like fail, but for an error in the row after those already read.
func (r *Reader) locateNext(err error) *Error {
	e := r.fail(err)
	e.Row = r.number + 1
	return e
}

// locate makes an *Error of err. An error of the rows package has its own line and offset.
func (r *Reader) locate(number, line, offset int64, err error) *Error {
	e := &Error{File: r.opts.file, Row: number, Line: line, Offset: offset, Err: err}
	if fault, ok := errors.AsType[*rows.Fault](err); ok {
		e.Row, e.Line, e.Offset = number+1, fault.Line, fault.Offset
		if r.header == nil {
			e.Row = 0
		}
		switch fault.Kind {
		case rows.TooLong:
			e.Err = fmt.Errorf("%w of %d bytes (LineLimit)", ErrTooLong, fault.Limit)
			if fault.Line > 0 { // not the row of a query
				e.Err = fmt.Errorf("%w: see whether rows end with LF or CRLF, and whether the file holds "+
					"appointments; if rows are that long, raise the limit in a program of your own", e.Err)
			}
			return e
		case rows.LongQuote:
			e.Err = fmt.Errorf("%w of %d bytes (LineLimit): the quoted field that starts here does not end within "+
				"it; close it; if it is that long, raise the limit in a program of "+
				"your own", ErrTooLong, fault.Limit)
			return e
		case rows.OpenQuote, rows.AfterQuote:
		}
		e.Err = fmt.Errorf("%w: %w; close it, or write each quote within it twice", ErrQuote, fault)
	}
	return e
}

// Column returns the handle of a column. It finds the column by its name in the data or, after Rename, by its new name,
// in upper or lower case. If there is no such column, the error wraps ErrColumn, suggests a similar name and lists
// columns. The names of columns that UK LLC encrypts end in _e.
func (r *Reader) Column(name string) (Column, error) { return r.header.column(name) }

// Columns yields all columns in the order of the data. A column without a name has the name "".
func (r *Reader) Columns() iter.Seq[Column] {
	return func(yield func(Column) bool) {
		for i := range r.header.names {
			if !yield(Column{r.header, i}) {
				return
			}
		}
	}
}

// CodeFields yields the code columns that are read, ordered by system, form and position.
func (r *Reader) CodeFields() iter.Seq2[Column, CodeField] {
	return placedFields(r.header.codes.fields)
}

func placedFields(fields []placedField) iter.Seq2[Column, CodeField] {
	return func(yield func(Column, CodeField) bool) {
		for _, f := range fields {
			if !yield(f.Column, f.CodeField) {
				return
			}
		}
	}
}

// AllCodeFields yields all code columns in the order of the data. They include those that are not read: columns of
// three characters if more detailed ones exist, and columns that ReadFields does not select.
func (r *Reader) AllCodeFields() iter.Seq2[Column, CodeField] {
	return placedFields(r.header.codes.all)
}

// Rows returns the number of rows of data read so far, including skipped ones.
func (r *Reader) Rows() int64 { return r.number }

// Skipped returns the number of rows that SkipBadRows has skipped so far.
func (r *Reader) Skipped() int64 { return r.skipped }

// Blank returns the number of blank lines skipped so far. They do not count as rows.
func (r *Reader) Blank() int64 { return r.source().Blank() }

// Close closes the file that Open opened. For any other reader it does nothing.
func (r *Reader) Close() error {
	if r.closer == nil {
		return nil
	}
	c := r.closer
	r.closer = nil
	return c.Close()
}
