package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// runAsProgram is an environment variable that makes the test binary run as the program.
const runAsProgram = "HESOPMATCH_RUN_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(runAsProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// writeLists writes a folder with a text file and a workbook.
func writeLists(t *testing.T) (folder, list string) {
	t.Helper()
	folder = t.TempDir()
	list = filepath.Join(folder, "depression.csv")
	require.NoError(t, os.WriteFile(list, []byte("icd10\nF32%\nF33\n"), 0o600))
	book := excelize.NewFile()
	for cell, text := range map[string]string{"A1": "opcs4", "A2": "W37.1"} {
		require.NoError(t, book.SetCellStr("Sheet1", cell, text))
	}
	require.NoError(t, book.SaveAs(filepath.Join(folder, "hip.xlsx")))
	return folder, list
}

// TestGroups changes a list while the program runs.
func TestGroups(t *testing.T) {
	folder, list := writeLists(t)
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-every", "10ms", folder, "../../testdata/appointments.csv")
	cmd.Env = append(os.Environ(), runAsProgram+"=1")
	output, in := io.Pipe()
	cmd.Stdout, cmd.Stderr = in, in
	require.NoError(t, cmd.Start())
	lines := bufio.NewScanner(output)
	require.NotNil(t, lines)
	until := func(line string) {
		t.Helper()
		for lines.Scan() {
			if strings.Contains(lines.Text(), line) {
				return
			}
		}
		require.Fail(t, "the program ended", line)
	}
	until("depression.csv: {Match:4 NoMatch:14 Unknown:6 Undecided:0}")
	until("hip.xlsx: {Match:1 ")
	require.NoError(t, os.WriteFile(list, []byte("icd10\nF32 or so\n"), 0o600))
	until("F32 or so") // it logs the error and continues
	require.NoError(t, os.WriteFile(list, []byte("icd10\nF33\n"), 0o600))
	until("depression.csv: {Match:1 NoMatch:17 Unknown:6 Undecided:0}")
	require.NoError(t, os.Remove(list))
	until("by 1 lists")
	require.NoError(t, cmd.Process.Kill())
	go io.Copy(io.Discard, output) //nolint:errcheck // Wait returns only after the pipe is read
	require.Error(t, cmd.Wait())
}

// TestCovers tests the text that load returns with the Matcher. The text must change if the codes change, but not if
// only other parts of a file change, so that a cache can use it as a key.
func TestCovers(t *testing.T) {
	folder, list := writeLists(t)
	_, before, err := load(folder)
	require.NoError(t, err)
	for _, c := range []struct {
		text, reason string
		same         bool
	}{
		{"# why\nterm,icd10\nrecurrent,F33\nepisode,F32%\n", "a comment, terms, another order", true},
		{"icd10\nF32%\nF33\nF34\n", "one more code", false},
	} {
		require.NoError(t, os.WriteFile(list, []byte(c.text), 0o600))
		matcher, after, err := load(folder)
		require.NoError(t, err)
		require.Equal(t, 2, matcher.Len())
		require.Equal(t, c.same, before == after, c.reason)
	}
	source, err := os.ReadFile("main.go")
	require.NoError(t, err)
	require.LessOrEqual(t, strings.Count(string(source), "\n"), 80, "short enough to copy")
}
