package parquet

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
)

// File is a table of appointments: a Parquet file, or a folder of Parquet files. A File is a hesop.Source of all rows
// of the table. Next is for one goroutine at a time. Each source of Parts is for one goroutine at a time too.
type File struct {
	name     string
	names    []string
	rows     int64
	sizes    []int64  // by column: number of bytes in all files
	utc      []string // columns that are timestamps in UTC
	isFolder bool
	files    []part
	selected []int // indexes of columns, ascending
	chosen   []int // the columns that the caller chose; a reader may need fewer

	hasBegun bool
	all      []hesop.Part // row groups that Next has not opened yet; nil before the first call of Next
	current  hesop.Source // the row group that Next reads; nil if Next must open one first
	err      error
}

// part is one file of the table.
type part struct {
	path   string      // path of the file; "" if not known
	info   fs.FileInfo // as of opening; nil if not known
	source io.ReaderAt // nil if the file is opened only while it is read
	size   int64
	closer io.Closer // closes source
	footer *footer   // nil if each call of open reads the footer again
	groups []int64   // the rows of each row group
}

// Open opens a file, or a folder whose files are read in the order of their names as one table. The caller must call
// Close.
func Open(path string) (*File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return openFolder(path)
	}
	source, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	f, err := New(source, info.Size(), path)
	if err != nil {
		return nil, errors.Join(err, source.Close())
	}
	f.files[0].closer = source
	return f, nil
}

// New returns the table in the file that r reads. Pass the length of the file in bytes, and the file name that errors
// show. If r has a method Stat, as *os.File does, a change to the file while it is read is an error that wraps
// hesop.ErrChanged. If r has a method Name, New looks at the folder of the path that this method returns. If the folder
// belongs to a Delta, Iceberg or Hudi table, New returns an error that wraps ErrFolder.
func New(r io.ReaderAt, size int64, name string) (*File, error) {
	p := part{source: r, size: size}
	if s, ok := r.(interface{ Stat() (fs.FileInfo, error) }); ok {
		if info, err := s.Stat(); err == nil && info.Mode().IsRegular() {
			p.info = info
		}
	}
	if n, ok := r.(interface{ Name() string }); ok {
		if err := checkVersions(filepath.Dir(n.Name())); err != nil {
			return nil, &hesop.Error{File: name, Err: err}
		}
		if there, err := os.Stat(n.Name()); err == nil && p.info != nil && os.SameFile(there, p.info) {
			p.path = n.Name()
		}
	}
	var err error
	if p.footer, err = footerOf(r, size); err != nil {
		return nil, &hesop.Error{File: name, Err: err}
	}
	p.groups = p.footer.rowsOfGroups()
	f := &File{name: name, files: []part{p}}
	f.setColumns(p.footer)
	f.count(p.footer)
	return f, nil
}

// footerOf reads the footer of a file. If the bytes are not a footer, it returns an error and does not panic.
func footerOf(r io.ReaderAt, size int64) (f *footer, err error) {
	err = guard(func() (err error) {
		f, err = readFooter(r, size)
		return err
	})
	return f, err
}

func (f *File) setColumns(foot *footer) {
	for i, c := range foot.columns {
		f.names = append(f.names, c.name)
		f.selected = append(f.selected, i)
		f.chosen = f.selected
		if c.isUTC {
			f.utc = append(f.utc, quote(c.name))
		}
	}
	f.sizes = make([]int64, len(f.names))
}

// count adds one file to the totals of the table: the number of rows and the sizes of the columns, as the footer states
// them.
func (f *File) count(foot *footer) {
	f.rows += foot.rows
	for _, g := range foot.groups {
		for i, c := range foot.columns {
			if c.why == "" && g.rows > 0 {
				f.sizes[i] += g.chunks[c.leaf].size
			}
		}
	}
}

// Names returns the names of the columns, in file order. A nested column counts as one.
func (f *File) Names() []string { return slices.Clone(f.names) }

// Rows returns the number of rows that the footers state.
func (f *File) Rows() int64 { return f.rows }

// Size returns the number of bytes that the selected columns take in the files, according to the footers.
func (f *File) Size() int64 {
	size := int64(0)
	for _, i := range f.selected {
		size += f.sizes[i]
	}
	return size
}

// Select chooses the columns to read, by their indexes in Names. By default all are read. A column that is not selected
// costs nothing and stays unset. Select panics if a column does not exist, or if Next or Parts has been called.
func (f *File) Select(columns []int) {
	if f.hasBegun {
		panic("parquet: Select after the first Next or Parts")
	}
	selected := slices.Compact(slices.Sorted(slices.Values(columns)))
	if n := len(selected); n > 0 && (selected[0] < 0 || selected[n-1] >= len(f.names)) {
		panic(fmt.Sprintf("parquet: Select of columns %d to %d of %d: they are numbered from 0", selected[0],
			selected[n-1], len(f.names)))
	}
	f.selected, f.chosen = selected, selected
}

// Reader returns a reader of the appointments. Closing the File closes the reader. If Reader is called more than once,
// use only the last reader. After Next has been called, Reader returns an error.
func (f *File) Reader(opts ...hesop.Option) (*hesop.Reader, error) {
	opts = append([]hesop.Option{hesop.FileName(f.name)}, opts...)
	if f.all != nil {
		return nil, &hesop.Error{File: f.name, Err: fmt.Errorf("%w: Reader of a File that is being read: open it "+
			"again", hesop.ErrOption)}
	}
	chosen := f.chosen
	f.selected = chosen // even if an earlier reader with OtherColumns narrowed the selection
	r, err := hesop.FromSource(f.names, f, opts...)
	f.chosen = chosen
	return r, err
}

// Parts returns the row groups, in order: see hesop.Parted. Close their sources before closing the File.
func (f *File) Parts() []hesop.Part {
	f.hasBegun = true
	var parts []hesop.Part
	for i := range f.files {
		for number, rows := range f.files[i].groups {
			parts = append(parts, hesop.Part{Rows: rows, Open: func() (hesop.Source, error) {
				s, err := f.files[i].open(f, number)
				if err != nil {
					return nil, err
				}
				return s, nil
			}})
		}
	}
	if len(parts) == 0 { // to check the columns of an empty table too
		parts = []hesop.Part{{Open: func() (hesop.Source, error) { return noRows{}, f.checkColumns() }}}
	}
	return parts
}

// noRows is the Source of a table without row groups.
type noRows struct{}

// Next returns io.EOF.
func (noRows) Next(*hesop.Row) error { return io.EOF }

// Close does nothing.
func (noRows) Close() error { return nil }

// Next sets the selected columns of the next row. It does not set columns whose text is empty.
func (f *File) Next(row *hesop.Row) error {
	for f.err == nil {
		if f.current == nil {
			f.err = f.nextPart()
			continue
		}
		err := f.current.Next(row)
		if err == nil {
			return nil
		}
		if err == io.EOF {
			if err = f.current.(io.Closer).Close(); err == nil {
				f.current = nil
				continue
			}
		}
		f.err = err
	}
	return f.err
}

// nextPart opens the next row group for Next.
func (f *File) nextPart() (err error) {
	if !f.hasBegun || f.all == nil {
		f.all = append(f.Parts(), hesop.Part{}) // an empty Part marks the end
	}
	open := f.all[0].Open
	if open == nil {
		return io.EOF
	}
	f.all = f.all[1:]
	f.current, err = open()
	return err
}

// Notices returns notes about the columns for the user. It names the columns of timestamps in UTC, because the day in
// UTC may differ from the local day.
func (f *File) Notices() []codelist.Notice {
	if len(f.utc) == 0 {
		return nil
	}
	return []codelist.Notice{{Level: codelist.LevelNote, Text: fmt.Sprintf("%s: timestamps in UTC are not "+
		"converted to local time (%s): if their day matters, cast them to local dates when writing the file", f.name,
		strings.Join(f.utc, ", "))}}
}

// Close closes the file. Close the sources of Parts first.
func (f *File) Close() error {
	var errs []error
	if c, ok := f.current.(io.Closer); ok {
		errs = append(errs, c.Close())
	}
	if f.current, f.err = nil, errClosed; len(f.files) > 0 && f.files[0].closer != nil {
		errs = append(errs, f.files[0].closer.Close())
		f.files[0].closer = nil
	}
	return errors.Join(errs...)
}

// open opens a row group.
func (p *part) open(f *File, number int) (s *rowGroup, err error) {
	where := ""
	source, foot := p.source, p.footer
	var closer io.Closer
	if f.isFolder {
		where = p.base() + ": "
	}
	if source == nil {
		file, err := os.Open(p.path)
		if err != nil {
			return nil, err
		}
		source, closer = file, file
		if err = p.check(file); err == nil {
			foot, err = footerOf(file, p.size)
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("%s%w", where, err), file.Close())
		}
	}
	if err := checkColumns(foot, f.selected); err != nil {
		err = fmt.Errorf("%s%w", where, err)
		return nil, closeWith(closer, err)
	}
	if s, err = newRowGroup(source, foot, number, f.selected, where); err != nil {
		return nil, closeWith(closer, err)
	}
	if closer != nil {
		s.close = closer.Close
	}
	s.check = func() error { return p.check(source) }
	return s, nil
}

func closeWith(c io.Closer, err error) error {
	if c == nil {
		return err
	}
	return errors.Join(err, c.Close())
}

// check returns an error if the file has changed since it was opened.
func (p *part) check(source io.ReaderAt) error {
	s, ok := source.(interface{ Stat() (fs.FileInfo, error) })
	if p.info == nil || !ok {
		return nil
	}
	info, err := s.Stat()
	if err != nil {
		return err
	}
	there := info // the file now at the path
	if p.path != "" {
		if there, err = os.Stat(p.path); err != nil {
			there = nil
		}
	}
	if there == nil || !os.SameFile(info, p.info) || !os.SameFile(there, p.info) || info.Size() != p.info.Size() ||
		!info.ModTime().Equal(p.info.ModTime()) {
		return fmt.Errorf("%w: read a copy that nothing writes to", hesop.ErrChanged)
	}
	return nil
}

// checkColumns returns an error if a selected column of a table without rows cannot be read.
func (f *File) checkColumns() error {
	if len(f.files) == 0 || f.files[0].footer == nil {
		return nil
	}
	return checkColumns(f.files[0].footer, f.selected)
}

// checkColumns returns an error if a selected column cannot be read.
func checkColumns(foot *footer, selected []int) error {
	for _, i := range selected {
		if c := &foot.columns[i]; c.why != "" {
			return fmt.Errorf("column %s %s and %w: leave it out or cast it to text when writing the file",
				quote(c.name), c.why, ErrType)
		}
	}
	return nil
}

// quote returns the name of a column for use in an error. It quotes a name unless all its characters are ASCII letters,
// digits or underscores, so that an error stays on one line.
func quote(name string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
	if name == "" || strings.Trim(name, plain) != "" {
		return strconv.Quote(name)
	}
	return name
}
