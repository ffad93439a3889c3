package index

// A mask has one bit for each of 64 bytes of text: bit i of word w is that of byte
// 64w + i.
//
// masks puts into delims, newlines and quotes, one word each for 64 bytes of text, where
// the three bytes stand:
//
//	delims[w]>>i&1 = 1  if and only if  text[64w+i] = comma
//
// and so on. len(text) is 64 times the length of each. What runs is masksOfWords on any
// machine, and in a build with GOEXPERIMENT=simd what mask_simd.go chooses by the CPU;
// they are the same function.
func masks(text []byte, comma byte, delims, newlines, quotes []uint64) {
	if !masksOfVectors(text, comma, delims, newlines, quotes) {
		masksOfWords(text, comma, delims, newlines, quotes)
	}
}

// wordsFor is how many words of a mask n bytes take.
func wordsFor(n int) int { return (n + 63) / 64 }
