package cohort

import "crypto/sha256"

// key stands for the text of a key: one of up to 15 bytes is it, exactly, with its length; of a longer one it is part
// of the SHA-256. The zero key is that of no text.
type key [16]byte

func makeKey(text []byte) (k key) {
	if len(text) < len(k) {
		copy(k[:], text)
		k[15] = byte(len(text))
		return k
	}
	sum := sha256.Sum256(text)
	copy(k[:], sum[:])
	k[15] |= 0x80 // no length
	return k
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
