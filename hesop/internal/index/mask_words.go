package index

import (
	"bytes"
	"encoding/binary"
)

// masksOfWords makes the masks with portable Go.
func masksOfWords(text []byte, comma byte, delims, newlines, quotes []uint64) {
	mask(text, comma, delims)
	mask(text, '\n', newlines)
	mask(text, '"', quotes)
}

// sparse is the number of words that maskOften compares in the time that one call of bytes.IndexByte takes. IndexByte
// compares dozens of bytes at once, but must be called again after each byte that it finds.
const sparse = 2

// mask makes the mask of one byte. It searches for the byte if it is rare, and compares eight bytes at a time if it is
// common.
func mask(text []byte, c byte, dst []uint64) {
	if bytes.Count(text, []byte{c}) > len(dst)/sparse {
		maskOften(text, c, dst)
		return
	}
	clear(dst)
	for i := 0; ; i++ {
		k := bytes.IndexByte(text[i:], c)
		if k < 0 {
			return
		}
		i += k
		dst[i/64] |= 1 << (i % 64)
	}
}

func maskOften(text []byte, c byte, dst []uint64) {
	pattern := uint64(c) * ones
	for w := range dst {
		t := (*[64]byte)(text[64*w:])
		others := differ(binary.LittleEndian.Uint64(t[0:8]), pattern)
		others |= differ(binary.LittleEndian.Uint64(t[8:16]), pattern) << 8
		others |= differ(binary.LittleEndian.Uint64(t[16:24]), pattern) << 16
		others |= differ(binary.LittleEndian.Uint64(t[24:32]), pattern) << 24
		others |= differ(binary.LittleEndian.Uint64(t[32:40]), pattern) << 32
		others |= differ(binary.LittleEndian.Uint64(t[40:48]), pattern) << 40
		others |= differ(binary.LittleEndian.Uint64(t[48:56]), pattern) << 48
		others |= differ(binary.LittleEndian.Uint64(t[56:64]), pattern) << 56
		dst[w] = ^others
	}
}

const (
	ones = 0x01_01_01_01_01_01_01_01
	lows = 0x7F_7F_7F_7F_7F_7F_7F_7F // all bits of a byte but the highest

	// gather has the bits 49-7j for 0 ≤ j ≤ 7. Multiplying by it moves the highest bit of byte j, bit 8j+7, to bit
	// 56+j. The other partial products never carry into those eight bits.
	gather = 0x0002_0408_1020_4081
)

// differ returns a bit for each of eight bytes: bit j is 1 if byte j of word differs from byte j of pattern.
//
// Let x be a byte of word ^ pattern. Then x is 0 if and only if neither x nor x&0x7F + 0x7F has its highest bit set.
// That sum never carries into the next byte.
func differ(word, pattern uint64) uint64 {
	x := word ^ pattern
	return ((x&lows + lows | x) &^ lows) * gather >> 56
}
