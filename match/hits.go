package match

import (
	"cmp"
	"slices"

	"hesopmatch/hesop"
)

// Hit is one value of an appointment that a list matched. It holds no memory of
// the row: Appointment.SlotText gives the bytes of its slot. Its numbers mean something
// beside its Matcher alone, so that marshalling it fails.
type Hit struct {
	noForm

	List  int        // number of the list
	Entry int        // number of the entry that decided, in that list
	Slot  hesop.Slot // where the value was found, and what it is
}

// AppendHits appends to dst the hits of an appointment, ordered by list, system
// (ICD-10 first), position and source (raw, positional, concatenated): one for
// each value that a list matched. It allocates only to grow dst.
func (m *Matcher) AppendHits(dst []Hit, a *hesop.Appointment) []Hit {
	first := len(dst)
	codes := a.Codes()
	for i := range codes.Slots {
		s := &codes.Slots[i]
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
	return cmp.Or(
		cmp.Compare(a.List, b.List),
		cmp.Compare(a.Slot.Value.System(), b.Slot.Value.System()),
		cmp.Compare(a.Slot.Position, b.Slot.Position),
		cmp.Compare(a.Slot.Source, b.Slot.Source),
	)
}
