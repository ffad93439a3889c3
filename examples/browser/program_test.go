package browser

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// The map hostile holds codelists for a page. Some are common, rare or nested, and some have hostile names and terms.
var hostile = map[string]string{
	"depression":                  "icd10,term\nF32,Depressive episode\nF33,Recurrent\n",
	"diabetes":                    "icd10,term\nE10-E14,Diabetes\n",
	"type 2 diabetes":             "icd10,term\nE11,Type 2\n",
	"rare":                        "icd10,term\nE75,Sphingolipidosis\n",
	"joint replacement":           "opcs4,term\nW37,Hip\nW40,Knee\n",
	"<script>alert(1)<_script> &": "opcs4,term\nC71-C75,\"<img src=x onerror=alert(1)>\"\n",
	"a list with a name that is longer than any sensible list has and does not break anywhere_at_all_because_it_is_one_word": "icd10\nC50\n",
}

// The map five holds five codelists for a page, like those of a study.
var five = map[string]string{
	"type 2 diabetes": "icd10,term\nE11,Type 2 diabetes mellitus\nE11.9,\"Type 2 diabetes mellitus, without " +
		"complications\"\nE11.3,\"Type 2 diabetes mellitus, with ophthalmic complications\"\n",
	"ischaemic heart disease": "icd10,term\nI20.9,\"Angina pectoris, unspecified\"\nI25.1,Atherosclerotic heart disease\n" +
		"I25.9,\"Chronic ischaemic heart disease, unspecified\"\nI21,Acute myocardial infarction\n",
	"depression":              "icd10,term\nF32,Depressive episode\nF33,Recurrent depressive disorder\nF34.1,Dysthymia\n",
	"asthma":                  "icd10,term\nJ45.9,\"Asthma, unspecified\"\nJ45.0,Predominantly allergic asthma\nJ46,Status asthmaticus\n",
	"hip or knee replacement": "opcs4,term\nW37,Hip joint using cement\nW38,Hip joint not using cement\nW40,Knee joint using cement\n",
}

// The map one holds a single codelist, for a page with one list.
var one = map[string]string{"asthma": "icd10,term\nJ45,Asthma\n"}

// data holds the paths of the program and of the appointments for pages.
type data struct{ program, appointments string }

// makeData builds the program and writes appointments with synth.
func makeData(t *testing.T) data {
	t.Helper()
	dir := t.TempDir()
	d := data{filepath.Join(dir, "hesopmatch"), filepath.Join(dir, "appointments.csv")}
	build := exec.Command("go", "build", "-o", d.program, "./examples/hesopmatch")
	build.Dir = filepath.Join("..", "..")
	output, err := build.CombinedOutput()
	require.NoError(t, err, "%s", output)
	run(t, d.program, "synth", "-rows", "60000", "-o", d.appointments)
	return d
}

// page runs cohort and returns the path of its page.
func (d data) page(t *testing.T, profile string, lists map[string]string, more ...string) string {
	t.Helper()
	dir := t.TempDir()
	page := filepath.Join(dir, "page.html")
	args := []string{"cohort", "-format", "html", "-disclosure", profile, "-o", page}
	n := 0
	for _, name := range slices.Sorted(maps.Keys(lists)) {
		path := filepath.Join(dir, fmt.Sprintf("%d.csv", n))
		n++
		require.NoError(t, os.WriteFile(path, []byte(lists[name]), 0o600))
		args = append(args, "-codelist", name+"="+path)
	}
	args = append(args, more...)
	run(t, d.program, append(args, d.appointments)...)
	return page
}

func run(t *testing.T, name string, args ...string) {
	t.Helper()
	output, err := exec.Command(name, args...).CombinedOutput()
	require.NoError(t, err, "%s", output)
}
