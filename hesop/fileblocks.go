package hesop

import (
	"bytes"
	"io"
)

// fileBlocks reads a text from many offsets at once. Block k has the rows that start at an offset x with
//
//	from + k × size ≤ x < from + (k+1) × size
//
// A worker assumes that a row starts after a line feed. That is a guess, because the line feed may be within quotes. If
// a block really starts at a row, all its rows are right. fileBlocks.next is always the offset of a real row: the first
// row after the settled blocks. So a block that starts at that offset is right, and any other block is read again from
// that offset.
type fileBlocks struct {
	numbering
	file io.ReaderAt
	size int64
	from int64
	k    int64
	next int64
}

// overread is how many bytes beyond the end of a block are read together with it. They usually hold the rest of the
// last row in the block.
const overread = 4 << 10

func (s *fileBlocks) fetch(b *block) (more bool) {
	b.from = s.from + s.k*s.size
	s.begin(b, b.from+s.size)
	b.guessed = s.k > 0
	s.k++
	return true // the end of the data is found later, when blocks are taken
}

func (s *fileBlocks) read(b *block) {
	b.end = nil
	b.indexed.Begin(nil, int(s.size)+overread)
	if b.guessed {
		b.hasStart = s.findStart(b)
	} else if b.hasStart = b.from < b.stop; b.hasStart {
		b.offset = b.from
		b.end = s.fillAt(b, b.offset)
	}
	if !b.hasStart { // empty the block, so that no row is found in it
		b.indexed.Begin(nil, 0)
		b.offset, b.end = b.stop, nil
	}
	b.index()
	for b.end == nil && b.indexed.Fault() == nil && !b.tooLong() { // the last row may be incomplete
		size := len(b.indexed.Text())
		if b.offset+int64(size-len(b.indexed.Rest())) >= b.stop {
			return
		}
		b.indexed.Grow(b.limit)
		b.end = s.fillAt(b, b.offset+int64(size))
		b.index()
	}
}

// fillAt reads more of a block, from an offset in the text.
func (s *fileBlocks) fillAt(b *block, from int64) error {
	before := len(b.indexed.Text())
	err := b.indexed.FillAt(s.file, s.reader.atStart+from)
	if read := len(b.indexed.Text()) - before; read > 0 {
		s.reader.watch.reached(from + int64(read))
	}
	return err
}

// findStart reads a block, together with the byte before it, and moves the start of the block to where a row seems to
// begin: after the first line feed. It returns false if no row seems to start in the block.
func (s *fileBlocks) findStart(b *block) bool {
	b.end = s.fillAt(b, b.from-1)
	feed := bytes.IndexByte(b.indexed.Text(), '\n')
	if feed < 0 || b.from+int64(feed) >= b.stop {
		return false
	}
	b.indexed.Drop(feed + 1)
	b.from += int64(feed)
	b.offset = b.from
	return true
}

func (s *fileBlocks) fits(b *block) bool {
	// A block in which no row starts is right if the row before the block ends beyond it.
	if b.hasStart && b.from == s.next || !b.hasStart && s.next >= b.stop {
		return true
	}
	b.guessed, b.from = false, s.next
	return false
}

func (s *fileBlocks) settle(b *block) {
	s.number(b)
	if b.hasStart {
		s.next = b.offset + int64(b.indexed.NextStart())
	}
}

func (*fileBlocks) stop() {}
