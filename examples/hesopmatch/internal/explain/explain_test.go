package explain

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/examples/hesopmatch/internal/programtest"

	"github.com/stretchr/testify/require"
)

func runHere(t *testing.T, stdin string, args ...string) programtest.Ran {
	t.Helper()
	return programtest.Run(t, "explain", Run, stdin, args...)
}

const appointments = "testdata/appointments.csv"

// with returns the options for the usual lists, followed by args.
func with(args ...string) []string {
	return append([]string{
		"-icd10", "testdata/codelists/depression.csv", "-icd10", "testdata/cases/transplant.txt",
		"-opcs4", "testdata/cases/joints.csv", "-codelist", "testdata/codelists/mixed.csv",
	}, args...)
}

func TestGolden(t *testing.T) {
	tests := []struct {
		name string
		args []string
	}{
		{"explain", with("-row", "1,4,9,10,14,15,18", appointments)},
		{"explain-where", with("-where", "Pseudo_HESID=SYNTH0006", appointments)},
		{"explain-primary", with("-primary", "-row", "4", appointments)},
		{"explain-concat", with("-fields", "concat", "-row", "4", "-row", "11", appointments)},
		{"explain-exclusions", []string{"-icd10", "testdata/codelists/diabetes.tsv", "-exclude-column", "status", "-row", "6,11", appointments}},
		{"explain-never", with("-descendants", "never", "-row", "4", appointments)},
		{"explain-conditions", []string{"-codelist", "testdata/codelists/conditions.csv", "-group", "Concept Name", "-row", "2,5", appointments}},
		{"explain-headerless", with("-header", "testdata/names.txt", "-row", "3", "testdata/appointments.psv")},
	}
	t.Chdir("../../../..")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := runHere(t, "", tt.args...)
			require.Equal(t, 0, got.Status, got.Stderr)
			programtest.Golden(t, tt.name+".txt", got.Stdout)
			require.True(t, strings.HasSuffix(got.Stderr, "\n"+releaseNote+"\n") || got.Stderr == releaseNote+"\n", got.Stderr)
			for line := range strings.Lines(got.Stdout) {
				require.LessOrEqual(t, len(line), lineWidth+1, line)
			}
		})
	}
}

// TestSaid checks single sentences of the explanations.
func TestSaid(t *testing.T) {
	lists := map[string]string{
		"a.csv": "icd10,term\nM05.10,lung\nE11,diabetes\nE11.3,eyes\nE11.9,none\nE11.2,kidneys\nE11.0,coma\n",
		"b.csv": "icd10,in\nM05,1\nM05.10,0\n",
	}
	dir := t.TempDir()
	for name, text := range lists {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	t.Chdir(dir)
	tests := []struct{ reason, args, data, want string }{
		{"a dagger", "-icd10 a.csv", "diag_01|A170-D", "diag_01 A170-D ICD-10 A170 (- fills unused positions; D marks a dagger)"},
		{"an asterisk", "-icd10 a.csv", "diag_01|G01XA", "diag_01 G01XA ICD-10 G01 (X fills an undivided category; A marks an asterisk)"},
		{"repairs", "-icd10 a.csv", "diag_01| e11.1 ", `diag_01 " e11.1 " ICD-10 E111 (repaired: white space, lower case, dot)`},
		{
			"a raw value that stands for a shorter one", "-icd10 a.csv", "diag_01|diag_4_01|M0511|M051",
			"diag_4_01 M051 the start of diag_01, counted there",
		},
		{
			"a raw value that is not a code", "-icd10 a.csv", "diag_01|diag_4_01|E11999|E119",
			"diag_01 E11999 not recognised as ICD-10: wrong length, 6 characters; codes have 3 to 5 " +
				"diag_4_01 E119 the start of diag_01, which decides and is not a code",
		},
		{
			"an ICD-10 code in an OPCS-4 field", "-icd10 a.csv", "opertn_4_01|I101",
			"not recognised as OPCS-4: no OPCS-4 code begins with I",
		},
		{"a text without the form of a code", "-icd10 a.csv", "diag_01|AU00", "not recognised as ICD-10: a code is a letter, two digits and at most 2 more"},
		{
			"several values", "-icd10 a.csv", "diag_01|E11,E12",
			"diag_01 E11,E12 not recognised as ICD-10: several values in a field for one",
		},
		{
			"fields of three characters", "-icd10 a.csv", "diag_3_01|E11",
			"truncated? diag_3_01, at 3 characters a: unknown (a.csv) undecided E11 in diag_3_01 may have been truncated at 3 characters: " +
				`entry E11 (line 3, "diabetes"), entry E11.3 (line 4, "eyes"), entry E11.9 (line 5, "none") and 2 more could decide`,
		},
		{
			"a value that could only be excluded", "-icd10 b.csv -exclude-column in", "diag_4_01|M051",
			"b: match (b.csv) matched M051 in diag_4_01: entry M05 and all below it (line 2) undecided M051 in diag_4_01 may have been " +
				"truncated at 4 characters: exclusion M05.10 (line 3) could decide, but only against a match",
		},
		{
			"a raw value of four characters, which may have been truncated", "-icd10 a.csv", "diag_01|M051",
			`raw width M051 in diag_01, if raw columns hold 4 characters (-raw-width 4): entry M05.10 (line 2, "lung") could decide no entry`,
		},
		{"a longer raw value, which shows that raw columns do not truncate at 4 characters", "-icd10 a.csv", "diag_01|diag_02|M051|I10X-D", "a: no match (a.csv) no entry M051 in diag_01, I10 in diag_02"},
		{
			"the default policy", "-icd10 a.csv", "diag_01|E111",
			`taken alone E111 in diag_01: entry E11 (line 3, "diabetes") covers the undivided category alone, because the list names codes ` +
				"below it (E113, E119, E112, and more); -descendants always would cover all below it",
		},
		{
			"a policy chosen with -descendants", "-descendants never -icd10 a.csv", "diag_01|E111",
			`entry E11 (line 3, "diabetes") covers the undivided category alone by -descendants never; -descendants always would`,
		},
		{"no column of the list's system", "-icd10 a.csv", "opertn_01|K401", "a: unknown (a.csv) not coded no ICD-10 field is read, and the list has ICD-10 entries"},
		{
			"nothing in the first position", "-primary -icd10 a.csv", "diag_01|diag_02|R69X|I10",
			"passed over I10: not in the first position (-primary) missing diag_01 R69X (not known) a: no match (a.csv) " +
				"no entry no value compared with the list is a code",
		},
		{"a column of three characters beside a finer column", "-icd10 a.csv", "diag_3_01|diag_4_01|I10|I10X", "not read diag_3_01 I10: 3 characters, and finer fields are read"},
		{"white space", "-icd10 a.csv", "diag_01|diag_02|I10| ", "blank diag_02 (white space)"},
		{"a column renamed with -rename", "-icd10 a.csv -rename cause=diag_01", "Cause|I10", "Cause I10 ICD-10 I10"},
		{"control characters, which a terminal would obey", "-icd10 a.csv", "diag_01|E\x1b[2J", "diag_01 \"E\uFFFD[2J\" not recognised as ICD-10: a code is a letter, two digits and at most 2 more"},
		{"a long value", "-icd10 a.csv", "diag_01|" + strings.Repeat("x", 300), " ... [300 bytes]"},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			fields := strings.Split(tt.data, "|")
			n := len(fields) / 2
			data := strings.Join(fields[:n], "|") + "|x\n" + strings.Join(fields[n:], "|") + "|\n"
			got := runHere(t, data, append(strings.Fields(tt.args), "-row", "1", "-")...)
			require.Equal(t, 0, got.Status, got.Stderr)
			require.Contains(t, strings.Join(strings.Fields(got.Stdout), " "), strings.ReplaceAll(tt.want, "\n", " "), got.Stdout)
		})
	}
}

// TestChosen checks which appointments are explained, from inputs of any kind.
func TestChosen(t *testing.T) {
	list, err := filepath.Abs("../../../../testdata/codelists/depression.csv")
	require.NoError(t, err)
	data, err := os.ReadFile(filepath.Join("../../../..", appointments))
	require.NoError(t, err)
	t.Chdir(t.TempDir())
	file := func(name, text string) {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	}
	text := string(data)
	header, body, _ := strings.Cut(text, "\n")
	split := strings.Index(body, "1920,SYNTH0007") + len(header) + 1
	file("all.csv", text)
	file("y1.csv", text[:split])
	file("y2.csv", header+"\n"+text[split:])
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, err = z.Write(data)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	file("all.csv.gz", zipped.String())
	file("short.csv", "diag_01,x\nE11,1\nE12\nE13,3\n")

	tests := []struct {
		reason, stdin string
		args          []string
		status        int
		titles        []string // of the appointments explained
		stderr        string   // the last lines; "" if not checked
	}{
		{
			"in the order of the rows, each once", "",
			[]string{"-row", "17,3", "-row", "3", "all.csv"},
			0,
			[]string{"Row 3 (all.csv, line 4)", "Row 17 (all.csv, line 18)"},
			"",
		},
		{"standard input", text, []string{"-row", "24", "-"}, 0, []string{"Row 24 (standard input, line 25)"}, ""},
		{"gzip", "", []string{"-row", "2", "all.csv.gz"}, 0, []string{"Row 2 (all.csv.gz, line 3)"}, ""},
		{
			"row numbers continue through all inputs", "",
			[]string{"-row", "2,14", "y1.csv", "y2.csv"},
			0,
			[]string{"Row 2 (y1.csv, line 3)", "Row 14 (y2.csv, line 3)"},
			"",
		},
		{
			"a pattern", "",
			[]string{"-row", "14", "y?.csv"},
			0,
			[]string{"Row 14 (y2.csv, line 3)"},
			"",
		},
		{"reading stops after the last row", "", []string{"-row", "1", "short.csv"}, 0, []string{"Row 1 (short.csv, line 2)"}, ""},
		{
			"an earlier row cannot be read", "",
			[]string{"-row", "3", "short.csv"},
			1, nil,
			"row has a different number of fields from the header: 1, not 2; -skip-bad-rows skips and counts such rows, " +
				"-delimiter states another delimiter\n",
		},
		{"a row after a skipped one", "", []string{"-skip-bad-rows", "-row", "3", "short.csv"}, 0, []string{"Row 3 (short.csv, line 4)"}, ""},
		{
			"a row that is skipped", "",
			[]string{"-skip-bad-rows", "-row", "2", "short.csv"},
			1, nil,
			"explain: row 2 is not an appointment: -skip-bad-rows skipped it; leave that option out to see why\n",
		},
		{"a row beyond the end", "", []string{"-row", "3,25", "y1.csv", "y2.csv"}, 1, nil, "explain: -row 25: there are 24 rows\n"},
		{
			"a value", "",
			[]string{"-where", " attended = 6 ", "all.csv"},
			0,
			[]string{"Row 3 (all.csv, line 4)"},
			"",
		},
		{
			"a value that occurs in several inputs, more often than -most allows", "",
			[]string{"-where", "tretspef=110", "-most", "1", "y1.csv", "y2.csv"},
			0,
			[]string{"Row 7 (y1.csv, line 8)"},
			"note: -where selected 4 appointments, and only the first 1 were explained; -most 4 explains all\n" + releaseNote + "\n",
		},
		{
			"two values, both required", "",
			[]string{"-where", "tretspef=110", "-where", "pseudo_hesid=SYNTH0004", "-most", "1", "all.csv"},
			0,
			[]string{"Row 7 (all.csv, line 8)"},
			"note: -where selected 2 appointments, and only the first 1 were explained; -most 2 explains all\n" + releaseNote + "\n",
		},
		{
			"two values that no appointment has together", "",
			[]string{"-where", "attended=6", "-where", "pseudo_hesid=SYNTH0004", "all.csv"},
			1, nil,
			"explain: no appointment of 24 has that value in column attended, and that in pseudo_hesid (-where): values are compared exactly, except for white space around them\n",
		},
		{
			"an empty value, which no appointment has", "",
			[]string{"-where", "note=", "all.csv"},
			1, nil,
			"explain: no appointment of 24 has that value in column note (-where): values are compared exactly, except for white space around them\n",
		},
		{
			"no such column", "",
			[]string{"-where", "attendkye=1", "all.csv"},
			1, nil,
			"explain: all.csv: -where: no such column: \"attendkye\"; did you mean \"ATTENDKEY\"? the columns are " +
				"\"FYEAR\", \"PSEUDO_HESID\", \"ATTENDKEY\", \"APPTDATE\", \"ATTENDED\", \"TRETSPEF\", \"NOTE\", and 7 more\n",
		},
	}
	for _, tt := range tests {
		for _, workers := range []string{"1", "3"} {
			got := runHere(t, tt.stdin, append([]string{"-icd10", list, "-workers", workers}, tt.args...)...)
			require.Equal(t, tt.status, got.Status, "%s: %s", tt.reason, got.Stderr)
			var titles []string
			for line := range strings.Lines(got.Stdout) {
				if strings.HasPrefix(line, "Row ") {
					titles = append(titles, strings.TrimSpace(line))
				}
			}
			require.Equal(t, tt.titles, titles, tt.reason)
			require.True(t, strings.HasSuffix(got.Stderr, tt.stderr), "%s: %s", tt.reason, got.Stderr)
		}
	}
}

// TestWrongUse checks that a mistake that is evident from the command line alone ends with status 2.
func TestWrongUse(t *testing.T) {
	t.Chdir("../../../..")
	tests := []struct {
		reason string
		args   []string
		want   string
	}{
		{"nothing is chosen", with(appointments), "no appointment is chosen: name one with -row N or -where COLUMN=VALUE"},
		{"two ways to choose", with("-row", "1", "-where", "a=b", appointments), "-row and -where both choose appointments: give one of them"},
		{"row 0", with("-row", "0", appointments), `-row "0": must be row numbers from 1, such as 17 or 3,17`},
		{"a range", with("-row", "3-5", appointments), `-row "3-5": must be row numbers from 1, such as 17 or 3,17`},
		{"-where without a value", with("-where", "attendkey", appointments), `-where: must be COLUMN=VALUE, such as attendkey=900000000017`},
		{"a limit of 0", with("-where", "a=b", "-most", "0", appointments), "-most 0: must be 1 or more"},
		{"a limit with rows", with("-row", "1", "-most", "3", appointments), "-most goes with -where; -row names each appointment"},
		{"no list", []string{"-row", "1", appointments}, "no codelist: name one with -icd10, -opcs4 or -codelist"},
		{"no input", with("-row", "1"), "no input: name a file of appointments, or - for standard input"},
		{
			"an input that would be overwritten", with("-row", "1", "-o", appointments, appointments),
			"testdata/appointments.csv would be overwritten: -o names it, and it is also read: name another file",
		},
	}
	for _, tt := range tests {
		got := runHere(t, "", tt.args...)
		require.Equal(t, programtest.Ran{Status: 2, Stderr: "explain: " + tt.want + " (-h explains)\n"}, got, tt.reason)
	}
}

// TestOutput checks that the output file is written whole or not at all.
func TestOutput(t *testing.T) {
	t.Chdir("../../../..")
	path := filepath.Join(t.TempDir(), "out.txt")
	want := runHere(t, "", with("-row", "4", appointments)...)
	got := runHere(t, "", with("-row", "4", "-o", path, appointments)...)
	require.Equal(t, programtest.Ran{Stderr: want.Stderr}, got)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, want.Stdout, string(text))

	require.NoError(t, os.Remove(path))
	require.Equal(t, 1, runHere(t, "", with("-row", "4,99", "-o", path, appointments)...).Status)
	left, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestLocation(t *testing.T) {
	e := codelist.Entry{Pos: codelist.Position{Line: 5}}
	require.Equal(t, "line 5", location(e))
	e.Pos.Sheet, e.Term = "A\x1b", `the "best"`
	require.Equal(t, "sheet \"A\uFFFD\", row 5, \"the \"best\"\"", location(e))
}

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		reason, text string
		want         []string
	}{
		{"short", "a b", []string{"a b"}},
		{"between words", "aaa bbb ccc", []string{"aaa bbb", "ccc"}},
		{"exactly at the width", "aaaa bbbb", []string{"aaaa", "bbbb"}},
		{"after a comma", "E119,I10X,F339", []string{"E119,", "I10X,", "F339"}},
		{"inside a word", "aaaaaaaaaabb cc", []string{"aaaaaaaa", "aabb cc"}},
		{"characters of several bytes", "éééé éééé", []string{"éééé", "éééé"}},
	} {
		require.Equal(t, tt.want, wrap(tt.text, 8), tt.reason)
	}
}
