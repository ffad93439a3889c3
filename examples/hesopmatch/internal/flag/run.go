// Package flag is the command flag: it reports which appointments carry a code of which codelist.
//
// It reads codelists and files of appointments and writes the appointments with
// one column for each list (1 match, 0 no match, empty unknown), or one line for
// each value that matched. A summary goes to standard error.
//
//	hesopmatch flag -icd10 FILE [-opcs4 FILE] [options] INPUT...
package flag

import (
	"context"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

// flagging is one run of the program.
type flagging struct {
	opts     *options
	stdin    io.Reader
	loaded   []program.Loaded
	lists    []*codelist.List // of them all, in order
	matcher  *match.Matcher
	columns  []string // of the first input that was opened, as it spells them
	first    string   // its path
	totals   *match.Totals
	inputs   []input // those done
	rows     int64   // of them
	findings findings
	quality  *program.Quality // nil if not asked for
	lines    lineMaker
	out      *program.Output
	outSum   hash.Hash // of the output, nil without a manifest
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
	if err := opts.inputs.Expand(&opts.notices); err != nil {
		return err
	}
	if err := opts.written().CheckFiles(); err != nil {
		return err
	}
	program.RemoveLeft(std.Stderr, opts.written().Written...)
	f := &flagging{opts: opts, stdin: std.Stdin}
	if f.loaded, f.lists, f.matcher, err = opts.lists.Compile(opts.inputs.Primary); err != nil {
		return err
	}
	f.totals = f.matcher.NewTotals()
	opts.notices.AddLists(f.loaded)
	f.findings = newFindings(f.matcher)
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
		f.lines = &hitLines{matcher: f.matcher}
	} else {
		f.lines = &wideLines{lists: f.lists, columns: opts.columns, all: opts.rows == "all"}
	}

	accounts, err := f.openAccounts()
	defer func() { err = errors.Join(err, accounts.close()) }()
	if err != nil {
		return err
	}

	f.progress = program.StartProgress(std.Stderr, program.Work{Bytes: size})
	err = f.scanInputs(ctx)
	f.progress.Stop()
	if err != nil {
		return err
	}
	f.warnUndecided()
	f.addNotices()
	if err := opts.notices.Err(); err != nil {
		return err
	}
	if err := accounts.commit(out); err != nil {
		return err
	}
	return f.writeSummary(std.Stderr)
}

// checkInputs opens every regular file once before any is read, so that another header
// stops a long run before it starts. It returns the size of all inputs, 0 if it is not known.
func (f *flagging) checkInputs() (int64, error) {
	size, regular, err := f.opts.inputs.Stat()
	if err != nil {
		return 0, err
	}
	for _, path := range regular {
		in, err := f.open(path, false)
		if err != nil {
			return 0, err
		}
		f.opts.notices.Add(in.Notices()...)
		err = errors.Join(f.checkColumns(in.Whole, path), in.Close())
		if err != nil {
			return 0, err
		}
	}
	return size, nil
}

// checkColumns holds the columns of an input against those of the first one and
// against what was asked for.
func (f *flagging) checkColumns(r *hesop.Reader, path string) error {
	var names []string
	for c := range r.Columns() {
		names = append(names, c.Name())
	}
	if f.columns == nil {
		f.columns, f.first = names, path
		for _, name := range f.opts.columns {
			if _, err := r.Column(name); err != nil {
				return fmt.Errorf("%s: -columns: %w", program.Name(path), program.FlagError(err))
			}
		}
		return f.checkNames(path)
	}
	if len(names) != len(f.columns) {
		return fmt.Errorf("%s: %d columns, but %s has %d: inputs must have the same columns in the same order; flag "+
			"those that have not by runs of their own", path, len(names), f.first, len(f.columns))
	}
	for i, name := range names {
		if !strings.EqualFold(visible(name), visible(f.columns[i])) {
			return fmt.Errorf("%s: column %d differs from that of %s: inputs must have the same columns in the same "+
				"order; flag those that have not by runs of their own", path, i+1, f.first)
		}
	}
	return nil
}

// visible is a name without its padding and the characters that nobody sees.
func visible(name string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\uFEFF' || r == '\u2060' || '\u200B' <= r && r <= '\u200F' {
			return -1
		}
		return r
	}, name))
}

// checkNames fails if a list is called as a column that is written beside it, or as
// columns of codes are: what reads the output would take its flags for codes.
func (f *flagging) checkNames(path string) error {
	if f.opts.format == "hits" {
		return nil
	}
	written := f.opts.columns
	if written == nil {
		written = f.columns
	}
	settle, others := "give the list another name: NAME=FILE", ""
	if group := f.opts.lists.Group; group != "" {
		settle, others = "change the value of -group "+group, "write only other columns (-columns), or "
	}
	for _, l := range f.lists {
		for _, name := range written {
			if strings.EqualFold(l.Name(), visible(name)) {
				return fmt.Errorf("%s: column %q is also the name of a list: %s%s", path, name, others, settle)
			}
		}
		if program.IsCodeColumn(l.Name()) {
			return fmt.Errorf("list %q is called as a column of codes, which its flags would be taken for: %s",
				l.Name(), settle)
		}
	}
	return nil
}
