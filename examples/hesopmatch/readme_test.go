package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// readmeScript is an example of the README for a language: a comment with the command that makes the script, and code
// that uses the script.
type readmeScript struct{ command, use, script string }

// readmeScripts returns the examples for a language. Call it in the root of the repository.
func readmeScripts(t *testing.T, language string) []readmeScript {
	t.Helper()
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	var found []readmeScript
	for _, m := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		require.LessOrEqual(t, strings.Count(m[1], "\n"), 10, m[1])
		comment, use, _ := strings.Cut(m[1], "\n")
		_, command, isCommand := strings.Cut(comment, "hesopmatch ")
		require.True(t, isCommand, comment)
		script := command[strings.LastIndexByte(command, ' ')+1:]
		require.Contains(t, use, script, "the code must use the script that the command writes")
		found = append(found, readmeScript{command, use, script})
	}
	require.NotEmpty(t, found, language)
	return found
}

// TestReadmeScripts runs the commands of the README that make scripts. If R is installed, it also runs the code that
// uses them in R; if Python is installed, it parses the code in Python.
func TestReadmeScripts(t *testing.T) {
	t.Chdir("../..")
	for _, language := range []string{"python", "r", "stata"} {
		for _, s := range readmeScripts(t, language) {
			path := filepath.Join(t.TempDir(), s.script)
			args := strings.Fields(s.command)
			args[len(args)-1] = path
			got := hesopmatch(t, args...)
			require.Equal(t, 0, got.Status, got.Stderr)
			require.FileExists(t, path)
			switch language {
			case "r":
				requireR(t, s, path)
			case "python":
				if python, err := exec.LookPath("python3"); err == nil {
					out, err := exec.CommandContext(t.Context(), python, "-c", "import ast, sys; ast.parse(sys.argv[1])", s.use).CombinedOutput()
					require.NoError(t, err, string(out))
				}
			}
		}
	}
}

// requireR runs the code in R and requires the answers of flag.
func requireR(t *testing.T, s readmeScript, path string) {
	t.Helper()
	r, err := exec.LookPath("Rscript")
	if err == nil {
		err = exec.CommandContext(t.Context(), r, "-e", "library(data.table)").Run()
	}
	if err != nil {
		require.Empty(t, os.Getenv("HESOPMATCH_NEED_R"), "R with data.table is missing")
		return
	}
	program := strings.ReplaceAll(s.use, `"`+s.script+`"`, `"`+filepath.ToSlash(path)+`"`)
	out, err := exec.CommandContext(t.Context(), r, "-e", program).CombinedOutput()
	require.NoError(t, err, string(out))
	counts := strings.Fields(string(out))
	wide := hesopmatch(t, "flag", "-icd10", "testdata/codelists/depression.csv", "-rows", "all", "-columns", "attendkey",
		"testdata/appointments.csv")
	require.Equal(t, 0, wide.Status, wide.Stderr)
	want := map[string]int{}
	for line := range strings.Lines(wide.Stdout) {
		_, answer, _ := strings.Cut(strings.TrimSpace(line), ",")
		want[answer]++
	}
	require.Equal(t, []string{"0", "1", "<NA>"}, counts[:3])
	require.Equal(t, []int{want["0"], want["1"], want[""]}, numbers(t, counts[3:]))
}

func numbers(t *testing.T, words []string) (all []int) {
	t.Helper()
	for _, word := range words {
		n, err := strconv.Atoi(word)
		require.NoError(t, err)
		all = append(all, n)
	}
	return all
}
