package lint

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/programtest"

	"github.com/stretchr/testify/require"
)

// TestOutputIsBounded checks that a long cell is not repeated in full for each of its codes.
func TestOutputIsBounded(t *testing.T) {
	const most = 256 // bytes of output for each byte of the file
	for _, test := range []struct{ reason, text string }{
		{"one code thousands of times in a cell", "icd10\n" + strings.Repeat("E11 ", 16_000) + "\n"},
		{"a range after much white space", "icd10\n" + strings.Repeat(" ", 60_000) + "A00.0-Z99.9\n"},
		{"a long term with many codes", "icd10,term\n" + strings.Repeat("E11 ", 8_000) + "," + strings.Repeat("words ", 50_000) + "\n"},
	} {
		t.Run(test.reason, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "list.csv")
			require.NoError(t, os.WriteFile(path, []byte(test.text), 0o600))
			for _, format := range []string{"csv", "json"} {
				got := programtest.Run(t, "lint", Run, "", "-icd10", path, "-format", format, "-lenient")
				require.Less(t, len(got.Stdout), most*len(test.text), format)
				require.Contains(t, got.Stdout, " bytes]", format)
			}
		})
	}
}
