package main

import (
	"context"
	"errors"
	"io"
	"path/filepath"
)

// ways measures the ways in which people use the program, and compares each with a simpler way.
type ways struct {
	opts *options
	note func(format string, args ...any) // announces the next step, if stderr is a terminal
	dir  string                           // for temporary files

	load *workload
	few  *group // the lists (a)
	hesopmatch
	peer    *peer         // nil without -python
	parquet []parquetFile // the workload as Parquet; nil without a peer
	plain   *measure      // flag, matched rows only

	heads    []string     // further parts of the heading
	measures []*measure   // in the order of a round
	rows     []func() row // each returns a row of the table after the last round
}

// reportWays measures each way and writes the table.
func reportWays(ctx context.Context, opts *options, note func(string, ...any), stdout io.Writer) error {
	w := &ways{opts: opts, note: note, heads: []string{"the program with 2 workers"}}
	if load := loadAverage(); load != "" {
		w.heads = append(w.heads, "load "+load+" before")
	}
	err := inFolder(opts.dir, func(dir string) error {
		w.dir = dir
		return w.measureAll(ctx)
	})
	if ctx.Err() != nil {
		return context.Cause(ctx) // not the error of a command that the context killed
	}
	if err != nil {
		return err
	}
	table := make([]row, len(w.rows))
	for i, row := range w.rows {
		table[i] = row()
	}
	return writeTable(stdout, heading(opts, w.load, w.heads...), table)
}

// measureAll prepares every way, then measures them alternately.
func (w *ways) measureAll(ctx context.Context) (err error) {
	steps := []struct {
		what    string
		prepare func(context.Context) error
	}{
		{"the workload", w.prepareWorkload},
		{"memory", w.prepareResident}, // before this process grows
		{"the counts", w.prepareCounts},
		{"flag", w.prepareFlag},
		{"cohort", w.prepareCohort},
		{"compressed files", w.prepareGzip},
		{"Parquet files", w.prepareParquet},
		{"requests and fingerprints", w.prepareMemory},
		{"a workbook", w.prepareWorkbook},
		{"a build for 386", w.prepare386},
	}
	defer func() { err = errors.Join(err, w.peer.close()) }()
	for _, step := range steps {
		w.note("preparing %s", step.what)
		if err := step.prepare(ctx); err != nil {
			return err
		}
	}
	if err := takeTurns(ctx, w.opts.rounds, w.measures, w.note); err != nil {
		return err
	}
	return w.runGoBenchmarks(ctx)
}

func (w *ways) add(m *measure) *measure {
	w.measures = append(w.measures, m)
	return m
}

// compare adds the row that compares two measures.
func (w *ways) compare(name, target string, dividend, divisor *measure) {
	w.rows = append(w.rows, func() row { return ratio(name, target, dividend, divisor) })
}

// skip adds a row for a measure that cannot run, with the reason.
func (w *ways) skip(name, target, why string) {
	w.rows = append(w.rows, func() row { return row{name, target, "not measured", why} })
}

func (w *ways) prepareWorkload(ctx context.Context) (err error) {
	if w.load, err = newWorkload(ctx, w.opts.file, w.opts.rows, w.dir); err != nil {
		return err
	}
	if w.few, err = newGroup("a", fewLists()); err != nil {
		return err
	}
	w.program, w.workers = filepath.Join(w.dir, "hesopmatch"), 2
	if err = w.opts.build(ctx, w.program); err != nil {
		return err
	}
	w.lists, err = w.few.writeLists(w.dir)
	return err
}

// prepareCounts counts the expected matches with the baseline.
func (w *ways) prepareCounts(ctx context.Context) error {
	if err := w.few.expand(ctx); err != nil {
		return err
	}
	if err := w.few.count(ctx, w.load); err != nil {
		return err
	}
	if w.few.want.matched == 0 {
		return errors.New("no appointment in the workload matches: there is nothing to measure")
	}
	return nil
}
