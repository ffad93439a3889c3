package quality

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestKeySet compares the counts with a map: they are exact while the keys are few, and within 10% when they are many.
func TestKeySet(t *testing.T) {
	const rows = 60_000
	random := rand.New(rand.NewPCG(1, 2))
	k := keySet{most: 5000}
	seen := make(map[string]int64)
	for i := range rows {
		key := strconv.Itoa(random.IntN(1 + i/2))
		k.add([]byte(key))
		seen[key]++
		if i%997 == 0 || i == rows-1 {
			different, repeated := k.counts()
			if !k.isSample() {
				require.Equal(t, int64(len(seen)), different)
				require.Equal(t, int64(i+1)-different, repeated)
				continue
			}
			require.InEpsilon(t, len(seen), different, 0.08)
			require.InEpsilon(t, int64(i+1-len(seen)), repeated, 0.10)
		}
		require.LessOrEqual(t, k.held, k.most)
		require.LessOrEqual(t, len(k.slots), 8192)
	}
	require.True(t, k.isSample())
}

// TestKeySetMerge compares merged sets with one set to which all texts were added: they are equal, sampled or not.
func TestKeySetMerge(t *testing.T) {
	held := func(k *keySet) map[uint64]uint32 {
		m := make(map[uint64]uint32)
		for i, hash := range k.slots {
			if hash != 0 {
				m[hash] = k.again[i]
			}
		}
		return m
	}
	random := rand.New(rand.NewPCG(3, 4))
	for range 30 {
		limit := 1 + random.IntN(3000)
		one, merged := keySet{most: limit}, keySet{most: limit}
		for range 1 + random.IntN(4) {
			part := keySet{most: limit}
			keys := 1 + random.IntN(8000)
			for range random.IntN(10_000) {
				key := strconv.AppendInt(nil, random.Int64N(int64(keys)), 10)
				one.add(key)
				part.add(key)
			}
			merged.merge(&part)
			require.LessOrEqual(t, merged.held, limit)
		}
		one.settle()
		merged.settle()
		require.Equal(t, one.drop, merged.drop)
		require.Equal(t, held(&one), held(&merged))
	}
}

// TestKeySetTiny: the set stays within the smallest limit.
func TestKeySetTiny(t *testing.T) {
	k := keySet{most: 1}
	for i := range 100 {
		k.add(fmt.Append(nil, i))
		k.settle()
		require.LessOrEqual(t, k.held, 1)
	}
}

// TestKeySetSpread: keys that differ in one digit have evenly spread hashes, which the sample depends on.
func TestKeySetSpread(t *testing.T) {
	var first [16]int
	const n = 160_000
	for i := range n {
		first[hash64(fmt.Append(nil, int64(100_000_000_000)+int64(i)))>>60]++
	}
	for _, count := range first {
		require.InEpsilon(t, n/16, count, 0.05)
	}
}
