package hesop

import (
	"cmp"
	"slices"

	"hesopmatch/hesop/internal/padding"
)

const (
	mostTexts   = 10_000 // distinct texts that a Tally counts by themselves
	longestText = 6      // bytes of one, as many as a code field has; what is longer may be anything
)

// Tally counts the texts of code fields, each by itself as long as there are not too
// many of them, 10,000, and they are short, 6 bytes: a long one may be a person's data
// that slipped into the wrong field, and a short one may be too, which is why a tally
// is not for release. The zero Tally is empty and ready. It is for one goroutine at a
// time.
type Tally struct {
	counts map[string]int64
	others int64
}

// ValueCount is a value and how often it was found.
type ValueCount struct {
	Value string `json:"value"`
	Count int64  `json:"count"`
}

// Add counts a text, padded or not, which is one value. It allocates for a new one.
func (t *Tally) Add(text []byte) {
	text = padding.TrimCode(text)
	_, known := t.counts[string(text)]
	if len(text) > longestText || !known && len(t.counts) == mostTexts {
		t.others++
		return
	}
	if t.counts == nil {
		t.counts = make(map[string]int64)
	}
	t.counts[string(text)]++
}

// Others is how many texts were not counted by themselves.
func (t *Tally) Others() int64 { return t.others }

// Commonest returns the texts, the commonest first, those alike in number by text.
func (t *Tally) Commonest() []ValueCount {
	all := make([]ValueCount, 0, len(t.counts))
	for text, count := range t.counts {
		all = append(all, ValueCount{text, count})
	}
	slices.SortFunc(all, func(a, b ValueCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	return all
}
