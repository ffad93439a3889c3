package codelist

import (
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/internal/codebits"
)

// codePattern is a code that allows a set of characters at each position after its letter. Bits 0 to 9 of a set are the
// digits, fillerBit is X.
type codePattern struct {
	letter   uint8     // number of the letter, from 1
	sets     [4]uint16 // the sets for characters two to five
	n        int
	wildcard bool // has a wildcard, so it covers the family whatever the policy
	pattern  bool // has a class or _
	early    bool // has a class or _ among the first three characters
}

const (
	digitSet  uint16 = 1<<10 - 1
	fillerBit uint16 = 1 << codebits.Filler
)

// readPattern reads a word without its wildcard or mark: characters, classes and _. It ignores dots, except a dot
// before an X as the fourth character: that X is a wildcard.
func (r cellReader) readPattern(w string) (p codePattern, refusal string) {
	if rest, ok := strings.CutSuffix(strings.TrimRight(w, "."), ".X"); ok && countCharacters(rest) == 3 {
		w, p.wildcard = rest, true
	}
	for i := 0; i < len(w); i++ {
		c := w[i]
		if c == '.' {
			continue
		}
		if p.n == 0 {
			if c == '[' || c == '_' {
				return p, reasonClassFirst
			}
			letter, ok := character(r.system, 0, c)
			if !ok && c == 'I' {
				return p, reasonLetterI
			} else if !ok {
				return p, reasonNotCode
			}
			p.letter, p.n = letter, 1
			continue
		}
		if p.n >= r.system.Longest() {
			return p, r.overlong(w)
		}
		set, size, reason := readSet(w[i:], p.n == 3)
		if reason != "" {
			if r.looksProse(w) {
				reason = reasonNotCode
			}
			return p, reason
		}
		if size > 1 || c == '_' {
			p.pattern = true
			p.early = p.early || p.n < 3
		}
		p.sets[p.n-1] = set
		p.n++
		i += size - 1
	}
	if p.n == 0 {
		return p, reasonNotCode
	}
	if p.n < 3 && !r.allowBroad {
		return p, reasonBroad
	}
	return p, ""
}

// overlong returns the reason for refusing a word with too many characters: it is prose, or another classification's
// code.
func (r cellReader) overlong(w string) string {
	if r.looksProse(w) {
		return reasonNotCode
	}
	return reasonTooLong
}

// looksProse reports whether a word does not start like a code.
func (r cellReader) looksProse(w string) bool {
	w = strings.ReplaceAll(w, ".", "")
	return len(w) < 2 || w[0] < 'A' || w[0] > 'Z' || (w[1] < '0' || w[1] > '9') && w[1] != '[' && w[1] != '_'
}

// readSet reads the character, _ or class at the start of w. The argument fourth is true for the fourth character of a
// code, which is the only one that may be X.
func readSet(w string, fourth bool) (set uint16, size int, refusal string) {
	switch c := w[0]; {
	case '0' <= c && c <= '9':
		return 1 << (c - '0'), 1, ""
	case c == 'X' && fourth:
		return fillerBit, 1, ""
	case c == '_' && fourth:
		return digitSet | fillerBit, 1, ""
	case c == '_':
		return digitSet, 1, ""
	case 'A' <= c && c <= 'Z':
		return 0, 0, reasonLetters
	case c != '[':
		return 0, 0, reasonNotCode
	}
	end := strings.IndexByte(w, ']')
	if end < 2 {
		return 0, 0, reasonClass
	}
	set, ok := readClass(w[1:end], fourth)
	if !ok {
		return 0, 0, reasonClass
	}
	return set, end + 1, ""
}

// readClass reads the text between the brackets of a class.
func readClass(text string, fourth bool) (set uint16, ok bool) {
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == 'X' && fourth:
			set |= fillerBit
		case c < '0' || c > '9':
			return 0, false
		case i+2 < len(text) && text[i+1] == '-':
			to := text[i+2]
			if to < c || to > '9' {
				return 0, false
			}
			for ; c <= to; c++ {
				set |= 1 << (c - '0')
			}
			i += 2
		default:
			set |= 1 << (c - '0')
		}
	}
	return set, true
}

// addPattern adds to c, in order, every prefix that p allows.
func (r cellReader) addPattern(c *cell, p codePattern) (refusal string) {
	total := 1
	for _, set := range p.sets[:p.n-1] {
		total *= ones(set)
	}
	if total > r.expansion-len(c.parts) {
		return reasonExpansion
	}
	before := len(c.parts)
	if p.pattern {
		c.patterns++
	}
	var nums [5]uint8
	nums[0] = p.letter
	r.expand(c, p, &nums, 1)
	if len(c.parts) == before {
		return reasonRangeEmpty
	}
	return ""
}

func (r cellReader) expand(c *cell, p codePattern, nums *[5]uint8, i int) {
	if i == p.n {
		prefix := newPrefix(r.system, nums[:i])
		if p.early && prefix.System().Missing().Contains(prefix) {
			return
		}
		pt := part{prefix: prefix, scope: scopeOf(prefix, p.wildcard || p.pattern)}
		if p.pattern {
			pt.pattern = c.patterns
		}
		c.parts = append(c.parts, pt)
		return
	}
	for b := uint8(0); b <= codebits.Filler; b++ {
		if p.sets[i-1]&(1<<b) == 0 {
			continue
		}
		if nums[i] = b + 1; b == codebits.Filler {
			nums[i] = codebits.Filler
		}
		r.expand(c, p, nums, i+1)
	}
}

// scopeOf returns what a prefix states about its coverage. The argument family is true if a wildcard, a class or a
// range names the descendants of the prefix.
func scopeOf(p coding.Prefix, family bool) scope {
	switch {
	case isUndivided(p):
		return scopeExact
	case isCategory(p) && !family:
		return scopeByPolicy
	default:
		return scopeDescendants
	}
}

func ones(set uint16) int {
	n := 0
	for ; set != 0; set &= set - 1 {
		n++
	}
	return n
}
