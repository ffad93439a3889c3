package flag

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/internal/rows"
	"hesopmatch/match"

	"github.com/stretchr/testify/require"
)

// slowLines computes the output of a run by one plain loop over the rows of all inputs.
func slowLines(t *testing.T, opts *options) string {
	t.Helper()
	_, lists, matcher, err := opts.lists.Compile(opts.inputs.Primary)
	require.NoError(t, err)
	var out []byte
	before, res := int64(0), matcher.NewResult()
	for i, path := range opts.inputs.Paths {
		in, err := opts.inputs.Open(path, nil, nil, nil, program.NotCodes(lists))
		require.NoError(t, err)
		r := in.Reader
		columns := slices.Collect(r.Columns())
		if opts.columns != nil || opts.format == "hits" {
			columns = nil
		}
		for _, name := range opts.columns {
			c, err := r.Column(name)
			require.NoError(t, err)
			columns = append(columns, c)
		}
		if i == 0 && opts.format == "hits" {
			out = append(out, "row,list,system,position,column,value,entry,entry_file,entry_line,"...)
			out = append(out, "entry_sheet,input_file,input_line,term"...)
			for _, c := range columns {
				out = rows.AppendField(append(out, ','), c.Name())
			}
			out = append(out, '\n')
		} else if i == 0 {
			for _, c := range columns {
				out = append(rows.AppendField(out, c.Name()), ',')
			}
			for _, l := range lists {
				out = append(rows.AppendField(out, l.Name()), ',')
			}
			out[len(out)-1] = '\n'
		}
		for a, err := range r.All() {
			require.NoError(t, err)
			matcher.Match(a.Codes(), res)
			if opts.format == "hits" {
				for _, h := range matcher.AppendHits(nil, a.Codes()) {
					list := matcher.List(h.List)
					entry := list.Entry(h.Entry)
					line := ""
					if a.Line() > 0 {
						line = strconv.FormatInt(a.Line(), 10)
					}
					fields := []string{
						strconv.FormatInt(before+a.Row(), 10), list.Name(), h.Slot.Value.System().String(),
						strconv.Itoa(int(h.Slot.Position)), a.Codes().Column(h.Slot).Name(), string(a.Codes().Text(h.Slot)),
						program.CutRaw(entry.Raw), entry.Pos.File, strconv.Itoa(entry.Pos.Line), entry.Pos.Sheet, path, line, entry.Term,
					}
					for _, c := range columns {
						fields = append(fields, string(a.Text(c)))
					}
					for _, field := range fields {
						out = append(rows.AppendField(out, field), ',')
					}
					out[len(out)-1] = '\n'
				}
				continue
			}
			if opts.rows == "matched" && !res.AnyMatch() {
				continue
			}
			for _, c := range columns {
				out = append(rows.AppendField(out, a.Text(c)), ',')
			}
			for i := range lists {
				if i > 0 {
					out = append(out, ',')
				}
				switch res.Status(i) {
				case match.Match:
					out = append(out, '1')
				case match.NoMatch:
					out = append(out, '0')
				case match.Unknown:
				}
			}
			out = append(out, '\n')
		}
		before += r.Rows()
		require.NoError(t, in.Close())
	}
	return string(out)
}

// oddInput returns a table with rows whose text in the output differs from their text in the input.
func oddInput(r *rand.Rand, delimiter string) string {
	var b strings.Builder
	b.WriteString(strings.ReplaceAll("KEY,NOTE,DIAG_4_01,DIAG_4_CONCAT,OPERTN_4_01,OPERTN_4_CONCAT\n", ",", delimiter))
	for range r.IntN(150) {
		note := []string{
			"", "x", "\"x\"", "\"x,y\"", "\"x;y\"", "x\"y", "\"x\"\"y\"", "\"x\ny\"", "x\ry", "\"\r\n\"", "\"1\nx,E119,,E119,-,-\n\"", " - ", "=1",
		}[r.IntN(13)]
		if strings.Contains(note, "y,E") || delimiter != "," && strings.HasPrefix(note, "\"1\n") {
			note = ""
		}
		one := []string{"E119", "F329", "R69X", "", "AU00", "K80", "M169", "E11.9 "}[r.IntN(8)]
		cells := []string{strconv.Itoa(r.IntN(1000)), note, one, one, "K401", "K401"}
		if r.IntN(4) == 0 {
			cells[3] = `"` + one + `,F329"`
		}
		if r.IntN(3) == 0 {
			cells[4], cells[5] = "-", "\"-\""
		}
		b.WriteString(strings.Join(cells, delimiter))
		b.WriteString([]string{"", "", "", "", "", delimiter, delimiter + "x"}[r.IntN(7)])
		b.WriteString([]string{"\n", "\n", "\n", "\r\n", "\n\n"}[r.IntN(5)])
	}
	return b.String()
}

// TestAgainstSlowLines compares the output of flag with that of slowLines, for plain and compressed inputs. Notices and
// counts must be the same for any number of workers and any size of blocks.
func TestAgainstSlowLines(t *testing.T) {
	t.Chdir("../../../..")
	rounds := 60
	if testing.Short() {
		rounds = 15
	}
	dir := t.TempDir()
	quality, manifest := filepath.Join(dir, "quality.json"), filepath.Join(dir, "manifest.json")
	for seed := range rounds {
		r := rand.New(rand.NewPCG(uint64(seed), 2))
		delimiter := []string{",", ",", "\t", ";"}[r.IntN(4)]
		var inputs []string
		for i := range 1 + r.IntN(4) {
			text := oddInput(r, delimiter)
			path := filepath.Join(dir, fmt.Sprintf("%d.csv", i))
			if r.IntN(3) > 0 {
				var b bytes.Buffer
				z := gzip.NewWriter(&b)
				_, err := io.WriteString(z, text)
				require.NoError(t, err)
				require.NoError(t, z.Close())
				text, path = b.String(), path+".gz"
			}
			require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
			inputs = append(inputs, path)
		}
		args := slices.Concat(with("-skip-bad-rows"), [][]string{
			{"-rows", "all"},
			{"-rows", "all", "-columns", "note,KEY"},
			{"-format", "hits"},
			{"-rows", "matched"},
			{"-columns", "opertn_4_01,NOTE"},
			{"-format", "hits", "-columns", "note,KEY"},
		}[r.IntN(6)])
		counts := r.IntN(2) == 0
		if counts {
			args = append(args, "-quality", quality)
		}
		if r.IntN(4) == 0 {
			args = append(args, "-manifest", manifest)
		}
		want, first := "", [2]string{}
		for _, workers := range []string{"1", "2", "5"} {
			opts, err := parseOptions(slices.Concat(args, []string{"-workers", workers}, inputs), program.IO{Stderr: os.Stderr})
			require.NoError(t, err)
			opts.inputs.Block = []int{1, 60, 1000, 1 << 20}[r.IntN(4)]
			var out, summary bytes.Buffer
			require.NoError(t, opts.run(t.Context(), program.IO{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &summary}))
			got := [2]string{summary.String()}
			if counts {
				text, err := os.ReadFile(quality)
				require.NoError(t, err)
				got[1] = string(text)
			}
			if want == "" {
				want, first = slowLines(t, opts), got
			}
			require.Equal(t, want, out.String(), "seed %d, %s workers", seed, workers)
			require.Equal(t, first, got, "seed %d, %s workers", seed, workers)
		}
	}
}

// TestFirstErrorOfInputs checks that the run reports the error of the first input that has an error, even if later
// inputs are read earlier, and leaves no output.
func TestFirstErrorOfInputs(t *testing.T) {
	t.Chdir("../../../..")
	dir := t.TempDir()
	file := func(name string, rows int, end string) string {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, err := io.WriteString(z, "key,diag_4_01\n"+strings.Repeat("1,E119\n", rows)+end)
		require.NoError(t, err)
		require.NoError(t, z.Close())
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, b.Bytes(), 0o600))
		return path
	}
	long, bad, worse := file("long.csv.gz", 200_000, ""), file("bad.csv.gz", 100_000, "1\n"), file("worse.csv.gz", 0, "1,2,3\n")
	plain := filepath.Join(dir, "plain.csv")
	require.NoError(t, os.WriteFile(plain, []byte("key,diag_4_01\n1\n"), 0o600))
	out := filepath.Join(dir, "out.csv")
	for _, tt := range []struct {
		inputs []string
		says   string
		reason string
	}{
		{[]string{long, bad, worse}, bad + ": line 100002", "a later input fails at once"},
		{[]string{worse, long, bad}, worse + ": line 2", "the first input fails"},
		{[]string{bad, plain}, bad + ": line 100002", "a failure before a file that is read in its turn"},
		{[]string{long, plain, worse}, plain + ": line 2", "a failure in a file that is read in its turn"},
	} {
		for _, workers := range []string{"1", "2", "4"} {
			got := runHere(t, "", slices.Concat(with("-rows", "all", "-workers", workers, "-o", out), tt.inputs)...)
			require.Equal(t, 1, got.Status, tt.reason)
			require.Contains(t, got.Stderr, tt.says, tt.reason)
			entries, err := os.ReadDir(dir)
			require.NoError(t, err)
			require.Len(t, entries, 4, "no output is left")
		}
	}
}
