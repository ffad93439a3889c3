package hesop

import (
	"bytes"
	"io"
	"math"
)

// blockSource supplies the rest of a Reader's text in blocks.
type blockSource interface {
	// fetch prepares the next block, in order, and reports whether another may follow.
	fetch(b *block) (more bool)
	// read reads the part of a block that fetch did not read. Any number of goroutines may call read at the same time.
	read(b *block)
	// fits reports whether the rows found in a block are really rows of the data. It is called after the work on the
	// block, in the order of the blocks. If it returns false, the block must be read and worked on again.
	fits(b *block) bool
	// settle gives the rows of a block their numbers. It is called in the order of the blocks.
	settle(b *block)
	// stop ends the goroutine that reads ahead for fetch, if any. It is called last.
	stop()
}

func newBlockSource(r *Reader, size int) blockSource {
	t := r.source().(*text)
	r.passed(&t.chunk)
	start := t.indexed.NextStart()
	o := numbering{reader: r, text: t, begins: r.number == 0}
	if r.at != nil {
		from := t.offset + int64(start)
		return &fileBlocks{numbering: o, file: r.at(), size: int64(size), from: from, next: from}
	}
	ahead := bytes.NewReader(t.indexed.Text()[start:])
	source := io.MultiReader(ahead, failing{t})
	s := &streamBlocks{numbering: o, source: source, size: size, at: t.offset + int64(start)}
	if _, compressed := t.source.(gzipReader); compressed {
		s.ahead = newReadAhead(source)
		s.source = s.ahead
	}
	return s
}

// failing is an io.Reader of the source of a text. If that source has already ended or failed, Read returns the error
// of the source again.
type failing struct{ *text }

func (f failing) Read(p []byte) (int, error) {
	if f.end != nil {
		return 0, f.end
	}
	return f.source.Read(p)
}

// numbering gives the rows of a text their numbers, block by block.
type numbering struct {
	reader *Reader
	text   *text
	begins bool // the next block to be fetched has the first row of the data
}

// begin prepares a block of the text for rows that start before the offset stop.
func (o *numbering) begin(b *block, stop int64) {
	b.comma, b.limit, b.stop = o.text.comma, o.text.limit, stop
	b.isFirst, o.begins = o.begins, false
	b.end = nil
}

// number determines where b begins: after the rows and lines of the blocks already settled.
func (o *numbering) number(b *block) {
	t := o.text
	b.base = counted{o.reader.number, t.line}
	t.line += b.line
	t.blank += b.blank
}

// streamBlocks reads a text from start to end, and so knows where rows begin.
type streamBlocks struct {
	numbering
	source io.Reader
	ahead  *readAhead // the source if it is compressed, otherwise nil
	size   int
	at     int64  // the offset in the text of rest[0]
	rest   []byte // text already read that follows the last block
}

func (s *streamBlocks) stop() {
	if s.ahead != nil {
		s.ahead.stop()
	}
}

func (s *streamBlocks) fetch(b *block) (more bool) {
	s.begin(b, math.MaxInt64)
	b.offset = s.at
	b.indexed.Begin(s.rest, s.size)
	for {
		b.indexed.Grow(b.limit)
		b.end = b.indexed.Fill(s.source)
		b.index()
		if more = b.end == nil && b.indexed.Fault() == nil && !b.tooLong(); !more || b.indexed.HasRow() {
			break
		}
	}
	s.rest = append(s.rest[:0], b.indexed.Rest()...)
	s.at += int64(len(b.indexed.Text()) - len(s.rest))
	return more
}

func (*streamBlocks) read(*block) {}

func (*streamBlocks) fits(*block) bool { return true }

func (s *streamBlocks) settle(b *block) { s.number(b) }
