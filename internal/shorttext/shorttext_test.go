package shorttext

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPack(t *testing.T) {
	seen := make(map[uint64]string)
	for _, text := range []string{"", "\x00", "\x00\x00", "a", "a\x00", "E119", "1234567", "\xff\xff\xff\xff\xff\xff\xff"} {
		packed, ok := Pack([]byte(text))
		require.True(t, ok)
		require.NotZero(t, packed)
		require.NotContains(t, seen, packed)
		seen[packed] = text
		require.Equal(t, text, Unpack(packed))
	}
	_, ok := Pack([]byte("12345678"))
	require.False(t, ok)
}

// TestMemo compares the values of a Memo with their texts, for many texts that evict each other.
func TestMemo(t *testing.T) {
	var m Memo[string]
	random := rand.New(rand.NewPCG(18, 3))
	hits := 0
	for range 20_000 {
		text := make([]byte, random.IntN(10))
		for i := range text {
			text[i] = byte('0' + random.IntN(3))
		}
		isHit := true
		value := m.Get(text, func() string {
			isHit = false
			return string(text)
		})
		require.Equal(t, string(text), value)
		if isHit {
			hits++
		}
	}
	require.Positive(t, hits)
}
