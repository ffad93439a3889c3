package rows

import "strings"

// Delimiters are the bytes that FindDelimiter tries, the likeliest first.
const Delimiters = ",\t;|"

// FindDelimiter returns the delimiter of a line, or 0 if none occurs outside quotes. It prefers delimiters for which
// good(fields) is true. Among equals it chooses the one that occurs most often outside quotes, then the likeliest.
func FindDelimiter(line string, good func(fields []string) bool) byte {
	var best byte
	most, bestGood := 0, false
	for i := range len(Delimiters) {
		fields := Cut(line, Delimiters[i])
		if len(fields) == 1 {
			continue
		}
		g := good(fields)
		if g && !bestGood || g == bestGood && len(fields)-1 > most {
			best, most, bestGood = Delimiters[i], len(fields)-1, g
		}
	}
	return best
}

// Cut splits a line at every byte d outside quotes, and trims the quotes around each field.
func Cut(line string, d byte) []string {
	var fields []string
	quoted := false
	start := 0
	for i := range len(line) {
		switch c := line[i]; {
		case c == '"':
			quoted = !quoted
		case c == d && !quoted:
			fields = append(fields, strings.Trim(line[start:i], `"`))
			start = i + 1
		}
	}
	return append(fields, strings.Trim(line[start:], `"`))
}
