package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"hesopmatch/examples/speed/internal/program"
	"hesopmatch/match"
)

func run(ctx context.Context, args []string, std program.IO) error {
	opts, err := parseOptions(args, std)
	if err != nil {
		return err
	}
	return report(ctx, opts, std)
}

// report measures everything and writes what it found.
func report(ctx context.Context, opts *options, std program.IO) error {
	b := &bench{opts: opts, note: func(string, ...any) {}}
	if program.IsTerminal(std.Stderr) {
		b.note = func(format string, args ...any) { fmt.Fprintf(std.Stderr, "speed: "+format+"\n", args...) }
	}
	if err := inFolder(opts.dir, func(dir string) error { return b.measureFiles(ctx, dir) }); err != nil {
		return err
	}
	// Behind the rest: nothing ends a compilation early, so that an interrupt may end the
	// process without a look back, and there must be no folder left then.
	if err := b.measureHuge(ctx); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(std.Stdout, "%s\n\n", b.heading()); err != nil {
		return err
	}
	return writeTable(std.Stdout, b.table())
}

// inFolder makes a folder, calls f with it and removes it.
func inFolder(parent string, f func(dir string) error) (err error) {
	dir, err := os.MkdirTemp(parent, "speed-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	return f(dir)
}

// bench is one run of the program: what is measured, and what came of it.
type bench struct {
	opts *options
	note func(format string, args ...any) // says on a terminal how far it is

	load      *workload
	few, many *group // the lists (a) and (b)

	turns     turns
	huge      *measure
	allocated []allocation
	resident  []resident
}

// measureFiles measures all that needs files, which it makes in a folder.
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
		return errors.New("no appointment of the workload matches: nothing would be measured")
	}
	// Before this process grows: see residentMemory.
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
	for round := range o.rounds {
		b.note("round %d of %d", round+1, o.rounds)
		for _, m := range b.turns.all() {
			if err := m.round(ctx); err != nil {
				return err
			}
		}
	}
	b.note("counting allocations")
	b.allocated, err = countAllocations(ctx, b.load, b.few)
	return err
}

// measureHuge compiles many long lists, as often as there are rounds. It is compared with
// nothing, and takes no turn with the others: lists that long would lie in memory while those run.
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
