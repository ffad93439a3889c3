package match

import (
	"hesopmatch/codelist/coding"
	"hesopmatch/internal/codebits"
	"hesopmatch/internal/precedence"
)

// trie finds the lists that cover a code of one system. Each character of a code has a fixed place, so the trie is
// flat: the category selects a node, the fourth character a number in the node, and the fifth character a number in a
// leaf.
//
// Nodes and leaves stand one after another in the slice t.nodes, whose numbers are set numbers and leaf indexes. A node
// at index n has
//
//	n + 2 × fourth          the set for the code; fourth is numbered as in package codebits
//	n + 2 × fourth + leafOf the index of the leaf for longer codes; 0 if there is no
//	                        leaf: then the set for the code applies to them too
//	n + cut                 the set for the category in a field of three characters
//	n + cutUndecided        the lists that cannot decide such a value
//	n + cutOpen             the lists among these that might include it
//
// and a leaf at index l has
//
//	l + fifth               the set for the code, 1 ≤ fifth ≤ 10
//	l + leafUndecided       the lists that cannot decide a value truncated to four
//	l + leafOpen            the lists among these that might include it
//
// Node 0 is for categories that no list mentions; it is all zero.
type trie struct {
	categories [codebits.Categories]uint32
	nodes      []uint32
}

const (
	fourths       = precedence.Fourths
	leafOf        = 1
	cut           = 2 * fourths
	cutUndecided  = cut + 1
	cutOpen       = cut + 2
	nodeSize      = cut + 3
	leafUndecided = 0
	leafOpen      = 11
	leafSize      = 12
)

// answer holds the numbers of three sets: the lists that cover a value, the lists that cannot decide it, and the
// undecided lists that might include it.
type answer struct{ covered, undecided, open uint32 }

// lookup returns the answer for a value that has a code.
func (t *trie) lookup(v coding.Value) answer {
	if n := t.node(v); n != 0 {
		return t.lookupIn(n, v)
	}
	return answer{}
}

// node returns the index of the node of a value's category, or 0 if no list mentions the category. Most lookups end
// with this 0, so the function is kept small enough to be inlined.
func (t *trie) node(v coding.Value) uint32 {
	category, _, _ := codebits.Split(uint32(v.Code()))
	return t.categories[category]
}

// endsAtFour reports whether a whole value would be undecided if its column had truncated it at four characters. A bare
// category counts as a code with the filler, M45 as M45X. With an entry M45.X2, a value M45 can therefore raise a
// needless hesop.ErrRawWidth: truncation at four characters never leaves three.
func (t *trie) endsAtFour(node uint32, v coding.Value) bool {
	_, fourth, fifth := codebits.Split(uint32(v.Code()))
	leaf := t.nodes[node+2*uint32(fourth)+leafOf]
	return leaf != 0 && fifth == 0 && v.Cut() == 0 && !v.IsStub() && t.nodes[leaf+leafUndecided] != 0
}

// lookupIn returns the answer for a value. The argument node is the index of the node of the value's category.
func (t *trie) lookupIn(node uint32, v coding.Value) answer {
	_, fourth, fifth := codebits.Split(uint32(v.Code()))
	n := t.nodes[node:][:nodeSize]
	covered, leaf := n[2*fourth], n[2*fourth+leafOf]
	switch {
	case v.IsStub():
		return answer{covered: n[cut]}
	case v.Cut() == 3:
		return answer{n[cut], n[cutUndecided], n[cutOpen]}
	case leaf == 0:
		return answer{covered: covered}
	case fifth > 0:
		return answer{covered: t.nodes[leaf+uint32(fifth)]}
	case v.Cut() == 4:
		leaf := t.nodes[leaf:][:leafSize]
		return answer{covered, leaf[leafUndecided], leaf[leafOpen]}
	default:
		return answer{covered: covered}
	}
}
