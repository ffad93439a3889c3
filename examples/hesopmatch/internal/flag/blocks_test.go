package flag

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/program"

	"github.com/stretchr/testify/require"
)

// TestBlocks checks that files that are hard to split give the same output, byte for byte, for any number of workers
// and any size of blocks.
func TestBlocks(t *testing.T) {
	t.Chdir("../../../..")
	dir := t.TempDir()
	hard := filepath.Join(dir, "hard.csv")
	var text strings.Builder
	text.WriteString("KEY,DIAG_4_01,DIAG_4_02,DIAG_4_CONCAT,OPERTN_4_01,OPERTN_4_CONCAT\n")
	for i := range 150 {
		fmt.Fprintf(&text, "%d,E119,I10X,\"E119,I10X\",-,-\n", i)
		fmt.Fprintf(&text, "\"%d\nx,E119,,E119,-,-\n\",AU00,,AU00,&,&\n\n", i) // a line end inside quotes, and text that looks like a row
		fmt.Fprintf(&text, "%d\"b,R69X,,R69X,K401,K401\r\n", i)
	}
	require.NoError(t, os.WriteFile(hard, []byte(text.String()), 0o600))
	inputs := []string{hard, "testdata/golden/synth-ukllc.csv", "testdata/appointments.csv"}
	for _, args := range [][]string{
		{"-rows", "matched"}, {"-rows", "all"}, {"-format", "hits"},
	} {
		for _, input := range inputs {
			var want [2]string
			for _, workers := range []string{"1", "2", "8"} {
				for _, block := range []int{1, 50, 700, 1 << 22} {
					opts, err := parseOptions(append(with(args...), "-workers", workers, input), program.IO{Stderr: os.Stderr})
					require.NoError(t, err)
					opts.inputs.Block = block
					var out, summary bytes.Buffer
					require.NoError(t, opts.run(t.Context(), program.IO{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &summary}))
					got := [2]string{out.String(), summary.String()}
					if want[0] == "" {
						want = got
					}
					require.Equal(t, want, got, "%v of %s, %s workers, blocks of %d", args, input, workers, block)
				}
			}
			require.NotEmpty(t, want[0])
		}
	}
}
