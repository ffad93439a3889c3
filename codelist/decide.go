package codelist

import (
	"hesopmatch/codelist/coding"
	"hesopmatch/internal/precedence"
)

// Decision is what a list decides about one value.
type Decision struct {
	// Entry is the number of the deciding entry, -1 if no entry covers the value.
	Entry int

	// Covered is true if the deciding entry is an inclusion: the value matches.
	Covered bool

	// Excluded is true if the deciding entry is an exclusion.
	Excluded bool

	// Undecided is true if the code may be truncated, and an entry longer than the field could decide it. Even so, a
	// shorter entry may cover the value; Entry is then the number of that entry.
	Undecided bool

	// Open is true if one of the entries that leave the value undecided is an inclusion: the value may match.
	Open bool
}

// Decide returns what the list decides about one value. Among all entries that cover its code, the one with the longest
// prefix decides. Between an inclusion and an exclusion of the same length, the exclusion decides. Among entries of the
// same length and sign, the first in the file decides. No entry decides a value without a code. Decide takes a few
// binary searches and does not allocate. Package match is faster for many values and lists.
func (l *List) Decide(v coding.Value) Decision { return Decision(l.rules.Decide(v)) }

func makeRules(entries []entry) rules {
	return precedence.Make(len(entries), func(i int) precedence.Entry {
		e := &entries[i]
		return precedence.Entry{Prefix: e.prefix, Exact: e.coverage == Exact, Exclude: e.exclude}
	})
}

// rules decide which entry applies. List embeds them for package match, which reads whole categories from them.
type rules = precedence.Rules
