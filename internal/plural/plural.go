// Package plural writes numbers with their nouns, such as "2 entries".
package plural

import (
	"strconv"
	"strings"
)

// Count returns a number with its noun, such as "2 entries". The noun must be in the singular. Unless the number is 1,
// Count adds s, or replaces a final y with ies.
func Count(n int, noun string) string {
	if n != 1 {
		if stem, ok := strings.CutSuffix(noun, "y"); ok {
			noun = stem + "ie"
		}
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}
