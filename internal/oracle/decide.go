package oracle

// The outcomes of a decision.
const (
	covered    = "covered"
	excluded   = "excluded"
	notCovered = "not covered"
)

// Verdict is what one list says about one value. Cell is that of the deciding
// entry, or -1. Undecided: the value may have been cut, and at least one entry
// would have needed the rest of it. Open: at least one of those is an inclusion.
type Verdict struct {
	Outcome         string
	Cell            int
	Undecided, Open bool
}

// Decide holds one field or slot, with its bytes as found, against every entry of
// the list. The width is the number of characters that its column holds.
func (l *List) Decide(system, field string, width int) Verdict {
	verdict := Verdict{Outcome: notCovered, Cell: -1}

	class, _ := Classify(system, field)
	if class == classEmpty || class == classUnrecognised {
		return verdict
	}
	if s := tidy(field); s == "-" || s == "&" {
		return verdict // missing, and no code at all
	}
	value := canonical(system, field)
	cut := mayBeCut(system, value, width)

	var deciding *Entry
	for i := range l.entries {
		entry := l.entries[i]
		if entry.System != system {
			continue
		}
		if class == classMissing && !standsForMissing(system, entry.Code) {
			continue // only who lists the missing value itself gets it
		}
		if cut && entry.leavesOpen(value) {
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
