package index

import (
	"math/bits"
	"slices"

	"hesopmatch/internal/rows"
)

// Span is a range of adjacent columns, from First to Last, both counted from 0.
type Span struct{ First, Last int }

// Place is a non-empty field and its column.
type Place struct {
	Column int32
	rows.Field
}

// AppendPlaces appends those fields of a row that are in one of the spans and are not empty. The spans must be in
// ascending order, and the row must have all their columns.
func (b *Block) AppendPlaces(dst []Place, r *Row, spans []Span) []Place {
	start := r.Start
	for _, s := range spans {
		start = b.Start(r, s, start)
		dst = b.AppendSpan(dst, r, s, start)
	}
	return dst
}

// Start returns the offset of the first field of a span in a row. The argument from is the start of the row, or the
// start of an earlier span in the row. The search begins in the word that holds that offset.
func (b *Block) Start(r *Row, s Span, from uint32) uint32 {
	if s.First == 0 {
		return r.Start
	}
	return b.delimiter(from/64, r.passed+uint32(s.First)) + 1
}

// End returns the end of the last field of a span. The argument start is the start of the span.
func (b *Block) End(r *Row, s Span, start uint32) uint32 {
	if s.Last+1 >= r.Fields {
		return r.End
	}
	return b.delimiter(start/64, r.passed+uint32(s.Last)+1)
}

// AppendSpan appends the non-empty fields of a span. The argument start is the start of its first field.
//
// The work is split into small functions that keep their variables in registers. If the span ends within 64 bytes, the
// function pick takes the fields from one word, and quotes are removed afterwards.
func (b *Block) AppendSpan(dst []Place, r *Row, s Span, start uint32) []Place {
	first, last := uint32(s.First), uint32(s.Last)
	window := b.window(start, r.End)
	if uint32(bits.OnesCount64(window)) <= last-first {
		return b.appendFields(dst, r, start, first, last)
	}
	old := len(dst)
	if room := int(last-first) + 1; cap(dst)-old < room {
		dst = slices.Grow(dst, room)
	}
	dst = dst[:old+pick(dst[old:cap(dst)], window, start, first, last)]
	for i := old; i < len(dst); i++ {
		if b.text[dst[i].Start] == '"' {
			return b.unquoteAll(dst, i)
		}
	}
	return dst
}

// window returns the mask of delimiters of the 64 bytes from start on. The end of the row counts as a delimiter.
func (b *Block) window(start, end uint32) uint64 {
	w, shift := start/64, start%64
	delims := b.delims[w:]
	window := delims[0] >> shift
	if len(delims) > 1 {
		window |= delims[1] << 1 << (63 - shift)
	}
	return window | 1<<(end-start)
}

// pick stores in dst the non-empty fields of the columns first to last, and returns their number. The first field
// starts at offset start. window is the mask of delimiters from start on, and all fields must end within it. dst must
// have room for all columns. Bit i marks the first byte of a non-empty field if and only if
//
//	window[i] = 0 and (i = 0 or window[i-1] = 1)
//
// and then its column is first + popcount(window[0:i]).
//
//go:noinline
func pick(dst []Place, window uint64, start, first, last uint32) (n int) {
	for starts := ^window & (window<<1 | 1); starts != 0; starts &= starts - 1 {
		below := starts&-starts - 1
		column := first + uint32(bits.OnesCount64(window&below))
		if column > last {
			break
		}
		dst[n] = Place{int32(column), rows.Field{
			Start: start + uint32(bits.TrailingZeros64(starts)),
			End:   start + uint32(bits.TrailingZeros64(window&^below)),
		}}
		n++
	}
	return n
}

// unquoteAll removes the quotes around the fields of dst from index i on, and drops fields that are then empty.
func (b *Block) unquoteAll(dst []Place, i int) []Place {
	kept := dst[:i]
	for _, p := range dst[i:] {
		if p.Field = b.unquote(p.Start, p.End); p.Start < p.End {
			kept = append(kept, p)
		}
	}
	return kept
}

// appendFields does what AppendSpan does, one field at a time.
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
