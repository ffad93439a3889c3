//go:build !(goexperiment.simd && amd64 && go1.26 && !go1.27)

package index

type masker func(text []byte, comma byte, delims, newlines, quotes []uint64)

// waysToMask are the ways of making masks that this machine has.
func waysToMask() map[string]masker {
	return map[string]masker{"words": masksOfWords, "the choice": masks}
}
