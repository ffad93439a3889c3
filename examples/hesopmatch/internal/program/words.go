package program

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"hesopmatch/internal/plural"
)

// Plain returns a text in which U+FFFD replaces characters that would break its line or control a terminal.
func Plain(text string) string {
	return strings.Map(func(r rune) rune {
		if steers(r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// PlainLines is Plain for a text of several lines: it keeps line ends and tabs.
func PlainLines(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && steers(r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// steers reports whether a character controls a terminal, or the direction of text, instead of being shown.
func steers(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }

// Limits of CutRaw, in bytes.
const (
	longRaw = 256
	keptRaw = 200
)

// CutRaw shortens a cell of a codelist, for output that may repeat the cell for each code in it. It keeps the first 200
// bytes of a cell over 256 bytes, without splitting a character, and adds the cell's length.
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

// Count returns a number with its noun, in the plural unless the number is 1.
func Count(n int, noun string) string { return plural.Count(n, noun) }
