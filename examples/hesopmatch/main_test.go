package main

import (
	"os"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/examples/hesopmatch/internal/programtest"

	"github.com/stretchr/testify/require"
)

// hesopmatch runs the program in this process.
func hesopmatch(t *testing.T, args ...string) programtest.Ran {
	t.Helper()
	name, run, rest := choose(args)
	return programtest.Run(t, name, run, "", rest...)
}

const all = "lint, flag, explain, cohort, syntax, synth, version, help (-h explains)\n"

func TestCommands(t *testing.T) {
	list := hesopmatch(t, "help").Stdout
	for _, c := range commands() {
		require.Contains(t, list, "\n  "+c.name+" ")
	}
	for line := range strings.Lines(list) {
		require.LessOrEqual(t, len(line), 81, line)
	}
	version := hesopmatch(t, "version").Stdout
	require.True(t, strings.HasPrefix(version, "hesopmatch "+program.Version+"\nrevision "), version)
	require.True(t, strings.HasSuffix(version, "\ncite "+program.Citation()+"\n"), version)
	var asJSON strings.Builder
	require.NoError(t, program.WriteJSON(&asJSON, program.NewAbout("hesopmatch")))

	tests := []struct {
		reason         string
		args           []string
		status         int
		stdout, stderr string
	}{
		{"no arguments", nil, 2, "", list + "hesopmatch: no command is named (-h explains)\n"},
		{"help as an option", []string{"-h"}, 0, list, ""},
		{"... in a longer form", []string{"--help"}, 0, list, ""},
		{"help about help", []string{"help", "help"}, 0, list, ""},
		{"the version as an option", []string{"-version"}, 0, version, ""},
		{"... with two dashes", []string{"--version"}, 0, version, ""},
		{"the version as JSON", []string{"version", "-json"}, 0, asJSON.String(), ""},
		{
			"an argument of version",
			[]string{"version", "x"},
			2, "", "hesopmatch: version takes no argument, but got \"x\" (-h explains)\n",
		},
		{
			"a misspelt command",
			[]string{"cohrot", "-icd10", "x"},
			2, "", "hesopmatch: no command cohrot: did you mean cohort? the commands are " + all,
		},
		{"... in capitals", []string{"LINT"}, 2, "", "hesopmatch: no command LINT: did you mean lint? the commands are " + all},
		{"a file and no command", []string{"x.csv"}, 2, "", "hesopmatch: no command x.csv: the commands are " + all},
		{"an unknown command with control characters", []string{"\x1b[2J"}, 2, "", "hesopmatch: no command \uFFFD[2J: the commands are " + all},
		{"help for an unknown command", []string{"help", "fag"}, 2, "", "hesopmatch: no command fag: did you mean flag? the commands are " + all},
		{
			"an option before the command",
			[]string{"-icd10", "x.csv", "flag"},
			2, "", "hesopmatch: option -icd10 comes before the command; the command goes first: " + all,
		},
		{"messages of a command begin with its name", []string{"synth", "x"}, 2, "", "synth: \"x\": synth takes no arguments; -o names the output (-h explains)\n"},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			got := hesopmatch(t, tt.args...)
			require.Equal(t, programtest.Ran{Stdout: tt.stdout, Stderr: tt.stderr, Status: tt.status}, got)
		})
	}
}

// TestEachCommand requires each command to write the same help for each of three ways to ask for it, and to write its
// version under its own name.
func TestEachCommand(t *testing.T) {
	for _, name := range []string{"lint", "flag", "explain", "cohort", "syntax", "synth"} {
		got := hesopmatch(t, name, "-h")
		require.Equal(t, 0, got.Status)
		require.True(t, strings.HasPrefix(got.Stdout, "hesopmatch "+name+" "), got.Stdout)
		require.Equal(t, got, hesopmatch(t, "help", name))
		require.Equal(t, got, hesopmatch(t, "-h", name))

		got = hesopmatch(t, name, "-version")
		require.Equal(t, 0, got.Status)
		require.True(t, strings.HasPrefix(got.Stdout, name+" "+program.Version+"\nrevision "), got.Stdout)
	}
}

// TestListIsNotWritten requires the command help to fail if it cannot write its list.
func TestListIsNotWritten(t *testing.T) {
	closed, err := os.Create(t.TempDir() + "/closed")
	require.NoError(t, err)
	require.NoError(t, closed.Close())
	name, run, rest := choose([]string{"help"})
	require.Error(t, run(t.Context(), rest, program.IO{Stdout: closed}))
	require.Equal(t, self, name)
}
