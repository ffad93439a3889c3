// Package repository tests what the project offers to a repository of codelists: SARIF output, the pre-commit hook and
// the workflow file. examples/repository is such a repository.
package repository

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var root = filepath.Join("..", "..")

// program is the path of the program. TestMain builds it.
var program string

func TestMain(m *testing.M) { os.Exit(testMain(m)) }

func testMain(m *testing.M) int {
	folder, err := os.MkdirTemp("", "repository")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	program = filepath.Join(folder, "hesopmatch")
	build := exec.Command("go", "build", "-o", program, "./examples/hesopmatch")
	build.Dir, build.Stderr = root, os.Stderr
	if err := build.Run(); err != nil {
		panic(err)
	}
	return m.Run()
}

// repository is a git repository for a test.
type repository struct {
	t    *testing.T
	path string
	env  []string
}

// newRepository returns a copy of examples/repository with the program in its folder tools.
func newRepository(t *testing.T) *repository {
	t.Helper()
	r := &repository{t, t.TempDir(), append(
		os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull, "GIT_AUTHOR_NAME=A", "GIT_COMMITTER_NAME=A",
		"GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_EMAIL=a@example.org",
	)}
	require.NoError(t, os.CopyFS(r.path, os.DirFS(filepath.Join(root, "examples", "repository"))))
	binary, err := os.ReadFile(program)
	require.NoError(t, err)
	require.NoError(t, os.Mkdir(filepath.Join(r.path, "tools"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(r.path, "tools", "hesopmatch"), binary, 0o700)) //nolint:gosec // a program
	r.must("git", "init", "--quiet", "--initial-branch=main")
	return r
}

// run runs a command in the repository and returns its output.
func (r *repository) run(name string, args ...string) (output string, err error) {
	r.t.Helper()
	command := exec.CommandContext(r.t.Context(), name, args...) //nolint:gosec // the test chooses the command
	command.Dir, command.Env = r.path, r.env
	out, err := command.CombinedOutput()
	return string(out), err
}

// must runs a command that must succeed.
func (r *repository) must(name string, args ...string) string {
	r.t.Helper()
	output, err := r.run(name, args...)
	require.NoError(r.t, err, "%s %s\n%s", name, strings.Join(args, " "), output)
	return output
}

func (r *repository) write(name, text string) {
	r.t.Helper()
	path := filepath.Join(r.path, filepath.FromSlash(name))
	require.NoError(r.t, os.MkdirAll(filepath.Dir(path), 0o700))
	require.NoError(r.t, os.WriteFile(path, []byte(text), 0o600))
}

// edit replaces a text in a file of the repository. The file must contain the text.
func (r *repository) edit(name, old, changed string) {
	r.t.Helper()
	text, err := os.ReadFile(filepath.Join(r.path, filepath.FromSlash(name)))
	require.NoError(r.t, err)
	require.Contains(r.t, string(text), old)
	require.NoError(r.t, os.WriteFile(filepath.Join(r.path, filepath.FromSlash(name)),
		[]byte(strings.ReplaceAll(string(text), old, changed)), 0o600))
}

// commit adds and commits all files, which runs the installed hooks.
func (r *repository) commit() (output string, err error) {
	r.t.Helper()
	r.must("git", "add", "--all")
	return r.run("git", "commit", "--quiet", "--message=a commit")
}

// refused tries to make a commit. The hook must refuse it and print the given words, and git must commit nothing.
func (r *repository) refused(words ...string) {
	r.t.Helper()
	before, _ := r.run("git", "rev-parse", "HEAD")
	output, err := r.commit()
	require.Error(r.t, err, output)
	for _, word := range words {
		require.Contains(r.t, output, word)
	}
	after, _ := r.run("git", "rev-parse", "HEAD")
	require.Equal(r.t, before, after)
}

// accepted makes a commit and requires it to succeed.
func (r *repository) accepted() (output string) {
	r.t.Helper()
	before, _ := r.run("git", "rev-parse", "HEAD")
	output, err := r.commit()
	require.NoError(r.t, err, output)
	require.NotEqual(r.t, before, r.must("git", "rev-parse", "HEAD"))
	return output
}

// bad is a codelist whose third line is rejected.
const bad = "code,term\nI10,Hypertension\nIX,Chapter\n"
