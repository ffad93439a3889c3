package codelist

import "iter"

// Verdict is what became of a row of a codelist.
type Verdict uint8

// The verdicts. Every row that is not blank and no comment has at least one.
const (
	Accepted  Verdict = iota // an entry, as written
	Repaired                 // an entry, after a repair that the reason names
	Duplicate                // an entry like that of an earlier row, which stands
	Ignored                  // no code, or one of another coding system than the caller's or than ours
	Rejected                 // not understood, or not safe to use
)

// String returns the verdict in lower case.
func (v Verdict) String() string {
	switch v {
	case Accepted:
		return "accepted"
	case Repaired:
		return "repaired"
	case Duplicate:
		return "duplicate"
	case Ignored:
		return "ignored"
	default:
		return "rejected"
	}
}

// Outcome is what became of one code of one row: of the row, if it was not used.
type Outcome struct {
	Verdict Verdict
	Reason  string // what was repaired, or why the row is no entry; "" if accepted
	System  System // the zero System if none of ours is stated
	Raw     string // the whole cell
	Pos     Position

	// Entry is the number of the entry in the list that stands for the code,
	// for a duplicate that of the earlier row; -1 if the row was not used.
	Entry int
}

// Family is a bare category whose coverage the policy decided although the list
// names some codes of it, or, under Never, whatever the list names.
type Family struct {
	Entry    int      // the category, as a number in the list
	Coverage Coverage // what the policy made of it
	Children []Prefix // the longer codes of its sign that the list names, in order, each once
}

// Report accounts for every row that a list was read from.
type Report struct {
	File      string // as the caller named it
	SHA256    [32]byte
	Encoding  string // "UTF-8", "Windows-1252", "UTF-16"
	Delimiter byte   // 0 in a file of one column
	Policy    Policy
	Blank     int // rows of nothing but delimiters, white space or nothing
	Comments  int // lines that begin with # in plain text

	outcomes []Outcome
	families []Family
}

// Outcomes yields what became of each row, in file order, a row of several codes
// once for each.
func (r Report) Outcomes() iter.Seq[Outcome] {
	return func(yield func(Outcome) bool) {
		for i := range r.outcomes {
			if !yield(r.outcomes[i]) {
				return
			}
		}
	}
}

// Count is the number of rows with a verdict; a row of several codes can have
// several verdicts, and counts once for each.
func (r Report) Count(v Verdict) int {
	n := 0
	var last Position
	for i := range r.outcomes {
		if out := &r.outcomes[i]; out.Verdict == v && out.Pos != last {
			n++
			last = out.Pos
		}
	}
	return n
}

// Families yields the categories whose coverage the policy decided, in the
// order of the list: under Auto those made exact, under Always those of which
// the list names some children, under Never all bare categories. They are what
// to look at before the list is used.
func (r Report) Families() iter.Seq[Family] {
	return func(yield func(Family) bool) {
		for i := range r.families {
			if !yield(r.families[i]) {
				return
			}
		}
	}
}
