package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/program"

	"github.com/stretchr/testify/require"
)

// TestHelpTexts requires the help of every command to have lines of at most 80 columns, all its parts, and a sentence
// for each option.
func TestHelpTexts(t *testing.T) {
	for _, a := range program.Commands() {
		t.Run(a.Name, func(t *testing.T) {
			text := hesopmatch(t, "help", a.Name).Stdout
			for line := range strings.Lines(text) {
				require.LessOrEqual(t, len(line), 81, line)
				require.Equal(t, strings.TrimRight(line, " \n")+"\n", line)
			}
			require.True(t, strings.HasPrefix(strings.Join(strings.Fields(text), " "), "hesopmatch "+a.Name+" "+a.Does+". "))
			for _, part := range []string{
				"\n\nUsage:\n  hesopmatch " + a.Name + " ",
				"\n\nExamples, in the folder testdata:\n  hesopmatch " + a.Name, "\n\nThe run:\n", "\n  -version\n",
				"\n\nExit codes: 0 done; 1 failed", "2 the command line is wrong.\n",
			} {
				require.Contains(t, text, part)
			}
			lines := strings.Split(text, "\n")
			for i, line := range lines {
				if strings.HasPrefix(line, "  -") && !strings.Contains(line, "|") {
					require.Regexp(t, "^      [^ ].*[^.]$|^      [^ ]", lines[i+1], line)
				}
			}
		})
	}
}

// TestHelpExamples runs the two examples of every help text in a copy of the folder testdata.
func TestHelpExamples(t *testing.T) {
	for _, a := range program.Commands() {
		require.Len(t, a.Examples, 2, a.Name)
		for _, example := range a.Examples {
			t.Run(a.Name+" "+example, func(t *testing.T) {
				t.Chdir(testdata(t))
				args := strings.Fields(strings.ReplaceAll(example, "\\\n", " "))
				got := hesopmatch(t, append([]string{a.Name}, args...)...)
				require.Equal(t, 0, got.Status, got.Stderr)
				if i := slices.Index(args, "-o"); i >= 0 {
					require.FileExists(t, args[i+1])
				} else {
					require.NotEmpty(t, got.Stdout)
				}
			})
		}
	}
}

// testdata returns a copy of the appointments and codelists of the folder testdata.
func testdata(t *testing.T) string {
	t.Helper()
	from, to := filepath.Join("..", "..", "testdata"), t.TempDir()
	require.NoError(t, os.CopyFS(filepath.Join(to, "codelists"), os.DirFS(filepath.Join(from, "codelists"))))
	entries, err := os.ReadDir(from)
	require.NoError(t, err)
	for _, e := range entries {
		if e.Type() == fs.FileMode(0) && strings.HasSuffix(e.Name(), ".csv") {
			data, err := os.ReadFile(filepath.Join(from, e.Name()))
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(filepath.Join(to, e.Name()), data, 0o666))
		}
	}
	return to
}
