package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestCompletionOfBash runs the script in bash and checks what it completes.
func TestCompletionOfBash(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("bash is missing")
	}
	script := filepath.Join(t.TempDir(), "hesopmatch.bash")
	require.NoError(t, os.WriteFile(script, []byte(hesopmatch(t, "help", "completion", "bash").Stdout), 0o666))
	for _, tt := range []struct {
		reason, line, want string // the script completes the last word of line
	}{
		{"a command", "hesopmatch co", "cohort"},
		{"two commands that begin with the same letter", "hesopmatch s", "syntax synth"},
		{"an option", "hesopmatch flag -qual", "-quality"},
		{"options of one command only", "hesopmatch synth -missing", "-missing-diagnosis -missing-procedure"},
		{"a word of an option", "hesopmatch flag -format h", "hits"},
		{"words of the same option in another command", "hesopmatch cohort -format h", "html"},
		{"all words", "hesopmatch lint -format ", "text csv json github sarif"},
		{"a file, which the shell completes", "hesopmatch flag -icd10 x", ""},
		{"a command after help", "hesopmatch help li", "lint"},
		{"a shell", "hesopmatch help completion p", "powershell"},
		{"an unknown command", "hesopmatch xyz -", ""},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			words := strings.Split(tt.line, " ")
			ask := `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _hesopmatch; echo "${COMPREPLY[*]}"`
			out, err := exec.CommandContext(t.Context(), bash, append([]string{"-c", ask, "bash", script}, words...)...).CombinedOutput()
			require.NoError(t, err, string(out))
			require.Equal(t, tt.want, strings.TrimSpace(string(out)))
		})
	}
}

// TestCompletionNames requires both scripts to name options, words and commands, and "help completion" to refuse any
// other shell.
func TestCompletionNames(t *testing.T) {
	for _, shell := range []string{"bash", "powershell"} {
		text := hesopmatch(t, "help", "completion", shell).Stdout
		for _, part := range []string{"-icd10 -opcs4 -codelist", "matched all", "sqlserver spark duckdb", "lint flag"} {
			require.Contains(t, text, part, shell)
		}
	}
	got := hesopmatch(t, "help", "completion", "powershel")
	require.Equal(t, 2, got.Status)
	require.Contains(t, got.Stderr, "help completion powershel: did you mean powershell? the shells are bash, powershell")
}
