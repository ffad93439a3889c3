package match

import (
	"math/bits"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/internal/codebits"
	"hesopmatch/internal/precedence"
)

// builder compiles the lists of one system.
type builder struct {
	trie  *trie
	sets  *setTable
	lists []uint32 // scratch: the lists of the current set
	of    []family // scratch: what each list decides in the current category
}

// family holds what one list decides in the current category.
type family struct {
	list uint32
	precedence.Family
}

// newTrie compiles the entries of all lists in one system, category by category.
func newTrie(sys coding.System, lists []*codelist.List, sets *setTable) *trie {
	b := &builder{trie: &trie{nodes: make([]uint32, nodeSize)}, sets: sets}
	all := make([]precedence.Families, len(lists))
	words := (len(lists) + 63) / 64
	next := make([]uint64, codebits.Categories*words) // by category: a bit for each list whose next category it is
	note := func(i int) {
		if c := all[i].Category; c < codebits.Categories {
			next[c*words+i/64] |= 1 << (i % 64)
		}
	}
	for i, l := range lists {
		all[i] = l.Families(sys)
		note(i)
	}
	for category := range codebits.Categories {
		b.of = b.of[:0]
		for word, some := range next[category*words:][:words] {
			for ; some != 0; some &= some - 1 {
				i := 64*word + bits.TrailingZeros64(some)
				b.of = append(b.of, family{uint32(i), all[i].Next()})
				note(i)
			}
		}
		if len(b.of) > 0 {
			b.trie.categories[category] = b.addNode()
		}
	}
	return b.trie
}

// addNode adds the node of a category and returns its index.
func (b *builder) addNode() uint32 {
	node := uint32(len(b.trie.nodes))
	b.trie.nodes = append(b.trie.nodes, make([]uint32, nodeSize)...)
	set := func(index uint32, holds func(f *family) bool) {
		b.lists = b.lists[:0]
		for i := range b.of {
			if holds(&b.of[i]) {
				b.lists = append(b.lists, b.of[i].list)
			}
		}
		b.trie.nodes[index] = b.sets.intern(b.lists)
	}
	divided := uint16(0) // one bit for each subcategory, set if a longer entry of some list divides it
	for i := range b.of {
		divided |= b.of[i].Undecided
	}
	for fourth := range fourths {
		set(node+2*uint32(fourth), func(f *family) bool { return f.Covers(fourth, 0) })
		if divided>>fourth&1 == 0 {
			continue
		}
		leaf := uint32(len(b.trie.nodes))
		b.trie.nodes = append(b.trie.nodes, make([]uint32, leafSize)...)
		b.trie.nodes[node+2*uint32(fourth)+leafOf] = leaf
		for fifth := 1; fifth <= 10; fifth++ {
			set(leaf+uint32(fifth), func(f *family) bool { return f.Covers(fourth, fifth) })
		}
		set(leaf+leafUndecided, func(f *family) bool { return f.Undecided>>fourth&1 == 1 })
		set(leaf+leafOpen, func(f *family) bool { return f.Open>>fourth&1 == 1 })
	}
	set(node+cut, func(f *family) bool { return f.Cut })
	set(node+cutUndecided, func(f *family) bool { return f.CutUndecided })
	set(node+cutOpen, func(f *family) bool { return f.CutOpen })
	return node
}
