package coding

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestEditionsFollow requires that each edition begins in the year after the previous edition ends.
func TestEditionsFollow(t *testing.T) {
	for sys, want := range map[System]int{ICD10: 4, OPCS4: 9} {
		var last Edition
		n := 0
		for e := range Editions(sys) {
			if n++; n > 1 {
				require.Equal(t, e.First, last.Last+1)
			}
			require.True(t, e.Last == 0 || e.First <= e.Last)
			last = e
		}
		require.Equal(t, want, n)
		require.Zero(t, last.Last, "the last edition is in use")
	}
	for range Editions(0) {
		t.Fatal("the zero System has editions")
	}
}
