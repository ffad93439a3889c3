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

// Status is the answer of a list for an appointment.
type Status uint8

// The answers.
const (
	// Unknown is the answer where nothing matched and the data do not say that
	// nothing could: the appointment is not coded in a system the list has
	// inclusions in, or a code was cut short of an entry.
	Unknown Status = iota
	// NoMatch is the answer where the appointment is coded and no code matched.
	NoMatch
	// Match is the answer where a code matched.
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

// MarshalText returns what String does.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (s *Status) UnmarshalText(text []byte) error {
	return textform.Read(s, text, "answer of a list", Unknown, NoMatch, Match)
}

// Result is the answer of all lists of a Matcher for one appointment. Make one
// with NewResult and use it for many appointments; it is for one goroutine at a
// time, and must not be copied. It holds only the lists that something was found for. It
// has no binary or text form: marshalling it fails.
type Result struct {
	_ noCopy
	noForm

	m     *Matcher     // that gave the answer
	codes *hesop.Codes // that it is the answer for; nil if Scan has kept it
	row   int64        // of them, 0 for none
	slots int          // how many they were
	coded codedIn

	matched   union
	undecided union
	open      union
}

// NewResult returns a Result for m. Until it is used every list is Unknown.
func (m *Matcher) NewResult() *Result { return &Result{m: m} }

// adopt makes r a Result of m, if that has the same lists in the same trie.
func (r *Result) adopt(m *Matcher) {
	if r.m == nil || r.m.base != m.base {
		panic("match: Result of another Matcher")
	}
	r.m = m
}

// union is a set of lists that sets are added to.
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

// Status is the answer of list i, with 0 ≤ i < Matcher.Len.
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

// AnyMatch reports whether a list matched.
func (r *Result) AnyMatch() bool { return len(r.matched.lists) > 0 }

// isOf reports whether r may be the answer for codes of so many slots, to which nothing was added since.
func (r *Result) isOf(codes *hesop.Codes, slots int) bool {
	return r.codes == nil || r.codes == codes && r.slots == slots
}

// Matched yields the lists that matched, in ascending order.
func (r *Result) Matched() iter.Seq[int] { return Set{r.matched.lists}.All() }

// Undecided yields the lists that a value cut short could not be decided by,
// whether or not another value matched, in ascending order.
func (r *Result) Undecided() iter.Seq[int] { return Set{r.undecided.lists}.All() }

// String returns the row and how many lists match. It names no code and no list.
func (r *Result) String() string {
	if r == nil || r.m == nil || r.row == 0 {
		return "match.Result of no row"
	}
	return fmt.Sprintf("match.Result of row %d: %d of %d lists match", r.row, len(r.matched.lists), r.m.Len())
}

// Format writes what String returns, whatever the verb.
func (r *Result) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, r.String()) }

// LogValue returns what String does, for log/slog.
func (r *Result) LogValue() slog.Value { return slog.StringValue(r.String()) }

// Coded reports whether the appointment has a code of a system.
func (r *Result) Coded(sys coding.System) bool { return sys.IsValid() && r.coded&bit(sys) != 0 }
