package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// build builds the program, for tests that run it as a separate process.
func build(t *testing.T) string {
	t.Helper()
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("it builds a program and sends it Unix signals")
	}
	program := filepath.Join(t.TempDir(), "hesopmatch")
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".").CombinedOutput()
	require.NoError(t, err, string(out))
	return program
}

// TestInterrupt interrupts a run that is waiting for input. The run must end, and leave no file.
func TestInterrupt(t *testing.T) {
	program := build(t)
	dir := t.TempDir()
	for _, workers := range []string{"1", "3"} {
		cmd := exec.CommandContext(t.Context(), program, "flag", "-icd10", "testdata/codelists/depression.csv",
			"-workers", workers, "-o", filepath.Join(dir, "out.csv"), "-")
		cmd.Dir = "../.."
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		stdin, err := cmd.StdinPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		// This text is larger than a buffer and the pipe together, so the write returns only after the program has
		// opened its output and continued to read.
		_, err = io.WriteString(stdin, "diag_4_01\n"+strings.Repeat("F321\n", 200_000))
		require.NoError(t, err)
		require.Eventually(t, func() bool {
			files, err := os.ReadDir(dir)
			return err == nil && len(files) == 1
		}, 10*time.Second, time.Millisecond, "a partial file")
		require.NoError(t, cmd.Process.Signal(os.Interrupt))
		err = cmd.Wait()
		var exit *exec.ExitError
		require.ErrorAs(t, err, &exit)
		require.Equal(t, 1, exit.ExitCode())
		require.Equal(t, "flag: interrupted\n", stderr.String())
		files, err := os.ReadDir(dir)
		require.NoError(t, err)
		require.Empty(t, files)
	}
}

// TestClosedPipe closes the pipe that the program writes to, as head does. The program must succeed, and write no
// manifest of output that was not written.
func TestClosedPipe(t *testing.T) {
	program := build(t)
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), program, "flag", "-icd10", "testdata/codelists/depression.csv",
		"-manifest", filepath.Join(dir, "m.json"), "testdata/appointments.csv")
	cmd.Dir = "../.."
	r, w, err := os.Pipe()
	require.NoError(t, err)
	require.NoError(t, r.Close())
	cmd.Stdout = w
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	require.NoError(t, cmd.Run(), stderr.String())
	require.Contains(t, stderr.String(), "the reader of standard output has closed it")
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, files, "a manifest of output that was not written")
}

// TestSignals sends one run the signal of a closed terminal, and kills another run. The first must end like an
// interrupted run. The next run in the folder must remove the file that the killed run left.
func TestSignals(t *testing.T) {
	program := build(t)
	dir := t.TempDir()
	// A new process ignores the signals that its parent ignores, as under nohup. It does not ignore the signals that
	// its parent handles.
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	defer signal.Stop(hangup)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	start := func(sent os.Signal) string {
		cmd := exec.CommandContext(ctx, program, "flag", "-icd10", "testdata/codelists/depression.csv", "-o",
			filepath.Join(dir, "out.csv"), "-")
		cmd.Dir = "../.."
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		stdin, err := cmd.StdinPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		_, err = io.WriteString(stdin, "diag_4_01\n"+strings.Repeat("F321\n", 200_000))
		require.NoError(t, err)
		require.Eventually(t, func() bool {
			files, err := os.ReadDir(dir)
			return err == nil && len(files) == 1
		}, 10*time.Second, time.Millisecond, "a partial file")
		require.NoError(t, cmd.Process.Signal(sent))
		var exit *exec.ExitError
		require.ErrorAs(t, cmd.Wait(), &exit)
		return stderr.String()
	}
	require.Equal(t, "flag: interrupted\n", start(syscall.SIGHUP))
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, files)

	start(os.Kill)
	cmd := exec.CommandContext(t.Context(), program, "flag", "-icd10", "testdata/codelists/depression.csv", "-o", filepath.Join(dir, "out.csv"), "testdata/appointments.csv")
	cmd.Dir = "../.."
	out, err := cmd.CombinedOutput()
	require.NoError(t, err)
	require.Contains(t, string(out), "which a run that was killed")
	files, err = os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, files, 1)
	require.Equal(t, "out.csv", files[0].Name())
}

// TestStdoutClosed requires a run without a standard output to fail, unless its output goes to /dev/null on purpose.
func TestStdoutClosed(t *testing.T) {
	program := build(t)
	if runtime.GOOS != "linux" {
		t.Skip("other systems do not show whether standard output is closed")
	}
	for command, status := range map[string]int{
		`"$0" flag -icd10 testdata/codelists/depression.csv testdata/appointments.csv >&-`:                    1,
		`"$0" flag -icd10 testdata/codelists/depression.csv -o - testdata/appointments.csv >&-`:               1,
		`"$0" flag -icd10 testdata/codelists/depression.csv testdata/appointments.csv >/dev/null`:             0,
		`"$0" flag -icd10 testdata/codelists/depression.csv -o /dev/null testdata/appointments.csv >&-`:       0,
		`"$0" flag -icd10 testdata/codelists/depression.csv -o /dev/full testdata/appointments.csv`:           1,
		`"$0" flag -icd10 testdata/codelists/depression.csv testdata/appointments.csv | head -n 1 >/dev/null`: 0,
		// Programs may start others with /dev/null open for reading and writing.
		`"$0" flag -icd10 testdata/codelists/depression.csv testdata/appointments.csv 1<>/dev/null 2>&1`:           0,
		`exec 1<>/dev/null; "$0" flag -icd10 testdata/codelists/depression.csv testdata/appointments.csv; exit $?`: 0,
	} {
		cmd := exec.CommandContext(t.Context(), "sh", "-c", command, program)
		cmd.Dir = "../.."
		out, _ := cmd.CombinedOutput()
		require.Equal(t, status, cmd.ProcessState.ExitCode(), "%s: %s", command, out)
	}
}
