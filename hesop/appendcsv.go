package hesop

import (
	"bytes"

	"hesopmatch/internal/rows"
)

// AppendCSV appends fields of the row as comma-separated text, without a line end: those of the columns given, or of
// all columns of the reader if none are given. Values stay as found. A field is quoted only if it holds a comma, a
// double quote, CR or LF.
//
// A whole row of text is copied at once where it is written like that, as most are, or would be with another delimiter.
func (a *Appointment) AppendCSV(dst []byte, columns ...Column) []byte {
	a.mustHoldRow()
	if len(columns) > 0 {
		for i, c := range columns {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = rows.AppendField(dst, a.Text(c))
		}
		return dst
	}
	if whole, ok := a.appendWhole(dst); ok {
		return whole
	}
	for i, f := range a.allFields()[:len(a.header.names)] {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = rows.AppendField(dst, a.textOf(f))
	}
	return dst
}

// appendWhole appends a row of text as it stands. It is false for one that has to be taken to pieces.
func (a *Appointment) appendWhole(dst []byte) (whole []byte, ok bool) {
	in := a.in()
	if in.indexed == nil || a.row.Fields != len(a.header.names) {
		return dst, false
	}
	row := in.data[a.row.Start:a.row.End]
	if bytes.IndexByte(row, '\r') >= 0 {
		return dst, false
	}
	delimiter := in.indexed.Delimiter()
	if delimiter == ',' {
		if !isQuotedLeast(row) {
			return dst, false
		}
		return append(dst, row...), true
	}
	if bytes.IndexByte(row, '"') >= 0 || bytes.IndexByte(row, ',') >= 0 {
		return dst, false
	}
	start := len(dst)
	dst = append(dst, row...)
	for rest := dst[start:]; ; {
		i := bytes.IndexByte(rest, delimiter)
		if i < 0 {
			return dst, true
		}
		rest[i] = ','
		rest = rest[i+1:]
	}
}

// isQuotedLeast reports whether the fields of a comma-separated row without CR are quoted if they have to be and not
// else. No quote stands in a field that is not quoted.
func isQuotedLeast(row []byte) bool {
	for start := 0; ; { // start is behind a quoted field
		i := bytes.IndexByte(row[start:], '"')
		if i < 0 {
			return true
		}
		open := start + i
		if open > 0 && row[open-1] != ',' {
			return false // it is a character, for which AppendCSV quotes the field
		}
		needed := false
		for i = open + 1; ; i += 2 {
			n := bytes.IndexByte(row[i:], '"')
			if n < 0 {
				return false
			}
			needed = needed || bytes.IndexByte(row[i:i+n], ',') >= 0 || bytes.IndexByte(row[i:i+n], '\n') >= 0
			if i += n; i+1 == len(row) || row[i+1] != '"' {
				break
			}
			needed = true // a doubled quote
		}
		if !needed {
			return false
		}
		start = i + 1
	}
}
