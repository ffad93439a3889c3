// Package padding removes the padding around fields. All code that reads fields uses it, so that the same padding is
// removed everywhere.
package padding

import "bytes"

// Trim returns a field without the white space and no-break spaces around it. The result is part of field.
func Trim(field []byte) []byte {
	if IsBare(field) {
		return field
	}
	return TrimCode(bytes.TrimSpace(field))
}

// IsBare reports whether both ends of a field are bytes that never belong to padding. Nearly all fields are bare and
// need no trimming. A field that is not bare may still have no padding.
func IsBare(field []byte) bool {
	n := len(field)
	return n > 0 && isBare(field[0]) && isBare(field[n-1])
}

func isBare(c byte) bool { return ' ' < c && c < 0x80 }

// TrimCode returns the field of a code without the spaces, tabs and no-break spaces around it. A line end stays part of
// the field, which then is not a code. The result is part of field.
func TrimCode(field []byte) []byte {
	for {
		rest := bytes.Trim(field, " \t\u00a0")
		rest = bytes.TrimPrefix(bytes.TrimSuffix(rest, []byte{0xA0}), []byte{0xA0}) // no-break spaces of Windows-1252
		if len(rest) == len(field) {
			return rest
		}
		field = rest
	}
}
