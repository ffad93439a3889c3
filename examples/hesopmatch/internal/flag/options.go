package flag

import (
	"slices"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
)

// options are the options of the command line.
type options struct {
	flags   *program.Flags // the flags that set these options
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
	o := &options{}
	fs := program.NewFlags("flag")
	o.flags = fs
	o.lists.Register(fs)
	fs.Word("rows", &o.rows)
	fs.Text("person", &o.person)
	fs.Word("format", &o.format)
	fs.Word("values", &o.values)
	fs.Word("names", &o.names)
	fs.Func("columns", func(arg string) (err error) {
		o.columns, err = program.ColumnNames(arg)
		return err
	})
	fs.Switch("union", &o.union)
	o.inputs.Register(fs)
	o.notices.Register(fs)
	fs.Text("o", &o.output)
	fs.Text("manifest", &o.manifest)
	fs.Text("quality", &o.quality)
	if err := fs.Parse(args, std); err != nil {
		return nil, err
	}
	o.inputs.Paths = fs.Args()
	o.inputs.Needs = o.needs
	return o, o.check()
}

// unionOfStream states why -union refuses an input.
const unionOfStream = "-union needs the columns of all inputs before it reads one, but a stream can be opened only " +
	"once: save it as a file, or make it the only input"

// peopleOfStream states why -rows people refuses an input.
const peopleOfStream = "-rows people reads the inputs twice, but a stream can be read only once: save it as a file"

// needs returns the columns to read in addition to the code columns. It returns false if all columns are to be read.
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

// check refuses options that contradict each other.
func (o *options) check() error {
	if err := o.lists.Check(); err != nil {
		return err
	}
	if err := o.inputs.Check(); err != nil {
		return err
	}
	if o.rows == "all" && o.format == "hits" {
		o.notices.Note("-rows all has no effect: only rows that match have hits")
	}
	switch {
	case o.flags.Given("values") && o.format == "hits":
		return program.Usage("-values %s: hits are matches only and have no column for the answer; use -format "+
			"wide", o.values)
	case o.union && o.format == "hits" && o.columns == nil:
		return program.Usage("-union: hits have no columns of the input without -columns: name some, or leave out " +
			"-union")
	case o.union && len(o.inputs.Paths) > 1 && slices.Contains(o.inputs.Paths, "-"):
		return program.Usage("standard input: %s", unionOfStream)
	case o.rows == "people" && o.format == "hits":
		return program.Usage("-rows people: only rows that match have hits, and the people have other rows too; use " +
			"-format wide")
	case o.rows == "people" && slices.Contains(o.inputs.Paths, "-"):
		return program.Usage("standard input: %s", peopleOfStream)
	case o.rows != "people" && o.person != "":
		return program.Usage("-person names the column of the person for -rows people: give both, or neither")
	}
	for option, path := range map[string]string{"-manifest": o.manifest, "-quality": o.quality} {
		if path == "-" {
			return program.Usage("%s -: standard output is for the rows; name a file", option)
		}
	}
	return o.written().Check("-o", "-manifest", "-quality")
}

// writesIdentifiers reports whether the output may have identifiers that other programs will read: the output has the
// rows of people, or it is a file with columns of the input.
func (o *options) writesIdentifiers() bool {
	isFile := o.output != "" && o.output != "-"
	return o.rows == "people" || isFile && (o.format == "wide" || o.columns != nil)
}

func (o *options) written() program.Written {
	return program.Written{
		Written: []string{o.output, o.manifest, o.quality},
		Read:    append(o.lists.Paths(), append(o.inputs.Files(), o.flags.Config())...),
	}
}
