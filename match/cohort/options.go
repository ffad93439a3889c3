package cohort

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/internal/seam"
	"hesopmatch/match"
)

// ErrOption is what New, Scan and Release fail with when an argument or options cannot be, alone or together.
var ErrOption = errors.New("cohort: options")

// Option changes what a Cohort takes in and counts.
type Option func(*plan)

// plan is what the parts of a cohort have in common. But for found it does not change.
type plan struct {
	m        *match.Matcher
	needs    []codedIn // by list: the systems in which it has inclusions
	person   string    // "" if it is to be found
	date     string    // the column
	attended bool
	from, to hesop.Date // zero for none
	least    int
	key      string // "" if no duplicates are looked for
	noDay    bool   // From or To was given no day
	noKey    bool   // Once was given no name
	order    string // the column of OrderBy
	ordered  bool   // OrderBy was given
	totals   bool
	dims     [dimensions]scale
	first    [dimensions]int // by dimension: its first slot
	slots    int             // how many there are
	ages     []int
	related  []relation
	nested   []nesting // of the lists
	workers  int
	block    int
	settings func() settings // what makeSettings returns, made once

	found atomic.Value // the column of the person, nil until it is named or found
}

// codedIn is a set of coding systems: bit 0 for ICD-10, bit 1 for OPCS-4.
type codedIn uint8

const anyCoded = 4 // the number of sets

var systems = [...]coding.System{coding.ICD10, coding.OPCS4}

// systemsOf returns the set of the systems that a function is true for.
func systemsOf(is func(coding.System) bool) (set codedIn) {
	for i, sys := range systems {
		if is(sys) {
			set |= 1 << i
		}
	}
	return set
}

// PersonColumn names the column that identifies the person. By default it is found, see hesop.Reader.Person, and must
// be of one name in all that is scanned.
func PersonColumn(name string) Option { return func(p *plan) { p.person = name } }

// DateColumn names the column that has the day of the appointment, by default apptdate: epistart for admitted care,
// say. What it holds decides From, To, Members and, by WithTotals, the year.
func DateColumn(name string) Option { return func(p *plan) { p.date = name } }

// Attended takes in only appointments at which the patient was seen (attended 5 and 6).
func Attended() Option { return func(p *plan) { p.attended = true } }

// From takes in only appointments on a day or later. It leaves out those without a date, or with one that is not
// understood.
func From(day hesop.Date) Option {
	return func(p *plan) { p.from, p.noDay = day, p.noDay || !day.IsValid() }
}

// To takes in only appointments on a day or earlier. It leaves out what From does.
func To(day hesop.Date) Option {
	return func(p *plan) { p.to, p.noDay = day, p.noDay || !day.IsValid() }
}

// AtLeast keeps a person in a list only with that many appointments of it, by default 1.
func AtLeast(appointments int) Option { return func(p *plan) { p.least = appointments } }

// Once takes in only the first of the appointments that have one key, and counts the others: the first in the order of
// the data, or by OrderBy. Those that Attended, From or To leave out are no first ones. Where the appointments of a key
// are not alike, as Account.Differing counts, what only a later one has is lost. All appointments without a key are
// taken in.
func Once(column string) Option {
	return func(p *plan) { p.key, p.noKey = column, strings.TrimSpace(column) == "" }
}

// OrderBy makes Once take, of the appointments that have one key, the one with the least value in a column. The order
// of the data decides between equal values. Without the space around them, shorter values come first, then byte by
// byte: whole numbers and days as yyyy-mm-dd are in order. An empty value comes after all others. Scripts of package
// syntax compare alike, whatever the type of the column.
func OrderBy(column string) Option {
	return func(p *plan) { p.order, p.ordered = column, true }
}

// WithTotals makes the Cohort count by year, specialty, attendance, sex and age, and by entry, for Exact and Release.
func WithTotals() Option { return func(p *plan) { p.totals = true } }

// AgeBands sets the ages at which the bands of ByAge begin, in years and ascending, behind the one from 0. By default
// they are 18, 25, 35, 45, 55, 65, 75 and 85.
func AgeBands(starts ...int) Option { return func(p *plan) { p.ages = slices.Clone(starts) } }

// Workers sets how many goroutines match, 1 by default and match.MaxWorkers at most. The cohort is the same for any
// number.
func Workers(n int) Option { return func(p *plan) { p.workers = n } }

// BlockSize sets how many bytes a worker takes at a time: see match.BlockSize.
func BlockSize(bytes int) Option { return func(p *plan) { p.block = bytes } }

const mostBands = 64 // that AgeBands begins

// newPlan applies options and finds what is wrong with them.
func newPlan(m *match.Matcher, opts []Option) (*plan, error) {
	p := &plan{
		m: m, date: "apptdate", least: 1, workers: 1, block: 256 << 10, ages: []int{18, 25, 35, 45, 55, 65, 75, 85},
	}
	if m == nil || !m.IsMade() {
		return nil, fmt.Errorf("%w: the Matcher is nil or zero: match.Compile makes one", ErrOption)
	}
	for i, opt := range opts {
		if opt == nil {
			return nil, fmt.Errorf("%w: option %d is nil", ErrOption, i)
		}
		opt(p)
	}
	for i := range m.Len() {
		p.needs = append(p.needs, systemsOf(m.List(i).Includes))
	}
	if err := p.check(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrOption, err)
	}
	if p.totals {
		p.nested = nestings(m)
	}
	p.dims = scales(p.ages)
	p.slots = slotAll + 1
	for d := range p.dims {
		p.first[d] = p.slots
		if p.totals {
			p.slots += len(p.dims[d].categories)
		}
	}
	if p.person != "" {
		p.found.Store(columnName(p.person))
	}
	p.settings = sync.OnceValue(p.makeSettings)
	return p, nil
}

func (p *plan) check() error {
	switch {
	case p.noDay:
		return errors.New("the day of From or To is no day of the calendar: look at the error of ParseDate")
	case p.to != (hesop.Date{}) && p.from.Compare(p.to) > 0:
		return fmt.Errorf("from %v to %v: no day is between them", p.from, p.to)
	case strings.TrimSpace(p.date) == "":
		return errors.New("the column of the date has no name (DateColumn)")
	case p.noKey:
		return errors.New("the column of the key has no name (Once)")
	case p.ordered && (p.key == "" || strings.TrimSpace(p.order) == ""):
		return errors.New("OrderBy needs the name of a column, and Once")
	case p.least < 1 || p.least > math.MaxInt32:
		return fmt.Errorf("at least %d appointments: must be 1 to %d", p.least, math.MaxInt32)
	case p.workers < 1 || p.workers > match.MaxWorkers || p.block < 1 || p.block > seam.MaxBlock:
		return fmt.Errorf("%d workers, blocks of %d bytes: must be 1 to %d, and 1 to %d",
			p.workers, p.block, match.MaxWorkers, seam.MaxBlock)
	}
	for i, age := range p.ages {
		if age < 1 || age > 120 || i == mostBands || i > 0 && age <= p.ages[i-1] {
			return fmt.Errorf("age bands that begin at %v: must be ascending, from 1 to 120, and %d at most",
				p.ages, mostBands)
		}
	}
	for _, r := range p.related {
		if err := r.check(p.m.Len()); err != nil {
			return err
		}
	}
	return nil
}
