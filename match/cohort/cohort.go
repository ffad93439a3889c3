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

// Cohort gathers, from appointments, the people of each list of a Matcher. New makes one, Scan fills it, as often as
// there are files, and Members and Totals return what it holds. It is for one goroutine at a time, and must not be
// copied. The zero Cohort cannot be used. Marshalling a Cohort fails: WriteTo writes it for ReadPart of another
// process. Printing shows nobody who is in it.
//
// A Cohort whose Scan failed or was cancelled holds part of the appointments. It gives nothing out: Release returns
// an error that wraps ErrIncomplete, and Members, Totals and Merge panic with it. See Err.
type Cohort struct {
	_ [0]func() // not comparable
	_ noform.NoCopy
	noForm

	plan    *plan
	broken  error               // what Scan failed with after it began: the cohort holds part of the appointments
	account Account             // but for what follows from counts and events
	has     uint8               // the dimensions that a reader had a column of, a bit for each
	widths  [len(systems)]uint8 // of the code fields of each system: bit 3, 4, or 5 for those of more

	// hidden is what must not be printed. What follows pointers to print them, as failing tests do, stops at one of
	// package atomic. It is nil in the zero Cohort alone.
	hidden atomic.Pointer[content]
}

// content is what a Cohort holds of single people and appointments.
type content struct {
	events   []event        // appointments in which something was found and, with Once, all that have a key
	first    map[key]uint32 // by key: the number of its event
	counts   []count        // of all other appointments, by group
	people   *texts         // identifiers of the people of events, and of those whom counts remember
	findings *texts         // what was found in events
	orders   *texts         // by which OrderBy compares the events that have a key
	forms    forms
	inputs   inputs
}

// in is what the cohort holds.
func (c *Cohort) in() *content { return c.hidden.Load() }

// event is an appointment. Its fields are those of a part.
type event struct {
	Row      row
	Day      hesop.Date // of one in which something was found, zero if there is none
	Person   uint32     // nobody if there is none, or it is not needed
	Findings uint32
	Order    uint32
}

// texts holds each text once, by number. The empty text is the first: nobody, nothing found, or no order.
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

// in returns the numbers that the texts have in other ones.
func (t *texts) in(other *texts) (numbers []uint32) {
	for _, text := range t.all {
		numbers = append(numbers, other.number([]byte(text)))
	}
	return numbers
}

// New returns a Cohort of the lists of m that nobody is in yet.
func New(m *match.Matcher, opts ...Option) (*Cohort, error) {
	p, err := newPlan(m, opts)
	if err != nil {
		return nil, err
	}
	return p.empty(), nil
}

// Part returns an empty Cohort of the same lists and options, for a share of the appointments that is to be merged
// with others: another file, another goroutine.
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

// Matcher returns the lists of the cohort.
func (c *Cohort) Matcher() *match.Matcher { return c.plan.m }

// forms counts the shapes of dates that are not understood: see hesop.DateForm.
type forms map[string]int64

const mostForms = 1000 // that are told apart

func (f forms) add(form string, n int64) {
	if _, known := f[form]; known || len(f) < mostForms {
		f[form] += n
	}
}

// sorted returns the forms, the commonest first.
func (f forms) sorted() []string {
	return slices.SortedFunc(maps.Keys(f), func(a, b string) int {
		return cmp.Or(cmp.Compare(f[b], f[a]), cmp.Compare(a, b))
	})
}

// String returns how many appointments the cohort was given and how many lists it has, and nothing of a person.
func (c *Cohort) String() string {
	if c == nil || c.plan == nil {
		return "cohort.Cohort of nothing"
	}
	return fmt.Sprintf("cohort.Cohort of %d lists after %d appointments", c.plan.m.Len(), c.account.Read)
}

// Format writes what String returns, whatever the verb.
func (c *Cohort) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, c.String()) }

// LogValue returns what String does, for log/slog.
func (c *Cohort) LogValue() slog.Value { return slog.StringValue(c.String()) }

// noForm makes a Cohort fail to marshal.
type noForm = noform.Of[whyNoForm]

type whyNoForm struct{}

// Reason says why.
func (whyNoForm) Reason() string {
	return "cohort: a Cohort has no binary or text form, which would lose its codelists: WriteTo writes its people " +
		"for ReadPart of another process, and Totals, Members and Release return what can be sent"
}
