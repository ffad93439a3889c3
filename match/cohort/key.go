package cohort

import "crypto/sha256"

// key represents the text in the key column of an appointment. For a text of up to 15 bytes it holds the text and its
// length; for a longer text it holds a prefix of the text's SHA-256. The zero key means no text.
type key [16]byte

const hashedKey = 0x80 // set in the last byte of a key that is a hash, where other keys have their length

func makeKey(text []byte) (k key) {
	if len(text) < len(k) {
		copy(k[:], text)
		k[15] = byte(len(text))
		return k
	}
	sum := sha256.Sum256(text)
	copy(k[:], sum[:])
	k[15] |= hashedKey
	return k
}
