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

// readmeScript holds the R block of the README: the command in its first line, the lines after it, and the name of the
// script that the command writes and the other lines use.
type readmeScript struct{ command, use, script string }

// readReadmeScript reads the R block of the README. Call it in the root of the repository.
func readReadmeScript(t *testing.T) readmeScript {
	t.Helper()
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	block := regexp.MustCompile("(?s)```r\n(.*?)```").FindStringSubmatch(string(text))
	require.NotNil(t, block)
	comment, use, _ := strings.Cut(block[1], "\n")
	_, command, isCommand := strings.Cut(comment, "hesopmatch ")
	require.True(t, isCommand, comment)
	script := command[strings.LastIndexByte(command, ' ')+1:]
	require.Contains(t, use, script, "the block uses the script that its command writes")
	return readmeScript{command, use, script}
}

// TestReadmeScript runs the command that writes the script of the README's R block. Where R is installed, it also runs
// the script.
func TestReadmeScript(t *testing.T) {
	t.Chdir("../..")
	s := readReadmeScript(t)
	path := filepath.Join(t.TempDir(), s.script)
	args := strings.Fields(s.command)
	args[len(args)-1] = path
	got := hesopmatch(t, args...)
	require.Equal(t, 0, got.Status, got.Stderr)
	requireR(t, s, path)
}

// requireR runs the R block and requires it to count the same answers as the command flag.
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
