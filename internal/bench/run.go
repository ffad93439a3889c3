package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"hesopmatch/match"
)

// report measures everything and writes the table.
func report(ctx context.Context, opts *options, stdout, stderr io.Writer) error {
	note := func(string, ...any) {}
	if isTerminal(stderr) {
		note = func(format string, args ...any) { fmt.Fprintf(stderr, "bench: "+format+"\n", args...) }
	}
	if opts.ways {
		return reportWays(ctx, opts, note, stdout)
	}
	b := &bench{opts: opts, note: note}
	if err := inFolder(opts.dir, func(dir string) error { return b.measureFiles(ctx, dir) }); err != nil {
		return err
	}
	// measureHuge comes last: nothing ends a compilation early, so a second interrupt may kill the process here. By
	// then the folder must already be removed.
	if err := b.measureHuge(ctx); err != nil {
		return err
	}
	return writeTable(stdout, b.heading(), b.table())
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// inFolder makes a temporary folder, calls f with it and removes it.
func inFolder(parent string, f func(dir string) error) (err error) {
	dir, err := os.MkdirTemp(parent, "bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	return f(dir)
}

// bench is one run of the program: the workload and the measures.
type bench struct {
	opts *options
	note func(format string, args ...any) // announces the next step, if stderr is a terminal

	load      *workload
	few, many *group // the lists (a) and (b)

	turns     turns
	huge      *measure
	allocated []allocation
	resident  []resident
}

// measureFiles writes the workload to a folder and runs every measure that needs the workload.
func (b *bench) measureFiles(ctx context.Context, dir string) (err error) {
	o := b.opts
	b.note("making the workload of %d rows", o.rows)
	if b.load, err = newWorkload(ctx, o.file, o.rows, dir); err != nil {
		return err
	}
	if b.few, err = newGroup("a", fewLists()); err != nil {
		return err
	}
	if err = b.few.expand(ctx); err != nil {
		return err
	}
	b.note("counting the matches of (a)")
	if err = b.few.count(ctx, b.load); err != nil {
		return err
	}
	if b.few.want.matched == 0 {
		return errors.New("no appointment in the workload matches: there is nothing to measure")
	}
	// Measure the memory before this process grows: see residentMemory.
	b.note("measuring the memory of flag")
	if b.resident, err = residentMemory(ctx, o.sizes, b.load, b.few, dir); err != nil {
		return err
	}
	b.note("counting the matches of (b)")
	if b.many, err = newGroup("b", manyLists(o.lists, o.entries)); err != nil {
		return err
	}
	if err = b.many.expand(ctx); err != nil {
		return err
	}
	if err = b.many.count(ctx, b.load); err != nil {
		return err
	}
	if b.turns, err = newTurns(ctx, o.sizes, b.load, b.few, b.many); err != nil {
		return err
	}
	if err = takeTurns(ctx, o.rounds, b.turns.all(), b.note); err != nil {
		return err
	}
	b.note("counting allocations")
	b.allocated, err = countAllocations(ctx, b.load, b.few)
	return err
}

// measureHuge compiles many long lists, once a round. It does not take turns with the other measures, because its lists
// would stay in memory while the other measures run.
func (b *bench) measureHuge(ctx context.Context) error {
	o := b.opts
	b.note("making %d lists of %d entries", o.huge, o.hugeEntries)
	lists, err := hugeLists(ctx, o.huge, o.hugeEntries)
	if err != nil {
		return err
	}
	b.huge = compiling(match.Compile, lists, 1)
	for round := range o.rounds {
		b.note("compiling them, round %d of %d", round+1, o.rounds)
		if err := b.huge.round(ctx); err != nil {
			return err
		}
	}
	return nil
}
