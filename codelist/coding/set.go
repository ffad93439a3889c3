package coding

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math/bits"
	"slices"

	"hesopmatch/internal/codebits"
)

// Set is a set of codes. It takes 24 bytes for each category in which it has a code. A Set is immutable, and any number
// of goroutines may use it. The zero Set is empty.
type Set struct {
	families []family // sorted, none empty
}

// family holds those codes of a Set that are in one category.
type family struct {
	category Code // the code of the undivided category
	codes    codeBits
}

// codeBits has a bit for each code of a category: bit 11·fourth + fifth, with the character numbers of package
// codebits.
type codeBits [2]uint64

func (b *codeBits) set(c Code) {
	_, fourth, fifth := codebits.Split(uint32(c))
	n := 11*uint(fourth) + uint(fifth)
	b[n/64] |= 1 << (n % 64)
}

func (b codeBits) has(c Code) bool {
	_, fourth, fifth := codebits.Split(uint32(c))
	n := 11*uint(fourth) + uint(fifth)
	return b[n/64]&(1<<(n%64)) != 0
}

// Collect returns the set of the codes that seq yields, in any order. It ignores invalid codes. It is fastest if the
// codes of a category follow each other.
func Collect(seq iter.Seq[Code]) Set {
	var all []family
	for c := range seq {
		if !c.IsValid() {
			continue
		}
		if category := c.category(); len(all) == 0 || all[len(all)-1].category != category {
			all = append(all, family{category: category})
		}
		all[len(all)-1].codes.set(c)
	}
	slices.SortStableFunc(all, func(a, b family) int { return a.category.Compare(b.category) })
	n := 0
	for _, f := range all {
		if n > 0 && all[n-1].category == f.category {
			all[n-1].codes = codeBits{all[n-1].codes[0] | f.codes[0], all[n-1].codes[1] | f.codes[1]}
			continue
		}
		all[n] = f
		n++
	}
	return Set{all[:n]}
}

// category returns the undivided category of a code.
func (c Code) category() Code { return c &^ 0xFF }

// Has reports whether a code is in the set. It takes a binary search.
func (s Set) Has(c Code) bool {
	i, ok := slices.BinarySearchFunc(s.families, c.category(), func(f family, c Code) int {
		return f.category.Compare(c)
	})
	return ok && s.families[i].codes.has(c)
}

// Len returns the number of codes in the set. A category with its descendants has 121 codes in ICD-10, 11 in OPCS-4.
func (s Set) Len() int {
	n := 0
	for _, f := range s.families {
		n += bits.OnesCount64(f.codes[0]) + bits.OnesCount64(f.codes[1])
	}
	return n
}

// All yields the codes in order.
func (s Set) All() iter.Seq[Code] {
	return func(yield func(Code) bool) {
		for _, f := range s.families {
			for c := range grammar(f.category) {
				if f.codes.has(c) && !yield(c) {
					return
				}
			}
		}
	}
}

// grammar yields the codes that a category can have, in order.
func grammar(category Code) iter.Seq[Code] {
	return func(yield func(Code) bool) {
		for fourth := range Code(11) {
			for c := range below(category | fourth<<4) {
				if !yield(c) {
					return
				}
			}
		}
	}
}

// below yields a code of four characters and the longer codes that start with it.
func below(c Code) iter.Seq[Code] {
	return func(yield func(Code) bool) {
		for end := c + 11; yield(c) && c.System() == ICD10; {
			if c++; c == end {
				return
			}
		}
	}
}

// allOf returns the bits of all codes that a category can have.
func allOf(category Code) (all codeBits) {
	for c := range grammar(category) {
		all.set(c)
	}
	return all
}

// Intervals yields the runs of consecutive codes in the set: the first and the last code of each run. The set has every
// code that the grammar allows between the two. A run never continues into the next system.
func (s Set) Intervals() iter.Seq2[Code, Code] {
	return func(yield func(Code, Code) bool) {
		var first, last Code // of the current run
		for c := range s.All() {
			if last.IsValid() && c != last.next() {
				if !yield(first, last) {
					return
				}
				first = 0
			}
			if first == 0 {
				first = c
			}
			last = c
		}
		if last.IsValid() {
			yield(first, last)
		}
	}
}

// next returns the code after c in the grammar of its system, 0 after the last.
func (c Code) next() Code {
	category, fourth, fifth := codebits.Split(uint32(c))
	switch {
	case c.System() == ICD10 && fifth < 10:
		return c + 1
	case fourth < 10:
		return c&^0xF + 1<<4
	case category+1 < codebits.Categories:
		category++
		if c.System() == OPCS4 && category == ('I'-'A')*100 {
			category += 100 // no code begins with I
		}
		return newCode(c.System(), category, 0, 0)
	}
	return 0
}

// Minus returns the codes of s that are not in t.
func (s Set) Minus(t Set) Set {
	var all []family
	i := 0
	for _, f := range s.families {
		for i < len(t.families) && t.families[i].category < f.category {
			i++
		}
		if i < len(t.families) && t.families[i].category == f.category {
			other := t.families[i].codes
			f.codes = codeBits{f.codes[0] &^ other[0], f.codes[1] &^ other[1]}
		}
		if f.codes != (codeBits{}) {
			all = append(all, f)
		}
	}
	return Set{all}
}

// Within reports whether all codes of s are in t. It does not allocate.
func (s Set) Within(t Set) bool {
	if len(s.families) > len(t.families) {
		return false
	}
	i := 0
	for _, f := range s.families {
		for i < len(t.families) && t.families[i].category < f.category {
			i++
		}
		if i == len(t.families) || t.families[i].category != f.category || !f.codes.within(t.families[i].codes) {
			return false
		}
	}
	return true
}

func (b codeBits) within(c codeBits) bool { return b[0]&^c[0]|b[1]&^c[1] == 0 }

// Equal reports whether two sets have the same codes.
func (s Set) Equal(t Set) bool { return slices.Equal(s.families, t.families) }

// String returns the first ten groups of the set, "E10% E119 I10X alone", and the number of the others.
func (s Set) String() string {
	var text []byte
	n := 0
	for g := range s.Groups() {
		if n++; n <= 10 {
			text = append(text, " "+g.String()...)
		}
	}
	if n > 10 {
		text = fmt.Appendf(text, " and %d more", n-10)
	}
	return string(text[min(1, len(text)):])
}

// Group is all codes that start with a prefix. If Alone is true, it is only the code of the prefix, without longer
// codes.
type Group struct {
	Prefix Prefix
	Alone  bool
}

// String returns the group as codelists name it (E11%, E119, E11X), with "alone" if longer codes are not in it.
func (g Group) String() string {
	switch {
	case g.Alone:
		return g.Prefix.String() + " alone"
	case g.Prefix.Len() <= 3:
		return g.Prefix.String() + "%"
	default:
		return g.Prefix.String()
	}
}

// Groups splits the set into as few groups as possible, each within one category, and yields them in the order of their
// prefixes.
func (s Set) Groups() iter.Seq[Group] {
	return func(yield func(Group) bool) {
		for _, f := range s.families {
			for _, g := range f.groups() {
				if !yield(g) {
					return
				}
			}
		}
	}
}

func (f *family) groups() (all []Group) {
	if f.codes == allOf(f.category) {
		return []Group{{f.category.Prefix(3), false}}
	}
	for n := range Code(11) {
		fourth := f.category | (n+1)%11<<4 // the undivided category comes after the digits, as among prefixes
		var some []Group
		codes := 0
		for c := range below(fourth) {
			if codes++; f.codes.has(c) {
				some = append(some, Group{c.Prefix(min(4+int(c&0xF), 5)), c == fourth})
			}
		}
		if len(some) == codes {
			some = []Group{{fourth.Prefix(4), false}}
		}
		all = append(all, some...)
	}
	return all
}

// MarshalBinary returns 19 bytes for each category in which the set has a code: one for the system, two for the number
// of the category, and sixteen with a bit for each code, all big-endian.
func (s Set) MarshalBinary() ([]byte, error) {
	b := make([]byte, 0, binarySize*len(s.families))
	for _, f := range s.families {
		category, _, _ := codebits.Split(uint32(f.category))
		b = append(b, byte(f.category.System()))
		b = binary.BigEndian.AppendUint16(b, uint16(category))
		b = binary.BigEndian.AppendUint64(b, f.codes[0])
		b = binary.BigEndian.AppendUint64(b, f.codes[1])
	}
	return b, nil
}

// binarySize is the number of bytes for a category in the binary form.
const binarySize = 19

// UnmarshalBinary reads the output of MarshalBinary.
func (s *Set) UnmarshalBinary(data []byte) error {
	var all []family
	for ; len(data) >= binarySize; data = data[binarySize:] {
		sys, category := System(data[0]), int(binary.BigEndian.Uint16(data[1:]))
		f := family{codes: codeBits{binary.BigEndian.Uint64(data[3:]), binary.BigEndian.Uint64(data[11:])}}
		isI := sys == OPCS4 && category/100 == 'I'-'A' // no code begins with I
		if !sys.IsValid() || category >= codebits.Categories || isI {
			return errSet
		}
		f.category = newCode(sys, category, 0, 0)
		legal := allOf(f.category)
		if f.codes == (codeBits{}) || f.codes[0]&^legal[0] != 0 || f.codes[1]&^legal[1] != 0 ||
			len(all) > 0 && all[len(all)-1].category >= f.category {
			return errSet
		}
		all = append(all, f)
	}
	if len(data) > 0 {
		return errSet
	}
	s.families = all
	return nil
}

// MarshalText returns the binary form in base64, for JSON.
func (s Set) MarshalText() ([]byte, error) {
	b, err := s.MarshalBinary()
	return base64.StdEncoding.AppendEncode(nil, b), err
}

// UnmarshalText reads the output of MarshalText.
func (s *Set) UnmarshalText(text []byte) error {
	b, err := base64.StdEncoding.AppendDecode(nil, text)
	if err != nil {
		return errSet
	}
	return s.UnmarshalBinary(b)
}

var errSet = errors.New("not the binary or text form of a coding.Set")
