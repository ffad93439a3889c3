package coding

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
)

// Value is the content of one field of the data: its class, its code, and whether the code may be truncated. Values
// compare with ==, do not refer to the memory of the data, and can be read back from their text. The zero Value is
// empty and has no system.
type Value uint64 // from the lowest bit: the code in 32 bits, then system, class, Missing and cut in 8 bits each

func newValue(sys System, class Class, missing Missing, code Code, cut uint8) Value {
	return Value(cut)<<56 | Value(missing)<<48 | Value(class)<<40 | Value(sys)<<32 | Value(code)
}

// cut returns 0, stub, malformed, or the number of characters to which the code may be truncated.
func (v Value) cut() uint8 { return uint8(v >> 56) }

// Results of the method cut for a missing value whose text is not a code. The Code of such a value is the longest code
// with which the text starts. For a stub (R69ZZ) it is the category alone (R69).
const (
	stub      = 1
	malformed = 2
)

// longestCode returns the longest code at the start of a malformed missing value, so that an entry for missing values
// covers the value.
func (t *normal) longestCode(sys System) (code Code, cut uint8) {
	for n := sys.Longest(); ; n-- {
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

// ReadValue reads the bytes of one field, or of one part of a concatenated field. The argument width is the number of
// characters that the field can hold: 3 or 4 for the columns of HES with these numbers in their names. A width of 0, or
// of more than 4, means that the field truncates nothing. ReadValue ignores case, surrounding space, dots and trailing
// dashes and, in a diagnosis, a final A or D after at least four characters (I10X-D, H353-, A170D; not E11D).
//
// A value may be truncated if it fills its field and longer codes exist: three characters in a field of three or, in
// ICD-10, four in a field of four. ReadValue does not allocate.
func ReadValue(sys System, field []byte, width int) Value {
	if len(field) != 4 || !sys.IsValid() {
		if v, ok := readOther(sys, field, width); ok {
			return v
		}
		return readAny(sys, field, width)
	}
	// Nearly all fields of HES are a capital letter, two digits, and a digit or the filler X. What follows reads them
	// as readAny does, but faster.
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
	v := Value(ClassCode)<<40 | Value(sys)<<32 | Value(uint32(sys)<<24|category<<8|fourth<<4)
	if sys == OPCS4 {
		if letter == 'I'-'A' {
			return readAny(sys, field, width)
		}
		if category == missingProcedure {
			v ^= Value(ClassCode^ClassMissing)<<40 | Value(missingProcedures[fourth&15])<<48
		}
		return v
	}
	if width == 4 {
		v |= 4 << 56
	}
	if category == missingDiagnosis {
		v ^= Value(ClassCode^ClassMissing)<<40 | Value(MissingUnknown)<<48
	}
	return v
}

// readOther is a fast path like that of ReadValue. It reads a code of ICD-10 with a capital letter and two or four
// digits, or one of OPCS-4 with a letter other than I and two digits. The result ok is false for anything else,
// and for codes that mean missing.
func readOther(sys System, field []byte, width int) (v Value, ok bool) {
	if len(field) != 3 && (len(field) != 5 || sys != ICD10) {
		return 0, false
	}
	f := (*[3]byte)(field)
	letter, tens, units := uint32(f[0]-'A'), uint32(f[1]-'0'), uint32(f[2]-'0')
	category, none := 100*letter+10*tens+units, uint32(missingDiagnosis)
	if sys == OPCS4 {
		none = missingProcedure
	}
	if letter > 25 || max(tens, units) > 9 || category == none || sys != ICD10 && (sys != OPCS4 || letter == 'I'-'A') {
		return 0, false
	}
	var fourth, fifth, cut uint8
	switch {
	case len(field) == 5:
		if fourth, fifth = field[3]-'0'+1, field[4]-'0'+1; min(fourth, fifth) < 1 || max(fourth, fifth) > 10 {
			return 0, false
		}
	case width == 3:
		cut = 3
	}
	return newValue(sys, ClassCode, NotMissing, newCode(sys, int(category), fourth, fifth), cut), true
}

// readAny reads a field of any form.
func readAny(sys System, field []byte, width int) Value {
	if len(field) == 1 && field[0] == '-' {
		return newValue(sys, ClassMissing, MissingNone, 0, 0)
	}
	t, blank := normalise(field)
	switch {
	case blank:
		return newValue(sys, ClassEmpty, NotMissing, 0, 0)
	case t.is("-"):
		return newValue(sys, ClassMissing, MissingNone, 0, 0)
	case t.is("&"):
		return newValue(sys, ClassMissing, MissingUnknown, 0, 0)
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

// missingProcedures are the reasons of X99X and of X990 to X999, by the number of the fourth character.
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

// System returns the coding system of the field.
func (v Value) System() System { return System(v >> 32) }

// Class returns the kind of text that the field holds.
func (v Value) Class() Class { return Class(v >> 40) }

// Code returns the code that the field holds. It returns the zero Code unless the class is ClassCode, or ClassMissing
// with a text that starts with R69 or X99. The code of a malformed missing value (R69XX) is the longest code that the
// text starts with.
func (v Value) Code() Code { return Code(uint32(v)) }

// Missing returns why the value is missing, or NotMissing.
func (v Value) Missing() Missing { return Missing(v >> 48) }

// Cut returns the number of characters, 3 or 4, to which the field may have truncated the code. It returns 0 if the
// code is whole.
func (v Value) Cut() int {
	if v.cut() < 3 {
		return 0
	}
	return int(v.cut())
}

// IsMalformed reports whether the value is missing but its text is not a code (R69X66).
func (v Value) IsMalformed() bool { return v.cut() == stub || v.cut() == malformed }

// IsStub reports whether the value is malformed and its Code is a category (R69ZZ). Only an entry that covers the
// descendants of the category covers such a value.
func (v Value) IsStub() bool { return v.cut() == stub }

// String returns the system, the class and the rest of v: "ICD-10 code E119 cut to 4", "OPCS-4 missing X999 (none)",
// "ICD-10 empty".
func (v Value) String() string {
	b := []byte(v.System().String() + " " + v.Class().String())
	if v.Code().IsValid() {
		b = append(b, " "+v.Code().String()...)
	}
	switch {
	case v.IsStub():
		b = append(b, " and no code"...)
	case v.IsMalformed():
		b = append(b, " and more"...)
	case v.Cut() > 0:
		b = strconv.AppendInt(append(b, " cut to "...), int64(v.Cut()), 10)
	}
	if v.Missing() != NotMissing {
		b = append(b, " ("+v.Missing().String()+")"...)
	}
	return string(b)
}

// MarshalText returns the text of String.
func (v Value) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads the output of MarshalText.
func (v *Value) UnmarshalText(text []byte) error {
	m := valueForm.FindStringSubmatch(string(text))
	if m == nil {
		return fmt.Errorf("%.80q is not the text of a Value", text)
	}
	var (
		sys     System
		class   Class
		missing Missing
		code    Code
	)
	err := errors.Join(sys.UnmarshalText([]byte(m[1])), class.read(m[2]))
	if m[3] != "" && err == nil {
		code, err = ParseCode(sys, m[3])
	}
	if m[5] != "" && err == nil {
		err = missing.UnmarshalText([]byte(m[5]))
	}
	if err != nil {
		return fmt.Errorf("%.80q is not the text of a Value: %w", text, err)
	}
	cuts := map[string]uint8{" and no code": stub, " and more": malformed, " cut to 3": 3, " cut to 4": 4}
	read := newValue(sys, class, missing, code, cuts[m[4]])
	if !read.canBe() {
		return fmt.Errorf("%.80q is not the text of a Value", text)
	}
	*v = read
	return nil
}

// canBe reports whether ReadValue can return v.
func (v Value) canBe() bool {
	isMissing := v.Code().IsValid() && v.System().Missing().Contains(v.Code().Prefix(3))
	switch v.Class() {
	case ClassCode:
		text := v.Code().String()
		if len(text) == 3 && v.Cut() == 4 {
			text += "X"
		}
		return v.Code().IsValid() && ReadValue(v.System(), []byte(text), v.Cut()) == v
	case ClassMissing:
		return v.Missing() != NotMissing && (isMissing || !v.Code().IsValid() && v.cut() == 0)
	default:
		return !v.Code().IsValid() && v.Missing() == NotMissing && v.cut() == 0
	}
}

var valueForm = regexp.MustCompile(
	`^(no system|ICD-10|OPCS-4) ([a-z]+)(?: ([A-Z][0-9X]+))?( and no code| and more| cut to [34])?(?: \((.+)\))?$`,
)
