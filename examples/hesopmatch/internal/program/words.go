package program

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"hesopmatch/internal/plural"
)

// Plain is a text without what would break its line, or steer a terminal.
func Plain(text string) string {
	return strings.Map(func(r rune) rune {
		if steers(r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// PlainLines is Plain for a text of several lines.
func PlainLines(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && steers(r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// steers reports whether a terminal obeys a character instead of showing it.
func steers(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }

// Limits of CutRaw, in bytes.
const (
	longRaw = 256
	keptRaw = 200
)

// CutRaw returns a cell of a codelist for output in which it may come again for each of its
// codes: one of more than 256 bytes is cut to its first 200, whole characters, and its length.
func CutRaw(cell string) string {
	if len(cell) <= longRaw {
		return cell
	}
	end := keptRaw
	for end > keptRaw-utf8.UTFMax && !utf8.RuneStart(cell[end]) {
		end--
	}
	return fmt.Sprintf("%s ... [%d bytes]", cell[:end], len(cell))
}

// Count is a number with its noun, in the plural where it must be.
func Count(n int, noun string) string { return plural.Count(n, noun) }
