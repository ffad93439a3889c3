package quality

import (
	"encoding/binary"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/internal/shorttext"
)

// codeSpan is code columns of one system that stand side by side, and what Add counted for bytes that they had before.
// Of most appointments they are one of a few, the missing values, so that a row costs two comparisons.
//
// What is counted for a span follows from its bytes alone: fields and their quotes stand in them, and a column of three
// characters is compared with one of the same span; where it is not, plan.apart is false and nothing is kept.
type codeSpan struct {
	first, last hesop.Column
	system      coding.System

	known []knownText // nil if nothing is kept

	// Of the row at hand.
	isKnown bool
	text    []byte // nil if it is not to be kept
	found   []tally
	short   int
}

const (
	knownBits   = 7 // of the number of texts that are kept
	longestText = 80
	mostTallies = 8
)

// knownText is the bytes of a span and what is counted for them. The zero knownText holds none.
type knownText struct {
	size    uint8 // of the text, and 1
	n       uint8 // tallies
	short   uint16
	tallies [mostTallies]tally
	text    [longestText]byte
}

// at is where a text is kept: by its length and its first eight bytes.
func (s *codeSpan) at(text []byte) *knownText {
	first := uint64(len(text))
	if len(text) >= 8 {
		first += binary.LittleEndian.Uint64(text)
	}
	return &s.known[shorttext.Slot(first, knownBits)]
}

// addKnown counts the values of a span if its text is known. If it is not, readCodes counts them.
func (c *Counter) addKnown(s *codeSpan, text []byte) bool {
	s.isKnown, s.text, s.found, s.short = false, nil, s.found[:0], 0
	if text == nil || s.known == nil {
		return false
	}
	k := s.at(text)
	if int(k.size) != len(text)+1 || string(k.text[:len(text)]) != string(text) {
		s.text = text
		return false
	}
	for _, t := range k.tallies[:k.n&(2*mostTallies-1)] {
		c.tally(t)
	}
	c.systems[s.system].short += int64(k.short)
	s.isKnown = true
	return true
}

// keep keeps what was counted for the row at hand, unless it is much or has unrecognised values.
func (s *codeSpan) keep() {
	if text := s.text; text != nil && len(text) <= longestText && len(s.found) <= mostTallies {
		k := s.at(text)
		k.size, k.n, k.short = uint8(len(text)+1), uint8(len(s.found)), uint16(s.short)
		copy(k.text[:], text)
		copy(k.tallies[:], s.found)
	}
	s.text = nil
}
