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

// systems in the order in which hits are reported.
var systems = []string{icd10, opcs4}

// A code that is whole: a category, a subcategory, or (diagnoses only) a
// subcategory with a supplementary character. X in fourth place is the filler.
var wholeCode = map[string]*regexp.Regexp{
	icd10: regexp.MustCompile(`^[A-Z][0-9][0-9]([0-9X][0-9]?)?$`),
	opcs4: regexp.MustCompile(`^[A-HJ-Z][0-9][0-9][0-9X]?$`),
}

// A prefix shorter than a category.
var broadCode = map[string]*regexp.Regexp{
	icd10: regexp.MustCompile(`^[A-Z][0-9]?$`),
	opcs4: regexp.MustCompile(`^[A-HJ-Z][0-9]?$`),
}

func isWhole(system, code string) bool {
	re, known := wholeCode[system]
	return known && re.MatchString(code)
}

func isBroad(system, code string) bool {
	re, known := broadCode[system]
	return known && re.MatchString(code)
}

func isCategory(code string) bool { return len(code) == 3 }

// isFilled says whether a code is a category plus the filler, such as I10X.
func isFilled(code string) bool { return len(code) == 4 && code[3] == 'X' }

// missingStem is the category that stands for a missing value in a system.
func missingStem(system string) string {
	if system == opcs4 {
		return "X99"
	}
	return "R69"
}

// standsForMissing says whether a code belongs to the category that a system
// keeps for missing values.
func standsForMissing(system, code string) bool {
	return strings.HasPrefix(code, missingStem(system))
}

// upper changes the letters a to z and nothing else: letters of other alphabets
// that happen to have an upper case among A to Z are no code letters.
func upper(s string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, s)
}

// dropMarkLetter takes the final A (asterisk) or D (dagger) off a diagnosis if
// at least four characters stand before it. Dots must be gone by now.
func dropMarkLetter(system, s string) string {
	if system != icd10 || len(s) < 5 {
		return s
	}
	if last := s[len(s)-1]; last == 'A' || last == 'D' {
		return s[:len(s)-1]
	}
	return s
}

// dropDashes takes off the dashes that fill unused places at the end.
func dropDashes(s string) string { return strings.TrimRight(s, "-") }
