package cohort

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/programtest"
	"hesopmatch/hesop"
	"hesopmatch/hesop/hesoptest"

	"github.com/stretchr/testify/require"
)

// runHere runs the program. The paths in the arguments are relative to the root of the repository, so tests change to
// that folder first.
func runHere(t *testing.T, stdin string, args ...string) programtest.Ran {
	t.Helper()
	return programtest.Run(t, "cohort", Run, stdin, args...)
}

var lists = []string{"-icd10", "testdata/codelists/depression.csv", "-opcs4", "testdata/cases/joints.csv", "-codelist", "testdata/codelists/outpatients.csv"}

// with returns the options for the usual lists, followed by more arguments.
func with(args ...string) []string { return append(append([]string{}, lists...), args...) }

func TestGolden(t *testing.T) {
	const input = "testdata/appointments.csv"
	t.Chdir("../../../..")
	for name, args := range map[string][]string{
		"cohort":          with(input),
		"cohort-attended": with("-attended", input),
		"cohort-dates":    with("-from", "2019-05-01", "-to", "2020-03-02", input),
		"cohort-min":      with("-min", "2", input),
		"cohort-dedupe":   with("-dedupe", "attendkey", input, "testdata/golden/synth-national.csv"),
		"cohort-primary":  with("-primary", input),
		"cohort-person":   with("-person", "note", input),
		"cohort-ukllc":    with("testdata/golden/synth-ukllc.csv"),
		"cohort-cprd":     with("testdata/golden/synth-cprd.csv"),
	} {
		t.Run(name, func(t *testing.T) {
			got := runHere(t, "", args...)
			require.Equal(t, 0, got.Status, got.Stderr)
			programtest.Golden(t, name+".csv", got.Stdout)
			programtest.Golden(t, name+".account.txt", got.Stderr)
		})
	}
}

// synthetic writes generated appointments to a file and returns its path.
func synthetic(t *testing.T, rows int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "appointments.csv")
	file, err := os.Create(path)
	require.NoError(t, err)
	defer file.Close()
	g, err := hesoptest.New(7, hesoptest.People(rows/40))
	require.NoError(t, err)
	w := hesoptest.NewWriter(file, hesop.UKLLC)
	for row := range g.Rows(rows) {
		require.NoError(t, w.Write(row))
	}
	require.NoError(t, w.Flush())
	return path
}

// TestSummaries compares the numbers of the tables with golden files, for each profile.
func TestSummaries(t *testing.T) {
	t.Chdir("../../../..")
	data := synthetic(t, 20_000)
	for _, profile := range []string{"none", "ukllc", "nhse-sde", "opensafely"} {
		t.Run(profile, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "summary.csv")
			got := runHere(t, "", with("-format", "html", "-disclosure", profile, "-summary", path, data)...)
			require.Equal(t, 0, got.Status, got.Stderr)
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			programtest.Golden(t, "cohort-summary-"+profile+".csv", string(text))
			for line := range strings.SplitSeq(string(text), "\n") {
				table, _, _ := strings.Cut(line, ",")
				value, err := strconv.Atoi(line[strings.LastIndex(line, ",")+1:])
				if profile != "none" && table != "provenance" && err == nil {
					require.GreaterOrEqual(t, value, 10, line)
					require.Zero(t, value%5, line)
				}
			}
			require.Regexp(t, `\d+ read`, got.Stderr, "the report stays in the environment, so it is exact")
			require.Contains(t, got.Stderr, "exact and not fit to leave the environment")
		})
	}
}

// TestSameAnswer checks that the output does not depend on workers, compression, line ends, or the division of the data
// into files.
func TestSameAnswer(t *testing.T) {
	t.Chdir("../../../..")
	data := synthetic(t, 3000)
	text, err := os.ReadFile(data)
	require.NoError(t, err)
	dir := t.TempDir()
	file := func(name string, text []byte) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, text, 0o600))
		return path
	}
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, err = z.Write(text)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	lines := strings.SplitAfter(string(text), "\n")
	half := 1 + len(lines)/2
	summary := filepath.Join(dir, "summary.csv")

	for _, options := range [][]string{nil, {"-dedupe", "attendkey", "-attended", "-min", "2", "-from", "2010-04-01"}} {
		run := func(stdin string, inputs ...string) (csv, tables string) {
			got := runHere(t, stdin, with(append(append([]string{"-disclosure", "none", "-summary", summary}, options...),
				inputs...)...)...)
			require.Equal(t, 0, got.Status, got.Stderr)
			text, err := os.ReadFile(summary)
			require.NoError(t, err)
			tables, _, found := strings.Cut(string(text), "provenance,")
			require.True(t, found)
			return got.Stdout, tables
		}
		csv, tables := run("", data)
		require.Greater(t, strings.Count(csv, "\n"), 10)
		for name, inputs := range map[string][]string{
			"one worker":     {"-workers", "1", data},
			"five workers":   {"-workers", "5", data},
			"gzip":           {file("data.gz", zipped.Bytes())},
			"line ends":      {file("crlf.csv", bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")))},
			"standard input": {"-"},
			"two files": {
				file("one.csv", []byte(strings.Join(lines[:half], ""))),
				file("two.csv", []byte(lines[0]+strings.Join(lines[half:], ""))),
			},
		} {
			stdin := ""
			if inputs[0] == "-" {
				stdin = string(text)
			}
			otherCSV, otherTables := run(stdin, inputs...)
			require.Equal(t, csv, otherCSV, name)
			require.Equal(t, tables, otherTables, name)
		}
	}
}

func TestWrongUse(t *testing.T) {
	t.Chdir("../../../..")
	const input = "testdata/appointments.csv"
	for _, tt := range []struct {
		why    string
		args   []string
		status int
		says   string
	}{
		{"output with a line for each person cannot hide anything", with("-disclosure", "ukllc", input), 2, "-format html"},
		{"output with a line for each person, and a summary", with("-disclosure", "opensafely", "-summary", "x.csv", input), 2, "-format html"},
		{
			"output with a line for each person, and a release", with("-disclosure", "ukllc", "-format", "csv", "-release", "x", input), 2,
			"leave out -format",
		},
		{
			"no such profile", with("-format", "html", "-disclosure", "nhs", input), 2,
			"must be ukllc, nhse-sde, opensafely or",
		},
		{"a rule that does not round", with("-format", "html", "-disclosure", "least=10,nearest=1", input), 2, "nearest 1"},
		{"a page without a rule", with("-format", "html", input), 2, "-disclosure ukllc"},
		{"a summary without a rule", with("-summary", "x.csv", input), 2, "none, which shows exact numbers"},
		{"a release without a rule", with("-release", "x", input), 2, "-disclosure ukllc"},
		{"a release of exact numbers", with("-release", "x", "-disclosure", "none", input), 2, "-release needs a rule"},
		{
			"an output in addition to the folder", with("-release", "x", "-disclosure", "ukllc", "-o", "y", input), 2,
			"add -format html",
		},
		{"a comparison without a rule", with("-compare-release", "x", input), 2, "-compare-release compares"},
		{"no lists", []string{input}, 2, "-icd10"},
		{"no input", with(), 2, "no input"},
		{"a day that does not exist", with("-from", "2019-02-30", input), 2, `-from "2019-02-30": must be a valid date, as yyyy-mm-dd`},
		{"a day that means missing", with("-to", "1801-01-01", input), 2, `-to "1801-01-01": means a missing date in the data`},
		{"the first day after the last", with("-from", "2020-01-01", "-to", "2019-01-01", input), 2, "no day is between"},
		{"a minimum below one", with("-min", "0", input), 2, "-min 0"},
		{"an output that is an input", with("-o", input, input), 2, "would be overwritten: -o names it, and it is also read"},
		{
			"a summary that is a codelist", with("-summary", "testdata/cases/joints.csv", input), 2,
			"would be overwritten: -summary names it, and it is also read",
		},
		{"a person column that does not exist", with("-person", "nhs_number", input), 1, "-person"},
		{"a key column that does not exist", with("-dedupe", "key", input), 1, `"key"`},
		{
			"an order column that does not exist", with("-dedupe", "attendkey", "-order-by", "place", input), 1,
			`the order of appointments, which -order-by names: no such column: "place"`,
		},
		{"an order without -dedupe", with("-order-by", "apptdate", input), 2, "-order-by apptdate decides which appointment"},
		{"an order without a name", with("-dedupe", "attendkey", "-order-by", "", input), 2, "-order-by: its value is empty"},
		{"a file that does not exist", with("testdata/none.csv"), 1, "none.csv"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got := runHere(t, "", tt.args...)
			require.Equal(t, tt.status, got.Status, got.Stderr)
			require.Contains(t, got.Stderr, tt.says)
			require.Empty(t, got.Stdout)
		})
	}
}

// TestColumns checks that a message about a missing column names the file and the option to use.
func TestColumns(t *testing.T) {
	t.Chdir("../../../..")
	for _, tt := range []struct{ header, row, says string }{
		{"apptdate,diag_4_01", "2019-05-01,F321", "-person"},
		{"pseudo_hesid,patid,apptdate,diag_4_01", "1,2,2019-05-01,F321", "-person"},
		{"pseudo_hesid,diag_4_01", "1,F321", `the day of the appointment, which -date names: no such column: ` +
			`"apptdate"; the columns are "pseudo_hesid", and 1 more`},
		{"pseudo_hesid,apptdate,diag_4_01", "1,2019-05-01,F321", ""},
	} {
		got := runHere(t, tt.header+"\n"+tt.row+"\n", with("-")...)
		if tt.says == "" {
			require.Equal(t, 0, got.Status, got.Stderr)
			require.Contains(t, got.Stdout, "1,depression,2019-05-01,2019-05-01,1,1\n")
			continue
		}
		require.Equal(t, 1, got.Status)
		require.Contains(t, got.Stderr, "standard input: ")
		require.Contains(t, got.Stderr, tt.says)
	}
	got := runHere(t, "pseudo_hesid,apptdate,diag_4_01\n1,2019-05-01,F321\n", with("-attended", "-")...)
	require.Equal(t, 1, got.Status)
	require.Contains(t, got.Stderr, "attended")
}

// TestOrderBy checks that -order-by decides which appointment of a key is kept, and that the page says so.
func TestOrderBy(t *testing.T) {
	t.Chdir("../../../..")
	const rows = "patid,attendkey,apptdate,diag_01\n1,k,2019-05-09,F321\n1,k,2019-05-08,F321\n"
	for _, tt := range []struct {
		args []string
		day  string
	}{
		{nil, "2019-05-09"},
		{[]string{"-order-by", "ApptDate"}, "2019-05-08"},
	} {
		args := append([]string{"-dedupe", "attendkey"}, tt.args...)
		got := runHere(t, rows, with(append(args, "-")...)...)
		require.Equal(t, 0, got.Status, got.Stderr)
		require.Equal(t, "person,list,first,last,appointments,dates\n1,depression,"+tt.day+","+tt.day+",1,1\n", got.Stdout)
		page := runHere(t, rows, with(append(args, "-format", "html", "-disclosure", "none", "-")...)...)
		require.Equal(t, 0, page.Status, page.Stderr)
		for _, says := range []string{"-order-by ApptDate", "the first of those with the same attendkey by ApptDate"} {
			require.Equal(t, tt.args != nil, strings.Contains(page.Stdout, says), says)
		}
	}
}

// TestDates checks that dates that are not understood are counted apart from missing dates. A warning shows only the
// form of such dates. There is no warning if these dates do not change the result.
func TestDates(t *testing.T) {
	t.Chdir("../../../..")
	const header = "patid,apptdate,epistart,diag_01\n"
	for _, tt := range []struct {
		reason, rows string
		args         []string
		out, says    string
	}{
		{"dates as Stata and SAS write them", "1,08may2019,,F321\n1,09MAY2019,,F321\n", nil, "1,depression,2019-05-08,2019-05-09,2,2\n", ""},
		{
			"dates as the numbers of a spreadsheet", "1,43593,,F321\n2,43594,,F321\n3,,,F321\n", nil, "",
			"standard input: 2 values of apptdate could not be understood as a date (the commonest form is \"99999\"): their " +
				"appointments match a list, but the people are not counted; " +
				"write them as yyyy-mm-dd (a spreadsheet stores a date as a number of days: format the column as dates there, and save the file " +
				"again), or name another",
		},
		{
			"unreadable dates decide what is left out", "1,43593,,M060\n2,08 May 2019,,M060\n2,09 May 2019,,M060\n3,,,M060\n",
			[]string{"-from", "2019-01-01"},
			"",
			"3 values of apptdate could not be understood as a date (the commonest form is \"99 xxx 9999\"): their " +
				"appointments are left out (-from, -to)",
		},
		{"unreadable dates that do not change the result", "1,43593,,M060\n", nil, "", ""},
		{"dates in another column", "1,,08may2019,F321\n", []string{"-date", "EPISTART"}, "1,depression,2019-05-08,2019-05-08,1,1\n", ""},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			got := runHere(t, header+tt.rows, with(append(tt.args, "-")...)...)
			require.Equal(t, 0, got.Status, got.Stderr)
			require.Equal(t, "person,list,first,last,appointments,dates\n"+tt.out, got.Stdout)
			require.NotContains(t, got.Stderr, "4359")
			require.NotContains(t, got.Stderr, "May")
			if tt.says == "" {
				require.NotContains(t, got.Stderr, "understood")
				return
			}
			require.Contains(t, got.Stderr, "warning: ")
			require.Contains(t, got.Stderr, tt.says)
			require.Contains(t, got.Stderr, "write them as yyyy-mm-dd")

			args := with(append(tt.args, "-warnings", "error", "-")...)
			for i, arg := range args { // a warning about a list would end the run before it reads the data
				args[i] = strings.Replace(arg, "cases/joints.csv", "codelists/joints.csv", 1)
			}
			got = runHere(t, header+tt.rows, args...)
			require.Equal(t, 1, got.Status)
			require.Contains(t, got.Stderr, tt.says)
		})
	}
}

// TestWholeOrAbsent checks that a run that fails leaves neither output nor summary.
func TestWholeOrAbsent(t *testing.T) {
	t.Chdir("../../../..")
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad.csv")
	require.NoError(t, os.WriteFile(bad, []byte("pseudo_hesid,apptdate,diag_4_01\n1,2019-05-01,F321\n1\n"), 0o600))
	got := runHere(t, "", with("-o", filepath.Join(dir, "out.csv"), "-disclosure", "none", "-summary",
		filepath.Join(dir, "summary.csv"), bad)...)
	require.Equal(t, 1, got.Status)
	require.Contains(t, got.Stderr, "line 3")
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, files, 1)

	got = runHere(t, "", with("-skip-bad-rows", "-o", filepath.Join(dir, "out.csv"), "-disclosure", "none", "-summary",
		filepath.Join(dir, "summary.csv"), bad)...)
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Contains(t, got.Stderr, "skipped rows")
	text, err := os.ReadFile(filepath.Join(dir, "summary.csv"))
	require.NoError(t, err)
	require.Contains(t, string(text), `appointments,,taken in,appointments,1`)
}

// TestPageEscapes checks that the page shows names and terms as text.
func TestPageEscapes(t *testing.T) {
	t.Chdir("../../../..")
	const evil = `<script>alert(1)</script>" onload="x`
	path := filepath.Join(t.TempDir(), "list.csv")
	require.NoError(t, os.WriteFile(path, []byte("icd10,term,group\nF32,\"<b>\",\""+strings.ReplaceAll(evil, `"`, `""`)+"\"\n"), 0o600))
	got := runHere(t, "", "-icd10", path, "-group", "group", "-format", "html", "-disclosure", "none",
		"testdata/appointments.csv")
	require.Equal(t, 0, got.Status, got.Stderr)
	require.NotContains(t, got.Stdout, "<script")
	require.NotContains(t, got.Stdout, `onload="x`)
	require.Contains(t, got.Stdout, "&lt;script&gt;alert(1)&lt;/script&gt;")
	for _, outside := range []string{"http:", "https:", "src=", "@import", "url(h"} {
		require.NotContains(t, got.Stdout, outside)
	}
}

// TestChartsHaveTables checks that every number of a chart is also in a table of the page.
func TestChartsHaveTables(t *testing.T) {
	t.Chdir("../../../..")
	got := runHere(t, "", with("-format", "html", "-disclosure", "none", "testdata/appointments.csv")...)
	require.Equal(t, 0, got.Status, got.Stderr)
	require.NotZero(t, strings.Count(got.Stdout, `role="img"`))
	require.Equal(t, strings.Count(got.Stdout, `role="img"`), strings.Count(got.Stdout, "The table has all the numbers."))
	require.Greater(t, strings.Count(got.Stdout, "<table"), 10)
	labels := regexp.MustCompile(`<text class="val"[^>]*>([\d.,%]+)`).FindAllStringSubmatch(got.Stdout, -1)
	require.NotEmpty(t, labels)
	for _, label := range labels {
		require.Contains(t, got.Stdout, "<td>"+label[1]+"</td>")
	}
}
