package index

import (
	"bytes"
	"io"

	"hesopmatch/internal/rows"
)

// Block is a chunk of text with the index of its rows. The zero Block is empty and ready to use. It reuses its memory
// for each new text. It is not for concurrent use.
//
// With n = len(text):
//
//	n + spare  ≤ cap(text)
//	len(delims) = wordsFor(n) + 1, and the last word is 0
//	len(before) = len(delims)
//	before[w]   = Σ popcount(delims[v]) over 0 ≤ v < w
//	0 ≤ ends[0] < ends[1] < … ≤ n
//
// delims marks the delimiters that separate fields. ends lists the offsets of the line feeds that end rows. If the last
// row counts although it has no line feed, its entry is n. The entries of delims and ends are valid for the rows before
// the offset in b.rest. A row that starts at that offset is incomplete or has a fault.
type Block struct {
	text   []byte
	memory []byte // the memory that text is part of
	comma  byte   // the delimiter passed to Index

	delims []uint64
	before []uint32
	ends   []uint32
	rest   int
	fault  *rows.Fault // the fault of the row at b.rest, with its Offset counted from there; nil if there is no fault

	multiline bool // whether at least one line feed is within quotes

	newlines, quotes []uint64 // as the function masks made them

	// The position of Next.
	row    int    // index in ends of the end of the next row
	start  int    // offset of the start of the next row
	passed uint32 // number of delimiters before the next row

	split rows.Row // for rows that splitOdd splits
}

// spare is the room needed to round the text up to whole words.
const spare = 64

// Text returns the whole text.
func (b *Block) Text() []byte { return b.text }

// Rest returns the text after the last row. It begins with an incomplete row, or with one that has a fault.
func (b *Block) Rest() []byte { return b.text[min(b.rest, len(b.text)):] }

// Delimiter returns the byte that separates the fields of the rows.
func (b *Block) Delimiter() byte { return b.comma }

// HasRow reports whether the block has at least one row before the text that Rest returns.
func (b *Block) HasRow() bool { return len(b.ends) > 0 }

// Fault returns the fault of the row with which the text of Rest begins. It returns nil if there is no fault, or if the
// end of that row has not been read yet.
func (b *Block) Fault() *rows.Fault { return b.fault }

// NextStart returns the offset of the row that Next finds next. If there is no such row, it returns the offset of the
// text that Rest returns.
func (b *Block) NextStart() int {
	if b.row < len(b.ends) {
		return b.start
	}
	return min(b.rest, len(b.text))
}

// Rewind makes Next start again at the first row.
func (b *Block) Rewind() { b.row, b.start, b.passed = 0, 0, 0 }

// Multiline reports whether a row may have line ends within quotes.
func (b *Block) Multiline() bool { return b.multiline }

// Begin starts a new text with a copy of the argument text, and makes room for at least size bytes. Fill adds to the
// new text, and Index indexes it. The argument may be part of the block's old text.
func (b *Block) Begin(text []byte, size int) {
	if n := max(size, len(text)) + spare; n > len(b.memory) {
		b.memory = make([]byte, n)
	}
	b.text = b.memory[:copy(b.memory, text)]
	b.Rewind()
	b.ends, b.rest, b.fault = b.ends[:0], 0, nil
}

// Grow makes more room if the block is full: as many bytes as the block already holds, but at most limit. The argument
// limit is the maximum length of a row in bytes.
func (b *Block) Grow(limit int) {
	const most = 256 << 20 // keeps sizes in range where an int has 32 bits
	if b.isFull() {
		b.memory = make([]byte, len(b.text)+max(spare, min(len(b.text), limit, most))+spare)
		b.text = b.memory[:copy(b.memory, b.text)]
	}
}

func (b *Block) isFull() bool { return len(b.text)+spare >= cap(b.text) }

// Soon is a number of bytes. While the text is shorter than that, Fill returns as soon as a line end has arrived. A
// source that delivers so few bytes at a time may pause before it delivers more.
const Soon = 32 << 10

// Fill reads until the block is full, r fails or ends, or a line end arrives while the text is shorter than Soon. It
// returns the last error of r, or nil if more text may follow.
func (b *Block) Fill(r io.Reader) error {
	for idle := 0; !b.isFull(); {
		room := b.text[len(b.text) : cap(b.text)-spare]
		n, err := r.Read(room)
		if countErr := rows.CheckCount(n, len(room)); countErr != nil {
			return countErr
		}
		b.text = b.text[:len(b.text)+n]
		if err != nil {
			return err
		}
		if len(b.text) < Soon && bytes.IndexByte(b.text[len(b.text)-n:], '\n') >= 0 {
			return nil
		}
		if n > 0 {
			idle = 0
		} else if idle++; idle == 100 {
			return io.ErrNoProgress
		}
	}
	return nil
}

// FillAt reads from an offset of r until the block is full or r ends. It returns an error as Fill does.
func (b *Block) FillAt(r io.ReaderAt, offset int64) error {
	if b.isFull() {
		return nil
	}
	room := b.text[len(b.text) : cap(b.text)-spare]
	n, err := r.ReadAt(room, offset)
	if countErr := rows.CheckCount(n, len(room)); countErr != nil {
		return countErr
	}
	b.text = b.text[:len(b.text)+n]
	if err == nil && !b.isFull() {
		err = io.ErrNoProgress // the contract of ReadAt rules this out
	}
	if b.isFull() && err == io.EOF {
		err = nil // io.EOF may come with the last bytes; the next call returns it again
	}
	return err
}

// Drop drops the first n bytes. Call it before Index.
func (b *Block) Drop(n int) { b.text = b.text[n:] }

// Index finds the rows of the text. If final is false, more text may follow, and the last row counts only if it ends in
// a line feed.
func (b *Block) Index(comma byte, final bool) {
	n := len(b.text)
	b.comma = comma
	words := wordsFor(n)
	clear(b.text[n : 64*words : cap(b.text)])
	b.delims = sized(b.delims, words+1)
	b.before = sized(b.before, words+1)
	b.newlines, b.quotes = sized(b.newlines, words), sized(b.quotes, words)
	masks(b.text[:64*words], comma, b.delims[:words], b.newlines, b.quotes)
	b.delims[words] = 0
	b.resolve(comma, final)
	b.count()
}

// sized returns a slice of n elements, in the memory of s if that is large enough.
func sized[T any](s []T, n int) []T {
	if n > cap(s) {
		return make([]T, n, max(n, 2*cap(s)))
	}
	return s[:n]
}

// Judge returns the fault of a row that is longer than limit or cannot be split. It looks only at the first limit+2
// bytes, the maximum length of a row with its line end. The result therefore does not depend on how much of the text
// has been read. The argument row begins with those bytes. The argument whole means that row holds all of the remaining
// text. The Offset of the fault counts from the start of row.
//
// If a quote is open, the fault is at that quote, because the user must find the quote. The fault is a LongQuote if
// later text may close the quote.
func (b *Block) Judge(row []byte, comma byte, limit int, whole bool) *rows.Fault {
	if len(row) >= limit+2 { // more text may or may not follow, so do not use the argument whole
		row, whole = row[:limit+2], false
	}
	if _, _, fault := rows.Split(row, comma, false, whole, &b.split); fault != nil {
		return fault
	}
	if _, _, fault := rows.Split(row, comma, false, true, &b.split); fault != nil && fault.Kind == rows.OpenQuote {
		fault.Kind = rows.LongQuote
		return fault
	}
	return &rows.Fault{Kind: rows.TooLong}
}
