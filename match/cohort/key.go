package cohort

import (
	"crypto/sha256"
	"encoding/binary"
)

// key stands for the text of a key: those of up to 15 bytes, and of up to 30 digits,
// are it, exactly, as are those of HES; of longer ones it is a hash. The zero key is that
// of no text.
type key [2]uint64

const (
	shortKey, longestShort  = 0x00, 15 // the length is in the last byte as well
	digitKey, longestDigits = 0x40, 30
	hashedKey               = 0x80
)

func makeKey(text []byte) key {
	var b [16]byte
	switch {
	case len(text) == 0:
		return key{}
	case len(text) <= longestShort:
		copy(b[:], text)
		b[15] = shortKey | byte(len(text))
	case len(text) <= longestDigits && areDigits(text):
		for i, c := range text {
			b[i/2] |= (c - '0') << (4 * (i % 2))
		}
		b[15] = digitKey | byte(len(text))
	default:
		sum := sha256.Sum256(text)
		copy(b[:], sum[:15])
		b[15] = hashedKey
	}
	return key{binary.LittleEndian.Uint64(b[:8]), binary.LittleEndian.Uint64(b[8:])}
}

func areDigits(text []byte) bool {
	for _, c := range text {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// isRounded reports whether a text is a number as a spreadsheet rounds it: 1.23457E+11.
func isRounded(text []byte) bool {
	n := len(text)
	return n >= 5 && text[n-3] == '+' && text[n-4]|0x20 == 'e' && areDigits(text[:1]) && areDigits(text[n-2:]) &&
		areDigits(text[n-5:n-4])
}
