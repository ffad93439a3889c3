package index

import (
	"math/bits"

	"hesopmatch/internal/rows"
)

// Span is columns that stand side by side: First to Last, from 0.
type Span struct{ First, Last int }

// Place is a field that is not empty, and its column.
type Place struct {
	Column int32
	rows.Field
}

// AppendPlaces appends the fields of a row that are in one of spans, which are in
// ascending order, and not empty.
func (b *Block) AppendPlaces(dst []Place, r *Row, spans []Span) []Place {
	w := r.Start / 64
	for _, s := range spans {
		first, last := uint32(s.First), uint32(s.Last)
		if first == 0 { // no delimiter stands before it
			if f := b.Field(r, 0); f.Start < f.End {
				dst = append(dst, Place{0, f})
			}
			if first++; last == 0 {
				continue
			}
		}
		dst, w = b.appendSpan(dst, r, w, first, last)
	}
	return dst
}

// appendSpan appends what AppendPlaces does of the columns first to last, with
// 1 ≤ first. The delimiter before them is in word w or further on, and in the word that it
// returns.
//
// It looks at the 64 bytes from the first of the fields on, of which window is the mask
// of delimiters, the end of the row included; fields that reach further are left to
// appendFields. A field is not empty if no delimiter stands at its first byte.
func (b *Block) appendSpan(dst []Place, r *Row, w, first, last uint32) ([]Place, uint32) {
	before, delims := b.before, b.delims
	low := r.passed + first // of the delimiters of the block, from 1
	if ahead := before[w:]; len(ahead) > 4 {
		w += less(ahead[1], low) + less(ahead[2], low) + less(ahead[3], low) + less(ahead[4], low)
	}
	for before[w+1] < low {
		w++
	}
	start := 64*w + selectBit(delims[w], low-before[w]) + 1

	i, shift := start/64, start%64
	window := delims[i] >> shift
	if int(i+1) < len(delims) {
		window |= delims[i+1] << 1 << (63 - shift)
	}
	window |= 1 << (r.End - start)
	if uint32(bits.OnesCount64(window)) <= last-first {
		return b.appendFields(dst, r, start, first, last), w
	}
	text := b.text
	for starts := ^window & (window<<1 | 1); starts != 0; starts &= starts - 1 {
		from := uint32(bits.TrailingZeros64(starts)) & 63
		column := first + uint32(bits.OnesCount64(window&(1<<from-1)))
		if column > last {
			break
		}
		size := uint32(bits.TrailingZeros64(window >> from))
		f := rows.Field{Start: start + from, End: start + from + size}
		if text[f.Start] == '"' {
			if f = b.unquote(f.Start, f.End); f.Start == f.End {
				continue
			}
		}
		dst = append(dst, Place{int32(column), f})
	}
	return dst, w
}

// less is 1 if x < y and else 0, for numbers below 2³¹, without a branch.
func less(x, y uint32) uint32 { return (x - y) >> 31 }

// appendFields does what appendSpan does one field after another, from the first one's
// start on.
func (b *Block) appendFields(dst []Place, r *Row, start, first, last uint32) []Place {
	for column := first; column <= last; column++ {
		end := r.End
		if int(column)+1 < r.Fields {
			end = b.nextDelimiter(start)
		}
		if f := b.unquote(start, end); f.Start < f.End {
			dst = append(dst, Place{int32(column), f})
		}
		start = end + 1
	}
	return dst
}
