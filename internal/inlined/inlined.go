// Package inlined tells in tests whether the compiler still inlines the small functions
// that a hot loop calls for each row or code.
package inlined

import (
	"os/exec"
	"regexp"
	"testing"
)

// Require fails the test if one of the functions of the package in the current folder is
// not inlined any more. They are called as the compiler calls them: "plain" or
// "(*Type).Method".
func Require(t *testing.T, functions ...string) {
	t.Helper()
	tool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("the go command is needed to ask the compiler")
	}
	said, err := exec.CommandContext(t.Context(), tool, "build", "-gcflags=-m", ".").CombinedOutput()
	if err != nil {
		t.Fatalf("go build: %v\n%s", err, said)
	}
	for _, f := range functions {
		if !regexp.MustCompile(`(?m): can inline ` + regexp.QuoteMeta(f) + `$`).Match(said) {
			t.Errorf("%s is not inlined any more, or is called otherwise", f)
		}
	}
}
