package main

import (
	"bytes"
	"cmp"
	"maps"
	"slices"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

// findings is what the summary tells beyond the totals: which entries matched
// and which values were not recognised.
type findings struct {
	matcher *match.Matcher
	hits    []match.Hit // of the appointment at hand
	matched [][]bool    // by list and entry

	unrecognised map[string]int64
	others       int64 // values not counted by themselves, the map being full
}

const (
	mostValues  = 10_000 // distinct unrecognised values that are counted by themselves
	longestKept = 6      // bytes of one that is shown, as many as a code field has; what is longer may be anything
)

func newFindings(m *match.Matcher) findings {
	f := findings{matcher: m, matched: make([][]bool, m.Len()), unrecognised: make(map[string]int64)}
	for i := range f.matched {
		f.matched[i] = make([]bool, m.List(i).Len())
	}
	return f
}

// add takes in one appointment and puts its hits into f.hits.
func (f *findings) add(a *hesop.Appointment, res *match.Result) {
	f.hits = f.hits[:0]
	if res.AnyMatch() {
		f.hits = f.matcher.AppendHits(f.hits, a)
		for _, h := range f.hits {
			f.matched[h.List][h.Entry] = true
		}
	}
	codes := a.Codes()
	if codes.Unrecognised == 0 {
		return
	}
	for _, s := range codes.Slots {
		if s.Value.Class() != codelist.ClassUnrecognised {
			continue
		}
		text := trimmed(a.SlotText(s)) // padded or not, it is one value
		_, known := f.unrecognised[string(text)]
		if len(text) > longestKept || !known && len(f.unrecognised) == mostValues {
			f.others++
			continue
		}
		f.unrecognised[string(text)]++
	}
}

// trimmed is a field without the spaces, tabs and no-break spaces around it.
func trimmed(field []byte) []byte {
	for {
		rest := bytes.Trim(field, " \t\u00a0")
		rest = bytes.TrimPrefix(bytes.TrimSuffix(rest, []byte{0xA0}), []byte{0xA0}) // of Windows-1252
		if len(rest) == len(field) {
			return rest
		}
		field = rest
	}
}

// commonest are the values that were not recognised most often.
func (f *findings) commonest(most int) []string {
	values := slices.Collect(maps.Keys(f.unrecognised))
	slices.SortFunc(values, func(a, b string) int {
		return cmp.Or(cmp.Compare(f.unrecognised[b], f.unrecognised[a]), cmp.Compare(a, b))
	})
	return values[:min(most, len(values))]
}

// unmatched are the entries of list i that nothing matched.
func (f *findings) unmatched(i int) []codelist.Entry {
	var entries []codelist.Entry
	for n, e := range f.matcher.List(i).All() {
		if !f.matched[i][n] && !e.Exclude {
			entries = append(entries, e)
		}
	}
	return entries
}
