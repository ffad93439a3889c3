package index

import "math/bits"

// selectBit is the place of bit n of x that is set, with 1 ≤ n ≤ popcount(x). It has no
// branch, because where the bits stand cannot be foretold.
func selectBit(x uint64, n uint32) uint32 {
	const highs = ones << 7
	// Byte j of upTo is the number of bits set in the bytes 0 to j, at most 64.
	pairs := x - x>>1&0x55_55_55_55_55_55_55_55
	nibbles := pairs&0x33_33_33_33_33_33_33_33 + pairs>>2&0x33_33_33_33_33_33_33_33
	upTo := (nibbles + nibbles>>4) & 0x0F_0F_0F_0F_0F_0F_0F_0F * ones
	// The highest bit of byte j of enough says whether upTo there is n or more.
	enough := (upTo | highs - uint64(n)*ones) & highs
	at := uint32(bits.TrailingZeros64(enough)) &^ 7 // of the first such byte
	before := uint32(upTo << 8 >> (at & 63) & 0xFF)
	return at + uint32(selectInByte[(n-before-1)&7][x>>(at&63)&0xFF])
}

// selectInByte[n][x] is the place of bit n of x that is set, counted from 0.
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
