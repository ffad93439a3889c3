// Package rows splits delimited text into rows and fields.
//
// The rules are those of the hesop package documentation. A double quote is special only as the first byte of a field.
// Inside a quoted field every byte is kept, including line ends, and two quotes mean one. After the closing quote only
// a delimiter or a line end may follow. A quote anywhere else is an ordinary character. A row ends at LF or CRLF; the
// last row may also end at the end of the text. An empty line is blank: it is counted, and is not a row.
package rows

import (
	"bytes"
	"fmt"
	"io"
)

// Field is one field of a row: the bytes Start to End of Row.Data, without the quotes around them. Doubled means that
// quotes inside the field are still doubled.
type Field struct {
	Start, End uint32
	Doubled    bool
}

// Row is one row of a text. The next call of Scanner.Next overwrites Data and Fields.
//
// For each field, 0 ≤ Start ≤ End ≤ len(Data). Fields are in order.
type Row struct {
	Data   []byte  // the bytes of the row, without its line end
	Fields []Field // at least one
	Line   int64   // physical line on which the row starts, from 1
	Offset int64   // number of bytes of the text before the row
}

// AppendText appends the text of field i to dst, with doubled quotes made single.
func (r *Row) AppendText(dst []byte, i int) []byte {
	f := r.Fields[i]
	text := r.Data[f.Start:f.End]
	if !f.Doubled {
		return append(dst, text...)
	}
	return AppendSingle(dst, text)
}

// AppendSingle appends the text of a field to dst, and replaces each doubled quote with a single one.
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

// Fault describes why a row could not be split, and where.
type Fault struct {
	Kind   Kind
	Line   int64 // physical line of the fault, from 1; an open quote or a long row is a fault where it starts
	Offset int64 // number of bytes of the text before the fault
	Limit  int   // the limit in bytes, for TooLong and LongQuote
}

// Kind is the kind of a Fault.
type Kind uint8

// The kinds of faults.
const (
	OpenQuote  Kind = 1 + iota // a quoted field never ends
	AfterQuote                 // a closing quote is not followed by a delimiter or a line end
	TooLong                    // a row is longer than the limit
	LongQuote                  // a quoted field does not end within the limit of a row
)

// Error describes the fault, without its position.
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
	// MaxLimit keeps field offsets, and the sum of two of them, within 32 bits.
	MaxLimit = 1 << 30
)

// Scanner reads rows from a text. It is not for concurrent use.
type Scanner struct {
	r      io.Reader
	comma  byte
	loneCR bool // a CR without LF also ends a row
	limit  int

	// 0 ≤ start ≤ end ≤ len(buf); buf[start:end] is read but not yet split.
	buf        []byte
	start, end int
	err        error // the last error of the source; io.EOF at its end

	line   int64 // physical line of buf[start]
	offset int64 // offset of buf[start] in the text
	blank  int64
}

// NewScanner returns a scanner of r. A row longer than limit bytes is a fault. If loneCR is true, a CR that is not
// followed by LF ends a row.
func NewScanner(r io.Reader, comma byte, loneCR bool, limit int) *Scanner {
	return &Scanner{r: Guard(r), comma: comma, loneCR: loneCR, limit: min(limit, MaxLimit), line: 1}
}

// Blank returns the number of blank lines skipped so far.
func (s *Scanner) Blank() int64 { return s.blank }

// SetDelimiter changes the delimiter for the rows that follow.
func (s *Scanner) SetDelimiter(comma byte) { s.comma = comma }

// Ahead returns the text that was read but not yet split, and the last error of the source. It is for a caller that
// reads the rest by other means.
func (s *Scanner) Ahead() ([]byte, error) { return s.buf[s.start:s.end], s.err }

// Position returns the delimiter, the physical line of the next row, and the number of bytes before it.
func (s *Scanner) Position() (comma byte, line, offset int64) { return s.comma, s.line, s.offset }

// Peek returns the next line that is not blank, without consuming it. The line ends at the first line end, even inside
// quotes, and is truncated if it exceeds the limit. It is empty at the end of the text. The next call of any method
// overwrites the bytes.
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

// SkipPrefix reports whether the text starts with prefix, and if so skips it. Use SkipPrefix before the first row, for
// example for a byte order mark.
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

// Next splits the next row that is not blank. It returns io.EOF after the last row, a *Fault if the text cannot be
// split, or the error of the source.
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

// tooLong returns the fault of a row beyond the limit. If a quote is open, the fault is at that quote, because the user
// must find the quote. The fault is then a LongQuote unless the text has ended, because later text may close the quote.
func (s *Scanner) tooLong(data []byte, row *Row) error {
	if _, _, fault := Split(data, s.comma, s.loneCR, true, row); fault != nil && fault.Kind == OpenQuote {
		if s.err != io.EOF {
			fault.Kind = LongQuote
		}
		return s.locate(fault)
	}
	return s.locate(&Fault{Kind: TooLong})
}

// locate converts the position of a fault from the row to the text.
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

// fill reads until a line end has arrived, the buffer is full or the source ends. For a row longer than the first
// buffer, Next therefore calls Split only once for each doubling of the buffer.
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
