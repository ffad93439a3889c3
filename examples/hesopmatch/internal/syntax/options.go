package syntax

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/match/syntax"
)

// codes is the word of -what for the table of codes itself, which is not a script.
const codes = "codes"

// submission is the word of -dialect for a codelist to submit, which is not a script.
const submission = "submission"

// isScript reports whether the command writes a script.
func (o *options) isScript() bool { return o.what != codes && o.dialect != submission }

// The words of -codes. Any other value is the path of a file.
const (
	inline  = "inline"
	inTable = "table"
)

// options holds the command line.
type options struct {
	program.Filters

	lists   program.Lists
	inputs  program.Inputs // only for the options about columns; there are no paths
	notices program.Notices
	flags   *program.Flags // the options of the command line

	dialect   string
	dots      bool
	what      string
	tableName []string
	layout    string
	columnsOf string
	keep      []string
	codes     string
	output    string
}

func parseOptions(args []string, std program.IO) (*options, error) {
	o := &options{}
	fs := program.NewFlags("syntax")
	o.flags = fs
	o.lists.Register(fs)
	fs.Word("dialect", &o.dialect)
	fs.Switch("dots", &o.dots)
	fs.Word("what", &o.what)
	fs.Func("table", func(arg string) (err error) {
		o.tableName, err = splitTable(arg)
		return err
	})
	fs.Word("layout", &o.layout)
	fs.Text("columns-of", &o.columnsOf)
	fs.Func("keep", func(arg string) (err error) {
		o.keep, err = program.ColumnNames(arg)
		return err
	})
	o.RegisterFilters(fs)
	fs.Text("codes", &o.codes)
	o.inputs.RegisterColumns(fs)
	o.notices.Register(fs)
	fs.Text("o", &o.output)
	if err := fs.Parse(args, std); err != nil {
		return nil, err
	}
	return o, o.check()
}

func words[T ~string](all []T) []string {
	texts := make([]string, len(all))
	for i, one := range all {
		texts[i] = string(one)
	}
	return texts
}

func dialectWords() []string { return append(words(syntax.Dialects()), submission) }

func layouts() []hesop.Layout {
	return []hesop.Layout{hesop.UKLLC, hesop.National, hesop.UKLLCOther, hesop.CPRD}
}

func layoutWords() (words []string) {
	for _, l := range layouts() {
		words = append(words, l.String())
	}
	return words
}

// check fails if the options contradict each other.
func (o *options) check() error {
	if err := o.lists.Check(); err != nil {
		return err
	}
	if len(o.flags.Args()) > 0 {
		return program.Usage("%s: syntax reads no appointments; -columns-of names a file with the columns of "+
			"the table",
			program.Plain(o.flags.Args()[0]))
	}
	if o.codes == "-" {
		return program.Usage("-codes -: standard output is for the script; name a file, or leave -codes out")
	}
	if err := o.written().Check("-o", "-codes"); err != nil {
		return err
	}
	switch {
	case o.what == codes:
		return nil
	case o.dialect == submission:
		return o.checkSubmission()
	case o.dots:
		return program.Usage("-dots goes with -dialect submission: a script compares codes, with dots or without")
	}
	if err := o.checkColumns(); err != nil {
		return err
	}
	return o.checkFilters()
}

// checkSubmission fails if -dialect submission has more than one codelist.
func (o *options) checkSubmission() error {
	if o.dialect == submission && o.what != codes && len(o.lists.Files()) > 1 {
		return program.Usage("-dialect submission writes the file of one codelist, but %d are named: write one "+
			"after the other", len(o.lists.Files()))
	}
	return nil
}

// checkColumns fails if the options for the columns of the table are missing or wrong.
func (o *options) checkColumns() error {
	isUKLLC := o.layout == hesop.UKLLC.String() || o.layout == hesop.UKLLCOther.String()
	switch {
	case o.dialect == "":
		return program.Usage("no dialect: -dialect %s", strings.Join(dialectWords(), "|"))
	case o.layout != "" && o.columnsOf != "":
		return program.Usage("-layout %s and -columns-of both say which columns the table has: give one", o.layout)
	case o.layout == "" && o.columnsOf == "":
		return program.Usage("no columns: name the columns of the table with -layout %s, or with -columns-of FILE "+
			"for those of a file",
			strings.Join(layoutWords(), "|"))
	case o.columnsOf == "" && (o.inputs.Header != "" || o.inputs.Delimiter != 0):
		return program.Usage("-header and -delimiter are for the file of -columns-of, which is not given")
	case o.columnsOf == "-":
		return program.Usage("-columns-of -: standard input is not read; name a file")
	case o.what == string(syntax.People) && o.Person == "" && isUKLLC:
		return program.Usage("-what people needs the person, which in -layout %s is llc_NNNN_stud_id with the "+
			"number of the project: -person llc_0042_stud_id", o.layout)
	}
	return nil
}

// checkFilters fails if the filters contradict each other or the kind of script.
func (o *options) checkFilters() error {
	if err := o.CheckFilters(); err != nil {
		return err
	}
	switch isRow := o.what == string(syntax.Flags) || o.what == string(syntax.Hits); {
	case o.keep != nil && !isRow:
		return program.Usage("-keep goes with -what flags and hits: a row of %s is not an appointment", o.what)
	case o.Min > 1 && o.what != string(syntax.People):
		return program.Usage("-min goes with -what people: %s have no person", o.what)
	case o.Dedupe != "" && o.OrderBy == "":
		return program.Usage("-dedupe %s needs -order-by COLUMN: a table has no order, so a column must say which "+
			"appointment is the first", o.Dedupe)
	}
	return nil
}

// codesFile returns the path of the file for the table of codes, or "" if there is no such file.
func (o *options) codesFile() string {
	if o.codes == inline || o.codes == inTable || !o.isScript() {
		return ""
	}
	return o.codes
}

func (o *options) written() program.Written {
	return program.Written{
		Written: []string{o.output, o.codesFile()},
		Read:    append(o.lists.Paths(), o.columnsOf, o.inputs.Header, o.flags.Config()),
	}
}

// scriptOptions returns the options of the script itself.
func (o *options) scriptOptions() []syntax.Option {
	opts := []syntax.Option{
		syntax.Ask(syntax.What(o.what)), syntax.DateColumn(o.Date), syntax.AtLeast(o.Min),
		syntax.PersonColumn(o.Person),
	}
	switch o.codes {
	case inline:
	case inTable:
		opts = append(opts, syntax.PlaceCodes(syntax.InTable))
	default:
		opts = append(opts, syntax.PlaceCodes(syntax.Separate))
	}
	if o.tableName != nil {
		opts = append(opts, syntax.Table(o.tableName...))
	}
	if o.keep != nil {
		opts = append(opts, syntax.Keep(o.keep...))
	}
	if o.Attended {
		opts = append(opts, syntax.Attended())
	}
	if o.From.IsValid() {
		opts = append(opts, syntax.From(o.From))
	}
	if o.To.IsValid() {
		opts = append(opts, syntax.To(o.To))
	}
	if o.Dedupe != "" {
		opts = append(opts, syntax.Once(o.Dedupe), syntax.OrderBy(o.OrderBy))
	}
	return opts
}

// noteUnused notes the given options that have no effect because the output is not a script.
func (o *options) noteUnused(asked string) {
	var unused []string
	for _, name := range o.flags.AllGiven() {
		switch name {
		case "what", "dots":
			if o.what != codes == (name == "what") {
				unused = append(unused, "-"+name)
			}
		case "table", "layout", "columns-of", "keep", "person", "date", "attended", "from", "to", "min", "dedupe",
			"order-by", "codes", "primary", "fields", "rename", "raw-width", "header", "delimiter":
			unused = append(unused, "-"+name)
		}
	}
	if len(unused) > 0 {
		o.notices.Note("%s ignores %s", asked, strings.Join(unused, ", "))
	}
}

// noteDate notes a -date that the script does not use.
func (o *options) noteDate() {
	if o.flags.Given("date") && o.From == (hesop.Date{}) && o.To == (hesop.Date{}) &&
		!slices.Contains([]string{string(syntax.People), string(syntax.Counts)}, o.what) {
		o.notices.Note("-date %s is not used: %s without -from and -to do not use days", o.Date, o.what)
	}
}

// splitTable splits the name of a table at its dots. A part that begins with ", [ or ` ends with ", ] or `. A closing
// character inside the part is doubled.
func splitTable(arg string) (parts []string, err error) {
	for rest := arg; ; {
		var part string
		if part, rest, err = cutPart(rest); err != nil {
			return nil, err
		}
		if strings.TrimSpace(part) == "" {
			return nil, errors.New("a name is empty")
		}
		parts = append(parts, part)
		if rest == "" {
			return parts, nil
		}
		rest = rest[1:] // past the dot
	}
}

// cutPart returns the first part of the name of a table, and the rest, which begins with a dot or is empty.
func cutPart(text string) (part, rest string, err error) {
	closes := map[byte]string{'"': `"`, '[': "]", '`': "`"}
	if text == "" || closes[text[0]] == "" {
		if dot := strings.IndexByte(text, '.'); dot >= 0 {
			return text[:dot], text[dot:], nil
		}
		return text, "", nil
	}
	end := closes[text[0]]
	for at := 1; at < len(text); at++ {
		switch {
		case text[at:at+1] != end:
		case strings.HasPrefix(text[at+1:], end):
			at++
		case at+1 == len(text) || text[at+1] == '.':
			return strings.ReplaceAll(text[1:at], end+end, end), text[at+1:], nil
		default:
			return "", "", fmt.Errorf("only a dot may follow the %s that ends a part", end)
		}
	}
	return "", "", fmt.Errorf("a part begins with %c and has no %s at its end", text[0], end)
}
