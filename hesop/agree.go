package hesop

import (
	"bytes"
	"encoding/binary"
	"slices"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop/internal/index"
)

// kinds is a set of kinds of value, one bit each.
type kinds uint8

const (
	empty        kinds = 1 << coding.ClassEmpty
	coded        kinds = 1 << coding.ClassCode
	unrecognised kinds = 1 << coding.ClassUnrecognised
	malformed    kinds = 1 << 7

	// judged is the set of kinds for which comparing bytes is not enough: an unrecognised value may hold commas itself.
	judged = empty | unrecognised | malformed
)

func kindOf(v coding.Value) kinds {
	k := kinds(1) << v.Class()
	if v.IsMalformed() {
		k |= malformed
	}
	return k
}

// agree finishes reading a system without raw fields if its concatenated field (whole) consists of its positional
// fields joined by commas, byte for byte. Nearly every concatenated field does. The last argument holds the kinds of
// the positional values. If the fields differ, or if comparing bytes is not enough, agree returns false and changes
// nothing.
//
// If agree returns true, each slot of the concatenated field pairs with the positional slot at the same position.
// reconcile pairs such slots first, so reconcile would give the same result. A slot without a code has no partner.
func (a *Appointment) agree(in *content, positional []index.Place, whole *index.Place, found kinds) bool {
	if found == 0 || found&judged != 0 || whole.Doubled {
		return false
	}
	data, c := in.data, &in.codes
	slots := c.slots[len(c.slots)-len(positional):]
	if int(slots[len(slots)-1].Position) != len(slots) { // a position is empty
		return false
	}
	at := whole.Start
	for i := range positional {
		if i > 0 {
			if at >= whole.End || data[at] != ',' {
				return false
			}
			at++
		}
		p := &positional[i]
		size := p.End - p.Start
		if whole.End-at < size || !equal(data[at:at+size], data[p.Start:p.End]) {
			return false
		}
		at += size
	}
	if at != whole.End {
		return false
	}
	if found != coded {
		c.appendUncoded(slots, whole.Column)
	}
	return true
}

// equal reports whether two fields of the same length are equal.
func equal(x, y []byte) bool {
	if len(x) == 4 && len(y) == 4 { // nearly all fields
		return binary.LittleEndian.Uint32(x) == binary.LittleEndian.Uint32(y)
	}
	return bytes.Equal(x, y)
}

// appendUncoded appends a copy of each slot that has no code, as a slot of the concatenated field. That field holds the
// texts of all slots, joined by commas.
func (c *Codes) appendUncoded(slots []Slot, column int32) {
	start := uint32(0)
	for _, s := range slots {
		end := start + s.end
		if !s.Value.Code().IsValid() {
			s.Form, s.column, s.start, s.end = Concatenated, column, start, end
			c.slots = append(c.slots, s)
		}
		start = end + 1
	}
}

// readPair reads a system with a single value if the first positional field and the concatenated field both hold that
// value, byte for byte. Nearly all appointments are like this. readPair has the effect of readFields followed by agree.
// In any other case, readPair returns false and changes nothing.
func (a *Appointment) readPair(in *content, one, whole *index.Place) bool {
	columns := a.header.codes.columns
	f, g := &columns[one.Column], &columns[whole.Column]
	if f.source != Positional || f.position != 1 || g.source != Concatenated || g.system != f.system ||
		one.Doubled || whole.Doubled {
		return false
	}
	text, other := in.data[one.Start:one.End], in.data[whole.Start:whole.End]
	if len(text) != len(other) || !equal(text, other) {
		return false
	}
	v := coding.ReadValue(f.system, text, int(f.width))
	kind := kindOf(v)
	if kind&judged != 0 {
		return false
	}
	c := &in.codes
	n := len(c.slots)
	c.slots = slices.Grow(c.slots, 2)[:n+1]
	c.slots[n].set(v, 1, Positional, one.Column, in.mark, 0, uint32(len(text)))
	if !v.Code().IsValid() {
		c.slots = c.slots[:n+2]
		c.slots[n+1].set(v, 1, Concatenated, whole.Column, in.mark, 0, uint32(len(text)))
	}
	if kind == coded {
		c.has |= codedIn(f.system)
	}
	return true
}

// set sets the fields of a slot one by one. Building a Slot and then storing it is slower, because the copy reads whole
// words and must wait for the narrower writes to those words.
func (s *Slot) set(v coding.Value, position int32, source Form, column int32, mark uint16, start, end uint32) {
	s.Value, s.Position, s.Form, s.merged, s.mark = v, position, source, false, mark
	s.head = coding.Code(0)
	s.column, s.start, s.end = column, start, end
}
