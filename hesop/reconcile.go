package hesop

import (
	"slices"

	"hesopmatch/codelist"
)

// reconcile takes out of the slots of one system, which start at raw, those that
// stand for a code that another slot has. Positional slots start at positional,
// concatenated ones at concatenated; pairs says that the header has both.
//
// Positional and concatenated slots are paired as multisets: of n and m slots
// with one code min(n, m) are pairs. Those of one position are paired first, so
// that what is left over is what the other source does not have there.
func (c *Codes) reconcile(raw, positional, concatenated int, pairs bool) {
	p, q := c.Slots[positional:concatenated], c.Slots[concatenated:]
	var taken [maxPosition]bool // of p
	for i, j := 0, 0; i < len(p) && j < len(q); {
		switch {
		case p[i].Position < q[j].Position:
			i++
		case p[i].Position > q[j].Position:
			j++
		default:
			if sameCode(&p[i], &q[j]) {
				taken[i], q[j].merged = true, true
			}
			i++
			j++
		}
	}
	for j := range q {
		if q[j].merged || !q[j].Value.Code().IsValid() {
			continue
		}
		for i := range p {
			if !taken[i] && sameCode(&p[i], &q[j]) {
				taken[i], q[j].merged = true, true
				break
			}
		}
	}
	if pairs {
		c.countAlone(q)
		for i := range p {
			if !taken[i] && p[i].Value.Class() == codelist.ClassCode {
				c.Disagreements++
			}
		}
	}
	r := c.Slots[raw:positional]
	for i := positional; i < len(c.Slots) && len(r) > 0; i++ {
		s := &c.Slots[i]
		code := s.Value.Code()
		s.merged = s.merged || code.IsValid() && slices.ContainsFunc(r, func(x Slot) bool {
			whole := x.Value.Code()
			return !s.Value.IsMalformed() && (x.head == code || !x.Value.IsMalformed() && (whole == code || whole.First4() == code))
		})
	}
	kept := c.Slots[:positional]
	for _, s := range c.Slots[positional:] {
		if !s.merged {
			kept = append(kept, s)
		}
	}
	c.Slots = kept
}

// countAlone counts the codes among slots that nothing was paired with.
func (c *Codes) countAlone(slots []Slot) {
	for i := range slots {
		if !slots[i].merged && slots[i].Value.Class() == codelist.ClassCode {
			c.Disagreements++
		}
	}
}

// sameCode compares as codes: E11 and E11X are the same. A malformed missing
// value is no code, and the same as nothing.
func sameCode(a, b *Slot) bool {
	return a.Value.Code().IsValid() && a.Value.Code() == b.Value.Code() && !a.Value.IsMalformed() && !b.Value.IsMalformed()
}
