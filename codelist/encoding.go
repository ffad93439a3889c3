package codelist

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// decode returns the bytes of a file as UTF-8 text, and the name of their encoding. A byte order mark states the
// encoding. Without one, it is UTF-8 if the bytes are valid UTF-8, or else Windows-1252.
func decode(data []byte) (text, encoding string, ok bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		return decode16(data[2:], 0, 1)
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return decode16(data[2:], 1, 0)
	}
	if utf8.Valid(data) {
		return string(data), "UTF-8", true
	}
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	for _, c := range data {
		if 0x80 <= c && c < 0xA0 {
			b.WriteRune(windows1252[c-0x80])
		} else {
			b.WriteRune(rune(c))
		}
	}
	return b.String(), "Windows-1252", true
}

// decode16 decodes UTF-16. The arguments low and high are the offsets of the low and the high byte in a unit.
func decode16(data []byte, low, high int) (text, encoding string, ok bool) {
	if len(data)%2 != 0 {
		return "", "UTF-16", false
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = uint16(data[2*i+low]) | uint16(data[2*i+high])<<8
	}
	return string(utf16.Decode(units)), "UTF-16", true
}

// windows1252 is the code page from 0x80 to 0x9F (Unicode Consortium, CP1252.TXT); its five unassigned bytes become
// U+FFFD.
var windows1252 = [32]rune{
	'€', 0xFFFD, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0xFFFD, 'Ž', 0xFFFD,
	0xFFFD, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0xFFFD, 'ž', 'Ÿ',
}
