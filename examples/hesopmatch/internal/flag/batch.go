package flag

import (
	"slices"
	"strconv"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

// batch is what was found in appointments that follow each other, and their lines. The workers of a scan make it.
type batch struct {
	rows int64
	hits []match.Hit

	values []byte // that were not recognised, one behind the other
	ends   []int  // of the values

	text   []byte
	lines  []line // of text, if the lines are to be numbered
	found  int    // appointments with lines
	counts rowCounts
	memory []byte // of numberLines
}

// line is a line of text that lacks two numbers: that of its row, which begins it, and that of the line of the input,
// which belongs at cut. It is of one of the appointments with lines.
type line struct{ cut, end, of int }

// place is where an appointment starts: the number of its row in the input, and the line, 0 if the input has none.
type place struct{ row, line int64 }

// Reset empties the batch.
func (b *batch) Reset() {
	b.rows, b.found, b.counts = 0, 0, rowCounts{}
	b.hits, b.values, b.ends, b.text, b.lines = b.hits[:0], b.values[:0], b.ends[:0], b.text[:0], b.lines[:0]
}

// clone returns a copy that takes no more memory than it must.
func (b *batch) clone() *batch {
	return &batch{
		rows: b.rows, found: b.found, hits: slices.Clone(b.hits), values: slices.Clone(b.values),
		ends: slices.Clone(b.ends), text: slices.Clone(b.text), lines: slices.Clone(b.lines),
		counts: b.counts,
	}
}

// size is about how many bytes the batch takes.
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

// numberLines returns the lines with the numbers that they lack. places are those of the appointments, and before is
// the number of rows of earlier inputs.
func (b *batch) numberLines(before int64, places []place) []byte {
	text, start := b.memory[:0], 0
	for _, l := range b.lines {
		at := places[l.of]
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
