package program

import "hesopmatch/internal/nearest"

// DidYouMean returns a question after the nearest word, written behind sign, or "" if none is near.
func DidYouMean(written, sign string, words []string) string {
	if word := nearest.Word(written, words); word != "" {
		return "did you mean " + sign + word + "? "
	}
	return ""
}
