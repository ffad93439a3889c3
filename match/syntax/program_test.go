package syntax_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/match"
	"hesopmatch/match/syntax"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

var updatePrograms = flag.Bool("update-programs", false, "rewrite the scripts in R, Python and Stata; review the difference")

// programColumns lists columns of all field forms.
var programColumns = []string{
	"attendkey", "pseudo_hesid", "apptdate", "attended", "fyear", "diag_01", "diag_4_01", "diag_4_02", "diag_4_concat",
	"opertn_4_01",
}

// programMatcher returns a Matcher of lists with the given names.
func programMatcher(t *testing.T, names ...string) *match.Matcher {
	t.Helper()
	files := []string{"icd10\nE11\nM0510\n", "icd10,exclude\nI10-I12,\nI11.9,yes\n", "opcs4\nK40_\n"}
	var lists []*codelist.List
	for i, name := range names {
		list, err := codelist.Parse(name, strings.NewReader(files[i%len(files)]), codelist.ExcludeColumn("exclude"))
		if err != nil {
			list, err = codelist.Parse(name, strings.NewReader(files[i%len(files)]))
		}
		require.NoError(t, err)
		lists = append(lists, list)
	}
	m, err := match.Compile(lists...)
	require.NoError(t, err)
	return m
}

func programScript(m *match.Matcher, d syntax.Dialect, opts ...syntax.Option) (string, error) {
	columns, err := syntax.Columns(programColumns, hesop.RawWidth(6))
	if err != nil {
		return "", err
	}
	script, err := syntax.New(m, columns, d, opts...)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	_, err = script.WriteTo(&b)
	return b.String(), err
}

func TestPrograms(t *testing.T) {
	m := programMatcher(t, "diabetes", "hypertension, not heart", "hernia")
	filters := []syntax.Option{
		syntax.Attended(), syntax.From(hesop.Date{Year: 2018, Month: 4, Day: 1}), syntax.To(hesop.Date{Year: 2019, Month: 3, Day: 31}),
		syntax.Once("attendkey"), syntax.OrderBy("apptdate"),
	}
	for _, d := range []syntax.Dialect{syntax.R, syntax.Python, syntax.Stata} {
		for _, what := range syntax.Whats() {
			t.Run(string(d)+"/"+string(what), func(t *testing.T) {
				opts := map[syntax.What][]syntax.Option{
					syntax.People: append(filters, syntax.AtLeast(2)), syntax.Counts: filters[:1],
				}[what]
				opts = append(slices.Clip(opts), syntax.Ask(what))
				got, err := programScript(m, d, opts...)
				require.NoError(t, err)
				again, err := programScript(m, d, opts...)
				require.NoError(t, err)
				require.Equal(t, got, again, "the output is deterministic")
				for line := range strings.Lines(got) {
					require.LessOrEqual(t, len(strings.TrimSpace(line)), 120, line)
				}
				path := filepath.Join("testdata", "programs", string(what)+"."+string(d))
				if *updatePrograms {
					require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
				}
				want, err := os.ReadFile(path)
				require.NoError(t, err)
				if diff := cmp.Diff(string(want), got); diff != "" {
					t.Errorf("-want +got:\n%s", diff)
				}
			})
		}
	}
}

// TestProgramNames requires scripts to escape names with quotes, backslashes and other special characters.
func TestProgramNames(t *testing.T) {
	m := programMatcher(t, `O'Brien"; drop`, "`x` $HOME", "a\\b\u00e9\U0001F600")
	for _, c := range []struct {
		dialect syntax.Dialect
		want    []string
	}{
		{syntax.R, []string{`"O'Brien\"; drop", "` + "`x`" + ` $HOME", "a\\b\U{e9}\U{1f600}"`}},
		{syntax.Python, []string{`"O'Brien\"; drop", "` + "`x`" + ` $HOME", "a\\b\u00e9\U0001f600"`}},
	} {
		t.Run(string(c.dialect), func(t *testing.T) {
			got, err := programScript(m, c.dialect)
			require.NoError(t, err)
			for _, want := range c.want {
				require.Contains(t, got, want)
			}
		})
	}
}

func TestProgramTables(t *testing.T) {
	m := programMatcher(t, "diabetes")
	for _, c := range []struct{ why, table, call string }{
		{"a name", "hesop", "hesop_flags(hesop)\n"},
		{"a name with a dot", "hes.op", "hesop_flags(hes.op)\n"},
		{"a reserved word", "if", "hesop_flags(`if`)\n"},
		{"a name that needs backticks", "hes op", "hesop_flags(`hes op`)\n"},
		{"a name with characters to escape", "a`b\\", "hesop_flags(`a\\`b\\\\`)\n"},
		{"a name outside ASCII", "h\u00e9sop", "hesop_flags(`h\\U{e9}sop`)\n"},
	} {
		t.Run(c.why, func(t *testing.T) {
			got, err := programScript(m, syntax.R, syntax.Table(c.table))
			require.NoError(t, err)
			require.True(t, strings.HasSuffix(got, "\n"+c.call), got[len(got)-80:])
		})
	}
}

func TestProgramsRefuse(t *testing.T) {
	for _, c := range []struct {
		why     string
		dialect syntax.Dialect
		lists   []string
		opts    []syntax.Option
		is      error
		want    string
	}{
		{
			"a program always contains its table of codes", syntax.R,
			[]string{"a"},
			[]syntax.Option{syntax.PlaceCodes(syntax.Separate)},
			syntax.ErrOption, "PlaceCodes is for databases",
		},
		{
			"a do-file always contains its table of codes", syntax.Stata,
			[]string{"a"},
			[]syntax.Option{syntax.PlaceCodes(syntax.InTable)},
			syntax.ErrOption, "PlaceCodes is for databases",
		},
		{
			"a variable has no schema", syntax.R,
			[]string{"a"},
			[]syntax.Option{syntax.Table("study", "hesop")},
			syntax.ErrExpress, `Table("study.hesop"): a table in r has one name`,
		},
		{
			"Python has no quotes for names", syntax.Python,
			[]string{"a"},
			[]syntax.Option{syntax.Table("hes op")},
			syntax.ErrExpress, `Table("hes op")`,
		},
		{
			"a reserved word of Python", syntax.Python,
			[]string{"a"},
			[]syntax.Option{syntax.Table("class")},
			syntax.ErrExpress,
			`Table("class")`,
		},
		{
			"a name that would run as code", syntax.Python,
			[]string{"a"},
			[]syntax.Option{syntax.Table("x); f(")},
			syntax.ErrExpress,
			`Table("x); f(")`,
		},
		{
			"polars does not allow two columns with the same name", syntax.Python,
			[]string{"attendkey"},
			nil, syntax.ErrExpress,
			`would be columns with the same name, "attendkey"`,
		},
		{"invalid UTF-8", syntax.R, []string{"a\xff"}, nil, syntax.ErrExpress, "is not a text"},
		{"invalid UTF-8", syntax.Python, []string{"a\xff"}, nil, syntax.ErrExpress, "is not a text"},
		{"a line end in the name of a column", syntax.R, []string{"a\nb"}, nil, syntax.ErrExpress, "line end"},
		{"a global macro of Stata", syntax.Stata, []string{"$HOME"}, nil, syntax.ErrExpress, `"$HOME" has a backtick`},
		{"a local macro of Stata", syntax.Stata, []string{"a`x'"}, nil, syntax.ErrExpress, "has a backtick"},
		{"the end of a string in Stata", syntax.Stata, []string{`a"'b`}, nil, syntax.ErrExpress, "has a backtick"},
		{
			"a table with a macro of Stata in its name", syntax.Stata,
			[]string{"a"},
			[]syntax.Option{syntax.Table("$x", "hesop")},
			syntax.ErrExpress, `"$x" has a backtick`,
		},
	} {
		t.Run(c.why, func(t *testing.T) {
			_, err := programScript(programMatcher(t, c.lists...), c.dialect, c.opts...)
			require.ErrorIs(t, err, c.is)
			require.ErrorContains(t, err, c.want)
		})
	}
}
