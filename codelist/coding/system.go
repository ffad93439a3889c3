package coding

import "hesopmatch/internal/textform"

// System is a coding system. A codelist or a field states it; no function guesses it from the shape of a code. Z94 is a
// transplant status in ICD-10 and a side of the body in OPCS-4. The zero System means none.
type System uint8

// The coding systems of HES: ICD-10 for diagnoses, OPCS-4 for procedures.
const (
	ICD10 System = 1 + iota
	OPCS4
)

// Systems returns all coding systems, in the order in which results list them.
func Systems() [2]System { return [2]System{ICD10, OPCS4} }

// String returns "ICD-10", "OPCS-4" or, for anything else, "no system".
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

// MarshalText returns the text of String.
func (s System) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the output of MarshalText.
func (s *System) UnmarshalText(text []byte) error {
	return textform.Read(s, text, "coding system", 0, ICD10, OPCS4)
}

// IsValid reports whether s is one of the coding systems.
func (s System) IsValid() bool { return s == ICD10 || s == OPCS4 }

// Longest returns the number of characters of the longest codes of s: 5 in ICD-10, 4 in OPCS-4.
func (s System) Longest() int {
	if s == ICD10 {
		return 5
	}
	return 4
}

// Missing returns the category whose codes stand for a missing value in HES: R69 in ICD-10 and X99 in OPCS-4.
func (s System) Missing() Prefix {
	switch s {
	case ICD10:
		return newCode(s, missingDiagnosis, 0, 0).Prefix(3)
	case OPCS4:
		return newCode(s, missingProcedure, 0, 0).Prefix(3)
	default:
		return 0
	}
}

func (s System) missing() string {
	if s == ICD10 {
		return "R69"
	}
	return "X99"
}

// The categories of Missing, as numbers below codebits.Categories.
const (
	missingDiagnosis = ('R'-'A')*100 + 69
	missingProcedure = ('X'-'A')*100 + 99
)
