package hesop

import (
	"encoding/binary"
	"slices"
)

// spanCache caches the codes read from spans of code columns, so that the same bytes are not parsed again. Most
// appointments have only missing values, so the same few spans recur.
//
// The fields of a span, and so its codes, depend on its bytes alone. A span starts where a field starts, and its last
// field ends at a delimiter or a line end, which is cached with the span. A slot holds offsets within the text of its
// column, which do not depend on the row. If codeFields.apart is true, no span depends on another.
type spanCache [][1 << cacheBits]cachedSpan

const (
	cacheBits  = 6
	cacheBytes = 64
	cacheSlots = 4
)

// cachedSpan is a cached span: its bytes, with the byte that ends it, and its codes. The zero cachedSpan is empty.
type cachedSpan struct {
	size  uint8
	n     uint8 // number of slots
	clean bool  // no value is unrecognised, and there are no disagreements
	has   features
	bytes [cacheBytes]byte

	slots         [cacheSlots]Slot
	disagreements [3]int32
	unrecognised  int32
}

// newSpanCache returns a cache for the spans of a header, or nil if they depend on each other.
func newSpanCache(h *header) spanCache {
	if !h.codes.apart {
		return nil
	}
	return make(spanCache, len(h.codes.spans))
}

// at returns the cache entry for span i. The text starts where the span starts, and its first eight bytes choose the
// entry.
func (k spanCache) at(i int, text []byte) *cachedSpan {
	var first uint64
	if len(text) >= 8 {
		first = binary.LittleEndian.Uint64(text)
	}
	return &k[i][first*0x9E3779B97F4A7C15>>(64-cacheBits)]
}

// holds reports whether the text begins with the bytes of k.
func (k *cachedSpan) holds(text []byte) bool {
	size := int(k.size)
	return size > 0 && len(text) >= size && string(text[:size]) == string(k.bytes[:size&(2*cacheBytes-1)])
}

// keep stores in k the span at the start of text. The second argument is the length of the span in bytes. keep also
// stores the byte that ends the span, and the slots and counts that reading the span added to c. The third argument
// holds the counts that c had before that reading, and the last one is the number of slots that c had then. If there
// are too many bytes or slots, keep does nothing.
func (k *cachedSpan) keep(text []byte, size uint32, before *counts, c *Codes, used int) {
	slots := c.slots[used:]
	if size >= cacheBytes || int(size) >= len(text) || len(slots) > cacheSlots {
		return
	}
	if text[size] == '\r' { // a CR alone does not end a row
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

// add adds the slots and counts of k, and gives the slots the mark of the row. It runs twice for nearly every row. The
// slots are few, so it copies them one by one, and leaves rare counts to addCounts.
func (c *Codes) add(k *cachedSpan, mark uint16) {
	used := len(c.slots)
	if cap(c.slots)-used < cacheSlots {
		c.slots = slices.Grow(c.slots, cacheSlots)
	}
	c.slots = c.slots[:used+int(k.n)]
	slots := c.slots[used:]
	for i := range slots {
		slots[i] = k.slots[i&(cacheSlots-1)]
		slots[i].mark = mark
	}
	c.has |= k.has
	if !k.clean {
		c.addCounts(k)
	}
}

func (c *Codes) addCounts(k *cachedSpan) {
	c.unrecognised += int(k.unrecognised)
	for sys, n := range k.disagreements {
		c.disagreements += int(n)
		c.bySystem[sys] += int(n)
	}
}
