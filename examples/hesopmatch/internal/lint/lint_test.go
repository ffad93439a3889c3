package lint

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/programtest"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

func lint(t *testing.T, args ...string) programtest.Ran {
	t.Helper()
	return programtest.Run(t, "lint", Run, "", args...)
}

const (
	depression = "testdata/codelists/depression.csv"
	conditions = "testdata/codelists/conditions.csv"
	faulty     = "testdata/codelists/faulty.csv"
	diabetes   = "testdata/codelists/diabetes.tsv"
	reference  = "testdata/codelists/reference.csv"
)

func TestGolden(t *testing.T) {
	t.Chdir("../../../..")
	tests := []struct {
		name   string
		status int
		args   []string
	}{
		{"lint.csv", 1, []string{"-format", "csv", "-icd10", faulty, depression, conditions}},
		{"lint-lenient.csv", 0, []string{"-format", "csv", "-lenient", "-headings", "ignore", "-icd10", faulty}},
		{"lint-groups.csv", 0, []string{"-format", "csv", "-group", "concept_name", conditions}},
		{"lint-exclusions.csv", 0, []string{"-format", "csv", "-exclude-column", "status", "-icd10", diabetes}},
		{"lint-always.csv", 0, []string{"-format", "csv", "-descendants", "always", depression}},
		{"lint-reference.csv", 0, []string{"-format", "csv", "-reference", reference, depression, conditions}},
		{"lint.txt", 1, []string{"-icd10", faulty, depression, conditions, reference}},
		{"lint-reference.txt", 0, []string{"-reference", reference, depression, conditions}},
		{"lint-groups.txt", 0, []string{"-group", "concept_name", "-descendants", "always", conditions}},
		{"lint-reference.json", 1, []string{"-format", "json", "-reference", reference, "-icd10", faulty, conditions}},
		{"lint-groups.json", 0, []string{"-format", "json", "-group", "concept_name", conditions}},
		{"lint-diff.txt", 0, []string{"-diff", "-icd10", depression, "testdata/codelists/diabetes-2.csv"}},
		{"lint-diff.csv", 0, []string{"-diff", "-format", "csv", "testdata/codelists/mixed.csv", conditions}},
		{"lint-diff.json", 0, []string{"-diff", "-format", "json", "testdata/codelists/mixed.csv", conditions}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := lint(t, tt.args...)
			require.Equal(t, tt.status, got.Status, got.Stderr)
			programtest.Golden(t, tt.name, got.Stdout)
		})
	}
}

// TestEveryRow checks that every row of a file is in the output.
func TestEveryRow(t *testing.T) {
	t.Chdir("../../../..")
	for path, option := range map[string]string{faulty: "-icd10", conditions: "-codelist", depression: "-codelist", reference: "-codelist", "testdata/codelists/mixed.csv": "-codelist"} {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		records, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
		require.NoError(t, err)
		got := lint(t, "-format", "csv", "-lenient", option, path)
		lines := make(map[string]bool)
		out, err := csv.NewReader(strings.NewReader(got.Stdout)).ReadAll()
		require.NoError(t, err)
		for _, row := range out[1:] {
			require.Equal(t, path, row[0])
			lines[row[1]] = true
		}
		require.Len(t, lines, len(records)-1, path)
	}
}

func TestWorkbook(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.xltm")
	f := excelize.NewFile()
	for i, row := range [][]any{{"code", "coding_system"}, {"X60..", "ICD10 codes"}, {"", "SNOMED"}, {123, "SNOMED  CT codes"}} {
		require.NoError(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row))
	}
	_, err := f.NewSheet("Notes")
	require.NoError(t, err)
	require.NoError(t, f.SetCellValue("Notes", "A1", "Read me"))
	require.NoError(t, f.SaveAs(path))

	got := lint(t, "-format", "csv", path)
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Equal(t, "file,line,column,raw,system,code,coverage,verdict,reason\n"+
		path+",2,1,X60..,ICD-10,X60,descendants,repaired,dots\n"+
		path+",3,1,,,,,ignored,no code in this row\n"+
		path+",4,1,123,,,,ignored,another coding system: SNOMED CT codes\n", got.Stdout)
	require.Contains(t, got.Stderr, `sheet "Notes" passed over, 1 row: no code column found`)

	got = lint(t, path)
	require.Contains(t, got.Stdout, path+": can be used; please look\n")
	require.Contains(t, got.Stdout, `sheet "Notes" passed over, 1 row: no code column found`)
	require.Contains(t, lint(t, "-format", "github", path).Stdout, `sheet "Notes" passed over, 1 row: no code column found`)
	results := readSARIF(t, lint(t, "-format", "sarif", path).Stdout).Results
	require.Len(t, results, 4)
	require.Equal(t, 2, results[1].Locations[0].Physical.Region.Line, "the row of the sheet")
	require.Equal(t, `sheet "Sheet1", row 2, column 1: "X60..": repaired: dots`, results[1].Message.Text)
	got = lint(t, "-format", "json", "-sheet", "Sheet1", path)
	require.Equal(t, 0, got.Status, got.Stderr)
	var report jsonReport
	require.NoError(t, json.Unmarshal([]byte(got.Stdout), &report))
	require.Equal(t, []jsonSheet{{Name: "Sheet1", Rows: 4}}, report.Files[0].Sheets)
	require.NoError(t, f.SetSheetVisible("Notes", true))
	f.SetActiveSheet(1)
	require.NoError(t, f.SetSheetVisible("Sheet1", false))
	require.NoError(t, f.SaveAs(path))
	const hidden = `warning: book.xlsx: hidden sheet "Sheet1" was read, 4 rows`
	require.Equal(t, 1, strings.Count(lint(t, path).Stdout, strings.ReplaceAll(hidden, "book.xlsx", path)))
	got = lint(t, "-format", "csv", "-warnings", "error", path)
	require.Equal(t, 1, got.Status, "a hidden sheet is a warning")
	require.Equal(t, 1, strings.Count(got.Stderr, strings.ReplaceAll(hidden, "book.xlsx", path)), got.Stderr)
	require.NotContains(t, lint(t, "-sheet", "Sheet1", path).Stdout, "warning: ", "a sheet that was named gets no warning")
	got = lint(t, "-sheet", "sheet1", path)
	require.Equal(t, 1, got.Status)
	require.Contains(t, got.Stderr, "no such sheet")
}

// TestNotices checks that every format has the notices of a list, and that warnings can fail a run.
func TestNotices(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.csv")
	require.NoError(t, os.WriteFile(path, []byte("Made up title\nicd10,action\nE10,keep\nE11,drop\nprose,keep\n"), 0o600))
	const rejected, warning, note = "error: ", "warning: ", "note: "
	got := lint(t, "-format", "csv", "-lenient", path)
	require.Equal(t, 0, got.Status, got.Stderr)
	var levels []string
	for line := range strings.Lines(got.Stderr) {
		level, rest, _ := strings.Cut(line, path)
		require.NotEmpty(t, rest, line)
		levels = append(levels, level)
	}
	require.Equal(t, []string{rejected, warning, note}, levels, got.Stderr)
	require.NotContains(t, got.Stdout, warning)

	got = lint(t, "-format", "csv", "-lenient", "-warnings", "error", path)
	require.Equal(t, 1, got.Status)
	require.Equal(t, 1, strings.Count(got.Stderr, warning+path), "each warning once: %s", got.Stderr)
	for _, format := range []string{"text", "json"} {
		got = lint(t, "-format", format, "-lenient", path)
		require.Contains(t, got.Stdout, "look like exclusions")
		require.Empty(t, got.Stderr, "the report contains the notices")
	}
	got = lint(t, "-diff", "-lenient", "-warnings", "error", path, path)
	require.Equal(t, 1, got.Status)
	require.Contains(t, got.Stderr, warning+path)
}

func TestWrongUse(t *testing.T) {
	t.Chdir("../../../..")
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	good := file("good.csv", "icd10\nE11\n")
	tests := []struct {
		args   []string
		status int
		says   string
		reason string
	}{
		{nil, 2, "no codelist", "nothing to check"},
		{[]string{"-format", "xml", good}, 2, "-format", "a format that does not exist"},
		{[]string{"-headings", "drop", good}, 2, "-headings", "a choice that does not exist"},
		{[]string{good, "-lenient"}, 2, "options go first", "an option after a file"},
		{[]string{"-diff", good}, 2, "compares two lists, not 1", "one list to compare"},
		{[]string{"-diff", "-icd10", good, good, good}, 2, "not 3", "three lists to compare"},
		{[]string{"-diff", "-group", "x", good, good}, 2, "-group", "groups to compare"},
		{[]string{"-diff", "-reference", good, good, good}, 2, "-reference", "a comparison with a reference"},
		{[]string{"-o", good, good}, 2, "would be overwritten", "the output is the input"},
		{[]string{"-o", good, "-reference", good, depression}, 2, "would be overwritten", "the output is the reference"},
		{[]string{"-"}, 2, "standard input", "standard input"},
		{[]string{"-exclude-when", "0", good}, 2, "-exclude-column NAME", "-exclude-when without -exclude-column"},
		{[]string{"-header-row", "0", good}, 2, "must be 1 or more", "a header row of 0"},
		{[]string{"-exclude-column", "x", "-exclude-when", "", good}, 2, "-exclude-when is empty", "an empty value " +
			"for -exclude-when"},
		{[]string{"-header-row", "-1", good}, 2, "must be 1 or more", "a negative header row"},
		{
			[]string{"-warnings", "error", "-exclude-column", "x", file("minus.csv", "icd10,x\nE11,exclude\n")},
			1,
			"exclusions and no inclusion", "a warning that a list matches nothing",
		},
		{[]string{"NAME="}, 2, "FILE or NAME=FILE", "a name without a file"},
		{[]string{filepath.Join(dir, "none.csv")}, 1, "none.csv", "a file that does not exist"},
		{[]string{dir}, 1, filepath.Base(dir), "a folder"},
		{[]string{"-reference", filepath.Join(dir, "none.csv"), good}, 1, "none.csv", "a reference that does not exist"},
		{[]string{"-diff", "-opcs4", good, good}, 1, "a different coding system", "a list that does not parse"},
		{[]string{"-diff", good, faulty}, 1, "7 rejected rows", "rejected rows without -lenient"},
		{[]string{"-group", "x", good}, 1, `"x" (-group)`, "a column that does not exist"},
	}
	before, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, tt := range tests {
		got := lint(t, tt.args...)
		require.Equal(t, tt.status, got.Status, "%s: %s", tt.reason, got.Stderr)
		require.Contains(t, got.Stderr, tt.says, tt.reason)
		if tt.status == 2 {
			require.Empty(t, got.Stdout, tt.reason)
			require.Equal(t, 1, strings.Count(got.Stderr, "\n"), "%s: one line", tt.reason)
		}
	}
	after, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, after, len(before), "no file is left")
}

// TestRefusedFile checks that lint writes one line about a file that is refused as a whole, with the reason and the
// option to use, and still reports the other files.
func TestRefusedFile(t *testing.T) {
	t.Chdir("../../../..")
	dir := t.TempDir()
	path := filepath.Join(dir, "two.csv")
	require.NoError(t, os.WriteFile(path, []byte("code,icd10\nE11,E11\n"), 0o600))
	got := lint(t, "-format", "csv", path, depression)
	require.Equal(t, 1, got.Status)
	require.Equal(t, "lint: "+path+`:1: more than one column could hold the codes: "code", "icd10"; name one with -code-column`+"\n"+
		"lint: not every list can be used as it is\n", got.Stderr)
	require.Equal(t, 6, strings.Count(got.Stdout, "\n"))
	got = lint(t, path, depression)
	require.Contains(t, got.Stdout, path+": refused\n  error: "+path+":1: more than one column")
	got = lint(t, "-format", "json", path)
	require.Contains(t, got.Stdout, `"refused": "`+path)
}

func TestNoEntryLeft(t *testing.T) {
	path := filepath.Join(t.TempDir(), "none.csv")
	require.NoError(t, os.WriteFile(path, []byte("icd10\nNA\n\"\"\"\"\n"), 0o600))
	got := lint(t, "-format", "csv", "-lenient", path)
	require.Equal(t, 1, got.Status, "it fails even with -lenient")
	require.Equal(t, "file,line,column,raw,system,code,coverage,verdict,reason\n"+
		path+",2,1,NA,ICD-10,,,rejected,not a code\n"+path+",3,1,\"\"\"\",ICD-10,,,rejected,not a code\n", got.Stdout, "rows are still reported")
	got = lint(t, "-lenient", path)
	require.Contains(t, got.Stdout, "no entry is left")
}

// TestReferenceSystem checks that a reference that does not state its system is read in the system of the lists, if all
// lists have the same system.
func TestReferenceSystem(t *testing.T) {
	t.Chdir("../../../..")
	path := filepath.Join(t.TempDir(), "valid.txt")
	require.NoError(t, os.WriteFile(path, []byte("F32\nF32.1\nF30-F39\n"), 0o600))
	got := lint(t, "-format", "csv", "-reference", path, depression)
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Contains(t, got.Stderr, "does not state its coding system and is read as ICD-10")
	require.Contains(t, got.Stderr, `passed over 1 row that cannot be used, the first at line 3, column 1: "F30-F39"`)
	require.Contains(t, got.Stdout, "F322,descendants,accepted,not in the reference\n")
	got = lint(t, "-reference", path, "testdata/codelists/mixed.csv")
	require.Equal(t, 1, got.Status)
	require.Contains(t, got.Stderr, "no coding system stated: a reference has one column of codes called icd10 or opcs4")
}

// TestReferenceOfAnotherSystem checks that entries of a system without codes in the reference are reported as not
// checked.
func TestReferenceOfAnotherSystem(t *testing.T) {
	t.Chdir("../../../..")
	got := lint(t, "-reference", reference, "testdata/codelists/joints.csv")
	require.Contains(t, got.Stderr, "entries of OPCS-4 are not checked")
	require.Contains(t, got.Stdout, "joints.csv: can be used; please look\n  warning: entries of OPCS-4 are not checked")
	got = lint(t, "-format", "json", "-reference", reference, "testdata/codelists/joints.csv")
	require.Contains(t, got.Stdout, "\"unchecked_systems\": [\n            \"OPCS-4\"")
}

// TestExclusionsOnly checks that lint warns of a list that can match nothing, without failing. flag refuses such a
// list.
func TestExclusionsOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "groups.csv")
	require.NoError(t, os.WriteFile(path, []byte("icd10,x,exclude\nE11,diabetes,\nE11.3,,1\n"), 0o600))
	got := lint(t, "-group", "x", "-exclude-column", "exclude", path)
	require.Equal(t, 0, got.Status, "nothing is rejected")
	require.Contains(t, got.Stdout, path+": can be read, but matches nothing\n")
	require.Contains(t, got.Stdout, "\n  warning: "+path+`: "(blank)": exclusions and no inclusion`)
	require.NotContains(t, got.Stdout, "error:", "the run does not fail")
}

// TestOneLine checks that a name or a cell can neither break a line nor control a terminal.
func TestOneLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "groups.csv")
	require.NoError(t, os.WriteFile(path, []byte("code,coding_system,x\nE11,ICD10,\"a\nlint: all is well \x1b[31m\"\n1,\"SNO\x1bMED\",b\nI10,ICD10,b\n"), 0o600))
	got := lint(t, "-group", "x", path)
	require.Equal(t, 0, got.Status, got.Stderr)
	require.NotContains(t, got.Stdout, "\x1b")
	require.NotContains(t, got.Stdout, "\nlint:")
}

func TestOutputFile(t *testing.T) {
	t.Chdir("../../../..")
	path := filepath.Join(t.TempDir(), "out.csv")
	got := lint(t, "-format", "csv", "-o", path, depression)
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Empty(t, got.Stdout)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, lint(t, "-format", "csv", depression).Stdout, string(text))
}

func TestColor(t *testing.T) {
	require.Equal(t, "x", (&text{}).paint(red, "x"))
	require.Equal(t, red+"x"+plain, (&text{colour: true}).paint(red, "x"))
	t.Chdir("../../../..")
	require.NotContains(t, lint(t, depression).Stdout, "\x1b", "no terminal, no colour")
}

// TestPatternOfLists checks that lint expands patterns, because Windows shells pass them unexpanded.
func TestPatternOfLists(t *testing.T) {
	t.Chdir(t.TempDir())
	got := lint(t, "*.csv")
	require.Equal(t, 1, got.Status)
	require.Contains(t, got.Stderr, "codelist *.csv: no such file, and no file matches the pattern\n")
	require.NoError(t, os.Mkdir("icd10", 0o700))
	require.NoError(t, os.WriteFile("icd10/a.csv", []byte("code\nF32\n"), 0o600))
	require.NoError(t, os.WriteFile("icd10/b.csv", []byte("code\nF33\n"), 0o600))
	for _, arg := range []string{"icd10", "icd10/*.csv"} {
		got = lint(t, "-format", "csv", "-icd10", arg)
		require.Equal(t, 0, got.Status, got.Stderr)
		require.Contains(t, got.Stderr, "note: "+arg+": 2 codelists: "+filepath.Join("icd10", "a.csv")+", "+filepath.Join("icd10", "b.csv")+"\n")
		require.Contains(t, got.Stdout, filepath.Join("icd10", "b.csv")+",2,1,F33,ICD-10,F33,descendants,accepted,")
		require.Equal(t, 0, lint(t, "-diff", "-icd10", arg).Status, "two files are two lists")
		require.Equal(t, 2, lint(t, "-diff", "-icd10", arg, "-icd10", "icd10/a.csv").Status)
	}
}
