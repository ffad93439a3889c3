package quality

import "slices"

// keySet counts distinct texts in bounded memory. It holds a 64-bit hash of each text. If the hashes exceed the limit,
// it keeps only those that begin with a zero bit, then those that begin with two zero bits, and so on. The counts are
// then estimates from an unbiased sample. Which hashes remain depends only on the texts, not on their order.
//
// New hashes wait in the slice fresh until it has mostFresh elements. A set of few texts therefore needs no table, and
// addAll can load the slots of many hashes together instead of waiting for each slot.
//
//	held ≤ most
//	len(slots) = len(again), which is 0 or a power of two greater than held
//	again[i] = 0 where slots[i] = 0
type keySet struct {
	most  int      // the maximum of held
	held  int      // number of hashes in slots
	slots []uint64 // hashes; 0 is an empty slot
	again []uint32 // how often the text in a slot was repeated
	drop  uint     // number of zero bits that a hash must begin with
	fresh []uint64
	ahead uint64 // meaningless: see addAll
}

const (
	firstSlots = 1 << 10
	mostFresh  = 1 << 12
	together   = 1 << 7  // hashes whose slots are loaded together
	keptSlots  = 1 << 16 // the largest number of slots that reset keeps
)

// add adds a text, and does not retain it. The caller trims it.
func (k *keySet) add(text []byte) {
	if len(k.fresh) == mostFresh {
		k.settle()
	}
	k.fresh = append(k.fresh, hash64(text))
}

// settle moves the fresh hashes to the table.
func (k *keySet) settle() {
	k.addAll(k.fresh)
	k.fresh = k.fresh[:0]
}

func (k *keySet) addAll(hashes []uint64) {
	for part := range slices.Chunk(hashes, together) {
		if mask := uint64(len(k.slots) - 1); len(k.slots) > 0 {
			for _, hash := range part {
				k.ahead ^= k.slots[hash&mask] // loads many slots at once, before addHash waits for each
			}
		}
		for _, hash := range part {
			k.addHash(hash, 0)
		}
	}
}

func (k *keySet) addHash(hash uint64, again uint32) {
	if k.drop > 0 && hash>>(64-k.drop) != 0 {
		return
	}
	if 4*(k.held+1) > 3*len(k.slots) {
		k.resize(max(firstSlots, 2*len(k.slots)))
	}
	mask := uint64(len(k.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		switch k.slots[i] {
		case hash:
			k.again[i] += again + 1
			return
		case 0:
			k.slots[i] = hash
			if again > 0 { // rare
				k.again[i] = again
			}
			if k.held++; k.held > k.most {
				k.thin()
			}
			return
		}
	}
}

// merge adds the texts of the keySet other to k.
func (k *keySet) merge(other *keySet) {
	for k.drop < other.drop { // drop the hashes that other has dropped
		k.thin()
	}
	const stride = 0x9E3779B1 // odd, to visit every slot once; not 1, because hashes in slot order would cluster in k
	mask := uint64(len(other.slots) - 1)
	for n := range uint64(len(other.slots)) {
		i := n * stride & mask
		if hash := other.slots[i]; hash != 0 {
			k.addHash(hash, other.again[i])
		}
	}
	if len(k.slots) == 0 && len(k.fresh)+len(other.fresh) <= mostFresh {
		k.fresh = append(k.fresh, other.fresh...)
		return
	}
	k.settle()
	k.addAll(other.fresh)
}

func (k *keySet) reset() {
	if len(k.slots) > keptSlots {
		k.slots, k.again = nil, nil
	}
	clear(k.slots)
	clear(k.again)
	k.held, k.drop, k.fresh = 0, 0, k.fresh[:0]
}

// resize moves the hashes to n slots.
func (k *keySet) resize(n int) {
	slots, again := k.slots, k.again
	k.slots, k.again, k.held = make([]uint64, n), make([]uint32, n), 0
	for i, hash := range slots {
		if hash != 0 {
			k.addHash(hash, again[i])
		}
	}
}

// thin drops half of the hashes. It moves the rest to a temporary slice, which takes less memory than a second table.
func (k *keySet) thin() {
	k.drop++
	type kept struct {
		hash  uint64
		again uint32
	}
	stay := make([]kept, 0, k.held/2+k.held/64+64)
	for i, hash := range k.slots {
		if hash != 0 && hash>>(64-k.drop) == 0 {
			stay = append(stay, kept{hash, k.again[i]})
		}
	}
	clear(k.slots)
	clear(k.again)
	k.held = 0
	for _, s := range stay {
		k.addHash(s.hash, s.again)
	}
}

// counts returns the number of distinct texts and the number of repeats. If k is a sample, both are scaled up.
func (k *keySet) counts() (different, repeated int64) {
	k.settle()
	for i, hash := range k.slots {
		if hash != 0 {
			different++
			repeated += int64(k.again[i])
		}
	}
	return different << k.drop, repeated << k.drop
}

// isSample reports whether counts returns estimates. Call counts first, because it settles the fresh hashes.
func (k *keySet) isSample() bool { return k.drop > 0 }

// hash64 returns a hash that is never 0. It is FNV-1a, mixed so that the first bits are as random as the last.
func hash64(text []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range text {
		h = (h ^ uint64(c)) * 1099511628211
	}
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return max(h^h>>33, 1)
}
