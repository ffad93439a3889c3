package flag

import (
	"flag"
	"slices"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
)

const synopsis = `flag -icd10 FILE | -opcs4 FILE | -codelist FILE ... [options] INPUT...

` + program.InputHelp

// options are the command line.
type options struct {
	lists   program.Lists
	notices program.Notices

	inputs   program.Inputs
	rows     string
	person   string
	format   string
	values   string
	names    string
	columns  []string
	union    bool
	output   string
	manifest string
	quality  string
}

func parseOptions(args []string, std program.IO) (*options, error) {
	o := &options{rows: "matched", format: "wide", values: "codes", names: "given"}
	fs := flag.NewFlagSet("flag", flag.ContinueOnError)
	o.lists.Register(fs)
	fs.Var(program.OneOf{Words: []string{"matched", "all", "people"}, Value: &o.rows}, "rows",
		"rows to write, `matched|all|people`: those that match a list, all, or all of people who match one in any row")
	fs.StringVar(&o.person, "person", "",
		"`COLUMN` that identifies the person for -rows people (default: found by its name)")
	fs.Var(program.OneOf{Words: []string{"wide", "hits"}, Value: &o.format}, "format",
		"`wide|hits`: the rows with a column for each list, or a line for each value that matched")
	fs.Var(program.OneOf{Words: []string{"codes", "words"}, Value: &o.values}, "values",
		"what wide writes for match, no match and unknown, `codes|words`: 1, 0 and nothing, or these words")
	fs.Var(program.OneOf{Words: []string{"given", "safe"}, Value: &o.names}, "names",
		"names of lists in the output, `given|safe`: as they are, or as Stata and R take them for variables")
	const help = "columns of the input to write, `a,b,...` (default: all in wide, none behind hits)"
	fs.Func("columns", help, func(arg string) (err error) {
		o.columns, err = program.ColumnNames(arg)
		return err
	})
	fs.BoolVar(&o.union, "union", false,
		"write all columns that any input has, or those of -columns; one that an input lacks is empty there")
	o.inputs.Register(fs)
	o.notices.Register(fs)
	fs.StringVar(&o.output, "o", "", "`FILE` to write, instead of standard output (-)")
	fs.StringVar(&o.manifest, "manifest", "", "`FILE` to write an account of the run to, as JSON")
	fs.StringVar(&o.quality, "quality", "", "`FILE` to write what the data say of their quality to, as JSON")
	if err := program.Parse(fs, args, std, synopsis); err != nil {
		return nil, err
	}
	o.inputs.Paths = fs.Args()
	o.inputs.Needs = o.needs
	return o, o.check()
}

// unionOfStream says why -union refuses an input.
const unionOfStream = "-union needs the columns of all inputs before it reads one, and a stream can be opened once: " +
	"save it as a file, or make it the only input"

// peopleOfStream says why -rows people refuses an input.
const peopleOfStream = "-rows people reads the inputs twice, and a stream can be read once: save it as a file"

// needs returns the columns that are written; quality looks at all.
func (o *options) needs(r *hesop.Reader) (names []string, ok bool) {
	if o.quality != "" || o.format != "hits" && o.columns == nil {
		return nil, false
	}
	for _, name := range o.columns {
		if !o.union || program.HasColumns(r, name) {
			names = append(names, name)
		}
	}
	if o.rows == "people" {
		person, err := o.personColumn(r)
		if err != nil {
			return nil, false
		}
		names = append(names, person.Name())
	}
	return names, program.HasColumns(r, names...)
}

// check finds what is wrong with the options together.
func (o *options) check() error {
	if err := o.lists.Check(); err != nil {
		return err
	}
	if err := o.inputs.Check(); err != nil {
		return err
	}
	if o.values == "words" && o.format == "hits" {
		return program.Usage("-values words: hits are matches alone and have no such column; take -format wide")
	}
	switch {
	case o.union && o.format == "hits" && o.columns == nil:
		return program.Usage("-union: hits have no columns of the input without -columns: name some, or leave -union " +
			"away")
	case o.union && len(o.inputs.Paths) > 1 && slices.Contains(o.inputs.Paths, "-"):
		return program.Usage("standard input: %s", unionOfStream)
	case o.rows == "people" && o.format == "hits":
		return program.Usage("-rows people: hits are of rows that match, and the other rows of the people have none; " +
			"take -format wide")
	case o.rows == "people" && slices.Contains(o.inputs.Paths, "-"):
		return program.Usage("standard input: %s", peopleOfStream)
	case o.rows != "people" && o.person != "":
		return program.Usage("-person names the person for -rows people: give both, or neither")
	}
	for option, path := range map[string]string{"-manifest": o.manifest, "-quality": o.quality} {
		if path == "-" {
			return program.Usage("%s -: standard output is for the rows; name a file", option)
		}
	}
	return o.written().Check("-o", "-manifest", "-quality")
}

func (o *options) written() program.Written {
	return program.Written{
		Written: []string{o.output, o.manifest, o.quality},
		Read:    append(o.lists.Paths(), o.inputs.Files()...),
	}
}
