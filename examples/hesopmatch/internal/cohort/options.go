package cohort

import (
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/match/cohort"
)

const synopsis = `cohort -icd10 FILE | -opcs4 FILE | -codelist FILE ... [options] INPUT...

` + program.InputHelp

// options are the command line.
type options struct {
	lists   program.Lists
	inputs  program.Inputs
	notices program.Notices

	person     string
	date       string
	attended   bool
	from, to   hesop.Date
	least      int
	dedupe     string
	orderBy    string
	format     string
	disclosure string          // as it was written, "" if it was not
	profile    *cohort.Profile // nil under none, and if -disclosure was not given
	summary    string
	output     string
	release    string
	compare    string
	manifest   string
	subsetBy   []string
	title      string
	svg        string
}

func parseOptions(args []string, std program.IO) (*options, error) {
	o := &options{}
	fs := flag.NewFlagSet("cohort", flag.ContinueOnError)
	o.lists.Register(fs)
	fs.StringVar(&o.person, "person", "", "`COLUMN` that identifies the person (default: found by its name)")
	fs.StringVar(&o.date, "date", "apptdate", "`COLUMN` that has the day of the appointment")
	fs.BoolVar(&o.attended, "attended", false, "only appointments at which the patient was seen (attended 5 and 6)")
	fs.Func("from", "only appointments on this `day` (yyyy-mm-dd) or later", program.Day(&o.from))
	fs.Func("to", "only appointments on this `day` or earlier", program.Day(&o.to))
	fs.IntVar(&o.least, "min", 1, "only people with `N` appointments or more of a list")
	fs.StringVar(&o.dedupe, "dedupe", "",
		"`COLUMN`, such as attendkey: of the appointments that have one value, only the first is taken")
	fs.StringVar(&o.orderBy, "order-by", "", "`COLUMN` that says which appointment is the first for -dedupe: the one "+
		"with the least value, compared as text, an empty one last (default: the first in the files)")
	fs.Var(program.OneOf{Words: []string{"csv", "html"}, Value: &o.format}, "format",
		"`csv|html`: a line for each person "+
			"and list, or a page of tables and charts (default csv, or with -release neither)")
	fs.Func("disclosure", disclosureHelp, o.setDisclosure)
	fs.StringVar(&o.summary, "summary", "", "`FILE` to write the numbers of the page to, as CSV")
	fs.StringVar(&o.release, "release", "",
		"`DIR` to make, with the page and its tables as -disclosure lets them out, "+
			"in the form that SACRO and ACRO read")
	fs.StringVar(&o.compare, "compare-release", "", "`DIR` of an earlier release of the same data: tells which of its "+
		"numbers "+
		"differ so little that the difference is of few people")
	fs.StringVar(&o.manifest, "manifest", "", "`FILE` to write an account of the run to, as JSON; it has exact numbers")
	fs.Func("subset-by", subsetHelp, o.addSubset)
	fs.Func("title", "`TEXT` to write as the title of the page (default: made of lists and years)", o.setTitle)
	fs.StringVar(&o.svg, "svg", "", "`DIR` to make, with each chart of the page as an SVG file of its own")
	o.inputs.Register(fs)
	o.notices.Register(fs)
	fs.StringVar(&o.output, "o", "", "`FILE` to write, instead of standard output (-)")
	if err := program.Parse(fs, args, std, synopsis); err != nil {
		return nil, err
	}
	o.inputs.Paths = fs.Args()
	o.inputs.Needs = o.needs
	return o, o.check()
}

const disclosureHelp = "the `RULE` for the numbers of page, summary and release: ukllc, nhse-sde, opensafely or " +
	"least=N,nearest=M hides what fewer than so many people stand behind, and rounds the rest; none shows exact " +
	"numbers, which " +
	"may not leave the environment"

// setTitle sets the title of the page.
func (o *options) setTitle(arg string) error {
	if strings.TrimSpace(arg) == "" {
		return errors.New("must be the title of the page, or be left away")
	}
	o.title = arg
	return nil
}

// setDisclosure sets the rule for numbers.
func (o *options) setDisclosure(arg string) error {
	o.disclosure, o.profile = arg, nil
	if arg == "none" {
		return nil
	}
	p, err := cohort.ParseProfile(arg)
	if err != nil {
		return fmt.Errorf("%w, or none", err)
	}
	o.profile = &p
	return nil
}

// check finds what is wrong with the options together.
func (o *options) check() error {
	if err := o.lists.Check(); err != nil {
		return err
	}
	if err := o.inputs.Check(); err != nil {
		return err
	}
	if o.format == "" && o.release == "" {
		o.format = "csv"
	}
	switch {
	case o.summary == "-" || o.manifest == "-" || o.release == "-" || o.svg == "-":
		return program.Usage("-summary, -manifest, -release and -svg name a file or folder each: - is standard " +
			"output, for -o alone")
	case o.title != "" && o.format != "html" && o.release == "":
		return program.Usage("-title names the page: it needs -format html or -release DIR")
	case strings.TrimSpace(o.date) == "":
		return program.Usage("-date: no column is called that")
	case o.least < 1:
		return program.Usage("-min %d: must be 1 or more", o.least)
	case o.orderBy != "" && o.dedupe == "":
		return program.Usage("-order-by %s says which appointment is the first for -dedupe COLUMN: give both, or "+
			"neither", o.orderBy)
	case o.from != (hesop.Date{}) && o.to != (hesop.Date{}) && o.from.Compare(o.to) > 0:
		return program.Usage("-from %v -to %v: no day is between them", o.from, o.to)
	}
	if err := o.written().Check("-o", "-summary", "-manifest", "-release", "-svg"); err != nil {
		return err
	}
	return o.checkDisclosure()
}

// checkDisclosure finds numbers that are told by no rule, and a rule for what has none.
func (o *options) checkDisclosure() error {
	const rules = "ukllc, nhse-sde, opensafely or least=N,nearest=M"
	switch {
	case o.release != "" && o.format == "csv":
		return program.Usage("-format csv cannot be written beside -release: leave -format away, or take html")
	case o.profile != nil && o.format == "csv":
		return program.Usage("-disclosure %s: nothing can be hidden in a line for each person; take -format html, "+
			"-summary for "+
			"the numbers as CSV, or -release", o.disclosure)
	case o.format == "" && o.output != "":
		return program.Usage("-o %s: the folder of -release has all files; take -format html to write the page there "+
			"as well",
			o.output)
	case o.release != "" && o.profile == nil:
		return program.Usage("-release needs a rule that hides and rounds: -disclosure %s", rules)
	case o.compare != "" && o.profile == nil:
		return program.Usage("-compare-release compares what is released: it needs -disclosure %s", rules)
	case o.disclosure != "":
		return nil
	case o.format == "html":
		return program.Usage("-format html needs a rule for its numbers: -disclosure %s, or none, which shows exact "+
			"numbers",
			rules)
	case o.svg != "":
		return program.Usage("-svg needs a rule for its numbers: -disclosure %s, or none, which shows exact numbers",
			rules)
	case o.summary != "":
		return program.Usage("-summary needs a rule for its numbers: -disclosure %s, or none, which shows exact "+
			"numbers",
			rules)
	}
	return nil
}

func (o *options) written() program.Written {
	return program.Written{
		Written: []string{o.output, o.summary, o.manifest, o.release, o.svg},
		Read:    slices.Concat(o.lists.Paths(), o.inputs.Files(), o.subsetFiles(), o.earlierFiles()),
	}
}

// earlierFiles returns what -compare-release reads.
func (o *options) earlierFiles() []string {
	if o.compare == "" {
		return nil
	}
	return []string{filepath.Join(o.compare, summaryFile)}
}

// cohort are the options of the cohort itself.
func (o *options) cohort() []cohort.Option {
	opts := []cohort.Option{
		cohort.PersonColumn(o.person), cohort.DateColumn(o.date), cohort.AtLeast(o.least),
		cohort.Workers(o.inputs.Workers),
	}
	if o.from.IsValid() {
		opts = append(opts, cohort.From(o.from))
	}
	if o.to.IsValid() {
		opts = append(opts, cohort.To(o.to))
	}
	if o.inputs.Block > 0 {
		opts = append(opts, cohort.BlockSize(o.inputs.Block))
	}
	if o.attended {
		opts = append(opts, cohort.Attended())
	}
	if o.dedupe != "" {
		opts = append(opts, cohort.Once(o.dedupe))
	}
	if o.orderBy != "" {
		opts = append(opts, cohort.OrderBy(o.orderBy))
	}
	if o.tells() {
		opts = append(opts, cohort.WithTotals())
	}
	return opts
}

// needs returns the columns that a cohort is made of: of the day, the person and the key, and those of the tables.
func (o *options) needs(r *hesop.Reader) (names []string, ok bool) {
	for _, name := range []string{o.date, o.person, o.dedupe, o.orderBy} {
		if name != "" {
			names = append(names, name)
		}
	}
	if o.person == "" {
		person, err := r.Person()
		if err != nil {
			return nil, false
		}
		names = append(names, person.Name())
	}
	for _, name := range []string{"fyear", "tretspef", "sex", "apptage", "apptage_calc"} {
		if program.HasColumns(r, name) {
			names = append(names, name)
		}
	}
	return names, program.HasColumns(r, names...)
}

// words are the options that bear on the numbers, as they are written, for an account of
// them.
func (o *options) words() []string {
	words := []string{
		"-descendants " + o.lists.Descendants, "-headings " + o.lists.Headings, "-fields " + o.inputs.Fields,
		"-min " + strconv.Itoa(o.least),
	}
	if o.disclosure != "" {
		words = append(words, "-disclosure "+o.disclosure)
	}
	for name, set := range map[string]bool{
		"-attended": o.attended, "-primary": o.inputs.Primary, "-skip-bad-rows": o.inputs.SkipBad,
		"-lenient": o.lists.Lenient, "-allow-broad": o.lists.AllowBroad, "-allow-removals": o.lists.AllowRemovals,
	} {
		if set {
			words = append(words, name)
		}
	}
	for name, value := range map[string]string{
		"-person": o.person, "-dedupe": o.dedupe, "-order-by": o.orderBy, "-group": o.lists.Group,
		"-sheet":          o.lists.Sheet,
		"-exclude-column": o.lists.ExcludeColumn, "-exclude-when": o.lists.ExcludeWhen,
		"-system-column": o.lists.SystemColumn,
		"-code-column":   o.lists.CodeColumn, "-header": base(o.inputs.Header),
	} {
		if value != "" {
			words = append(words, name+" "+value)
		}
	}
	if o.lists.HeaderRow != 0 {
		words = append(words, "-header-row "+strconv.Itoa(o.lists.HeaderRow))
	}
	if o.inputs.Delimiter != 0 {
		words = append(words, "-delimiter "+strconv.Quote(string(o.inputs.Delimiter)))
	}
	if o.inputs.RawWidth != 0 {
		words = append(words, "-raw-width "+strconv.Itoa(o.inputs.RawWidth))
	}
	for _, arg := range o.subsetBy {
		words = append(words, "-subset-by "+base(arg))
	}
	for _, arg := range o.inputs.Renames {
		words = append(words, "-rename "+arg)
	}
	if o.date != "apptdate" {
		words = append(words, "-date "+o.date)
	}
	for name, day := range map[string]hesop.Date{"-from": o.from, "-to": o.to} {
		if day != (hesop.Date{}) {
			words = append(words, name+" "+day.String())
		}
	}
	slices.Sort(words)
	return words
}

// base is the name of a file without its folders, which may say more than is to leave.
func base(path string) string {
	if path == "" {
		return ""
	}
	return filepath.Base(path)
}

// tells reports whether tables of numbers are written.
func (o *options) tells() bool {
	return o.format == "html" || o.summary != "" || o.release != "" || o.compare != "" || o.svg != ""
}

// isDated reports whether appointments are chosen by their date.
func (o *options) isDated() bool { return o.from != (hesop.Date{}) || o.to != (hesop.Date{}) }
