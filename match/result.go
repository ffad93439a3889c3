package match

import (
	"fmt"
	"io"
	"iter"
	"log/slog"
	"slices"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/internal/textform"
)

// Status is the answer of one list for one appointment.
type Status uint8

// The answers.
const (
	// Unknown means that nothing matched but the data do not rule out a match: the appointment is not coded in a
	// system in which the list has inclusions, or a truncated value could be a code that the list includes.
	Unknown Status = iota
	// NoMatch means that the appointment is coded and none of its codes matched.
	NoMatch
	// Match means that a code matched.
	Match
)

// String returns "unknown", "no match" or "match".
func (s Status) String() string {
	switch s {
	case NoMatch:
		return "no match"
	case Match:
		return "match"
	default:
		return "unknown"
	}
}

// MarshalText returns the text of String.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (s *Status) UnmarshalText(text []byte) error {
	return textform.Read(s, text, "answer of a list", Unknown, NoMatch, Match)
}

// Result holds the answers of all lists of a Matcher for one appointment. Make a Result with NewResult and reuse it for
// many appointments. A Result is for one goroutine at a time and must not be copied. It stores only the lists for which
// something was found. A Result has no binary or text form: marshalling it fails.
type Result struct {
	_ noCopy
	noForm

	m     *Matcher     // the Matcher that answered
	codes *hesop.Codes // the codes that were matched; nil if Scan restored the answer
	row   int64        // the number of the codes' row, 0 for none
	slots int          // the number of slots of the codes
	coded codedIn

	matched   union
	undecided union
	open      union
}

// NewResult returns a Result for m. Every list is Unknown until Match has stored answers in the Result.
func (m *Matcher) NewResult() *Result { return &Result{m: m} }

// adopt makes r a Result of m. It panics unless r and m come from the same call of Compile.
func (r *Result) adopt(m *Matcher) {
	if r.m == nil || r.m.base != m.base {
		panic("match: Result of another Matcher")
	}
	r.m = m
}

// union is a growing set of lists.
type union struct {
	lists []uint32 // ascending
	spare []uint32 // memory for the next merge
}

func (u *union) clear() { u.lists = u.lists[:0] }

func (u *union) has(i int) bool { return Set{u.lists}.Has(i) }

func (u *union) add(s Set) {
	if len(u.lists) == 0 {
		u.lists = append(u.lists, s.lists...)
		return
	}
	if slices.Equal(u.lists, s.lists) {
		return
	}
	merged := u.spare[:0]
	a, b := u.lists, s.lists
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			merged, a = append(merged, a[0]), a[1:]
		case a[0] > b[0]:
			merged, b = append(merged, b[0]), b[1:]
		default:
			merged, a, b = append(merged, a[0]), a[1:], b[1:]
		}
	}
	merged = append(append(merged, a...), b...)
	u.lists, u.spare = merged, u.lists
}

// Status returns the answer of list i, with 0 ≤ i < Matcher.Len.
func (r *Result) Status(i int) Status {
	switch {
	case r.matched.has(i):
		return Match
	case r.open.has(i), r.m.needs[i]&^r.coded != 0:
		return Unknown
	default:
		return NoMatch
	}
}

// AnyMatch reports whether any list matched.
func (r *Result) AnyMatch() bool { return len(r.matched.lists) > 0 }

// isOf reports whether r may be the answer for codes, which now have the given number of slots. It returns false if
// slots were added after the answer.
func (r *Result) isOf(codes *hesop.Codes, slots int) bool {
	return r.codes == nil || r.codes == codes && r.slots == slots
}

// Matched yields the lists that matched, in ascending order.
func (r *Result) Matched() iter.Seq[int] { return Set{r.matched.lists}.All() }

// Undecided yields the lists that could not decide a truncated value, in ascending order. It yields such a list even if
// the list matched another value.
func (r *Result) Undecided() iter.Seq[int] { return Set{r.undecided.lists}.All() }

// String returns the row number and the number of lists that match. It names no code and no list.
func (r *Result) String() string {
	if r == nil || r.m == nil || r.row == 0 {
		return "match.Result without a row"
	}
	return fmt.Sprintf("match.Result of row %d: %d of %d lists match", r.row, len(r.matched.lists), r.m.Len())
}

// Format writes the text of String for every verb.
func (r *Result) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, r.String()) }

// LogValue returns the text of String, for log/slog.
func (r *Result) LogValue() slog.Value { return slog.StringValue(r.String()) }

// Coded reports whether the appointment has a code of the coding system.
func (r *Result) Coded(sys coding.System) bool { return sys.IsValid() && r.coded&bit(sys) != 0 }
