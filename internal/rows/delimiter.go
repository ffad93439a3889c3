package rows

import "strings"

// Delimiters are the bytes that are tried as delimiters, the likeliest first.
const Delimiters = ",\t;|"

// FindDelimiter finds the delimiter of a line: of those whose cuts are good,
// else of all, the one that occurs most outside quotes; 0 if none occurs.
func FindDelimiter(line string, good func(cut []string) bool) byte {
	var best byte
	most, bestGood := 0, false
	for i := range len(Delimiters) {
		cut := Cut(line, Delimiters[i])
		if len(cut) == 1 {
			continue
		}
		g := good(cut)
		if g && !bestGood || g == bestGood && len(cut)-1 > most {
			best, most, bestGood = Delimiters[i], len(cut)-1, g
		}
	}
	return best
}

// Cut cuts a line at every d that is not within quotes, and drops the quotes around
// what is between.
func Cut(line string, d byte) []string {
	var cut []string
	quoted := false
	start := 0
	for i := range len(line) {
		switch c := line[i]; {
		case c == '"':
			quoted = !quoted
		case c == d && !quoted:
			cut = append(cut, strings.Trim(line[start:i], `"`))
			start = i + 1
		}
	}
	return append(cut, strings.Trim(line[start:], `"`))
}
