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
	"io"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/hesop/quality"
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
	quality  *quality.Counter // nil if not asked for
	writer   rowWriter
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
		f.quality = new(quality.Counter)
	}
	if f.quality == nil && (opts.format == "hits" || opts.columns != nil) {
		opts.inputs.Others = append([]string{}, opts.columns...)
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
	if opts.format == "hits" {
		f.writer = &hitsWriter{out: out, matcher: f.matcher}
	} else {
		f.writer = &wideWriter{
			out: out, matcher: f.matcher, lists: f.lists, columns: opts.columns, all: opts.rows == "all",
		}
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
		err = errors.Join(f.checkColumns(in, path), in.Close())
		if err != nil {
			return 0, err
		}
	}
	return size, nil
}

// checkColumns holds the columns of an input against those of the first one and
// against what was asked for.
func (f *flagging) checkColumns(in *input, path string) error {
	r, names := in.Reader, in.Names()
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

// scanInputs flags the appointments of all inputs.
func (f *flagging) scanInputs(ctx context.Context) error {
	for i, path := range f.opts.inputs.Paths {
		in, err := f.open(path, f.opts.manifest != "")
		if err != nil {
			return err
		}
		if err := errors.Join(f.scan(ctx, i, in), in.Close()); err != nil {
			return err
		}
	}
	return nil
}

func (f *flagging) scan(ctx context.Context, i int, in *input) error {
	r := in.Reader
	if err := f.checkColumns(in, in.Path); err != nil {
		return err
	}
	if err := f.writer.begin(r, i == 0); err != nil {
		return err
	}
	opts := []match.ScanOption{match.Workers(f.opts.inputs.Workers)}
	if f.opts.inputs.Block > 0 {
		opts = append(opts, match.BlockSize(f.opts.inputs.Block))
	}
	if f.quality != nil {
		if err := f.quality.Begin(r); err != nil {
			return err
		}
	} else if f.opts.rows == "matched" {
		opts = append(opts, match.Only(isTold))
	}
	totals, err := match.Scan(ctx, f.matcher, r, func(a *hesop.Appointment, res *match.Result) error {
		f.progress.Rows.Store(f.rows + a.Row())
		if f.quality != nil {
			f.quality.Add(a)
		}
		f.findings.add(a, res)
		return f.writer.write(f.rows+a.Row(), a, res, f.findings.hits)
	}, opts...)
	if err != nil {
		return program.FlagError(err, program.Name(in.Path), f.opts.output)
	}
	f.totals.Merge(totals)
	f.opts.notices.Add(in.Notices()...)
	in.finish(totals)
	f.rows += r.Rows()
	f.inputs = append(f.inputs, *in)
	return nil
}

// isTold reports whether an appointment is written or has values for the summary.
func isTold(a *hesop.Appointment, res *match.Result) bool {
	return res.AnyMatch() || a.Codes().Unrecognised() > 0
}
