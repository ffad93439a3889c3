package cohort

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// released writes a release of some appointments and returns its folder.
func released(t *testing.T, data string, args ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "release")
	got := runHere(t, "", with(append(args, "-disclosure", "ukllc", "-release", dir, data)...)...)
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Empty(t, got.Stdout, "the run writes only the folder")
	return dir
}

// allOf returns the text of all files of a folder.
func allOf(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	require.NoError(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			all.Write(text)
		}
		return err
	}))
	return all.String()
}

// TestReleaseTellsNothingExact checks that a release has neither the number of rows in the data, nor their checksum,
// nor the size of the file. With these, someone could guess the content of a small file and check each guess.
func TestReleaseTellsNothingExact(t *testing.T) {
	t.Chdir("../../../..")
	data := synthetic(t, 3217)
	text, err := os.ReadFile(data)
	require.NoError(t, err)
	sum := sha256.Sum256(text)
	manifest := filepath.Join(t.TempDir(), "manifest.json")
	dir := released(t, data, "-manifest", manifest)
	all := allOf(t, dir)
	require.Contains(t, all, "3220")
	require.NotContains(t, all, "3217")
	require.NotContains(t, all, hex.EncodeToString(sum[:]))
	require.NotContains(t, all, filepath.Dir(data))
	require.Contains(t, all, "fewer than ten people, zero included")

	// The manifest stays in the environment, so it contains these facts.
	text, err = os.ReadFile(manifest)
	require.NoError(t, err)
	require.Contains(t, string(text), "3217")
	require.Contains(t, string(text), hex.EncodeToString(sum[:]))
	var m manifestText
	require.NoError(t, json.Unmarshal(text, &m))
	require.Equal(t, "cohort", m.Program)
	require.NotEmpty(t, m.Revision)
	require.Contains(t, m.Note, "not fit to leave")
	require.Equal(t, "ukllc", m.Disclosure.Name)
}

// manifestText has the fields of a manifest that the test reads.
type manifestText struct {
	Program, Revision, Note string
	Disclosure              struct{ Name string }
}

// TestReleaseWholeOrAbsent checks that a run that fails leaves no folder, and keeps a folder that existed.
func TestReleaseWholeOrAbsent(t *testing.T) {
	t.Chdir("../../../..")
	const input = "testdata/appointments.csv"
	dir := t.TempDir()
	there := filepath.Join(dir, "there")
	require.NoError(t, os.Mkdir(there, 0o700))
	cut := filepath.Join(dir, "cut.csv")
	require.NoError(t, os.WriteFile(cut, []byte("pseudo_hesid,apptdate,diag_4_01\n1,2019-05-01,F321\n1\n"), 0o600))
	noPerson := filepath.Join(dir, "noperson.csv")
	require.NoError(t, os.WriteFile(noPerson, []byte("apptdate,diag_4_01\n2019-05-01,F321\n"), 0o600))
	for _, tt := range []struct {
		reason string
		args   []string
		status int
		want   string
	}{
		{"a folder that exists", []string{"-disclosure", "ukllc", "-release", there, input}, 1, "-release " + there +
			": already exists"},
		{"a scan that fails", []string{"-disclosure", "ukllc", "-release", filepath.Join(dir, "new"), cut}, 1, "line 3"},
		{
			"no column of the person",
			[]string{"-disclosure", "ukllc", "-release", filepath.Join(dir, "new"), noPerson},
			1,
			"; -person names one",
		},
		{
			"no such rule",
			[]string{"-disclosure", "ukll", "-release", filepath.Join(dir, "new"), input},
			2,
			`no profile "ukll"`,
		},
		{"no rule", []string{"-release", filepath.Join(dir, "new"), input}, 2, "-release needs a rule"},
		{"one name for two outputs", []string{
			"-disclosure", "ukllc", "-release", filepath.Join(dir, "new"), "-format", "html", "-o",
			filepath.Join(dir, "new"), input,
		}, 2, "-o and -release both name it"},
		{"a summary that cannot be created", []string{
			"-disclosure", "ukllc", "-release", filepath.Join(dir, "new"), "-summary", filepath.Join(dir, "none",
				"s.csv"), input,
		}, 1, "none"},
		{"a manifest that cannot be created", []string{
			"-disclosure", "ukllc", "-format", "html", "-manifest", filepath.Join(dir, "none", "m.json"),
			"-o", filepath.Join(dir, "p.html"), input,
		}, 1, "none"},
		{"an output that cannot be created", []string{
			"-disclosure", "ukllc", "-format", "html", "-manifest", filepath.Join(dir, "m.json"),
			"-o", filepath.Join(dir, "none", "p.html"), input,
		}, 1, "none"},
		{"standard output for a folder", []string{"-disclosure", "ukllc", "-release", "-", input}, 2, "only -o takes - for standard output"},
		{"a summary that would overwrite the earlier release", []string{
			"-disclosure", "ukllc", "-compare-release", dir, "-release", filepath.Join(dir, "new"),
			"-summary", filepath.Join(dir, "tables.csv"), input,
		}, 2, "would be overwritten"},
		{
			"an option after the input",
			[]string{"-disclosure", "ukllc", "-compare-release", dir, input, "-release", "x"},
			2,
			"follows a file",
		},
		{"a folder without tables", []string{
			"-disclosure", "ukllc", "-compare-release", dir, "-release",
			filepath.Join(dir, "new"), input,
		}, 1, "it has no file tables.csv"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			got := runHere(t, "", with(tt.args...)...)
			require.Equal(t, tt.status, got.Status, got.Stderr)
			require.Contains(t, got.Stderr, tt.want)
			require.Empty(t, got.Stdout)
			files, err := os.ReadDir(dir)
			require.NoError(t, err)
			require.Len(t, files, 3)
			files, err = os.ReadDir(there)
			require.NoError(t, err)
			require.Empty(t, files)
		})
	}
}

// TestCompareRelease checks that a release names each of its numbers that differs by at most one rounding step from the
// same number of an earlier release.
func TestCompareRelease(t *testing.T) {
	t.Chdir("../../../..")
	data := synthetic(t, 3217)
	earlier := released(t, data)
	compared := func(args ...string) string {
		text, err := os.ReadFile(filepath.Join(released(t, data, append(args, "-compare-release", earlier)...),
			"compared.csv"))
		require.NoError(t, err)
		return string(text)
	}
	const header = "table: list: group: measure: list of the earlier release,value\n"
	require.Equal(t, header, compared(), "the same lists and data reveal nothing new")
	require.Contains(t, compared("-attended"), "financial_year: ", "a number is near if few of its appointments "+
		"were not attended")

	// If a list has one code fewer, equal numbers reveal that few people have that code.
	less := filepath.Join(t.TempDir(), "joints.csv")
	text, err := os.ReadFile("testdata/cases/joints.csv")
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	require.NoError(t, os.WriteFile(less, []byte(strings.Join(lines[:len(lines)-1], "\n")+"\n"), 0o600))
	dir := filepath.Join(t.TempDir(), "release")
	got := runHere(t, "", "-icd10", "testdata/codelists/depression.csv", "-opcs4", less, "-disclosure", "ukllc",
		"-release", dir, "-compare-release", earlier, data)
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Contains(t, got.Stderr, "warning: ")
	require.Contains(t, got.Stderr, "differ by one rounding step or less")
	text, err = os.ReadFile(filepath.Join(dir, "compared.csv"))
	require.NoError(t, err)
	require.Contains(t, string(text), "lists: joints: unknown_not_coded: joints,")
	require.NotContains(t, string(text), "depression")

	// Without a folder, the warning names some of the numbers.
	got = runHere(t, "", with("-attended", "-format", "html", "-o", filepath.Join(t.TempDir(), "p.html"), "-disclosure",
		"ukllc", "-compare-release", earlier, data)...)
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Regexp(t, `from few people: \S+ \S+`, got.Stderr)
}

// TestCompareHidden checks that a shown number counts as near if the earlier release hid that number.
func TestCompareHidden(t *testing.T) {
	t.Chdir("../../../..")
	file := func(people int) string {
		path := filepath.Join(t.TempDir(), "data.csv")
		var text strings.Builder
		text.WriteString("pseudo_hesid,apptdate,diag_4_01\n")
		for i := range people {
			fmt.Fprintf(&text, "p%d,2019-05-01,F331\n", i)
		}
		require.NoError(t, os.WriteFile(path, []byte(text.String()), 0o600))
		return path
	}
	before := released(t, file(9))
	text, err := os.ReadFile(filepath.Join(released(t, file(10), "-compare-release", before), "compared.csv"))
	require.NoError(t, err)
	require.Contains(t, string(text), "lists: depression: people: depression,10\n")
}

// TestReleaseAfterOutput checks that no folder is left if another output of the run fails.
func TestReleaseAfterOutput(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("no /dev/full")
	}
	t.Chdir("../../../..")
	dir := filepath.Join(t.TempDir(), "release")
	got := runHere(t, "", with("-disclosure", "ukllc", "-format", "html", "-o", "/dev/full", "-release", dir,
		"testdata/appointments.csv")...)
	require.Equal(t, 1, got.Status)
	require.NoDirExists(t, dir)
}

func TestVersion(t *testing.T) {
	got := runHere(t, "", "-version")
	require.Equal(t, 0, got.Status)
	require.Regexp(t, `^cohort \d+\.\d+\.\d+\nrevision \S+\ngo\S+ \S+\n$`, got.Stdout)
}
