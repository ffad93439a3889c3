package program

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/hesop/parquet"
)

// Input is one file of appointments. Close it.
type Input struct {
	Path    string
	Reader  *hesop.Reader
	Whole   *hesop.Reader // has all columns of the input; use it to look columns up, not to read rows
	Skipped Skips

	file  *os.File      // nil for standard input
	table *parquet.File // nil for text
}

// HasColumns reports whether a reader has a column for each of the names.
func HasColumns(r *hesop.Reader, names ...string) bool {
	for _, name := range names {
		if _, err := r.Column(name); err != nil {
			return false
		}
	}
	return true
}

// Skips counts the rows of an input that were skipped, and keeps the errors of the first few.
type Skips struct {
	Count int64
	First []string
}

const mostSkips = 10

func (s *Skips) add(err error) {
	s.Count++
	if len(s.First) < mostSkips {
		s.First = append(s.First, err.Error())
	}
}

// Write writes a line about the skipped rows of an input, and a line for each error that was kept. It writes nothing if
// no row was skipped.
func (s *Skips) Write(b *strings.Builder, input string) {
	if s.Count == 0 {
		return
	}
	fmt.Fprintf(b, "skipped rows in %s: %d\n", input, s.Count)
	for _, text := range s.First {
		fmt.Fprintf(b, "  %s\n", text)
	}
	if more := s.Count - int64(len(s.First)); more > 0 {
		fmt.Fprintf(b, "  and %d more\n", more)
	}
}

// Notices returns the notices of the reader, with flags in place of the library's options.
func (in *Input) Notices() []codelist.Notice {
	names := []string{Name(in.Path)}
	for c := range in.Whole.Columns() {
		names = append(names, c.Name())
	}
	notices := in.Reader.Notices()
	if in.table != nil {
		notices = append(notices, in.table.Notices()...)
	}
	return FlagNotices(notices, names...)
}

// Close closes the file.
func (in *Input) Close() error {
	if in.file == nil {
		return nil
	}
	if in.table != nil {
		return errors.Join(in.table.Close(), in.file.Close())
	}
	return in.file.Close()
}

// DescribeFields describes the code fields that a reader reads.
func DescribeFields(r *hesop.Reader) string {
	var words []string
	for _, sys := range []coding.System{coding.ICD10, coding.OPCS4} {
		var n [3]int
		width, rawWidth := 0, 0
		for _, field := range r.CodeFields() {
			if field.System == sys {
				n[field.Form]++
				if field.Form == hesop.Raw {
					rawWidth = field.Width
				} else {
					width = field.Width
				}
			}
		}
		for source, n := range n {
			source := hesop.Form(source)
			switch {
			case n == 0:
			case source == hesop.Raw && rawWidth < 6:
				words = append(words, fmt.Sprintf("%d raw of %v, truncated at %d characters", n, sys, rawWidth))
			case source == hesop.Raw:
				words = append(words, fmt.Sprintf("%d raw of %v", n, sys))
			default:
				words = append(words, fmt.Sprintf("%d %v of %v, %d characters", n, source, sys, width))
			}
		}
		if n == [3]int{} {
			words = append(words, fmt.Sprintf("none of %v", sys))
		}
	}
	return strings.Join(words, "; ")
}

// countingReader counts the bytes that are read, unless progress is nil. It exposes the file, so that a hesop.Reader
// can detect that the file has changed.
type countingReader struct {
	io.Reader
	progress *Progress
	file     *os.File // nil if the reader is not a file
}

// Stat returns the FileInfo of the file.
func (c countingReader) Stat() (fs.FileInfo, error) {
	if c.file == nil {
		return nil, fs.ErrInvalid
	}
	return c.file.Stat()
}

// Name returns the path of the file.
func (c countingReader) Name() string { return c.file.Name() }

func (c countingReader) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if c.progress != nil {
		c.progress.Bytes.Add(int64(n))
	}
	return n, err
}

// countingFile returns a reader for a file. The reader counts the bytes that are read. For a regular file it also
// implements io.ReaderAt, so goroutines can read several parts of the file at once.
func countingFile(file *os.File, p *Progress) (io.Reader, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return countingReader{file, p, file}, nil
	}
	return io.NewSectionReader(countingReaderAt{file, p}, 0, math.MaxInt64), nil
}

type countingReaderAt struct {
	*os.File
	progress *Progress
}

func (c countingReaderAt) ReadAt(p []byte, offset int64) (int, error) {
	n, err := c.File.ReadAt(p, offset)
	c.progress.Bytes.Add(int64(n))
	return n, err
}
