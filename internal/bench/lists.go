package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
)

// listText is the text of a codelist file.
type listText struct{ name, text string }

// fewLists returns the lists of group (a): 5 lists with 26 entries in all. The entries are categories and single codes
// of conditions and procedures that are common in outpatient data.
func fewLists() []listText {
	codes := func(system coding.System, codes string) string {
		var b strings.Builder
		for code := range strings.FieldsSeq(codes) {
			fmt.Fprintf(&b, "%s,%v\n", code, system)
		}
		return b.String()
	}
	const header = "code,coding_system\n"
	return []listText{
		{"diabetes", header + codes(coding.ICD10, "E10 E11 E12 E13 E14")},
		{"hypertension", header + codes(coding.ICD10, "I10 I11 I12 I13 I15")},
		{"cancer", header + codes(coding.ICD10, "C18 C34.9 C50 C61 C90.0")},
		{"heart", header + codes(coding.OPCS4, "K40 K41 K49 K50.1 K63 U20.2")},
		{"kidney", header + codes(coding.ICD10, "N18 N19 Z94.0") + codes(coding.OPCS4, "M01 X40.3")},
	}
}

// manyLists draws lists of one coding system or both. All lists together have the given number of entries. The same
// arguments give the same lists.
func manyLists(lists, entries int) []listText {
	r := rand.New(rand.NewPCG(uint64(lists), uint64(entries)))
	texts := make([]listText, lists)
	for i := range texts {
		n := entries / lists
		if i < entries%lists {
			n++
		}
		texts[i] = drawList(r, fmt.Sprint("list", i+1), n)
	}
	return texts
}

// hugeLists draws and parses lists of the given number of entries each.
func hugeLists(ctx context.Context, lists, entries int) ([]*codelist.List, error) {
	r := rand.New(rand.NewPCG(uint64(lists), uint64(entries)))
	all := make([]*codelist.List, lists)
	for i := range all {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		text := drawList(r, fmt.Sprint("list", i+1), entries)
		list, err := text.parse(entries)
		if err != nil {
			return nil, err
		}
		all[i] = list
	}
	return all, nil
}

// drawList draws a list. Half of the lists have diagnoses only, a quarter procedures only and a quarter both.
func drawList(r *rand.Rand, name string, entries int) listText {
	kind := r.IntN(4)
	var b strings.Builder
	b.WriteString("code,coding_system\n")
	seen := make(map[string]bool, entries)
	for len(seen) < entries {
		sys := coding.ICD10
		if kind == 0 || kind == 1 && r.IntN(2) == 0 {
			sys = coding.OPCS4
		}
		length := 4
		if r.IntN(3) == 0 {
			length = 3
		}
		row := fmt.Sprintf("%s,%v\n", drawCode(r, sys, length), sys)
		if !seen[row] {
			seen[row] = true
			b.WriteString(row)
		}
	}
	return listText{name, b.String()}
}

// drawCode draws a code of three or four characters, like the codes in the workload. It avoids the codes for a missing
// value, which few lists contain.
func drawCode(r *rand.Rand, sys coding.System, length int) string {
	for {
		var code string
		if sys == coding.ICD10 {
			const letters = "ABCDEFGHIJKLMNOPQRSTZ"
			code = fmt.Sprintf("%c%02d%d", letters[r.IntN(len(letters))], r.IntN(100), r.IntN(10))
		} else {
			const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
			code = fmt.Sprintf("%c%02d%d", letters[r.IntN(len(letters))], 1+r.IntN(98), 1+r.IntN(9))
		}
		if code[:3] != "R69" {
			return code[:length]
		}
	}
}

// parse parses the list. It fails if the list does not have the given number of entries.
func (l listText) parse(entries int) (*codelist.List, error) {
	list, err := codelist.Parse(l.name, strings.NewReader(l.text))
	if err != nil {
		return nil, err
	}
	if list.Len() != entries {
		return nil, fmt.Errorf("list %s has %d entries, want %d", l.name, list.Len(), entries)
	}
	return list, nil
}
