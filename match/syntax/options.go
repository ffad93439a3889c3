package syntax

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"hesopmatch/hesop"
)

// ErrOption is what New fails with when an argument or options cannot be, alone or together.
var ErrOption = errors.New("option cannot be used")

// ErrExpress is what New fails with for what the dialect cannot express exactly.
var ErrExpress = errors.New("cannot be asked exactly")

// Option changes what a script asks.
type Option func(*options)

type options struct {
	what     What
	table    []string
	keep     []string
	keeps    bool // Keep was given
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

// CodesIn is where a script has the table of codes.
type CodesIn uint8

// The places.
const (
	Inline   CodesIn = iota // within the query, which is one statement
	InTable                 // in a temporary table, which statements before the query make
	Separate                // in the same temporary table; Script.WriteCodesTo writes those statements
)

// Ask sets what the script asks, by default Flags.
func Ask(what What) Option { return func(o *options) { o.what = what } }

// Table names the table or view of the appointments, after its schema if it has one, by default hesop. Names are
// quoted.
func Table(parts ...string) Option { return func(o *options) { o.table = parts } }

// Keep names the columns of the appointment that the result has in front. By default they are the key and the person,
// as far as there are such columns.
func Keep(columns ...string) Option {
	return func(o *options) { o.keep, o.keeps = append([]string(nil), columns...), true }
}

// PersonColumn names the column that identifies the person. By default it is found: see hesop.Reader.Person.
func PersonColumn(name string) Option { return func(o *options) { o.person = name } }

// DateColumn names the column that has the day of the appointment, by default apptdate.
func DateColumn(name string) Option { return func(o *options) { o.date = name } }

// Attended takes only appointments at which the patient was seen, as cohort.Attended does.
func Attended() Option { return func(o *options) { o.attended = true } }

// From takes only appointments on a day or later, as cohort.From does.
func From(day hesop.Date) Option {
	return func(o *options) { o.from, o.noDay = day, o.noDay || !day.IsValid() }
}

// To takes only appointments on a day or earlier, as cohort.To does.
func To(day hesop.Date) Option {
	return func(o *options) { o.to, o.noDay = day, o.noDay || !day.IsValid() }
}

// AtLeast keeps a person in a list only with that many appointments of it, as cohort.AtLeast does. It is for People.
func AtLeast(appointments int) Option { return func(o *options) { o.least = appointments } }

// Once takes only the first of the appointments that have one key, as cohort.Once does. A table has no order, so
// OrderBy must say what first is.
func Once(column string) Option { return func(o *options) { o.key = column } }

// OrderBy names the column by which the first appointment of a key is found, which should tell all of them apart.
// Shorter values come first, then byte by byte: whole numbers and days as 2019-05-08 are in order then, whatever the
// type of the column. Empty values come last.
func OrderBy(column string) Option { return func(o *options) { o.order = column } }

// PlaceCodes says where the table of codes is, by default Inline. R, Python and Stata have it inline.
func PlaceCodes(in CodesIn) Option { return func(o *options) { o.place = in } }

// newOptions applies options and finds what is wrong with them alone.
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
		return fail("Table of %d names: must be 1 to 4, the last one that of the table", len(o.table))
	}
	for _, name := range o.table {
		if name == "" || strings.ContainsAny(name, "\x00\r\n") {
			return fail("Table(%.80q): a name is empty, or has a line end", strings.Join(o.table, "."))
		}
	}
	switch {
	case o.noDay:
		return fail("the day of From or To is no day of the calendar: look at the error of ParseDate")
	case o.to != (hesop.Date{}) && o.from.Compare(o.to) > 0:
		return fail("from %v to %v: no day is between them", o.from, o.to)
	case o.least < 1 || o.least > math.MaxInt32:
		return fail("AtLeast(%d): must be 1 to %d", o.least, math.MaxInt32)
	case o.least > 1 && o.what != People:
		return fail("AtLeast is for People: Ask(People)")
	case o.order != "" && o.key == "":
		return fail("OrderBy without Once, which needs it")
	case o.key != "" && o.order == "":
		return fail("Once(%.80q) without OrderBy: a table has no order, so a column must say which appointment of a "+
			"key is the first", o.key)
	case o.place > Separate:
		return fail("PlaceCodes(%d): must be Inline, InTable or Separate", o.place)
	}
	return nil
}
