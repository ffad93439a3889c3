package oracle

import "strings"

// The classes of a value.
const (
	classEmpty        = "empty"
	classMissing      = "missing"
	classCode         = "code"
	classUnrecognised = "unrecognised"
)

// padding is what may stand around a field: spaces, tabs, and the no-break space
// of UTF-8 or of a single-byte code page.
var padding = []string{" ", "\t", "\u00a0", "\xa0"}

// bare is a field without what stands around it.
func bare(field string) string {
	for _, p := range padding {
		if rest, found := strings.CutPrefix(field, p); found {
			return bare(rest)
		}
		if rest, found := strings.CutSuffix(field, p); found {
			return bare(rest)
		}
	}
	return field
}

// tidy brings a field to upper case without padding and dots. Marks and dashes
// are still there.
func tidy(field string) string {
	s := upper(bare(field))
	return strings.ReplaceAll(s, ".", "")
}

// canonical is a field as a code would be written in a list: tidy, without a
// mark, without dashes. It may still be no code at all.
func canonical(system, field string) string {
	return dropDashes(dropMarkLetter(system, tidy(field)))
}

// Classify says what a field or slot holds, and for a missing value why it is
// missing. Missing values are looked for before marks and dashes are dropped,
// because a dash alone is one of them.
func Classify(system, field string) (class, reason string) {
	if strings.Trim(bare(field), "\t\n\v\f\r ") == "" {
		return classEmpty, ""
	}
	s := tidy(field)
	if s == "-" || s == "&" || standsForMissing(system, s) {
		return classMissing, missingReason(system, field)
	}
	if isWhole(system, canonical(system, field)) {
		return classCode, ""
	}
	return classUnrecognised, ""
}

// missingReason is asked of missing values only.
func missingReason(system, field string) string {
	switch tidy(field) {
	case "-":
		return "none"
	case "&":
		return "not known"
	}
	code := canonical(system, field)
	if system == opcs4 {
		switch code {
		case "X997":
			return "not known"
		case "X998":
			return "no code available"
		case "X999":
			return "none"
		}
		return "not known" // X99 with anything else behind it
	}
	switch code {
	case "R69X6":
		return "no primary diagnosis given"
	case "R69X8":
		return "invalid code given"
	case "R69X3":
		return "external cause given as primary diagnosis"
	}
	return "not known"
}

// mayBeCut says whether a longer code could stand behind a canonical value,
// its column having no room for more. A procedure has no more than four
// characters, so a column of four never cuts one.
func mayBeCut(system, code string, width int) bool {
	switch width {
	case 3:
		return len(code) == 3
	case 4:
		return len(code) == 4 && system == icd10
	}
	return false
}
