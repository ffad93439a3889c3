package hesop

import (
	"bytes"
	"io"
)

// fileBlocks reads a text from many places at once. Block k has the rows that start from
//
//	from + k × size  up to, and not at,  from + (k+1) × size
//
// A row is taken to start behind a line feed. That is a guess, for the line feed may stand
// within quotes. But the rows of a block that starts where a row does are right, whatever
// it was found by; and next is always the start of a row, namely of the first one behind
// the blocks that are settled. So a block is right if it starts at next, and read again
// from there if it does not.
type fileBlocks struct {
	numbering
	file io.ReaderAt
	size int64
	from int64
	k    int64
	next int64
}

// behind is how much more than its own bytes a block reads at once: as much as the rest
// of its last row takes, as a rule.
const behind = 4 << 10

func (s *fileBlocks) fetch(b *block) (more bool) {
	b.from = s.from + s.k*s.size
	s.begin(b, b.from+s.size)
	b.guessed = s.k > 0
	s.k++
	return true // until the end is taken
}

func (s *fileBlocks) read(b *block) {
	b.end = nil
	b.indexed.Begin(nil, int(s.size)+behind)
	if b.guessed {
		b.hasStart = s.findStart(b)
	} else if b.hasStart = b.from < b.stop; b.hasStart {
		b.offset = b.from
		b.end = s.fillAt(b, b.offset)
	}
	if !b.hasStart { // so that there is nothing to be found
		b.indexed.Begin(nil, 0)
		b.offset, b.end = b.stop, nil
	}
	b.index()
	for b.end == nil && b.indexed.Fault() == nil && !b.tooLong() { // the last row may not be whole
		size := len(b.indexed.Text())
		if b.offset+int64(size-len(b.indexed.Rest())) >= b.stop {
			return
		}
		b.indexed.Grow(b.limit)
		b.end = s.fillAt(b, b.offset+int64(size))
		b.index()
	}
}

// fillAt reads more of a block, from a place in the text on.
func (s *fileBlocks) fillAt(b *block, from int64) error {
	before := len(b.indexed.Text())
	err := b.indexed.FillAt(s.file, s.reader.atStart+from)
	if read := len(b.indexed.Text()) - before; read > 0 {
		s.reader.watch.reached(from + int64(read))
	}
	return err
}

// findStart reads a block from the byte before it on, and makes it begin where a row seems
// to: behind the first line feed. It is false if none seems to start in the block.
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
	// A block without a start is right if the rows before it reach over it.
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
