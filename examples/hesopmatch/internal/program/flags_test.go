package program

import (
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// synthFlags binds the options of synth, because they are few.
func synthFlags() (f *Flags, layout *string, rows *int) {
	f, layout, rows = NewFlags("synth"), new(string), new(int)
	f.Int("rows", rows)
	f.Uint64("seed", new(uint64))
	f.Word("layout", layout)
	f.Float("missing-diagnosis", new(float64))
	f.Float("missing-procedure", new(float64))
	f.Text("o", new(string))
	return f, layout, rows
}

// TestWrongOptions requires the error for a misspelt option or word to suggest the nearest one and to list all of them.
func TestWrongOptions(t *testing.T) {
	for _, tt := range []struct {
		reason string
		args   []string
		want   string
	}{
		{"a misspelt option", []string{"-layuot", "otr"}, "no option -layuot: did you mean -layout? the options are -config, -layout, -missing-diagnosis"},
		{"an option unlike any other", []string{"-qqqqqq"}, "no option -qqqqqq: the options are -config"},
		{"a misspelt word", []string{"-layout", "ukllcc"}, `did you mean ukllc? must be one of ["ukllc" "national" "otr" "cprd"]`},
		{"a forgotten value", []string{"-o", "-rows", "3"}, "-o needs its value (FILE), and -rows looks like an option"},
		{"an empty name, from an unset variable", []string{"-o", ""}, "-o: its value is empty"},
		{"an option after a file", []string{"x", "-rows", "3"}, "option -rows follows a file; options go first"},
		{"a file of options without a name", []string{"-config"}, "-config needs its value (FILE)"},
		{"two files of options", []string{"-config", "a", "-config=b"}, "-config is given twice"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			f, _, _ := synthFlags()
			err := f.Parse(tt.args, IO{Stdout: io.Discard, Stderr: io.Discard})
			require.ErrorContains(t, err, tt.want)
			require.Equal(t, 2, Exit("x", io.Discard, err))
		})
	}
}

// TestMistakesOfTheProgram requires a panic for an option that the table does not list for the command, and for an
// option that is not bound, so that the first run finds the mistake.
func TestMistakesOfTheProgram(t *testing.T) {
	require.PanicsWithValue(t, "the table has no option -icd10 for synth", func() { NewFlags("synth").Switch("icd10", new(bool)) })
	require.Panics(t, func() { _ = NewFlags("synth").Parse(nil, IO{}) })
}

func TestConfig(t *testing.T) {
	folder := t.TempDir()
	write := func(text string) string {
		path := filepath.Join(folder, "options.txt")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o666))
		return path
	}
	parse := func(args ...string) (string, int, []string, error) {
		f, layout, rows := synthFlags()
		err := f.Parse(args, IO{Stdout: io.Discard, Stderr: io.Discard})
		return *layout, *rows, f.Args(), err
	}
	t.Run("lines are files, or options with a space or = before the value", func(t *testing.T) {
		path := write("\uFEFF# a study\r\n\n-layout \t cprd\n-rows=\"7\"\nan input.csv\n")
		layout, rows, args, err := parse("-config", path, "other.csv")
		require.NoError(t, err)
		require.Equal(t, "cprd", layout)
		require.Equal(t, 7, rows)
		require.Equal(t, []string{"an input.csv", "other.csv"}, args)
	})
	t.Run("the file overrides options before it, and options after it override the file", func(t *testing.T) {
		path := write("-layout cprd\n-rows 7\n")
		layout, rows, args, err := parse("-layout", "otr", "-config="+path, "-rows", "9")
		require.NoError(t, err)
		require.Equal(t, "cprd", layout)
		require.Equal(t, 9, rows)
		require.Empty(t, args)
	})
	t.Run("an option as the value of another", func(t *testing.T) {
		f, _, _ := synthFlags()
		require.ErrorContains(t, f.Parse([]string{"-o", "-config"}, IO{}), "-o needs its value")
	})
	for reason, tt := range map[string]struct{ text, want string }{
		"a misspelt option, without showing its value": {"-rwos 3141\n", "options.txt:1: no option -rwos: did you mean -rows? the options are"},
		"a dash from a word processor":                 {"–rows 3\n", "options.txt:1: an option begins with a hyphen: -rows"},
		"no hyphen at all":                             {"rows 3\n", "options.txt:1: an option begins with a hyphen: -rows"},
		"UTF-16 without a byte order mark":             {"-\x00r\x00", "options.txt (-config): is not plain text; save it as UTF-8"},
		"another file of options":                      {"\n-config other.txt\n", "options.txt:2: a file of options cannot name another"},
		"an option without a value":                    {"-rows\n", "options.txt:1: -rows needs its value (N)"},
		"a switch with a value":                        {"-version 1\n", "options.txt:1: -version is a switch and takes no value"},
		"an unknown word":                              {"-layout ukkk\n", "must be one of"},
	} {
		t.Run(reason, func(t *testing.T) {
			_, _, _, err := parse("-config", write(tt.text))
			require.ErrorContains(t, err, tt.want)
		})
	}
	_, _, _, err := parse("-config", filepath.Join(folder, "none.txt"))
	require.ErrorContains(t, err, "none.txt (-config): no such file")
	_, _, _, err = parse("-config", write(strings.Repeat("x", 1<<21)))
	require.ErrorContains(t, err, "options.txt (-config): has more than 1048576 bytes")
	_, _, _, err = parse("-config", "-rows", "3")
	require.ErrorContains(t, err, "-config needs its value (FILE)")

	t.Run("UTF-16, quotes around a value, and files after --", func(t *testing.T) {
		for _, bigEndian := range []bool{false, true} {
			var text strings.Builder
			for _, r := range "\uFEFF-layout \"cprd\"\r\n'an input.csv'\r\n" {
				low, high := byte(r), byte(r>>8)
				if bigEndian {
					low, high = high, low
				}
				text.Write([]byte{low, high})
			}
			layout, rows, args, err := parse("-config", write(text.String()), "-rows", "2", "--", "-other.csv")
			require.NoError(t, err)
			require.Equal(t, "cprd", layout)
			require.Equal(t, 2, rows)
			require.Equal(t, []string{"an input.csv", "-other.csv"}, args)
		}
	})
}

// TestHelpEnds requires -h to end the command with the help as its only output.
func TestHelpEnds(t *testing.T) {
	f, _, _ := synthFlags()
	var out strings.Builder
	require.ErrorIs(t, f.Parse([]string{"-rows", "3", "-h"}, IO{Stdout: &out}), flag.ErrHelp)
	require.Contains(t, out.String(), "\n  -seed NUMBER\n      number that determines the appointments (default: 1)\n")
}
