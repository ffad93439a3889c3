package hesop

import (
	"encoding/binary"
	"slices"
)

// knownCodes keeps what was read of some spans of code columns, so that the same bytes
// need not be read again: of most appointments they are one of a few, the missing values.
//
// The fields of a span, and so its codes, follow from its bytes alone: it starts where a
// field does, and its last field ends at a delimiter or a line end, which is kept with
// it. A slot tells places within the text of its column, which do not depend on the row.
// That the codes of a span do not depend on another is what codeFields.apart says.
type knownCodes [][1 << knownBits]knownSpan

const (
	knownBits  = 6
	knownBytes = 64
	knownSlots = 4
)

// knownSpan is the bytes of a span, with what ends it, and its codes. The zero knownSpan
// holds none.
type knownSpan struct {
	size  uint8
	n     uint8 // slots
	clean bool  // nothing is unrecognised and nothing disagrees
	has   features
	bytes [knownBytes]byte

	slots         [knownSlots]Slot
	disagreements [3]int32
	unrecognised  int32
}

// newKnownCodes returns room for the spans of a header, nil if they cannot be told apart.
func newKnownCodes(h *header) knownCodes {
	if !h.codes.apart {
		return nil
	}
	return make(knownCodes, len(h.codes.spans))
}

// at is where what span i has is kept, by the first eight bytes of the text from its start
// on.
func (k knownCodes) at(i int, text []byte) *knownSpan {
	var first uint64
	if len(text) >= 8 {
		first = binary.LittleEndian.Uint64(text)
	}
	return &k[i][first*0x9E3779B97F4A7C15>>(64-knownBits)]
}

// holds reports whether the text begins with the bytes of k.
func (k *knownSpan) holds(text []byte) bool {
	size := int(k.size)
	return size > 0 && len(text) >= size && string(text[:size]) == string(k.bytes[:size&(2*knownBytes-1)])
}

// keep makes k hold the first size bytes of text and what ends them, unless they are too
// many, and what reading them has added to c, which had used slots and before counts.
func (k *knownSpan) keep(text []byte, size uint32, before *counts, c *Codes, used int) {
	slots := c.slots[used:]
	if size >= knownBytes || int(size) >= len(text) || len(slots) > knownSlots {
		return
	}
	if text[size] == '\r' { // not by itself the end of a row
		return
	}
	k.size = uint8(size + 1)
	copy(k.bytes[:], text[:size+1])
	k.n = uint8(copy(k.slots[:], slots))
	k.unrecognised = int32(c.unrecognised - before.unrecognised)
	k.clean = k.unrecognised == 0 && c.disagreements == before.disagreements
	k.has = c.has &^ before.has
	for sys := range k.disagreements {
		k.disagreements[sys] = int32(c.bySystem[sys] - before.bySystem[sys])
	}
}

// add adds what k holds, as that of a row with a mark. It runs twice for nearly every row: the
// slots are few, so they are copied one by one, and rare counts are left to addCounts.
func (c *Codes) add(k *knownSpan, mark uint16) {
	used := len(c.slots)
	if cap(c.slots)-used < knownSlots {
		c.slots = slices.Grow(c.slots, knownSlots)
	}
	c.slots = c.slots[:used+int(k.n)]
	slots := c.slots[used:]
	for i := range slots {
		slots[i] = k.slots[i&(knownSlots-1)]
		slots[i].mark = mark
	}
	c.has |= k.has
	if !k.clean {
		c.addCounts(k)
	}
}

// addCounts adds what k counts.
func (c *Codes) addCounts(k *knownSpan) {
	c.unrecognised += int(k.unrecognised)
	for sys, n := range k.disagreements {
		c.disagreements += int(n)
		c.bySystem[sys] += int(n)
	}
}
