package padding

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTrim(t *testing.T) {
	for _, c := range []struct{ field, trimmed, code, reason string }{
		{"", "", "", "nothing to trim"},
		{"E119", "E119", "E119", "bare, as nearly all fields are"},
		{" E1 19\t", "E1 19", "E1 19", "padding is around a field, not within it"},
		{"\u00a0 E119 \u00a0", "E119", "E119", "no-break spaces of UTF-8, mixed with plain ones"},
		{"\xA0 E119\xA0", "E119", "E119", "no-break spaces of Windows-1252"},
		{"\nE119\r\n", "E119", "\nE119\r\n", "a line end next to a code is not padding"},
		{" \t\u00a0\xA0", "", "", "only padding"},
		{"é", "é", "é", "not bare, but without padding"},
	} {
		require.Equal(t, c.trimmed, string(Trim([]byte(c.field))), c.reason)
		require.Equal(t, c.code, string(TrimCode([]byte(c.field))), c.reason)
	}
}

func TestIsBare(t *testing.T) {
	require.True(t, IsBare([]byte("a b")))
	for _, field := range []string{"", " a", "a ", "\xA0a", "a\u00a0", "aé"} {
		require.False(t, IsBare([]byte(field)), "%q", field)
	}
}
