package main

import (
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// readmeBlocks returns the code blocks of the README in one language.
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

// TestReadmeCode requires the first Go block of the README to occur in the program and the second in an example, so
// that both are compiled.
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

// TestReadmeCommand runs the command of the README on both kinds of database, with the file that the README imports.
func TestReadmeCommand(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the command needs a POSIX shell")
	}
	require.Contains(t, readmeBlocks(t, "sh")[0], "'.import --csv "+appointments+" hesop'")
	blocks := readmeBlocks(t, "console")
	require.Len(t, blocks, 1)
	command, want, _ := strings.Cut(blocks[0], "\n")
	arguments, ok := strings.CutPrefix(command, "$ go run . ")
	require.True(t, ok)
	// printf writes one argument on each line.
	split, err := exec.CommandContext(t.Context(), "sh", "-c", `printf '%s\n' `+arguments).Output()
	require.NoError(t, err)
	args := strings.Split(strings.TrimSpace(string(split)), "\n")
	require.Equal(t, []string{"-dsn", "file:hesop.db?mode=ro"}, args[:2])
	check := func(t *testing.T, dsn ...string) {
		t.Helper()
		status, stdout, stderr := runProgram(t.Context(), append(dsn, args[2:]...)...)
		require.Zero(t, status, stderr)
		require.Empty(t, stderr)
		require.Equal(t, want, stdout)
	}
	t.Run("sqlite", func(t *testing.T) {
		db, path := createSQLite(t)
		load(t, db)
		check(t, "-dsn", "file:"+path+"?mode=ro")
	})
	t.Run("postgres", func(t *testing.T) {
		load(t, postgres.Open(t))
		check(t, "-driver", "postgres", "-dsn", postgres.DSN())
	})
}
