package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// prepareFlag compares flag -rows all and flag -quality with flag alone, which writes matched rows only.
func (w *ways) prepareFlag(ctx context.Context) (err error) {
	flagged := w.flagged(&w.few.want)
	args := []string{"-o", flagged.path, w.load.path}
	if w.plain, err = w.measure(ctx, "flag, matched rows", "flag", args, flagged); err != nil {
		return err
	}
	every := &output{path: filepath.Join(w.dir, "every.csv"), check: func(path string) error {
		return checkFlags(path, &w.few.want, w.few.want.rows)
	}}
	args = []string{"-rows", "all", "-o", every.path, w.load.path}
	all, err := w.measure(ctx, "flag, all rows", "flag", args, every)
	if err != nil {
		return err
	}
	quality := &output{path: filepath.Join(w.dir, "quality.json"), check: func(path string) error {
		return checkQuality(path, w.few.want.rows)
	}}
	args = []string{"-quality", quality.path, "-o", flagged.path, w.load.path}
	counted, err := w.measure(ctx, "flag, quality", "flag", args, w.flagged(&w.few.want), quality)
	if err != nil {
		return err
	}
	const copies = "`flag -rows all` to a file, against `cp` of the input"
	w.add(w.plain)
	w.compare("`flag -rows all` to a file, against matched rows only", "at most 4 times", w.add(all), w.plain)
	if _, err := exec.LookPath("cp"); err != nil {
		w.skip(copies, "at most 2 times", "there is no cp")
	} else {
		w.compare(copies, "at most 2 times", all, w.add(w.copying()))
	}
	w.compare("`flag -quality` against without", "at most 2.5 times", w.add(counted), w.plain)
	return nil
}

// flagged returns the output of flag with matched rows only.
func (w *ways) flagged(want *tally) *output {
	return &output{path: filepath.Join(w.dir, "flagged.csv"), check: func(path string) error {
		return checkFlags(path, want, want.matched)
	}}
}

// copying measures the time in which cp copies the workload.
func (w *ways) copying() *measure {
	path := filepath.Join(w.dir, "copy.csv")
	return &measure{name: "cp", run: func(ctx context.Context) (float64, error) {
		if err := os.RemoveAll(path); err != nil {
			return 0, err
		}
		ns, err := timed(func() error {
			_, err := runCommand(ctx, "cp", w.load.path, path)
			return err
		})
		if err != nil {
			return 0, err
		}
		info, err := os.Stat(path)
		if err == nil && info.Size() != w.load.bytes {
			err = fmt.Errorf("wrong result: %d bytes, want %d", info.Size(), w.load.bytes)
		}
		return ns, err
	}}
}

// checkFlags fails unless hesopmatch flag wrote the given number of rows, and the flags in their last columns add up to
// the counts in want.
func checkFlags(path string, want *tally, rows int64) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	found := tally{rows: -1, lists: make([]int64, len(want.lists))} // the header counts as a row
	for text := bufio.NewReaderSize(file, 4*readSize); ; found.rows++ {
		line, err := text.ReadSlice('\n')
		if err == io.EOF && len(line) == 0 {
			break
		}
		if err != nil {
			return err
		}
		line, matched := bytes.TrimSuffix(line, []byte("\n")), false
		for i := len(found.lists) - 1; i >= 0; i-- {
			comma := bytes.LastIndexByte(line, ',')
			if string(line[comma+1:]) == "1" {
				found.lists[i]++
				matched = true
			}
			line = line[:max(comma, 0)]
		}
		if matched {
			found.matched++
		}
	}
	if found.rows != rows {
		return fmt.Errorf("wrong result: %d rows written, want %d", found.rows, rows)
	}
	found.rows = want.rows
	return found.check(want)
}

// checkQuality fails unless the quality report counts the given number of rows.
func checkQuality(path string, rows int64) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var counted struct{ Rows int64 }
	if err := json.Unmarshal(text, &counted); err != nil {
		return err
	}
	if counted.Rows != rows {
		return fmt.Errorf("wrong result: the quality of %d rows, want %d", counted.Rows, rows)
	}
	return nil
}
