package syntax

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"hesopmatch/hesop"
)

// ErrOption is the error of New for an argument or option that is invalid, or for options that do not go together.
var ErrOption = errors.New("option cannot be used")

// ErrExpress is the error of New for a question that a script in the dialect cannot answer exactly.
var ErrExpress = errors.New("cannot be asked exactly")

// Option changes what a script asks.
type Option func(*options)

type options struct {
	what     What
	table    []string
	keep     []string
	keeps    bool // the option Keep was given
	person   string
	date     string
	attended bool
	from, to hesop.Date
	noDay    bool
	least    int
	key      string
	order    string
	place    CodesIn
}

// CodesIn says where a script keeps the table of codes.
type CodesIn uint8

// The values of CodesIn.
const (
	Inline   CodesIn = iota // in the query; the script is then one statement
	InTable                 // in a temporary table, created by statements before the query
	Separate                // in the same temporary table, created by the statements of Script.WriteCodesTo
)

// Ask sets what the script asks. The default is Flags.
func Ask(what What) Option { return func(o *options) { o.what = what } }

// Table names the table or view of the appointments, from its outermost qualifier, such as the schema, to the table
// itself. The default is hesop. The script quotes each name.
func Table(parts ...string) Option { return func(o *options) { o.table = parts } }

// Keep names the columns of the appointment that come first in the result. The default is the key and the person, where
// the table has those columns.
func Keep(columns ...string) Option {
	return func(o *options) { o.keep, o.keeps = append([]string(nil), columns...), true }
}

// PersonColumn names the column that identifies the person. The default is the column that hesop.Reader.Person finds.
func PersonColumn(name string) Option { return func(o *options) { o.person = name } }

// DateColumn names the column that holds the day of the appointment. The default is apptdate.
func DateColumn(name string) Option { return func(o *options) { o.date = name } }

// Attended keeps only appointments at which the patient was seen, as cohort.Attended does.
func Attended() Option { return func(o *options) { o.attended = true } }

// From keeps only appointments on or after the given day, as cohort.From does.
func From(day hesop.Date) Option {
	return func(o *options) { o.from, o.noDay = day, o.noDay || !day.IsValid() }
}

// To keeps only appointments on or before the given day, as cohort.To does.
func To(day hesop.Date) Option {
	return func(o *options) { o.to, o.noDay = day, o.noDay || !day.IsValid() }
}

// AtLeast keeps only the people who have at least the given number of appointments that match the list, as
// cohort.AtLeast does. It requires Ask(People).
func AtLeast(appointments int) Option { return func(o *options) { o.least = appointments } }

// Once keeps only the first of the appointments that share a key, as cohort.Once does. It requires OrderBy, because a
// table has no order of its own.
func Once(column string) Option { return func(o *options) { o.key = column } }

// OrderBy names the column that decides which appointment of a key is first. The values of the column should be
// distinct within a key. The script compares their lengths, shorter first, and then their bytes. Whole numbers and days
// such as 2019-05-08 therefore sort correctly in a column of any type. Empty values sort last.
func OrderBy(column string) Option { return func(o *options) { o.order = column } }

// PlaceCodes sets where the script keeps the table of codes. The default is Inline, the only choice for R, Python and
// Stata.
func PlaceCodes(in CodesIn) Option { return func(o *options) { o.place = in } }

// newOptions applies options and checks everything that does not depend on the Matcher, the columns or the dialect.
func newOptions(opts []Option) (*options, error) {
	o := &options{what: Flags, table: []string{"hesop"}, date: "apptdate", least: 1}
	for i, opt := range opts {
		if opt == nil {
			return nil, fmt.Errorf("%w: option %d is nil", ErrOption, i)
		}
		opt(o)
	}
	return o, o.check()
}

func (o *options) check() error {
	fail := func(format string, args ...any) error {
		return fmt.Errorf("%w: %w", ErrOption, fmt.Errorf(format, args...))
	}
	switch o.what {
	case Flags, Hits, People, Counts:
	default:
		return fail("Ask(%.40q): must be flags, hits, people or counts", string(o.what))
	}
	if len(o.table) == 0 || len(o.table) > 4 {
		return fail("Table of %d names: must be 1 to 4, ending with that of the table", len(o.table))
	}
	for _, name := range o.table {
		if name == "" || strings.ContainsAny(name, "\x00\r\n") {
			return fail("Table(%.80q): a name is empty, or has a line end", strings.Join(o.table, "."))
		}
	}
	switch {
	case o.noDay:
		return fail("the day of From or To is not a valid date: check the error of ParseDate")
	case o.to != (hesop.Date{}) && o.from.Compare(o.to) > 0:
		return fail("from %v to %v: no day is between them", o.from, o.to)
	case o.least < 1 || o.least > math.MaxInt32:
		return fail("AtLeast(%d): must be 1 to %d", o.least, math.MaxInt32)
	case o.least > 1 && o.what != People:
		return fail("AtLeast is for People: Ask(People)")
	case o.order != "" && o.key == "":
		return fail("OrderBy is for Once")
	case o.key != "" && o.order == "":
		return fail("Once(%.80q) without OrderBy: a table has no order, so a column must decide which appointment "+
			"of a key is first", o.key)
	case o.place > Separate:
		return fail("PlaceCodes(%d): must be Inline, InTable or Separate", o.place)
	}
	return nil
}
