package oracle

import "strings"

// The classes of a value.
const (
	classEmpty        = "empty"
	classMissing      = "missing"
	classCode         = "code"
	classUnrecognised = "unrecognised"
)

// padding is the white space that may surround a field: a space, a tab, and a no-break space in UTF-8 or in a
// single-byte code page.
var padding = []string{" ", "\t", "\u00a0", "\xa0"}

// bare returns a field without its padding.
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

// tidy returns a field in upper case without padding and dots. It keeps marks and dashes.
func tidy(field string) string {
	s := upper(bare(field))
	return strings.ReplaceAll(s, ".", "")
}

// canonical returns a field as a code would be written in a list: tidy, without a mark and without dashes at the end.
// The result is not necessarily a code.
func canonical(system, field string) string {
	return dropDashes(dropMarkLetter(system, tidy(field)))
}

// Classify returns the class of a field or slot, and the reason for a missing value. It recognises missing values
// before it removes marks and dashes, because a single dash is a missing value.
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

// missingReason returns the reason why a value is missing. The value must be missing.
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
		return "not known" // X99 with any other ending
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

// mayBeTruncated reports whether a canonical value fills its column and may be the start of a longer code. A procedure
// has at most four characters, so a column of four characters never truncates a procedure.
func mayBeTruncated(system, code string, width int) bool {
	switch width {
	case 3:
		return len(code) == 3
	case 4:
		return len(code) == 4 && system == icd10
	}
	return false
}
