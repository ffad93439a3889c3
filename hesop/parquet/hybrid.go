package parquet

import (
	"encoding/binary"
	"math/bits"
)

// hybrid decodes numbers of a fixed width in runs: a run repeats one number, or holds packed numbers. Parquet encodes
// definition levels (1 bit) and indexes into a dictionary in this way.
type hybrid struct {
	data  []byte // the runs not yet begun
	width uint   // bits of a number; at most 32

	left   int    // how many numbers are left in the current run
	value  uint32 // the number that the current run repeats
	packed []byte // the packed numbers of the current run; nil if the run repeats a number
	bit    int    // offset in packed of the next number, in bits
}

// start begins to decode data.
func (h *hybrid) start(data []byte, width uint) {
	*h = hybrid{data: data, width: width}
}

// run begins the next run that is not empty. It reports whether there is such a run.
func (h *hybrid) run() bool {
	for h.left == 0 {
		head, n := binary.Uvarint(h.data)
		if n <= 0 || head>>1 > 1<<31-1 {
			return false
		}
		h.data = h.data[n:]
		if head&1 == 0 {
			size := int(h.width+7) / 8
			if len(h.data) < size {
				return false
			}
			h.value, h.packed = 0, nil
			for i, b := range h.data[:size] {
				h.value |= uint32(b) << (8 * i)
			}
			h.data, h.left = h.data[size:], int(head>>1)
			continue
		}
		if h.width == 0 {
			h.value, h.packed, h.left = 0, nil, int(min(head>>1, 1<<28-1))*8
			continue
		}
		size := min(uint64(len(h.data)), head>>1*uint64(h.width))
		h.packed, h.bit, h.left = h.data[:size:size], 0, int(size*8/uint64(h.width))
		h.data = h.data[size:]
		if h.left == 0 && head>>1 != 0 {
			return false
		}
	}
	return true
}

// number returns the number that begins at a given bit of packed.
func number(packed []byte, bit int, mask uint32) uint32 {
	at := bit >> 3
	if at+8 <= len(packed) {
		return uint32(binary.LittleEndian.Uint64(packed[at:])>>(bit&7)) & mask
	}
	v := uint64(0)
	for i, b := range packed[at:] {
		v |= uint64(b) << (8 * i)
	}
	return uint32(v>>(bit&7)) & mask
}

// look fills dst with entries of the table: the next numbers are the indexes of the entries. It reports whether data
// has enough numbers, all within the table.
func (h *hybrid) look(dst, table []uint64) bool {
	for len(dst) > 0 {
		if h.left == 0 && !h.run() {
			return false
		}
		n := min(len(dst), h.left)
		h.left -= n
		if h.packed == nil {
			if uint64(h.value) >= uint64(len(table)) {
				return false
			}
			entry := table[h.value]
			for i := range dst[:n] {
				dst[i] = entry
			}
		} else {
			mask := uint32(1)<<h.width - 1
			bit := h.bit
			for i := range dst[:n] {
				v := number(h.packed, bit, mask)
				if uint64(v) >= uint64(len(table)) {
					return false
				}
				dst[i] = table[v]
				bit += int(h.width)
			}
			h.bit = bit
		}
		dst = dst[n:]
	}
	return true
}

// set stores the next n numbers of 1 bit in the bits of dst, which must be clear. It reports whether data has enough
// numbers.
func (h *hybrid) set(dst []uint64, n int) bool {
	for at := 0; at < n; {
		if h.left == 0 && !h.run() {
			return false
		}
		m := min(n-at, h.left)
		h.left -= m
		switch {
		case h.packed != nil:
			setPacked(dst, at, h.packed, h.bit, m)
			h.bit += m
		case h.value > 1:
			return false
		case h.value == 1:
			setOnes(dst, at, m)
		}
		at += m
	}
	return true
}

// setOnes sets n bits of dst, starting at a given bit.
func setOnes(dst []uint64, at, n int) {
	for n > 0 {
		m := min(n, 64-at&63)
		dst[at>>6] |= (^uint64(0) >> (64 - m)) << (at & 63)
		at, n = at+m, n-m
	}
}

// setPacked copies n bits from packed to dst. It starts at index bit of packed and at index at of dst. These bits of
// dst must be clear before.
func setPacked(dst []uint64, at int, packed []byte, bit, n int) {
	for n > 0 {
		m := min(n, 64-at&63, 56)
		dst[at>>6] |= bitsOf(packed, bit, m) << (at & 63)
		at, bit, n = at+m, bit+m, n-m
	}
}

// bitsOf returns n bits of packed, starting at a given bit. n is at most 56.
func bitsOf(packed []byte, bit, n int) uint64 {
	at := bit >> 3
	v := uint64(0)
	if at+8 <= len(packed) {
		v = binary.LittleEndian.Uint64(packed[at:])
	} else {
		for i, b := range packed[at:] {
			v |= uint64(b) << (8 * i)
		}
	}
	return v >> (bit & 7) & (1<<n - 1)
}

// ones returns how many of the next n numbers of 1 bit are 1. It returns -1 if there are fewer than n, or if a number
// exceeds 1. It does not advance h.
func (h hybrid) ones(n int) int {
	ones := 0
	for n > 0 {
		if h.left == 0 && !h.run() {
			return -1
		}
		m := min(n, h.left)
		h.left -= m
		switch {
		case h.packed != nil:
			for done := 0; done < m; done += 56 {
				ones += bits.OnesCount64(bitsOf(h.packed, h.bit+done, min(56, m-done)))
			}
			h.bit += m
		case h.value > 1:
			return -1
		case h.value == 1:
			ones += m
		}
		n -= m
	}
	return ones
}
