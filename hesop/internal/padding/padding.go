// Package padding takes the padding from around fields, as every reader of a field must in the same way.
package padding

import "bytes"

// Trim returns a field without the white space and no-break spaces around it. The result is part of field.
func Trim(field []byte) []byte {
	if IsBare(field) {
		return field
	}
	return TrimCode(bytes.TrimSpace(field))
}

// IsBare reports whether a field has bytes at both ends that are never padding, nor part of any. Nearly all
// fields do, and need no trimming; false decides nothing.
func IsBare(field []byte) bool {
	n := len(field)
	return n > 0 && isBare(field[0]) && isBare(field[n-1])
}

func isBare(c byte) bool { return ' ' < c && c < 0x80 }

// TrimCode returns the field of a code without the spaces, tabs and no-break spaces around it. A line end is part
// of the field, which then is no code. The result is part of field.
func TrimCode(field []byte) []byte {
	for {
		rest := bytes.Trim(field, " \t\u00a0")
		rest = bytes.TrimPrefix(bytes.TrimSuffix(rest, []byte{0xA0}), []byte{0xA0}) // of Windows-1252
		if len(rest) == len(field) {
			return rest
		}
		field = rest
	}
}
