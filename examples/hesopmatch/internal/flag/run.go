// Package flag implements the command flag. It reports which appointments carry a code of which codelist.
//
// It reads codelists and files of appointments. It writes the appointments that match, all appointments, or all
// appointments of the people who match, with one column for each list: 1 for match, 0 for no match, empty for unknown.
// Or it writes one line for each value that matched. A summary goes to standard error.
//
//	hesopmatch flag -icd10 FILE [-opcs4 FILE] [options] INPUT...
package flag

import (
	"context"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"slices"

	"hesopmatch/codelist"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

// flagging is one run of the command.
type flagging struct {
	opts     *options
	stdin    io.Reader
	loaded   []program.Loaded
	lists    []*codelist.List // the lists of all loaded files, in order
	names    []string         // the names of the lists in the output
	matcher  *match.Matcher
	columns  []string      // the column names of the first input that was opened, as it spells them
	first    string        // the path of that input
	union    *union        // nil without -union
	streams  []string      // inputs that can be opened only once, when their turn comes
	people   *people       // nil without -rows people
	before   []fs.FileInfo // the state of each input file at the first pass of -rows people
	totals   *match.Totals
	inputs   []input // the inputs already scanned
	rows     int64   // the number of rows in these inputs
	findings findings
	quality  *program.Quality // nil without -quality
	lines    lineMaker
	out      *program.Output
	outSum   hash.Hash // the hash of the output; nil without a manifest
	progress *program.Progress
}

// Run runs the command with its arguments.
func Run(ctx context.Context, args []string, std program.IO) error {
	opts, err := parseOptions(args, std)
	if err != nil {
		return err
	}
	return opts.run(ctx, std)
}

func (opts *options) run(ctx context.Context, std program.IO) (err error) {
	if err := opts.lists.Expand(&opts.notices); err != nil {
		return err
	}
	if err := opts.inputs.Prepare(&opts.notices, opts.written, std.Stderr); err != nil {
		return err
	}
	f := &flagging{opts: opts, stdin: std.Stdin}
	if f.loaded, f.lists, f.matcher, err = opts.lists.Compile(opts.inputs.Primary); err != nil {
		return err
	}
	f.totals = f.matcher.NewTotals()
	opts.notices.AddLists(f.loaded)
	if err := f.nameLists(); err != nil {
		return err
	}
	f.findings = newFindings(f.matcher)
	if opts.union {
		f.union = newUnion(opts.columns)
	}
	if opts.rows == "people" {
		f.people = newPeople(f.matcher.Len())
	}
	if opts.quality != "" {
		f.quality = new(program.Quality)
	}
	size, err := f.checkInputs()
	if err != nil {
		return err
	}

	if err := opts.notices.Err(); err != nil {
		return err
	}
	out, err := program.CreateOutput(opts.output, std.Stdout)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	f.out = out
	if opts.manifest != "" {
		f.outSum = out.Sum()
	}
	if opts.format == "hits" {
		f.lines = &hitLines{matcher: f.matcher, lists: f.names}
	} else {
		f.lines = &wideLines{lists: f.names, values: valuesOf(opts.values), all: opts.rows == "all", people: f.people}
	}

	sides, err := f.openSideFiles()
	defer func() { err = errors.Join(err, sides.close()) }()
	if err != nil {
		return err
	}

	if f.people != nil {
		size *= 2
	}
	f.progress = program.StartProgress(std.Stderr, program.Work{Bytes: size}, opts.inputs.Progress)
	if f.people != nil {
		err = f.findPeople(ctx)
	}
	if err == nil {
		err = f.scanInputs(ctx)
	}
	f.progress.Stop()
	if err != nil {
		return err
	}
	f.warnUndecided()
	f.addNotices()
	if err := opts.notices.Err(); err != nil {
		return err
	}
	if err := sides.commit(out); err != nil {
		return err
	}
	return f.writeSummary(std.Stderr)
}

// checkInputs opens every regular file before any is read, so that a wrong header stops a long run before it starts. It
// returns the size of all inputs, or 0 if that is not known.
func (f *flagging) checkInputs() (int64, error) {
	size, regular, err := f.opts.inputs.Stat()
	if err != nil {
		return 0, err
	}
	for _, path := range f.opts.inputs.Paths {
		if !slices.Contains(regular, path) {
			f.streams = append(f.streams, path)
		}
	}
	if err := f.checkStreams(); err != nil {
		return 0, err
	}
	for _, path := range regular {
		in, err := f.open(path, false)
		if err != nil {
			return 0, err
		}
		f.opts.notices.Add(in.Notices()...)
		if err = f.learn(in.Whole, path); err == nil {
			err = f.check(in.Whole, path)
		}
		if err = errors.Join(err, in.Close()); err != nil {
			return 0, err
		}
	}
	if f.union != nil && len(f.streams) == 0 {
		return size, f.union.complete(&f.opts.notices)
	}
	return size, nil
}

// checkStreams fails if an input that can be opened only once would have to be opened before its turn.
func (f *flagging) checkStreams() error {
	if f.union != nil && len(f.streams) > 0 && len(f.opts.inputs.Paths) > 1 {
		return fmt.Errorf("%s: %s", program.Name(f.streams[0]), unionOfStream)
	}
	if f.people != nil && len(f.streams) > 0 {
		return fmt.Errorf("%s: %s", program.Name(f.streams[0]), peopleOfStream)
	}
	return nil
}

// learnStream records the columns of a stream, once the turn of the stream has come.
func (f *flagging) learnStream(r *hesop.Reader, path string) error {
	if err := f.learn(r, path); err != nil || f.union == nil {
		return err
	}
	return f.union.complete(&f.opts.notices)
}
