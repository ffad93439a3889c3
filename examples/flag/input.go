package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"math"
	"os"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/examples/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

// input is one file of appointments, while it is read and afterwards.
type input struct {
	path   string
	file   *os.File // nil for standard input
	reader *hesop.Reader
	hash   hash.Hash // of the bytes of the file, nil if not asked for

	skipped skips
	rows    int64 // skipped ones included
	coded   int64
	blank   int64
	widths  map[codelist.System][]int // of the code fields, by system
	fields  string                    // the code fields read, in words
}

// skips are the rows of an input that were skipped: how many, and what the first
// few were skipped for.
type skips struct {
	count int64
	first []string
}

const mostSkips = 10

func (f *flagging) open(path string, hashed bool) (*input, error) {
	in := &input{path: path}
	opts, err := f.opts.readerOptions(path, in.skip)
	if err != nil {
		return nil, err
	}
	if f.quality != nil {
		opts = append(opts, hesop.Measure(f.quality))
	}
	source := f.stdin
	if path != "-" {
		if in.file, err = os.Open(path); err != nil {
			return nil, err
		}
		source = in.file
	}
	switch {
	case hashed:
		in.hash = sha256.New()
		source = countingReader{io.TeeReader(source, in.hash), f.progress}
	case in.file != nil && f.progress != nil:
		if source, err = countingFile(in.file, f.progress); err != nil {
			return nil, errors.Join(err, in.Close())
		}
	case f.progress != nil:
		source = countingReader{source, f.progress}
	}
	if in.reader, err = hesop.NewReader(source, opts...); err != nil {
		_ = in.Close() // the file was only read
		return nil, err
	}
	return in, nil
}

// name is what messages call the input.
func (in *input) name() string { return inputName(in.path) }

// skip notes a row that was skipped.
func (in *input) skip(err error) {
	in.skipped.count++
	if len(in.skipped.first) < mostSkips {
		in.skipped.first = append(in.skipped.first, err.Error())
	}
}

// finish keeps what is to be told of the input and lets go of its reader.
func (in *input) finish(t *match.Totals) {
	r := in.reader
	in.rows, in.blank, in.coded = r.Rows(), r.Blank(), t.Coded
	in.widths = make(map[codelist.System][]int)
	for field := range r.CodeFields() {
		in.widths[field.System] = append(in.widths[field.System], field.Width)
	}
	in.fields = describeFields(r)
	in.reader = nil
}

// describeFields tells which code fields a reader reads.
func describeFields(r *hesop.Reader) string {
	var words []string
	for _, sys := range []codelist.System{codelist.ICD10, codelist.OPCS4} {
		var n [3]int
		width := 0
		for field := range r.CodeFields() {
			if field.System == sys {
				n[field.Source]++
				if field.Source != hesop.Raw {
					width = field.Width
				}
			}
		}
		for source, n := range n {
			source := hesop.Source(source)
			switch {
			case n == 0:
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

// Close closes the file.
func (in *input) Close() error {
	if in.file == nil {
		return nil
	}
	return in.file.Close()
}

// countingReader counts the bytes that are read.
type countingReader struct {
	io.Reader
	progress *program.Progress
}

func (c countingReader) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.progress.Bytes.Add(int64(n))
	return n, err
}

// countingFile makes a reader of a file that counts the bytes that are read. If the file
// is a regular one, it may be read from several places at a time.
func countingFile(file *os.File, p *program.Progress) (io.Reader, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return countingReader{file, p}, nil
	}
	return io.NewSectionReader(countingReaderAt{file, p}, 0, math.MaxInt64), nil
}

type countingReaderAt struct {
	io.ReaderAt
	progress *program.Progress
}

func (c countingReaderAt) ReadAt(p []byte, offset int64) (int, error) {
	n, err := c.ReaderAt.ReadAt(p, offset)
	c.progress.Bytes.Add(int64(n))
	return n, err
}
