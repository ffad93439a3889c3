package index

import (
	"math/bits"
	"slices"

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
// ascending order and of columns that the row has, and not empty.
func (b *Block) AppendPlaces(dst []Place, r *Row, spans []Span) []Place {
	start := r.Start
	for _, s := range spans {
		start = b.Start(r, s, start)
		dst = b.AppendSpan(dst, r, s, start)
	}
	return dst
}

// Start is where the first field of a span of a row starts. It looks from a place on: the
// start of the row, or that of another span further in front.
func (b *Block) Start(r *Row, s Span, from uint32) uint32 {
	if s.First == 0 {
		return r.Start
	}
	return b.delimiter(from/64, r.passed+uint32(s.First)) + 1
}

// End is where the last field of a span ends, of which start is the start.
func (b *Block) End(r *Row, s Span, start uint32) uint32 {
	if s.Last+1 >= r.Fields {
		return r.End
	}
	return b.delimiter(start/64, r.passed+uint32(s.Last)+1)
}

// AppendSpan appends the fields of a span that are not empty. start is that of the first.
//
// It is made of parts that keep to themselves, so that each has its variables in
// registers: what is at hand of the span is picked out of one word, and quotes are looked
// for then.
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

// window is the mask of delimiters of the 64 bytes from start on, the end of the row
// included.
func (b *Block) window(start, end uint32) uint64 {
	w, shift := start/64, start%64
	delims := b.delims[w:]
	window := delims[0] >> shift
	if len(delims) > 1 {
		window |= delims[1] << 1 << (63 - shift)
	}
	return window | 1<<(end-start)
}

// pick puts into dst the fields of the columns first to last that are not empty, and says
// how many. They all end within window, the mask of the delimiters from the start of the
// first on. dst has room for all. Bit i is the first byte of such a field if and only if
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

// unquoteAll takes the quotes from around the places from i on, and drops those that
// are empty without them.
func (b *Block) unquoteAll(dst []Place, i int) []Place {
	kept := dst[:i]
	for _, p := range dst[i:] {
		if p.Field = b.unquote(p.Start, p.End); p.Start < p.End {
			kept = append(kept, p)
		}
	}
	return kept
}

// appendFields does what AppendSpan does, one field after another.
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
