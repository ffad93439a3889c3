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

// rowSource brings one row after another, io.EOF at the end. It is all that a
// Reader asks of the text or the query it reads.
type rowSource interface {
	Next(a *Appointment) error
	Blank() int64
}

// Reader reads appointments, one a row. It is not for concurrent use, and must not be copied. Reading a
// row does not allocate once the buffers have grown to the longest row. It prints the name of the file and
// how many rows were read, and never what they hold.
type Reader struct {
	_ noCopy
	readerSeam

	opts    options
	columns []int32                   // of a Source: see Row
	hidden  atomic.Pointer[rowSource] // as in Appointment: what prints must not reach the rows
	closer  io.Closer
	header  *header
	current *Appointment
	number  int64
	skipped int64
	isBusy  bool  // All or blocks is running
	err     error // the end of reading: io.EOF or what went wrong
	notices []codelist.Notice

	// at returns the text, if it can be read from any place, and atStart is its start there;
	// else it is nil. It is a function for the same reason.
	at      func() io.ReaderAt
	atStart int64
	watch   *watch // nil for a query
	last    lastColumn
	again   repeated
	shift   *shift
	widths  widths
}

// NewReader reads the header of a text, compressed with gzip or not, and returns
// a reader of its appointments. The caller closes what r stands for. Reads of r
// are large; a buffer around it gains nothing.
//
// The workers of match.Scan read an *os.File of a regular file, a *bytes.Reader, a *strings.Reader and an
// *io.SectionReader from several places at once; they must not be used otherwise meanwhile. Any other reader is read
// from its start to its end. io.NewSectionReader makes an *io.SectionReader of any other io.ReaderAt. If a file, or
// one below an io.SectionReader, is another at the end than it was at the start, by size, time or path, reading fails
// with ErrChanged.
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
		return nil, reader.fail(fmt.Errorf("%w: the Reader is nil: give an open file, or strings.NewReader of a text",
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
		reader.watch.size = -1 // which is that of the compressed text
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
	reader.current.in().known = newKnownCodes(reader.header)
	return reader, nil
}

type readerSeam = seam.Reader[*Appointment]

// sharedBlocks is blocks for other packages.
func (r *Reader) sharedBlocks(ctx context.Context, workers, size int,
	work func(seam.Block[*Appointment]), take func(seam.Block[*Appointment]) error,
) error {
	if work == nil || take == nil {
		return fmt.Errorf("%w: a function of Blocks is nil", ErrOption)
	}
	return r.blocks(ctx, workers, size, func(b *block) { work(b) }, func(b *block) error { return take(b) })
}

// source brings the rows.
func (r *Reader) source() rowSource { return *r.hidden.Load() }

func (r *Reader) setSource(source rowSource) { r.hidden.Store(&source) }

// begin makes a reader ready that has its header.
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

// newReader returns a reader that has its options and no source yet.
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
		return nil, r.fail(fmt.Errorf("%w: Names without a name: leave it out for a file with a header", ErrOption))
	}
	if o.statesDelimiter && !isDelimiter(o.delimiter) {
		return nil, r.fail(fmt.Errorf("%w: Delimiter %q: must be one character that is no letter, digit, underscore, "+
			"space or quote, or a tab", ErrOption, rune(o.delimiter)))
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

// isDelimiter reports whether a character can part fields: what names and codes are made of cannot.
func isDelimiter(c byte) bool {
	return c == '\t' || ' ' < c && c < 0x7F && strings.IndexByte("\"_", c) < 0 && (c < '0' || '9' < c) &&
		(c|0x20 < 'a' || 'z' < c|0x20)
}

// All yields the appointments that are left, in order, each good until the next
// one is asked for; Appointment.Clone keeps one. After an error, which comes
// beside a nil appointment, nothing follows; another call of All yields it again.
// Behind the last one comes ErrRawWidth if answers of Match depend on what RawWidth says.
// Breaking off is fine: another call of All goes on behind the last appointment.
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

// begins panics if the reader is being read: each of two loops would miss what the other one reads.
func (r *Reader) begins() {
	if r.isBusy && r.err == nil {
		panic("hesop: the Reader is being read: All and match.Scan cannot be called from within its own loop")
	}
	r.isBusy = true
}

func (r *Reader) ends() { r.isBusy = false }

// next reads the next appointment. What ended the reading ends it for good.
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
			a.placed = true // by the Row
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

// check fails if a row has another width than the header, is a header itself where it
// should be the first row of data, or has diagnoses of another classification.
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

// checkWidth lets pass the empty fields that a row has beyond the header and fails
// if its width is still another. Where the caller gave the names, only as many are
// let pass as there are empty names at their end: else a name that was forgotten would
// move every column behind it, in silence, as long as the last one is empty.
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
		err = fmt.Errorf("%w, as Names says; where rows end with a delimiter, end the names with one (on a line of "+
			"its own, if each name has one)", err)
	}
	if !r.opts.skip {
		err = fmt.Errorf("%w; SkipBadRows skips and counts such rows, Delimiter states another delimiter", err)
	}
	return err
}

// fail makes an *Error of err, whose place is not known or part of err.
func (r *Reader) fail(err error) *Error { return r.locate(r.number, 0, 0, err) }

// locateNext is fail for what went wrong with the row behind those that were read.
func (r *Reader) locateNext(err error) *Error {
	e := r.fail(err)
	e.Row = r.number + 1
	return e
}

// locate makes an *Error of err; what the rows package found brings its place.
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
			if fault.Line > 0 { // which the rows of a query have not
				e.Err = fmt.Errorf("%w: see whether rows end with LF or CRLF, and the file is of appointments; where "+
					"rows are that long, a program of your own can raise it", e.Err)
			}
			return e
		case rows.LongQuote:
			e.Err = fmt.Errorf("%w of %d bytes (LineLimit): the quoted field that starts here does not end within "+
				"it; close it; where it is that long, a program of your own can raise the "+
				"limit", ErrTooLong, fault.Limit)
			return e
		case rows.OpenQuote, rows.AfterQuote:
		}
		e.Err = fmt.Errorf("%w: %w; close it, or write each quote within it twice", ErrQuote, fault)
	}
	return e
}

// Column returns the handle of a column, by its name in the data or, after Rename, by the name that it is read as, in
// any case. A column that UK LLC encrypts has _e at its end. If there is no such column, the error wraps ErrColumn and
// says which one may be meant and which columns there are.
func (r *Reader) Column(name string) (Column, error) { return r.header.column(name) }

// Columns yields all columns in the order of the file. A column without a name
// has the name "".
func (r *Reader) Columns() iter.Seq[Column] {
	return func(yield func(Column) bool) {
		for i := range r.header.names {
			if !yield(Column{r.header, i}) {
				return
			}
		}
	}
}

// CodeFields yields the code columns that are read, by system, form and position.
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

// AllCodeFields yields the code columns in the order of the file, those too that are not read: the columns of three
// characters beside finer ones, and those that ReadFields does not choose.
func (r *Reader) AllCodeFields() iter.Seq2[Column, CodeField] {
	return placedFields(r.header.codes.all)
}

// Rows is how many rows of data were read so far, skipped ones included.
func (r *Reader) Rows() int64 { return r.number }

// Skipped is how many rows SkipBadRows skipped so far.
func (r *Reader) Skipped() int64 { return r.skipped }

// Blank is how many blank lines were passed over so far. They are no rows.
func (r *Reader) Blank() int64 { return r.source().Blank() }

// Close closes the file that Open opened. It does nothing for another reader.
func (r *Reader) Close() error {
	if r.closer == nil {
		return nil
	}
	c := r.closer
	r.closer = nil
	return c.Close()
}
