package codelist

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// Code is one code of one coding system: a category (E11), a subcategory
// (E119) or, in ICD-10, a supplementary subdivision of one (M0510, M45X5). The
// undivided category is one code however it is spelled: I10 and I10X are equal.
//
// Code is a small value, comparable with == and usable as a map key. The zero
// Code is not valid and equals no code.
type Code struct {
	// bits holds, from the top: system, category (letter, digit, digit as a
	// number below Categories), fourth and fifth place (0 where there is
	// none, which for the fourth includes the filler X, else the digit + 1).
	bits uint32
}

// Categories is the number of three-character categories that the grammar
// allows a system, letters times digits times digits.
const Categories = 26 * 10 * 10

func newCode(sys System, category int, fourth, fifth uint8) Code {
	return Code{uint32(sys)<<24 | uint32(category)<<8 | uint32(fourth)<<4 | uint32(fifth)}
}

// ErrCode is what a text that is no code of its system fails with.
var ErrCode = errors.New("not a code")

// ParseCode reads a code as codelists and HES write it: in any case, with or
// without dot, filler and marks, surrounded by spaces. A text that does not fit
// the grammar of the system is an error that wraps ErrCode; nothing is ever
// shortened to make it fit.
func ParseCode(sys System, text string) (Code, error) {
	if !sys.IsValid() {
		return Code{}, fmt.Errorf("%w: no coding system stated for %q", ErrCode, clip(text))
	}
	t, _ := normalise(text)
	t.stripMarks(sys)
	c, ok := t.code(sys)
	if !ok {
		return Code{}, fmt.Errorf("%w of %v: %q", ErrCode, sys, clip(text))
	}
	return c, nil
}

// printable replaces what would break a line of a message, or steer a terminal.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// clip shortens a text for a message.
func clip(text string) string {
	const most = 60
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

// IsValid reports whether c is a code.
func (c Code) IsValid() bool { return c.bits != 0 }

// System is the coding system of c, the zero System for the zero Code.
func (c Code) System() System { return System(c.bits >> 24) }

// Places returns what c has in each place, for tables that are indexed by codes:
// the category from 0 to Categories-1, the fourth and the fifth place 0 where
// there is none (the filler X is none) and the digit plus one otherwise.
func (c Code) Places() (category int, fourth, fifth uint8) {
	return int(c.bits >> 8 & 0xFFFF), uint8(c.bits >> 4 & 0xF), uint8(c.bits & 0xF)
}

// First4 is the code that remains of c in a field of four characters.
func (c Code) First4() Code { return Code{c.bits &^ 0xF} }

// Compare orders codes by system, then as their places go.
func (c Code) Compare(d Code) int { return cmp.Compare(c.bits, d.bits) }

// String returns the code without a dot, the undivided category as its three
// characters: "E119", "I10", "M45X5"; "" for the zero Code.
func (c Code) String() string {
	if !c.IsValid() {
		return ""
	}
	category, fourth, fifth := c.Places()
	b := appendCategory(make([]byte, 0, 5), category)
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

func appendCategory(b []byte, category int) []byte {
	return append(b, 'A'+byte(category/100), '0'+byte(category/10%10), '0'+byte(category%10))
}
