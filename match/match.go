package match

import (
	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
)

// Match finds the answer of every list for an appointment and puts it into res,
// over what was there. It does not allocate once res has grown to the largest
// answer. A Result of another Matcher panics; those of a Matcher and of its PrimaryOnly
// serve for both.
func (m *Matcher) Match(a *hesop.Appointment, res *Result) {
	if a == nil || res == nil || m == nil {
		panic("match: the Matcher, Appointment or Result of Match is nil: Compile, a Reader and NewResult make them")
	}
	if res.m != m {
		res.adopt(m)
	}
	codes := a.Codes()
	res.row = a.Row()
	res.coded = 0
	res.matched.clear()
	res.undecided.clear()
	res.open.clear()
	for _, sys := range [...]coding.System{coding.ICD10, coding.OPCS4} {
		if codes.Coded(sys) {
			res.coded |= bit(sys)
		}
	}
	for i := range codes.Slots {
		s := &codes.Slots[i]
		if !m.reads(s) {
			continue
		}
		t := m.tries[s.Value.System()]
		node := t.node(s.Value)
		if node == 0 {
			continue
		}
		if s.Source == hesop.Raw && t.endsAtFour(node, s.Value) {
			a.NoteCut()
		}
		found := t.lookupIn(node, s.Value)
		if found.covered != 0 {
			res.matched.add(m.sets.at(found.covered))
		}
		if found.undecided != 0 {
			res.undecided.add(m.sets.at(found.undecided))
			res.open.add(m.sets.at(found.open))
		}
	}
}

// reads reports whether a slot is matched: it has a code, in a position that
// counts.
func (m *Matcher) reads(s *hesop.Slot) bool {
	return s.Value.Code().IsValid() && (!m.primary || s.Position == 1)
}
