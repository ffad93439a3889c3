package repository

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// hooks is a clone of the project that the repositories of all tests share. pre-commit builds the hook once, from this
// clone.
type hooks struct{ project, revision string }

var clone = sync.OnceValues(func() (h hooks, err error) {
	h.project = filepath.Join(filepath.Dir(program), "project")
	if err := exec.Command("git", "clone", "--quiet", root, h.project).Run(); err != nil {
		return h, err
	}
	revision, err := exec.Command("git", "-C", h.project, "rev-parse", "HEAD").Output()
	h.revision = strings.TrimSpace(string(revision))
	return h, err
})

func newHooks(t *testing.T) hooks {
	t.Helper()
	python := os.Getenv("HESOPMATCH_PRECOMMIT_PYTHON")
	if python == "" {
		t.Skip("HESOPMATCH_PRECOMMIT_PYTHON is not set; .ci/repository/run sets it to a Python with pre-commit")
	}
	h, err := clone()
	require.NoError(t, err)
	modules, err := exec.CommandContext(t.Context(), "go", "env", "GOMODCACHE").Output()
	require.NoError(t, err)
	t.Setenv("GOMODCACHE", strings.TrimSpace(string(modules))) // otherwise pre-commit downloads every module again
	t.Setenv("PATH", filepath.Dir(python)+string(filepath.ListSeparator)+os.Getenv("PATH"))
	t.Setenv("PRE_COMMIT_HOME", filepath.Join(filepath.Dir(program), "pre-commit"))
	t.Setenv("PRE_COMMIT_COLOR", "never") //nolint:misspell // the name of pre-commit's variable
	return h
}

// repository returns a repository whose pre-commit configuration names the clone.
func (h hooks) repository(t *testing.T) *repository {
	t.Helper()
	r := newRepository(t)
	r.edit(".pre-commit-config.yaml", "/path/to/hesopmatch", h.project)
	r.edit(".pre-commit-config.yaml", "v0.1.0", h.revision)
	return r
}

// TestPreCommit tests the hook as pre-commit installs it from a clone of the project.
func TestPreCommit(t *testing.T) {
	h := newHooks(t)

	t.Run("pre-commit accepts the manifest of the project and the configuration of the example", func(t *testing.T) {
		r := h.repository(t)
		r.must("pre-commit", "validate-manifest", filepath.Join(h.project, ".pre-commit-hooks.yaml"))
		r.must("pre-commit", "validate-config", ".pre-commit-config.yaml")
	})

	t.Run("a commit with a bad list is refused", func(t *testing.T) {
		r := h.repository(t)
		r.must("pre-commit", "install")
		require.Contains(t, r.accepted(), "codelists can be used")
		r.write("codelists/icd10/bad.csv", bad)
		r.refused("codelists/icd10/bad.csv: cannot be used as it is", `line 3, column 1: "IX"`,
			"rejected, 1 row: chapter number", "-headings ignore")
		r.write("codelists/icd10/bad.csv", strings.ReplaceAll(bad, "IX", "I11"))
		require.Regexp(t, `codelists can be used\.+Passed`, r.accepted())
		r.write("codelists/icd10/appointments.csv", "pseudo_hesid,apptdate,diag_01\nX,2020-01-01,I10\n")
		r.refused("codelists/icd10/appointments.csv: refused", "rows of people, not a codelist")
		require.NoError(t, os.Remove(filepath.Join(r.path, "codelists", "icd10", "appointments.csv")))
		r.write("notes.md", "# Notes\n")
		require.Regexp(t, `codelists can be used\.+\(no files to check\)Skipped`, r.accepted())
	})

	t.Run("a warning is refused if the options of the repository say so", func(t *testing.T) {
		r := h.repository(t)
		r.must("pre-commit", "install")
		r.write("codelists/icd10/missing.csv", "code\nR69\n")
		r.accepted()
		r.edit("codelists.options", "-warnings report", "-warnings error")
		r.refused("R69 stands for missing values", "-warnings error makes them fail")
	})

	t.Run("without options, each file must state its coding system", func(t *testing.T) {
		r := h.repository(t)
		config, err := os.ReadFile(filepath.Join(r.path, ".pre-commit-config.yaml"))
		require.NoError(t, err)
		head, _, found := strings.Cut(string(config), "      - id: hesopmatch-lint\n")
		require.True(t, found)
		r.write(".pre-commit-config.yaml", head+"      - id: hesopmatch-lint\n")
		require.NoError(t, os.RemoveAll(filepath.Join(r.path, "codelists", "icd10")))
		require.NoError(t, os.RemoveAll(filepath.Join(r.path, "codelists", "opcs4")))
		r.must("pre-commit", "install")
		r.write("codelists/README.md", "# No codelist\n")
		r.write("codelists/both/a list.csv", "code,coding_system\nI10,ICD-10\n")
		r.write("package.json", "{}\n")
		r.accepted()
		r.write("codelists/both/a list.csv", "code,coding_system\nI10,ICD-10\nIX,ICD-10\n")
		r.refused("codelists/both/a list.csv: cannot be used as it is", `line 3, column 1: "IX"`)
	})
}

// TestPlainHook installs the hook that needs only git.
func TestPlainHook(t *testing.T) {
	r := newRepository(t)
	r.must("git", "config", "core.hooksPath", "hooks")
	require.NotContains(t, r.accepted(), "for a protocol", "the hook prints little about a good list")
	r.write("codelists/opcs4/bad.csv", "code\nW37\nnot a code\n")
	r.refused("codelists/opcs4/bad.csv: cannot be used as it is", `line 3, column 1: "not a code"`)
	require.NoError(t, os.Remove(filepath.Join(r.path, "tools", "hesopmatch")))
	r.refused("tools/hesopmatch")
}

var (
	shellBlock = regexp.MustCompile("(?s)```sh\n(.*?)```")
	namedFile  = regexp.MustCompile("`([a-z0-9./-]+/[a-z0-9.*-]*|\\.pre-commit-config\\.yaml|codelists\\.options)`")
)

// TestReadme runs the commands of the README in order. Every file that the README names must exist.
func TestReadme(t *testing.T) {
	h := newHooks(t)
	r := h.repository(t)
	readme, err := os.ReadFile(filepath.Join(r.path, "README.md"))
	require.NoError(t, err)
	blocks := shellBlock.FindAllStringSubmatch(string(readme), -1)
	require.Len(t, blocks, 4)
	for _, block := range blocks {
		r.must("bash", "-e", "-c", block[1])
	}
	names := namedFile.FindAllStringSubmatch(string(readme), -1)
	require.NotEmpty(t, names)
	for _, name := range names {
		found, err := filepath.Glob(filepath.Join(r.path, name[1]))
		require.NoError(t, err)
		require.NotEmpty(t, found, name[1])
	}
}
