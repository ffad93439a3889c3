package flag

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestIsCodeShaped checks that the summary shows values that are not codes, unless they may be personal data.
func TestIsCodeShaped(t *testing.T) {
	for value, want := range map[string]bool{
		"0000": true, "9998": true, "AU00": true, "1": true, "Q": true, "E1199Z": true, "E11.9+": true, "S72.0A": true,
		"NULL": true, "N/A": true, "#N/A": true, "XXXX": true, "??": true,
		"Brown": false, "43593": false, "080519": false, "SW1A1AA": false, "E1 6AN": false, "E16AN": false, "M/F": false,
	} {
		require.Equal(t, want, isCodeShaped(value), value)
	}
	t.Chdir("../../../..")
	got := runHere(t, "diag_01\nBrown\nAU00\nGreen\n", with("-")...)
	require.Contains(t, got.Stderr, "unrecognised values: 3: \"AU00\" 1, others 2\n")
	require.NotContains(t, got.Stderr, "Brown")
}
