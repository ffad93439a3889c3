package cohort

import (
	"encoding/binary"
	"hash/fnv"
	"slices"

	"hesopmatch/hesop"
)

// input identifies the appointments of one Scan, so that the same data can be recognised in a part. The same bytes give
// the same input for any number of workers and any block size.
type input struct {
	Hash          uint64 // of the fields of some rows: see inputHash
	Rows, Skipped int64
	isRead        bool // ReadPart read this input in a part
}

// inputs holds one input for each Scan whose appointments a cohort contains.
type inputs []input

// repeat reports whether the two sets share an input that ReadPart read. It ignores an input that both sides scanned in
// this process: the caller knows about such inputs, but not about the inputs of a part from another process.
func (all inputs) repeat(others inputs) bool {
	return slices.ContainsFunc(others, func(one input) bool {
		return slices.ContainsFunc(all, func(held input) bool {
			isRead := held.isRead || one.isRead
			held.isRead = one.isRead
			return isRead && held == one
		})
	})
}

// Every row that begins in the first wholeInput bytes of a text is hashed. After these bytes, one row in sampleInput is
// hashed, chosen by its offset.
const wholeInput, sampleInput = 16 << 10, 1024

// inputHash returns what a row adds to the hash of an input, or 0 for a row that is not in the sample.
func (s *source) inputHash(a *hesop.Appointment) uint64 {
	offset := uint64(a.Offset())
	if offset == 0 { // the data are not text, or this is the first row: in both cases the row number is known by now
		offset = uint64(a.Row()) << 8
	}
	if offset >= wholeInput && offset*0x9E3779B97F4A7C15>>32%sampleInput != 0 {
		return 0
	}
	h, start := fnv.New64a(), binary.AppendUvarint(nil, offset)
	for _, c := range s.all {
		_, _ = h.Write(start)
		_, _ = h.Write(a.Text(c))
	}
	return h.Sum64()
}
