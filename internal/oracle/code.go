package oracle

import (
	"regexp"
	"strings"
)

// The two coding systems. A system is always stated, never guessed.
const (
	icd10 = "ICD-10"
	opcs4 = "OPCS-4"
)

// systems lists both systems in the order in which hits are reported.
var systems = []string{icd10, opcs4}

// wholeCode matches a whole code: a category, a subcategory, or, for diagnoses only, a subcategory with a supplementary
// character. X as the fourth character is the filler.
var wholeCode = map[string]*regexp.Regexp{
	icd10: regexp.MustCompile(`^[A-Z][0-9][0-9]([0-9X][0-9]?)?$`),
	opcs4: regexp.MustCompile(`^[A-HJ-Z][0-9][0-9][0-9X]?$`),
}

// broadCode matches a prefix that is shorter than a category.
var broadCode = map[string]*regexp.Regexp{
	icd10: regexp.MustCompile(`^[A-Z][0-9]?$`),
	opcs4: regexp.MustCompile(`^[A-HJ-Z][0-9]?$`),
}

func isWhole(system, code string) bool {
	re, ok := wholeCode[system]
	return ok && re.MatchString(code)
}

func isBroad(system, code string) bool {
	re, ok := broadCode[system]
	return ok && re.MatchString(code)
}

func isCategory(code string) bool { return len(code) == 3 }

// isFilled reports whether a code is a category with the filler, such as I10X.
func isFilled(code string) bool { return len(code) == 4 && code[3] == 'X' }

// missingStem returns the category that stands for a missing value in a system.
func missingStem(system string) string {
	if system == opcs4 {
		return "X99"
	}
	return "R69"
}

// standsForMissing reports whether a code is in the category that a system uses for missing values.
func standsForMissing(system, code string) bool {
	return strings.HasPrefix(code, missingStem(system))
}

// upper changes only the letters a to z to upper case. Some other letters have an upper-case form between A and Z, but
// codes do not contain them.
func upper(s string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, s)
}

// dropMarkLetter removes a final A (asterisk) or D (dagger) from a diagnosis if at least four characters precede it. s
// must not contain dots.
func dropMarkLetter(system, s string) string {
	if system != icd10 || len(s) < 5 {
		return s
	}
	if last := s[len(s)-1]; last == 'A' || last == 'D' {
		return s[:len(s)-1]
	}
	return s
}

// dropDashes removes the dashes at the end, which fill unused positions.
func dropDashes(s string) string { return strings.TrimRight(s, "-") }
