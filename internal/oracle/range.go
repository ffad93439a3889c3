package oracle

import (
	"fmt"
	"regexp"
	"strings"
)

// rangeEnds finds the two ends of something that looks like a range. Dots in wrong
// places are repaired in them as in a code.
var rangeEnds = regexp.MustCompile(`^(\.*[A-Z]\.*[0-9][0-9.]+)-(\.*[A-Z]\.*[0-9][0-9.]+)$`)

// readRange writes out every code from one end to the other.
func readRange(system, from, to string) (part, error) {
	from = strings.ReplaceAll(from, ".", "")
	to = strings.ReplaceAll(to, ".", "")
	if len(from) != len(to) {
		return part{}, fmt.Errorf("the ends of a range are not alike in length: %s, %s", from, to)
	}
	for _, end := range []string{from, to} {
		if !isWhole(system, end) {
			return part{}, fmt.Errorf("an end of a range is no %s code: %s", system, end)
		}
	}
	if from > to {
		return part{}, fmt.Errorf("a range that runs backwards: %s, %s", from, to)
	}

	p := part{form: formRange}
	for _, code := range codesOfLength(from[0], to[0], len(from)) {
		if code >= from && code <= to && isWhole(system, code) && !standsForMissing(system, code) {
			p.codes = append(p.codes, code)
			if len(code) == 4 && holdsAllTen(code, from, to) {
				p.codes = append(p.codes, code[:3]+"X")
			}
		}
	}
	if len(p.codes) == 0 {
		return part{}, fmt.Errorf("the range %s to %s yields nothing but the code for missing values", from, to)
	}
	return p, nil
}

// holdsAllTen is true once for each category of which the range has all ten
// subdivisions: at the last of them.
func holdsAllTen(code, from, to string) bool {
	return code[3] == '9' && code[:3]+"0" >= from && code[:3]+"9" <= to
}

// codesOfLength is every text of a letter and digits, in order.
func codesOfLength(first, last byte, length int) []string {
	var texts []string
	for letter := first; letter <= last; letter++ {
		under := []string{string(letter)}
		for len(under[0]) < length {
			var longer []string
			for _, text := range under {
				for _, digit := range digits {
					longer = append(longer, text+string(digit))
				}
			}
			under = longer
		}
		texts = append(texts, under...)
	}
	return texts
}
