// Package plural writes numbers with their nouns.
package plural

import (
	"strconv"
	"strings"
)

// Count returns a number with its noun, in the plural unless the number is 1: 2 entries.
func Count(n int, noun string) string {
	if n != 1 {
		if stem, ok := strings.CutSuffix(noun, "y"); ok {
			noun = stem + "ie"
		}
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}
