package hesop

import (
	"bytes"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop/internal/padding"
)

// reconcile works on the slots of one system. It removes each slot that a slot of a more detailed form represents. Raw
// is the most detailed form, and concatenated the least. The first three arguments are the indexes at which the slots
// of each form start. The fourth argument says whether both positional and concatenated columns are read.
//
// reconcile pairs positional and concatenated slots as multisets: n positional and m concatenated slots with the same
// code make min(n, m) pairs. It pairs slots at the same position first, so an unpaired slot has a code that the other
// form lacks at that position.
//
// If the last argument is not nil, reconcile calls it for each slot that it removes, with the slot that represents the
// same code.
func (c *Codes) reconcile(raw, positional, concatenated int, pairs bool, merged func(out, stands *Slot)) {
	merge := func(out, stands *Slot) {
		out.merged = true
		if merged != nil {
			merged(out, stands)
		}
	}
	p, q := c.slots[positional:concatenated], c.slots[concatenated:]
	var stack [maxPosition]bool
	taken := stack[:]        // by index in p
	if len(p) > len(taken) { // codes added by Codes.Add can share a position
		taken = make([]bool, len(p))
	}
	for i, j := 0, 0; i < len(p) && j < len(q); {
		switch {
		case p[i].Position < q[j].Position:
			i++
		case p[i].Position > q[j].Position:
			j++
		default:
			if c.sameCode(&p[i], &q[j]) {
				taken[i] = true
				merge(&q[j], &p[i])
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
			if !taken[i] && c.sameCode(&p[i], &q[j]) {
				taken[i] = true
				merge(&q[j], &p[i])
				break
			}
		}
	}
	if pairs {
		c.countAlone(q)
		for i := range p {
			if !taken[i] && p[i].Value.Class() == coding.ClassCode {
				c.disagreements++
			}
		}
	}
	r := c.slots[raw:positional]
	for i := positional; i < len(c.slots) && len(r) > 0; i++ {
		s := &c.slots[i]
		if s.merged || !s.Value.Code().IsValid() {
			continue
		}
		if stands := c.rawFor(r, s); stands != nil {
			merge(s, stands)
		}
	}
	kept := c.slots[:positional]
	for _, s := range c.slots[positional:] {
		if !s.merged {
			kept = append(kept, s)
		}
	}
	c.slots = kept
}

// countAlone adds to the disagreements the number of slots that have a code and were not merged.
func (c *Codes) countAlone(slots []Slot) {
	for i := range slots {
		if !slots[i].merged && slots[i].Value.Class() == coding.ClassCode {
			c.disagreements++
		}
	}
}

// rawFor returns the raw slot that represents the code of s, preferably one at the same position. It returns nil if no
// raw slot represents that code.
func (c *Codes) rawFor(raw []Slot, s *Slot) *Slot {
	var found *Slot
	for i := range raw {
		x := &raw[i]
		switch isHere := x.Position == s.Position; {
		case found != nil && !isHere, !c.standsFor(x, s):
		case isHere:
			return x
		default:
			found = x
		}
	}
	return found
}

// standsFor reports whether a raw slot represents the code of s: it has the same code, or a value whose first four
// characters are that code.
func (c *Codes) standsFor(raw, s *Slot) bool {
	code, whole := s.Value.Code(), raw.Value.Code()
	switch {
	case !s.Value.IsMalformed():
		return raw.head == code || !raw.Value.IsMalformed() && (whole == code || first4(whole) == code)
	case !raw.Value.IsMalformed():
		return false
	}
	text, long := c.malformed(s), c.malformed(raw)
	return bytes.Equal(text, long) || len(long) > 4 && bytes.Equal(text, long[:4])
}

// sameCode reports whether two slots have the same code: E11 and E11X are the same. A malformed missing value, such as
// R69ZZ, equals only another malformed value for which the method malformed returns the same text.
func (c *Codes) sameCode(x, y *Slot) bool {
	if !x.Value.Code().IsValid() || x.Value.Code() != y.Value.Code() || x.Value.IsMalformed() != y.Value.IsMalformed() {
		return false
	}
	return !x.Value.IsMalformed() || bytes.Equal(c.malformed(x), c.malformed(y))
}

// malformed returns the text of a malformed missing value as it is compared: in upper case, without padding, dots, a
// dagger or asterisk mark, or trailing dashes.
func (c *Codes) malformed(s *Slot) []byte {
	var text []byte // allocates, but such values are rare
	for _, b := range padding.TrimCode(c.Text(*s)) {
		switch {
		case b == '.':
		case 'a' <= b && b <= 'z':
			text = append(text, b-'a'+'A')
		default:
			text = append(text, b)
		}
	}
	last := len(text) - 1
	if last >= 4 && s.Value.System() == coding.ICD10 && (text[last] == 'A' || text[last] == 'D') {
		text = text[:last]
	}
	return bytes.TrimRight(text, "-")
}

// first4 returns c truncated to four characters.
func first4(c coding.Code) coding.Code { return c &^ 0xF }
