package index

import (
	"bytes"
	"math/bits"

	"hesopmatch/internal/rows"
)

// Row is one row of a block: the bytes Start to End of the block's text, without the line end. A Row is valid for as
// long as the index of the block is. Let d(n) be the offset of delimiter n of the block, counted from 1. Then
//
//	d(passed) < Start ≤ d(passed+1) < … < d(passed+Fields-1) ≤ End
//	field i is from d(passed+i) + 1, or Start if i = 0, up to d(passed+i+1), or End
//	if i = Fields-1
type Row struct {
	Start, End uint32
	Fields     int // at least one

	passed uint32 // number of delimiters of the block before Start
}

// Next finds the next row and stores it in r. It returns false after the last row.
func (b *Block) Next(r *Row) bool {
	if b.row >= len(b.ends) {
		return false
	}
	end := b.ends[b.row]
	b.row++
	upTo := b.before[end/64] + uint32(bits.OnesCount64(b.delims[end/64]&(1<<(end%64)-1)))
	*r = Row{Start: uint32(b.start), End: end, Fields: int(upTo-b.passed) + 1, passed: b.passed}
	b.start, b.passed = int(end)+1, upTo
	if r.End > r.Start && b.text[r.End-1] == '\r' {
		r.End--
	}
	return true
}

// Passed returns the number of rows that Next has found.
func (b *Block) Passed() int { return b.row }

// Row returns row i of the block, with 0 ≤ i < Passed().
func (b *Block) Row(i int) Row {
	before := Block{text: b.text, delims: b.delims, before: b.before, ends: b.ends[i : i+1]}
	if i > 0 {
		before.start = int(b.ends[i-1]) + 1
	}
	w, bit := before.start/64, uint(before.start%64)
	before.passed = b.before[w] + uint32(bits.OnesCount64(b.delims[w]&(1<<bit-1)))
	var r Row
	before.Next(&r)
	return r
}

// Field returns field i of a row, with 0 ≤ i < r.Fields, as offsets in the text of the block. A call takes a few
// steps for each 64 bytes of the row before the field.
func (b *Block) Field(r *Row, i int) rows.Field {
	return b.FieldAt(r, i, b.Start(r, Span{First: i}, r.Start))
}

// FieldAt is like Field, for a caller that knows the start of the field.
func (b *Block) FieldAt(r *Row, i int, start uint32) rows.Field {
	end := r.End
	if i+1 < r.Fields {
		end = b.nextDelimiter(start)
	}
	return b.unquote(start, end)
}

// AppendFields appends all fields of a row.
func (b *Block) AppendFields(dst []rows.Field, r *Row) []rows.Field {
	start := r.Start
	for n := r.Fields; n > 1; n-- {
		end := b.nextDelimiter(start)
		dst = append(dst, b.unquote(start, end))
		start = end + 1
	}
	return append(dst, b.unquote(start, r.End))
}

// delimiter returns the offset of delimiter n of the block, counted from 1. That delimiter must be in word w or later.
func (b *Block) delimiter(w, n uint32) uint32 {
	before := b.before
	for before[w+1] < n {
		w++
	}
	return 64*w + selectBit(b.delims[w], n-before[w])
}

// nextDelimiter returns the offset of the first delimiter at or after i. There must be such a delimiter.
func (b *Block) nextDelimiter(i uint32) uint32 {
	w := i / 64
	rest := b.delims[w] &^ (1<<(i%64) - 1)
	for rest == 0 {
		w++
		rest = b.delims[w]
	}
	return 64*w + uint32(bits.TrailingZeros64(rest))
}

// unquote returns the field between two delimiters, without the quotes around it.
func (b *Block) unquote(start, end uint32) rows.Field {
	if start == end || b.text[start] != '"' {
		return rows.Field{Start: start, End: end}
	}
	return rows.Field{Start: start + 1, End: end - 1, Doubled: bytes.IndexByte(b.text[start+1:end-1], '"') >= 0}
}
