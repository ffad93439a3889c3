package quality

import (
	"encoding/binary"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/internal/shorttext"
)

// codeSpan is a run of adjacent code columns of one system, with a cache of what Add counted for earlier texts. In
// most appointments a span holds one of a few texts, the missing values. A row then costs one comparison for each span.
//
// The counts of a span depend only on the bytes of the span, which include the quotes and delimiters of all its fields.
// A three-character column is compared with the longer column for the same code, so both must be in the same span. If
// the two columns of one such pair are in different spans, planCodes makes no caches at all.
type codeSpan struct {
	first, last hesop.Column
	system      coding.System

	cache []cachedSpan // nil if there is no cache

	// The fields below describe the current row.
	isCached bool
	text     []byte // nil if keep must not cache the text
	found    []tally
	short    int
}

const (
	cacheBits   = 7 // log2 of the number of texts in the cache
	longestText = 80
	mostTallies = 8
)

// cachedSpan holds the bytes of a span and what was counted for them. The zero cachedSpan is empty.
type cachedSpan struct {
	size    uint8 // length of text plus 1; 0 if empty
	n       uint8 // number of tallies in use
	short   uint16
	tallies [mostTallies]tally
	text    [longestText]byte
}

// at returns the cache entry for a text. The length and first eight bytes of the text determine the entry.
func (s *codeSpan) at(text []byte) *cachedSpan {
	first := uint64(len(text))
	if len(text) >= 8 {
		first += binary.LittleEndian.Uint64(text)
	}
	return &s.cache[shorttext.Slot(first, cacheBits)]
}

// addCached counts the values of a span if the text of the span is cached, and reports whether it is. If not, readCodes
// must count the values.
func (c *Counter) addCached(s *codeSpan, text []byte) bool {
	s.isCached, s.text, s.found, s.short = false, nil, s.found[:0], 0
	if text == nil || s.cache == nil {
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
	s.isCached = true
	return true
}

// keep caches what was counted for the current row, unless the text is too long, the counts are too many, or a value is
// unrecognised.
func (s *codeSpan) keep() {
	if text := s.text; text != nil && len(text) <= longestText && len(s.found) <= mostTallies {
		k := s.at(text)
		k.size, k.n, k.short = uint8(len(text)+1), uint8(len(s.found)), uint16(s.short)
		copy(k.text[:], text)
		copy(k.tallies[:], s.found)
	}
	s.text = nil
}
