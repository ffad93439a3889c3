package codelist

import (
	"fmt"
	"slices"
	"strings"

	"hesopmatch/codelist/coding"
)

// movedCode is a concept whose code differs between the edition of ICD-10 in which HES is coded (5th edition, NHS,
// 2016) and WHO's edition of 2019.
type movedCode struct {
	concept string
	who     []string // codes of 2019, which HES does not use for the concept
	hes     []string // codes in HES
}

// movedCodes comes from a comparison of the two editions, which OpenCodelists published
// (coding_systems/icd10/known_diffs, September 2026).
var movedCodes = []movedCode{
	{"Pneumocystosis", []string{"B485"}, []string{"B59"}},
	{"Causalgia", []string{"G906"}, []string{"G564"}},
	{"Irritable bowel syndrome", []string{"K581", "K582", "K583", "K588"}, []string{"K580", "K589"}},
	{"Zika virus disease", []string{"A925"}, []string{"U069"}},
	{"Personal history of COVID-19", []string{"U089"}, []string{"U073"}},
	{"Post COVID-19 condition", []string{"U099"}, []string{"U074"}},
	{"Multisystem inflammatory syndrome associated with COVID-19", []string{"U109"}, []string{"U075"}},
	{"Need for immunisation against COVID-19", []string{"U119"}, []string{"U076"}},
	{"COVID-19 vaccines causing adverse effects in therapeutic use", []string{"U129"}, []string{"U077"}},
}

// newCategories are the categories of movedCodes in which HES has no code.
var newCategories = []string{"U08", "U09", "U10", "U11", "U12"}

// otherMeaning is the code with different meanings in the two editions.
const otherMeaning = "X590"

func icdPrefix(text string) coding.Prefix {
	p, err := coding.ParsePrefix(coding.ICD10, text)
	if err != nil {
		panic(err) // a constant of this file is wrong
	}
	return p
}

// withCategory returns the prefix of a code of 2019 and, if HES has no code in the category of that code, the prefix of
// the category.
func withCategory(code string) []coding.Prefix {
	prefixes := []coding.Prefix{icdPrefix(code)}
	if slices.Contains(newCategories, code[:3]) {
		prefixes = append(prefixes, icdPrefix(code[:3]))
	}
	return prefixes
}

// movedPrefixes returns all prefixes of ICD-10 that editionNotices looks for.
func movedPrefixes() []coding.Prefix {
	all := []coding.Prefix{icdPrefix(otherMeaning)}
	for _, m := range movedCodes {
		for _, code := range m.who {
			all = append(all, withCategory(code)...)
		}
	}
	return all
}

// editionNotices warns of codes that HES cannot hold, of a code whose meaning changed, and of procedures that only
// qualify others.
func (l *List) editionNotices() []Notice {
	var notices []Notice
	warn := func(format string, args ...any) {
		notices = append(notices, Notice{LevelWarning, l.report.File + ": " + fmt.Sprintf(format, args...)})
	}
	named := make(map[coding.Prefix]int32) // index of the first inclusion of each moved prefix of ICD-10, -1 if none
	for _, prefix := range movedPrefixes() {
		named[prefix] = -1
	}
	procedures, supplementary, firstSide := 0, 0, -1
	for i := range l.entries {
		e := &l.entries[i]
		switch {
		case e.exclude:
		case e.prefix.System() == coding.ICD10:
			if first, moved := named[e.prefix]; moved && first < 0 {
				named[e.prefix] = int32(i)
			}
		default:
			procedures++
			if letter := at(e.prefix, 0) + 'A' - 1; letter == 'Y' || letter == 'Z' {
				supplementary++
				if firstSide < 0 {
					firstSide = i
				}
			}
		}
	}
	for _, m := range movedCodes {
		entry := int32(-1)
		for _, code := range m.who {
			for _, prefix := range withCategory(code) {
				if entry < 0 {
					entry = named[prefix]
				}
			}
		}
		if entry < 0 {
			continue
		}
		missing := slices.DeleteFunc(slices.Clone(m.hes), func(code string) bool {
			return l.Decide(coding.ReadValue(coding.ICD10, []byte(code), rawCodeWidth)).Covered
		})
		if len(missing) > 0 {
			e := l.Entry(int(entry))
			warn("%v: %v is %s in WHO's edition of 2019; HES codes it as %s, which the list does not have",
				e.Pos.row(), e.Prefix, m.concept, strings.Join(missing, " and "))
		}
	}
	if i := named[icdPrefix(otherMeaning)]; i >= 0 {
		warn("%v: X590 is occurrence at home of an unspecified factor in HES (edition of 2016), "+
			"and one causing fracture in WHO's of 2019",
			l.Entry(int(i)).Pos.row())
	}
	switch supplementary {
	case 0:
	case procedures:
		warn("all procedures are in chapters Y and Z of OPCS-4, which say where and how another procedure was " +
			"done: on their own they match any procedure")
	default:
		more, e := "", l.Entry(firstSide)
		if supplementary > 1 {
			more = fmt.Sprintf(" (and %d more)", supplementary-1)
		}
		warn("%v: %v%s: codes in chapters Y and Z of OPCS-4 say where and how another procedure was done, and match "+
			"any procedure recorded with them, even one that is not in the list", e.Pos.row(), e.Prefix, more)
	}
	return notices
}

// rawCodeWidth is the width of a field that truncates no code.
const rawCodeWidth = 6
