package lint

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// reported is a finding in the text report.
type reported struct {
	level, sentence string
	rows            []string
	more            int // number of rows that the report only counts
	advice          string
}

var (
	findingLine = regexp.MustCompile(`^  (error|warning|note): (.*)$`)
	moreLine    = regexp.MustCompile(`^    and (\d+) more$`)
)

// readText reads the findings of a text report on one file.
func readText(t *testing.T, text string) (all []reported) {
	t.Helper()
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if line == "  for a protocol:" {
			break
		}
		if m := findingLine.FindStringSubmatch(line); m != nil {
			all = append(all, reported{level: m[1], sentence: m[2]})
			continue
		}
		if len(all) == 0 || !strings.HasPrefix(line, "    ") {
			continue
		}
		last := &all[len(all)-1]
		if m := moreLine.FindStringSubmatch(line); m != nil {
			last.more, _ = strconv.Atoi(m[1])
		} else if advice, ok := strings.CutPrefix(line, "    → "); ok {
			last.advice = advice
		} else {
			last.rows = append(last.rows, line[4:])
		}
	}
	return all
}

// annotation is a workflow command as GitHub reads it.
type annotation struct {
	level, file, title, message string
	line                        int
}

// readGitHub reads workflow commands as GitHub's runner does.
func readGitHub(t *testing.T, text string) (all []annotation) {
	t.Helper()
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		require.Regexp(t, `^::(error|warning|notice) `, line, "each line is a command")
		head, message, ok := strings.Cut(line[2:], "::")
		require.True(t, ok, line)
		level, properties, _ := strings.Cut(head, " ")
		data := strings.NewReplacer("%0D", "\r", "%0A", "\n", "%25", "%")
		property := strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")
		a := annotation{level: strings.Replace(level, "notice", "note", 1), message: data.Replace(message)}
		for pair := range strings.SplitSeq(properties, ",") {
			name, value, _ := strings.Cut(pair, "=")
			switch value = property.Replace(value); name {
			case "file":
				a.file = value
			case "title":
				a.title = value
			case "line":
				var err error
				a.line, err = strconv.Atoi(value)
				require.NoError(t, err)
			default:
				require.Fail(t, "not a property of an annotation", pair)
			}
		}
		all = append(all, a)
	}
	return all
}

// readSARIF reads results, and requires each to have what code scanning needs.
func readSARIF(t *testing.T, text string) sarifRun {
	t.Helper()
	var document sarif
	require.NoError(t, json.Unmarshal([]byte(text), &document))
	require.Equal(t, "2.1.0", document.Version)
	require.Len(t, document.Runs, 1)
	run := document.Runs[0]
	for _, r := range run.Results {
		require.Equal(t, r.Rule, run.Tool.Driver.Rules[r.Index].ID)
		require.Regexp(t, `^[a-z0-9-]+(/[a-z0-9-]+)?$`, r.Rule)
		require.Equal(t, run.Tool.Driver.Rules[r.Index].Usual.Level, r.Level)
		require.Len(t, r.Locations, 1)
		require.Positive(t, r.Locations[0].Physical.Region.Line)
	}
	for _, rule := range run.Tool.Driver.Rules {
		require.NotEmpty(t, rule.Help.Text, rule.ID)
	}
	return run
}

var rowPosition = regexp.MustCompile(`^(?:line |sheet "(?:[^"\\]|\\.)*", row )(\d+), column \d+: `)

// TestFormatsSayTheSame checks, on all codelists of the tests, that annotations and SARIF have the findings of the text
// report.
func TestFormatsSayTheSame(t *testing.T) {
	t.Chdir("../../../..")
	var files []string
	for _, pattern := range []string{"testdata/codelists/*", "testdata/cases/*", "testdata/first-hour/*", "codelist/testdata/shapes/*"} {
		found, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, found, pattern)
		files = append(files, found...)
	}
	files = append(files, "nowhere.csv")
	levels := make(map[string]int)
	for _, file := range files {
		for _, option := range []string{"-icd10", "-codelist"} {
			args := []string{"-reference", reference, option, file}
			text := lint(t, args...)
			github := lint(t, append([]string{"-format", "github"}, args...)...)
			sarifs := lint(t, append([]string{"-format", "sarif"}, args...)...)
			require.Equal(t, text.Status, github.Status, file)
			require.Equal(t, text.Status, sarifs.Status, file)
			require.Equal(t, text.Stderr, github.Stderr)
			require.Equal(t, text.Stderr, sarifs.Stderr)
			findings := readText(t, text.Stdout)
			annotations := readGitHub(t, github.Stdout)
			require.Len(t, annotations, len(findings), "%s %s:\n%s\n%s", option, file, text.Stdout, github.Stdout)
			results := readSARIF(t, sarifs.Stdout).Results
			for i, finding := range findings {
				levels[finding.level]++
				a := annotations[i]
				require.Equal(t, finding.level, a.level)
				require.Equal(t, file, a.file)
				require.NotEmpty(t, a.title)
				want := strings.Join(append([]string{finding.sentence}, finding.rows...), "\n")
				if finding.more > 0 {
					want += fmt.Sprintf("\nand %d more", finding.more)
				}
				if finding.advice != "" {
					want += "\n→ " + finding.advice
				}
				require.Contains(t, []string{want, file + ": " + want}, a.message)
				results = take(t, results, file, finding, a.line)
			}
			for _, r := range results { // rows that the text report only counts
				require.Contains(t, []string{"ignored", "repaired", "duplicate"}, regexp.MustCompile(`[a-z]+`).FindString(r.Rule))
				require.Equal(t, "note", r.Level)
			}
		}
	}
	for _, level := range []string{"error", "warning", "note"} {
		require.Greater(t, levels[level], 20, level)
	}
}

// take requires results to begin with the results of a finding, and returns the results after those.
func take(t *testing.T, results []sarifResult, file string, finding reported, line int) []sarifResult {
	t.Helper()
	n := max(1, len(finding.rows)+finding.more)
	require.GreaterOrEqual(t, len(results), n)
	for i, r := range results[:n] {
		require.Equal(t, finding.level, r.Level)
		address, err := url.PathUnescape(r.Locations[0].Physical.File.URI)
		require.NoError(t, err)
		require.Equal(t, file, address)
		require.Equal(t, sarifRoot, r.Locations[0].Physical.File.Base)
		switch {
		case len(finding.rows) == 0:
			require.Contains(t, r.Message.Text, finding.sentence)
			require.Equal(t, line, r.Locations[0].Physical.Region.Line)
		case i < len(finding.rows):
			require.Contains(t, r.Message.Text, finding.rows[i])
			require.Equal(t, rowPosition.FindStringSubmatch(finding.rows[i])[1], strconv.Itoa(r.Locations[0].Physical.Region.Line))
		default:
			require.Regexp(t, rowPosition, r.Message.Text)
		}
		if i == 0 {
			require.Equal(t, line, r.Locations[0].Physical.Region.Line, "annotation and result are at the first row")
		}
		if finding.advice != "" {
			require.True(t, strings.HasSuffix(r.Message.Text, "\n→ "+finding.advice), r.Message.Text)
		}
	}
	return results[n:]
}

// TestHostileNames checks that a file keeps its name in annotations and SARIF, whatever characters the name has.
func TestHostileNames(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.Mkdir("a folder", 0o700))
	for _, name := range []string{
		"a folder/a list.csv", "100%.csv", "%0A%3A.csv", "a#b?c.csv", "ü-列.csv", "a\nb.csv", "a\r\n::error::x.csv", `a"b'c.csv`,
		"c:d.csv", "a::b,c=d.csv", "[x](1).csv", "{0}.csv", "a\\b.csv", "a;b&c.csv",
	} {
		if err := os.WriteFile(name, []byte("code\nF32\n\n{0} [x](1) %0A\n"), 0o600); err != nil {
			t.Logf("%q cannot be the name of a file here: %v", name, err)
			continue
		}
		got := lint(t, "-format", "github", "-icd10", "x="+name)
		require.Equal(t, 1, got.Status)
		a := readGitHub(t, got.Stdout)
		require.Len(t, a, 1, "%q", got.Stdout)
		require.Equal(t, name, a[0].file)
		require.Equal(t, 4, a[0].line)
		require.Contains(t, a[0].message, `"{0} [x](1) %0A"`)
		results := readSARIF(t, lint(t, "-format", "sarif", "-icd10", "x="+name).Stdout).Results
		require.Len(t, results, 1)
		at := results[0].Locations[0].Physical
		require.Equal(t, 4, at.Region.Line)
		require.NotContains(t, at.File.URI, " ")
		address, err := url.Parse(at.File.URI)
		require.NoError(t, err)
		require.Empty(t, address.Scheme)
		require.Equal(t, name, address.Path)
	}
}

// TestLines checks that a finding is at the line that it names, and a finding of the whole file at the first line.
func TestLines(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"missing.csv": "code\nI10\nR69\n", "title.csv": "A title\nname,size\na,b\n", "unused.csv": "code,note\nI10,a\nI11,b\n",
		"signs.csv": "code,status\nI10,include\nI11,exclude\n", "line 9: .csv": "code\nI10\n\nR69\n",
	} {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	}
	for _, test := range []struct {
		reason, title string
		line          int
		args          []string
	}{
		{"a notice names a line", "warning of the list", 3, []string{"-icd10", "missing.csv"}},
		{"the name of the file looks like a line number", "warning of the list", 4, []string{"-icd10", "line 9: .csv"}},
		{"the header is in another line", "refused: no code column found", 2, []string{"-header-row", "2", "-icd10", "title.csv"}},
		{"there is no file", "refused", 1, []string{"-icd10", "none.csv"}},
		{"columns concern the whole file", "columns not used", 1, []string{"-icd10", "unused.csv"}},
		{
			"a list without the column of exclusions", "no column of exclusions", 1,
			[]string{"-exclude-column", "status", "-icd10", "signs.csv", "-icd10", "missing.csv"},
		},
	} {
		var lines []int
		for _, a := range readGitHub(t, lint(t, append([]string{"-format", "github"}, test.args...)...).Stdout) {
			if a.title == test.title {
				lines = append(lines, a.line)
			}
		}
		require.Equal(t, []int{test.line}, lines, test.reason)
		run := readSARIF(t, lint(t, append([]string{"-format", "sarif"}, test.args...)...).Stdout)
		lines = nil
		for _, r := range run.Results {
			if run.Tool.Driver.Rules[r.Index].Short.Text == test.title+"." {
				lines = append(lines, r.Locations[0].Physical.Region.Line)
			}
		}
		require.Equal(t, []int{test.line}, lines, test.reason)
	}
}

// TestFormatsOfOneList checks that -diff refuses the formats for findings, because differences between two lists are
// not findings.
func TestFormatsOfOneList(t *testing.T) {
	t.Chdir("../../../..")
	for _, format := range []string{"github", "sarif"} {
		got := lint(t, "-diff", "-format", format, depression, conditions)
		require.Equal(t, 2, got.Status)
		require.Contains(t, got.Stderr, "-diff does not go with -format "+format+", which reports on single lists: use text, csv or json")
	}
}

// TestPathsOfFiles checks that a file in the folder where lint runs has a relative path, and a file outside that folder
// an absolute path.
func TestPathsOfFiles(t *testing.T) {
	folder, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	t.Chdir(folder)
	require.NoError(t, os.MkdirAll("repository/icd10", 0o700))
	t.Chdir("repository")
	for path, want := range map[string]struct{ file, uri, base string }{
		"icd10/a.csv":     {"icd10/a.csv", "icd10/a.csv", sarifRoot},
		"./icd10/../b":    {"b", "b", sarifRoot},
		"../out side.csv": {filepath.ToSlash(folder) + "/out side.csv", "/out%20side.csv", ""},
		filepath.Join(folder, "repository", "c.csv"): {"c.csv", "c.csv", sarifRoot},
	} {
		require.Equal(t, want.file, relative(path))
		address, isLocal := uri(path)
		require.Equal(t, want.base != "", isLocal)
		if isLocal {
			require.Equal(t, want.uri, address)
			continue
		}
		require.True(t, strings.HasPrefix(address, "file:///") && strings.HasSuffix(address, want.uri), address)
	}
}

// TestRulesAreStable checks the ids of rules, by which code scanning recognises a finding.
func TestRulesAreStable(t *testing.T) {
	t.Chdir("../../../..")
	var ids []string
	for _, rule := range readSARIF(t, lint(t, "-format", "sarif", "-icd10", faulty, depression, conditions, "nowhere.csv").Stdout).Tool.Driver.Rules {
		ids = append(ids, rule.ID)
	}
	require.Equal(t, []string{
		"rejected/chapter-number", "rejected/more-characters-than-a-code-has", "rejected/not-a-code",
		"rejected/prefix-of-fewer-than-three-characters", "rejected/range-inside-which-the-list-names-codes",
		"rejected/regular-expression", "rejected/several-codes-in-one-cell", "decided-by-policy", "warning-of-the-list",
		"ignored/another-coding-system", "repaired", "refused",
	}, ids)
}

// TestFormatLevels checks that annotations and SARIF give a finding the level error exactly if the finding fails the
// run.
func TestFormatLevels(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("l.csv", []byte("icd10\nE11\nBAD!\nR69X\n"), 0o600))
	for _, test := range []struct {
		option           string
		status           int
		rejected, warned string
	}{
		{"-warnings=report", 1, "error", "warning"},
		{"-lenient", 0, "warning", "warning"},
		{"-warnings=error", 1, "error", "error"},
	} {
		github := lint(t, "-format", "github", test.option, "l.csv")
		require.Equal(t, test.status, github.Status, test.option)
		levels := make(map[string]string)
		for _, a := range readGitHub(t, github.Stdout) {
			levels[a.title] = a.level
		}
		require.Equal(t, test.rejected, levels["rejected: not a code"], "%s: %v", test.option, levels)
		require.Equal(t, test.warned, levels[kindWarning], "%s: %v", test.option, levels)
		for _, r := range readSARIF(t, lint(t, "-format", "sarif", test.option, "l.csv").Stdout).Results {
			switch r.Rule {
			case "rejected/not-a-code":
				require.Equal(t, test.rejected, r.Level)
			case "warning-of-the-list":
				require.Equal(t, test.warned, r.Level)
			}
		}
	}
}

// TestSARIFIsBounded checks that only the first sarifRows rows of a finding get a result each, because code scanning
// refuses a run with many results. One more result counts the other rows.
func TestSARIFIsBounded(t *testing.T) {
	t.Chdir(t.TempDir())
	text := "code,coding_system\nE11,ICD-10\n" + strings.Repeat("44054006,SNOMED CT\n", 30_000)
	require.NoError(t, os.WriteFile("l.csv", []byte(text), 0o600))
	results := readSARIF(t, lint(t, "-format", "sarif", "l.csv").Stdout).Results
	require.Len(t, results, sarifRows+1)
	require.Contains(t, results[sarifRows].Message.Text, "and 29000 more rows, from here on")
	require.Equal(t, sarifRows+3, results[sarifRows].Locations[0].Physical.Region.Line)
}
