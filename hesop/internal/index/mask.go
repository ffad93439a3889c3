package index

// A mask has one bit for each byte of text. Bit i of word w stands for byte 64w + i.
//
// masks finds three bytes in text: comma, the line feed and the double quote. It sets their bits in delims, newlines
// and quotes:
//
//	delims[w]>>i&1 = 1  if and only if  text[64w+i] = comma
//
// and likewise for the other two. len(text) is 64 times the length of each mask. masksOfWords runs on any machine. A
// build with GOEXPERIMENT=simd chooses a faster function by the CPU (mask_simd.go). All functions give the same result.
func masks(text []byte, comma byte, delims, newlines, quotes []uint64) {
	if !masksOfVectors(text, comma, delims, newlines, quotes) {
		masksOfWords(text, comma, delims, newlines, quotes)
	}
}

// wordsFor returns the number of words in a mask of n bytes.
func wordsFor(n int) int { return (n + 63) / 64 }
