package cohort

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/match/cohort"
)

// options holds the options of the command line.
type options struct {
	program.Filters

	flags   *program.Flags // the source of the options
	lists   program.Lists
	inputs  program.Inputs
	notices program.Notices

	format     string
	disclosure string          // as written, "" if not given
	profile    *cohort.Profile // nil under the rule "none", or if -disclosure was not given
	summary    string
	output     string
	release    string
	compare    string
	manifest   string
	subsetBy   []string
	related    []related
	quality    string
	methods    string
	part       string
	merge      []string // parts to read
	bands      []int    // ages at which bands begin, from 0; nil if not asked for
	title      string
	svg        string
}

func parseOptions(args []string, std program.IO) (*options, error) {
	o := &options{}
	fs := program.NewFlags("cohort")
	o.flags = fs
	o.lists.Register(fs)
	o.RegisterFilters(fs)
	fs.Word("format", &o.format)
	fs.Func("disclosure", o.setDisclosure)
	fs.Text("summary", &o.summary)
	fs.Text("release", &o.release)
	fs.Text("compare-release", &o.compare)
	fs.Text("manifest", &o.manifest)
	fs.Func("subset-by", o.addSubset)
	fs.Func("with", o.relate("-with", false, false))
	fs.Func("without", o.relate("-without", true, false))
	fs.Func("with-before", o.relate("-with-before", false, true))
	fs.Func("without-before", o.relate("-without-before", true, true))
	fs.Func("bands", o.setBands)
	fs.Text("quality", &o.quality)
	fs.Text("methods", &o.methods)
	fs.Text("part", &o.part)
	fs.Func("merge", o.addPart)
	fs.Func("title", o.setTitle)
	fs.Text("svg", &o.svg)
	o.inputs.Register(fs)
	o.notices.Register(fs)
	fs.Text("o", &o.output)
	if err := fs.Parse(args, std); err != nil {
		return nil, err
	}
	o.inputs.Paths = fs.Args()
	o.inputs.Needs, o.inputs.Optional = o.needs, len(o.merge) > 0
	return o, o.check()
}

// setTitle sets the title of the page.
func (o *options) setTitle(arg string) error {
	if strings.TrimSpace(arg) == "" {
		return errors.New("must be the title of the page; for the default title, leave the option out")
	}
	o.title = arg
	return nil
}

// setDisclosure sets the disclosure rule.
func (o *options) setDisclosure(arg string) error {
	o.disclosure, o.profile = arg, nil
	if arg == "none" {
		return nil
	}
	p, err := cohort.ParseProfile(arg)
	if err != nil {
		words := []string{"ukllc", "nhse-sde", "opensafely", "none"}
		return fmt.Errorf("%s%s, or none", program.DidYouMean(arg, "", words),
			strings.TrimPrefix(err.Error(), cohort.ErrOption.Error()+": "))
	}
	o.profile = &p
	return nil
}

// check refuses options that contradict each other.
func (o *options) check() error {
	if err := o.lists.Check(); err != nil {
		return err
	}
	if err := o.inputs.Check(); err != nil {
		return err
	}
	if err := o.CheckFilters(); err != nil {
		return err
	}
	if o.format == "" && o.release == "" && (o.part == "" || o.output != "") {
		o.format = "csv"
	}
	switch {
	case slices.Contains([]string{o.summary, o.manifest, o.release, o.quality, o.methods, o.part, o.svg}, "-"):
		return program.Usage("-summary, -manifest, -quality, -methods, -release, -svg and -part each name a file or " +
			"folder: only -o takes - for standard output")
	case o.title != "" && o.format != "html" && o.release == "":
		return program.Usage("-title names the page: it needs -format html or -release DIR")
	case o.bands != nil && !o.hasTables() && !o.isPart():
		return program.Usage("-bands %s applies to tables by age: it needs -format html, -summary or -release",
			o.writtenBands())
	}
	err := o.written().Check("-o", "-summary", "-manifest", "-quality", "-methods", "-release", "-part", "-svg")
	if err != nil {
		return err
	}
	if err := o.checkPart(); err != nil {
		return err
	}
	if err := o.checkQuality(); err != nil {
		return err
	}
	if err := o.checkMethods(); err != nil {
		return err
	}
	return o.checkDisclosure()
}

// checkDisclosure refuses numbers without a disclosure rule, and a rule for output that has no numbers.
func (o *options) checkDisclosure() error {
	const rules = "ukllc, nhse-sde, opensafely or least=N,nearest=M"
	switch {
	case o.release != "" && o.format == "csv":
		return program.Usage("-format csv does not go with -release: leave out -format, or use html")
	case o.profile != nil && o.format == "csv":
		return program.Usage("-disclosure %s: the default output, a line for each person, has nothing that could be "+
			"hidden: use -format html or -release; -summary, -svg and -methods go with either",
			o.disclosure)
	case o.format == "" && o.output != "":
		return program.Usage("-o %s: -release writes all its files to its folder; add -format html to write the page "+
			"here as well",
			o.output)
	case o.release != "" && o.profile == nil:
		return program.Usage("-release needs a rule that hides and rounds: -disclosure %s", rules)
	case o.compare != "" && o.profile == nil:
		return program.Usage("-compare-release compares released numbers: it needs -disclosure %s", rules)
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
		Written: []string{o.output, o.summary, o.manifest, o.quality, o.methods, o.release, o.part, o.svg},
		Read: slices.Concat(o.lists.Paths(), o.inputs.Files(), o.subsetFiles(), o.earlierFiles(), o.merge,
			[]string{o.flags.Config()}),
	}
}

// earlierFiles returns the files that -compare-release reads.
func (o *options) earlierFiles() []string {
	if o.compare == "" {
		return nil
	}
	return []string{filepath.Join(o.compare, summaryFile)}
}

// cohort returns the options for cohort.New, except those of -with, -without and their variants.
func (o *options) cohort() []cohort.Option {
	opts := []cohort.Option{
		cohort.PersonColumn(o.Person), cohort.DateColumn(o.Date), cohort.AtLeast(o.Min),
		cohort.Workers(o.inputs.Workers),
	}
	if o.From.IsValid() {
		opts = append(opts, cohort.From(o.From))
	}
	if o.To.IsValid() {
		opts = append(opts, cohort.To(o.To))
	}
	if o.inputs.Block > 0 {
		opts = append(opts, cohort.BlockSize(o.inputs.Block))
	}
	if o.Attended {
		opts = append(opts, cohort.Attended())
	}
	if o.Dedupe != "" {
		opts = append(opts, cohort.Once(o.Dedupe))
	}
	if o.OrderBy != "" {
		opts = append(opts, cohort.OrderBy(o.OrderBy))
	}
	if o.hasNumbers() || o.isPart() {
		opts = append(opts, cohort.WithTotals())
	}
	if o.bands != nil {
		opts = append(opts, cohort.AgeBands(o.bands[1:]...))
	}
	return opts
}

// needs returns the names of the columns that a cohort reads: the columns of the date, the person, the key and the
// order, and the columns of the tables.
func (o *options) needs(r *hesop.Reader) (names []string, ok bool) {
	for _, name := range []string{o.Date, o.Person, o.Dedupe, o.OrderBy} {
		if name != "" {
			names = append(names, name)
		}
	}
	if o.Person == "" {
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

// words returns the options that affect the numbers, as written, for manifest and release.
func (o *options) words() []string {
	but := []string{"with", "without", "with-before", "without-before", "bands"}
	if len(o.merge) > 0 { // the runs that wrote the parts state in their manifests how they read the data
		but = append(but, "fields", "raw-width", "rename", "header", "delimiter", "skip-bad-rows")
	}
	words := o.flags.Account(but...)
	for _, r := range o.related {
		words = append(words, r.option+" "+r.arg)
	}
	if o.bands != nil {
		words = append(words, "-bands "+o.writtenBands())
	}
	slices.Sort(words)
	return words
}

// base returns the name of a file without its folders, whose names may reveal more than should be released.
func base(path string) string {
	if path == "" {
		return ""
	}
	return filepath.Base(path)
}

// hasNumbers reports whether the run writes numbers of tables.
func (o *options) hasNumbers() bool { return o.hasTables() || o.methods != "" }

// hasTables reports whether the run writes or compares tables.
func (o *options) hasTables() bool {
	return o.format == "html" || o.summary != "" || o.release != "" || o.compare != "" || o.svg != ""
}

// isDated reports whether dates decide which appointments are taken in.
func (o *options) isDated() bool { return o.From != (hesop.Date{}) || o.To != (hesop.Date{}) }
