package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// runAsProgram is an environment variable that makes the test binary run as the program.
const runAsProgram = "HESOPMATCH_RUN_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(runAsProgram) != "" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// program runs the program in the root of the repository.
func program(t *testing.T, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	self, err := filepath.Abs(os.Args[0])
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Dir, cmd.Env = "../..", append(os.Environ(), runAsProgram+"=1")
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	err = cmd.Run()
	return out.String(), problems.String(), err
}

func TestPeople(t *testing.T) {
	stdout, stderr, err := program(t, "-list", "testdata/codelists/depression.csv",
		"-list", "testdata/codelists/joints.csv", "testdata/appointments.csv")
	require.NoError(t, err, stderr)
	require.Equal(t, `person,list,first,last,appointments
SYNTH0001,depression,2019-05-08,2019-05-08,1
SYNTH0002,depression,2019-04-11,2019-06-20,2
SYNTH0004,joints,2019-08-02,2019-09-12,2
SYNTH0010,joints,2020-03-02,2020-03-16,2
SYNTH0011,joints,2020-03-30,2020-03-30,1
`, stdout)
	require.Contains(t, stderr, "{Read:24 Skipped:0 Taken:20 NotAttended:4 ", "the log gives the number left out")
	source, err := os.ReadFile("main.go")
	require.NoError(t, err)
	require.LessOrEqual(t, strings.Count(string(source), "\n"), 80, "short enough to copy")
}

func TestWrongUse(t *testing.T) {
	const list, data = "testdata/codelists/joints.csv", "testdata/appointments.csv"
	for _, c := range []struct {
		reason string
		args   []string
		says   string
	}{
		{"no codelist", []string{data}, "usage: people"},
		{"no appointments", []string{"-list", list}, "usage: people"},
		{"a list with rejected rows", []string{"-list", "testdata/codelists/faulty.csv", data}, "7 rejected rows"},
		{"a list that does not exist", []string{"-list", "absent.csv", data}, "absent.csv"},
		{"data that do not exist", []string{"-list", list, "absent.csv"}, "absent.csv"},
	} {
		stdout, stderr, err := program(t, c.args...)
		require.Error(t, err, c.reason)
		require.Contains(t, stderr, c.says, c.reason)
		require.Empty(t, stdout, c.reason)
	}
}
