package cohort

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestMoved checks that a change that rounding alone could explain is not a finding.
func TestMoved(t *testing.T) {
	of := func(part, whole, half float64) spanned {
		return spanned{part / whole, max(0, part-half) / (whole + half), (part + half) / (whole - half)}
	}
	for _, tt := range []struct {
		reason      string
		first, last spanned
		want        change
	}{
		{"twice as many, and both are many", of(500, 10_000, 5), of(1_000, 10_000, 5), up},
		{"half as many, and both are many", of(1_000, 10_000, 5), of(500, 10_000, 5), down},
		{"within a tenth", of(1_000, 10_000, 5), of(1_050, 10_000, 5), same},
		{"small numbers of different totals: one 20 can be 15, the other 25", of(20, 420, 5), of(20, 630, 5), unsure},
		{"small numbers: the second is larger, but both can be 25", of(20, 600, 5), of(30, 600, 5), unsure},
		{"a rise by little more than a tenth, but certainly a rise", of(110, 1_850, 5), of(340, 5_160, 5), up},
		{"small numbers of different totals, but exact", of(20, 420, 0), of(20, 630, 0), down},
		{"equal as printed, but each can be 10.3% to 18.5%", of(20, 140, 5), of(20, 140, 5), unsure},
		{"an exact zero, then one", of(0, 100, 0), of(1, 100, 0), up},
	} {
		require.Equal(t, tt.want, moved(tt.first, tt.last), tt.reason)
	}
}

// TestHighest checks that the highest number stays highest whatever the rounding.
func TestHighest(t *testing.T) {
	of := func(numbers ...float64) (all []spanned) {
		for _, v := range numbers {
			all = append(all, spanned{v, v - 5, v + 5})
		}
		return all
	}
	require.Equal(t, 1, highest(of(30, 60, 40)))
	require.Equal(t, -1, highest(of(30, 60, 55)), "55 may have been 60, and 60 may have been 55")
	require.Equal(t, -1, highest(of(60)), "a single number")
	require.Equal(t, -1, highest(nil))
}
