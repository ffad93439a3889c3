package match

import (
	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
)

// Match finds the answer of every list for codes and stores it in res, replacing the previous answer. The codes may
// come from a row or from hesop.Codes.Add. After res has grown to the largest answer, Match does not allocate. It
// panics if res belongs to another Matcher; a Matcher and its PrimaryOnly share their Results.
func (m *Matcher) Match(codes *hesop.Codes, res *Result) {
	if codes == nil || res == nil || m == nil {
		panic("match: the Matcher, Codes or Result of Match is nil: Compile, Appointment.Codes or new(hesop.Codes), " +
			"and NewResult make them")
	}
	if res.m != m {
		res.adopt(m)
	}
	if res.codes != codes { // rarely: a reader reuses one Codes, and writing a pointer costs during garbage collection
		res.codes = codes
	}
	res.row = codes.Row()
	res.coded = 0
	res.matched.clear()
	res.undecided.clear()
	res.open.clear()
	if codes.Coded(coding.ICD10) {
		res.coded |= bit(coding.ICD10)
	}
	if codes.Coded(coding.OPCS4) {
		res.coded |= bit(coding.OPCS4)
	}
	slots := codes.Slots()
	res.slots = len(slots)
	for i := range slots {
		s := &slots[i]
		if !m.reads(s) {
			continue
		}
		t := m.tries[s.Value.System()]
		node := t.node(s.Value)
		if node == 0 {
			continue
		}
		if s.Form == hesop.Raw && t.endsAtFour(node, s.Value) {
			codes.NoteCut()
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

// reads reports whether Match looks at a slot: the slot must have a code, in a position that counts.
func (m *Matcher) reads(s *hesop.Slot) bool {
	return s.Value.Code().IsValid() && (!m.primary || s.Position == 1)
}
