package syntax

import (
	"iter"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/internal/codebits"
	"hesopmatch/internal/precedence"
	"hesopmatch/match"
)

// State is the decision that a row of the table of codes records for the values that join it.
type State string

// The states.
const (
	// Match: the list covers the value.
	Match State = "match"
	// Excluded: an entry excludes the value, which has five characters, although another entry covers its first four.
	Excluded State = "excluded"
	// Open: the value is truncated, a longer inclusion may match it, and no shorter inclusion covers it. A shorter
	// exclusion may cover it. The answer for the appointment cannot be "no match".
	Open State = "open"
	// Undecided: the value is truncated, and a longer entry may match it. This row only counts the value as
	// undecided; another row of the table of codes decides the answer.
	Undecided State = "undecided"
)

// Code is a row of the table of codes.
type Code struct {
	List   int // index of the list in the Matcher, from 0
	System coding.System
	Cut    int    // 3 or 4: the length to which the field may have truncated the value; 0 for a whole value
	Code   string // three to five characters; R69+ and X99+ mean values that start with R69 or X99 but are not codes
	State  State
	Entry  int // index of the entry that decides, -1 if none does
}

// stub ends the key of a missing value that is not a code: the key of R69ZZ is R69+.
const stub = "+"

// Codes yields the table of codes of a Matcher, ordered by list, system and category. It takes a few microseconds for
// each category that a list reaches.
func Codes(m *match.Matcher) iter.Seq[Code] {
	return func(yield func(Code) bool) {
		divided := divisions(m)
		for i := range m.Len() {
			for _, sys := range coding.Systems() {
				t := tabler{list: m.List(i), number: i, system: sys, divided: divided, yield: yield}
				for families := t.list.Families(sys); families.Category < codebits.Categories; families.Next() {
					if t.family(categoryName(families.Category)); t.done {
						return
					}
				}
			}
		}
	}
}

// categoryName returns the three characters of a category.
func categoryName(category int) string {
	return string([]byte{
		'A' + byte(category/100), '0' + byte(category/10%10), '0' + byte(category%10),
	})
}

// divisions returns the subcategories of ICD-10 in which some list has entries of five characters.
func divisions(m *match.Matcher) map[string]bool {
	divided := make(map[string]bool)
	for i := range m.Len() {
		for families := m.List(i).Families(coding.ICD10); families.Category < codebits.Categories; {
			category := categoryName(families.Category)
			family := families.Next()
			for fourth := range precedence.Fourths {
				if family.Undecided>>fourth&1 == 1 {
					divided[category+fourthName(fourth)] = true
				}
			}
		}
	}
	return divided
}

// fourthName returns the fourth character of a code: the filler for 0, a digit otherwise.
func fourthName(fourth int) string {
	if fourth == 0 {
		return "X"
	}
	return string(rune('0' + fourth - 1))
}

// tabler yields the rows of one list and system.
type tabler struct {
	list    *codelist.List
	number  int
	system  coding.System
	divided map[string]bool
	yield   func(Code) bool
	done    bool
}

// family yields the rows of a category.
func (t *tabler) family(category string) {
	t.value(category, 3, category)
	if t.system.Missing().String() == category {
		t.value(category+stub, 0, category+stub)
	}
	for fourth := range precedence.Fourths {
		code := category + fourthName(fourth)
		t.value(code, 0, code)
		if t.system == coding.OPCS4 {
			continue
		}
		t.value(code, 4, code)
		if t.divided[code] {
			t.fifths(code)
		}
	}
}

// value yields the rows of one text. The argument cut is the number of characters to which a field may have truncated
// the text, or 0 for a whole value.
func (t *tabler) value(text string, cut int, code string) {
	d := t.list.Decide(coding.ReadValue(t.system, []byte(text), cut))
	if d.Covered {
		t.row(cut, code, Match, d.Entry)
	}
	switch {
	case d.Open && !d.Covered:
		t.row(cut, code, Open, -1)
	case d.Undecided:
		t.row(cut, code, Undecided, -1)
	}
}

// fifths yields the rows of the ten codes of five characters under a subcategory.
func (t *tabler) fifths(four string) {
	isCovered := t.list.Decide(coding.ReadValue(t.system, []byte(four), 0)).Covered
	for fifth := range 10 {
		code := four + string(rune('0'+fifth))
		d := t.list.Decide(coding.ReadValue(t.system, []byte(code), 0))
		switch {
		case d.Covered:
			t.row(0, code, Match, d.Entry)
		case isCovered:
			t.row(0, code, Excluded, d.Entry)
		}
	}
}

func (t *tabler) row(cut int, code string, state State, entry int) {
	t.done = t.done || !t.yield(Code{t.number, t.system, cut, code, state, entry})
}
