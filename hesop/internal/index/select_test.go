package index

import (
	"math/bits"
	"math/rand/v2"
	"testing"
)

func TestSelectBit(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	check := func(x uint64) {
		t.Helper()
		rest := x
		for n := range uint32(bits.OnesCount64(x)) {
			if got, want := selectBit(x, n+1), uint32(bits.TrailingZeros64(rest)); got != want {
				t.Fatalf("bit %d of %064b: %d, not %d", n+1, x, got, want)
			}
			rest &= rest - 1
		}
	}
	check(^uint64(0)) // 64 bits: the sums of bytes are at their maximum
	for i := range 64 {
		check(1 << i)
		check(^uint64(0) << i)
		check(^uint64(0) >> i)
	}
	for range 100_000 {
		check(r.Uint64())
		check(r.Uint64() & r.Uint64() & r.Uint64())
		check(r.Uint64() | r.Uint64() | r.Uint64())
	}
}
