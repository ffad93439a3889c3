package match

import (
	"iter"
	"math"
	"slices"
)

// Set holds the numbers of the lists that cover one code. It is a small value that shares memory with its Matcher. The
// zero Set is empty.
type Set struct {
	lists []uint32 // ascending
}

// Len returns the number of lists.
func (s Set) Len() int { return len(s.lists) }

// Has reports whether list i is in the set.
func (s Set) Has(i int) bool {
	if i < 0 || uint64(i) > math.MaxUint32 {
		return false
	}
	const few = 8 // nearly all sets are this small, and a linear search of such a set is faster than a binary one
	if len(s.lists) > few {
		_, found := slices.BinarySearch(s.lists, uint32(i))
		return found
	}
	return slices.Contains(s.lists, uint32(i))
}

// All yields the lists in ascending order.
func (s Set) All() iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, i := range s.lists {
			if !yield(int(i)) {
				return
			}
		}
	}
}

// setTable stores each distinct set once. Set 0 is empty.
//
// Set i is lists[ends[i-1]:ends[i]], with ends[-1] taken as 0.
type setTable struct {
	lists []uint32
	ends  []uint32

	byHash map[uint64]uint32 // from the hash of a set to its number, with linear probing; nil after compiling
}

func newSetTable() *setTable {
	return &setTable{ends: []uint32{0}, byHash: make(map[uint64]uint32)}
}

func (t *setTable) at(i uint32) Set {
	if i == 0 {
		return Set{}
	}
	return Set{t.lists[t.ends[i-1]:t.ends[i]:t.ends[i]]}
}

// intern returns the number of a set. The lists must be in ascending order. intern does not retain the slice.
func (t *setTable) intern(lists []uint32) uint32 {
	if len(lists) == 0 {
		return 0
	}
	hash := uint64(len(lists))
	for _, l := range lists {
		hash = (hash ^ uint64(l)) * 0x9E3779B97F4A7C15
		hash ^= hash >> 29
	}
	for i := t.byHash[hash]; i != 0; i = t.byHash[hash] {
		if slices.Equal(t.at(i).lists, lists) {
			return i
		}
		hash++ // another set has this hash
	}
	t.lists = append(t.lists, lists...)
	t.ends = append(t.ends, uint32(len(t.lists)))
	i := uint32(len(t.ends) - 1)
	t.byHash[hash] = i
	return i
}
