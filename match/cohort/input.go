package cohort

import (
	"encoding/binary"
	"hash/fnv"
	"slices"

	"hesopmatch/hesop"
)

// input stands for the appointments of one Scan, so that the same data are recognised when they come again by a part.
// The same bytes have the same input for any number of workers and any size of blocks.
type input struct {
	Hash          uint64 // of the fields of some rows: see inputHash
	Rows, Skipped int64
	isRead        bool // by ReadPart
}

// inputs are what a cohort holds the appointments of.
type inputs []input

// repeat reports whether some of the others are there already. Those that were scanned in this process are the
// caller's affair; what comes from another one is not known here.
func (all inputs) repeat(others inputs) bool {
	return slices.ContainsFunc(others, func(one input) bool {
		return slices.ContainsFunc(all, func(held input) bool {
			isRead := held.isRead || one.isRead
			held.isRead = one.isRead
			return isRead && held == one
		})
	})
}

// Of text longer than wholeInput bytes one row in sampleInput is looked at, chosen by its place.
const wholeInput, sampleInput = 16 << 10, 1024

// inputHash is what a row adds to the hash of an input: 0 unless it is one of those that are looked at.
func (s *source) inputHash(a *hesop.Appointment) uint64 {
	place := uint64(a.Offset())
	if place == 0 { // not of a text, or the first row, whose number is known while a block is worked on
		place = uint64(a.Row()) << 8
	}
	if place >= wholeInput && place*0x9E3779B97F4A7C15>>32%sampleInput != 0 {
		return 0
	}
	h, start := fnv.New64a(), binary.AppendUvarint(nil, place)
	for _, c := range s.all {
		_, _ = h.Write(start)
		_, _ = h.Write(a.Text(c))
	}
	return h.Sum64()
}
