package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
)

// hesopmatch is a build of the program, and the arguments that name the lists (a).
type hesopmatch struct {
	program string
	lists   []string
	workers int // number of workers in a measured run
}

// output is a file that the program writes.
type output struct {
	path  string
	check func(path string) error // fails if the file is wrong
	sum   [sha256.Size]byte       // checksum of the file that one worker wrote
}

// measure runs a command with one worker and checks its outputs. The returned measure runs the command with h.workers
// workers, and fails unless the command writes the same bytes.
func (h *hesopmatch) measure(
	ctx context.Context, name, command string, args []string, outputs ...*output,
) (*measure, error) {
	args = slices.Concat(h.lists, args)
	run := func(ctx context.Context, workers int) (ns float64, err error) {
		for _, o := range outputs {
			if err := os.RemoveAll(o.path); err != nil {
				return 0, err
			}
		}
		ns, err = timed(func() error {
			start := []string{command, "-workers", strconv.Itoa(workers)}
			_, err := runCommand(ctx, h.program, append(start, args...)...)
			return err
		})
		if ctx.Err() != nil {
			return 0, context.Cause(ctx)
		}
		return ns, err
	}
	if _, err := run(ctx, 1); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	for _, o := range outputs {
		if err := o.keep(); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return &measure{name: name, run: func(ctx context.Context) (float64, error) {
		ns, err := run(ctx, h.workers)
		if err != nil {
			return 0, err
		}
		for _, o := range outputs {
			err = errors.Join(err, o.compare())
		}
		return ns, err
	}}, nil
}

// keep checks the file and stores its checksum.
func (o *output) keep() (err error) {
	if err = o.check(o.path); err != nil {
		return err
	}
	o.sum, err = sumOf(o.path)
	return err
}

// compare fails unless the file has the checksum that was stored by keep.
func (o *output) compare() error {
	sum, err := sumOf(o.path)
	if err == nil && sum != o.sum {
		err = fmt.Errorf("wrong result: %s differs from what one worker wrote", o.path)
	}
	return err
}

func sumOf(path string) (sum [sha256.Size]byte, err error) {
	file, err := os.Open(path)
	if err != nil {
		return sum, err
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.CopyBuffer(h, struct{ io.Reader }{file}, make([]byte, readSize)); err != nil {
		return sum, err
	}
	return [sha256.Size]byte(h.Sum(nil)), nil
}
