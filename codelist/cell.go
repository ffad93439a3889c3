package codelist

import (
	"slices"
	"strings"
	"unicode/utf8"

	"hesopmatch/codelist/coding"
)

// scope is what a cell states about the coverage of a prefix.
type scope uint8

const (
	scopeByPolicy    scope = iota // a bare category: the policy decides
	scopeExact                    // a category with its filler
	scopeDescendants              // anything else
)

// part is one prefix that a cell names. In each cell, two numberings start at 1: one of the ranges, and one of the
// ranges, classes and _ together.
type part struct {
	prefix  coding.Prefix
	scope   scope
	pattern int // number of the range, class or _ that yields the prefix, 0 if none does
	span    int // number of the range that yields the prefix, 0 if none does
}

// cell is the result of reading one code cell: its parts in order, or the reason why there are none.
type cell struct {
	parts    []part
	spans    int // number of ranges
	patterns int // number of ranges, classes and _
	repairs  repairs
	refusal  string
}

// cellReader reads cells of one coding system.
type cellReader struct {
	system     coding.System
	allowBroad bool
	expansion  int // maximum number of prefixes that one cell may name
}

// read reads the text of a cell that is not blank. It appends the parts to the slice room.
func (r cellReader) read(text string, room []part) cell {
	s, done := clean(text)
	c := r.readClean(s, room)
	c.repairs |= done
	return c
}

func (r cellReader) readClean(s string, room []part) cell {
	switch {
	case s == "":
		return cell{refusal: reasonNotCode}
	case r.system == coding.ICD10 && isChapter(s):
		return cell{refusal: reasonChapter}
	case isRegexp(s) && !r.looksProse(strings.TrimPrefix(s, "^")):
		return cell{refusal: reasonRegexp}
	}
	words := strings.FieldsFunc(s, isSeparator)
	if len(words) == 1 && words[0] == s {
		c := cell{parts: room}
		r.add(&c, s)
		return c
	}
	spaced := !strings.ContainsAny(s, ",;|")
	c := cell{repairs: repairedSplit}
	if len(words) == 1 {
		c.repairs = repairedSeparator
	}
	for _, quoted := range words {
		word := strings.Trim(quoted, quotes)
		if word != quoted {
			c.repairs |= repairedQuotes
		}
		reader := r
		reader.allowBroad = r.allowBroad && !spaced // "A17.0 D" is one code
		if r.system == coding.ICD10 && isChapter(word) {
			c.refuse(reasonSeveral) // a chapter number is a heading only if it is alone in its cell
		} else {
			reader.add(&c, word)
		}
		if c.refusal != "" {
			break
		}
	}
	switch {
	case len(words) == 0:
		return cell{refusal: reasonNotCode}
	case c.refusal == "", c.refusal == reasonExpansion, len(words) == 1:
		return c
	case !spaced && !slices.ContainsFunc(words, r.isCode):
		return cell{refusal: reasonNotCode}
	case !spaced:
		return cell{refusal: reasonSeveral}
	}
	joined := strings.Join(words, "")
	switch {
	case r.system == coding.ICD10 && isChapter(joined):
		return cell{refusal: reasonChapter}
	case isRegexp(joined) && !r.looksProse(strings.TrimPrefix(joined, "^")):
		return cell{refusal: reasonRegexp}
	}
	closed := cell{repairs: repairedInnerSpace}
	r.add(&closed, joined)
	if closed.refusal != "" && r.isCode(words[0]) {
		closed.refusal = reasonSeveral // more helpful than the reason for the joined word
	}
	return closed
}

// isCode reports whether a word is a code or a pattern of codes.
func (r cellReader) isCode(word string) bool {
	var c cell
	r.add(&c, strings.Trim(word, quotes))
	return c.refusal == ""
}

func isSeparator(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '|' }

// isRegexp reports whether s uses a feature of regular expressions that Parse does not support.
func isRegexp(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case '(', ')', '$', '\\', '{', '}', '?':
			return true
		case '.', '[':
			if rest := s[i:]; strings.HasPrefix(rest, ".+") || strings.HasPrefix(rest, "[^") {
				return true
			}
		}
	}
	return false
}

// add reads one code, wildcard, class or range into c.
func (r cellReader) add(c *cell, word string) {
	if isRegexp(word) && !r.looksProse(strings.TrimPrefix(word, "^")) {
		c.refuse(reasonRegexp)
		return
	}
	if left, right, ok := cutRange(word); ok {
		c.spans++
		c.refuse(r.addRange(c, left, right))
		return
	}
	w, wildcard := strings.CutPrefix(word, "^")
	if misplacedDots(w) {
		c.repairs |= repairedDots
	}
	w, trailing, refusal := r.trimEnd(w, c)
	if refusal != "" {
		c.refuse(refusal)
		return
	}
	if strings.HasPrefix(w, ".") && isChapter(strings.ReplaceAll(w, ".", "")) {
		c.refuse(reasonNotCode) // .X is a wildcard, and here no code precedes it
		return
	}
	p, refusal := r.readPattern(w)
	if refusal != "" {
		c.refuse(refusal)
		return
	}
	p.wildcard = p.wildcard || wildcard || trailing
	if r.system == coding.ICD10 && p.n == 1 && !p.wildcard && isChapter(strings.Trim(w, ".")) {
		c.refuse(reasonNotCode) // I, V and X are chapter numbers, wherever their dots are
		return
	}
	c.refuse(r.addPattern(c, p))
}

// refuse discards what was read of the cell and records the reason. It does nothing if the reason is "".
func (c *cell) refuse(reason string) {
	if reason != "" {
		*c = cell{refusal: reason, repairs: c.repairs}
	}
}

// trimEnd removes from the end of a word what may follow a code: first a wildcard or the sign of a mark (*, †, +),
// then the letter of a mark (A, D), then dashes.
func (r cellReader) trimEnd(w string, c *cell) (rest string, wildcard bool, refusal string) {
	w = strings.TrimRight(w, ".")
	switch {
	case strings.HasSuffix(w, ".*"):
		w, wildcard = strings.TrimSuffix(w, ".*"), true
	case strings.HasSuffix(w, "%"):
		w, wildcard = strings.TrimRight(strings.TrimSuffix(w, "%"), "."), true
	case strings.HasSuffix(w, "*"):
		w = strings.TrimSuffix(w, "*")
		wildcard = true // on a complete diagnosis the asterisk is a mark, with the same effect
		switch n := countCharacters(w); {
		case r.system != coding.ICD10 || n < 3:
		case n == 3:
			c.repairs |= repairedAsterisk
		default:
			c.repairs |= repairedMark
		}
	case strings.HasSuffix(w, "†"), strings.HasSuffix(w, "+"):
		_, size := utf8.DecodeLastRuneInString(w)
		w = w[:len(w)-size]
		switch {
		case r.system != coding.ICD10:
			return "", false, reasonMark
		case countCharacters(w) < 3: // no complete code before it
			return "", false, reasonNotCode
		}
		c.repairs |= repairedMark
	}
	if rest, ok := r.cutLetter(w); ok {
		c.repairs |= repairedMark
		w = rest
	}
	if rest := strings.TrimRight(w, "-"); rest != w {
		if countCharacters(rest) <= 3 {
			wildcard = true
		} else {
			c.repairs |= repairedDash
		}
		w = rest
	}
	return w, wildcard, ""
}

// cutLetter removes the letter of a dagger (D) or asterisk (A) mark from a diagnosis. At least four characters must
// precede the letter.
func (r cellReader) cutLetter(w string) (string, bool) {
	if r.system != coding.ICD10 || !strings.HasSuffix(w, "A") && !strings.HasSuffix(w, "D") {
		return w, false
	}
	rest := w[:len(w)-1]
	return rest, len(rest)-strings.Count(rest, ".") >= 4 && !strings.ContainsAny(rest, "[_")
}

// countCharacters counts the characters of a code. A class counts as one; dots and dashes do not count.
func countCharacters(w string) int {
	n := 0
	for i := 0; i < len(w); i++ {
		switch w[i] {
		case '.', '-':
			continue
		case '[':
			if end := strings.IndexByte(w[i:], ']'); end > 0 {
				i += end
			}
		}
		n++
	}
	return n
}

// misplacedDots reports whether a word has a dot anywhere but between its third and its fourth character.
func misplacedDots(w string) bool {
	dot := strings.IndexByte(w, '.')
	if dot < 0 {
		return false
	}
	return countCharacters(w[:dot]) != 3 || dot+1 == len(w) || strings.IndexByte(w[dot+1:], '.') >= 0
}
