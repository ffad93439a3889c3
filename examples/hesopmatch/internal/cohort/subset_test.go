package cohort

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// submitted writes a codelist that an extract was made with, and returns its path. The name of the folder must not be
// released.
func submitted(t *testing.T, name, text string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "folder-of-the-machine")
	require.NoError(t, os.Mkdir(dir, 0o700))
	path := filepath.Join(dir, name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// entryCode matches a category with all its codes, as tables of entries show it.
var entryCode = regexp.MustCompile(`[A-Z]\d\d%`)

// TestSubsetBy checks that page, summary and report say that the data are an extract, and that the page has no shares
// of all appointments.
func TestSubsetBy(t *testing.T) {
	t.Chdir("../../../..")
	const says = "These appointments are an extract made with the codelist submitted.csv. " +
		"No match, unknown and missing describe the extract, not all appointments"
	list := submitted(t, "submitted.csv",
		"coding_system,code\nICD-10,F32%\nICD-10,F33\nICD-10,F34\nOPCS-4,W\nOPCS-4,Z94\n")
	data := synthetic(t, 3000)
	for _, profile := range []string{"none", "ukllc"} {
		path := filepath.Join(t.TempDir(), "summary.csv")
		args := with("-allow-broad", "-format", "html", "-disclosure", profile, "-summary", path)

		got := runHere(t, "", append(args, data)...)
		require.Equal(t, 0, got.Status, got.Stderr)
		require.GreaterOrEqual(t, strings.Count(got.Stdout, ">Share"), 5, "charts of shares")
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, out := range []string{got.Stdout, got.Stderr, string(text)} {
			require.NotContains(t, out, "extract", "without -subset-by")
		}

		got = runHere(t, "", append(args, "-subset-by", list, data)...)
		require.Equal(t, 0, got.Status, got.Stderr)
		require.Equal(t, 2, strings.Count(got.Stdout, says), "above the numbers and among the limits")
		require.Equal(t, 5, strings.Count(got.Stdout, "No shares are drawn"), "for the answers, by year, by sex and age, by "+
			"attendance and specialty, and for what is missing")
		_, shown, _ := strings.Cut(got.Stdout, "<body>")
		require.NotRegexp(t, `>Share|per ?cent|\b[\d.]+%|ost (outpatient )?appointments (carry no code|say nothing)`,
			entryCode.ReplaceAllString(shown, ""))
		require.NotContains(t, shown, `<svg class="bar"`, "a bar is a share")
		require.Contains(t, shown, "What each list says about the appointments", "the counts stay")
		require.Contains(t, got.Stderr, "note: "+says)
		require.Contains(t, got.Stderr, "submitted.csv: 5 entries", "the report counts the rows of this list as it does for other lists")

		text, err = os.ReadFile(path)
		require.NoError(t, err)
		summary := string(text)
		require.Contains(t, summary, `limits of the data,,,,"`+says)
		require.Contains(t, summary, "provenance,,option,,-subset-by submitted.csv\n")
		require.Contains(t, summary, "provenance,,codelist of the extract,,submitted.csv\n")
		require.Contains(t, summary, "provenance,,fingerprint of the codes of the extract,,")
		require.NotContains(t, summary+got.Stdout, "folder-of-the-machine")
	}
}

// TestSubsetCoverage checks that the run warns of lists that cover more codes than the lists of the extract.
func TestSubsetCoverage(t *testing.T) {
	t.Chdir("../../../..")
	const (
		depression = "testdata/codelists/depression.csv"
		joints     = "testdata/cases/joints.csv"
		broader    = "the list covers "
	)
	both := []string{"-icd10", depression, "-opcs4", joints}
	for _, tt := range []struct {
		reason  string
		lists   []string
		by      []string
		warning string // "" for none
	}{
		{"the extract was made with the lists of the run, named by name and by file", both, []string{"depression", "./" + joints}, ""},
		{"the list of the extract has no codes of the other system", both, []string{"depression"}, "joints: " + broader +
			"W37%, W381, W40%, W41X, Z94%, but the extract was not made with these codes"},
		{
			"the same codes in another form", both[:2],
			[]string{submitted(t, "a.csv", "icd10\nF321\nF322\nF32X\nF33%\nF341\n")},
			"",
		},
		{"one code fewer", both[:2], []string{submitted(t, "a.csv", "icd10\nF321\nF32X\nF33%\nF341\n")}, "depression: " +
			broader + "F322, but the extract was not made with these codes"},
		{
			"an exclusion",
			[]string{"-exclude-column", "type", "-icd10", submitted(t, "all.csv", "icd10,type\nF33,include\n")},
			[]string{submitted(t, "a.csv", "icd10,type\nF33%,include\nF334,exclude\n")},
			"all: " + broader + "F334, but the extract was not made with these codes",
		},
		{
			"two lists of the extract that cover the list only together", both[:2],
			[]string{submitted(t, "a.csv", "icd10\nF32%\n"), submitted(t, "b.csv", "icd10\nF33%\nF34%\n")},
			"",
		},
		{
			"codes that neither of two lists of the extract covers", both[:2],
			[]string{submitted(t, "a.csv", "icd10\nF32%\nF330\n"), submitted(t, "b.csv", "icd10\nF34%\nF331\n")},
			"depression: " + broader + "F332, F333, F334, F335, F336 and 4 more, but the extract was not made with these codes",
		},
		{
			"fifth characters, and the code of four characters alone",
			[]string{"-icd10", submitted(t, "all.csv", "icd10\nM051\nM06\n")},
			[]string{submitted(t, "a.csv", "icd10\nM0510\nM06\n"), submitted(t, "b.csv", "icd10\nM0511\nM0512\n")},
			"all: " + broader + "M051 alone, M0513, M0514, M0515, M0516 and 3 more, but the extract was not made with these codes",
		},
		{
			"lists of groups, one named by its name and all of them by their file",
			[]string{"-icd10", "testdata/codelists/conditions.csv", "-group", "Concept Name", "-lenient"},
			[]string{"Depression", "testdata/codelists/conditions.csv"},
			"",
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			args := append([]string{}, tt.lists...)
			for _, by := range tt.by {
				args = append(args, "-subset-by", by)
			}
			got := runHere(t, "", append(args, "testdata/appointments.csv")...)
			require.Equal(t, 0, got.Status, got.Stderr)
			require.Contains(t, got.Stderr, "note: These appointments are an extract")
			if tt.warning == "" {
				require.NotContains(t, got.Stderr, broader)
				return
			}
			require.Contains(t, got.Stderr, "warning: "+tt.warning)
			got = runHere(t, "", append(args, "-warnings", "error", "testdata/appointments.csv")...)
			require.Equal(t, 1, got.Status, got.Stderr)
		})
	}
}

func TestSubsetMisuse(t *testing.T) {
	t.Chdir("../../../..")
	output := submitted(t, "a.csv", "icd10\nF32\n")
	for _, tt := range []struct {
		reason string
		args   []string
		status int
		says   string
	}{
		{"an empty name", []string{"-subset-by", ""}, 2, "-subset-by \"\": must be the NAME of a codelist of this run, or " +
			"the FILE of one"},
		{"a blank name", []string{"-subset-by", " "}, 2, "must be the NAME"},
		{"a file that does not exist", []string{"-subset-by", "none.csv"}, 1, "none.csv: no such file; name a codelist of " +
			"this run by its NAME or FILE, or write the codes"},
		{
			"a file that does not state its system",
			[]string{"-subset-by", submitted(t, "c.csv", "code\nF32\n")},
			1,
			"or name the file with -icd10 or -opcs4 as well",
		},
		{"a file that would be overwritten", []string{"-subset-by", output, "-o", output}, 2, "would be overwritten"},
	} {
		got := runHere(t, "", with(append(tt.args, "testdata/appointments.csv")...)...)
		require.Equal(t, tt.status, got.Status, "%s: %s", tt.reason, got.Stderr)
		require.Contains(t, got.Stderr, tt.says, tt.reason)
		require.Empty(t, got.Stdout, tt.reason)
	}
}
