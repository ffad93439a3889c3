// Package tally counts texts in bounded memory.
package tally

import (
	"bytes"
	"cmp"
	"slices"
)

const (
	most    = 10_000 // distinct texts that are counted by themselves
	longest = 6      // bytes of one, as many as a code field has; what is longer may be anything
)

// Tally counts texts, each by itself as long as there are not too many of them and
// they are short: a long one may be a person's data that slipped into the wrong
// field. The zero Tally is empty and ready.
type Tally struct {
	counts map[string]int64
	others int64
}

// Count is a text and how often it was added.
type Count struct {
	Text string
	N    int64
}

// Add counts a text, padded or not, which is one value. It allocates for a new one.
func (t *Tally) Add(text []byte) {
	text = Trim(text)
	_, known := t.counts[string(text)]
	if len(text) > longest || !known && len(t.counts) == most {
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
func (t *Tally) Commonest() []Count {
	all := make([]Count, 0, len(t.counts))
	for text, count := range t.counts {
		all = append(all, Count{text, count})
	}
	slices.SortFunc(all, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Text, b.Text))
	})
	return all
}

// Trim takes the spaces, tabs and no-break spaces from around a field.
func Trim(field []byte) []byte {
	for {
		rest := bytes.Trim(field, " \t\u00a0")
		rest = bytes.TrimPrefix(bytes.TrimSuffix(rest, []byte{0xA0}), []byte{0xA0}) // of Windows-1252
		if len(rest) == len(field) {
			return rest
		}
		field = rest
	}
}
