// Package precedence settles which entry of a codelist decides a code: of those that cover it the one with the longest
// prefix; of two with one prefix an exclusion before an inclusion, then the first. Packages codelist and match have it
// from here alone, code by code (Decide) or category by category (Families).
package precedence

import (
	"slices"

	"hesopmatch/codelist/coding"
	"hesopmatch/internal/codebits"
)

// Entry is what an entry of a list says.
type Entry struct {
	Prefix  coding.Prefix
	Exact   bool // a bare category covers the undivided category alone, without its descendants
	Exclude bool
}

// Rule is what the entries of one prefix say together.
type Rule struct {
	Prefix     coding.Prefix
	Any        int32 // the number of the entry that decides the undivided category, of all entries
	descendant int32 // the number of the entry that decides longer codes, of those that cover them; -1 for none

	includes  bool // some entry is an inclusion
	exact     bool // some entry is a bare category without its descendants
	exactly   bool // ... and an inclusion
	isAny     bool // Any is an inclusion
	isLongest bool // descendant is an inclusion
}

// Rules are the rules of a list by prefix. Methods of Rules are for this module alone.
type Rules struct{ rules []Rule }

// Make makes the rules of n entries.
func Make(n int, entry func(i int) Entry) Rules {
	order := make([]int32, n)
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return entry(int(a)).Prefix.Compare(entry(int(b)).Prefix) })

	var rules []Rule
	for _, i := range order {
		e := entry(int(i))
		if k := len(rules); k == 0 || rules[k-1].Prefix != e.Prefix {
			rules = append(rules, Rule{Prefix: e.Prefix, Any: -1, descendant: -1})
		}
		r := &rules[len(rules)-1]
		if r.Any < 0 || e.Exclude && r.isAny {
			r.Any, r.isAny = i, !e.Exclude
		}
		if !e.Exact && (r.descendant < 0 || e.Exclude && r.isLongest) {
			r.descendant, r.isLongest = i, !e.Exclude
		}
		r.includes = r.includes || !e.Exclude
		if e.Exact && e.Prefix.Len() == 3 {
			r.exact = true
			r.exactly = r.exactly || !e.Exclude
		}
	}
	return Rules{rules}
}

// RulesUnder returns the rules of p and of all prefixes that start with it.
func (r Rules) RulesUnder(p coding.Prefix) []Rule {
	return cut(r.rules[before(r.rules, p):], p)
}

// cut returns the rules at the start of rules that are of p or of what starts with it.
func cut(rules []Rule, p coding.Prefix) []Rule {
	n, end := 0, coding.Prefix(codebits.End(uint32(p)))
	for n < len(rules) && rules[n].Prefix < end {
		n++
	}
	return rules[:n]
}

// RuleAt returns the rule of a prefix, nil if there is none.
func (r Rules) RuleAt(p coding.Prefix) *Rule {
	if i := before(r.rules, p); i < len(r.rules) && r.rules[i].Prefix == p {
		return &r.rules[i]
	}
	return nil
}

// Decision is what a list says of one value: see codelist.Decision.
type Decision struct {
	Entry     int
	Covered   bool
	Excluded  bool
	Undecided bool
	Open      bool
}

// Decide looks for the rule that decides a value, from the longest prefix to the shortest.
func (r Rules) Decide(v coding.Value) Decision {
	d := Decision{Entry: -1}
	code := v.Code()
	if !code.IsValid() {
		return d
	}
	_, fourth, fifth := codebits.Split(uint32(code))
	length := 4 // the undivided category has four characters, with its filler
	switch {
	case v.IsStub():
		length = 3
	case v.Cut() == 3:
		length = 3
		r.meet(&d, code.Prefix(3))
	case fifth > 0:
		length = 5
	case v.Cut() == 4:
		r.meet(&d, code.Prefix(4))
	}
	isUndivided := fourth == 0 && length > 3
	// What a prefix starts with stands before it, so a shorter one is looked for in front of the last place.
	longest, rules := code.Prefix(length), r.rules
	for n := length; n >= 1 && (n >= 3 || !isMissing(code)); n-- {
		p := longest.First(n)
		i := before(rules, p)
		if i < len(rules) && rules[i].Prefix == p {
			switch rule := &rules[i]; {
			case isUndivided || n > 3:
				d.Entry, d.Covered, d.Excluded = int(rule.Any), rule.isAny, !rule.isAny
				return d
			case rule.descendant >= 0:
				d.Entry, d.Covered, d.Excluded = int(rule.descendant), rule.isLongest, !rule.isLongest
				return d
			}
		}
		rules = rules[:i]
	}
	return d
}

// before returns how many rules stand before a prefix. It is slices.BinarySearch without calls.
func before(rules []Rule, p coding.Prefix) int {
	low, high := 0, len(rules)
	for low < high {
		if middle := int(uint(low+high) >> 1); rules[middle].Prefix < p {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// isMissing reports whether a code is of the category that means missing, which no broad prefix reaches.
func isMissing(c coding.Code) bool { return c.System().Missing().Contains(c.Prefix(3)) }

// meet notes the rules that a code cut to p leaves undecided: those of longer prefixes that start with p, and that of p
// if it stands for the undivided category alone.
func (r Rules) meet(d *Decision, p coding.Prefix) {
	for _, rule := range r.RulesUnder(p) {
		if rule.Prefix == p {
			d.Undecided = d.Undecided || rule.exact
			d.Open = d.Open || rule.exactly
			continue
		}
		d.Undecided = true
		d.Open = d.Open || rule.includes
	}
}
