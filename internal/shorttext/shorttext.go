// Package shorttext keeps what short texts of data come to: most columns have few values, which come again and again.
package shorttext

import "encoding/binary"

// Longest is how many bytes a text can have that Pack takes.
const Longest = 7

// Pack returns a text as a number, which no other text has and is never 0. It is false for a longer text.
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

// Unpack returns the text of a number that Pack made.
func Unpack(packed uint64) string {
	text := binary.LittleEndian.AppendUint64(nil, packed)
	return string(text[:packed>>56-1])
}

// Slot returns a number of so many bits for a packed text, or for any other number, spread evenly.
func Slot(packed uint64, bits int) uint64 { return packed * 0x9E3779B97F4A7C15 >> (64 - bits) }

// Memo keeps the values of some texts. The zero Memo is empty. It is for one goroutine at a time.
type Memo[V any] [1 << memoBits]struct {
	text  uint64 // 0 in a free slot
	value V
}

const memoBits = 8

// Get returns the value of a text. If it is not known, read returns it.
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
