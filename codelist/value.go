package codelist

// Class says what a field of the data holds.
type Class uint8

// The classes of a value.
const (
	ClassEmpty        Class = iota // nothing but white space
	ClassMissing                   // a value that stands for a missing code
	ClassCode                      // a code of the field's system
	ClassUnrecognised              // anything else: counted, never matched
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

// Missing is the reason that a missing value gives for being missing. The zero
// value is for values that are not missing.
type Missing uint8

// The reasons, from the value sets of the HES Technical Output Specification
// (V1.15) and the rules by which HES is cleaned (0530).
const (
	NotMissing      Missing = iota
	MissingUnknown          // not known: & of both systems, procedure X997, diagnosis R69X
	MissingNone             // no procedure was carried out: - and X999; no diagnosis: -
	MissingNoCode           // a procedure for which OPCS-4 has no code: X998
	MissingPrimary          // no primary diagnosis was given: R69X6
	MissingInvalid          // an invalid diagnosis was given: R69X8
	MissingExternal         // an external cause was given as primary diagnosis: R69X3
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

// MarshalText returns what String does.
func (m Missing) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// Value is a code field of the data as the rules see it: its class, its code
// and whether the field may have cut that code short. It is a small value,
// comparable with ==, and holds no memory of the data. The zero Value is empty
// and belongs to no system.
type Value struct {
	// bits holds, from the lowest: the code in 32 bits, and in 8 bits each the system,
	// the class, the reason for being missing, and the cut: 0, or the number of characters
	// the code may have been cut to, or as below.
	bits uint64
}

func newValue(sys System, class Class, missing Missing, code Code, cut uint8) Value {
	return Value{uint64(cut)<<56 | uint64(missing)<<48 | uint64(class)<<40 | uint64(sys)<<32 | uint64(code.bits)}
}

// cut is the part of v that tells of it.
func (v Value) cut() uint8 { return uint8(v.bits >> 56) }

// In place of a cut these say that the value is missing and malformed: its code
// is only the longest that it starts with. A stub is only the category (R69ZZ),
// with something behind that is neither a subdivision nor the filler.
const (
	stub      = 1
	malformed = 2
)

// longestCode reads a malformed missing value, so that who lists missing values
// finds those too.
func (t *normal) longestCode(sys System) (code Code, cut uint8) {
	for n := sys.maxLen(); ; n-- {
		start := normal{text: t.text, n: n}
		code, ok := start.code(sys)
		switch {
		case !ok || n > t.n:
		case n == 3:
			return code, stub
		default:
			return code, malformed
		}
	}
}

// ReadValue reads the bytes of one field, or of one slot of a concatenated
// field. width is how many characters of a code the field can hold, 3 or 4 for
// the HES columns named so; 0 or anything above 4 means that nothing is cut.
// The value is cut when it fills its field and a longer code exists: three
// characters in a field of three, four in a diagnosis field of four.
func ReadValue(sys System, field []byte, width int) Value {
	if len(field) != 4 || !sys.IsValid() {
		return readAny(sys, field, width)
	}
	// Nearly all fields of HES are a capital letter, two digits, and a digit or the filler
	// X. They are read here, as readAny reads them.
	f := (*[4]byte)(field)
	letter, tens, units, last := uint32(f[0]-'A'), uint32(f[1]-'0'), uint32(f[2]-'0'), uint32(f[3]-'0')
	fourth := last + 1
	if f[3] == 'X' {
		last, fourth = 0, 0
	}
	if letter > 25 || tens > 9 || units > 9 || last > 9 {
		return readAny(sys, field, width)
	}
	category := 100*letter + 10*tens + units
	v := Value{uint64(ClassCode)<<40 | uint64(sys)<<32 | uint64(uint32(sys)<<24|category<<8|fourth<<4)}
	if sys == OPCS4 {
		if letter == 'I'-'A' {
			return readAny(sys, field, width)
		}
		if category == missingProcedure {
			v.bits ^= uint64(ClassCode^ClassMissing)<<40 | uint64(missingProcedures[fourth&15])<<48
		}
		return v
	}
	if width == 4 {
		v.bits |= 4 << 56
	}
	if category == missingDiagnosis {
		v.bits ^= uint64(ClassCode^ClassMissing)<<40 | uint64(MissingUnknown)<<48
	}
	return v
}

// readAny reads a field of any form.
func readAny(sys System, field []byte, width int) Value {
	if len(field) == 1 && field[0] == '-' {
		return newValue(sys, ClassMissing, MissingNone, Code{}, 0)
	}
	t, blank := normalise(field)
	switch {
	case blank:
		return newValue(sys, ClassEmpty, NotMissing, Code{}, 0)
	case t.is("-"):
		return newValue(sys, ClassMissing, MissingNone, Code{}, 0)
	case t.is("&"):
		return newValue(sys, ClassMissing, MissingUnknown, Code{}, 0)
	}
	t.stripMarks(sys)
	class, missing, cut := ClassUnrecognised, NotMissing, uint8(0)
	code, ok := t.code(sys)
	if ok {
		class = ClassCode
		if t.n == width && (width == 3 || width == 4 && sys == ICD10) {
			cut = uint8(width)
		}
	}
	if t.startsWith(sys.missing()) {
		class, missing = ClassMissing, missingReason(&t)
		if !ok {
			code, cut = t.longestCode(sys)
		}
	}
	return newValue(sys, class, missing, code, cut)
}

// missingProcedures are the reasons of X99X and of X990 to X999, by the fourth place.
var missingProcedures = [16]Missing{
	MissingUnknown, MissingUnknown, MissingUnknown, MissingUnknown, MissingUnknown, MissingUnknown,
	MissingUnknown, MissingUnknown, MissingUnknown, MissingNoCode, MissingNone,
}

func missingReason(t *normal) Missing {
	switch {
	case t.is("X998"):
		return MissingNoCode
	case t.is("X999"):
		return MissingNone
	case t.is("R69X6"):
		return MissingPrimary
	case t.is("R69X8"):
		return MissingInvalid
	case t.is("R69X3"):
		return MissingExternal
	default:
		return MissingUnknown
	}
}

// System is the coding system of the field.
func (v Value) System() System { return System(v.bits >> 32) }

// Class is what the field holds.
func (v Value) Class() Class { return Class(v.bits >> 40) }

// Code is the code that the field holds. It is the zero Code unless the class is
// ClassCode, or ClassMissing by a code that the system reserves for it (R69 of
// ICD-10, X99 of OPCS-4), of which a malformed one (R69XX) has the longest
// code that it starts with.
func (v Value) Code() Code { return Code{uint32(v.bits)} }

// Missing is why the value is missing, NotMissing when it is not.
func (v Value) Missing() Missing { return Missing(v.bits >> 48) }

// Cut is the number of characters, 3 or 4, that the code may have been cut to
// by its field, and 0 when the code is whole.
func (v Value) Cut() int {
	if v.cut() < 3 {
		return 0
	}
	return int(v.cut())
}

// IsMalformed reports whether the value is missing by a text that is no code
// (R69X66): Code is the longest code that it starts with.
func (v Value) IsMalformed() bool { return v.cut() == stub || v.cut() == malformed }

// IsStub reports whether the value is malformed and Code only its category
// (R69ZZ). Only an entry that covers descendants of the category covers it.
func (v Value) IsStub() bool { return v.cut() == stub }
