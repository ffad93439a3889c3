package cohort

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/examples/hesopmatch/internal/programtest"

	"github.com/stretchr/testify/require"
)

// methodsOf runs the program and returns the text that it writes for a methods section.
func methodsOf(t *testing.T, args ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "methods.txt")
	got := runHere(t, "", with(append([]string{"-methods", path}, args...)...)...)
	require.Equal(t, 0, got.Status, got.Stderr)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	for line := range strings.Lines(string(text)) {
		require.LessOrEqual(t, len(strings.TrimSuffix(line, "\n")), 80)
	}
	return string(text)
}

func TestMethods(t *testing.T) {
	t.Chdir("../../../..")
	programtest.Golden(t, "cohort-methods-ukllc.txt", methodsOf(t, "-disclosure", "ukllc", "-format", "html", "-attended",
		"-from", "2008-04-01", "-dedupe", "attendkey", "-with", "joints", "-bands", "0,18,65", synthetic(t, 20_000)))
	programtest.Golden(t, "cohort-methods-none.txt", methodsOf(t, "testdata/appointments.csv"))
}

// TestMethodsSay checks that the text describes the options of the run.
func TestMethodsSay(t *testing.T) {
	t.Chdir("../../../..")
	const input = "testdata/appointments.csv"
	data, dir := synthetic(t, 3000), t.TempDir()
	part := filepath.Join(dir, "part")
	ran := runHere(t, "", with("-part", part, input)...)
	require.Equal(t, 0, ran.Status, ran.Stderr)
	raw := filepath.Join(dir, "raw.csv")
	require.NoError(t, os.WriteFile(raw, []byte("patid,apptdate,epistart,note,diag_01,diag_02,diag_3_01\n"+
		"1,2019-05-01,2019-06-01,n,F321,,F32\n2,2019-05-01,2019-06-01,n,F3211,,F32\n"), 0o600))
	for _, tt := range []struct {
		reason string
		args   []string
		says   []string
	}{
		{"exact numbers", []string{input}, []string{
			"All numbers given here are exact and may not leave the research environment.",
			"In all, 24 appointments were included, and none was left out.",
			"For depression, 3 appointments matched, and 2 people were counted; 15 appointments did not match and 6 were not " +
				"coded.",
			"outpatients (ICD-10 and OPCS-4, 4 whole categories, 1 undivided category and 3 codes: H25%, H401, E11%, M0510, I10X, C75%, U201, X62%; fingerprint 17cd31c",
			"and 1 had a code too short to decide.",
			"if at least one dated appointment matched it.",
		}},
		{"exact numbers, requested with -disclosure none", []string{"-format", "html", "-disclosure", "none", input}, []string{
			"exact and may not leave",
		}},
		{"a custom rule", []string{"-format", "html", "-disclosure", "least=12,nearest=10", data}, []string{
			"Under the rule least=12,nearest=10, a number of appointments of fewer than twelve people, zero included, is not shown",
			"rounded to the nearest 10", "appointments whose numbers are shown",
		}},
		{"appointments of few people", []string{"-format", "html", "-disclosure", "opensafely", input}, []string{
			"For depression, appointments of fewer than eight people matched; 15 appointments did not match and those of " +
				"fewer than eight people were not coded.",
		}},
		{"conditions on people", []string{"-min", "3", "-without-before", "joints", data}, []string{
			"if at least three dated appointments matched it.",
			"For every list except joints, only people who had no included appointment matching joints on a day before their first match of the " +
				"list were counted.",
		}},
		{"a first and a last day", []string{"-from", "2010-04-01", "-to", "2011-03-31", data}, []string{
			"Only appointments dated from 2010-04-01 to 2011-03-31 were included.",
			"The appointments counted were in the financial year 2010-11.", "because they were dated outside these days",
		}},
		{"only a last day", []string{"-to", "2011-03-31", "-attended", data}, []string{
			"Only appointments at which the patient was seen (attended 5 or 6) and dated 2011-03-31 or earlier were included.",
			"were left out because the patient was not seen",
		}},
		{"the first appointment of each key", []string{"-dedupe", "attendkey", data}, []string{
			"Of appointments with the same attendkey, only the first in the files was kept; all appointments without attendkey were kept.",
			"left out because another with the same attendkey was kept",
		}},
		{"the appointment of each key with the lowest value", []string{"-dedupe", "attendkey", "-order-by", "fyear", data}, []string{
			"Of appointments with the same attendkey, only the one with the lowest fyear was kept, and of equal ones the first in the " +
				"files; all appointments without attendkey were kept.",
		}},
		{"an extract", []string{"-subset-by", "depression", "-subset-by", "joints", data}, []string{
			"They were an extract made with the codelist depression (fingerprint a00e940448aa60272bb34aca625ddf50b7f6ded448dc5f9b6" +
				"3d52a0ecdd5a993) and the codelist joints (fingerprint",
		}},
		{"parts and no inputs", []string{"-merge", part}, []string{
			"Appointments of earlier runs were merged; the reports of those runs state the columns that they read.",
			"The column apptdate gave the date of an appointment. ",
		}},
		{"parts and inputs", []string{"-merge", part, "-person", "PSEUDO_HESID", "testdata/golden/synth-national.csv"}, []string{
			"Diagnoses (ICD-10) were read from DIAG_4_01 to DIAG_4_12 and DIAG_4_CONCAT (four characters), and procedures",
			"and the column PSEUDO_HESID identified the person.", "earlier runs were merged",
		}},
		{"files with other columns", []string{"-person", "PSEUDO_HESID", input, "testdata/golden/synth-national.csv"}, []string{
			"procedures (OPCS-4) were read from OPERTN_4_01, OPERTN_4_02 and OPERTN_4_CONCAT (four characters). In other files, " +
				"diagnoses (ICD-10) were read from DIAG_4_01 to DIAG_4_12",
		}},
		{"data other than HES", []string{"-date", "epistart", "-raw-width", "6", "-rename", "note=diag_03", "-primary", raw}, []string{
			"Records were taken from a data set (to be named here), dated by its column epistart.",
			"Diagnoses (ICD-10) were read from diag_01, diag_02 and note (complete codes), and no procedures (OPCS-4) were read.",
			"The column note was read as diag_03.", "Codes in raw columns were taken to be complete.",
			"Only codes in the first position counted.",
		}},
		{"truncated codes", []string{"-raw-width", "4", "-rename", "note=", "-skip-bad-rows", raw}, []string{
			"from diag_01 and diag_02 (truncated at four characters)", "Codes in raw columns were taken to be truncated at four characters.",
			"The column note was taken to hold no codes.", "Rows with too few or too many fields were skipped.",
		}},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			text := strings.ReplaceAll(methodsOf(t, tt.args...), "\n", " ")
			for _, says := range tt.says {
				require.Contains(t, text, says)
			}
			require.True(t, strings.HasSuffix(strings.TrimSpace(text), program.Citation()), text)
		})
	}
}

// TestMethodsLists checks that the text counts the entries of each kind, and states the effect of exclusions and
// missing values.
func TestMethodsLists(t *testing.T) {
	path := filepath.Join(t.TempDir(), "methods.txt")
	got := runHere(t, pairs, "-exclude-column", "exclude", "-allow-broad",
		"-icd10", submitted(t, "odd.csv", "icd10,exclude\nE11,n\nE112,y\nR69X,n\n"),
		"-codelist", submitted(t, "broad.csv", "coding_system,code,exclude\nOPCS-4,K,n\nICD-10,J4,n\nICD-10,I10X,n\n"),
		"-methods", path, "-")
	require.Equal(t, 0, got.Status, got.Stderr)
	file, err := os.ReadFile(path)
	require.NoError(t, err)
	text := strings.Join(strings.Fields(string(file)), " ")
	for _, says := range []string{
		"odd (ICD-10, 1 whole category and 1 undivided category: E11%, R69X, and 1 exclusion; fingerprint",
		"broad (ICD-10 and OPCS-4, 2 broad codes and 1 undivided category: K%, J4%, I10X; fingerprint",
		"Exclusions remove codes, and of the entries that cover a code, the longest decides.",
		"The list odd also has a value that stands for a missing code. A person",
		"Diagnoses (ICD-10) were read from diag_01 (complete codes), and no procedures (OPCS-4) were read.",
	} {
		require.Contains(t, text, says)
	}
}

// TestMethodsNumbers checks texts that may leave the environment: each number is printed in a table, or comes from the
// options or the codelists.
func TestMethodsNumbers(t *testing.T) {
	t.Chdir("../../../..")
	data := synthetic(t, 7_777)
	number := regexp.MustCompile(`^[0-9][0-9,-]*$`)
	for _, options := range [][]string{
		{"-disclosure", "ukllc"},
		{"-disclosure", "opensafely", "-attended", "-dedupe", "attendkey"},
		{"-disclosure", "nhse-sde", "-from", "2011-04-02", "-to", "2019-03-03", "-min", "2"},
		{"-disclosure", "least=20,nearest=6", "-without", "joints", "-bands", "0,17,66"},
	} {
		summary := filepath.Join(t.TempDir(), "summary.csv")
		text := methodsOf(t, append(append(options, "-format", "html", "-summary", summary), data)...)
		file, err := os.Open(summary)
		require.NoError(t, err)
		defer file.Close()
		lines, err := csv.NewReader(file).ReadAll()
		require.NoError(t, err)
		// Codes and whole categories of the lists, counted by hand.
		allowed := map[string]bool{"1": true, "2": true, "3": true, "4": true}
		for _, line := range lines {
			if line[0] == "financial_year" {
				allowed[line[2]] = true
			}
			if line[0] != "provenance" {
				allowed[line[4]] = true
			}
		}
		for _, word := range options {
			allowed[word] = true
			for _, part := range regexp.MustCompile(`[,=]`).Split(word, -1) {
				allowed[part] = true
			}
		}
		if slices.Contains(options, "-attended") {
			allowed["5"], allowed["6"] = true, true
		}
		for profile, nearest := range map[string]string{"ukllc": "10", "opensafely": "5", "nhse-sde": "5"} {
			if options[1] == profile {
				allowed[nearest] = true
			}
		}
		found := 0
		for word := range strings.FieldsSeq(strings.ReplaceAll(text, program.Citation(), "")) {
			if word = strings.Trim(word, "().,;:"); number.MatchString(word) {
				found++
				require.True(t, allowed[strings.ReplaceAll(word, ",", "")], "%s of %q:\n%s", word, options, text)
			}
		}
		require.Greater(t, found, 10)
		require.NotContains(t, text, "exact")
	}
}

func TestMethodsMisuse(t *testing.T) {
	t.Chdir("../../../..")
	const input = "testdata/appointments.csv"
	dir := t.TempDir()
	path := filepath.Join(dir, "methods.txt")
	for _, tt := range []struct {
		reason string
		args   []string
		status int
		says   string
	}{
		{"a part has no methods", []string{"-part", filepath.Join(dir, "part"), input}, 2, "-methods describes the people or " +
			"numbers of a whole run, and a part holds only some of them: give it to the run that merges the parts"},
		{"a rule for lines about people", []string{"-disclosure", "ukllc", input}, 2, "a line for each person, has nothing that could be hidden"},
		{"a page without a rule", []string{"-format", "html", input}, 2, "-format html needs a rule for its numbers"},
		{"one name for two outputs", []string{"-o", path, input}, 2, "-o and -methods both name it"},
		{"a file that does not exist", []string{"none.csv"}, 1, "none.csv"},
		{"bands without tables", []string{"-bands", "0,18", input}, 2, "-bands 0,18 applies to tables by age"},
	} {
		got := runHere(t, "", with(append([]string{"-methods", path}, tt.args...)...)...)
		require.Equal(t, tt.status, got.Status, tt.reason)
		require.Contains(t, got.Stderr, tt.says, tt.reason)
		require.NoFileExists(t, path, tt.reason)
	}
	got := runHere(t, "", with("-methods", "-", input)...)
	require.Equal(t, 2, got.Status)
	require.Contains(t, got.Stderr, "only -o takes - for standard output")
}

// TestMethodsBeside checks the text of a run that also writes a release and a part.
func TestMethodsBeside(t *testing.T) {
	t.Chdir("../../../..")
	dir := t.TempDir()
	text := methodsOf(t, "-disclosure", "ukllc", "-release", filepath.Join(dir, "release"), "-part",
		filepath.Join(dir, "part"), synthetic(t, 3000))
	require.Contains(t, text, "Under the rule ukllc")
	require.NoFileExists(t, filepath.Join(dir, "release", "methods.txt"))
}
