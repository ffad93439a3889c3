// Package explain implements the command explain. It writes what was read from the code fields of single appointments,
// and why each codelist matched or did not.
//
//	hesopmatch explain -icd10 FILE [-opcs4 FILE] [options] -row N | -where COLUMN=VALUE INPUT...
//
// It calls the same functions of the library as the command flag (match.Scan, AppendHits, List.Decide), so the two
// commands cannot disagree.
package explain

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

// releaseNote is the last line on standard error.
const releaseNote = "These are records of individual people: they may not leave the environment."

// explaining is one run of the command.
type explaining struct {
	opts    *options
	stdin   io.Reader
	lists   []*codelist.List // in order
	matcher *match.Matcher

	rest    []int64 // row numbers of -row that are not found yet
	skipped []int64 // row numbers of -row that -skip-bad-rows skipped
	rows    int64   // number of rows in the inputs that were read to their end
	chosen  int64   // appointments that -where selected
	skips   strings.Builder
	page    page
}

// errDone ends a scan after the last row that was asked for.
var errDone = errors.New("all rows were found")

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
	e := &explaining{opts: opts, stdin: std.Stdin, rest: opts.rows}
	loaded, lists, matcher, err := opts.lists.Compile(opts.inputs.Primary)
	if err != nil {
		return err
	}
	e.lists, e.matcher = lists, matcher
	opts.notices.AddLists(loaded)
	size, _, err := opts.inputs.Stat()
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

	progress := program.StartProgress(std.Stderr, program.Work{Bytes: size}, opts.inputs.Progress)
	err = e.scanInputs(ctx, progress)
	progress.Stop()
	if err == nil {
		err = errors.Join(e.check(), opts.notices.Err())
	}
	if err != nil {
		return err
	}
	if _, err := io.WriteString(out, e.page.String()); err != nil {
		return err
	}
	if err := out.Commit(); err != nil {
		return err
	}
	return e.writeNotes(std.Stderr)
}

// scanInputs explains the appointments of all inputs.
func (e *explaining) scanInputs(ctx context.Context, progress *program.Progress) error {
	for _, path := range e.opts.inputs.Paths {
		in, err := e.opts.inputs.Open(path, e.stdin, progress, nil, program.NotCodes(e.lists))
		if err != nil {
			return err
		}
		e.opts.notices.Add(in.Notices()...)
		err = errors.Join(e.scan(ctx, in, progress), in.Close())
		if errors.Is(err, errDone) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// scan explains the appointments of an input. It returns errDone if no further appointment is asked for.
func (e *explaining) scan(ctx context.Context, in *program.Input, progress *program.Progress) error {
	r := in.Reader
	x := &input{explaining: e, columns: newCodeColumns(r), path: in.Path}
	opts := []match.ScanOption{match.Workers(e.opts.inputs.Workers)}
	if e.opts.inputs.Block > 0 {
		opts = append(opts, match.BlockSize(e.opts.inputs.Block))
	}
	next := x.nextRow
	if e.opts.wheres != nil {
		holds, err := e.opts.chooses(in)
		if err != nil {
			return err
		}
		opts = append(opts, match.Only(func(a *hesop.Appointment, _ *match.Result) bool { return holds(a) }))
		next = x.nextChosen
	}
	_, err := match.Scan(ctx, e.matcher, r, next, opts...)
	if n := in.Skipped.Count; n > 0 && (err == nil || errors.Is(err, errDone)) {
		in.Skipped.Write(&e.skips, program.Name(in.Path))
		e.opts.notices.Warn("%s: %s skipped", program.Name(in.Path), program.Count(int(n), "row"))
	}
	if errors.Is(err, errDone) {
		return err
	}
	if err != nil {
		return program.FlagError(err, program.Name(in.Path), e.opts.output)
	}
	progress.Rows.Add(r.Rows())
	e.opts.notices.Add(in.Notices()...)
	e.rows += r.Rows()
	e.passBy(e.rows + 1)
	return nil
}

// chooses returns a function that reports whether -where chooses an appointment of an input.
func (opts *options) chooses(in *program.Input) (func(*hesop.Appointment) bool, error) {
	columns := make([]hesop.Column, len(opts.wheres))
	for i, w := range opts.wheres {
		var err error
		if columns[i], err = in.Reader.Column(w.column); err != nil {
			return nil, fmt.Errorf("%s: -where: %w", program.Name(in.Path), program.FlagError(err))
		}
	}
	return func(a *hesop.Appointment) bool {
		for i, w := range opts.wheres {
			if string(bytes.TrimSpace(a.Text(columns[i]))) != w.value {
				return false
			}
		}
		return true
	}, nil
}

// input is an input that is being read.
type input struct {
	*explaining

	columns codeColumns
	path    string
}

// nextRow explains an appointment if -row asks for it.
func (x *input) nextRow(a *hesop.Appointment, res *match.Result) error {
	number := x.rows + a.Row()
	if x.passBy(number); len(x.rest) > 0 && x.rest[0] == number {
		x.rest = x.rest[1:]
		x.explain(a, res)
	}
	if len(x.rest) == 0 {
		return errDone
	}
	return nil
}

// passBy moves row numbers below the given number from rest to skipped, because those rows yielded no appointment.
func (e *explaining) passBy(number int64) {
	for len(e.rest) > 0 && e.rest[0] < number {
		e.skipped, e.rest = append(e.skipped, e.rest[0]), e.rest[1:]
	}
}

// nextChosen explains an appointment that -where selected, unless it has already explained as many as -most allows.
func (x *input) nextChosen(a *hesop.Appointment, res *match.Result) error {
	if x.chosen++; x.chosen <= int64(x.opts.most) {
		x.explain(a, res)
	}
	return nil
}

// check fails if an appointment that was asked for does not exist.
func (e *explaining) check() error {
	switch {
	case len(e.skipped) > 0:
		return fmt.Errorf("row %d is not an appointment: -skip-bad-rows skipped it; leave that option out to see why",
			e.skipped[0])
	case len(e.rest) > 0:
		return fmt.Errorf("-row %d: there are %s", e.rest[0], program.Count(int(e.rows), "row"))
	case e.opts.wheres != nil && e.chosen == 0:
		var columns []string
		for _, w := range e.opts.wheres {
			columns = append(columns, program.Plain(w.column))
		}
		return fmt.Errorf("no appointment of %d has that value in column %s (-where): values are compared exactly, "+
			"except for white space around them", e.rows, strings.Join(columns, ", and that in "))
	}
	return nil
}

// writeNotes writes the notices of the run and the release note.
func (e *explaining) writeNotes(w io.Writer) error {
	if most := int64(e.opts.most); e.chosen > most {
		e.opts.notices.Note("-where selected %s, and only the first %d were explained; -most %d explains all",
			program.Count(int(e.chosen), "appointment"), most, e.chosen)
	}
	var b strings.Builder
	e.opts.notices.Write(&b)
	b.WriteString(e.skips.String())
	b.WriteString(releaseNote + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}
