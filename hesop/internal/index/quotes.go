package index

import "math/bits"

// resolve removes the bits of quoted bytes from the masks, and finds the rows.
//
// Byte i of a row is quoted if the number of quotes up to and including that byte is odd:
//
//	in[i] = quote[0] ⊕ quote[1] ⊕ … ⊕ quote[i], counted from the start of the row
//
// parity computes this for 64 bytes at once. It is correct as long as every quote either
//
//	opens a field: it follows a delimiter, the start of a row, or the quote that
//	it doubles, or
//	closes a field: it is followed by a delimiter, a line end or the quote that
//	doubles it.
//
// A row with a quote that does neither is odd. At the first such quote, resolve has the row split byte by byte.
//
// Whenever the loop begins a word, delims and ends are final for all bytes before offset start, and the bits of the
// word from start onwards are as the function masks made them. After an odd row, start may be inside the word; the bits
// below start have then been cleared in newlines and quotes.
func (b *Block) resolve(comma byte, final bool) {
	b.ends, b.fault, b.multiline = b.ends[:0], nil, false
	var (
		inside uint64 // all ones if byte 64w-1 is within quotes, else 0
		closed uint64 // 1 if byte 64w-1 is a closing quote
		start  int    // offset of the current row
	)
	newlines, quotes := b.newlines, b.quotes[:len(b.newlines)]
	for w := 0; w < len(newlines); w++ {
		ends := newlines[w]
		if q := quotes[w]; q|inside|closed != 0 {
			in := parity(q) ^ inside
			open, shut := q&in, q&^in
			edges := (b.delims[w] | ends) &^ in
			behind := shut<<1 | closed
			odd := open&^(edges<<1|b.edgeBefore(w, start)|behind) | b.notReturns(w, behind&^(edges|open))
			if odd != 0 {
				next := b.resolveOdd(w, in, odd&-odd-1, start, comma, final)
				if next < 0 {
					return
				}
				start, inside, closed = next, 0, 0
				w = next / 64
				if w < len(quotes) {
					done := uint64(1)<<(next%64) - 1
					quotes[w] &^= done
					newlines[w] &^= done
				}
				w-- // process the word again, for the text after the row
				continue
			}
			b.delims[w] &^= in
			b.multiline = b.multiline || ends&in != 0
			ends &^= in
			inside = uint64(int64(in) >> 63)
			closed = shut >> 63
		}
		for ; ends != 0; ends &= ends - 1 {
			start = b.endRow(64*w + bits.TrailingZeros64(ends))
		}
	}
	b.rest = start
	if !final || start >= len(b.text) {
		return
	}
	if inside != 0 {
		b.splitOdd(start, comma, final) // stores the fault
		return
	}
	b.endRow(len(b.text))
	b.rest = len(b.text)
}

// resolveOdd resolves word w up to its first odd quote, and then the odd row. The argument valid marks the bytes before
// that quote. The odd row starts at start, or after the last line end among those bytes. resolveOdd returns the start
// of the next row, or -1 if the odd row is incomplete.
func (b *Block) resolveOdd(w int, in, valid uint64, start int, comma byte, final bool) (next int) {
	ends := b.newlines[w]
	b.delims[w] &^= in & valid
	b.multiline = b.multiline || ends&in&valid != 0
	for e := ends &^ in & valid; e != 0; e &= e - 1 {
		start = b.endRow(64*w + bits.TrailingZeros64(e))
	}
	next = b.splitOdd(start, comma, final)
	if next < 0 {
		b.rest = start
	}
	return next
}

// endRow records that a row ends at i, and returns the start of the next row.
func (b *Block) endRow(i int) (start int) {
	b.ends = append(b.ends, uint32(i))
	return i + 1
}

// edgeBefore returns the bits of word w at which a field may start because of earlier words: the first bit if a
// delimiter precedes it, and the bit of offset start if that is in word w.
func (b *Block) edgeBefore(w, start int) (edge uint64) {
	if w > 0 {
		edge = b.delims[w-1] >> 63
	}
	if start/64 == w {
		edge |= 1 << (start % 64)
	}
	return edge
}

// notReturns returns the given bits of word w without those that mark a CR followed by LF.
func (b *Block) notReturns(w int, of uint64) uint64 {
	for rest := of; rest != 0; rest &= rest - 1 {
		i := 64*w + bits.TrailingZeros64(rest)
		if i+1 < len(b.text) && b.text[i] == '\r' && b.text[i+1] == '\n' {
			of &^= rest & -rest
		}
	}
	return of
}

// count counts the delimiters before each word.
func (b *Block) count() {
	before := b.before[:len(b.delims)]
	n := uint32(0)
	for w, d := range b.delims {
		before[w] = n
		n += uint32(bits.OnesCount64(d))
	}
}

// parity returns a word in which bit i is the XOR of the bits 0 to i of x.
func parity(x uint64) uint64 {
	x ^= x << 1
	x ^= x << 2
	x ^= x << 4
	x ^= x << 8
	x ^= x << 16
	return x ^ x<<32
}
