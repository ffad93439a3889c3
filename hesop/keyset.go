package hesop

// keySet counts how many different texts were added, in bounded memory. It holds a
// hash of 64 bits of each. When there are more than it may hold, it goes on with
// those alone whose hash begins with a zero bit, then two, and so on: what it says is
// then an estimate from a fair sample.
//
// held ≤ most; len(slots) = len(again) is a power of two and more than held, or 0.
type keySet struct {
	most  int
	held  int
	slots []uint64 // hashes; 0 is free
	again []uint32 // how often the text of a slot came again
	drop  uint     // zero bits that a hash must begin with
}

const firstSlots = 1 << 10

// add adds a text, which is not kept. Padding is for the caller to take off.
func (k *keySet) add(text []byte) { k.addHash(hash64(text), 0) }

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
			k.slots[i], k.again[i] = hash, again
			if k.held++; k.held > k.most {
				k.thin()
			}
			return
		}
	}
}

// resize moves what is held to n slots.
func (k *keySet) resize(n int) {
	slots, again := k.slots, k.again
	k.slots, k.again, k.held = make([]uint64, n), make([]uint32, n), 0
	for i, hash := range slots {
		if hash != 0 {
			k.addHash(hash, again[i])
		}
	}
}

// thin lets go of half of what is held. What stays is set aside for it, not the whole
// table.
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

// counts are how many different texts were added and how many came again, scaled up
// from the sample if it is one.
func (k *keySet) counts() (different, repeated int64) {
	for i, hash := range k.slots {
		if hash != 0 {
			different++
			repeated += int64(k.again[i])
		}
	}
	return different << k.drop, repeated << k.drop
}

// isSample reports whether the counts are estimates.
func (k *keySet) isSample() bool { return k.drop > 0 }

// hash64 is never 0. It is FNV-1a, whose bits are then mixed so that the first ones
// are as good as the last.
func hash64(text []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range text {
		h = (h ^ uint64(c)) * 1099511628211
	}
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return max(h^h>>33, 1)
}
