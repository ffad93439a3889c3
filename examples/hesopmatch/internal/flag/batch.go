package flag

import (
	"slices"
	"strconv"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

// batch holds what was found in consecutive appointments, and the output lines of these appointments. The workers of a
// scan fill it.
type batch struct {
	rows int64
	hits []match.Hit

	values []byte // values that were not recognised, one after the other
	ends   []int  // the end of each value in values

	text   []byte
	lines  []line // one for each line of text, if lines need numbers
	found  int    // number of appointments with lines
	counts rowCounts
	memory []byte // reused by numberLines
}

// line is a line of output that still lacks two numbers. It ends at the offset end in the text of its batch. The row
// number goes at the start of the line, and the line number in the input goes at the offset cut. The field "of" holds
// the index of the line's appointment among the appointments with lines.
type line struct{ cut, end, of int }

// rowStart says where an appointment is in the input: the number of its row, and the number of the line where the row
// starts. The line number is 0 if the input has no lines.
type rowStart struct{ row, line int64 }

// Reset empties the batch.
func (b *batch) Reset() {
	b.rows, b.found, b.counts = 0, 0, rowCounts{}
	b.hits, b.values, b.ends, b.text, b.lines = b.hits[:0], b.values[:0], b.ends[:0], b.text[:0], b.lines[:0]
}

// clone returns a copy that takes no more memory than its content needs.
func (b *batch) clone() *batch {
	return &batch{
		rows: b.rows, found: b.found, hits: slices.Clone(b.hits), values: slices.Clone(b.values),
		ends: slices.Clone(b.ends), text: slices.Clone(b.text), lines: slices.Clone(b.lines),
		counts: b.counts,
	}
}

// size returns the approximate size of the batch in bytes.
func (b *batch) size() int {
	return 256 + len(b.text) + 64*len(b.hits) + len(b.values) + 8*len(b.ends) + 24*len(b.lines)
}

// addUnrecognised adds the values of an appointment that were not recognised.
func (b *batch) addUnrecognised(codes *hesop.Codes) {
	if codes.Unrecognised() == 0 {
		return
	}
	for _, s := range codes.Slots() {
		if s.Value.Class() == coding.ClassUnrecognised {
			b.values = append(b.values, codes.Text(s)...)
			b.ends = append(b.ends, len(b.values))
		}
	}
}

// numberLines returns the lines with both numbers filled in. It is given the number of rows in earlier inputs, and
// where each appointment with lines is in this input. The result is valid until the next call.
func (b *batch) numberLines(before int64, starts []rowStart) []byte {
	text, start := b.memory[:0], 0
	for _, l := range b.lines {
		at := starts[l.of]
		text = append(strconv.AppendInt(text, before+at.row, 10), ',')
		text = append(text, b.text[start:l.cut]...)
		if at.line > 0 {
			text = strconv.AppendInt(text, at.line, 10)
		}
		text = append(text, b.text[l.cut:l.end]...)
		start = l.end
	}
	b.memory = text
	return text
}
