package program

import "hesopmatch/internal/nearest"

// DidYouMean returns a question that suggests the nearest word, prefixed by the sign. It returns "" if no word is near.
func DidYouMean(written, sign string, words []string) string {
	if word := nearest.Word(written, words); word != "" {
		return "did you mean " + sign + word + "? "
	}
	return ""
}
