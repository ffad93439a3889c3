package match

import (
	"fmt"

	"hesopmatch/hesop"
)

// Totals counts the answers of all lists over many appointments. It is for one
// goroutine at a time. Adding an appointment costs no more for lists that nothing
// was found for: their counts follow from those of all appointments. It must not be copied.
//
// NewTotals makes Totals. encoding/gob, JSON and MarshalBinary carry them to other processes, with the Fingerprint of
// their Matcher. What NewTotals returned reads Totals of the same Fingerprint and refuses others: preset a field with
// it to get an error. A field that is not preset reads any Totals, and Merge compares. See UnmarshalBinary.
type Totals struct {
	_ noCopy

	m     *Matcher  // nil if they were read without one
	read  string    // fingerprint of the Matcher that they were read without
	needs []codedIn // of the Matcher

	Rows          int64 // appointments
	Coded         int64 // ... that have a code of any system
	Disagreements int64 // sum of Codes.Disagreements
	Unrecognised  int64 // sum of Codes.Unrecognised

	byCoded [4]int64 // appointments by the systems they are coded in
	lists   []listTotals
}

// listTotals are the appointments of which a list says something else than
// "no match if coded, else unknown".
type listTotals struct {
	matched   [4]int64 // by the systems they are coded in
	open      [4]int64 // not matched, and not to be called "no match"
	undecided int64
}

// Counts are how many appointments have each answer of one list.
type Counts struct {
	Match, NoMatch, Unknown int64

	// Undecided is how many appointments, whatever their answer, have a value
	// that was cut short of an entry of the list.
	Undecided int64
}

// NewTotals returns totals of nothing yet.
func (m *Matcher) NewTotals() *Totals {
	return &Totals{m: m, needs: m.needs, lists: make([]listTotals, len(m.lists))}
}

// isMade reports whether NewTotals made t, or it was read.
func (t *Totals) isMade() bool { return t.m != nil || t.read != "" }

func (t *Totals) fingerprint() string {
	if t.m == nil {
		return t.read
	}
	return t.m.Fingerprint()
}

// reset makes t what NewTotals returns.
func (t *Totals) reset() {
	clear(t.lists)
	t.Rows, t.Coded, t.Disagreements, t.Unrecognised = 0, 0, 0, 0
	t.byCoded = [4]int64{}
}

// Add counts an appointment and the answer that Match found for its codes. A Result of another Matcher, or of another
// appointment, panics, and so do Totals that were read without a Matcher.
func (t *Totals) Add(codes *hesop.Codes, res *Result) {
	if codes == nil || res == nil {
		panic("match: the Codes or Result of Add is nil: Appointment.Codes and NewResult make them")
	}
	if res.m != t.m || !res.isOf(codes, len(codes.Slots())) || res.row != codes.Row() {
		t.refuse(codes, res)
	}
	t.Rows++
	t.Disagreements += int64(codes.Disagreements())
	t.Unrecognised += int64(codes.Unrecognised())
	if res.coded != 0 {
		t.Coded++
	}
	t.byCoded[res.coded]++
	for _, i := range res.matched.lists {
		t.lists[i].matched[res.coded]++
	}
	for _, i := range res.undecided.lists {
		t.lists[i].undecided++
	}
	for _, i := range res.open.lists {
		if !res.matched.has(int(i)) {
			t.lists[i].open[res.coded]++
		}
	}
}

// Merge adds the counts of other totals, of other rows. It panics if their Matcher has another Fingerprint, or if
// either Totals are zero.
func (t *Totals) Merge(other *Totals) {
	if other == nil {
		panic("match: the Totals of Merge are nil: NewTotals makes them")
	}
	t.mustMerge(other)
	t.Rows += other.Rows
	t.Coded += other.Coded
	t.Disagreements += other.Disagreements
	t.Unrecognised += other.Unrecognised
	for coded, n := range other.byCoded {
		t.byCoded[coded] += n
	}
	for i := range other.lists {
		from, to := &other.lists[i], &t.lists[i]
		to.undecided += from.undecided
		for coded := range from.matched {
			to.matched[coded] += from.matched[coded]
			to.open[coded] += from.open[coded]
		}
	}
}

// mustMerge panics if the totals are not of the same question.
func (t *Totals) mustMerge(other *Totals) {
	switch {
	case !t.isMade() || !other.isMade():
		panic("match: the Totals are zero: NewTotals makes them")
	case t.m == other.m && t.m != nil:
	case t.fingerprint() != other.fingerprint():
		panic(fmt.Sprintf("match: Totals of %s (fingerprints %s and %s)",
			another(t.m, other.m), t.fingerprint(), other.fingerprint()))
	case len(t.lists) != len(other.lists):
		panic("match: Totals with one fingerprint and another number of lists")
	}
}

// refuse panics: an answer is not for these totals, or not for the codes.
func (t *Totals) refuse(codes *hesop.Codes, res *Result) {
	if t.m == nil {
		panic("match: the Totals have no Matcher: Add to those that NewTotals makes, and Merge the ones that were read")
	}
	if res.m != t.m {
		panic("match: Result of " + another(t.m, res.m))
	}
	if res.row == codes.Row() {
		panic("match: Result of other Codes: call Match for the codes before Add")
	}
	panic(fmt.Sprintf("match: Result of row %d and Codes of row %d: call Match for the codes before Add",
		res.row, codes.Row()))
}

// another says how the Matcher of two values differs.
func another(m, other *Matcher) string {
	if m != nil && other != nil && m.base == other.base {
		return "a Matcher and its PrimaryOnly: they count different questions; use NewTotals of the Matcher that " +
			"gave the answer"
	}
	return "another Matcher"
}

// Counts are the counts of list i, with 0 ≤ i < Matcher.Len.
func (t *Totals) Counts(i int) Counts {
	l := &t.lists[i]
	c := Counts{Undecided: l.undecided}
	for coded := range t.byCoded {
		c.Match += l.matched[coded]
		if t.needs[i]&^codedIn(coded) == 0 {
			c.NoMatch += t.byCoded[coded] - l.matched[coded] - l.open[coded]
		}
	}
	c.Unknown = t.Rows - c.Match - c.NoMatch
	return c
}
