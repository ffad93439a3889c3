//go:build !(goexperiment.simd && amd64 && go1.26 && !go1.27)

package index

type masker func(text []byte, comma byte, delims, newlines, quotes []uint64)

// waysToMask returns the implementations of masks that this machine can run.
func waysToMask() map[string]masker {
	return map[string]masker{"words": masksOfWords, "chosen": masks}
}
