// Package rows splits delimited text into rows and fields.
//
// The rules are those of the hesop package documentation: a double quote is
// special only as the first byte of a field; inside a quoted field every byte
// is kept, line ends included, and two quotes stand for one; after the closing
// quote only a delimiter or a line end may follow; a quote anywhere else is a
// character like any other. Rows end at LF or CRLF, the last one also at the
// end of the text. A line with nothing on it is blank: counted, and no row.
package rows

import (
	"bytes"
	"fmt"
	"io"
)

// Field is one field of a row: the bytes Start to End of Row.Data, without the
// quotes around them. Doubled says that quotes inside are still written twice.
type Field struct {
	Start, End uint32
	Doubled    bool
}

// Row is one row of a text. Data and Fields are overwritten by the next call
// of Scanner.Next.
//
// For each field: 0 ≤ Start ≤ End ≤ len(Data), and fields stand in order.
type Row struct {
	Data   []byte  // the bytes of the row, without its line end
	Fields []Field // at least one
	Line   int64   // physical line on which the row starts, from 1
	Offset int64   // bytes before the row in the text
}

// AppendText appends the text of field i to dst, doubled quotes made single.
func (r *Row) AppendText(dst []byte, i int) []byte {
	f := r.Fields[i]
	text := r.Data[f.Start:f.End]
	if !f.Doubled {
		return append(dst, text...)
	}
	return AppendSingle(dst, text)
}

// AppendSingle appends the text of a field whose quotes are doubled, with each made
// single.
func AppendSingle(dst, text []byte) []byte {
	for {
		quote := bytes.IndexByte(text, '"')
		if quote < 0 {
			return append(dst, text...)
		}
		dst = append(dst, text[:quote+1]...)
		text = text[quote+2:]
	}
}

// Fault is what was wrong with a row that could not be split, and where.
type Fault struct {
	Kind   Kind
	Line   int64 // physical line, from 1: where an open quote or a long row starts
	Offset int64 // bytes before that place in the text
	Limit  int   // the limit, for TooLong and LongQuote
}

// Kind tells faults apart.
type Kind uint8

// The faults of a text.
const (
	OpenQuote  Kind = 1 + iota // a quoted field never ends
	AfterQuote                 // a closing quote is followed by something else than a delimiter or a line end
	TooLong                    // a row is longer than the limit
	LongQuote                  // a quoted field does not end within the limit of a row
)

// Error says what is wrong, without its place.
func (f *Fault) Error() string {
	switch f.Kind {
	case OpenQuote:
		return "quoted field is not closed"
	case AfterQuote:
		return "closing quote is followed by something other than a delimiter or a line end"
	case LongQuote:
		return fmt.Sprintf("the quoted field that starts here does not end within %d bytes", f.Limit)
	default:
		return fmt.Sprintf("row is longer than %d bytes", f.Limit)
	}
}

const (
	firstBuffer = 64 << 10
	// MaxLimit keeps field offsets within 32 bits, sums of two included.
	MaxLimit = 1 << 30
)

// Scanner reads rows from a text. It is not for concurrent use.
type Scanner struct {
	r      io.Reader
	comma  byte
	loneCR bool // a CR without LF ends a row too
	limit  int

	// 0 ≤ start ≤ end ≤ len(buf); buf[start:end] is read and not yet split.
	buf        []byte
	start, end int
	err        error // what the source said last; io.EOF at its end

	line   int64 // physical line of buf[start]
	offset int64 // place of buf[start] in the text
	blank  int64
}

// NewScanner returns a scanner of r. A row longer than limit bytes is a fault.
// loneCR makes a CR that no LF follows end a row.
func NewScanner(r io.Reader, comma byte, loneCR bool, limit int) *Scanner {
	return &Scanner{r: Guard(r), comma: comma, loneCR: loneCR, limit: min(limit, MaxLimit), line: 1}
}

// Blank is how many blank lines were passed over so far.
func (s *Scanner) Blank() int64 { return s.blank }

// SetDelimiter changes the delimiter for the rows that follow.
func (s *Scanner) SetDelimiter(comma byte) { s.comma = comma }

// Ahead returns what was read of the text and not yet split, and what the source said
// last. It is for a reader that goes on by other means.
func (s *Scanner) Ahead() ([]byte, error) { return s.buf[s.start:s.end], s.err }

// Position is the delimiter, the physical line of the next row and the bytes before it.
func (s *Scanner) Position() (comma byte, line, offset int64) { return s.comma, s.line, s.offset }

// Peek returns the text of the next line that is not blank, without consuming
// it, cut at the limit; it ends at a line end even inside quotes. Empty at the
// end of the text. The bytes are overwritten by the next call of a method.
func (s *Scanner) Peek() ([]byte, error) {
	for {
		data := s.buf[s.start:s.end]
		skip := 0
		for skip < len(data) && (data[skip] == '\n' || data[skip] == '\r') {
			skip++
		}
		if end := bytes.IndexAny(data[skip:], "\r\n"); end >= 0 {
			return data[skip : skip+end], nil
		}
		if len(data) > s.limit || s.err != nil {
			if s.err != nil && s.err != io.EOF {
				return nil, s.err
			}
			return data[skip:], nil
		}
		s.fill()
	}
}

// SkipPrefix passes over prefix if the text starts with it. It is for what
// stands before the first row, such as a byte order mark.
func (s *Scanner) SkipPrefix(prefix string) bool {
	for s.end-s.start < len(prefix) && s.err == nil {
		s.fill()
	}
	if !bytes.HasPrefix(s.buf[s.start:s.end], []byte(prefix)) {
		return false
	}
	s.start += len(prefix)
	s.offset += int64(len(prefix))
	return true
}

// Next splits the next row that is not blank. It returns io.EOF when there is
// none, a *Fault when the text cannot be split, or the error of the source.
func (s *Scanner) Next(row *Row) error {
	for {
		final := s.err == io.EOF
		data := s.buf[s.start:s.end]
		if len(data) > 0 {
			n, quoted, fault := Split(data, s.comma, s.loneCR, final, row)
			switch {
			case fault != nil:
				return s.locate(fault)
			case n > 0 && len(row.Data) > s.limit:
				return s.locate(&Fault{Kind: TooLong})
			case n > 0:
				row.Line, row.Offset = s.line, s.offset
				s.advance(n, quoted)
				if len(row.Fields) == 1 && len(row.Data) == 0 {
					s.blank++
					continue
				}
				return nil
			case len(data) > s.limit:
				return s.tooLong(data, row)
			}
		}
		if s.err != nil {
			return s.err
		}
		s.fill()
	}
}

// tooLong blames an open quote for a row beyond the limit where there is one: the quote is
// what the reader of the message has to look for. Whether it is closed further on is not known,
// unless the text ends.
func (s *Scanner) tooLong(data []byte, row *Row) error {
	if _, _, fault := Split(data, s.comma, s.loneCR, true, row); fault != nil && fault.Kind == OpenQuote {
		if s.err != io.EOF {
			fault.Kind = LongQuote
		}
		return s.locate(fault)
	}
	return s.locate(&Fault{Kind: TooLong})
}

// locate turns the place of a fault within the row into one within the text.
func (s *Scanner) locate(f *Fault) error {
	f.Line = s.line + lineEnds(s.buf[s.start:s.start+int(f.Offset)], s.loneCR)
	f.Offset += s.offset
	f.Limit = s.limit
	return f
}

func (s *Scanner) advance(n int, quoted bool) {
	if quoted {
		s.line += lineEnds(s.buf[s.start:s.start+n], s.loneCR)
	} else {
		s.line++
	}
	s.start += n
	s.offset += int64(n)
}

// fill reads until a line end has arrived, the buffer is full or the source ends. A row beyond the first buffer is
// split again only once for each doubling of the buffer.
func (s *Scanner) fill() {
	if s.start > 0 {
		copy(s.buf, s.buf[s.start:s.end])
		s.start, s.end = 0, s.end-s.start
	}
	if s.end == len(s.buf) {
		grown := make([]byte, max(firstBuffer, 2*len(s.buf)))
		copy(grown, s.buf)
		s.buf = grown
	}
	for s.end < len(s.buf) {
		n, err := s.r.Read(s.buf[s.end:])
		s.end += n
		if err != nil {
			s.err = err
			return
		}
		if s.end < firstBuffer && bytes.ContainsAny(s.buf[s.end-n:s.end], "\r\n") {
			return
		}
	}
}

// lineEnds counts the physical line ends in b.
func lineEnds(b []byte, loneCR bool) int64 {
	n := bytes.Count(b, []byte{'\n'})
	if loneCR {
		n += bytes.Count(b, []byte{'\r'}) - bytes.Count(b, []byte("\r\n"))
	}
	return int64(n)
}
