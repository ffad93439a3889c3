package coding

import (
	"cmp"
	"fmt"

	"hesopmatch/internal/codebits"
)

// Prefix is the beginning of codes of one system, of one to five characters, as an entry of a codelist names it. One or
// two characters are a broad prefix, three a category, four a subcategory or the undivided category. I10X is a Prefix
// that differs from I10. Five characters are a supplementary subdivision of ICD-10.
//
// Prefixes compare with == and are ordered by system and then as text. The numeric value of a Prefix is unspecified;
// ParsePrefix and Code.Prefix make prefixes. The zero Prefix is not valid.
type Prefix uint32

// ParsePrefix reads a prefix in canonical form: upper case, no dot, no marks. Its error wraps ErrCode.
func ParsePrefix(sys System, text string) (Prefix, error) {
	if sys.IsValid() && len(text) >= 1 && len(text) <= sys.Longest() {
		characters := make([]uint8, len(text))
		ok := true
		for i := range len(text) {
			characters[i], ok = codebits.Character(i, text[i], sys == ICD10)
			if !ok {
				break
			}
		}
		if ok {
			return Prefix(codebits.Prefix(uint8(sys), characters)), nil
		}
	}
	return 0, fmt.Errorf("%w or prefix of %v: %.60q", ErrCode, sys, text)
}

// System returns the coding system of p, the zero System for the zero Prefix.
func (p Prefix) System() System { return System(p >> 24) }

// Len returns the number of characters, 0 for the zero Prefix. The undivided category (I10X) has four.
func (p Prefix) Len() int { return codebits.Len(uint32(p)) }

// First returns the first n characters of p, or all of p if it has fewer.
func (p Prefix) First(n int) Prefix { return Prefix(codebits.First(uint32(p), n)) }

// Contains reports whether q starts with p or equals it.
func (p Prefix) Contains(q Prefix) bool {
	return p != 0 && p <= q && uint32(q) < codebits.End(uint32(p))
}

// Compare orders prefixes by system, then as text, with the filler after the digits.
func (p Prefix) Compare(q Prefix) int { return cmp.Compare(p, q) }

// String returns the characters of p: "F", "E11", "I10X", "M0510".
func (p Prefix) String() string {
	b := make([]byte, 0, 5)
	for i := range p.Len() {
		switch c := codebits.At(uint32(p), i); {
		case i == 0:
			b = append(b, 'A'+c-1)
		case c == codebits.Filler:
			b = append(b, 'X')
		default:
			b = append(b, '0'+c-1)
		}
	}
	return string(b)
}

// MarshalText returns the system and the prefix, "ICD-10 E11", or nothing for the zero Prefix.
func (p Prefix) MarshalText() ([]byte, error) {
	if p == 0 {
		return nil, nil
	}
	return []byte(p.System().String() + " " + p.String()), nil
}

// UnmarshalText reads the output of MarshalText.
func (p *Prefix) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*p = 0
		return nil
	}
	sys, prefix, err := cutSystem(string(text))
	if err == nil {
		*p, err = ParsePrefix(sys, prefix)
	}
	return err
}
