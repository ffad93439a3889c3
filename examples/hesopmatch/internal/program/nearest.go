package program

import "hesopmatch/internal/nearest"

// didYouMean is the question after the nearest word, "" if none is near.
func didYouMean(written, sign string, words []string) string {
	if word := nearest.Word(written, words); word != "" {
		return "did you mean " + sign + word + "? "
	}
	return ""
}
