// Package shorttext caches values computed from short texts of the data. Most columns have few distinct texts, which
// repeat often.
package shorttext

import "encoding/binary"

// Longest is the length in bytes of the longest text that Pack accepts.
const Longest = 7

// Pack returns a text as a number that is unique to the text and never 0. For a text of more than Longest bytes, ok is
// false.
func Pack(text []byte) (packed uint64, ok bool) {
	if len(text) > Longest {
		return 0, false
	}
	packed = uint64(len(text)+1) << 56
	for i, c := range text {
		packed |= uint64(c) << (8 * i)
	}
	return packed, true
}

// Unpack returns the text of a number that Pack returned.
func Unpack(packed uint64) string {
	text := binary.LittleEndian.AppendUint64(nil, packed)
	return string(text[:packed>>56-1])
}

// Slot hashes a packed text, or any other number, to a number below 1<<bits.
func Slot(packed uint64, bits int) uint64 { return packed * 0x9E3779B97F4A7C15 >> (64 - bits) }

// Memo is a cache of the values of 256 texts of up to Longest bytes. New texts evict old ones. The zero Memo is empty
// and ready to use, by one goroutine at a time.
type Memo[V any] [1 << memoBits]struct {
	text  uint64 // 0 in a free slot
	value V
}

const memoBits = 8

// Get returns the value of a text. If the Memo does not hold it, Get calls the callback and stores its result.
func (m *Memo[V]) Get(text []byte, read func() V) V {
	packed, ok := Pack(text)
	if !ok {
		return read()
	}
	at := Slot(packed, memoBits)
	if other := m[at].text; other != packed && other != 0 {
		at ^= 1
	}
	s := &m[at]
	if s.text != packed {
		s.text, s.value = packed, read()
	}
	return s.value
}
