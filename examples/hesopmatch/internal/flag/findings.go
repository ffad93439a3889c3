package flag

import (
	"hesopmatch/codelist"
	"hesopmatch/hesop/quality"
	"hesopmatch/match"
)

// findings holds what the summary reports in addition to the totals: which entries matched, and which values were not
// recognised.
type findings struct {
	matcher *match.Matcher
	matched [][]bool // by list and entry

	unrecognised quality.Values
}

func newFindings(m *match.Matcher) findings {
	f := findings{matcher: m, matched: make([][]bool, m.Len())}
	for i := range f.matched {
		f.matched[i] = make([]bool, m.List(i).Len())
	}
	return f
}

// add adds what was found in a batch. Batches must be added in the order of the rows.
func (f *findings) add(b *batch) {
	for i := range b.hits {
		f.matched[b.hits[i].List][b.hits[i].Entry] = true
	}
	start := 0
	for _, end := range b.ends {
		f.unrecognised.Add(b.values[start:end])
		start = end
	}
}

// unmatched returns the inclusions of list i that matched nothing.
func (f *findings) unmatched(i int) []codelist.Entry {
	var entries []codelist.Entry
	for n, e := range f.matcher.List(i).All() {
		if !f.matched[i][n] && !e.Exclude {
			entries = append(entries, e)
		}
	}
	return entries
}
