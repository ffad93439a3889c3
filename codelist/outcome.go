package codelist

import "hesopmatch/codelist/coding"

// Verdict is what became of a row of a codelist.
type Verdict uint8

// These are the verdicts. Every row has at least one verdict, except blank rows, comments, the header and what is above
// it.
const (
	Accepted  Verdict = iota // an entry, as written
	Repaired                 // an entry, after a repair that the reason names
	Duplicate                // the same code, coverage and sign as an earlier row
	Ignored                  // no code, a code of another coding system, or a heading
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

// Outcome is what became of one code of a row, or of the whole row if Parse did not use it.
type Outcome struct {
	Verdict Verdict
	Reason  string        // what Parse repaired, or why the row is not an entry; "" if accepted
	System  coding.System // the zero System if the row states none of ours
	Raw     string        // the whole cell
	Pos     Position
	Row     int // number from 0, not counting blank rows, comments, the header and what is above it

	// Entry is the number of the list's entry for the code: for a duplicate, the entry of the earlier row. It is -1 if
	// Parse did not use the row.
	Entry int
}
