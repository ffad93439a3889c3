package match

import (
	"hesopmatch/codelist/coding"
	"hesopmatch/internal/codebits"
	"hesopmatch/internal/precedence"
)

// trie answers which lists cover a code of one system. Codes have fixed places,
// so it is flat: the category picks a node, the fourth place a number in it, the
// fifth one in a leaf.
//
// nodes holds nodes and leaves one behind the other, as the numbers of sets and
// the places of leaves. A node has
//
//	n + 2 × fourth          the set for the code, fourth as package codebits has it
//	n + 2 × fourth + leafOf the place of the leaf for longer codes, 0 for none:
//	                        then the set for the code holds for them too
//	n + cut                 the set for the category as a field of three
//	                        characters shows it
//	n + cutUndecided        the lists that cannot decide such a value
//	n + cutOpen             those of them that might include it
//
// and a leaf
//
//	l + fifth               the set for the code, 1 ≤ fifth ≤ 10
//	l + leafUndecided       the lists that cannot decide a value cut to four
//	l + leafOpen            those of them that might include it
//
// Node 0 is that of a category of which no list has anything: all zero.
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

// answer is three sets: the lists that cover a value, those that cannot decide
// it, and those of the latter that might include it.
type answer struct{ covered, undecided, open uint32 }

// lookup is the answer for a value that has a code.
func (t *trie) lookup(v coding.Value) answer {
	if n := t.node(v); n != 0 {
		return t.lookupIn(n, v)
	}
	return answer{}
}

// node is the place of the node of a value's category. It is 0, and the answer nothing,
// for most values and lists: so that much is kept small enough to be inlined.
func (t *trie) node(v coding.Value) uint32 {
	category, _, _ := codebits.Split(uint32(v.Code()))
	return t.categories[category]
}

// endsAtFour reports whether a value that is not cut would be undecided if its column had
// cut it at four characters. A bare category counts as one with the filler: M45 as M45X.
func (t *trie) endsAtFour(node uint32, v coding.Value) bool {
	_, fourth, fifth := codebits.Split(uint32(v.Code()))
	leaf := t.nodes[node+2*uint32(fourth)+leafOf]
	return leaf != 0 && fifth == 0 && v.Cut() == 0 && !v.IsStub() && t.nodes[leaf+leafUndecided] != 0
}

// lookupIn is the answer for a value of the category of a node.
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
