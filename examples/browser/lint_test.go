package browser

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// lint holds the paths of the codelist page and of the program. Both must give the same answers.
type lint struct{ page, program string }

func makeLint(t *testing.T) lint {
	t.Helper()
	dir := t.TempDir()
	l := lint{filepath.Join(dir, "lint.html"), filepath.Join(dir, "hesopmatch")}
	for _, args := range [][]string{
		{"build", "-o", l.program, "./examples/hesopmatch"},
		{"run", "./examples/hesopmatch/lintpage", "-o", l.page},
	} {
		build := exec.Command("go", args...)
		build.Dir = filepath.Join("..", "..")
		output, err := build.CombinedOutput()
		require.NoError(t, err, "%s", output)
	}
	return l
}

// says runs the program in a folder and returns its standard output, whatever the exit status.
func (l lint) says(t *testing.T, dir string, args ...string) string {
	t.Helper()
	command := exec.Command(l.program, args...)
	command.Dir = dir
	output, err := command.Output()
	if _, failed := errors.AsType[*exec.ExitError](err); !failed {
		require.NoError(t, err)
	}
	return string(output)
}

// open opens the page and waits until its program is ready.
func (l lint) open(t *testing.T, s screen) (context.Context, *watcher) {
	t.Helper()
	ctx := open(t)
	w := watch(ctx, t, l.page)
	s.visit(ctx, t, l.page)
	until(ctx, t, `byId("version").textContent.startsWith("hesopmatch")`)
	return ctx, w
}

// until waits until an expression evaluates to true on the page.
func until(ctx context.Context, t *testing.T, expression string) {
	t.Helper()
	for !evaluate[bool](ctx, t, expression) {
		require.NoError(t, ctx.Err())
		time.Sleep(10 * time.Millisecond)
	}
}

func evaluate[T any](ctx context.Context, t *testing.T, expression string) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	require.NoError(t, err, expression)
	return value
}

// allRead is an expression that is true on the page when every list has a report.
const allRead = `lists.length > 0 && lists.every(l => l.report)`

// choose selects files in the file input and waits until the page has read them.
func choose(ctx context.Context, t *testing.T, files ...string) {
	t.Helper()
	for i, path := range files {
		var err error
		files[i], err = filepath.Abs(path)
		require.NoError(t, err)
	}
	before := evaluate[int](ctx, t, `lists.length`)
	require.NoError(t, chromedp.Do(ctx, chromedp.SetUploadFiles("#files", files)))
	until(ctx, t, `lists.length > `+string(rune('0'+min(9, before)))+` && `+allRead)
}

// projectLists returns the codelists in the repository's test data.
func projectLists(t *testing.T) (paths []string) {
	t.Helper()
	for _, folder := range []string{"codelists", "cases", "first-hour"} {
		found, err := filepath.Glob(filepath.Join("..", "..", "testdata", folder, "*"))
		require.NoError(t, err)
		paths = append(paths, found...)
	}
	require.Greater(t, len(paths), 10)
	return paths
}

// oddLists writes codelists that are hard for a page because of their names, contents or formats.
func oddLists(t *testing.T) (paths []string) {
	t.Helper()
	var long strings.Builder
	long.WriteString("icd10,term\n")
	for letter := 'A'; letter <= 'Z'; letter++ {
		for n := range 1000 {
			long.WriteString(string(letter) + string(rune('0'+n/100)) + string(rune('0'+n/10%10)) + "." +
				string(rune('0'+n%10)) + ",a term\n")
		}
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		hostileName:        hostileList,
		"a=b.csv":          "icd10\nE11\n",
		"-icd10.csv":       "icd10\nE11\n",
		"-x=y.csv":         "icd10\nE11\n",
		"no ending":        "E11\nE12\n",
		"list.json":        `{"entries": [{"code": "E11", "coding_system": "ICD-10"}, {"code": "W37", "coding_system": "OPCS-4"}]}`,
		"latin.txt":        "icd10;term\nG30;Alzheim\xe9r\n",
		"utf16.csv":        "\xff\xfei\x00c\x00d\x001\x000\x00\n\x00E\x001\x001\x00\n\x00",
		"not a list.png":   "\x89PNG\r\n\x1a\n\x00\x00",
		"empty.csv":        "",
		"26000 rows.csv":   long.String(),
		"workbook.xlsx":    workbook(t),
		"broken book.xlsx": workbook(t)[:300],
	} {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// hostileName and hostileList contain scripts that would run if the page treated text as HTML.
const (
	hostileName = `<script>window.ran=1<script>&quot;.csv`
	hostileList = "icd10,term,<b>column</b>,-lenient\nE11,\"<img src=x onerror=window.ran=2>\",1,1\n" +
		"\"<svg onload=window.ran=3>\",x,2,2\n\"-headings ignore\",\"</script><script>window.ran=4</script>\",3,3\n"
)

func TestLint(t *testing.T) {
	requireChromium(t)
	l := makeLint(t)
	t.Run("answers", l.testAnswers)
	t.Run("no request", l.testRequests)
	t.Run("hostile", l.testHostile)
	t.Run("reading again", l.testReadingAgain)
	t.Run("keyboard", l.testKeyboard)
	t.Run("compare", l.testCompare)
	t.Run("save", l.testSave)
	t.Run("settings", l.testSettings)
	t.Run("crash", l.testCrash)
	t.Run("large", l.testLarge)
	t.Run("looks", l.testLooks)
}

// testAnswers requires the page's report to be the output of lint -format json, byte for byte, for every list and
// coding system.
func (l lint) testAnswers(t *testing.T) {
	ctx, w := l.open(t, screens[2])
	paths := append(projectLists(t), oddLists(t)...)
	choose(ctx, t, slices.Clone(paths)...)
	verdicts := make(map[string]bool)
	for _, system := range []string{"", "icd10", "opcs4"} {
		evaluate[any](ctx, t, `lists.forEach(l => setControl(l.id, "system", "`+system+`"))`)
		until(ctx, t, allRead)
		answers := evaluate[[]struct{ Path, JSON, Verdict string }](ctx, t,
			`lists.map(l => ({Path: l.path, JSON: decoder.decode(l.json), Verdict: l.report.verdict}))`)
		require.Len(t, answers, len(paths))
		for i, answer := range answers {
			require.Equal(t, filepath.Base(paths[i]), answer.Path)
			expected := l.says(t, filepath.Dir(paths[i]), append([]string{"lint", "-format", "json"}, named(system, answer.Path)...)...)
			require.Equal(t, expected, answer.JSON, "%s, %s", answer.Path, system)
			verdicts[answer.Verdict] = true
		}
	}
	for _, verdict := range []string{"can be used", "can be used; please look", "cannot be used as it is", "refused"} {
		require.True(t, verdicts[verdict], "no list of the test has the verdict %q", verdict)
	}
	seen := w.see(ctx, t)
	require.Empty(t, seen.complaints)
	require.Empty(t, seen.requests)
}

// named returns the program's arguments for a file. They state the coding system, unless system is "".
func named(system, path string) []string {
	name, isOption := strings.TrimSuffix(path, filepath.Ext(path)), strings.HasPrefix(path, "-")
	if isOption && (system != "" || strings.Contains(path, "=")) {
		path = "./" + path
	}
	switch {
	case strings.Contains(path, "=") && system == "":
		return []string{"-codelist=" + strings.ReplaceAll(name, "=", "-") + "=" + path}
	case strings.Contains(path, "="):
		return []string{"-" + system + "=" + strings.ReplaceAll(name, "=", "-") + "=" + path}
	case system != "":
		return []string{"-" + system + "=" + path}
	default:
		return []string{"--", path}
	}
}
