package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"hesopmatch/examples/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

const synopsis = "flag -icd10 FILE | -opcs4 FILE | -codelist FILE ... [options] INPUT..."

// options are the command line.
type options struct {
	lists program.Lists

	rows     string
	format   string
	columns  []string
	fields   string
	primary  bool
	workers  int
	block    int // bytes that a worker takes, 0 for the default; only tests set it
	skipBad  bool
	delim    byte
	header   string
	output   string
	manifest string
	quality  string
	inputs   []string
}

// mostDefault is the most workers that are not asked for: with more the output is what
// the rest waits for, and others may be at work on the machine.
const mostDefault = 8

func parseOptions(args []string, stderr io.Writer) (*options, error) {
	o := &options{rows: "matched", format: "wide", fields: "all"}
	fs := flag.NewFlagSet("flag", flag.ContinueOnError)
	o.lists.Register(fs)
	fs.Var(program.OneOf{Words: []string{"matched", "all"}, Value: &o.rows}, "rows", "rows to write, `matched|all`")
	fs.Var(program.OneOf{Words: []string{"wide", "hits"}, Value: &o.format}, "format",
		"`wide|hits`: the rows with a column for each list, or a line for each value that matched")
	fs.Func("columns", "columns of the input to write, `a,b,...` (wide; default: all)", o.setColumns)
	fs.Var(program.OneOf{Words: []string{"all", "positional", "concat"}, Value: &o.fields}, "fields",
		"code fields to read, `all|positional|concat`")
	fs.BoolVar(&o.primary, "primary", false, "match codes in the first position only")
	fs.IntVar(&o.workers, "workers", min(runtime.GOMAXPROCS(0), mostDefault), "`N` goroutines that read and match")
	fs.BoolVar(&o.skipBad, "skip-bad-rows", false, "skip and count rows with too few or too many fields")
	fs.Func("delimiter", "`delimiter` of the input, one character or tab (default: found from the header)", o.setDelimiter)
	fs.StringVar(&o.header, "header", "", "`FILE` with the column names of inputs that have no header")
	fs.StringVar(&o.output, "o", "", "`FILE` to write, instead of standard output")
	fs.StringVar(&o.manifest, "manifest", "", "`FILE` to write an account of the run to, as JSON")
	fs.StringVar(&o.quality, "quality", "", "`FILE` to write what the data say of their quality to, as JSON")
	if err := program.Parse(fs, args, stderr, synopsis); err != nil {
		return nil, err
	}
	o.inputs = fs.Args()
	return o, o.check()
}

func (o *options) setColumns(arg string) error {
	o.columns = strings.Split(arg, ",")
	for i, name := range o.columns {
		name = strings.TrimSpace(name)
		o.columns[i] = name
		if name == "" {
			return errors.New("a column without a name")
		}
		if slices.ContainsFunc(o.columns[:i], func(other string) bool { return strings.EqualFold(other, name) }) {
			return fmt.Errorf("column %q twice", name)
		}
	}
	return nil
}

func (o *options) setDelimiter(arg string) error {
	switch {
	case arg == "tab", arg == `\t`:
		o.delim = '\t'
	case len(arg) == 1 && ' ' < arg[0] && arg[0] < 0x7F && arg[0] != '"' && !isLetterOrDigit(arg[0]):
		o.delim = arg[0]
	default:
		return errors.New("must be one character that is no letter, digit, space or quote, or tab")
	}
	return nil
}

func isLetterOrDigit(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// check finds what is wrong with the options together.
func (o *options) check() error {
	if err := o.lists.Check(); err != nil {
		return err
	}
	switch {
	case len(o.inputs) == 0:
		return program.Usage("no input: name a file of appointments, or - for standard input")
	case o.workers < 1 || o.workers > match.MaxWorkers:
		return program.Usage("-workers %d: must be 1 to %d", o.workers, match.MaxWorkers)
	case o.columns != nil && o.format == "hits":
		return program.Usage("-columns goes with -format wide; the columns of hits are fixed")
	}
	stdin := false
	for _, input := range o.inputs {
		if input == "-" && stdin {
			return program.Usage("standard input (-) named twice")
		}
		stdin = stdin || input == "-"
	}
	if path := o.writtenOver(func(a, b string) bool { return filepath.Clean(a) == filepath.Clean(b) }); path != "" {
		return program.Usage("%s would be overwritten: it is named once more", path)
	}
	return nil
}

// checkFiles finds what only the files show: one that is to be written and is also
// read, under another name.
func (o *options) checkFiles() error {
	if path := o.writtenOver(program.SameFile); path != "" {
		return fmt.Errorf("%s is to be written and is also read or written under another name", path)
	}
	return nil
}

// writtenOver is a path that is to be written and is the same as another one.
func (o *options) writtenOver(same func(a, b string) bool) string {
	others := append(o.lists.Paths(), o.header)
	for _, input := range o.inputs {
		if input != "-" {
			others = append(others, input)
		}
	}
	for _, path := range []string{o.output, o.manifest, o.quality} {
		for _, other := range others {
			if path != "" && other != "" && same(path, other) {
				return path
			}
		}
		others = append(others, path)
	}
	return ""
}

// inputName is what messages call an input.
func inputName(path string) string {
	if path == "-" {
		return "standard input"
	}
	return path
}

// readerOptions are what the reader of an input is opened with.
func (o *options) readerOptions(input string, onSkip func(error)) ([]hesop.Option, error) {
	opts := []hesop.Option{hesop.FileName(inputName(input)), hesop.ReadFields(o.readFields())}
	if o.delim != 0 {
		opts = append(opts, hesop.Delimiter(o.delim))
	}
	if o.skipBad {
		opts = append(opts, hesop.SkipBadRows(onSkip))
	}
	if o.header != "" {
		names, err := readNames(o.header)
		if err != nil {
			return nil, err
		}
		opts = append(opts, hesop.Names(names...))
	}
	return opts, nil
}

func (o *options) readFields() hesop.Fields {
	switch o.fields {
	case "positional":
		return hesop.PositionalFields
	case "concat":
		return hesop.ConcatenatedFields
	default:
		return hesop.AllFields
	}
}

// readNames reads the names of a -header file.
func readNames(path string) ([]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	names, err := hesop.ReadNames(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return names, nil
}
