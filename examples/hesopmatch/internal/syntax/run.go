// Package syntax is the command syntax. It writes a script that matches codelists where the appointments are: SQL for a
// database, or a program for R, Stata or Python.
//
//	hesopmatch syntax -icd10 FILE -dialect sqlserver -layout ukllc -table study.HESOP
package syntax

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/internal/rows"
	"hesopmatch/match"
	"hesopmatch/match/syntax"
)

// Run runs the command with its arguments.
func Run(ctx context.Context, args []string, std program.IO) error {
	opts, err := parseOptions(args, std)
	if err != nil {
		return err
	}
	return opts.run(ctx, std)
}

func (o *options) run(ctx context.Context, std program.IO) error {
	if err := o.lists.Expand(&o.notices); err != nil {
		return err
	}
	if err := o.checkSubmission(); err != nil {
		return err
	}
	if err := o.written().CheckFiles(); err != nil {
		return err
	}
	program.RemoveLeft(std.Stderr, o.written().Written...)
	makes := o.script
	switch {
	case o.what == codes:
		makes = o.table
	case o.dialect == submission:
		makes = o.submission
	}
	written, err := makes()
	if err != nil {
		return err
	}
	if err := errors.Join(ctx.Err(), o.notices.Err()); err != nil {
		return err
	}
	if err := written.commit(o, std.Stdout); err != nil {
		return err
	}
	var b strings.Builder
	o.notices.Write(&b)
	b.WriteString(written.summary)
	program.TellRows(&b, written.loaded)
	_, err = io.WriteString(std.Stderr, b.String())
	return err
}

// errNoScripts keeps the code for scripts out of the page for checking codelists, which is a third smaller without this
// code.
var errNoScripts = errors.New("scripts are written by the program, not by the page: -dialect submission")

func (o *options) script() (*texts, error) {
	if runtime.GOOS == "js" {
		return nil, errNoScripts
	}
	loaded, lists, m, err := o.lists.Compile(o.inputs.Primary)
	if err != nil {
		return nil, err
	}
	o.notices.AddLists(loaded)
	table, err := o.openColumns(lists)
	if err != nil {
		return nil, o.columnError(err)
	}
	defer func() { _ = table.close() }() // it was only read
	o.noteLimits(table.reader, lists)
	script, err := syntax.New(m, table.reader, syntax.Dialect(o.dialect), o.scriptOptions()...)
	if err != nil {
		return nil, o.scriptError(err, table)
	}
	o.noteDate()
	o.warnKeep(table.reader)
	o.notices.Add(table.notices()...)
	written := &texts{
		loaded:  loaded,
		summary: fmt.Sprintf("code fields read of %s: %s\n", table.name, program.DescribeFields(table.reader)),
	}
	if _, err = script.WriteTo(&written.output); err == nil && o.codesFile() != "" {
		_, err = script.WriteCodesTo(&written.codes)
	}
	return written, program.FlagError(err)
}

// table makes the table of codes as CSV.
func (o *options) table() (*texts, error) {
	loaded, _, m, err := o.lists.Compile(false)
	if err != nil {
		return nil, err
	}
	o.notices.AddLists(loaded)
	o.noteUnused("-what codes")
	written := &texts{loaded: loaded}
	writeCodes(&written.output, m)
	return written, nil
}

// submission makes the codelist file to submit.
func (o *options) submission() (*texts, error) {
	loaded, err := o.lists.Load()
	if err != nil {
		return nil, err
	}
	o.notices.AddLists(loaded)
	o.noteUnused("-dialect submission")
	file := o.lists.Files()[0]
	source, err := os.ReadFile(file.Path)
	if err != nil {
		return nil, err
	}
	var opts []syntax.SubmissionOption
	if o.dots {
		opts = append(opts, syntax.SubmissionDots())
	}
	if o.lists.Group != "" {
		opts = append(opts, syntax.SubmissionGroups(o.lists.Group))
	}
	made, err := syntax.NewSubmission(file.Name, source, o.lists.ReadOptions(file), opts...)
	if err != nil {
		return nil, program.FlagError(err, file.Path, file.Name)
	}
	o.notices.Add(program.FlagNotices(made.Notices(), file.Path, file.Name)...)
	written := &texts{loaded: loaded, summary: made.String() + "\n"}
	written.output.Write(made.File)
	return written, nil
}

// scriptError returns the error to report for an error of syntax.New. It is a usage error if an option is wrong, or if
// a column that only the command line declares is wrong.
func (o *options) scriptError(err error, table *columns) error {
	isColumn := errors.Is(err, hesop.ErrColumn) || errors.Is(err, hesop.ErrNoPerson) ||
		errors.Is(err, hesop.ErrPersonUnclear)
	flagged := program.FlagError(err, table.name)
	switch {
	case errors.Is(err, syntax.ErrOption):
		return program.Usage("%w", flagged)
	case isColumn:
		return o.columnError(fmt.Errorf("%s: %w", table.name, flagged))
	default:
		return flagged
	}
}

// columnError returns the error to report for an error about columns. It is a usage error if only the command line
// declares the columns.
func (o *options) columnError(err error) error {
	if o.layout != "" {
		return program.Usage("%w", err)
	}
	return err
}

// texts holds the outputs of a run.
type texts struct {
	output, codes bytes.Buffer
	loaded        []program.Loaded
	summary       string // for standard error, before the report on the lists
}

// commit writes the texts. It opens both outputs before it completes either of them.
func (t *texts) commit(o *options, stdout io.Writer) (err error) {
	out, err := program.CreateOutput(o.output, stdout)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if path := o.codesFile(); path != "" {
		file, err := program.Create(path)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		if _, err := t.codes.WriteTo(file); err != nil {
			return err
		}
		if err := file.Commit(); err != nil {
			return err
		}
	}
	if _, err := t.output.WriteTo(out); err != nil {
		return err
	}
	return out.Commit()
}

// writeCodes writes the table of codes. Each line has the cell of the entry that decides the code.
func writeCodes(b *bytes.Buffer, m *match.Matcher) {
	b.WriteString("list,system,cut,code,state,entry\n")
	var line []byte
	for c := range syntax.Codes(m) {
		list := m.List(c.List)
		line = append(rows.AppendField(line[:0], list.Name()), ',')
		line = append(line, c.System.String()...)
		line = append(strconv.AppendInt(append(line, ','), int64(c.Cut), 10), ',')
		line = append(append(line, c.Code...), ',')
		line = append(append(line, c.State...), ',')
		if c.Entry >= 0 {
			line = rows.AppendField(line, program.CutRaw(list.Entry(c.Entry).Raw))
		}
		line = append(line, '\n')
		b.Write(line)
	}
}
