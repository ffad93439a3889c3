package cohort

import (
	"math/bits"
	"slices"

	"hesopmatch/codelist"
)

// coverage is the codes that a list covers, a bit for each that the grammar allows: of two
// lists it tells whether one is part of the other, whatever the data are.
type coverage []uint64

const (
	codesOfFamily = 11 * 11 // fourth and fifth place, none of it being one more
	categories    = 26 * 100
)

func coverageOf(l *codelist.List) coverage {
	c := make(coverage, (2*categories*codesOfFamily+63)/64)
	for _, codes := range codelist.Compare(l, new(codelist.List)).OnlyFirst {
		c.addCodes(codes)
	}
	c.addMissing(l, codelist.ICD10, "R69")
	c.addMissing(l, codelist.OPCS4, "X99")
	return c
}

// found is what data with fields of some widths can tell of the codes of l: a coverage for
// each width, one behind the other.
func (c coverage) found(l *codelist.List, seen [len(systems)]widths) coverage {
	var all coverage
	for characters := 3; characters <= 5; characters++ {
		if (seen[0]|seen[1])>>(characters-3)&1 == 0 {
			continue
		}
		one := slices.Clone(c)
		for s, sys := range systems {
			width := 0
			if seen[s]>>(characters-3)&1 == 1 {
				width = characters
			}
			one.asFound(l, sys, width)
		}
		all = append(all, one...)
	}
	return all
}

// families are the categories, through both systems, that have codes in a coverage.
func (c coverage) families() coverage {
	f := make(coverage, (2*categories+63)/64)
	for i := range 2 * categories {
		if c.touches(i) {
			f.set(i)
		}
	}
	return f
}

// asFound leaves in c, the coverage of l, what fields of so many characters can tell of a system: 0 for none,
// and 5 for whole codes. What such data cannot tell apart is the same.
func (c coverage) asFound(l *codelist.List, sys codelist.System, width int) {
	if width > 4 {
		return
	}
	for category := range categories {
		start := (int(sys-1)*categories + category) * codesOfFamily
		if !c.touches(start / codesOfFamily) {
			continue
		}
		found := false
		if width == 3 {
			text := []byte{byte('A' + category/100), byte('0' + category/10%10), byte('0' + category%10)}
			found = l.Decide(codelist.ReadValue(sys, text, width)).Covered
		}
		for code := range codesOfFamily {
			switch {
			case width < 3, width == 3 && !found, width == 4 && code%11 > 0:
				c.clear(start + code)
			case width == 3:
				c.set(start + code)
			}
		}
	}
}

// place is the number of a code of the grammar: system, category, fourth and fifth place.
func place(sys codelist.System, text string, fourth, fifth int) int {
	category := int(text[0]-'A')*100 + int(text[1]-'0')*10 + int(text[2]-'0')
	return (int(sys-1)*categories+category)*codesOfFamily + fourth*11 + fifth
}

// digit is the place of a character, 0 for the filler.
func digit(c byte) int {
	if c == 'X' {
		return 0
	}
	return int(c-'0') + 1
}

func (c coverage) set(i int)      { c[i/64] |= 1 << (i % 64) }
func (c coverage) clear(i int)    { c[i/64] &^= 1 << (i % 64) }
func (c coverage) has(i int) bool { return c[i/64]&(1<<(i%64)) != 0 }

func (c coverage) addCodes(codes codelist.Codes) {
	text, sys := codes.Prefix.String(), codes.Prefix.System()
	for fourth := range 11 {
		if len(text) > 3 && fourth != digit(text[3]) {
			continue
		}
		for fifth := range 11 {
			if len(text) > 4 && fifth != digit(text[4]) || codes.Alone && fifth > 0 {
				continue
			}
			c.set(place(sys, text, fourth, fifth))
		}
	}
}

// wholeSystem is all codes of a system but those for missing values, at so many widths: an
// appointment that has one of them is coded.
func wholeSystem(sys codelist.System, widths int) coverage {
	c := make(coverage, (2*categories*codesOfFamily+63)/64)
	start := int(sys-1) * categories * codesOfFamily
	for i := range categories * codesOfFamily {
		c.set(start + i)
	}
	for i := range codesOfFamily {
		c.clear(place(codelist.ICD10, "R69", 0, 0) + i)
		c.clear(place(codelist.OPCS4, "X99", 0, 0) + i)
	}
	return slices.Repeat(c, widths)
}

// addMissing makes the category that stands for missing values what a list says of these:
// prefixes above it do not reach them.
func (c coverage) addMissing(l *codelist.List, sys codelist.System, category string) {
	for fourth := range 11 {
		for fifth := range 11 {
			text := append([]byte(category), "X0123456789"[fourth])
			if fifth > 0 {
				text = append(text, "X0123456789"[fifth])
			}
			i := place(sys, category, fourth, fifth)
			c.clear(i)
			if (sys == codelist.ICD10 || fifth == 0) && l.Decide(codelist.ReadValue(sys, text, 0)).Covered {
				c.set(i)
			}
		}
	}
}

func (c coverage) equal(other coverage) bool { return slices.Equal(c, other) }

// within reports whether all of c is in another.
func (c coverage) within(other coverage) bool {
	for i, word := range c {
		if word&^other[i] != 0 {
			return false
		}
	}
	return true
}

// overlaps reports whether both have some code.
func (c coverage) overlaps(other coverage) bool {
	for i, word := range c {
		if word&other[i] != 0 {
			return true
		}
	}
	return false
}

// touches reports whether it has codes in a category, numbered through both systems.
func (c coverage) touches(category int) bool {
	for code := range codesOfFamily {
		if c.has(category*codesOfFamily + code) {
			return true
		}
	}
	return false
}

// union is what any of some coverages have.
func union(all ...coverage) coverage {
	u := slices.Clone(all[0])
	for _, c := range all[1:] {
		for i, word := range c {
			u[i] |= word
		}
	}
	return u
}

// and is what two coverages have in common.
func (c coverage) and(other coverage) coverage {
	both := slices.Clone(c)
	for i, word := range other {
		both[i] &= word
	}
	return both
}

// remove takes what another one has.
func (c coverage) remove(other coverage) {
	for i, word := range other {
		c[i] &^= word
	}
}

// size is the number of codes.
func (c coverage) size() int {
	n := 0
	for _, word := range c {
		n += bits.OnesCount64(word)
	}
	return n
}
