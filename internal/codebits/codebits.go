// Package codebits packs codes and prefixes into numbers that can index the tables of this module. Users of the module
// see these numbers as coding.Code and coding.Prefix.
package codebits

// Categories is the number of categories in the grammar of codes: letters times digits times digits.
const Categories = 26 * 10 * 10

// Code packs a code into a number. From the highest bits down, the number holds the system, the category (letter, digit
// and digit as a number below Categories), and the fourth and fifth characters: the digit plus one, or 0 for none. The
// filler X counts as no fourth character.
func Code(sys uint8, category int, fourth, fifth uint8) uint32 {
	return uint32(sys)<<24 | uint32(category)<<8 | uint32(fourth)<<4 | uint32(fifth)
}

// Split unpacks a code, except for its system.
func Split(code uint32) (category int, fourth, fifth uint8) {
	return int(code >> 8 & 0xFFFF), uint8(code >> 4 & 0xF), uint8(code & 0xF)
}

// Filler is the packed filler X of a prefix.
const Filler = 11

// Prefix packs the one to five characters of a prefix into a number. From the highest bits down, the number holds the
// system, the letter (A is 1), and four characters of four bits each: the digit plus one, Filler, or 0 for none. In
// numeric order, a prefix and all prefixes that start with it are contiguous, and the prefix comes first.
func Prefix(sys uint8, characters []uint8) uint32 {
	p := uint32(sys) << 24
	for i, c := range characters {
		p |= uint32(c) << shift(i)
	}
	return p
}

// shift returns the offset in bits of character i of a prefix, counted from 0.
func shift(i int) int { return 16 - 4*i }

// Character packs character i of a prefix, counted from 0, and reports whether a prefix can have that character there.
// hasI is true for a system with codes that start with I.
func Character(i int, c byte, hasI bool) (packed uint8, ok bool) {
	switch {
	case i == 0:
		return c - 'A' + 1, 'A' <= c && c <= 'Z' && (hasI || c != 'I')
	case '0' <= c && c <= '9':
		return c - '0' + 1, true
	default:
		return Filler, i == 3 && c == 'X'
	}
}

// At unpacks character i of a prefix, counted from 0. It returns 0 if the prefix is shorter.
func At(prefix uint32, i int) uint8 {
	if i == 0 {
		return uint8(prefix >> 16 & 0xFF)
	}
	return uint8(prefix >> shift(i) & 0xF)
}

// Len returns the number of characters of a prefix, 0 for the prefix 0.
func Len(prefix uint32) int {
	n := 0
	for n < 5 && At(prefix, n) != 0 {
		n++
	}
	return n
}

// First returns the first n characters of a prefix, or the whole prefix if it has fewer.
func First(prefix uint32, n int) uint32 {
	if n >= 5 {
		return prefix
	}
	return prefix &^ (1<<(shift(n)+4) - 1)
}

// End returns the smallest number above a prefix and all prefixes that start with it.
func End(prefix uint32) uint32 { return prefix + 1<<shift(Len(prefix)-1) }

// SplitPrefix unpacks a prefix as Split unpacks a code. The category of a prefix of one or two characters is the first
// category that starts with it.
func SplitPrefix(prefix uint32) (category int, fourth, fifth uint8) {
	for i := range 3 {
		category *= 10
		if c := At(prefix, i); c > 0 {
			category += int(c) - 1
		}
	}
	if fourth = At(prefix, 3); fourth == Filler {
		fourth = 0
	}
	return category, fourth, At(prefix, 4)
}

// PrefixOf returns the first n characters of a code as a prefix. The fourth character of an undivided category is the
// filler.
func PrefixOf(code uint32, n int) uint32 {
	category, fourth, fifth := Split(code)
	if fourth == 0 {
		fourth = Filler
	}
	letter, rest := uint32(category/100), uint32(category%100)
	whole := code>>24<<24 | (letter+1)<<16 | (rest/10+1)<<12 | (rest%10+1)<<8 | uint32(fourth)<<4 | uint32(fifth)
	return First(whole, n)
}
