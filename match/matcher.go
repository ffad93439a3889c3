package match

import (
	"errors"
	"fmt"
	"slices"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/internal/seam"
)

// Matcher is any number of codelists compiled for matching in one pass. It is
// immutable and may be used by any number of goroutines. A look-up costs a few
// dependent loads however many lists and entries there are. It has no binary or text
// form: marshalling it fails.
type Matcher struct {
	noForm
	matcherSeam

	base  *Matcher // that Compile made; its Results are good for this one
	lists []*codelist.List
	tries [3]*trie // by coding.System
	sets  *setTable
	needs []codedIn // by list: the systems in which it has inclusions

	primary     bool
	fingerprint func() string
}

type matcherSeam = seam.Matcher[*hesop.Reader]

// codedIn is a set of coding systems: bit 0 for ICD-10, bit 1 for OPCS-4.
type codedIn uint8

func bit(sys coding.System) codedIn { return 1 << (sys - 1) }

// ErrNoInclusion is what Compile fails with for a list of exclusions only, which
// could match nothing.
var ErrNoInclusion = errors.New("list has no inclusion")

// ErrOption is what Compile and Scan fail with when an argument or option cannot be.
var ErrOption = errors.New("match: option cannot be used")

// Compile compiles lists; their numbers are their places in the call. Names need not differ. Of no list it makes a
// Matcher without an answer. Compile fails with ErrOption on a nil list, and with ErrNoInclusion on a list without an
// inclusion, which would say "no match" of every appointment.
//
// Time and memory are linear in the entries; besides, each distinct set of lists
// that some code has is held once, four bytes a list.
func Compile(lists ...*codelist.List) (*Matcher, error) {
	m := &Matcher{
		lists: append([]*codelist.List(nil), lists...), sets: newSetTable(), needs: make([]codedIn, len(lists)),
	}
	m.base, m.fingerprint = m, m.newFingerprint()
	for i, l := range lists {
		if l == nil {
			return nil, fmt.Errorf("%w: list %d of Compile is nil", ErrOption, i)
		}
		for _, sys := range [...]coding.System{coding.ICD10, coding.OPCS4} {
			if l.Includes(sys) {
				m.needs[i] |= bit(sys)
			}
		}
		if m.needs[i] == 0 {
			return nil, fmt.Errorf("%w: all entries of %q (%s) are exclusions", ErrNoInclusion, l.Name(),
				l.Report().File)
		}
	}
	for _, sys := range [...]coding.System{coding.ICD10, coding.OPCS4} {
		m.tries[sys] = newTrie(sys, lists, m.sets)
	}
	m.sets.byHash = nil
	m.matcherSeam = seam.NewMatcher(m.noteLimits, false)
	return m, nil
}

// PrimaryOnly returns a Matcher of the same lists that matches codes in the first position only. What makes an
// appointment coded stays what it is: a code in any position. So an appointment whose first diagnosis is missing and a
// later one is not is NoMatch, not Unknown. A Result of a Matcher also serves its PrimaryOnly, and the other way round;
// their Totals count different questions and do not mix.
func (m *Matcher) PrimaryOnly() *Matcher {
	p := *m
	p.primary = true
	p.matcherSeam = seam.NewMatcher(p.noteLimits, true)
	p.fingerprint = p.newFingerprint()
	return &p
}

// noteLimits adds to the notices of a reader what its columns cannot tell these lists: which code is the first, for
// PrimaryOnly.
func (m *Matcher) noteLimits(r *hesop.Reader) {
	if !m.primary {
		return
	}
	for _, sys := range coding.Systems() {
		if slices.ContainsFunc(m.needs, func(in codedIn) bool { return in&bit(sys) != 0 }) {
			r.NotePrimary(sys)
		}
	}
}

// Len is the number of lists.
func (m *Matcher) Len() int { return len(m.lists) }

// List returns list i, with 0 ≤ i < Len.
func (m *Matcher) List(i int) *codelist.List { return m.lists[i] }

// Lookup returns the lists that cover one value; Match does so for all codes of an appointment. It does not allocate.
func (m *Matcher) Lookup(v coding.Value) Set { return m.sets.at(m.answer(v).covered) }

func (m *Matcher) answer(v coding.Value) answer {
	if !v.Code().IsValid() || !v.System().IsValid() {
		return answer{}
	}
	return m.tries[v.System()].lookup(v)
}
