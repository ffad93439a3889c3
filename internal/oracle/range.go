package oracle

import (
	"fmt"
	"regexp"
	"strings"
)

// rangeEnds matches a text that looks like a range, and captures its two ends. Misplaced dots in an end are repaired,
// as in a code.
var rangeEnds = regexp.MustCompile(`^(\.*[A-Z]\.*[0-9][0-9.]+)-(\.*[A-Z]\.*[0-9][0-9.]+)$`)

// readRange returns every code from one end to the other.
func readRange(system, from, to string) (part, error) {
	from = strings.ReplaceAll(from, ".", "")
	to = strings.ReplaceAll(to, ".", "")
	if len(from) != len(to) {
		return part{}, fmt.Errorf("the ends of a range differ in length: %s, %s", from, to)
	}
	for _, end := range []string{from, to} {
		if !isWhole(system, end) {
			return part{}, fmt.Errorf("an end of a range is not an %s code: %s", system, end)
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

// holdsAllTen reports whether a code is the last of the ten subdivisions of a category and the range has all ten. It is
// therefore true once for each such category.
func holdsAllTen(code, from, to string) bool {
	return code[3] == '9' && code[:3]+"0" >= from && code[:3]+"9" <= to
}

// codesOfLength returns, in order, every text of the given length that consists of one letter and then digits. The
// letters go from the argument first to the argument last.
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
