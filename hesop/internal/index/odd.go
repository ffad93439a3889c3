package index

import (
	"bytes"

	"hesopmatch/internal/rows"
)

// splitOdd splits the row at offset start, byte by byte, and replaces the bits of that row in delims. It returns the
// start of the next row. It returns -1 if the row has a fault, which it stores in b.fault, or if the row does not end
// in the text.
func (b *Block) splitOdd(start int, comma byte, final bool) (next int) {
	row := &b.split
	n, _, fault := rows.Split(b.text[start:], comma, false, final, row)
	if fault != nil {
		b.fault = fault
	}
	if n == 0 {
		return -1
	}
	next = start + n
	for i := start; i < next; {
		w := i / 64
		mask := ^uint64(0) << (i % 64)
		if i = 64 * (w + 1); i > next {
			mask &= 1<<(next%64) - 1
		}
		b.delims[w] &^= mask
	}
	for _, f := range row.Fields[:len(row.Fields)-1] {
		i := start + int(f.End)
		if b.text[i] == '"' { // a closing quote: no other quote can follow a field
			i++
		}
		b.delims[i/64] |= 1 << (i % 64)
	}
	end := next - 1
	b.multiline = b.multiline || bytes.IndexByte(row.Data, '\n') >= 0
	if b.text[end] != '\n' { // no LF: the row ends where the text ends, perhaps with a CR
		end = next
	}
	b.endRow(end)
	return next
}
