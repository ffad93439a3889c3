package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// half is one half of the workload as a compressed file.
type half struct {
	path  string
	bytes int64 // of the uncompressed text
	want  tally
}

// prepareGzip runs hesopmatch flag on the two compressed halves of the workload and on one half, and compares the
// times. It also compares the run on one half with decompression alone.
func (w *ways) prepareGzip(ctx context.Context) error {
	halves, err := w.halve(ctx)
	if err != nil {
		return err
	}
	flag := func(name string, want *tally, inputs ...string) (*measure, error) {
		flagged := w.flagged(want)
		return w.measure(ctx, name, "flag", append([]string{"-o", flagged.path}, inputs...), flagged)
	}
	one, err := flag("flag, one .gz", &halves[0].want, halves[0].path)
	if err != nil {
		return err
	}
	two, err := flag("flag, two .gz", &w.few.want, halves[0].path, halves[1].path)
	if err != nil {
		return err
	}
	w.add(one)
	w.compare("two .gz files of half of W each, against one of them", "at most 1.1 times", w.add(two), one)
	w.compare("one .gz file of half of W, against decompressing it by compress/gzip", "about 1", one,
		w.add(halves[0].decompressing()))
	return nil
}

// halve writes the halves of the workload, each with the header, and counts their matches.
func (w *ways) halve(ctx context.Context) (halves [2]half, err error) {
	file, err := os.Open(w.load.path)
	if err != nil {
		return halves, err
	}
	defer file.Close()
	text := bufio.NewReaderSize(file, 4*readSize)
	header, err := text.ReadBytes('\n')
	if err != nil {
		return halves, err
	}
	rows := []int64{w.load.rows / 2, w.load.rows - w.load.rows/2}
	for i := range halves {
		h := &halves[i]
		h.path = filepath.Join(w.dir, fmt.Sprintf("half%d.csv.gz", i+1))
		if h.bytes, err = compress(ctx, h.path, header, text, rows[i]); err != nil {
			return halves, err
		}
		err = h.read(func(r io.Reader) (err error) {
			h.want, err = w.few.expansion.count(ctx, r)
			return err
		})
		if err != nil {
			return halves, err
		}
	}
	return halves, nil
}

// compress writes a header and rows to a compressed file, and returns the size of the uncompressed text.
func compress(ctx context.Context, path string, header []byte, text *bufio.Reader, rows int64) (n int64, err error) {
	file, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	z := gzip.NewWriter(file)
	for line := header; ; rows-- {
		if _, err := z.Write(line); err != nil {
			return 0, err
		}
		n += int64(len(line))
		if rows == 0 {
			return n, z.Close()
		}
		if line, err = text.ReadSlice('\n'); err != nil {
			return 0, err
		}
		if rows%1024 == 0 && ctx.Err() != nil {
			return 0, context.Cause(ctx)
		}
	}
}

// read calls f with the uncompressed text.
func (h *half) read(f func(io.Reader) error) error {
	file, err := os.Open(h.path)
	if err != nil {
		return err
	}
	defer file.Close()
	z, err := gzip.NewReader(bufio.NewReaderSize(file, readSize))
	if err != nil {
		return err
	}
	return f(z)
}

// decompressing measures the time to decompress the half and discard the text.
func (h *half) decompressing() *measure {
	return &measure{name: "compress/gzip", run: func(context.Context) (ns float64, err error) {
		read := int64(0)
		ns, err = timed(func() error {
			return h.read(func(r io.Reader) (err error) {
				read, err = io.CopyBuffer(struct{ io.Writer }{io.Discard}, r, make([]byte, readSize))
				return err
			})
		})
		if err == nil && read != h.bytes {
			err = fmt.Errorf("wrong result: %d bytes, want %d", read, h.bytes)
		}
		return ns, err
	}}
}
