// Package lint implements the command lint. It reports what every row of a codelist means, what is wrong with rows that
// mean nothing, and which categories a policy decided.
//
//	hesopmatch lint [codelist options] [-format text|csv|json|github|sarif] [-reference FILE] FILE...
//	hesopmatch lint -diff A B
package lint

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/codelist/xlsx"
	"hesopmatch/examples/hesopmatch/internal/program"
)

// checked is a codelist file that has been read.
type checked struct {
	program.Loaded
	err     error // why the file was refused, or nil
	reviews []codelist.Review
}

// failed reports whether a file was refused, has no entry left, or has rejected rows that are not tolerated.
func (c *checked) failed(lenient bool) bool {
	return c.err != nil || len(c.Lists) == 0 || slices.ContainsFunc(c.Lists, func(l *codelist.List) bool {
		return l.Len() == 0 || !lenient && l.Report().Count(codelist.Rejected) > 0
	})
}

// fit reports whether the lists of a file can be used as they are, and each list has an inclusion. A list without an
// inclusion matches nothing.
func (c *checked) fit(lenient bool) bool {
	return !c.failed(lenient) && !slices.ContainsFunc(c.Lists, func(l *codelist.List) bool { return !includes(l) })
}

// includes reports whether a list has an inclusion.
func includes(l *codelist.List) bool { return l.Includes(coding.ICD10) || l.Includes(coding.OPCS4) }

// errUnfit ends a run in which a file failed. The reasons have already been written.
var errUnfit = errors.New("not every list can be used as it is")

// Run runs the command with its arguments. It fails if a list cannot be used as it is.
func Run(ctx context.Context, args []string, std program.IO) (err error) {
	opts, err := parseOptions(args, std)
	if err != nil {
		return err
	}
	program.RemoveLeft(std.Stderr, opts.output)
	if opts.diff {
		return runDiff(opts, std)
	}
	files, unfit := readAll(ctx, opts, std.Stderr)
	if err := ctx.Err(); err != nil {
		return err
	}
	ref, err := readReference(opts.reference, files, std.Stderr)
	if err != nil {
		return err
	}
	for i := range files {
		for _, l := range files[i].Lists {
			var v codelist.Review
			if ref != nil {
				v = ref.Review(l)
			}
			files[i].reviews = append(files[i].reviews, v)
		}
	}
	for _, sys := range unchecked(files) {
		fmt.Fprintf(std.Stderr, "lint: entries of %[1]v are not checked: %[2]s has no %[1]v code\n", sys,
			opts.reference)
	}
	err = output(opts.output, std.Stdout, func(w io.Writer) error {
		switch opts.format {
		case "csv":
			return writeCSV(w, files)
		case "json":
			return writeJSON(w, opts, files, ref)
		case "github":
			return writeGitHub(w, opts, files, ref)
		case "sarif":
			return writeSARIF(w, opts, files, ref)
		default:
			return (&text{opts: opts, ref: ref, colour: opts.colour(std.Stdout)}).write(w, files)
		}
	})
	if err != nil {
		return err
	}
	for i := range files {
		for _, r := range files[i].Reports() {
			opts.notices.Add(files[i].flagNotices(r)...)
		}
	}
	var fails error
	if !unfit {
		fails = opts.notices.Err()
	}
	if opts.format == "csv" { // the other formats include the notices
		writeNotices(std.Stderr, opts.notices, fails != nil)
	}
	if unfit {
		return errUnfit
	}
	return fails
}

// writeNotices writes notices. It leaves out the warnings if the error that ends the run lists them.
func writeNotices(stderr io.Writer, notices program.Notices, failing bool) {
	var b strings.Builder
	notices.Write(&b)
	for line := range strings.Lines(b.String()) {
		if !failing || !strings.HasPrefix(line, codelist.LevelWarning.String()+":") {
			fmt.Fprint(stderr, line)
		}
	}
}

// readAll reads every file, even if one fails.
func readAll(ctx context.Context, opts *options, stderr io.Writer) (files []checked, unfit bool) {
	for _, f := range opts.lists.Files() {
		if ctx.Err() != nil {
			return files, true
		}
		var c checked
		c.Loaded, c.err = opts.lists.Read(f, codelist.AllowRejected(), codelist.AllowEmpty())
		if c.err != nil {
			fmt.Fprintf(stderr, "lint: %v\n", c.err)
		}
		if c.Unsigned != "" && c.err == nil {
			fmt.Fprintf(stderr, "note: %s\n", c.Unsigned)
		}
		writeSheets(stderr, f.Path, c.about())
		unfit = unfit || c.failed(opts.lists.Lenient)
		files = append(files, c)
	}
	return files, unfit
}

// about returns one of the reports on a file. All reports on a file state the same facts about the file as a whole.
func (c *checked) about() codelist.Report {
	if len(c.Lists) > 0 {
		return c.Lists[0].Report()
	}
	return c.Rest
}

// writeSheets writes which sheets of a workbook were passed over.
func writeSheets(stderr io.Writer, path string, r codelist.Report) {
	for _, sheet := range passedOver(r) {
		fmt.Fprintf(stderr, "lint: %s: sheet %q passed over, %s: %s\n", path, sheet.Name,
			program.Count(sheet.Rows, "row"), program.FlagText(sheet.PassedOver))
	}
}

// passedOver returns the sheets that have rows but were not read as codelists.
func passedOver(r codelist.Report) []codelist.SheetReport {
	return sheets(r, func(s codelist.SheetReport) bool { return s.PassedOver != "" && s.Rows > 0 })
}

// notices returns the notices of a file that have the given level, each once.
func (c *checked) notices(level codelist.Level) []codelist.Notice {
	var all []codelist.Notice
	for _, r := range c.Reports() {
		for _, n := range c.flagNotices(r) {
			if n.Level == level && !slices.Contains(all, n) {
				all = append(all, n)
			}
		}
	}
	return all
}

// flagNotices returns the notices of a report, with flags in place of Go options.
func (c *checked) flagNotices(r codelist.Report) []codelist.Notice {
	return program.FlagNotices(r.Notices(), c.Path, c.Name)
}

// sheets returns the sheets of a report that satisfy a condition.
func sheets(r codelist.Report, holds func(codelist.SheetReport) bool) []codelist.SheetReport {
	return slices.DeleteFunc(slices.Clone(r.Sheets), func(s codelist.SheetReport) bool { return !holds(s) })
}

// output writes to the file at a path, whole or not at all. If the path names no file, output writes to the stream.
func output(path string, stream io.Writer, write func(io.Writer) error) (err error) {
	out, err := program.CreateOutput(path, stream)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if err := write(out); err != nil {
		return err
	}
	return out.Commit()
}

// readReference reads the reference. A file that does not state its coding system is read in the system of the lists,
// if all lists have the same system.
func readReference(path string, files []checked, stderr io.Writer) (*codelist.Reference, error) {
	if path == "" {
		return nil, nil
	}
	read := func(opts ...codelist.Option) (*codelist.Reference, error) {
		file, err := program.Open("reference", path, "-reference")
		if err != nil {
			return nil, err
		}
		defer func() { _ = file.Close() }() // the file is only read
		return codelist.ParseReference(path, file, append(opts, xlsx.Workbooks(), codelist.AllowRejected())...)
	}
	ref, err := read()
	if sys := onlySystem(files); sys.IsValid() && errors.Is(err, codelist.ErrNoSystem) {
		if ref, err = read(codelist.CodingSystem(sys)); err == nil {
			fmt.Fprintf(stderr, "lint: %s does not state its coding system and is read as %v, like all the lists\n",
				path, sys)
		}
	}
	if err != nil {
		return nil, referenceError(err)
	}
	writeSheets(stderr, path, ref.Report())
	if n := ref.Report().Count(codelist.Rejected); n > 0 {
		for out := range ref.Report().Outcomes() {
			if out.Verdict == codelist.Rejected {
				fmt.Fprintf(stderr, "lint: %s: passed over %s that cannot be used, the first at %v: %.60q\n", path,
					program.Count(n, "row"), out.Pos, out.Raw)
				break
			}
		}
	}
	return ref, nil
}

// referenceError explains why a reference cannot be read. It names no options for columns and systems, because those
// options apply to lists and not to the reference.
func referenceError(err error) error {
	const plain = "a reference has one column of codes called icd10 or opcs4, and may have one of terms"
	e, ok := errors.AsType[*codelist.FileError](err)
	if !ok {
		return program.FlagError(err)
	}
	for _, settled := range []error{
		codelist.ErrNoSystem, codelist.ErrNoCodeColumn, codelist.ErrCodeColumns, codelist.ErrOtherSystem,
		codelist.ErrUnusedSigns, codelist.ErrRemovals,
	} {
		if errors.Is(err, settled) {
			e.Detail = plain
		}
	}
	return fmt.Errorf("reference: %w", program.FlagError(e, e.File))
}

// onlySystem returns the coding system that all entries of all lists share, or 0 if there is no such system.
func onlySystem(files []checked) coding.System {
	var only coding.System
	for _, c := range files {
		for _, l := range c.Lists {
			for _, e := range l.All() {
				sys := e.Prefix.System()
				if only != 0 && sys != only {
					return 0
				}
				only = sys
			}
		}
	}
	return only
}

// unchecked returns the systems that have entries in the lists, but no code in the reference.
func unchecked(files []checked) []coding.System {
	var systems []coding.System
	for _, c := range files {
		for _, v := range c.reviews {
			for _, sys := range v.Unchecked {
				if !slices.Contains(systems, sys) {
					systems = append(systems, sys)
				}
			}
		}
	}
	return systems
}
