package coding

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"hesopmatch/internal/codebits"
)

// Code is one code of one coding system: a category (E11), a subcategory (E119) or, in ICD-10, a supplementary
// subdivision (M0510, M45X5). I10 and I10X are one Code.
//
// Codes compare with == and can be map keys. They are ordered by system and then by their characters, with the
// undivided category first. The numeric value of a Code is unspecified; ParseCode makes codes. The zero Code is not
// valid.
type Code uint32

// ErrCode is the error for a text that is not a code of its system. Errors of this package wrap it.
var ErrCode = errors.New("not a code")

// ParseCode reads a code as codelists and HES write it: in upper or lower case, with or without a dot, the filler X,
// surrounding space and, in ICD-10, a dagger or asterisk mark. It fails on any other text with an error that wraps
// ErrCode. It never shortens a text to make it fit.
func ParseCode(sys System, text string) (Code, error) {
	if !sys.IsValid() {
		return 0, fmt.Errorf("%w: no coding system stated for %.60q", ErrCode, text)
	}
	t, _ := normalise(text)
	t.stripMarks(sys)
	c, ok := t.code(sys)
	if !ok {
		return 0, fmt.Errorf("%w of %v: %.60q", ErrCode, sys, text)
	}
	return c, nil
}

func newCode(sys System, category int, fourth, fifth uint8) Code {
	return Code(codebits.Code(uint8(sys), category, fourth, fifth))
}

// IsValid reports whether c is a code.
func (c Code) IsValid() bool { return c != 0 }

// System returns the coding system of c, the zero System for the zero Code.
func (c Code) System() System { return System(c >> 24) }

// Compare orders codes by system, then by their characters.
func (c Code) Compare(d Code) int { return cmp.Compare(c, d) }

// Prefix returns the first n characters of c as a Prefix, for n from 1 to 5, or all of c if it has fewer. The fourth
// character of the undivided category is the filler: I10X. Prefix panics if n is less than 1 or more than 5. It returns
// the zero Prefix for the zero Code.
func (c Code) Prefix(n int) Prefix {
	if n < 1 || n > 5 {
		panic("coding: the Prefix of a Code has 1 to 5 characters")
	}
	if c == 0 {
		return 0
	}
	return Prefix(codebits.PrefixOf(uint32(c), n))
}

// Value returns the Value of a field that holds c and did not truncate it. The Value of a code under R69 of ICD-10 or
// X99 of OPCS-4 is missing.
func (c Code) Value() Value {
	if c.System().Missing().Contains(c.Prefix(3)) {
		return ReadValue(c.System(), []byte(c.String()), 0)
	}
	return newValue(c.System(), ClassCode, NotMissing, c, 0)
}

// String returns the code without a dot: "E119", "M45X5". An undivided category has three characters: "I10". String
// returns "" for the zero Code.
func (c Code) String() string {
	if !c.IsValid() {
		return ""
	}
	category, fourth, fifth := codebits.Split(uint32(c))
	b := []byte{'A' + byte(category/100), '0' + byte(category/10%10), '0' + byte(category%10)}
	if fourth > 0 {
		b = append(b, '0'+fourth-1)
	}
	if fifth > 0 {
		if fourth == 0 {
			b = append(b, 'X')
		}
		b = append(b, '0'+fifth-1)
	}
	return string(b)
}

// MarshalText returns the system and the code, "ICD-10 E119", or nothing for the zero Code.
func (c Code) MarshalText() ([]byte, error) {
	if !c.IsValid() {
		return nil, nil
	}
	return []byte(c.System().String() + " " + c.String()), nil
}

// UnmarshalText reads the output of MarshalText.
func (c *Code) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*c = 0
		return nil
	}
	sys, code, err := cutSystem(string(text))
	if err == nil {
		*c, err = ParseCode(sys, code)
	}
	return err
}

// cutSystem splits the name of a system from the code after it.
func cutSystem(text string) (sys System, rest string, err error) {
	name, rest, _ := strings.Cut(text, " ")
	err = sys.UnmarshalText([]byte(name))
	return sys, rest, err
}
