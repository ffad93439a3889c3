package cohort

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestMoved: what rounding alone could undo is no finding.
func TestMoved(t *testing.T) {
	of := func(part, whole, half float64) spanned {
		return spanned{part / whole, max(0, part-half) / (whole + half), (part + half) / (whole - half)}
	}
	for _, tt := range []struct {
		reason      string
		first, last spanned
		want        change
	}{
		{"twice as many of many", of(500, 10_000, 5), of(1_000, 10_000, 5), up},
		{"half of them", of(1_000, 10_000, 5), of(500, 10_000, 5), down},
		{"within a tenth", of(1_000, 10_000, 5), of(1_050, 10_000, 5), same},
		{"few, of other numbers: 20 can be 15 and 25", of(20, 420, 5), of(20, 630, 5), unsure},
		{"few, upwards: 25 can be both", of(20, 600, 5), of(30, 600, 5), unsure},
		{"just more than a tenth, and surely more", of(110, 1_850, 5), of(340, 5_160, 5), up},
		{"the same numbers, exact", of(20, 420, 0), of(20, 630, 0), down},
		{"from nothing that is not rounded", of(0, 100, 0), of(1, 100, 0), up},
	} {
		require.Equal(t, tt.want, moved(tt.first, tt.last), tt.reason)
	}
}
