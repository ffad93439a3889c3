package oracle

import (
	"cmp"
	"slices"
)

// The answers for one list and one row.
const (
	match   = "match"
	noMatch = "no match"
	unknown = "unknown"
)

// Answer holds the answers of several lists for one row. Status and Undecided have one element for each list: the
// answer, and the number of undecided values. Disagreements counts the codes that differ between positional and
// concatenated fields. Coded reports for each system whether the row has a code of that system. Unrecognised holds the
// original texts of unrecognised values.
type Answer struct {
	Status        []string
	Hits          []Hit
	Disagreements int
	Undecided     []int
	Coded         map[string]bool
	Unrecognised  []string
}

// Hit is one value that one list covers. Cell is the cell of the deciding entry.
type Hit struct {
	List          int
	System        string
	Position      int
	Column, Value string
	Cell          int
}

// Answer compares one row with every list. The row has one text for each column.
func (t Table) Answer(lists []*List, row []string) Answer {
	answer := Answer{Coded: map[string]bool{icd10: false, opcs4: false}}

	var once []value // in all systems, after reconciliation
	for _, system := range systems {
		columns := t.sources(system)
		all := values(columns, row)
		for _, v := range all {
			if v.class == classUnrecognised {
				answer.Unrecognised = append(answer.Unrecognised, v.text)
			}
		}
		answer.Disagreements += disagreements(columns, all)
		for _, v := range reconcile(all) {
			once = append(once, v)
			answer.Coded[system] = answer.Coded[system] || v.class == classCode
		}
	}

	for i, list := range lists {
		hits, undecided, open := t.try(i, list, once)
		answer.Hits = append(answer.Hits, hits...)
		answer.Undecided = append(answer.Undecided, undecided)
		answer.Status = append(answer.Status, status(list, len(hits) > 0, open, answer.Coded))
	}
	return answer
}

// try compares the values of a row with one list.
func (t Table) try(index int, list *List, once []value) (hits []Hit, undecided int, open bool) {
	once = slices.Clone(once)
	slices.SortStableFunc(once, func(a, b value) int {
		return cmp.Or(
			cmp.Compare(slices.Index(systems, a.system), slices.Index(systems, b.system)),
			cmp.Compare(a.position, b.position),
			cmp.Compare(slices.Index(kinds, a.kind), slices.Index(kinds, b.kind)),
		)
	})
	for _, v := range once {
		if t.Primary && v.position != 1 {
			continue
		}
		verdict := list.Decide(v.system, v.text, v.width)
		if verdict.Undecided {
			undecided++
		}
		if verdict.Open {
			open = true
		}
		if verdict.Outcome == covered {
			hits = append(hits, Hit{index, v.system, v.position, v.name, v.text, verdict.Cell})
		}
	}
	return hits, undecided, open
}

// status returns the answer of one list for one row.
func status(list *List, matched, open bool, coded map[string]bool) string {
	if matched {
		return match
	}
	if open {
		return unknown
	}
	for _, system := range systems {
		if list.includesIn(system) && !coded[system] {
			return unknown
		}
	}
	return noMatch
}

func (l *List) includesIn(system string) bool {
	for _, entry := range l.entries {
		if entry.System == system && !entry.Exclude {
			return true
		}
	}
	return false
}
