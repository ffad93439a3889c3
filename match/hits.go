package match

import (
	"cmp"
	"slices"

	"hesopmatch/hesop"
)

// Hit is one value that a list matched in an appointment. A Hit does not refer to the memory of the row: Codes.Text
// returns the bytes of its slot.
type Hit struct {
	List  int        // number of the list in the Matcher
	Entry int        // number of the entry that decided, within the list
	Slot  hesop.Slot // the value, with its form and position
}

// AppendHits appends to dst, for each list, one Hit for each value that the list matched. The hits of an appointment
// are ordered by list, system (ICD-10 first), position and form (raw, positional, concatenated). AppendHits allocates
// only to grow dst.
func (m *Matcher) AppendHits(dst []Hit, codes *hesop.Codes) []Hit {
	first := len(dst)
	slots := codes.Slots()
	for i := range slots {
		s := &slots[i]
		if !m.reads(s) {
			continue
		}
		for _, list := range m.Lookup(s.Value).lists {
			decision := m.lists[list].Decide(s.Value)
			dst = append(dst, Hit{List: int(list), Entry: decision.Entry, Slot: *s})
		}
	}
	slices.SortStableFunc(dst[first:], compareHits)
	return dst
}

func compareHits(a, b Hit) int {
	if a.List != b.List {
		return cmp.Compare(a.List, b.List)
	}
	return cmp.Or(
		cmp.Compare(a.Slot.Value.System(), b.Slot.Value.System()),
		cmp.Compare(a.Slot.Position, b.Slot.Position),
		cmp.Compare(a.Slot.Form, b.Slot.Form),
	)
}
