package codelist

import (
	"encoding/csv"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"hesopmatch/codelist/coding"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected results of each shape; then read the diff")

// TestShapes reads one file for each shape of codelist. The fixtures state why they exist, what the caller states, and
// what becomes of each row.
func TestShapes(t *testing.T) {
	paths, err := filepath.Glob("testdata/shapes/*.txt")
	require.NoError(t, err)
	require.Greater(t, len(paths), 60)
	reasons := make(map[string]string)
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		require.NoError(t, err)
		why, stated := shapeComment(t, string(archive.Comment))
		require.Empty(t, reasons[why], "%s: the same reason as %s", path, reasons[why])
		reasons[why] = path
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			require.Len(t, archive.Files, 2)
			text := string(archive.Files[0].Data)
			if archive.Files[0].Name == "quoted" {
				text, err = strconv.Unquote(strings.TrimSpace(text))
				require.NoError(t, err)
			}
			got := shapeOutcome(t, text, stated)
			if *update {
				archive.Files[1].Data = []byte(got)
				require.NoError(t, os.WriteFile(path, txtar.Format(archive), 0o644))
				return
			}
			if diff := cmp.Diff(string(archive.Files[1].Data), got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", why, diff)
			}
		})
	}
}

// shapeComment returns why a fixture exists, and the options that the caller gives, as the programs spell them.
func shapeComment(t *testing.T, comment string) (why string, options []string) {
	t.Helper()
	for line := range strings.Lines(comment) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
		require.True(t, ok, line)
		switch key {
		case "why":
			why = value
		case "options":
			options = strings.Fields(value)
		default:
			require.Fail(t, line)
		}
	}
	require.NotEmpty(t, why, "a reason must be provided")
	return why, options
}

// shapeOutcome reads a file and writes a line for each code and each unused row: line, column, cell, system, code,
// coverage and verdict. If reading fails, it writes the error.
func shapeOutcome(t *testing.T, text string, stated []string) string {
	t.Helper()
	opts := []Option{FileName("list.csv")}
	group := ""
	for i := 0; i < len(stated); i++ {
		value := func() string { i++; return stated[i] }
		switch option := stated[i]; option {
		case "-codelist": // the file states its system
		case "-icd10":
			opts = append(opts, CodingSystem(coding.ICD10))
		case "-opcs4":
			opts = append(opts, CodingSystem(coding.OPCS4))
		case "-lenient":
			opts = append(opts, AllowRejected())
		case "-allow-broad":
			opts = append(opts, AllowBroad())
		case "-allow-removals":
			opts = append(opts, AllowRemovals())
		case "-exclude-column":
			opts = append(opts, ExcludeColumn(value()))
		case "-code-column":
			opts = append(opts, CodeColumn(value()))
		case "-system-column":
			opts = append(opts, SystemColumn(value()))
		case "-exclude-when":
			opts = append(opts, ExcludeValue(value()))
		case "-header-row":
			n, err := strconv.Atoi(value())
			require.NoError(t, err)
			opts = append(opts, HeaderRow(n))
		case "-group":
			group = value()
		case "-descendants":
			opts = append(opts, CategoryPolicy(map[string]Policy{"always": Always, "never": Never}[value()]))
		case "-headings":
			opts = append(opts, HeadingRows(map[string]Headings{"ignore": IgnoreHeadings, "expand": ExpandHeadings}[value()]))
		default:
			require.Fail(t, option)
		}
	}
	var lists []*List
	var rest Report
	var err error
	if group != "" {
		lists, rest, err = ParseGroups("list", strings.NewReader(text), group, opts...)
	} else {
		var l *List
		l, err = Parse("list", strings.NewReader(text), opts...)
		lists = []*List{l}
	}
	if err != nil {
		return "error" + strings.TrimPrefix(err.Error(), "list.csv") + "\n"
	}
	lines := make(map[int][][]string) // by row, because all groups are in one file
	rows := rest.Rows()
	for out := range rest.Outcomes() {
		lines[out.Row] = append(lines[out.Row], outcomeLine(out, nil))
	}
	for _, l := range lists {
		rows += l.Report().Rows()
		for out := range l.Report().Outcomes() {
			lines[out.Row] = append(lines[out.Row], outcomeLine(out, l))
		}
	}
	require.Len(t, lines, rows, "every row is in one report")
	var b strings.Builder
	w := csv.NewWriter(&b)
	for row := range rows {
		require.NoError(t, w.WriteAll(lines[row]))
	}
	for _, l := range lists {
		for _, n := range l.Report().Notices() {
			b.WriteString(n.String() + "\n")
		}
	}
	return b.String()
}

func outcomeLine(out Outcome, l *List) []string {
	var system, code, coverage string
	if out.System.IsValid() {
		system = out.System.String()
	}
	if out.Entry >= 0 {
		e := l.Entry(out.Entry)
		code, coverage = e.Prefix.String(), e.Coverage.String()
		if e.Exclude {
			coverage = "exclude-" + coverage
		}
	}
	return []string{strconv.Itoa(out.Pos.Line), strconv.Itoa(out.Pos.Column), out.Raw, system, code, coverage, out.Verdict.String()}
}
