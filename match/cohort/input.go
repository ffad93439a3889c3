package cohort

import (
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
	held := make(map[input]bool, len(all))
	for _, one := range all {
		held[one] = true
	}
	return slices.ContainsFunc(others, func(one input) bool {
		scanned, read := one, one
		scanned.isRead, read.isRead = false, true
		return held[read] || one.isRead && held[scanned]
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
	if place >= wholeInput && mix(place)%sampleInput != 0 {
		return 0
	}
	h := place
	for _, c := range s.all {
		text := a.Text(c)
		word := uint64(len(text))
		for i, b := range text {
			if word = word<<8 | uint64(b); i%8 == 7 {
				h, word = mix(h^word), 0
			}
		}
		h = mix(h ^ word)
	}
	return h
}

// mix spreads the bits of a number, as splitmix64 does.
func mix(n uint64) uint64 {
	n += 0x9E3779B97F4A7C15
	n = (n ^ n>>30) * 0xBF58476D1CE4E5B9
	n = (n ^ n>>27) * 0x94D049BB133111EB
	return n ^ n>>31
}
