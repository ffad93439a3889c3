package hesop

import "iter"

// Merged yields a pair for each value that the method Codes leaves out because another value represents the same code:
// first the value left out, then the value that represents the code. A concatenated value is left out in favour of a
// positional or a raw one, and a positional value in favour of a raw one. So a positional value can be the first or the
// second of a pair. Codes.Text and Codes.Column of the appointment accept these slots.
//
// Merged reads the row again and allocates. It is for explaining single appointments.
func (a *Appointment) Merged() iter.Seq2[Slot, Slot] {
	return func(yield func(Slot, Slot) bool) {
		for _, pair := range a.Clone().mergedPairs() {
			if !yield(pair[0], pair[1]) {
				return
			}
		}
	}
}

// mergedPairs reads the codes of a copy without the shortcuts of readSystem, and returns each slot that reconcile
// removed, with the slot that represents the same code.
func (a *Appointment) mergedPairs() (pairs [][2]Slot) {
	in, h := a.in(), &a.header.codes
	c := &in.codes
	c.of, in.mark = a, a.mark()
	c.clear()
	for places := a.places; len(places) > 0; {
		sys, first := h.columns[places[0].Column].system, len(c.slots)
		n, positional, _ := a.readFields(in, sys, places)
		concatenated := len(c.slots)
		if n < len(places) && h.columns[places[n].Column].system == sys {
			a.readConcatenated(&places[n])
			n++
		}
		c.reconcile(first, positional, concatenated, h.pairs[sys], func(out, stands *Slot) {
			pairs = append(pairs, [2]Slot{*out, *stands})
		})
		places = places[n:]
	}
	a.coded = true
	return pairs
}
