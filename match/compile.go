package match

import (
	"slices"

	"hesopmatch/codelist"
)

// sign is what the entries of one list at one place amount to: nothing, or an
// inclusion, or an exclusion, which wins between entries of one length.
type sign uint8

const (
	none sign = iota
	included
	excluded
)

func (s *sign) add(exclude bool) {
	if exclude {
		*s = excluded
	} else if *s == none {
		*s = included
	}
}

// or is s, or t where s says nothing: the longer entry decides.
func (s sign) or(t sign) sign {
	if s == none {
		return t
	}
	return s
}

// family is what one list says of one category, place by place.
type family struct {
	list  uint32
	broad sign // by an entry shorter than the category

	all      sign // by bare categories, for the undivided category
	longer   sign // ... of which those that cover descendants, for longer codes
	exact    bool // one of them covers the undivided category only
	exactly  bool // ... and is an inclusion
	long     bool // an entry is longer than the category
	includes bool // ... and is an inclusion

	fourth [fourths]sign
	fifth  *[fourths][11]sign // nil if no entry has five characters
	under  [fourths]sides     // whether entries of five characters stand under a fourth place
}

// sides tells which signs occur.
type sides struct{ any, includes bool }

// add takes in one entry of the category.
func (f *family) add(e *located) {
	n := e.prefix.Len()
	_, fourth, fifth := e.prefix.Places()
	if n > 3 {
		f.long = true
		f.includes = f.includes || !e.exclude
	}
	switch n {
	case 3:
		f.all.add(e.exclude)
		if e.exact {
			f.exact = true
			f.exactly = f.exactly || !e.exclude
		} else {
			f.longer.add(e.exclude)
		}
	case 4:
		f.fourth[fourth].add(e.exclude)
	default:
		if f.fifth == nil {
			f.fifth = new([fourths][11]sign)
		}
		f.fifth[fourth][fifth].add(e.exclude)
		f.under[fourth].any = true
		f.under[fourth].includes = f.under[fourth].includes || !e.exclude
	}
}

// whole decides the codes of four characters, and with fourth 0 the undivided
// category.
func (f *family) whole(fourth int) sign {
	if fourth == 0 {
		return f.fourth[0].or(f.all).or(f.broad)
	}
	return f.fourth[fourth].or(f.longer).or(f.broad)
}

// builder compiles the lists of one system.
type builder struct {
	trie  *trie
	sets  *setTable
	lists []uint32 // scratch for the set at hand
	of    []family // scratch for the category at hand
}

// newTrie compiles the entries that lists have in a system.
func newTrie(sys codelist.System, lists []*codelist.List, sets *setTable) *trie {
	b := &builder{trie: &trie{nodes: make([]uint32, nodeSize)}, sets: sets}
	entries := sortEntries(sys, lists)
	broad := broadSigns(sys, lists)

	for category := range codelist.Categories {
		families := broad.families(category, sys.MissingCategory() == category)
		own, rest := entries.cut(category)
		if len(own) == 0 && len(families) == 0 {
			continue
		}
		entries = rest
		b.of = merge(b.of[:0], families, own)
		b.trie.categories[category] = b.addNode(b.of)
	}
	return b.trie
}

// addNode adds the node of a category, with families in ascending order of
// lists, and returns its place.
func (b *builder) addNode(families []family) uint32 {
	node := uint32(len(b.trie.nodes))
	b.trie.nodes = append(b.trie.nodes, make([]uint32, nodeSize)...)
	set := func(place uint32, holds func(f *family) bool) {
		b.lists = b.lists[:0]
		for i := range families {
			if holds(&families[i]) {
				b.lists = append(b.lists, families[i].list)
			}
		}
		b.trie.nodes[place] = b.sets.intern(b.lists)
	}
	for fourth := range fourths {
		set(node+2*uint32(fourth), func(f *family) bool { return f.whole(fourth) == included })
		if !slices.ContainsFunc(families, func(f family) bool { return f.under[fourth].any }) {
			continue
		}
		leaf := uint32(len(b.trie.nodes))
		b.trie.nodes = append(b.trie.nodes, make([]uint32, leafSize)...)
		b.trie.nodes[node+2*uint32(fourth)+leafOf] = leaf
		for fifth := 1; fifth <= 10; fifth++ {
			set(leaf+uint32(fifth), func(f *family) bool {
				if f.fifth == nil {
					return f.whole(fourth) == included
				}
				return f.fifth[fourth][fifth].or(f.whole(fourth)) == included
			})
		}
		set(leaf+leafUndecided, func(f *family) bool { return f.under[fourth].any })
		set(leaf+leafOpen, func(f *family) bool { return f.under[fourth].includes })
	}
	set(node+cut, func(f *family) bool { return f.longer.or(f.broad) == included })
	set(node+cutUndecided, func(f *family) bool { return f.long || f.exact })
	set(node+cutOpen, func(f *family) bool { return f.includes || f.exactly })
	return node
}

// located is an entry of a list, with its category.
type located struct {
	category uint16
	exact    bool
	exclude  bool
	list     uint32
	prefix   codelist.Prefix
}

// locatedEntries are entries by category, and within one by list.
type locatedEntries []located

// sortEntries collects the entries of a system that reach no further than one
// category.
func sortEntries(sys codelist.System, lists []*codelist.List) locatedEntries {
	n := 0
	for _, l := range lists {
		n += l.Len()
	}
	entries := make(locatedEntries, 0, n)
	var ends [codelist.Categories + 1]int // of the categories before each
	for i, l := range lists {
		for _, e := range l.All() {
			if e.Prefix.System() == sys && e.Prefix.Len() >= 3 {
				category, _, _ := e.Prefix.Places()
				entries = append(entries, located{uint16(category), e.Coverage == codelist.Exact, e.Exclude, uint32(i), e.Prefix})
				ends[category+1]++
			}
		}
	}
	for i := range codelist.Categories {
		ends[i+1] += ends[i]
	}
	sorted := make(locatedEntries, len(entries))
	for i := range entries {
		place := &ends[entries[i].category]
		sorted[*place] = entries[i]
		*place++
	}
	return sorted
}

// cut cuts off the entries of a category, to which no smaller one may belong.
func (entries locatedEntries) cut(category int) (own, rest locatedEntries) {
	n := 0
	for n < len(entries) && int(entries[n].category) == category {
		n++
	}
	return entries[:n], entries[n:]
}

// merge appends the lists that reach a category by broad prefixes and those that
// have entries of it, in ascending order of lists.
func merge(families, broad []family, own locatedEntries) []family {
	for i := 0; i < len(own); {
		list := own[i].list
		for len(broad) > 0 && broad[0].list < list {
			families = append(families, broad[0])
			broad = broad[1:]
		}
		f := family{list: list}
		if len(broad) > 0 && broad[0].list == list {
			f = broad[0]
			broad = broad[1:]
		}
		for ; i < len(own) && own[i].list == list; i++ {
			f.add(&own[i])
		}
		families = append(families, f)
	}
	return append(families, broad...)
}
