package index

import "math/bits"

// selectBit returns the index of the nth set bit of x, with 1 ≤ n ≤ popcount(x). It has no branches, because the
// positions of the bits are unpredictable.
func selectBit(x uint64, n uint32) uint32 {
	const highs = ones << 7
	// Byte j of the word upTo is the number of bits of x that are set in the bytes 0 to j, at most 64.
	pairs := x - x>>1&0x55_55_55_55_55_55_55_55
	nibbles := pairs&0x33_33_33_33_33_33_33_33 + pairs>>2&0x33_33_33_33_33_33_33_33
	upTo := (nibbles + nibbles>>4) & 0x0F_0F_0F_0F_0F_0F_0F_0F * ones
	// In the word enough, the highest bit of byte j is set if byte j of upTo is n or more.
	enough := (upTo | highs - uint64(n)*ones) & highs
	at := uint32(bits.TrailingZeros64(enough)) &^ 7 // the first bit of the first such byte
	before := uint32(upTo << 8 >> (at & 63) & 0xFF)
	return at + uint32(selectInByte[(n-before-1)&7][x>>(at&63)&0xFF])
}

// selectInByte[n][x] is the index of the nth set bit of x, with n counted from 0.
var selectInByte = func() (table [8][256]uint8) {
	for x := range 256 {
		n := 0
		for i := range 8 {
			if x>>i&1 != 0 {
				table[n][x] = uint8(i)
				n++
			}
		}
	}
	return table
}()
