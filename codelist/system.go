package codelist

import (
	"regexp"
	"strings"
)

// System is a coding system. It is always stated, by a column, a header or the
// caller, and never guessed from the shape of a code: Z94 is a transplant
// status in ICD-10 and a side of the body in OPCS-4. The zero value is no
// system.
type System uint8

// The coding systems of HES: diagnoses are coded in ICD-10, procedures in
// OPCS-4.
const (
	ICD10 System = 1 + iota
	OPCS4
)

// systems are all coding systems, in the order in which results list them.
var systems = [...]System{ICD10, OPCS4}

// String returns "ICD-10" or "OPCS-4", or "no system" for the zero value.
func (s System) String() string {
	switch s {
	case ICD10:
		return "ICD-10"
	case OPCS4:
		return "OPCS-4"
	default:
		return "no system"
	}
}

// MarshalText returns what String does.
func (s System) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// IsValid reports whether s is one of the coding systems.
func (s System) IsValid() bool { return s == ICD10 || s == OPCS4 }

// maxLen is the number of characters of the longest code of s.
func (s System) maxLen() int {
	if s == ICD10 {
		return 5
	}
	return 4
}

// missing is the category whose codes stand for a missing value in HES: R69 of
// ICD-10 and X99 of OPCS-4.
func (s System) missing() string {
	if s == ICD10 {
		return "R69"
	}
	return "X99"
}

// MissingCategory is the category whose codes stand for a missing value in HES,
// R69 of ICD-10 and X99 of OPCS-4, as a number of Code.Places.
func (s System) MissingCategory() int {
	if s == ICD10 {
		return missingDiagnosis
	}
	return missingProcedure
}

const (
	missingDiagnosis = ('R'-'A')*100 + 69
	missingProcedure = ('X'-'A')*100 + 99
)

var (
	icd10Names = regexp.MustCompile(`^icd10(who|codes?)?$`)
	opcs4Names = regexp.MustCompile(`^opcs(4(\.?[0-9]{1,2})?)?(codes?)?$`)
	otherNames = regexp.MustCompile(`^(icd|opcs|snomed|sct|read|ctv|bnf|dmd|dm\+d|medcode|emis)`)
)

// ParseSystem reads the name of a coding system as codelists spell it: "icd10",
// "ICD-10", "ICD10 codes", "OPCS", "opcs4", "OPCS-4.10" and the like. Other
// systems and editions ("icd9", "ICD-10-CM", "SNOMED CT") are not recognised,
// and neither is "ICD", which does not say which edition it means.
func ParseSystem(name string) (System, bool) {
	switch key := foldName(name); {
	case icd10Names.MatchString(key):
		return ICD10, true
	case opcs4Names.MatchString(key):
		return OPCS4, true
	default:
		return 0, false
	}
}

// namesSystem reports whether a cell names a coding system, of ours or another.
func namesSystem(cell string) bool { return otherNames.MatchString(foldName(cell)) }

// foldName makes names of columns and systems comparable: case, white space, quotes,
// '_', '-' and '#' do not count.
func foldName(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '_', r == '-', r == '#', r == '"', r == '\uFEFF', isSpace(r), isZeroWidth(r):
			return -1
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		}
		return r
	}, name)
}
