package main

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// prepareResident measures the memory of hesopmatch flag while this process is small: see residentMemory. Each Parquet
// file must give the same hits as the text.
func (w *ways) prepareResident(ctx context.Context) error {
	if err := w.writeParquet(ctx); err != nil {
		return err
	}
	if !knowsResident {
		return nil
	}
	every, err := w.resident(ctx, "`flag -rows all`, W", "at most 64 MiB", "wide", "-rows", "all", w.load.path)
	if err != nil {
		return err
	}
	w.rows = append(w.rows, every.row)
	hits, err := w.resident(ctx, "`flag -format hits`, W", "at most 64 MiB", "hits", "-format", "hits", w.load.path)
	if err != nil {
		return err
	}
	w.rows = append(w.rows, hits.row)
	want, err := sumOfHits(w.residentOutput("hits"))
	if err != nil {
		return err
	}
	var least, most *resident
	for _, f := range w.parquet {
		what := "`flag -format hits`, W as Parquet, " + f.what
		const target = "bounded by a row group's code columns"
		used, err := w.resident(ctx, what, target, "parquet", "-format", "hits", f.path)
		if err != nil {
			return err
		}
		if least == nil || used.bytes < least.bytes {
			least = used
		}
		if most == nil || used.bytes > most.bytes {
			most = used
		}
		sum, err := sumOfHits(w.residentOutput("parquet"))
		if err != nil {
			return err
		}
		if sum != want {
			return errors.New("wrong result: " + what + ": the hits differ from those of the text")
		}
	}
	if most != nil {
		w.rows = append(w.rows, func() row {
			line := most.row()
			line.timings += fmt.Sprintf("; the lowest for a Parquet file is %.0f MiB", float64(least.bytes)/(1<<20))
			return line
		})
	}
	return nil
}

// sumOfHits returns the checksum of a file of hits without the columns input_file and input_line, which differ between
// a Parquet file and the same rows as text.
func sumOfHits(path string) (sum [sha256.Size]byte, err error) {
	file, err := os.Open(path)
	if err != nil {
		return sum, err
	}
	defer file.Close()
	r, h := csv.NewReader(file), sha256.New()
	r.ReuseRecord = true
	for first, end := 0, 0; ; {
		fields, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return [sha256.Size]byte(h.Sum(nil)), nil
		case err != nil:
			return sum, err
		case end == 0:
			first, end = slices.Index(fields, "input_file"), slices.Index(fields, "input_line")+1
			if first < 0 || end != first+2 {
				return sum, errors.New("hits without input_file and input_line")
			}
		}
		_, _ = fmt.Fprintf(h, "%q%q", fields[:first], fields[end:])
	}
}

func (w *ways) residentOutput(name string) string {
	return filepath.Join(w.dir, "resident."+name)
}

// resident measures the memory of a run of flag.
func (w *ways) resident(ctx context.Context, what, target, output string, args ...string) (*resident, error) {
	least := residentSelf()
	options := []string{"flag", "-workers", strconv.Itoa(w.workers), "-o", w.residentOutput(output)}
	state, err := runCommand(ctx, w.program, slices.Concat(options, w.lists, args)...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return &resident{what: what, target: target, workers: w.workers, bytes: residentOf(state), least: least}, nil
}
