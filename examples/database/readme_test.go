package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// readmeBlocks are the code blocks of the README in one language.
func readmeBlocks(t *testing.T, language string) []string {
	t.Helper()
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	var found []string
	for _, m := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		found = append(found, m[1])
	}
	return found
}

// TestReadmeCode requires that what the README shows is what is compiled here, the first
// block in the program and the second in an example.
func TestReadmeCode(t *testing.T) {
	blocks := readmeBlocks(t, "go")
	require.Len(t, blocks, 2)
	for _, c := range []struct{ file, block string }{
		{"count.go", blocks[0]},
		{"sqlserver_example_test.go", regexp.MustCompile("(?m)^(.)").ReplaceAllString(blocks[1], "\t$1")},
	} {
		source, err := os.ReadFile(c.file)
		require.NoError(t, err)
		require.Contains(t, string(source), c.block)
	}
}

// TestReadmeCommand runs the program as the README does, on a database that has what it
// imports.
func TestReadmeCommand(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the command is that of a POSIX shell")
	}
	const file, table = "../../testdata/appointments.csv", "hesop"
	require.Contains(t, readmeBlocks(t, "sh")[0], fmt.Sprintf("'.import --csv %s %s'", file, table))
	db, path := createSQLite(t)
	source, err := os.Open(file)
	require.NoError(t, err)
	defer func() { require.NoError(t, source.Close()) }()
	records, err := csv.NewReader(source).ReadAll()
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), fmt.Sprintf("CREATE TABLE %s (%s TEXT)", table, strings.Join(records[0], " TEXT, ")))
	require.NoError(t, err)
	for _, record := range records[1:] {
		values := make([]any, len(record))
		for i, text := range record {
			values[i] = text
		}
		_, err := db.ExecContext(t.Context(), fmt.Sprintf("INSERT INTO %s VALUES (?%s)", table, strings.Repeat(", ?", len(values)-1)), values...)
		require.NoError(t, err)
	}

	blocks := readmeBlocks(t, "console")
	require.Len(t, blocks, 1)
	command, want, _ := strings.Cut(blocks[0], "\n")
	arguments, ok := strings.CutPrefix(command, "$ go run . ")
	require.True(t, ok)
	split, err := exec.CommandContext(t.Context(), "sh", "-c", `printf '%s\n' `+arguments).Output() // one a line
	require.NoError(t, err)
	args := strings.Split(strings.TrimSpace(string(split)), "\n")
	require.Equal(t, "file:"+filepath.Base(path)+"?mode=ro", args[1])
	args[1] = "file:" + path + "?mode=ro"
	status, stdout, stderr := runProgram(t.Context(), args...)
	require.Zero(t, status, stderr)
	require.Equal(t, want, stdout)
}
