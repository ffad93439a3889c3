package codelist

import (
	"cmp"
	"fmt"
)

// Prefix is what an entry of a codelist names: the first one to five characters
// of codes. One and two characters are a broad prefix, three a category, four a
// subcategory or the undivided category (I10X, which as a prefix is distinct
// from I10), five a supplementary subdivision of ICD-10.
//
// Prefix is a small value, comparable with ==. The zero Prefix names nothing.
type Prefix struct {
	// key holds, from the top: system, letter (A is 1), then four places of
	// four bits: 0 for none, the digit + 1, or filler. As numbers, the keys
	// of all that starts with a prefix follow it without a gap.
	key uint32
}

const filler = 11

// parsePrefix reads a canonical prefix: upper case, no dot, no marks.
func parsePrefix(sys System, text string) (Prefix, error) {
	if sys.IsValid() && len(text) >= 1 && len(text) <= sys.maxLen() {
		places := make([]uint8, len(text))
		ok := true
		for i := range len(text) {
			places[i], ok = place(sys, i, text[i])
			if !ok {
				break
			}
		}
		if ok {
			return newPrefix(sys, places), nil
		}
	}
	return Prefix{}, fmt.Errorf("%w or prefix of %v: %q", ErrCode, sys, clip(text))
}

// place turns the character at place i (from 0) into its number in a key.
func place(sys System, i int, c byte) (p uint8, ok bool) {
	switch {
	case i == 0:
		return c - 'A' + 1, 'A' <= c && c <= 'Z' && (sys == ICD10 || c != 'I')
	case '0' <= c && c <= '9':
		return c - '0' + 1, true
	default:
		return filler, i == 3 && c == 'X'
	}
}

// newPrefix packs the numbers of one to five places.
func newPrefix(sys System, places []uint8) Prefix {
	key := uint32(sys) << 24
	for i, p := range places {
		key |= uint32(p) << shift(i)
	}
	return Prefix{key}
}

// shift is where place i (from 0) stands in a key.
func shift(i int) int { return 16 - 4*i }

// IsValid reports whether p names anything.
func (p Prefix) IsValid() bool { return p.key != 0 }

// System is the coding system of p.
func (p Prefix) System() System { return System(p.key >> 24) }

// at is the number of place i (from 0), 0 for none.
func (p Prefix) at(i int) uint8 {
	if i == 0 {
		return uint8(p.key >> 16 & 0xFF)
	}
	return uint8(p.key >> shift(i) & 0xF)
}

// Len is the number of characters, 0 for the zero Prefix. The undivided
// category (I10X) counts four.
func (p Prefix) Len() int {
	n := 0
	for n < 5 && p.at(n) != 0 {
		n++
	}
	return n
}

// first is the prefix of the first n characters of p, all of it if it has fewer.
func (p Prefix) first(n int) Prefix {
	if n >= 5 {
		return p
	}
	return Prefix{p.key &^ (1<<(shift(n)+4) - 1)}
}

// end is the first key behind those of all prefixes that start with p.
func (p Prefix) end() uint32 { return p.key + 1<<shift(p.Len()-1) }

// contains reports whether q starts with p or equals it.
func (p Prefix) contains(q Prefix) bool {
	return p.IsValid() && p.key <= q.key && q.key < p.end()
}

// isCategory reports whether p is a bare three-character category.
func (p Prefix) isCategory() bool { return p.Len() == 3 }

// isUndivided reports whether p is a category with the filler X and nothing
// behind it.
func (p Prefix) isUndivided() bool { return p.Len() == 4 && p.at(3) == filler }

// undivided is a category with its filler.
func (p Prefix) undivided() Prefix { return Prefix{p.first(3).key | filler<<shift(3)} }

// Places returns what p has in each place as Code.Places numbers them, the
// filler being none. For a broad prefix the category is the first of those that
// start with it.
func (p Prefix) Places() (category int, fourth, fifth uint8) {
	for i := range 3 {
		category *= 10
		if d := p.at(i); d > 0 {
			category += int(d) - 1
		}
	}
	if fourth = p.at(3); fourth == filler {
		fourth = 0
	}
	return category, fourth, p.at(4)
}

// isMissing reports whether p is of the category that stands for missing.
func (p Prefix) isMissing() bool {
	category, _, _ := p.Places()
	return p.Len() >= 3 && category == p.System().MissingCategory()
}

// Compare orders prefixes by system, then as text, the filler behind the digits.
func (p Prefix) Compare(q Prefix) int { return cmp.Compare(p.key, q.key) }

// String returns the characters of p: "F", "E11", "I10X", "M0510".
func (p Prefix) String() string {
	b := make([]byte, 0, 5)
	for i := range p.Len() {
		switch d := p.at(i); {
		case i == 0:
			b = append(b, 'A'+d-1)
		case d == filler:
			b = append(b, 'X')
		default:
			b = append(b, '0'+d-1)
		}
	}
	return string(b)
}

// prefix returns the first n places of a code as a prefix. For the undivided
// category and n = 4 that is the category with its filler.
func (c Code) prefix(n int) Prefix {
	category, fourth, fifth := c.Places()
	places := [5]uint8{uint8(category/100) + 1, uint8(category/10%10) + 1, uint8(category%10) + 1, fourth, fifth}
	if fourth == 0 {
		places[3] = filler
	}
	return newPrefix(c.System(), places[:n])
}
