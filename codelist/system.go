package codelist

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

// ParseSystem reads the name of a coding system as codelists spell it: "icd10",
// "ICD-10", "ICD10 codes", "ICD-10 5th edition", "WHO ICD-10", "OPCS", "OPCS-4.10",
// and the FHIR URIs of both. Other systems and editions ("icd9", "ICD-10-CM",
// "SNOMED CT") are not recognised, and neither is "ICD", which names no edition.
func ParseSystem(name string) (System, bool) {
	kind, sys := readSystemName(name)
	return sys, kind == namesOurs
}
