package flag

import (
	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/hesop/quality"
	"hesopmatch/match"
)

// findings is what the summary tells beyond the totals: which entries matched
// and which values were not recognised.
type findings struct {
	matcher *match.Matcher
	hits    []match.Hit // of the appointment at hand
	matched [][]bool    // by list and entry

	unrecognised quality.Values
}

func newFindings(m *match.Matcher) findings {
	f := findings{matcher: m, matched: make([][]bool, m.Len())}
	for i := range f.matched {
		f.matched[i] = make([]bool, m.List(i).Len())
	}
	return f
}

// add takes in one appointment and puts its hits into f.hits.
func (f *findings) add(a *hesop.Appointment, res *match.Result) {
	f.hits = f.hits[:0]
	if res.AnyMatch() {
		f.hits = f.matcher.AppendHits(f.hits, a.Codes())
		for _, h := range f.hits {
			f.matched[h.List][h.Entry] = true
		}
	}
	codes := a.Codes()
	if codes.Unrecognised() == 0 {
		return
	}
	for _, s := range codes.Slots() {
		if s.Value.Class() != coding.ClassUnrecognised {
			continue
		}
		f.unrecognised.Add(a.Codes().Text(s))
	}
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
