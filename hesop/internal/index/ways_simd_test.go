//go:build goexperiment.simd && amd64 && go1.26 && !go1.27

package index

import "simd/archsimd"

type masker func(text []byte, comma byte, delims, newlines, quotes []uint64)

// waysToMask returns the implementations of masks that this machine can run.
func waysToMask() map[string]masker {
	ways := map[string]masker{"words": masksOfWords, "chosen": masks}
	if archsimd.X86.AVX512() {
		ways["vectors of 64"] = masksOf64
	}
	if archsimd.X86.AVX2() {
		ways["vectors of 32"] = masksOf32
	}
	return ways
}
