package parquet

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/rle"
	"github.com/stretchr/testify/require"
)

// randomNumbers returns n numbers of the given width, many of them repeated.
func randomNumbers(r *rand.Rand, n int, width uint) []int32 {
	numbers := make([]int32, 0, n)
	for len(numbers) < n {
		v := int32(r.Uint64() & (1<<width - 1))
		for range []int{1, 1, 1, 8, 100}[r.IntN(5)] {
			numbers = append(numbers, v)
		}
	}
	return numbers[:n]
}

// TestHybrid decodes runs of all widths, a random number of values at a time.
func TestHybrid(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for width := uint(1); width <= 18; width++ {
		table := make([]uint64, 1<<width)
		for i := range table {
			table[i] = uint64(i) * 3
		}
		for range 10 {
			numbers := randomNumbers(r, 1+r.IntN(3000), width)
			data, err := (&rle.Encoding{BitWidth: int(width)}).EncodeInt32(nil, numbers)
			require.NoError(t, err)
			var h hybrid
			h.start(data, width)
			for rest := numbers; len(rest) > 0; {
				got := make([]uint64, 1+r.IntN(min(len(rest), 600)))
				require.True(t, h.look(got, table))
				for i, v := range got {
					require.Equal(t, uint64(rest[i])*3, v)
				}
				rest = rest[len(got):]
			}
			h.start(data, width)
			require.False(t, h.look(make([]uint64, len(numbers)), table[:numbers[0]]), "a number beyond the table")
			h.start(data[:len(data)-1], width)
			require.False(t, h.look(make([]uint64, len(numbers)+16), table), "too few numbers")
		}
	}
}

// TestLevels decodes levels as bits.
func TestLevels(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for range 300 {
		numbers := randomNumbers(r, 1+r.IntN(2000), 1)
		levels, want := make([]byte, len(numbers)), 0
		for i, n := range numbers {
			levels[i] = byte(n)
			want += int(n)
		}
		data, err := (&rle.Encoding{BitWidth: 1}).EncodeLevels(nil, levels)
		require.NoError(t, err)
		var h hybrid
		h.start(data, 1)
		require.Equal(t, want, h.ones(len(levels)))
		for rest := levels; len(rest) > 0; {
			n := 1 + r.IntN(min(len(rest), batchRows))
			var bits [batchRows / 64]uint64
			require.True(t, h.set(bits[:], n))
			for i := range batchRows {
				isSet := bits[i>>6]>>(i&63)&1 == 1
				require.Equal(t, i < n && rest[i] == 1, isSet)
			}
			rest = rest[n:]
		}
	}
	var h hybrid
	h.start([]byte{20, 2}, 1) // ten repeats of 2
	require.Equal(t, -1, h.ones(5))
	require.False(t, h.set(make([]uint64, 8), 5))
}

// TestDeltas decodes numbers whose differences take up to 64 bits.
func TestDeltas(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 200 {
		numbers := make([]int64, 1+r.IntN(700))
		for i := range numbers {
			numbers[i] = int64(r.Uint64()) >> r.IntN(64)
		}
		if r.IntN(4) == 0 {
			numbers[0], numbers[len(numbers)-1] = math.MinInt64, math.MaxInt64
		}
		data, err := parquet.DeltaBinaryPacked.EncodeInt64(nil, numbers)
		require.NoError(t, err)
		got := make([]int64, len(numbers))
		rest, ok := unpackDeltas(got, append(data, "rest"...))
		require.True(t, ok)
		require.Equal(t, "rest", string(rest))
		require.Equal(t, numbers, got)
		_, ok = unpackDeltas(got, data[:len(data)-1])
		require.False(t, ok && len(numbers) > 1)
	}
}

// TestMemory: a memory bounds the total size of all buffers that share it.
func TestMemory(t *testing.T) {
	m := memory{taken: MaxMemory - 10}
	b, err := resize[uint64](nil, 1, 8, &m)
	require.NoError(t, err)
	require.Len(t, b, 1)
	again, err := resize(b, 1, 8, &m)
	require.NoError(t, err)
	require.Same(t, &b[0], &again[0])
	_, err = resize(b, 2, 8, &m)
	require.ErrorIs(t, err, ErrLimit)
	require.ErrorContains(t, err, "more bytes than MaxMemory, 1073741824: read fewer columns")
}
