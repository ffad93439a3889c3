package codelist

import (
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/internal/codebits"
)

// cutRange splits a word at the dash between the two ends of a range. A dash in a class, at the end of the word or
// before a mark of HES (I10X-D) does not separate two ends.
func cutRange(w string) (left, right string, ok bool) {
	class := false
	for i := range len(w) {
		switch c := w[i]; {
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '-' && !class && i > 0:
			left, right = w[:i], w[i+1:]
			rest := strings.Trim(right, "-.%*†+")
			return left, right, rest != "" && rest != "A" && rest != "D"
		}
	}
	return "", "", false
}

// addRange adds to c every prefix of a range: all prefixes from one end to the other that are as long as the ends,
// except those of missing values. If the ends have four characters, and the range includes all ten subdivisions of a
// category, addRange also adds the undivided category.
func (r cellReader) addRange(c *cell, left, right string) (refusal string) {
	if misplacedDots(left) || misplacedDots(right) {
		c.repairs |= repairedDots
	}
	lo, n, ok := r.rangeEnd(left)
	hi, m, okHi := r.rangeEnd(right)
	switch {
	case !ok || !okHi || n != m || n < 3:
		return reasonRangeEnds
	case lo > hi:
		return reasonRangeOrder
	case hi-lo >= r.expansion-len(c.parts):
		return reasonExpansion
	}
	before := len(c.parts)
	c.patterns++
	add := func(p coding.Prefix) {
		if !p.System().Missing().Contains(p) {
			c.parts = append(c.parts, part{prefix: p, scope: scopeOf(p, true), pattern: c.patterns, span: c.spans})
		}
	}
	for number := lo; number <= hi; number++ {
		p := numbered(r.system, number, n)
		if r.system == coding.OPCS4 && at(p, 0) == 'I'-'A'+1 {
			continue
		}
		add(p)
		if n == 4 && number%10 == 9 && number-9 >= lo {
			add(undivided(p))
		}
	}
	if len(c.parts) == before {
		return reasonRangeEmpty
	}
	return ""
}

// rangeEnd reads one end of a range as a number, which is made of the letter and then the digits. The result n is the
// number of characters.
func (r cellReader) rangeEnd(text string) (number, n int, ok bool) {
	for i := range len(text) {
		c := text[i]
		if c == '.' {
			continue
		}
		if n >= r.system.Longest() {
			return 0, 0, false
		}
		p, ok := character(r.system, n, c)
		if !ok || p == codebits.Filler && n > 0 {
			return 0, 0, false
		}
		number = number*10 + int(p) - 1
		n++
	}
	return number, n, n > 0
}

// numbered returns the prefix of n characters that rangeEnd reads as the given number.
func numbered(sys coding.System, number, n int) coding.Prefix {
	var nums [5]uint8
	for i := n - 1; i > 0; i-- {
		nums[i] = uint8(number%10) + 1
		number /= 10
	}
	nums[0] = uint8(number) + 1
	return newPrefix(sys, nums[:n])
}
