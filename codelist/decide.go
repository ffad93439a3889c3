package codelist

import (
	"hesopmatch/codelist/coding"
	"hesopmatch/internal/precedence"
)

// Decision is what a list says of one value.
type Decision struct {
	// Entry is the number of the entry that decides, -1 if none covers the
	// value.
	Entry int

	// Covered says that the entry is an inclusion: the value matches.
	Covered bool

	// Excluded says that the entry is an exclusion.
	Excluded bool

	// Undecided says that the field may have cut the code short of an entry
	// that is longer than what is left. It can stand beside a decision: a
	// shorter entry decides all the same.
	Undecided bool

	// Open says that the value is undecided against an inclusion, so that it
	// might match after all.
	Open bool
}

// Decide says what the list makes of one value: of all entries that cover its
// code the one with the longest prefix decides, between an inclusion and an
// exclusion of one length the exclusion, then the first of the file. A value
// without a code is decided by nothing. Decide takes a few binary searches and
// does not allocate; for many values and lists, see the match package.
func (l *List) Decide(v coding.Value) Decision { return Decision(l.rules.Decide(v)) }

// makeRules makes the rules of some entries.
func makeRules(entries []entry) rules {
	return precedence.Make(len(entries), func(i int) precedence.Entry {
		e := &entries[i]
		return precedence.Entry{Prefix: e.prefix, Exact: e.coverage == Exact, Exclude: e.exclude}
	})
}

// rules settles which entry decides. List embeds it for package match, which asks it for whole categories.
type rules = precedence.Rules
