package cohort

import "crypto/sha256"

// key stands for the text of a key: one of up to 15 bytes is it, exactly, with its length; of a longer one it is part
// of the SHA-256. The zero key is that of no text.
type key [16]byte

const hashedKey = 0x80 // in the last byte of a key that is part of a hash, and has no length there

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
