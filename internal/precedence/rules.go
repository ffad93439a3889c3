// Package precedence determines which entry of a codelist decides a code: the entry with the longest prefix among those
// that cover the code. Among entries with the same prefix, an exclusion takes precedence over an inclusion; otherwise
// the first entry decides. Packages codelist and match both use this package, code by code (Decide) or category by
// category (Families).
package precedence

import (
	"slices"

	"hesopmatch/codelist/coding"
	"hesopmatch/internal/codebits"
)

// Entry is an entry of a list.
type Entry struct {
	Prefix  coding.Prefix
	Exact   bool // a bare category covers only the undivided category, without its descendants
	Exclude bool
}

// Rule combines the entries with the same prefix.
type Rule struct {
	Prefix     coding.Prefix
	Any        int32 // index of the entry that decides the undivided category, among all entries of the prefix
	descendant int32 // index of the entry that decides longer codes, among the entries that cover them; -1 for none

	includes  bool // some entry is an inclusion
	exact     bool // some entry is a bare category without its descendants
	exactly   bool // some bare category without its descendants is an inclusion
	isAny     bool // the entry at the index Any is an inclusion
	isLongest bool // the entry at the index descendant is an inclusion
}

// Rules holds the rules of a list, sorted by prefix.
type Rules struct{ rules []Rule }

// Make returns the rules of n entries.
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

// RulesUnder returns the rules of p and of all prefixes that start with p, sorted by prefix.
func (r Rules) RulesUnder(p coding.Prefix) []Rule {
	return leading(r.rules[before(r.rules, p):], p)
}

// leading returns the rules whose prefix is p or starts with p. These rules must come first in the slice.
func leading(rules []Rule, p coding.Prefix) []Rule {
	n, end := 0, coding.Prefix(codebits.End(uint32(p)))
	for n < len(rules) && rules[n].Prefix < end {
		n++
	}
	return rules[:n]
}

// RuleAt returns the rule of a prefix, or nil.
func (r Rules) RuleAt(p coding.Prefix) *Rule {
	if i := before(r.rules, p); i < len(r.rules) && r.rules[i].Prefix == p {
		return &r.rules[i]
	}
	return nil
}

// Decision is the decision of a list about one value: see codelist.Decision.
type Decision struct {
	Entry     int
	Covered   bool
	Excluded  bool
	Undecided bool
	Open      bool
}

// Decide returns the decision about a value. It looks for a rule from the longest prefix to the shortest.
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
	// A prefix sorts before every prefix that starts with it, so a search for a shorter prefix needs only the rules
	// before the position that was found last.
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

// before returns the number of rules that sort before a prefix. It searches as slices.BinarySearch does, but without
// calling a function.
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

// isMissing reports whether a code is in the category for missing values, which no prefix of one or two characters
// covers.
func isMissing(c coding.Code) bool { return c.System().Missing().Contains(c.Prefix(3)) }

// meet records in d whether a code truncated to p is undecided: a rule has a longer prefix that starts with p, or a
// rule of p covers only the undivided category.
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
