package flag

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// TestGroups checks that one file gives a list for each value of a column.
func TestGroups(t *testing.T) {
	t.Chdir("../../../..")
	dir := t.TempDir()
	path := filepath.Join(dir, "groups.csv")
	require.NoError(t, os.WriteFile(path, []byte("code,coding_system,concept\nF32,ICD10,mood\nW37,OPCS4,hip\nF33,ICD10,mood\nI10,ICD10,\n44,SNOMED,other\n"), 0o600))
	got := runHere(t, "", "-codelist", path, "-group", "Concept", "-columns", "attendkey", "-rows", "all", "testdata/appointments.csv")
	require.Equal(t, 0, got.Status, got.Stderr)
	header, _, _ := strings.Cut(got.Stdout, "\n")
	require.Equal(t, "ATTENDKEY,mood,hip,(blank)", header)
	require.Contains(t, got.Stderr, path+": 1 row in groups that made no list")
	got = runHere(t, "", "-codelist", path, "-opcs4", path, "-group", "concept", "testdata/appointments.csv")
	require.Equal(t, 1, got.Status)
	require.Contains(t, got.Stderr, `two lists have the same name, "hip"`)
	got = runHere(t, "", "-icd10", "testdata/codelists/depression.csv", "-group", "concept", "testdata/appointments.csv")
	require.Equal(t, 1, got.Status)
	require.Contains(t, got.Stderr, `"concept" (-group)`)

	require.NoError(t, os.WriteFile(path, []byte("icd10,concept\nF32,diag_4_01\n"), 0o600))
	got = runHere(t, "", "-icd10", path, "-group", "concept", "testdata/appointments.csv")
	require.Equal(t, 1, got.Status)
	require.Contains(t, got.Stderr, "change the value of -group concept")
}

// TestNamesStayOnTheirLine checks that the name of a group cannot break a line or control a terminal.
func TestNamesStayOnTheirLine(t *testing.T) {
	t.Chdir("../../../..")
	path := filepath.Join(t.TempDir(), "groups.csv")
	require.NoError(t, os.WriteFile(path, []byte("icd10,concept\nF32,\"a\x1b[31mb\nFAKE: 5\"\n"), 0o600))
	got := runHere(t, "", "-icd10", path, "-group", "concept", "testdata/appointments.csv")
	require.Equal(t, 0, got.Status, got.Stderr)
	require.NotContains(t, got.Stderr, "\x1b")
	require.NotContains(t, got.Stderr, "\nFAKE")
}

// TestWorkbook checks that a workbook is recognised by its content, and that hits have the row of the sheet.
func TestWorkbook(t *testing.T) {
	t.Chdir("../../../..")
	f := excelize.NewFile()
	for cell, value := range map[string]string{"A3": "term", "B3": "icd10", "B5": "F32.1"} {
		require.NoError(t, f.SetCellValue("Sheet1", cell, value))
	}
	_, err := f.NewSheet("More")
	require.NoError(t, err)
	for cell, value := range map[string]string{"A1": "icd10", "A2": "F33", "A3": "F30-F39"} {
		require.NoError(t, f.SetCellValue("More", cell, value))
	}
	path := filepath.Join(t.TempDir(), "book.dat")
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	require.NoError(t, os.WriteFile(path, b.Bytes(), 0o600))
	args := func(more ...string) []string {
		return append(more, "-icd10", "mood="+path, "-format", "hits", "testdata/appointments.csv")
	}
	got := runHere(t, "", args("-sheet", "Sheet1")...)
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Contains(t, got.Stdout, ",F32.1,"+path+",5,Sheet1,testdata/appointments.csv,3,\n")
	require.NotContains(t, got.Stdout, ",F33,")
	require.Equal(t, 1, runHere(t, "", args()...).Status, "it refuses a range that may be a heading")
	got = runHere(t, "", args("-headings", "ignore")...)
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Contains(t, got.Stdout, ",F33,"+path+",2,More,testdata/appointments.csv,5,\n")
	require.NotContains(t, got.Stdout, ",F30-F39,")
	require.Contains(t, runHere(t, "", args("-headings", "expand")...).Stdout, ",F30-F39,"+path+",3,More,testdata/appointments.csv,")
	got = runHere(t, "", args("-sheet", "sheet1")...)
	require.Equal(t, 1, got.Status)
	require.Contains(t, got.Stderr, "no such sheet")
}

// TestPatternsOfLists checks that an argument for a codelist or an input is taken as the name of a file. If there is no
// such file, the argument is taken as a pattern.
func TestPatternsOfLists(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"list[1].csv": "icd10\nE11\n", "list1.csv": "icd10\nI10\n", "data[1].csv": "id,diag_01\n1,E11\n", "data1.csv": "id,diag_01\n2,I10\n",
	} {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	}
	got := runHere(t, "", "-icd10", "list[1].csv", "-icd10", "again=list[1].csv", "data[1].csv")
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Equal(t, "id,diag_01,list[1],again\n1,E11,1,1\n", got.Stdout)
	got = runHere(t, "", "-icd10", "l*.csv", "-manifest", "m.json", "data[1].csv", "data1.csv")
	require.Equal(t, 0, got.Status, got.Stderr)
	require.Equal(t, "id,diag_01,list1,list[1]\n1,E11,0,1\n2,I10,1,0\n", got.Stdout)
	require.Contains(t, got.Stderr, "note: l*.csv: 2 codelists: list1.csv, list[1].csv\n")
	manifest, err := os.ReadFile("m.json")
	require.NoError(t, err)
	require.Contains(t, string(manifest), `"l*.csv"`, "-rerun expands the pattern again")
	for says, args := range map[string][]string{
		"codelist k*.csv (-icd10): no such file, and no file matches the pattern\n":                                       {"-icd10", "k*.csv"},
		"codelist x=l*.csv: NAME= names one list, but l*.csv stands for 2: leave the name out":                            {"-codelist", "x=l*.csv"},
		"list1.csv would be written, but leads to the same file as list1.csv, which is also read":                         {"-icd10", "l*.csv", "-o", "list1.csv"},
		`two lists have the same name, "list1": list1.csv and list1.csv; give one of them another name: NAME=FILE` + "\n": {"-icd10", "list?.csv", "-icd10", "list1.csv"},
	} {
		got := runHere(t, "", append(args, "data1.csv")...)
		require.NotEqual(t, 0, got.Status, args)
		require.Contains(t, got.Stderr, says)
	}
}
