package browser

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// lists are codelists of the page: common and rare, nested, with hostile names and terms.
var lists = map[string]string{
	"depression":                  "icd10,term\nF32,Depressive episode\nF33,Recurrent\n",
	"diabetes":                    "icd10,term\nE10-E14,Diabetes\n",
	"type 2 diabetes":             "icd10,term\nE11,Type 2\n",
	"rare":                        "icd10,term\nE75,Sphingolipidosis\n",
	"joint replacement":           "opcs4,term\nW37,Hip\nW40,Knee\n",
	"<script>alert(1)<_script> &": "opcs4,term\nC71-C75,\"<img src=x onerror=alert(1)>\"\n",
	"a list with a name that is longer than any sensible list has and does not break anywhere_at_all_because_it_is_one_word": "icd10\nC50\n",
}

// makePage runs synth and cohort, and returns the path of the page.
func makePage(t *testing.T, profile string) string {
	t.Helper()
	dir := t.TempDir()
	program := filepath.Join(dir, "hesopmatch")
	build := exec.Command("go", "build", "-o", program, "./examples/hesopmatch")
	build.Dir = filepath.Join("..", "..")
	output, err := build.CombinedOutput()
	require.NoError(t, err, "%s", output)

	data, page := filepath.Join(dir, "appointments.csv"), filepath.Join(dir, "page.html")
	run(t, program, "synth", "-rows", "60000", "-o", data)
	args := []string{"cohort", "-format", "html", "-disclosure", profile, "-o", page}
	n := 0
	for name, text := range lists {
		path := filepath.Join(dir, fmt.Sprintf("%d.csv", n))
		n++
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		args = append(args, "-codelist", name+"="+path)
	}
	run(t, program, append(args, data)...)
	return page
}

func run(t *testing.T, name string, args ...string) {
	t.Helper()
	output, err := exec.Command(name, args...).CombinedOutput()
	require.NoError(t, err, "%s", output)
}
