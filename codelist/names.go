package codelist

import (
	"slices"
	"strings"
	"unicode"
)

// foldName makes names of columns and systems comparable: it lowers the case and drops white space, quotes, '_', '-'
// and '#'.
func foldName(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '_', r == '-', r == '#', r == '"', isSpace(r), isZeroWidth(r):
			return -1
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		}
		return r
	}, name)
}

// nameWords returns the words of a name in lower case. A word ends at a character that is neither letter nor digit, and
// before a capital that follows a small letter. "conceptId", "concept_id" and "Concept (ID)" have the same words.
func nameWords(name string) []string {
	var words []string
	var word []rune
	end := func() {
		if len(word) > 0 {
			words = append(words, string(word))
			word = word[:0]
		}
	}
	small := false
	for _, r := range name {
		switch {
		case isZeroWidth(r):
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			end()
		case small && unicode.IsUpper(r):
			end()
			fallthrough
		default:
			word = append(word, unicode.ToLower(r))
		}
		small = unicode.IsLower(r)
	}
	end()
	return words
}

// hasWord reports whether at least one of the words is in the set.
func hasWord(words []string, set map[string]bool) bool {
	return slices.ContainsFunc(words, func(w string) bool { return set[w] })
}

// wordSet returns the words of a text as a set.
func wordSet(text string) map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(text) {
		set[word] = true
	}
	return set
}
