package flag

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSafeName(t *testing.T) {
	for _, tt := range []struct{ name, want, reason string }{
		{"depression", "depression", "a valid name stays"},
		{"A_1", "A_1", "case stays"},
		{"heart failure (v2)", "heart_failure__v2_", "each other character becomes _"},
		{"naïve €", "na_ve__", "only ASCII letters stay, and a character of several bytes becomes one _"},
		{"a\xff\xfeb", "a__b", "bytes that are not UTF-8"},
		{"2019 list", "l_2019_list", "a digit first"},
		{"_x", "l__x", "an underscore first"},
		{"(blank)", "l__blank_", "a first character that becomes an underscore"},
		{"", "l_", "an empty name"},
		{strings.Repeat("x", 32), strings.Repeat("x", 32), "the greatest length"},
		{strings.Repeat("x", 33), strings.Repeat("x", 32), "too long"},
		{"1" + strings.Repeat("x", 31), "l_1" + strings.Repeat("x", 29), "too long once l_ is added"},
	} {
		require.Equal(t, tt.want, safeName(tt.name), tt.reason)
	}
}

// TestNamesAndValues checks the names that -names gives to lists, and the fields that -values gives to answers.
func TestNamesAndValues(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"list.csv": "icd10\nE11\n", "data.csv": "id,diag_01\n1,E11\n2,I10\n3,\n",
		"named.csv": "X_y,diag_01\n1,E11\n", "groups.csv": "icd10,what\nE11,a b\nI10,A-b\n",
	} {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	}
	const list = "type 2=list.csv"
	tests := []struct {
		reason string
		args   []string
		status int
		want   string // standard output
		says   string
	}{
		{
			"safe names in wide",
			[]string{"-icd10", list, "-names", "safe", "data.csv"},
			0,
			"id,diag_01,type_2\n1,E11,1\n", `note: list "type 2" is called type_2 in the output (-names safe)` + "\n",
		},
		{
			"safe names in hits, the same as in wide, so that both outputs can be joined",
			[]string{"-icd10", list, "-names", "safe", "-format", "hits", "data.csv"},
			0,
			strings.Join(hitColumns[:], ",") + "\n1,type_2,ICD-10,1,diag_01,E11,E11,list.csv,2,,data.csv,2,\n", "is called type_2",
		},
		{"names as they are", []string{"-icd10", list, "data.csv"}, 0, "id,diag_01,type 2\n1,E11,1\n", "    1         1        1          0  type 2\n"},
		{
			"words",
			[]string{"-icd10", list, "-values", "words", "-rows", "all", "-columns", "id", "data.csv"},
			0,
			"id,type 2\n1,match\n2,no match\n3,unknown\n", "",
		},
		{
			"codes, which are also the default",
			[]string{"-icd10", list, "-values", "codes", "-rows", "all", "-columns", "id", "data.csv"},
			0,
			"id,type 2\n1,1\n2,0\n3,\n", "",
		},
		{
			"words in hits",
			[]string{"-icd10", list, "-values", "words", "-format", "hits", "data.csv"},
			2, "",
			"-values words: hits are matches only and have no column for the answer; use -format wide",
		},
		{
			"two lists with one safe name",
			[]string{"-icd10", "a b=list.csv", "-icd10", "A.B=list.csv", "-names", "safe", "data.csv"},
			1, "",
			`-names safe gives one name, A_B, to the lists "a b" and "A.B": give one of them another name: NAME=FILE`,
		},
		{
			"two groups with one safe name",
			[]string{"-codelist", "groups.csv", "-group", "what", "-names", "safe", "data.csv"},
			1, "",
			`to the lists "a b" and "A-b": change a value of -group what`,
		},
		{
			"a safe name that a column has",
			[]string{"-icd10", "x y=list.csv", "-names", "safe", "named.csv"},
			1, "",
			`named.csv: column "X_y" is also the name of a list: give the list another name: NAME=FILE`,
		},
		{
			"a safe name that a code column could have",
			[]string{"-icd10", "diag 1=list.csv", "-names", "safe", "data.csv"},
			1, "",
			`list "diag_1" has the name of a column of codes`,
		},
		{"a misspelt word", []string{"-icd10", list, "-names", "save", "data.csv"}, 2, "", "did you mean safe?"},
	}
	for _, tt := range tests {
		got := runHere(t, "", tt.args...)
		require.Equal(t, tt.status, got.Status, "%s: %s", tt.reason, got.Stderr)
		require.Equal(t, tt.want, got.Stdout, tt.reason)
		require.Contains(t, got.Stderr, tt.says, tt.reason)
	}
}

// TestSafeOutputIsRead checks that a run with the same lists does not read columns with safe names as codes.
func TestSafeOutputIsRead(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("list.csv", []byte("icd10\nE11\n"), 0o600))
	require.NoError(t, os.WriteFile("data.csv", []byte("id,diag_4_01\n1,E119\n"), 0o600))
	manifestPath := "m.json"
	first := runHere(t, "", "-icd10", "primary icd10=list.csv", "-names", "safe", "-o", "out.csv", "-manifest", manifestPath, "data.csv")
	require.Equal(t, 0, first.Status, first.Stderr)
	again := runHere(t, "", "-icd10", "primary icd10=list.csv", "-names", "safe", "-format", "hits", "out.csv")
	require.Equal(t, 0, again.Status, again.Stderr)
	other := runHere(t, "", "-icd10", "other=list.csv", "-format", "hits", "out.csv")
	require.Equal(t, 1, other.Status, "a run without the list reads primary_icd10 as codes: %s", other.Stderr)
	data, err := os.ReadFile(manifestPath)
	require.NoError(t, err)
	var m manifest
	require.NoError(t, json.Unmarshal(data, &m))
	require.Equal(t, []string{"safe", "codes", "primary icd10", "primary_icd10"},
		[]string{m.Options.Names, m.Options.Values, m.Lists[0].Name, m.Lists[0].Output})
}
