// Package cohort implements the command cohort. It derives people from appointments, and writes who is in which
// codelist, since when and how often. It also writes tables about these people that may leave a research environment.
//
//	hesopmatch cohort -icd10 FILE [-opcs4 FILE] [options] INPUT...
package cohort

import (
	"context"
	"errors"
	"fmt"
	"hash"
	"io"
	"strconv"
	"time"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/internal/rows"
	"hesopmatch/match"
	"hesopmatch/match/cohort"
)

// gathering is one run of the command.
type gathering struct {
	opts       *options
	stdin      io.Reader
	loaded     []program.Loaded
	lists      []*codelist.List // of all loaded files, in order
	subset     []program.Loaded // lists that the extract was made with, nil without -subset-by
	onlySubset []program.Loaded // the lists of subset that are not lists of the run
	limits     []string         // what the data cannot show: see the variable limits
	cohort     *cohort.Cohort
	parts      []merged // the parts that have been read
	inputs     []input  // the inputs that have been scanned
	totals     *cohort.Totals
	quality    *program.Quality // nil if not asked for
	short      []coding.System  // systems read from a column of three characters
	read       []coding.System  // systems read from any column

	// The numbers to write: as the disclosure rule releases them, or exact if there is no rule. Both fields are nil if
	// no numbers are written.
	tables  []cohort.Table
	notes   []string
	outSum  hash.Hash // of the lines about people; nil if the run writes no such lines or no manifest
	earlier *earlier  // release to compare with, nil for none
	now     time.Time
}

// table returns a table by name.
func (g *gathering) table(name string) (*cohort.Table, bool) {
	r := cohort.Release{Tables: g.tables}
	return r.Table(name)
}

func (g *gathering) makeTables(ctx context.Context) (err error) {
	switch {
	case !g.opts.hasNumbers():
		return nil
	case g.opts.profile == nil:
		g.tables, g.notes, err = g.cohort.Exact()
		return program.FlagError(err)
	}
	release, err := g.cohort.Release(ctx, *g.opts.profile)
	if err == nil {
		g.tables, g.notes = release.Tables, release.Notes
	}
	return program.FlagError(err)
}

// input describes an input that has been read.
type input struct {
	path    string
	rows    int64
	fields  string
	columns string   // the result of describeColumns
	read    []string // columns that determine the answers, for the manifest
	person  string   // column of the person
	sum     string   // SHA-256 in hexadecimal, "" if not asked for
	skipped program.Skips
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
	for _, folder := range [...]struct{ option, dir string }{{"-release", opts.release}, {"-svg", opts.svg}} {
		if folder.dir == "" {
			continue
		}
		if err := program.CheckNewFolder(folder.dir); err != nil {
			return fmt.Errorf("%s %w", folder.option, err)
		}
	}
	g := &gathering{opts: opts, stdin: std.Stdin, limits: limits, now: time.Now().UTC()}
	var matcher *match.Matcher
	if g.loaded, g.lists, matcher, err = opts.lists.Compile(opts.inputs.Primary); err != nil {
		return err
	}
	opts.notices.AddLists(g.loaded)
	if err := g.loadSubset(); err != nil {
		return err
	}
	if err := g.findRelated(); err != nil {
		return err
	}
	if opts.compare != "" {
		if g.earlier, err = readEarlier(opts.compare); err != nil {
			return err
		}
	}
	if err := opts.notices.Err(); err != nil {
		return err
	}
	if g.cohort, err = cohort.New(matcher, append(opts.cohort(), g.relations()...)...); err != nil {
		return program.FlagError(err)
	}
	size, err := opts.checkInputs()
	if err != nil {
		return err
	}
	f, err := g.create(std.Stdout)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	if err := g.mergeParts(ctx); err != nil {
		return err
	}
	progress := program.StartProgress(std.Stderr, program.Work{Bytes: size}, opts.inputs.Progress)
	if err = g.scan(ctx, progress); err == nil {
		err = g.countQuality(ctx, progress)
	}
	progress.Stop()
	if err != nil {
		return err
	}
	g.totals = g.cohort.Totals()
	g.noteDates()
	g.noteChosen()
	g.noteShort()
	if err := g.warnUnread(); err != nil {
		return err
	}
	g.warnRounded()
	if err := g.makeTables(ctx); err != nil {
		return err
	}
	g.warnBands()
	near := g.compareWith()
	if opts.svg != "" && len(g.charts()) == 0 {
		opts.notices.Warn("-svg %s: the folder is empty, because no chart has a number that is shown", base(opts.svg))
	}
	if err := opts.notices.Err(); err != nil {
		return err
	}
	if err := g.write(f, near); err != nil {
		return err
	}
	return g.writeReport(std.Stderr)
}

// write writes all files, and moves the files to their final paths once every file is ready.
func (g *gathering) write(f *files, near []near) error {
	write := g.writePage
	if g.opts.format == "csv" {
		write = g.writeMembers
		if f.output != nil && g.opts.manifest != "" {
			g.outSum = f.output.Sum()
		}
	}
	if f.output != nil {
		if err := errors.Join(write(f.output), f.output.Flush()); err != nil {
			return err
		}
	}
	for _, one := range f.others {
		if err := errors.Join(one.write(one), one.Flush()); err != nil {
			return err
		}
	}
	commit := f.commit
	if g.opts.svg != "" {
		commit = func() error { return g.writeCharts(f.commit) }
	}
	if g.opts.release != "" {
		return g.writeRelease(near, commit)
	}
	return commit()
}

// writeMembers writes a line for each person and list.
func (g *gathering) writeMembers(out io.Writer) error {
	if _, err := io.WriteString(out, "person,list,first,last,appointments,dates\n"); err != nil {
		return err
	}
	var line []byte
	for m := range g.cohort.Members() {
		line = append(rows.AppendField(line[:0], m.Person), ',')
		line = append(rows.AppendField(line, g.lists[m.List].Name()), ',')
		line = append(line, m.First.String()...)
		line = append(line, ',')
		line = append(line, m.Last.String()...)
		line = append(line, ',')
		line = append(strconv.AppendInt(line, int64(m.Appointments), 10), ',')
		line = append(strconv.AppendInt(line, int64(m.Dates), 10), '\n')
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	return nil
}
