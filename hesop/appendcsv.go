package hesop

import (
	"bytes"

	"hesopmatch/internal/rows"
)

// AppendCSV appends the fields of the given columns as comma-separated text, without a line end. If no columns are
// given, it appends the fields of all columns of the reader. Values are written as found. A field is quoted only if it
// holds a comma, a double quote, CR or LF.
//
// AppendCSV copies a whole row at once if the text of the row already has this form, as it usually does, or if only the
// delimiter differs.
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

// appendWhole appends a row of text in one copy. It returns false if the row must be written field by field.
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

// isQuotedLeast reports whether, in a comma-separated row that holds no CR, only the fields that need quotes have them,
// and no unquoted field holds a quote.
func isQuotedLeast(row []byte) bool {
	for start := 0; ; { // row[start:] follows the last quoted field
		i := bytes.IndexByte(row[start:], '"')
		if i < 0 {
			return true
		}
		open := start + i
		if open > 0 && row[open-1] != ',' {
			return false // a quote within an unquoted field: AppendCSV quotes such a field
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
