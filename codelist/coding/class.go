package coding

import "hesopmatch/internal/textform"

// Class is the kind of text that a field of the data holds.
type Class uint8

// The classes of a value.
const (
	ClassEmpty        Class = iota // nothing but white space
	ClassMissing                   // a text that stands for a missing code
	ClassCode                      // a code of the field's system
	ClassUnrecognised              // anything else; it never matches
)

// String returns the class in lower case.
func (c Class) String() string {
	switch c {
	case ClassEmpty:
		return "empty"
	case ClassMissing:
		return "missing"
	case ClassCode:
		return "code"
	default:
		return "unrecognised"
	}
}

// read parses what String returns.
func (c *Class) read(text string) error {
	return textform.Read(c, []byte(text), "class of values", ClassEmpty, ClassMissing, ClassCode, ClassUnrecognised)
}

// Missing is the reason why a value is missing. The zero Missing is for values that are not missing.
type Missing uint8

// The reasons, from the value sets of the HES Technical Output Specification (V1.15) and the cleaning rules of HES
// (0530).
const (
	NotMissing      Missing = iota
	MissingUnknown          // not known: & in both systems, procedure X997, diagnosis R69X
	MissingNone             // no procedure carried out: - and X999; no diagnosis: -
	MissingNoCode           // a procedure for which OPCS-4 has no code: X998
	MissingPrimary          // no primary diagnosis given: R69X6
	MissingInvalid          // an invalid diagnosis given: R69X8
	MissingExternal         // an external cause given as primary diagnosis: R69X3
)

// String describes the reason in words.
func (m Missing) String() string {
	switch m {
	case NotMissing:
		return "not missing"
	case MissingNone:
		return "none"
	case MissingNoCode:
		return "no code available"
	case MissingPrimary:
		return "no primary diagnosis given"
	case MissingInvalid:
		return "invalid code given"
	case MissingExternal:
		return "external cause given as primary diagnosis"
	default:
		return "not known"
	}
}

// MarshalText returns the text of String.
func (m Missing) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads the output of MarshalText.
func (m *Missing) UnmarshalText(text []byte) error {
	return textform.Read(m, text, "reason for a missing value", NotMissing, MissingUnknown, MissingNone, MissingNoCode,
		MissingPrimary, MissingInvalid, MissingExternal)
}
