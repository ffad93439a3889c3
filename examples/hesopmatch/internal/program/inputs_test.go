package program

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestReadNames(t *testing.T) {
	path := filepath.Join(t.TempDir(), "names")
	for text, want := range map[string][]string{
		"a\nb\r\nc":               {"a", "b", "c"},
		"a,b;c|d\te\n":            {"a", "b", "c", "d", "e"},
		"\xEF\xBB\xBF\"a\",b,,\n": {"a", "b", "", ""},
		"a,,b\n\n c ,\nd":         {"a", "", "b", "c", "d"},
	} {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		got, err := ReadNames(path, "-header")
		require.NoError(t, err)
		require.Equal(t, want, got, "%q", text)
	}
}
