package rows

import "bytes"

// Split splits the first row of data, which must not be empty, and stores the result in the argument row. row.Data is
// then part of data. The argument final means that no text follows data. The result n is the length of the row with its
// line end, or 0 if data ends before the row does. The result quoted reports whether at least one field is quoted. The
// Offset of a fault counts from the start of data.
func Split(data []byte, comma byte, loneCR, final bool, row *Row) (n int, quoted bool, fault *Fault) {
	row.Fields = row.Fields[:0]
	for i := 0; ; i++ {
		var end int // end of the field with its quotes
		if i < len(data) && data[i] == '"' {
			quoted = true
			closing, doubled := closingQuote(data, i+1, final)
			if closing < 0 {
				if final {
					return 0, true, &Fault{Kind: OpenQuote, Offset: int64(i)}
				}
				return 0, true, nil
			}
			row.Fields = append(row.Fields, Field{uint32(i + 1), uint32(closing), doubled})
			end = closing + 1
		} else {
			end = plainEnd(data, i, comma, loneCR)
			row.Fields = append(row.Fields, Field{uint32(i), uint32(end), false})
		}

		if end < len(data) && data[end] == comma {
			i = end
			continue
		}
		size, ok := lineEnd(data[end:], loneCR, final)
		switch {
		case !ok && (final || end+1 < len(data)):
			return 0, quoted, &Fault{Kind: AfterQuote, Offset: int64(end)}
		case !ok:
			return 0, quoted, nil
		}
		row.Data = data[:end]
		return end + size, quoted, nil
	}
}

// plainEnd returns the end of the unquoted field that starts at i: the offset of a delimiter or a line end, or the
// length of data.
func plainEnd(data []byte, i int, comma byte, loneCR bool) int {
	for ; i < len(data); i++ {
		switch c := data[i]; {
		case c == comma, c == '\n':
			return i
		case c == '\r' && (loneCR || i+1 == len(data) || data[i+1] == '\n'):
			return i
		}
	}
	return i
}

// closingQuote returns the offset of the quote that closes the field whose text starts at i. It returns -1 if data ends
// before a quote is known to close the field. doubled reports whether the field has doubled quotes.
func closingQuote(data []byte, i int, final bool) (closing int, doubled bool) {
	for {
		k := bytes.IndexByte(data[i:], '"')
		if k < 0 {
			return -1, doubled
		}
		i += k
		switch {
		case i+1 < len(data) && data[i+1] == '"':
			doubled = true
			i += 2
		case i+1 == len(data) && !final:
			return -1, doubled
		default:
			return i, doubled
		}
	}
}

// lineEnd returns the size of the line end with which the argument rest begins. The size is 0 at the end of the text.
// ok is false if rest does not begin with a line end, or if more text is needed to decide.
func lineEnd(rest []byte, loneCR, final bool) (size int, ok bool) {
	switch {
	case len(rest) == 0:
		return 0, final
	case rest[0] == '\n':
		return 1, true
	case rest[0] != '\r':
		return 0, false
	case len(rest) == 1:
		return 1, final
	case rest[1] == '\n':
		return 2, true
	default:
		return 1, loneCR
	}
}
