package cohort_test

import (
	"math/bits"
	"slices"
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/match"

	"github.com/stretchr/testify/require"
)

// The audit knows of codes what a reader does who never saw the program: prefixes. Codes
// are atoms, sets of codes that none of its entries tells apart.

// auditValues are the values in the data of the audit, and the atoms that they may be.
var auditValues = []struct {
	text  string
	sys   int // 0 for diagnoses, 1 for procedures
	atoms atomSet
}{
	{"E110", 0, 1 << 0},
	{"E111", 0, 1 << 1},
	{"E119", 0, 1 << 2},
	{"E112", 0, 1 << 3},      // any other of E11
	{"M051", 0, 1<<4 | 1<<5}, // M05.10 and others, which four characters do not tell apart
	{"M059", 0, 1 << 6},      // any other of M05
	{"M060", 0, 1 << 7},
	{"J450", 0, 0}, // of no entry
	{"M011", 1, 1 << 8},
	{"M012", 1, 1 << 9},
	{"M013", 1, 1 << 10},
	{"W371", 1, 1 << 11},
	{"X123", 1, 0},
	{"M0510", 0, 1 << 4}, // of wider fields, which a reader cannot rule out
}

// auditDrawn is how many of the values there are in the data.
const auditDrawn = 13

type atomSet uint16

func (a atomSet) within(b atomSet) bool { return a&^b == 0 }

// auditEntries are the entries of its lists, as a list has them and as tables name them.
var auditEntries = []struct {
	text, name string
	sys        int
	atoms      atomSet
}{
	{"E11", "E11%", 0, 0xf},
	{"E11.0", "E110", 0, 1 << 0},
	{"E11.1", "E111", 0, 1 << 1},
	{"E11.9", "E119", 0, 1 << 2},
	{"M05", "M05%", 0, 7 << 4},
	{"M05.1", "M051", 0, 3 << 4},
	{"M05.10", "M0510", 0, 1 << 4}, // longer than the field
	{"M06", "M06%", 0, 1 << 7},
	{"M01", "M01%", 1, 7 << 8},
	{"M01.1", "M011", 1, 1 << 8},
	{"M01.2", "M012", 1, 1 << 9},
	{"W37", "W37%", 1, 1 << 11},
}

// auditList is a list: entries by number, and those that it excludes.
type auditList struct {
	entries, excluded []int
}

// decides are the atoms that an entry decides in a list: those of longer ones not.
func (l auditList) decides(entry int) atomSet {
	own := auditEntries[entry].atoms
	for _, other := range slices.Concat(l.entries, l.excluded) {
		if o := auditEntries[other].atoms; other != entry && o.within(auditEntries[entry].atoms) {
			own &^= o
		}
	}
	return own
}

func (l auditList) atoms() (all atomSet) {
	for _, e := range l.entries {
		all |= l.decides(e)
	}
	return all
}

// found are those of its atoms that fields of four characters tell of. Lists that have the
// same of these are alike.
func (l auditList) found() atomSet { return l.atoms() &^ (1 << 4) }

// needs are the systems in which a list includes anything, a bit for each.
func (l auditList) needs() (needs uint) {
	for _, e := range l.entries {
		needs |= 1 << auditEntries[e].sys
	}
	return needs
}

func (l auditList) text() string {
	var b strings.Builder
	b.WriteString("coding_system,code,exclude\n")
	for i, e := range slices.Concat(l.entries, l.excluded) {
		exclude := ""
		if i >= len(l.entries) {
			exclude = "yes"
		}
		b.WriteString([...]string{"ICD-10,", "OPCS-4,"}[auditEntries[e].sys] + auditEntries[e].text + "," + exclude + "\n")
	}
	return b.String()
}

func auditMatcher(t *testing.T, lists []auditList) *match.Matcher {
	t.Helper()
	var all []*codelist.List
	for i, l := range lists {
		list, err := codelist.Parse(string(rune('A'+i)), strings.NewReader(l.text()), codelist.ExcludeColumn("exclude"))
		require.NoError(t, err, l.text())
		all = append(all, list)
	}
	m, err := match.Compile(all...)
	require.NoError(t, err)
	return m
}

// kind is all that lists can say of an appointment: two of the same kind are counted
// alike everywhere.
type kind struct {
	coded       uint   // by system
	match, open uint   // by list
	entries     uint64 // by list and place, in the order of auditPlan.places
}

func (k kind) with(o kind) kind {
	return kind{k.coded | o.coded, k.match | o.match, k.open | o.open, k.entries | o.entries}
}

// valueKind is the kind of an appointment with a value alone.
func valueKind(lists []auditList, value int) kind {
	v := &auditValues[value]
	k := kind{coded: 1 << v.sys}
	place := 0
	for i, l := range lists {
		all := l.atoms()
		for _, e := range l.entries {
			if own := l.decides(e); v.atoms != 0 && auditEntries[e].sys == v.sys && v.atoms.within(own) {
				k.entries |= 1 << place
			}
			place++
		}
		switch {
		case v.atoms == 0:
		case v.atoms.within(all):
			k.match |= 1 << i
		case v.atoms&all != 0:
			k.open |= 1 << i
		}
	}
	return k
}

// settled is a kind without what it is open to and has an answer all the same.
func (k kind) settled() kind {
	k.open &^= k.match
	return k
}

// kindsOf are all kinds that there can be, nil if they are more than the audit has time for.
func kindsOf(lists []auditList, most int) []kind {
	all := []kind{{}}
	for v := range auditValues {
		next := valueKind(lists, v)
		for _, k := range all {
			if u := k.with(next); !slices.Contains(all, u) {
				all = append(all, u)
			}
		}
		if len(all) > 40*most {
			return nil
		}
	}
	var settled []kind
	for _, k := range all {
		if k = k.settled(); !slices.Contains(settled, k) {
			settled = append(settled, k)
		}
	}
	if len(settled) > most {
		return nil
	}
	return settled
}

func listsIn(set uint) (lists []int) {
	for ; set != 0; set &= set - 1 {
		lists = append(lists, bits.TrailingZeros(set))
	}
	return lists
}
