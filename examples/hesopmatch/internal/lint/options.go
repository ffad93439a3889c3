package lint

import (
	"io"
	"os"
	"path/filepath"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/examples/hesopmatch/internal/program"
)

// options are the options of the command line.
type options struct {
	lists     program.Lists
	notices   program.Notices
	format    string
	reference string
	diff      bool
	output    string
}

func parseOptions(args []string, std program.IO) (*options, error) {
	o := &options{}
	fs := program.NewFlags("lint")
	o.lists.Register(fs)
	o.notices.Register(fs)
	fs.Word("format", &o.format)
	fs.Text("reference", &o.reference)
	fs.Switch("diff", &o.diff)
	fs.Text("o", &o.output)
	if err := fs.Parse(args, std); err != nil {
		return nil, err
	}
	for _, path := range fs.Args() {
		if err := o.lists.Add(path); err != nil {
			return nil, program.Usage("%q: %v", path, err)
		}
	}
	if err := o.expand(std.Stderr); err != nil {
		return nil, err
	}
	return o, o.check()
}

// expand replaces patterns and folders by the files that they name, and writes notes that list these files.
func (o *options) expand(stderr io.Writer) error {
	var notices program.Notices
	if err := o.lists.Expand(&notices); err != nil {
		return err
	}
	var b strings.Builder
	notices.Write(&b)
	_, err := io.WriteString(stderr, b.String())
	return err
}

// level returns the level of a finding in the formats for programs. A finding that makes the run fail has the level
// "error". Rejected rows that -lenient leaves out have the level "warning".
func (o *options) level(f *finding) codelist.Level {
	switch {
	case f.kind == kindRejected && o.lists.Lenient:
		return codelist.LevelWarning
	case f.kind == kindWarning && o.notices.Warnings == "error":
		return codelist.LevelError
	default:
		return f.level
	}
}

// check refuses options that contradict each other.
func (o *options) check() error {
	paths := o.lists.Paths()
	switch {
	case len(paths) == 0:
		return program.Usage("no codelist: name a file, or one with -icd10, -opcs4 or -codelist")
	case o.diff && len(paths) != 2:
		return program.Usage("-diff compares two lists, not %d", len(paths))
	case o.diff && o.lists.Group != "":
		return program.Usage("-diff does not go with -group, which makes many lists of one file")
	case o.diff && (o.format == "github" || o.format == "sarif"):
		return program.Usage("-diff does not go with -format %s, which reports on single lists: use text, csv or json",
			o.format)
	case o.diff && o.reference != "":
		return program.Usage("-diff does not go with -reference")
	}
	for _, path := range append(paths, o.reference) {
		if o.output != "" && o.output != "-" && path != "" &&
			(filepath.Clean(path) == filepath.Clean(o.output) || program.SameFile(path, o.output)) {
			return program.Usage("%s would be overwritten: it is also read", o.output)
		}
	}
	return o.lists.CheckOptions()
}

// noColour is the environment variable with which users turn off colour in many programs.
const noColour = "NO_COLOR" //nolint:misspell // its name

// colour reports whether to colour the output: on a terminal, unless the user has set noColour.
func (o *options) colour(stdout io.Writer) bool {
	return (o.output == "" || o.output == "-") && program.IsTerminal(stdout) && os.Getenv(noColour) == ""
}
