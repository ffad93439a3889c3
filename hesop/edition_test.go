package hesop

import (
	"testing"
	"time"

	"hesopmatch/codelist/coding"

	"github.com/stretchr/testify/require"
)

// TestEditionsFollow: each begins the day after the one before ends, on a 1 April.
func TestEditionsFollow(t *testing.T) {
	for sys, want := range map[coding.System]int{coding.ICD10: 4, coding.OPCS4: 9} {
		var last Edition
		n := 0
		for e := range Editions(sys) {
			if n++; n > 1 {
				after := time.Date(int(last.Until.Year), time.Month(last.Until.Month), int(last.Until.Day)+1, 0, 0, 0, 0, time.UTC)
				require.Equal(t, e.From.String(), after.Format(time.DateOnly))
				require.Equal(t, "04-01", e.From.String()[5:])
			}
			last = e
		}
		require.Equal(t, want, n)
		require.Zero(t, last.Until, "the one in use")
	}
	for range Editions(0) {
		t.Fatal("no system, no editions")
	}
}
