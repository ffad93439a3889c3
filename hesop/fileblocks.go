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
	order
	file io.ReaderAt
	size int64
	from int64
	k    int64
	next int64
}

// behind is how much more than its own bytes a block reads at once: as much as the rest
// of its last row takes, as a rule.
const behind = 4 << 10

func (s *fileBlocks) fetch(b *Block) (more bool) {
	b.from = s.from + s.k*s.size
	s.begin(b, b.from+s.size)
	b.guessed = s.k > 0
	s.k++
	return true // until the end is taken
}

func (s *fileBlocks) read(b *Block) {
	base := s.reader.atStart
	b.offset, b.end = b.from, nil
	if b.guessed {
		b.offset-- // for the line feed before a row
	}
	b.block.Reserve(int(s.size) + behind)
	b.block.Begin(nil)
	if b.from < b.stop {
		b.end = b.block.FillAt(s.file, base+b.offset)
	}
	if b.guessed {
		feed := bytes.IndexByte(b.block.Text(), '\n')
		if b.from = b.offset + int64(feed) + 1; feed < 0 || b.from >= b.stop {
			b.from, b.end = b.stop, nil
		} else {
			b.block.Drop(feed + 1)
			b.offset = b.from
		}
	}
	if b.from >= b.stop { // no row starts in the block
		b.block.Begin(nil)
		b.offset = b.stop
	}
	b.index()
	for b.end == nil && b.block.Fault() == nil { // the last row may not be whole
		rest := len(b.block.Rest())
		size := len(b.block.Text())
		if b.offset+int64(size-rest) >= b.stop || rest > b.limit {
			return
		}
		b.block.Grow(b.limit)
		b.end = b.block.FillAt(s.file, base+b.offset+int64(size))
		b.index()
	}
}

func (s *fileBlocks) settle(b *Block) bool {
	if b.from != s.next && (s.next < b.stop || b.from < b.stop) {
		b.guessed, b.from = false, s.next
		return false
	}
	s.number(b)
	if b.from < b.stop {
		s.next = b.offset + int64(b.block.NextStart())
	}
	return true
}
