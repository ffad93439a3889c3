//go:build goexperiment.simd && amd64 && go1.26 && !go1.27

package index

import "simd/archsimd"

// masksOfVectors makes the masks with vectors of 64 or 32 bytes. It returns false if the CPU has neither.
//
// The build constraints name the Go version because the package simd/archsimd may change with each version. Other
// versions use masksOfWords.
func masksOfVectors(text []byte, comma byte, delims, newlines, quotes []uint64) bool {
	switch {
	case archsimd.X86.AVX512():
		masksOf64(text, comma, delims, newlines, quotes)
	case archsimd.X86.AVX2():
		masksOf32(text, comma, delims, newlines, quotes)
	default:
		return false
	}
	archsimd.ClearAVXUpperBits() // otherwise code without vectors may be slow afterwards
	return true
}

func masksOf64(text []byte, comma byte, delims, newlines, quotes []uint64) {
	c, n, q := archsimd.BroadcastUint8x64(comma), archsimd.BroadcastUint8x64('\n'), archsimd.BroadcastUint8x64('"')
	newlines, quotes = newlines[:len(delims)], quotes[:len(delims)]
	for w := range delims {
		x := archsimd.LoadUint8x64((*[64]byte)(text[64*w:]))
		delims[w] = x.Equal(c).ToBits()
		newlines[w] = x.Equal(n).ToBits()
		quotes[w] = x.Equal(q).ToBits()
	}
}

func masksOf32(text []byte, comma byte, delims, newlines, quotes []uint64) {
	c, n, q := archsimd.BroadcastUint8x32(comma), archsimd.BroadcastUint8x32('\n'), archsimd.BroadcastUint8x32('"')
	newlines, quotes = newlines[:len(delims)], quotes[:len(delims)]
	for w := range delims {
		t := (*[64]byte)(text[64*w:])
		x, y := archsimd.LoadUint8x32((*[32]byte)(t[:32])), archsimd.LoadUint8x32((*[32]byte)(t[32:]))
		delims[w] = uint64(x.Equal(c).ToBits()) | uint64(y.Equal(c).ToBits())<<32
		newlines[w] = uint64(x.Equal(n).ToBits()) | uint64(y.Equal(n).ToBits())<<32
		quotes[w] = uint64(x.Equal(q).ToBits()) | uint64(y.Equal(q).ToBits())<<32
	}
}
