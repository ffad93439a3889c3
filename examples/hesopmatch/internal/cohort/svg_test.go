package cohort

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestCharts checks that -svg writes a standalone file for each chart of the page.
func TestCharts(t *testing.T) {
	t.Chdir("../../../..")
	const evil = `</text><script>alert(1)</script>" onload="x`
	list := filepath.Join(t.TempDir(), "list.csv")
	require.NoError(t, os.WriteFile(list, []byte("icd10,group\nF32,\""+strings.ReplaceAll(evil, `"`, `""`)+"\"\n"), 0o600))
	data := synthetic(t, 20_000)
	for _, profile := range []string{"none", "ukllc"} {
		dir := filepath.Join(t.TempDir(), "charts")
		got := runHere(t, "", with("-codelist", "testdata/codelists/mixed.csv", "-lenient", "-format", "html", "-disclosure",
			profile, "-svg", dir, data)...)
		require.Equal(t, 0, got.Status, got.Stderr)
		names := namesIn(t, dir)
		require.Contains(t, names, "years-2-joints.svg")
		require.Contains(t, names, "years-coded.svg")
		require.Contains(t, names, "without-diagnosis.svg")
		plots := slices.DeleteFunc(slices.Clone(names), func(name string) bool {
			return !strings.HasPrefix(name, "years-") && name != "without-diagnosis.svg" && name != "without-procedure.svg"
		})
		require.Len(t, plots, strings.Count(got.Stdout, `role="img"`), "each chart of the page")
		for _, bars := range []string{
			"found.svg", "answers.svg", "sex-age-2-joints.svg", "attendance-specialty-2-joints.svg",
			"attendance-specialty-all.svg", "without-diagnosis-specialty.svg", "entries-2-joints.svg",
		} {
			require.Contains(t, names, bars, "the bars of a table")
		}
		for _, name := range names {
			requireAlone(t, filepath.Join(dir, name))
		}
	}

	// This run writes no page, and the name of its list would break a chart if it were not escaped.
	dir := filepath.Join(t.TempDir(), "charts")
	got := runHere(t, "", "-icd10", list, "-group", "group", "-disclosure", "none", "-svg", dir, "-o", "/dev/null",
		"testdata/appointments.csv")
	require.Equal(t, 0, got.Status, got.Stderr)
	for _, name := range namesIn(t, dir) {
		require.Regexp(t, `^[a-z0-9-]+\.svg$`, name)
		requireAlone(t, filepath.Join(dir, name))
	}
}

// requireAlone requires that an SVG file is well formed and has a title. It may have only the elements that word
// processors and slide programs can draw, and each must state its own colours.
func requireAlone(t *testing.T, path string) {
	t.Helper()
	file, err := os.Open(path)
	require.NoError(t, err)
	defer file.Close()
	seen := make(map[string]int)
	for d := xml.NewDecoder(file); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err, path)
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		require.Equal(t, "http://www.w3.org/2000/svg", e.Name.Space, path)
		require.Contains(t, []string{"svg", "title", "rect", "line", "polyline", "text"}, e.Name.Local, path)
		seen[e.Name.Local]++
		attributes := make(map[string]string)
		for _, a := range e.Attr {
			attributes[a.Name.Local] = a.Value
		}
		switch e.Name.Local {
		case "rect", "text":
			require.NotEmpty(t, attributes["fill"], path)
		case "line", "polyline":
			require.NotEmpty(t, attributes["stroke"], path)
		}
		require.NotContains(t, attributes, "class", path)
		require.NotContains(t, attributes, "onload", path)
	}
	require.Equal(t, 1, seen["title"], path)
	require.NotZero(t, seen["text"], path)
}

func TestChartsMisuse(t *testing.T) {
	t.Chdir("../../../..")
	const input = "testdata/appointments.csv"
	there := t.TempDir()
	dir := filepath.Join(there, "charts")
	for _, tt := range []struct {
		reason string
		args   []string
		status int
		says   string
	}{
		{"no rule", []string{"-svg", dir}, 2, "-svg needs a rule for its numbers: -disclosure ukllc"},
		{"a page, but no rule", []string{"-svg", dir, "-format", "html"}, 2, "needs a rule for its numbers"},
		{
			"a line for each person, and a rule",
			[]string{"-svg", dir, "-disclosure", "ukllc"},
			2,
			"a line for each person, has nothing that could be hidden",
		},
		{"standard output", []string{"-svg", "-", "-disclosure", "none"}, 2, "-svg and -part each name a file or folder"},
		{"a folder that exists", []string{"-svg", there, "-disclosure", "none"}, 1, "already exists"},
		{
			"the folder of the release",
			[]string{"-svg", dir, "-release", dir, "-disclosure", "ukllc"},
			2,
			"-release and -svg both name it",
		},
		{"a title without a page", []string{"-title", "Asthma", "-disclosure", "none"}, 2, "-title names the page"},
		{"a title with only a summary", []string{"-title", "A", "-summary", "x", "-disclosure", "none"}, 2, "-title names"},
		{"an empty title", []string{"-title", "", "-format", "html", "-disclosure", "none"}, 2, "-title"},
		{
			"an output that cannot be written",
			[]string{"-svg", dir, "-format", "html", "-disclosure", "none", "-o", "/dev/full"},
			1, "",
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			if _, err := os.Stat("/dev/full"); err != nil && tt.says == "" {
				t.Skip("no /dev/full")
			}
			got := runHere(t, "", with(append(tt.args, input)...)...)
			require.Equal(t, tt.status, got.Status, got.Stderr)
			require.Contains(t, got.Stderr, tt.says)
			require.Empty(t, namesIn(t, there), "no folder is left")
		})
	}
}

// TestTitle checks that -title sets the heading and the title of the page, as text.
func TestTitle(t *testing.T) {
	t.Chdir("../../../..")
	dir := filepath.Join(t.TempDir(), "release")
	got := runHere(t, "", with("-title", "Joints & <b>mood</b>, 2019-20", "-release", dir, "-disclosure", "ukllc",
		"-svg", filepath.Join(filepath.Dir(dir), "charts"), synthetic(t, 3000))...)
	require.Equal(t, 0, got.Status, got.Stderr)
	text, err := os.ReadFile(filepath.Join(dir, "page.html"))
	require.NoError(t, err)
	require.Contains(t, string(text), "<title>Joints &amp; &lt;b&gt;mood&lt;/b&gt;, 2019-20</title>")
	require.Contains(t, string(text), `<h1>Joints &amp; &lt;b&gt;mood&lt;/b&gt;, <span class="nb">2019-20</span></h1>`)
	require.NotEmpty(t, namesIn(t, filepath.Join(filepath.Dir(dir), "charts")), "charts beside a release")
}
