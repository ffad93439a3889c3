package plural

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCount(t *testing.T) {
	for want, got := range map[string]string{
		"1 row": Count(1, "row"), "0 rows": Count(0, "row"), "1 entry": Count(1, "entry"), "2 entries": Count(2, "entry"),
		"-1 rows": Count(-1, "row"),
	} {
		require.Equal(t, want, got)
	}
}
