package match

import (
	"fmt"

	"hesopmatch/hesop"
)

// Totals counts the answers of all lists over many appointments. NewTotals makes empty Totals. They are for one
// goroutine at a time and must not be copied. The cost of Add does not depend on the number of lists for which nothing
// was found: their counts follow from the counts of all appointments.
//
// encoding/gob, JSON and MarshalBinary carry Totals to other processes, with the Fingerprint of their Matcher. If
// NewTotals made the Totals, unmarshalling into them fails unless the Fingerprint is the same. To have a field of a
// struct checked in this way, set it with NewTotals before you unmarshal the struct. A field that is zero accepts any
// Totals, and Merge compares the fingerprints. See UnmarshalBinary.
type Totals struct {
	_ noCopy

	m     *Matcher  // nil if the Totals were read without a Matcher
	read  string    // the fingerprint that was read, if m is nil
	needs []codedIn // copied from the Matcher

	Rows          int64 // appointments
	Coded         int64 // appointments with a code of any system
	Disagreements int64 // sum of Codes.Disagreements
	Unrecognised  int64 // sum of Codes.Unrecognised

	byCoded [4]int64 // appointments, by the systems in which they are coded
	lists   []listTotals
}

// listTotals counts, for one list, the appointments in which the list found something. The answer for any other
// appointment follows from the systems in which it is coded.
type listTotals struct {
	matched   [4]int64 // by the systems in which the appointments are coded
	open      [4]int64 // likewise: not matched, but a truncated value may be a code that the list includes
	undecided int64
}

// Counts is the number of appointments with each answer of one list.
type Counts struct {
	Match, NoMatch, Unknown int64

	// Undecided is the number of appointments with a truncated value that a longer entry of the list could not decide,
	// whatever the answer for the appointment.
	Undecided int64
}

// NewTotals returns empty Totals for the lists of m.
func (m *Matcher) NewTotals() *Totals {
	return &Totals{m: m, needs: m.needs, lists: make([]listTotals, len(m.lists))}
}

// isMade reports whether t came from NewTotals or was read.
func (t *Totals) isMade() bool { return t.m != nil || t.read != "" }

func (t *Totals) fingerprint() string {
	if t.m == nil {
		return t.read
	}
	return t.m.Fingerprint()
}

// reset sets all counts to zero.
func (t *Totals) reset() {
	clear(t.lists)
	t.Rows, t.Coded, t.Disagreements, t.Unrecognised = 0, 0, 0, 0
	t.byCoded = [4]int64{}
}

// Add counts an appointment and the answer that Match found for its codes. Add panics if res belongs to another Matcher
// or another appointment, and if t was read without a Matcher.
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

// Merge adds the counts of other Totals to t. The two must count different rows. Merge panics if their Matchers have
// different Fingerprints, or if either of the Totals is zero.
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

// mustMerge panics unless t and the other Totals answer the same question.
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

// refuse panics with the reason why Add cannot count res as the answer for codes.
func (t *Totals) refuse(codes *hesop.Codes, res *Result) {
	if t.m == nil {
		panic("match: these Totals were read without a Matcher: call Add on the result of NewTotals, and " +
			"Merge the others into it")
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

// another describes how two Matchers differ.
func another(m, other *Matcher) string {
	if m != nil && other != nil && m.base == other.base {
		return "a Matcher and its PrimaryOnly: they count different questions; use NewTotals of the Matcher that " +
			"gave the answer"
	}
	return "another Matcher"
}

// Counts returns the counts of list i, with 0 ≤ i < Matcher.Len.
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
