package match

import (
	"cmp"
	"slices"

	"hesopmatch/hesop"
)

// Hit is one value of an appointment that a list matched. It holds no memory of the data: Codes.Text returns the bytes
// of its slot. List and Entry are numbers within the Matcher and the list.
type Hit struct {
	List  int        // number of the list
	Entry int        // number of the entry that decided, in that list
	Slot  hesop.Slot // where the value was found, and what it is
}

// AppendHits appends to dst the hits of an appointment, ordered by list, system (ICD-10 first), position and form (raw,
// positional, concatenated): one for each value that a list matched. It allocates only to grow dst.
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
