package index

import (
	"bytes"
	"io"

	"hesopmatch/internal/rows"
)

// Block is a stretch of text with the index of its rows. The zero Block is empty and
// ready for use; its memory is used again for each text that it is given. It is not for
// concurrent use.
//
// With n = len(text):
//
//	n + spare  ≤ cap(text)
//	len(delims) = wordsFor(n) + 1, and the last word is 0
//	len(before) = len(delims)
//	before[w]   = Σ popcount(delims[v]) over 0 ≤ v < w
//	0 ≤ ends[0] < ends[1] < … ≤ n
//
// delims are the delimiters that separate fields, ends the line feeds that end rows; the
// last is n where the text ends without one. All of it holds up to the row that starts at
// rest, which is not whole or has a fault; that row starts behind the last of ends.
type Block struct {
	text   []byte
	memory []byte // of text
	comma  byte   // that Index was given

	delims []uint64
	before []uint32
	ends   []uint32
	rest   int
	fault  *rows.Fault // of the row at rest, its Offset counted from there; nil if it has none

	multiline bool // there is a line feed within quotes

	newlines, quotes []uint64 // as masks makes them

	// Where Next has got to: the row that ends at ends[row] starts at start, and passed
	// delimiters stand before it.
	row    int
	start  int
	passed uint32

	split rows.Row // for odd rows
}

// spare is the bytes that round the text up to whole words.
const spare = 64

// Text is the whole text.
func (b *Block) Text() []byte { return b.text }

// Rest is the text behind the last row, and begins with one that is not whole.
func (b *Block) Rest() []byte { return b.text[min(b.rest, len(b.text)):] }

// Delimiter is what stands between the fields of the rows.
func (b *Block) Delimiter() byte { return b.comma }

// HasRow reports whether there is a row before Rest.
func (b *Block) HasRow() bool { return len(b.ends) > 0 }

// Fault is what is wrong with the row at the start of Rest: nil if nothing is, as when
// its end has not been read.
func (b *Block) Fault() *rows.Fault { return b.fault }

// NextStart is where the next row starts that Next will find, or Rest does.
func (b *Block) NextStart() int {
	if b.row < len(b.ends) {
		return b.start
	}
	return min(b.rest, len(b.text))
}

// Rewind makes Next begin with the first row again.
func (b *Block) Rewind() { b.row, b.start, b.passed = 0, 0, 0 }

// Multiline reports whether a row may have line ends within quotes.
func (b *Block) Multiline() bool { return b.multiline }

// Begin makes text the start of a new text, which Fill continues and Index indexes, and
// for which there is room for size bytes or more. text may be part of the block's own.
func (b *Block) Begin(text []byte, size int) {
	if n := max(size, len(text)) + spare; n > len(b.memory) {
		b.memory = make([]byte, n)
	}
	b.text = b.memory[:copy(b.memory, text)]
	b.Rewind()
	b.ends, b.rest, b.fault = b.ends[:0], 0, nil
}

// Grow makes room if there is none: for as much text again as there is, but for no more
// than a row of limit bytes.
func (b *Block) Grow(limit int) {
	const most = 256 << 20 // so that sizes stay numbers where an int has 32 bits
	if b.isFull() {
		b.memory = make([]byte, len(b.text)+max(spare, min(len(b.text), limit, most))+spare)
		b.text = b.memory[:copy(b.memory, b.text)]
	}
}

func (b *Block) isFull() bool { return len(b.text)+spare >= cap(b.text) }

// Soon is how many bytes Fill waits for although rows have arrived: a source that brings fewer at a time may pause.
const Soon = 32 << 10

// Fill reads until there is no room, r ends, or a line end has arrived in fewer than Soon bytes. It returns what r
// said last; nil if more may follow.
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

// FillAt reads as Fill does, from an offset of r on.
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
		err = io.ErrNoProgress // which the contract of ReadAt rules out
	}
	if b.isFull() && err == io.EOF {
		err = nil // some say so with the last bytes; the next call will say it again
	}
	return err
}

// Drop takes the first n bytes away. It comes before Index.
func (b *Block) Drop(n int) { b.text = b.text[n:] }

// Index finds the rows of the text. Without final, text may follow, and the last row is
// one only if its line feed is there.
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

// sized is a slice of n elements, in the memory of s if there is enough.
func sized[T any](s []T, n int) []T {
	if n > cap(s) {
		return make([]T, n, max(n, 2*cap(s)))
	}
	return s[:n]
}

// Judge says what is wrong with a row that is longer than limit or has a fault, by its
// first limit+2 bytes alone, as many as a row and its line end may have: what happens to
// be at hand of the text must not decide. row begins with them, or is all that there is of
// the text, which whole says. The Offset of the fault counts from the start of row.
//
// An open quote is blamed where there is one: it is what the reader of a message has to
// look for. It is a LongQuote where text may follow that closes it.
func (b *Block) Judge(row []byte, comma byte, limit int, whole bool) *rows.Fault {
	if len(row) >= limit+2 { // whether that is all is not always known then
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
