package codelist

import (
	"strings"
	"testing"

	"hesopmatch/internal/oracle"

	"github.com/stretchr/testify/require"
)

// FuzzOddFilesAgainstOracle puts a text into a cell of a random file. What decides how
// the file is split into cells stays as it is: delimiters, quotes, line ends, comments.
func FuzzOddFilesAgainstOracle(f *testing.F) {
	for seed, text := range []string{
		"E11", "label: E11", "E11: label", "E11 deficiency", "ICD-10 or so", "icd", "OPCS-4",
		"exclude", "0", "v10", "G30..", "E1.19", "I10X", "not a code",
	} {
		f.Add(uint64(seed), uint8(seed), uint8(seed/2), text)
	}
	f.Fuzz(func(t *testing.T, seed uint64, row, column uint8, text string) {
		if len(text) > 20 || !isPlain(text) || isWide(text) {
			return
		}
		s, c := oracle.NewRandom(seed).OddSheet()
		if at := int(row) % len(s); len(s[at]) > 0 {
			s[at][int(column)%len(s[at])] = text
		}
		class, detail := oddDifference(s, c)
		require.Empty(t, class, "%+v\n%s\n%s", c, s.Text(), detail)
	})
}

// isPlain leaves out what is about the form of a file, not about its cells.
func isPlain(text string) bool {
	return isValid(text) && !strings.ContainsAny(text, ",;|\t\"\r\n\v\f\x00#\u0085\u2028\u2029\ufeff")
}
