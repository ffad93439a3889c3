package codelist

import (
	"slices"
	"strings"
	"unicode"
)

// isSpace reports whether r is white space of any kind, including no-break spaces.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r == '\u2007' || r == '\u202F' }

// isZeroWidth reports whether r has no width. Editors and web pages leave such characters in text: joiners, soft
// hyphens and byte order marks.
func isZeroWidth(r rune) bool {
	switch r {
	case '\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF', '\u00AD':
		return true
	}
	return false
}

// dash returns '-' for dashes of typeset text, and any other r unchanged.
func dash(r rune) rune {
	switch r {
	case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212':
		return '-'
	}
	return r
}

// clean removes from a cell what is never part of a code, makes letters upper case, and replaces typeset spaces and
// dashes by ASCII. It also removes the white space that ranges often have around the dash.
func clean(cell string) (string, repairs) {
	var done repairs
	if plain(cell) {
		return cell, 0
	}
	s := strings.Map(func(r rune) rune {
		switch {
		case isZeroWidth(r):
			done |= repairedZeroWidth
			return -1
		case isSpace(r):
			return ' '
		case 'a' <= r && r <= 'z':
			done |= repairedCase
			return r - ('a' - 'A')
		}
		return dash(r)
	}, cell)
	if trimmed := strings.Trim(s, " "); trimmed != s {
		done |= repairedSpace
		s = trimmed
	}
	if bare := strings.Trim(s, " "+quotes); bare != s {
		done |= repairedQuotes
		s = bare
	}
	if closed := closeDashes(s); closed != s {
		done |= repairedInnerSpace
		s = closed
	}
	return s, done
}

// plain reports whether cell needs no cleaning.
func plain(cell string) bool {
	for i := range len(cell) {
		switch c := cell[i]; {
		case 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '.':
		default:
			return false
		}
	}
	return true
}

// quotes are the quotation marks that may surround codes.
const quotes = "\"'`\u2018\u2019\u201C\u201D"

// closeDashes removes the white space around dashes.
func closeDashes(s string) string {
	if !strings.Contains(s, "- ") && !strings.Contains(s, " -") {
		return s
	}
	parts := strings.Split(s, "-")
	for i := range parts {
		if i > 0 {
			parts[i] = strings.TrimLeft(parts[i], " ")
		}
		if i < len(parts)-1 {
			parts[i] = strings.TrimRight(parts[i], " ")
		}
	}
	return strings.Join(parts, "-")
}

// isChapter reports whether s is a chapter number of ICD-10, I to XXII.
func isChapter(s string) bool {
	return slices.Contains(chapters[:], strings.TrimRight(s, "."))
}

var chapters = [...]string{
	"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
	"XVI", "XVII", "XVIII", "XIX", "XX", "XXI", "XXII",
}
