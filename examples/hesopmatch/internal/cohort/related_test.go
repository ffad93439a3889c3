package cohort

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// twoLists writes two codelists: "a" with the code F32, and "b" with the code M06. It returns their folder and the
// options that name the two lists.
func twoLists(t *testing.T) (dir string, args []string) {
	t.Helper()
	dir = t.TempDir()
	for name, code := range map[string]string{"a": "F32", "b": "M06"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name+".csv"), []byte("icd10\n"+code+"\n"), 0o600))
	}
	return dir, []string{"-icd10", filepath.Join(dir, "a.csv"), "-icd10", filepath.Join(dir, "b.csv")}
}

// pairs is a file of appointments. Each person has codes of the list "a", of the list "b", or of both in some order.
const pairs = "patid,apptdate,diag_01,apptage\n" +
	"first,2019-05-01,F321,17\nfirst,2019-04-01,M069,17\n" +
	"later,2019-05-01,F321,18\nlater,2019-06-01,M069,19\n" +
	"same,2019-05-01,F321,40\nsame,2019-05-01,M069,40\n" +
	"never,2019-05-01,F321,64\n" +
	"only,2019-05-01,M069,65\n" +
	"undated,2019-05-01,F321,90\nundated,,M069,90\n"

// TestRelated checks which people a list keeps under -with, -without, -with-before and -without-before. It also checks
// that report, page and summary state the condition.
func TestRelated(t *testing.T) {
	dir, lists := twoLists(t)
	for _, tt := range []struct {
		reason string
		args   []string
		a, b   string // people who are kept
		says   string
	}{
		{"no condition", nil, "first later never same undated", "first later only same", ""},
		{
			"a match of the list \"b\" at any time, with or without a date; \"b\" does not restrict itself",
			[]string{"-with", "b"},
			"first later same undated", "first later only same",
			"people of every list except b: those who also have an included appointment matching b",
		},
		{
			"a list named by its file",
			[]string{"-with", dir + "/./b.csv"},
			"first later same undated", "first later only same",
			"people of every list except b: those who also have an included appointment matching b",
		},
		{
			"-without excludes people with an undated appointment too",
			[]string{"-without", "b"},
			"never", "first later only same",
			"people of every list except b: those who have no included appointment matching b",
		},
		{
			"-with-before does not count an appointment on the same day",
			[]string{"-with-before", "b"},
			"first", "first later only same",
			"people of every list except b: those who also have an included appointment matching b on a day before their first match of the list",
		},
		{
			"-without-before does not count an undated appointment",
			[]string{"-without-before", "b"},
			"later never same undated",
			"first later only same",
			"people of every list except b: those who have no included appointment matching b on a day before their first match of the list",
		},
		{
			"each list restricts the other",
			[]string{"-with", "a", "-with", "b"},
			"first later same undated", "first later same",
			"people of every list except a: those who also have an included appointment matching a",
		},
		{
			"an option given twice counts once",
			[]string{"-with", "b", "-with-before", "b", "-with", "b"},
			"first",
			"first later only same",
			"people of every list except b: those who also have an included appointment matching b",
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			got := runHere(t, pairs, append(append(append([]string{}, lists...), tt.args...), "-")...)
			require.Equal(t, 0, got.Status, got.Stderr)
			kept := map[string][]string{}
			for line := range strings.Lines(got.Stdout) {
				person, rest, _ := strings.Cut(line, ",")
				list, _, _ := strings.Cut(rest, ",")
				kept[list] = append(kept[list], person)
			}
			require.Equal(t, tt.a, strings.Join(kept["a"], " "))
			require.Equal(t, tt.b, strings.Join(kept["b"], " "))
			require.Contains(t, got.Stderr, tt.says, "the report")
			require.LessOrEqual(t, strings.Count(got.Stderr, tt.says+" (-with)"), 1)

			summary := filepath.Join(t.TempDir(), "summary.csv")
			page := runHere(t, pairs, append(append(append([]string{}, lists...), tt.args...), "-format", "html",
				"-disclosure", "none", "-summary", summary, "-")...)
			require.Equal(t, 0, page.Status, page.Stderr)
			what, who, _ := strings.Cut(tt.says, ": ")
			require.Contains(t, strings.ToLower(page.Stdout), strings.ToLower(what), "the page")
			require.Contains(t, page.Stdout, who, "the page")
			text, err := os.ReadFile(summary)
			require.NoError(t, err)
			for i := 0; i+1 < len(tt.args); i += 2 {
				name := strings.TrimSuffix(filepath.Base(tt.args[i+1]), ".csv")
				require.Contains(t, string(text), "option,,"+tt.args[i]+" "+name+"\n", "the options")
			}
		})
	}
}

// TestBands checks that tables by age have the requested bands, and that the page names them.
func TestBands(t *testing.T) {
	_, lists := twoLists(t)
	run := func(args ...string) (page, report string) {
		got := runHere(t, pairs, append(append(append([]string{}, lists...), args...), "-format", "html", "-disclosure",
			"none", "-")...)
		require.Equal(t, 0, got.Status, got.Stderr)
		return got.Stdout, got.Stderr
	}
	for _, tt := range []struct {
		reason, bands, says string
		want                []string
	}{
		{"all bands are given", "0,18,40,65", "0, 18, 40, 65", []string{">0 to 17<", ">18 to 39<", ">40 to 64<", ">65&#43;<"}},
		{"a band always begins at 0", "18, 65", "0, 18, 65", []string{">0 to 17<", ">18 to 64<", ">65&#43;<"}},
		{"all ages in one band", "0", "0", []string{">0&#43;<"}},
	} {
		page, _ := run("-bands", tt.bands)
		require.Contains(t, page, "Age bands, beginning at</dt><dd>"+tt.says+"<", tt.reason)
		for _, band := range tt.want {
			require.Contains(t, page, band, tt.reason)
		}
		require.NotContains(t, page, ">25 to 34<", tt.reason)
	}
	page, report := run()
	require.NotContains(t, page, "bands, beginning", "the default is not stated")
	require.NotContains(t, report, "-bands")

	got := runHere(t, "patid,apptdate,diag_01\n1,2019-05-01,F321\n",
		append(lists, "-bands", "18", "-format", "html", "-disclosure", "none", "-")...)
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Contains(t, got.Stderr, "warning: -bands: the data have no column apptage or apptage_calc")
}

func TestRelatedMisuse(t *testing.T) {
	t.Chdir("../../../..")
	const input, input2 = "testdata/appointments.csv", "testdata/codelists/conditions.csv"
	groups := []string{"-icd10", input2, "-group", "Concept Name", "-lenient"}
	group := func(args ...string) []string { return append(append([]string{}, groups...), append(args, input)...) }
	for _, tt := range []struct {
		reason string
		args   []string
		status int
		says   string
	}{
		{"no such list", with("-with", "depresion", input), 2, "-with depresion: no codelist of this run has that name: did you " +
			"mean depression? the codelists are depression, joints, outpatients"},
		{"a file that is not a list of the run", with("-without", input, input), 2, "no codelist of this run has that name: the codelists are"},
		{"an empty name", with("-with", "", input), 2, "-with \"\": must be the NAME or FILE of a codelist of this run"},
		{"no other list", append(lists[:2:2], "-with-before", "depression", input), 2, "-with-before depression: " +
			"depression is the only codelist, so there is no other list"},
		{"nobody can be kept", with("-with", "joints", "-without", "joints", input), 2, "-with joints and -without " +
			"joints together keep nobody"},
		{"no appointment at all, but an earlier one", with("-without", "joints", "-with-before", "joints", input), 2, "keep nobody"},
		{"an earlier appointment is both required and excluded", with("-without-before", "joints", "-with-before", "joints", input), 2, "keep nobody"},
		{"a misspelt name of a group", group("-with", "Depresion"), 1, "did you mean Depression?"},
		{"a file of several lists", group("-with", input2), 1, "lists, but one is needed: name one of"},
		{"bands without tables", with("-bands", "0,18", input), 2, "-bands 0,18 applies to tables by age: it needs -format html"},
		{"ages that do not increase", with("-bands", "40,18", input), 2, "-bands \"40,18\": 18 follows 40: the ages must increase"},
		{"an age twice", with("-bands", "0,18,18", input), 2, "the ages must increase"},
		{"a word as an age", with("-bands", "0,eighteen", input), 2, "must be ages in whole years, 0 to 120"},
		{"an age below 0", with("-bands", "-1,18", input), 2, "must be ages in whole years, 0 to 120"},
		{"an empty option", with("-bands", "", input), 2, "must be ages in whole years, 0 to 120"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			got := runHere(t, "", tt.args...)
			require.Equal(t, tt.status, got.Status, got.Stderr)
			require.Contains(t, got.Stderr, tt.says)
			require.Empty(t, got.Stdout)
		})
	}
	for _, fits := range [][]string{
		with("-with", "joints", "-without-before", "joints", input),
		with("-with", "joints", "-without", "depression", input),
		group("-with", "Depression"),
	} {
		got := runHere(t, "", fits...)
		require.Equal(t, 0, got.Status, got.Stderr)
	}
}
