package hesop

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTally(t *testing.T) {
	var tally Tally
	for _, text := range []string{"b", "a", " b\t", "\u00a0b", "b\xA0", "c", "a", "1234567", "12345678"} {
		tally.Add([]byte(text))
	}
	require.Equal(t, []ValueCount{{"b", 4}, {"a", 2}, {"c", 1}}, tally.Commonest(), "padded or not it is one text")
	require.Equal(t, int64(2), tally.Others(), "long ones are not kept")
}

// TestTallyIsBounded: new texts beyond the limit are counted and not kept; known ones
// are counted by themselves on.
func TestTallyIsBounded(t *testing.T) {
	var tally Tally
	for i := range mostTexts + 10 {
		tally.Add(fmt.Append(nil, i))
	}
	tally.Add([]byte("0"))
	require.Len(t, tally.Commonest(), mostTexts)
	require.Equal(t, ValueCount{"0", 2}, tally.Commonest()[0])
	require.Equal(t, int64(10), tally.Others())
}
