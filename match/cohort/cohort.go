package cohort

import (
	"cmp"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"
	"sync/atomic"

	"hesopmatch/hesop"
	"hesopmatch/internal/noform"
	"hesopmatch/match"
)

// Cohort collects the people of each list of a Matcher. New makes one, Scan adds the appointments of one file, and
// Members, Totals and Release return the results. A Cohort is for one goroutine at a time and must not be copied. The
// zero Cohort cannot be used. Marshalling a Cohort fails: use WriteTo, which writes it for ReadPart in another process.
// Printing a Cohort shows none of its people.
//
// A Cohort whose Scan failed or was cancelled has only some of the appointments, and returns no results. Release then
// returns an error that wraps ErrIncomplete, and Members, Totals and Merge panic with that error. See Err.
type Cohort struct {
	_ [0]func() // not comparable
	_ noform.NoCopy
	noForm

	plan    *plan
	broken  error               // the error of a Scan that read only some of the appointments
	account Account             // without the fields that are computed from counts and events
	has     uint8               // a bit for each dimension for which some reader had a column
	widths  [len(systems)]uint8 // by system: bits 3, 4 and 5 are set if some code field has 3, 4, and more characters

	// hidden holds what must not be printed. Printers that follow pointers, such as those of failing tests, stop at an
	// atomic pointer. hidden is nil only in the zero Cohort.
	hidden atomic.Pointer[content]
}

// content is what a Cohort stores about individual people and appointments.
type content struct {
	events   []event        // the appointments with a finding; with Once, also all that have a key
	first    map[key]uint32 // by key: the index of the event that has the key
	counts   []count        // all other appointments, by group: see groupOf
	people   *texts         // identifiers of the people in events and counts
	findings *texts         // the findings of events
	orders   *texts         // the texts by which OrderBy compares events that have a key
	forms    forms
	inputs   inputs
}

func (c *Cohort) in() *content { return c.hidden.Load() }

// event is one stored appointment. Its fields are written to parts.
type event struct {
	Row      row
	Day      hesop.Date // set if there is a finding; zero if there is no date
	Person   uint32     // 0, the constant nobody, if there is no identifier or none is needed
	Findings uint32
	Order    uint32
}

// texts is a set of texts, each with a number. Number 0 is the empty text: no person, no findings, or no order.
type texts struct {
	all     []string
	numbers map[string]uint32
}

const nobody, nothing = 0, 0

func newTexts(all ...[]byte) *texts {
	t := &texts{[]string{""}, map[string]uint32{"": 0}}
	for _, text := range all {
		t.number(text)
	}
	return t
}

func (t *texts) number(text []byte) uint32 {
	if len(text) == 0 {
		return 0
	}
	if n, known := t.numbers[string(text)]; known {
		return n
	}
	n := uint32(len(t.all))
	t.all = append(t.all, string(text))
	t.numbers[t.all[n]] = n
	return n
}

// in adds the texts of t to another set, without duplicates. Text n of t is text numbers[n] of the other set.
func (t *texts) in(other *texts) (numbers []uint32) {
	for _, text := range t.all {
		numbers = append(numbers, other.number([]byte(text)))
	}
	return numbers
}

// New returns an empty Cohort of the lists of m. It fails with ErrOption if m or an option is invalid.
func New(m *match.Matcher, opts ...Option) (*Cohort, error) {
	p, err := newPlan(m, opts)
	if err != nil {
		return nil, err
	}
	return p.empty(), nil
}

// Part returns an empty Cohort with the same lists and options. Use the new Cohort to scan some of the appointments,
// for example in another goroutine, and then merge it into c with Merge.
func (c *Cohort) Part() *Cohort { return c.plan.empty() }

func (p *plan) empty() *Cohort {
	c := &Cohort{plan: p}
	in := &content{
		counts: make([]count, groupOf(p.slotLeft(reasons), 0)), first: make(map[key]uint32), forms: make(forms),
		people: newTexts(), findings: newTexts(), orders: newTexts(),
	}
	c.hidden.Store(in)
	return c
}

// Matcher returns the Matcher that was passed to New.
func (c *Cohort) Matcher() *match.Matcher { return c.plan.m }

// forms counts unreadable dates by their shape: see hesop.DateForm.
type forms map[string]int64

const mostForms = 1000 // the largest number of shapes in forms

func (f forms) add(form string, n int64) {
	if _, known := f[form]; known || len(f) < mostForms {
		f[form] += n
	}
}

// sorted returns the shapes, the most common first.
func (f forms) sorted() []string {
	return slices.SortedFunc(maps.Keys(f), func(a, b string) int {
		return cmp.Or(cmp.Compare(f[b], f[a]), cmp.Compare(a, b))
	})
}

// String returns the number of lists and the number of appointments that Scan read, and nothing about a person.
func (c *Cohort) String() string {
	if c == nil || c.plan == nil {
		return "cohort.Cohort (nil or zero)"
	}
	return fmt.Sprintf("cohort.Cohort of %d lists after %d appointments", c.plan.m.Len(), c.account.Read)
}

// Format writes the text of String for every verb.
func (c *Cohort) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, c.String()) }

// LogValue returns the text of String, for log/slog.
func (c *Cohort) LogValue() slog.Value { return slog.StringValue(c.String()) }

// noForm makes a Cohort fail to marshal.
type noForm = noform.Of[whyNoForm]

type whyNoForm struct{}

// Reason returns the error text.
func (whyNoForm) Reason() string {
	return "cohort: a Cohort has no binary or text form, because such a form would lose its codelists: WriteTo " +
		"writes its people for ReadPart in another process, and Totals, Members and Release return what can be sent"
}
