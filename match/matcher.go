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

// Matcher is any number of codelists compiled for matching in one pass. It is immutable and safe for concurrent use.
// A lookup costs a few dependent loads, whatever the number of lists and entries. A Matcher has no binary or text form:
// marshalling it fails.
type Matcher struct {
	noForm
	matcherSeam

	base  *Matcher // the Matcher that Compile returned; its Results work with this Matcher too
	lists []*codelist.List
	tries [3]*trie // by coding.System
	sets  *setTable
	needs []codedIn // by list: the systems in which the list has inclusions

	primary     bool
	fingerprint func() string
}

type matcherSeam = seam.Matcher[*hesop.Reader]

// codedIn is a set of coding systems: bit 0 for ICD-10, bit 1 for OPCS-4.
type codedIn uint8

func bit(sys coding.System) codedIn { return 1 << (sys - 1) }

// ErrNoInclusion is the error of Compile for a list that has only exclusions and so could match nothing.
var ErrNoInclusion = errors.New("list has no inclusion")

// ErrOption is the error of Compile and Scan for an invalid argument or option.
var ErrOption = errors.New("match: option cannot be used")

// Compile compiles lists and numbers them from 0 in the order of the arguments. Lists may share a name. Called without
// lists, Compile returns a Matcher that has no answers. Compile fails with ErrOption for a nil list, and with
// ErrNoInclusion for a list without an inclusion, whose answer would be "no match" for every appointment.
//
// Time and memory are linear in the number of entries. The Matcher also stores the sets of lists that share a code:
// each distinct set once, at four bytes a list.
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

// PrimaryOnly returns a Matcher with the same lists. The new Matcher matches codes in the first position only. A code
// in any position still makes an appointment coded, so an appointment with only a later diagnosis is NoMatch, not
// Unknown.
//
// Positions are compared after the fields of a row have been paired. A code in both a positional and a concatenated
// field has the position of the positional field. If the code occurs more often in the concatenated field than in the
// positional ones, each extra occurrence has a position at which the positional field does not hold that code. A
// concatenated field that drops empty slots therefore does not turn a later diagnosis into the first. If the data have
// only concatenated columns, the first code of a field may be a later diagnosis; hesop.Reader.Notices warns of this.
//
// A Matcher and its PrimaryOnly share their Results. Their Totals answer different questions and cannot be merged.
func (m *Matcher) PrimaryOnly() *Matcher {
	p := *m
	p.primary = true
	p.matcherSeam = seam.NewMatcher(p.noteLimits, true)
	p.fingerprint = p.newFingerprint()
	return &p
}

// noteLimits adds a notice to the reader if m is PrimaryOnly and the columns do not show which code is the first.
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

// Len returns the number of lists.
func (m *Matcher) Len() int { return len(m.lists) }

// List returns list i, with 0 ≤ i < Len.
func (m *Matcher) List(i int) *codelist.List { return m.lists[i] }

// Lookup returns the lists that cover one value. It does not allocate. Match does this for all codes of an appointment.
func (m *Matcher) Lookup(v coding.Value) Set { return m.sets.at(m.answer(v).covered) }

func (m *Matcher) answer(v coding.Value) answer {
	if !v.Code().IsValid() || !v.System().IsValid() {
		return answer{}
	}
	return m.tries[v.System()].lookup(v)
}
