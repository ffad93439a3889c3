package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"hesopmatch/hesop"
	"hesopmatch/hesop/hesoptest"
)

// workload is the file W that the measures read, and a file with its first tenth.
type workload struct {
	path      string
	rows      int64
	bytes     int64
	header    []string
	tenth     string
	tenthRows int64
}

// readSize is the number of bytes in one read. The baseline uses it, and so does the measure that only reads.
const readSize = 256 << 10

// newWorkload writes the workload to a folder, or uses an existing file. It reads the file once, so that the page cache
// holds it before anything is measured.
func newWorkload(ctx context.Context, file string, rows int, dir string) (*workload, error) {
	w := &workload{path: file, rows: int64(rows), tenth: filepath.Join(dir, "tenth.csv"), tenthRows: int64(rows / 10)}
	if file == "" {
		w.path = filepath.Join(dir, "workload.csv")
		if err := writeRows(ctx, w.path, rows); err != nil {
			return nil, err
		}
	}
	found, err := w.copyTenth(ctx)
	if err != nil {
		return nil, err
	}
	if found != w.rows {
		return nil, fmt.Errorf("%s: %d rows, not %d (-rows)", w.path, found, rows)
	}
	return w, nil
}

// people returns the number of people that the command synth uses for the given number of rows.
func people(rows int) int { return max(1, rows/40, min(rows, 20)) }

// writeRows writes a file with the rows that the command synth writes.
func writeRows(ctx context.Context, path string, rows int) (err error) {
	const seed, often = 1, 1024
	g, err := hesoptest.New(seed, hesoptest.People(people(rows)))
	if err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := hesoptest.NewWriter(f, hesop.UKLLC)
	for done := 0; done < rows; done += often {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		for row := range g.Rows(min(often, rows-done)) {
			if err := w.Write(row); err != nil {
				return err
			}
		}
	}
	return w.Flush()
}

// copyTenth copies the header and the first tenth of the rows to the file w.tenth, and counts all rows and bytes. No
// field of the workload contains a line end. Both files are written in large pieces, because the system is slower to
// read a file that was written in small pieces.
func (w *workload) copyTenth(ctx context.Context) (rows int64, err error) {
	file, err := os.Open(w.path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	out, err := os.Create(w.tenth)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	text, tenth := bufio.NewReaderSize(file, 4*readSize), bufio.NewWriterSize(out, readSize)
	for lines := int64(0); ; lines++ {
		if lines%1024 == 0 && ctx.Err() != nil {
			return 0, context.Cause(ctx)
		}
		line, err := text.ReadSlice('\n')
		w.bytes += int64(len(line))
		switch {
		case err == io.EOF && len(line) == 0:
			return lines - 1, tenth.Flush()
		case err == io.EOF:
			return 0, fmt.Errorf("%s: the last row has no line end", w.path)
		case err != nil:
			return 0, fmt.Errorf("%s: %w", w.path, err)
		}
		if lines == 0 {
			w.header = strings.Split(strings.TrimRight(string(line), "\r\n"), ",")
		}
		if lines <= w.tenthRows {
			if _, err := tenth.Write(line); err != nil {
				return 0, err
			}
		}
	}
}

// read reads the file and discards the text.
func (w *workload) read(ctx context.Context) error {
	file, err := os.Open(w.path)
	if err != nil {
		return err
	}
	defer file.Close()
	block := make([]byte, readSize)
	read := int64(0)
	for {
		n, err := file.Read(block)
		read += int64(n)
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
	if read != w.bytes {
		return fmt.Errorf("wrong result: %d bytes, want %d", read, w.bytes)
	}
	return nil
}
