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

// ErrOption is the error of New, Scan and Release for an invalid argument or an invalid combination of options.
var ErrOption = errors.New("cohort: options")

// Option changes which appointments a Cohort keeps and what it counts.
type Option func(*plan)

// plan holds what the parts of a cohort share. After New, no field changes except the field found.
type plan struct {
	m        *match.Matcher
	needs    []codedIn // by list: the systems in which the list has inclusions
	person   string    // the column of the person, "" if Scan must find it
	date     string    // the column of the date
	attended bool
	from, to hesop.Date // zero for no limit
	least    int
	key      string // the column of Once, "" without Once
	noDay    bool   // From or To was given an invalid day
	noKey    bool   // Once was given an empty name
	order    string // the column of OrderBy
	ordered  bool   // OrderBy was given
	totals   bool
	dims     [dimensions]scale
	first    [dimensions]int // by dimension: the slot of its first category
	slots    int             // the number of slots
	ages     []int
	related  []relation
	nested   []nesting // the pairs of lists in which the second covers all codes of the first
	workers  int
	block    int
	settings func() settings // returns the result of makeSettings, which is called once

	found atomic.Value // the column of the person; nil until an option names it or Scan finds it
}

// codedIn is a set of coding systems: bit 0 for ICD-10, bit 1 for OPCS-4.
type codedIn uint8

const anyCoded = 4 // the number of values that a codedIn can have

var systems = [...]coding.System{coding.ICD10, coding.OPCS4}

// systemsOf returns the set of the systems for which the given function returns true.
func systemsOf(is func(coding.System) bool) (set codedIn) {
	for i, sys := range systems {
		if is(sys) {
			set |= 1 << i
		}
	}
	return set
}

// PersonColumn names the column that identifies the person. By default Scan finds the column with hesop.Reader.Person.
// The column must then have the same name in all data scanned.
func PersonColumn(name string) Option { return func(p *plan) { p.person = name } }

// DateColumn names the column with the day of the appointment. The default is apptdate; for admitted care, use
// epistart, for example. The options From and To, the method Members and the financial years of WithTotals use this
// day.
func DateColumn(name string) Option { return func(p *plan) { p.date = name } }

// Attended keeps only appointments at which the patient was seen (attended 5 and 6).
func Attended() Option { return func(p *plan) { p.attended = true } }

// From keeps only appointments on or after a day. It leaves out appointments without a readable date.
func From(day hesop.Date) Option {
	return func(p *plan) { p.from, p.noDay = day, p.noDay || !day.IsValid() }
}

// To keeps only appointments on or before a day. It leaves out appointments without a readable date.
func To(day hesop.Date) Option {
	return func(p *plan) { p.to, p.noDay = day, p.noDay || !day.IsValid() }
}

// AtLeast keeps a person in a list only if the person has at least the given number of dated appointments that match
// the list. The default is 1. AtLeast counts appointments, not days: two appointments on one day count as two.
// Member.Dates is the number of days.
func AtLeast(appointments int) Option { return func(p *plan) { p.least = appointments } }

// Once keeps only the first appointment of each key, and counts the others as duplicates. The order of the data, or
// OrderBy, decides which of them is the first. Once chooses among the appointments that Attended, From and To keep, so
// that the record of a cancelled visit never displaces the record of the visit. Appointments without a key are all
// kept.
//
// Appointments that share a key can differ; Account.Differing counts such keys. A code that only a later appointment
// has is then lost.
func Once(column string) Option {
	return func(p *plan) { p.key, p.noKey = column, strings.TrimSpace(column) == "" }
}

// OrderBy makes Once keep the appointment with the least value in a column. The order of the data decides between equal
// values. Values are compared without surrounding space: first by length, the shorter one first, then byte by byte, so
// that whole numbers and days in the form yyyy-mm-dd sort correctly. An empty value comes after all others. The scripts
// of package syntax compare in the same way, whatever the type of the column.
func OrderBy(column string) Option {
	return func(p *plan) { p.order, p.ordered = column, true }
}

// WithTotals makes the Cohort count by year, specialty, attendance, sex, age and entry. Exact and Release need these
// counts.
func WithTotals() Option { return func(p *plan) { p.totals = true } }

// AgeBands sets the ages, in years, at which the bands of ByAge begin, apart from the first band, which begins at 0.
// There may be at most 64 ages; they must be ascending, from 1 to 120. The default ages are 18, 25, 35, 45, 55, 65, 75
// and 85.
func AgeBands(starts ...int) Option { return func(p *plan) { p.ages = slices.Clone(starts) } }

// Workers sets the number of goroutines that match: 1 by default, match.MaxWorkers at most. The cohort is the same for
// any number of workers.
func Workers(n int) Option { return func(p *plan) { p.workers = n } }

// BlockSize sets the number of bytes that a worker matches at a time: see match.BlockSize.
func BlockSize(bytes int) Option { return func(p *plan) { p.block = bytes } }

const mostBands = 64 // the largest number of ages that AgeBands accepts

// newPlan applies options and checks them.
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
		return errors.New("the day of From or To is not a day of the calendar: check the error of ParseDate")
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
			return fmt.Errorf("age bands that begin at %v: the ages must be ascending, from 1 to 120, and at most %d",
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
