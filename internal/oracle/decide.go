package oracle

// The outcomes of a decision.
const (
	covered    = "covered"
	excluded   = "excluded"
	notCovered = "not covered"
)

// Verdict is the decision of one list about one value. Cell is the index of the deciding entry's cell, or -1. Undecided
// means that the value may be truncated, and that at least one entry cannot decide without the rest of the value. Open
// means that at least one of these entries is an inclusion.
type Verdict struct {
	Outcome         string
	Cell            int
	Undecided, Open bool
}

// Decide compares the original bytes of one field or slot with every entry of the list. width is the number of
// characters that the column of the field holds.
func (l *List) Decide(system, field string, width int) Verdict {
	verdict := Verdict{Outcome: notCovered, Cell: -1}

	class, _ := Classify(system, field)
	if class == classEmpty || class == classUnrecognised {
		return verdict
	}
	if s := tidy(field); s == "-" || s == "&" {
		return verdict // missing, and not a code
	}
	value := canonical(system, field)
	truncated := mayBeTruncated(system, value, width)

	var deciding *Entry
	for i := range l.entries {
		entry := l.entries[i]
		if entry.System != system {
			continue
		}
		if class == classMissing && !standsForMissing(system, entry.Code) {
			continue // only an entry in the category that means missing matches a missing value
		}
		if truncated && entry.leavesOpen(value) {
			verdict.Undecided = true
			if !entry.Exclude {
				verdict.Open = true
			}
			continue
		}
		if !entry.covers(value) {
			continue
		}
		if deciding == nil || entry.outranks(*deciding) {
			deciding = &entry
		}
	}

	if deciding != nil {
		verdict.Cell = deciding.Cell
		verdict.Outcome = covered
		if deciding.Exclude {
			verdict.Outcome = excluded
		}
	}
	return verdict
}
