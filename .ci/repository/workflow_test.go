package repository

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rhysd/actionlint"
	"github.com/stretchr/testify/require"
)

const workflow = ".github/workflows/codelists.yml"

// actionlintErrors returns the errors that actionlint finds in a workflow.
func actionlintErrors(t *testing.T, text string) []*actionlint.Error {
	t.Helper()
	var output bytes.Buffer
	linter, err := actionlint.NewLinter(&output, &actionlint.LinterOptions{})
	require.NoError(t, err)
	found, err := linter.Lint(workflow, []byte(text), nil)
	require.NoError(t, err)
	return found
}

func TestActionlint(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "examples", "repository", filepath.FromSlash(workflow)))
	require.NoError(t, err)
	require.Empty(t, actionlintErrors(t, string(text)))
	for old, broken := range map[string]string{
		"runs-on: ubuntu-latest":  "runs-on: ubuntu-oldest",
		"if: always()":            "if: allways()",
		"security-events: write":  "security-events: yes",
		"actions/checkout@v5":     "actions/checkout@v5\n        with: {fetch-dept: 1}",
		"run: tools/hesopmatch":   "uses: x@v1\n        run: tools/hesopmatch",
		"permissions:\n      con": "permission:\n      con",
	} {
		require.Contains(t, string(text), old)
		require.NotEmpty(t, actionlintErrors(t, strings.Replace(string(text), old, broken, 1)), broken)
	}
}

// upload is an action that stands in for github/codeql-action/upload-sarif, which needs GitHub. The stand-in saves the
// file that it gets.
const upload = `name: upload
description: keeps a file
inputs:
  sarif_file: {description: the file, required: true}
  category: {description: not used, required: true}
runs:
  using: composite
  steps:
    - shell: bash
      run: cp "${{ inputs.sarif_file }}" "FOLDER/uploaded.sarif"
`

// act runs the workflow with the program act, on this machine and without containers. The steps run as on GitHub, with
// two exceptions: the files of the repository are present without actions/checkout, and the action in the constant
// upload replaces the real one. The function returns the log and the uploaded file, and an error if the job fails.
func act(t *testing.T, r *repository) (log string, uploaded []byte, err error) {
	t.Helper()
	path := os.Getenv("HESOPMATCH_ACT")
	if path == "" {
		t.Skip("HESOPMATCH_ACT is not set; .ci/repository/run sets it to the program act")
	}
	folder := t.TempDir()
	action := filepath.Join(folder, "action", "upload-sarif")
	require.NoError(t, os.MkdirAll(action, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(action, "action.yml"), []byte(strings.ReplaceAll(upload, "FOLDER", folder)), 0o600))
	command := exec.CommandContext(t.Context(), path, "push", "--platform", "ubuntu-latest=-self-hosted", "--no-cache-server",
		"--local-repository", "github/codeql-action@v4="+filepath.Join(folder, "action"))
	command.Dir = r.path
	command.Env = append(r.env, "HOME="+folder, "XDG_CACHE_HOME="+filepath.Join(folder, "cache"))
	out, err := command.CombinedOutput()
	uploaded, _ = os.ReadFile(filepath.Join(folder, "uploaded.sarif")) // nil if nothing was uploaded
	return string(out), uploaded, err
}

// TestWorkflow runs the workflow on good codelists and on a bad one.
func TestWorkflow(t *testing.T) {
	r := newRepository(t)
	r.accepted()
	log, uploaded, err := act(t, r)
	require.NoError(t, err, log)
	require.NotContains(t, log, "::error")
	require.NoError(t, validate(t, uploaded))
	require.NotContains(t, string(uploaded), `"ruleId"`)

	r.write("codelists/icd10/bad, with a comma.csv", bad)
	r.accepted()
	log, uploaded, err = act(t, r)
	require.Error(t, err, log)
	require.Contains(t, log, "::error file=codelists/icd10/bad%2C with a comma.csv,line=3,title=rejected%3A chapter number::"+
		`codelists/icd10/bad, with a comma.csv: rejected, 1 row: chapter number%0Aline 3, column 1: "IX"%0A→ take the row out`)
	require.NoError(t, validate(t, uploaded))
	require.Contains(t, string(uploaded), `"uri": "codelists/icd10/bad%2C%20with%20a%20comma.csv"`)
	require.Contains(t, string(uploaded), `"ruleId": "rejected/chapter-number"`)

	// A wrong option is not a finding. The step that writes SARIF fails and leaves no file to upload, not even that
	// of an earlier run.
	r.write("codelists.sarif", string(uploaded))
	r.edit("codelists.options", "-warnings report", "-warning report")
	r.accepted()
	log, uploaded, err = act(t, r)
	require.Error(t, err, log)
	require.Contains(t, log, "no option -warning: did you mean -warnings?")
	require.Empty(t, uploaded)
}
