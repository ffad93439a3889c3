package codelist

import (
	"strings"
	"testing"
	"unicode"

	"hesopmatch/internal/oracle"

	"github.com/stretchr/testify/require"
)

// FuzzOddFilesAgainstOracle puts a text into a cell of a random file. It skips texts that could change how the file
// splits into cells: delimiters, quotes, line ends and comments. It also skips most texts that name one of our systems,
// because too many words can surround such a name; TestParseSystem tests them.
func FuzzOddFilesAgainstOracle(f *testing.F) {
	for seed, text := range []string{
		"E11", "label: E11", "E11: label", "a: E11: b", "E11 a: b", "a: E11 b", "S1 Table: a", "E11 deficiency", "ICD-10 or so", "icd", "OPCS-4",
		"exclude", "0", "v10", "G30..", "E1.19", "I10X", "not a code",
	} {
		f.Add(uint64(seed), uint8(seed), uint8(seed/2), text)
	}
	f.Fuzz(func(t *testing.T, seed uint64, row, column uint8, text string) {
		if len(text) > 20 || !isPlain(text) || isWide(text) || namesSystemOddly(text) {
			return
		}
		s, c := oracle.NewRandom(seed).OddSheet()
		if at := int(row) % len(s); len(s[at]) > 0 {
			s[at][int(column)%len(s[at])] = text
		}
		if textKind(s.Text()) != "" || isJSON(s.Text()) {
			return // Parse would read the file as another format, or refuse it
		}
		class, detail := oddDifference(s, c)
		require.Empty(t, class, "%+v\n%s\n%s", c, s.Text(), detail)
	})
}

// isPlain reports whether a text affects only its cell, not the form of the file, and has no letters beyond ASCII.
func isPlain(text string) bool {
	isForeign := func(r rune) bool { return r >= 0x80 && unicode.IsLetter(r) }
	return isValid(text) && !strings.ContainsFunc(text, isForeign) &&
		!strings.ContainsAny(text, ",;|\t\"\r\n\v\f\x00#\u0085\u2028\u2029\ufeff")
}

// oddSystemNames are the names of our systems that the fuzz test tries.
var oddSystemNames = wordSet("icd ICD icd10 ICD-10 opcs OPCS opcs4 OPCS-4 icd9 ICD-11 ICD-O icd10cm opcs3 icd10/opcs4")

// namesSystemOddly reports whether a text has the name of one of our systems but is not in oddSystemNames.
func namesSystemOddly(text string) bool {
	folded := strings.Join(nameWords(text), "")
	return (strings.Contains(folded, "icd") || strings.Contains(folded, "opc")) && !oddSystemNames[text]
}
