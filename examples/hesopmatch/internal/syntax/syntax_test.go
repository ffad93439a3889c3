package syntax

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/programtest"
	"hesopmatch/match/syntax"

	"github.com/stretchr/testify/require"
)

// runHere runs the command. Tests change to the root of the repository first, because their paths start there.
func runHere(t *testing.T, args ...string) programtest.Ran {
	t.Helper()
	return programtest.Run(t, "syntax", Run, "", args...)
}

// lists holds the options for lists with names that scripts must quote. The lists contain a category with some of its
// codes, codes of both systems, and codes of five characters.
var lists = []string{
	"-icd10", "O'Brien; drop=testdata/codelists/depression.csv", "-codelist", `a]b"c=testdata/codelists/mixed.csv`,
}

const names = "testdata/names.txt"

// with returns the options for the usual lists, followed by args.
func with(args ...string) []string { return append(append([]string{}, lists...), args...) }

// sqls are the dialects of databases.
var sqls = []syntax.Dialect{syntax.SQLServer, syntax.Spark, syntax.DuckDB, syntax.Postgres, syntax.SQLite}

func TestGolden(t *testing.T) {
	t.Chdir("../../../..")
	type golden struct {
		name string
		args []string
	}
	var tests []golden
	for _, d := range sqls {
		for _, what := range syntax.Whats() {
			tests = append(tests, golden{
				string(what) + "-" + string(d) + ".sql",
				with("-dialect", string(d), "-what", string(what), "-table", "study.[hesop.2024]", "-columns-of", names),
			})
		}
	}
	for _, d := range []syntax.Dialect{syntax.R, syntax.Python, syntax.Stata} {
		tests = append(tests, golden{"flags-" + string(d) + ".txt", append(lists[:2:2], // names in Stata cannot contain a quote
			"-codelist", "testdata/codelists/mixed.csv", "-dialect", string(d), "-columns-of", names, "-fields", "positional")})
	}
	diabetes := []string{"-icd10", "testdata/codelists/diabetes.tsv", "-exclude-column", "Status"}
	tests = append(tests, []golden{
		{"codes.csv", with("-what", "codes")},
		{"codes-exclusions.csv", append(diabetes, "-what", "codes")},
		{"exclusions.sql", append(diabetes, "-dialect", "sqlserver", "-columns-of", names)},
		{"filters.sql", with("-dialect", "postgres", "-what", "people", "-columns-of", names, "-person", "pseudo_hesid", "-attended",
			"-from", "2019-04-01", "-to", "2020-03-31", "-min", "2", "-dedupe", "attendkey", "-order-by", "apptdate", "-primary",
			"-fields", "positional")},
		{"keep.sql", with("-dialect", "spark", "-what", "hits", "-columns-of", names, "-keep", "fyear,note")},
		{"codes-in-table.sql", with("-dialect", "sqlserver", "-codes", "table", "-columns-of", names)},
	}...)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := runHere(t, tt.args...)
			require.Equal(t, 0, got.Status, got.Stderr)
			programtest.Golden(t, "syntax-"+tt.name, got.Stdout)
			require.Equal(t, got, runHere(t, tt.args...), "every run writes the same script")
			for line := range strings.Lines(got.Stdout) {
				require.LessOrEqual(t, len(line), 121, line)
			}
			if strings.HasSuffix(tt.name, ".sql") {
				require.True(t, strings.HasSuffix(got.Stdout, ";\n"), "the last statement has its semicolon")
			}
		})
	}
}

// TestScriptNamesItsLists requires a script to name its lists with the fingerprints that lint and flag print.
func TestScriptNamesItsLists(t *testing.T) {
	t.Chdir("../../../..")
	got := runHere(t, with("-dialect", "sqlite", "-columns-of", names)...)
	require.Equal(t, 0, got.Status, got.Stderr)
	fingerprints := regexp.MustCompile("fingerprint: ([0-9a-f]{16})").FindAllStringSubmatch(got.Stderr, -1)
	require.Len(t, fingerprints, 2)
	require.Contains(t, got.Stdout, `-- List 1 "O'Brien; drop": 5 entries, fingerprint `+fingerprints[0][1]+".\n")
	require.Contains(t, got.Stdout, `-- List 2 "a]b\"c": 5 entries, fingerprint `+fingerprints[1][1]+".\n")
	require.Contains(t, got.Stdout, "-- All lists: fingerprint ")
	require.Contains(t, got.Stdout, "  "+`CASE WHEN v.match_1 = 1 THEN 1 WHEN v.coded_icd10 = 1 THEN 0 END AS "O'Brien; drop"`)
}

// TestNamesStayNames requires names with line ends and comment marks to stay within their comments.
func TestNamesStayNames(t *testing.T) {
	t.Chdir("../../../..")
	list := "x\n; DROP TABLE hesop; --=testdata/codelists/depression.csv"
	for _, d := range sqls {
		got := runHere(t, "-icd10", list, "-dialect", string(d), "-what", "people", "-columns-of", names, "-table", `a]b"c`)
		require.Equal(t, 0, got.Status, got.Stderr)
		comments, query, _ := strings.Cut(got.Stdout, "\n\n")
		for line := range strings.Lines(comments) {
			require.True(t, strings.HasPrefix(line, "-- "), line)
		}
		require.Contains(t, query, map[syntax.Dialect]string{
			syntax.SQLServer: `FROM [a]]b"c]`, syntax.Spark: "FROM `a]b\"c`",
		}[d])
		if d != syntax.SQLServer && d != syntax.Spark {
			require.Contains(t, query, `FROM "a]b""c"`)
		}
	}
	got := runHere(t, "-icd10", list, "-dialect", "sqlite", "-columns-of", names)
	require.Equal(t, 1, got.Status)
	require.Contains(t, got.Stderr, "has a line end or the like in its name, which would become the name of a column")
}

// TestColumnsOf requires the same script for each way of giving the columns of the table.
func TestColumnsOf(t *testing.T) {
	t.Chdir("../../../..")
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	data, err := os.ReadFile("testdata/appointments.csv")
	require.NoError(t, err)
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, err = z.Write(data)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	header, _, _ := strings.Cut(string(data), "\n")
	half := strings.Index(header, "DIAG_4_02") - 1
	want := runHere(t, with("-dialect", "duckdb", "-columns-of", names)...)
	require.Equal(t, 0, want.Status, want.Stderr)
	for reason, path := range map[string]string{
		"appointments":                "testdata/appointments.csv",
		"compressed appointments":     file("a.csv.gz", zipped.String()),
		"only a header":               file("header.csv", header+"\n"),
		"a header without a line end": file("short.csv", header),
		"names in two lines":          file("two.txt", header[:half]+"\n"+header[half+1:]+"\n"),
	} {
		got := runHere(t, with("-dialect", "duckdb", "-columns-of", path)...)
		require.Equal(t, 0, got.Status, "%s: %s", reason, got.Stderr)
		require.Equal(t, want.Stdout, got.Stdout, reason)
		require.Contains(t, got.Stderr, "code fields read of "+path+": 3 positional of ICD-10, 4 characters; ")
	}
}

func TestLayouts(t *testing.T) {
	t.Chdir("../../../..")
	for _, tt := range []struct {
		reason, layout string
		args           []string
		script, says   string
	}{
		{
			"a named person column is kept", "ukllc",
			[]string{"-person", "llc_0042_stud_id"},
			"SELECT v.keep_1 AS \"attendkey\", v.keep_2 AS \"llc_0042_stud_id\",\n", "12 positional of ICD-10",
		},
		{"an unknown project number", "ukllc", nil, "SELECT v.keep_1 AS \"attendkey\", CASE ", "24 positional of OPCS-4"},
		{
			"-keep can name the person column", "otr",
			[]string{"-keep", "llc_7_stud_id", "-raw-width", "6"},
			"SELECT v.keep_1 AS \"llc_7_stud_id\",\n", "12 raw of ICD-10",
		},
		{"names in lower case, as PostgreSQL stores them", "national", []string{"-what", "people"}, `"pseudo_hesid"`, "concatenated of OPCS-4"},
		{"raw columns", "cprd", []string{"-what", "counts", "-raw-width", "4"}, `"apptdate"`, "raw of ICD-10, truncated at 4 characters"},
	} {
		got := runHere(t, with(append([]string{"-dialect", "postgres", "-layout", tt.layout}, tt.args...)...)...)
		require.Equal(t, 0, got.Status, "%s: %s", tt.reason, got.Stderr)
		require.Contains(t, got.Stdout, tt.script, tt.reason)
		require.Contains(t, got.Stderr, tt.says, tt.reason)
		require.Contains(t, got.Stderr, "code fields read of -layout "+tt.layout+": ", tt.reason)
	}
}

// TestCodesFile requires -codes FILE to write the statements that make the table of codes into FILE, and to leave these
// statements out of the script.
func TestCodesFile(t *testing.T) {
	t.Chdir("../../../..")
	dir := t.TempDir()
	codesFile, script := filepath.Join(dir, "codes.sql"), filepath.Join(dir, "query.sql")
	both := runHere(t, with("-dialect", "sqlserver", "-columns-of", names, "-codes", "table")...)
	require.Equal(t, 0, both.Status, both.Stderr)
	got := runHere(t, with("-dialect", "sqlserver", "-columns-of", names, "-codes", codesFile, "-o", script)...)
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Empty(t, got.Stdout)
	read := func(path string) string {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		return string(text)
	}
	const first = "-- Separate statements create the table of codes. Run them first, in the same session.\n"
	require.Equal(t, both.Stdout, strings.ReplaceAll(read(codesFile)+"\n"+read(script), first, ""))
	require.Contains(t, read(codesFile), "CREATE TABLE #codes (")
	require.NotContains(t, read(script), "CREATE")

	got = runHere(t, with("-dialect", "sqlserver", "-columns-of", names, "-codes", codesFile, "-o", dir)...)
	require.Equal(t, 1, got.Status)
	require.NoError(t, os.Remove(codesFile))
	got = runHere(t, with("-dialect", "sqlserver", "-columns-of", names, "-codes", codesFile, "-keep", "nosuch")...)
	require.Equal(t, 1, got.Status)
	require.NoFileExists(t, codesFile, "no file of codes is left if the script cannot be made")
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 1)
}
