package codelist

import "hesopmatch/codelist/coding"

// Verdict is what became of a row of a codelist.
type Verdict uint8

// The verdicts. Every row that is not blank and no comment has at least one.
const (
	Accepted  Verdict = iota // an entry, as written
	Repaired                 // an entry, after a repair that the reason names
	Duplicate                // an entry like that of an earlier row, which stands
	Ignored                  // no code, one of another coding system than the caller's or than ours, or a heading
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
	Reason  string        // what was repaired, or why the row is no entry; "" if accepted
	System  coding.System // the zero System if none of ours is stated
	Raw     string        // the whole cell
	Pos     Position
	Row     int // its number, from 0, among the rows of the file that are not blank, no header and no comment

	// Entry is the number of the entry in the list that stands for the code,
	// for a duplicate that of the earlier row; -1 if the row was not used.
	Entry int
}
