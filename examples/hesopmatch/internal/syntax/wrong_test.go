package syntax

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWrongUse(t *testing.T) {
	t.Chdir("../../../..")
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	const depression, mixed = "testdata/codelists/depression.csv", "testdata/codelists/mixed.csv"
	asked := func(args ...string) []string {
		return append([]string{"-icd10", depression, "-dialect", "postgres", "-columns-of", names}, args...)
	}
	raw := []string{"-codelist", mixed, "-dialect", "sqlite", "-layout", "otr"}
	long := strings.Repeat("x", 64)
	tests := []struct {
		reason string
		args   []string
		status int
		says   string
	}{
		{"a misspelt dialect", asked("-dialect", "sqlserer"), 2, `did you mean sqlserver? must be one of ["sqlserver" "spark" `},
		{"a misspelt question", asked("-what", "flag"), 2, `did you mean flags? must be one of ["flags" "hits" "people" "counts" "codes"]`},
		{"a misspelt layout", []string{"-icd10", depression, "-dialect", "r", "-layout", "ukllcc"}, 2, "did you mean ukllc? must be one of"},
		{"a misspelt option", asked("-tabel", "x"), 2, "no option -tabel: did you mean -table?"},
		{"no dialect", []string{"-icd10", depression, "-layout", "ukllc"}, 2, "no dialect: -dialect sqlserver|spark|"},
		{"no columns", []string{"-icd10", depression, "-dialect", "spark"}, 2, "no columns: name the columns of the table with -layout ukllc|"},
		{"columns from two options", asked("-layout", "ukllc"), 2, "-layout ukllc and -columns-of both say which columns the table has"},
		{"columns from standard input", asked("-columns-of", "-"), 2, "standard input is not read"},
		{
			"a delimiter without a file of columns",
			[]string{"-icd10", depression, "-dialect", "spark", "-layout", "cprd", "-delimiter", "tab"},
			2, "for the file of -columns-of",
		},
		{"no list", []string{"-dialect", "spark", "-layout", "ukllc"}, 2, "no codelist"},
		{"appointments", asked("x.csv"), 2, "x.csv: syntax reads no appointments"},
		{"no person column for ukllc", []string{"-icd10", depression, "-dialect", "spark", "-layout", "ukllc", "-what", "people"}, 2, "-person llc_0042_stud_id"},
		{"-keep with people", asked("-what", "people", "-keep", "note"), 2, "-keep goes with -what flags and hits"},
		{"a column twice", asked("-keep", "note,NOTE"), 2, `column "NOTE" is named twice`},
		{"-min without people", asked("-min", "2"), 2, "-min goes with -what people: flags have no person"},
		{"-min of 0", asked("-min", "0", "-what", "people"), 2, "-min 0: must be 1 or more"},
		{"-from after -to", asked("-from", "2020-01-02", "-to", "2020-01-01"), 2, "no day is between them"},
		{"an invalid date", asked("-from", "2019-02-30"), 2, "must be a valid date"},
		{"-dedupe without -order-by", asked("-dedupe", "attendkey"), 2, "-dedupe attendkey needs -order-by COLUMN: a table has no order"},
		{"-order-by without -dedupe", asked("-order-by", "attendkey"), 2, "for -dedupe COLUMN: give both, or neither"},
		{"an empty name", asked("-table", "a..b"), 2, "a name is empty"},
		{"a table without a name", asked("-table", ""), 2, "a name is empty"},
		{"an unclosed bracket", asked("-table", "a.[b"), 2, "begins with [ and has no ] at its end"},
		{"text after a quoted part", asked("-table", `"a"b.c`), 2, `only a dot may follow the " that ends a part`},
		{"more parts than any engine allows", asked("-table", "a.b.c.d.e"), 2, "-table of 5 names: must be 1 to 4"},
		{"an empty -codes", asked("-codes", ""), 2, "-codes: its value is empty"},
		{"two outputs in one file", asked("-codes", dir+"/x", "-o", dir+"/x"), 2, "-o and -codes both name it"},
		{"codes to standard output", asked("-codes", "-"), 2, "standard output is for the script"},
		{"an output that is also read", asked("-o", names), 2, "-o names it, and it is also read"},
		{"two lists to submit", asked("-dialect", "submission", "-icd10", mixed), 2, "-dialect submission writes the file of one codelist"},
		{"-dots with a script", asked("-dots"), 2, "-dots goes with -dialect submission"},
		{"a list to submit with rejected rows", []string{"-dialect", "submission", "-icd10", "testdata/codelists/faulty.csv"}, 1, "-lenient"},
		{"a separate table of codes, for R", asked("-dialect", "r", "-codes", dir+"/codes"), 2, "-codes is for databases: a script in r always contains the table of codes"},
		{"a column that the layout lacks", append(raw, "-keep", "atendkey"), 2, `-layout otr: a column that -keep names: no such column: "atendkey"; did you mean "attendkey"?`},
		{"a column that the file lacks", asked("-keep", "atendkey"), 1, `did you mean "ATTENDKEY"?`},
		{"a key that the file lacks", asked("-dedupe", "key", "-order-by", "note"), 1, "which -dedupe names: no such column"},
		{"a date column that the file lacks", asked("-what", "counts", "-date", "aptdate"), 1, `which -date names: no such column: "aptdate"; did you mean "APPTDATE"?`},
		{"a person column that the file lacks, although flags need no person", asked("-person", "hesid"), 1, "the column that -person names: no such column"},
		{"no such file", asked("-columns-of", dir+"/none"), 1, "file of columns " + dir + "/none (-columns-of): no such file"},
		{"a folder", asked("-columns-of", dir), 1, "is a folder"},
		{"no code columns", asked("-columns-of", file("nocodes.csv", "a,b\n1,2\n")), 1, "no code columns"},
		{"data without a header", asked("-columns-of", "testdata/appointments.psv"), 1, "line 1 looks like data"},
		{"a codelist instead of appointments", asked("-columns-of", depression), 1, "if the file is a codelist"},
		{"two lists with the same name", asked("-icd10", "DEPRESSION="+mixed), 1, `two lists have the same name, "DEPRESSION"`},
		{"a list with the name of a column", asked("-icd10", "note="+depression, "-keep", "note"), 1, "would be columns with the same name"},
		{"a name that the engine truncates", asked("-icd10", long+"="+depression), 1, "and postgres truncates the name of a column to 63"},
		{"raw columns that may be truncated", raw, 1, "-raw-width 6 reads its values as whole, -raw-width 4 as truncated"},
		{"warnings that fail", append(raw, "-raw-width", "4", "-warnings", "error"), 1, "cannot decide 1 longer code (M0510)"},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			got := runHere(t, tt.args...)
			require.Equal(t, tt.status, got.Status, got.Stderr)
			require.Contains(t, got.Stderr, tt.says)
			require.Empty(t, got.Stdout)
			if !strings.Contains(got.Stderr, "there are warnings") && !strings.Contains(got.Stderr, "rejected") {
				require.Equal(t, 1, strings.Count(got.Stderr, "\n"), got.Stderr)
			}
		})
	}
}

// TestNotices requires a notice for each option that a run ignores and for each question that a script cannot answer.
func TestNotices(t *testing.T) {
	t.Chdir("../../../..")
	bare := filepath.Join(t.TempDir(), "bare.csv")
	require.NoError(t, os.WriteFile(bare, []byte("diag_4_01,opertn_4_01\n"), 0o600))
	for _, tt := range []struct {
		reason string
		args   []string
		says   string
	}{
		{
			"no column identifies the rows", with("-dialect", "sqlite", "-columns-of", bare),
			"warning: there is no attendkey and no person column, so nothing in the result identifies the appointment of a row: -keep",
		},
		{"the table of codes depends on the lists only", with("-what", "codes", "-table", "x", "-keep", "a"), "note: -what codes ignores -keep, -table\n"},
		{
			"no filter uses a day", with("-dialect", "sqlite", "-columns-of", names, "-date", "apptdate"),
			"note: -date apptdate is not used: flags without -from and -to do not use days\n",
		},
		{
			"entries longer than the columns", with("-dialect", "sqlite", "-columns-of", names),
			`warning: a]b"c: columns of ICD-10 hold 4 characters and cannot decide 1 longer code (M0510): a value that may be ` +
				"such a code is unknown, not \"no match\"\n",
		},
		{
			"a system without columns",
			with("-dialect", "sqlite", "-columns-of", names, "-rename", "OPERTN_4_01=", "-rename", "OPERTN_4_02=", "-rename",
				"OPERTN_4_CONCAT="),
			`warning: a]b"c: no OPCS-4 field is read, so the answer is never "no match"` + "\n",
		},
		{
			"the first position is unknown", with("-dialect", "sqlite", "-columns-of", names, "-primary", "-fields", "concat"),
			"testdata/names.txt: ",
		},
	} {
		got := runHere(t, tt.args...)
		require.Equal(t, 0, got.Status, "%s: %s", tt.reason, got.Stderr)
		require.Contains(t, got.Stderr, tt.says, tt.reason)
	}
}

func TestSplitTable(t *testing.T) {
	for arg, want := range map[string][]string{
		"hesop":           {"hesop"},
		"dbo.hesop":       {"dbo", "hesop"},
		"dbo.[my.view]":   {"dbo", "my.view"},
		`"a.b".c`:         {"a.b", "c"},
		"`a.b`.c":         {"a.b", "c"},
		`a]b"c`:           {`a]b"c`},
		"[a]]b]":          {"a]b"},
		`"a""b"`:          {`a"b`},
		"O'Brien; drop.x": {"O'Brien; drop", "x"},
		"a.b[c].d":        {"a", "b[c]", "d"},
	} {
		got, err := splitTable(arg)
		require.NoError(t, err, arg)
		require.Equal(t, want, got, arg)
	}
}
