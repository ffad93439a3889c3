package rows

import "io"

// LoneCR looks for a CR that ends a line without LF. It looks outside quotes before the first LF, or in the whole text
// if there is no LF, and ignores the last byte of the text. It consumes nothing, and looks ahead no further than the
// longest row may reach. The offset counts from the start of the text.
func (s *Scanner) LoneCR() (offset int64, found bool) {
	for {
		data := s.buf[s.start:s.end]
		i, done := findLoneCR(data, s.comma, s.err == io.EOF)
		switch {
		case i >= 0:
			return s.offset + int64(i), true
		case done || s.err != nil || len(data) > s.limit:
			return 0, false
		}
		s.fill()
	}
}

// findLoneCR returns the offset in data of the CR that LoneCR looks for, or -1 if there is none. The result done
// reports whether that answer is final.
func findLoneCR(data []byte, comma byte, final bool) (at int, done bool) {
	fieldStarts := true
	for i := 0; i < len(data); i++ {
		c := data[i]
		if fieldStarts && c == '"' {
			closing, _ := closingQuote(data, i+1, final)
			if closing < 0 {
				return -1, final
			}
			i, fieldStarts = closing, false
			continue
		}
		fieldStarts = c == comma
		switch {
		case c == '\n':
			return -1, true
		case c != '\r':
		case i+1 == len(data):
			return -1, final
		case data[i+1] != '\n':
			return i, true
		}
	}
	return -1, final
}
