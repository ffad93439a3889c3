package flag

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/examples/hesopmatch/internal/programtest"

	"github.com/stretchr/testify/require"
)

// runIn runs the program in the root of the repository, where the paths start.
func runIn(t *testing.T, stdin string, args ...string) programtest.Ran {
	t.Helper()
	t.Chdir("../../../..")
	return runHere(t, stdin, args...)
}

func runHere(t *testing.T, stdin string, args ...string) programtest.Ran {
	t.Helper()
	return programtest.Run(t, "flag", Run, stdin, args...)
}

var lists = []string{
	"-icd10", "testdata/codelists/depression.csv", "-icd10", "testdata/cases/transplant.txt",
	"-opcs4", "testdata/cases/joints.csv", "-codelist", "testdata/codelists/mixed.csv",
}

// with returns the options for the usual lists, followed by args.
func with(args ...string) []string { return append(append([]string{}, lists...), args...) }

func TestGolden(t *testing.T) {
	const input = "testdata/appointments.csv"
	headerless := []string{"-header", "testdata/names.txt", "testdata/appointments.psv"}
	tests := []struct {
		name string
		args []string
	}{
		{"wide", with(input)},
		{"wide-all", with("-rows", "all", input)},
		{"wide-columns", with("-rows", "all", "-columns", "attendkey,note", input)},
		{"hits", with("-format", "hits", input)},
		{"hits-primary", with("-format", "hits", "-primary", input)},
		{"hits-concat", with("-format", "hits", "-fields", "concat", input)},
		{"hits-always", with("-format", "hits", "-descendants", "always", input)},
		{"hits-never", with("-format", "hits", "-descendants", "never", input)},
		{"hits-exclusions", []string{"-icd10", "testdata/codelists/diabetes.tsv", "-exclude-column", "Status", "-format", "hits", input}},
		{"hits-lenient", []string{"-icd10", "faulty=testdata/codelists/faulty.csv", "-lenient", "-format", "hits", input}},
		{"hits-headerless", append(with("-format", "hits"), headerless...)},
	}
	t.Chdir("../../../..")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := runHere(t, "", tt.args...)
			require.Equal(t, 0, got.Status, got.Stderr)
			programtest.Golden(t, tt.name+".csv", got.Stdout)
			programtest.Golden(t, tt.name+".summary.txt", got.Stderr)
		})
	}
}

// TestSameAnswer checks that the kind of input, its line ends, its division into files and the number of workers do not
// change the results.
func TestSameAnswer(t *testing.T) {
	t.Chdir("../../../..")
	data, err := os.ReadFile("testdata/appointments.csv")
	require.NoError(t, err)
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, err = z.Write(data)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	text := string(data)
	header, body, _ := strings.Cut(text, "\n")
	split := strings.Index(body, "1920,SYNTH0007") + len(header) + 1

	for _, format := range []string{"wide", "hits"} {
		args := func(more ...string) []string { return append(with("-format", format), more...) }
		want := runHere(t, "", args("testdata/appointments.csv")...)
		require.Equal(t, 0, want.Status, want.Stderr)
		tests := []struct {
			reason string
			stdin  string
			args   []string
		}{
			{"standard input", text, args("-")},
			{"compressed standard input", zipped.String(), args("-")},
			{"gzip", "", args(file("a.csv.gz", zipped.String()))},
			{"CRLF", "", args(file("crlf.csv", strings.ReplaceAll(text, "\n", "\r\n")))},
			{"byte order mark", "", args(file("bom.csv", "\xEF\xBB\xBF"+text))},
			{"no last line end", "", args(file("short.csv", strings.TrimSuffix(text, "\n")))},
			{"two files", "", args(file("1.csv", text[:split]), file("2.csv", header+"\n"+text[split:]))},
			{"two workers", "", args("-workers", "2", "testdata/appointments.csv")},
			{"eight workers", "", args("-workers", "8", "testdata/appointments.csv")},
			{"stated delimiter", "", args("-delimiter", ",", "testdata/appointments.csv")},
		}
		for _, tt := range tests {
			got := runHere(t, tt.stdin, tt.args...)
			require.Equal(t, 0, got.Status, got.Stderr)
			require.Equal(t, withoutLines(t, want.Stdout), withoutLines(t, got.Stdout), "%s: %s", format, tt.reason)
		}
	}
	lower := file("lower.csv", strings.ToLower(header)+"\n"+text[split:])
	got := runHere(t, "", with("-format", "hits", file("1.csv", text[:split]), lower)...)
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Contains(t, got.Stdout, "\n17,transplant,ICD-10,1,diag_4_01,", "hits use each file's spelling, and row numbers continue")
	got = runHere(t, "", with(file("1.csv", text[:split]), lower)...)
	require.True(t, strings.HasPrefix(got.Stdout, header), "wide uses the spelling of the first file")
}

func TestWrongUse(t *testing.T) {
	t.Chdir("../../../..")
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	const input = "testdata/appointments.csv"
	header := "key,diag_4_01\n"
	tests := []struct {
		reason string
		args   []string
		status int
		says   string
	}{
		{"an unknown option", with("-nosuch", input), 2, "-nosuch"},
		{"no list", []string{input}, 2, "no codelist"},
		{"no input", with(), 2, "no input"},
		{"a list without a file", []string{"-icd10", "=x", input}, 2, "NAME=FILE"},
		{
			"an option in the place of another option's file",
			[]string{"-icd10", "-exclude-column", lists[1], input},
			2,
			"-icd10 needs its value ([NAME=]FILE), and -exclude-column looks like an option",
		},
		{"an unknown option in the place of a file", []string{"-icd10", "-nosuch", input}, 2, "looks like an option, and -icd10 needs a FILE"},
		{"a list from standard input", []string{"-icd10", "-", input}, 2, "a codelist is a file"},
		{"a folder without lists", []string{"-icd10", t.TempDir(), input}, 1, "(-icd10): is a folder without codelists"},
		{"an unknown value of -rows", with("-rows", "some", input), 2, "matched"},
		{"an unknown policy", with("-descendants", "sometimes", input), 2, "always"},
		{"no workers", with("-workers", "0", input), 2, "-workers 0"},
		{"a quote as delimiter", with("-delimiter", `"`, input), 2, "quote"},
		{"a long delimiter", with("-delimiter", "ab", input), 2, "one character"},
		{"a column twice", with("-columns", "note,NOTE", input), 2, "twice"},
		{"a column without a name", with("-columns", "note,,key", input), 2, "without a name"},
		{"standard input twice", with("-", "-"), 2, "named twice"},
		{"an option after a file", with(input, "-primary"), 2, "options go first"},
		{"an output that is an input", with("-o", input, input), 2, input + " would be overwritten: -o names it, and it " +
			"is also read: name another file"},
		{
			"an output that is a list", with("-o", "testdata/cases/../cases/joints.csv", input), 2,
			"-o names it, and it is also read",
		},
		{
			"one file for output and manifest", with("-o", dir+"/same", "-manifest", dir+"/same", input), 2,
			"-o and -manifest both name it: name two files",
		},
		{"two lists with the same name", with("-icd10", "JOINTS="+lists[1], input), 1, `two lists have the same name, "JOINTS"`},
		{"a list with the name of a column", []string{"-icd10", "note=" + lists[1], input}, 1, "also the name of a list"},
		{"an unknown column", with("-columns", "nosuch", input), 1, `"nosuch"`},
		{"a list that does not exist", []string{"-icd10", dir + "/none.csv", input}, 1, "codelist " + dir +
			"/none.csv (-icd10): no such file"},
		{"an input that does not exist", with(dir + "/none.csv"), 1, "input " + dir + "/none.csv: no such file"},
		{"a later input that does not exist", with(input, dir+"/none.csv"), 1, "no such file"},
		{"an input that is a directory without data", with(t.TempDir()), 1, "is a folder without data files"},
		{"an empty list", []string{"-icd10", file("empty.csv", ""), input}, 1, "no entry left"},
		{
			"a list with only a header",
			[]string{"-icd10", file("header.csv", "code\n"), input},
			1,
			"no entry left: 0 rows rejected, 0 ignored; there are no rows below the header",
		},
		{"a list without codes", []string{"-icd10", file("prose.csv", "a,b\nc,d\n"), input}, 1, "-code-column"},
		{"a list without a system", []string{"-codelist", file("nosystem.csv", "code\nE11\n"), input}, 1, "no coding system"},
		{"a list of exclusions only", []string{
			"-icd10", file("minus.csv", "code,status\nE11,-\n"), "-exclude-column",
			"status", input,
		}, 1, "are exclusions; add what they are exclusions from"},
		{"a list of removals", []string{"-icd10", file("removed.csv", "code,reason_for_removal\nE11,x\n"), input}, 1, "-allow-removals"},
		{"a list with signs", []string{"-icd10", "testdata/codelists/diabetes.tsv", input}, 1, "-exclude-column"},
		{"no code columns", with(file("nocodes.csv", "a,b\n1,2\n")), 1, "no code columns"},
		{"an empty input", with(file("nothing.csv", "")), 1, "empty"},
		{"a row of the wrong width", with(file("width.csv", header+"1,E11\n2\n")), 1, "line 3, byte offset 20"},
		{"an open quote", with(file("quote.csv", header+"1,\"E11\n")), 1, "line 2, byte offset 16"},
		{"bad gzip", with(file("bad.gz", "\x1F\x8Bxxxxxxxxxx")), 1, "gzip"},
		{"another header", with(input, file("other.csv", header)), 1, "same columns"},
		{"column names for a file with a header", with("-header", "testdata/names.txt", input), 1, "header of its own"},
		{"a header file without names", with("-header", file("names", "\n"), input), 1, "no column names"},
		{"a manifest in a missing folder", with("-manifest", dir+"/no/where", input), 1, dir + "/no/where: no such file"},
		{"a manifest to standard output", with("-manifest", "-", input), 2, "-manifest -: standard output is for the " +
			"rows; name a file"},
		{"an output without a name", with("-o", "", input), 2, "-o: its value is empty"},
		{"a letter as delimiter", with("-delimiter", "E", input), 2, "one character"},
		{"an output in a missing folder", with("-o", dir+"/no/where", input), 1, dir + "/no/where: no such file or directory: " +
			"the folder to write it to does not exist"},
		{"an output that is a folder", with("-o", dir, input), 1, dir + ": is a folder and cannot be written as a file: name a file " +
			"in it"},
	}
	require.NoError(t, os.Symlink(file("linked.csv", header+"1,E11\n"), filepath.Join(dir, "link.csv")))
	there, err := filepath.Abs("testdata/cases/joints.csv")
	require.NoError(t, err)
	tests = append(tests, []struct {
		reason string
		args   []string
		status int
		says   string
	}{
		{"an output that is a list under another path", with("-o", there, input), 1, "leads to the same file as"},
		{"an output that links to an input", with("-o", filepath.Join(dir, "link.csv"),
			filepath.Join(dir, "linked.csv")), 1, "leads to the same file as"},
	}...)
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			before, err := os.ReadDir(dir)
			require.NoError(t, err)
			args := tt.args
			if !strings.Contains(strings.Join(args, " "), " -o ") {
				args = append([]string{"-o", filepath.Join(dir, "out.csv"), "-manifest", filepath.Join(dir, "out.json")}, args...)
			}
			got := runHere(t, "", args...)
			require.Equal(t, tt.status, got.Status, got.Stderr)
			require.Contains(t, got.Stderr, tt.says)
			require.True(t, strings.HasPrefix(got.Stderr, "flag: "), got.Stderr)
			require.Equal(t, 1, strings.Count(got.Stderr, "\n"), "one line: %s", got.Stderr)
			require.Empty(t, got.Stdout)
			after, err := os.ReadDir(dir)
			require.NoError(t, err)
			require.Len(t, after, len(before), "no file is left")
		})
	}
}

func TestFinerFieldsAreAskedFor(t *testing.T) {
	t.Chdir("../../../..")
	path := filepath.Join(t.TempDir(), "raw.csv")
	require.NoError(t, os.WriteFile(path, []byte("diag_01,diag_4_01,diag_4_02\nI10X,I10X,M051\n"), 0o600))
	got := runHere(t, "", with(path)...)
	require.Contains(t, got.Stderr, "mixed: 1 entry cannot be decided by ICD-10 fields of 4 characters: M0510", "the note appears even if raw fields are read too")
}

func TestSummaryTells(t *testing.T) {
	t.Chdir("../../../..")
	dir := t.TempDir()
	path, list := filepath.Join(dir, "padded.csv"), filepath.Join(dir, ".hidden")
	require.NoError(t, os.WriteFile(path, []byte("opertn_4_01,opertn_4_02\n0000  ,0000\nAU00      ,\u00a00000\nK401,\n"), 0o600))
	require.NoError(t, os.WriteFile(list, []byte("R69[0-9]\n"), 0o600))
	got := runHere(t, "", "-icd10", list, path)
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Contains(t, got.Stderr, `unrecognised values: 4: "0000" 3, "AU00" 1`+"\n", "values that differ only in padding are counted as one")
	require.Contains(t, got.Stderr, ".hidden: no ICD-10 field is read, so the answer is never \"no match\"\n")
	require.Contains(t, got.Stderr, "  stands for missing values, so a match means an unknown code, not a condition: R690, ")
	require.Contains(t, got.Stderr, "      0         0        3          0  .hidden\n")
}

func TestNoPersonalDataInMessages(t *testing.T) {
	t.Chdir("../../../..")
	dir := t.TempDir()
	const row = "9990000018,2019-01-02,E119,9990000018\n"
	path := filepath.Join(dir, "headerless.csv")
	require.NoError(t, os.WriteFile(path, []byte(row+row), 0o600))
	names := filepath.Join(dir, "names")
	require.NoError(t, os.WriteFile(names, []byte("apptdate,diag_4_01,key,diag_4_02"), 0o600)) // in another order
	for _, args := range [][]string{with(path), with("-header", names, path), with("-skip-bad-rows", "-delimiter", ";", "-header", names, path)} {
		got := runHere(t, "", args...)
		require.NotContains(t, got.Stderr, "9990000018")
		require.NotContains(t, got.Stderr, "2019-01-02")
	}
}

func TestRejectedRowsAreAllNamed(t *testing.T) {
	got := runIn(t, "", "-icd10", "testdata/codelists/faulty.csv", "testdata/appointments.csv")
	require.Equal(t, 1, got.Status)
	require.Equal(t, 7, strings.Count(got.Stderr, "\n  line "), got.Stderr)
	require.Contains(t, got.Stderr, `line 8, column 1: "C88,4": several codes in one cell`)
}

func TestSkipBadRows(t *testing.T) {
	t.Chdir("../../../..")
	path := filepath.Join(t.TempDir(), "bad.csv")
	require.NoError(t, os.WriteFile(path, []byte("key,diag_4_01\n1,F321\n2\n3,F322,x\n\n4,F33X\n"), 0o600))
	got := runHere(t, "", with("-skip-bad-rows", "-format", "hits", "-workers", "3", path)...)
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Contains(t, got.Stdout, "\n1,depression,")
	require.Contains(t, got.Stdout, "\n4,depression,", "skipped rows count in row numbers")
	require.Contains(t, got.Stderr, "rows: 4, of them coded: 2\n")
	require.Contains(t, got.Stderr, "skipped rows in "+path+": 2\n")
	require.Contains(t, got.Stderr, path+": line 3, byte offset 21: row has a different number of fields from the header: 1, not 2\n")
	require.Contains(t, got.Stderr, path+": 1 blank line ignored\n")
}

func TestOutputFileAndManifest(t *testing.T) {
	t.Chdir("../../../..")
	dir := t.TempDir()
	out, manifestPath := filepath.Join(dir, "out.csv"), filepath.Join(dir, "manifest.json")
	args := with("-o", out, "-manifest", manifestPath, "testdata/appointments.csv")
	read := func() (string, manifest) {
		got := runHere(t, "", args...)
		require.Equal(t, 0, got.Status, got.Stderr)
		require.Empty(t, got.Stdout)
		data, err := os.ReadFile(manifestPath)
		require.NoError(t, err)
		var m manifest
		require.NoError(t, json.Unmarshal(data, &m))
		require.NotEmpty(t, m.Time)
		m.Time = ""
		written, err := os.ReadFile(out)
		require.NoError(t, err)
		return string(written), m
	}
	written, m := read()
	require.Equal(t, runHere(t, "", with("testdata/appointments.csv")...).Stdout, written)
	require.Equal(t, program.Version, m.Version)
	require.Equal(t, int64(24), m.Rows)
	require.Len(t, m.Lists, 4)
	require.Equal(t, "depression", m.Lists[0].Name)
	require.Equal(t, int64(3), m.Lists[0].Match)
	require.Equal(t, m.Rows, m.Lists[0].Match+m.Lists[0].NoMatch+m.Lists[0].Unknown)
	require.Len(t, m.Lists[0].Fingerprint, 64)
	require.Equal(t, map[string]int{"accepted": 5, "repaired": 0, "duplicate": 0, "ignored": 0, "rejected": 0}, m.Lists[0].Rows)
	require.Len(t, m.Inputs[0].SHA256, 64)
	again, m2 := read()
	require.Equal(t, written, again)
	require.Equal(t, m, m2, "the same input gives the same manifest")
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, files, 2, "no other file is left")
}

// TestVersion checks that the version is the newest one in the change log.
func TestVersion(t *testing.T) {
	changes, err := os.ReadFile("../../../../CHANGELOG.md")
	require.NoError(t, err)
	for line := range strings.Lines(string(changes)) {
		if rest, ok := strings.CutPrefix(line, "## "); ok {
			require.Equal(t, program.Version, strings.Fields(rest)[0])
			return
		}
	}
	require.Fail(t, "CHANGELOG.md has no version")
}
