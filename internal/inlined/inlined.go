// Package inlined lets tests check that the compiler still inlines the small functions that a hot loop calls for each
// row or code.
package inlined

import (
	"os/exec"
	"regexp"
	"testing"
)

// Require fails the test if the compiler cannot inline one of the functions of the package in the current folder. Names
// are those that the compiler prints: "plain" or "(*Type).Method".
func Require(t *testing.T, functions ...string) {
	t.Helper()
	tool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("the test needs the go command")
	}
	output, err := exec.CommandContext(t.Context(), tool, "build", "-gcflags=-m", ".").CombinedOutput()
	if err != nil {
		t.Fatalf("go build: %v\n%s", err, output)
	}
	for _, f := range functions {
		if !regexp.MustCompile(`(?m): can inline ` + regexp.QuoteMeta(f) + `$`).Match(output) {
			t.Errorf("the compiler no longer inlines %s, or knows it by another name", f)
		}
	}
}
