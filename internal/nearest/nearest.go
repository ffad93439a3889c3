// Package nearest finds the word that was probably meant where a misspelt word was written.
package nearest

import "strings"

// Word returns the word closest to the misspelt word, ignoring case, or "" if no word is near. A word is near if its
// Distance from the misspelt word is at most len(written)/3 + 1, and less than len(written). Among equally close words,
// Word returns the first.
func Word(written string, words []string) string {
	best, least := "", min(len(written)/3+2, len(written))
	for _, word := range words {
		if d := Distance(strings.ToLower(written), strings.ToLower(word)); d < least {
			best, least = word, d
		}
	}
	return best
}

// Distance returns the least number of changes that turn the text a into the text b. A change adds, drops or replaces
// one byte, or swaps two neighbouring bytes.
func Distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := 0
			if a[i-1] != b[j-1] {
				change = 1
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
