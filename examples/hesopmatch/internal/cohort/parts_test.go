package cohort

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/hesop/hesoptest"
	"hesopmatch/match/cohort"

	"github.com/stretchr/testify/require"
)

// filesOf divides generated appointments among files of uneven size, and returns the paths of the files. The argument
// count is the number of files. In every fifth row the key is replaced by the key of a random row, so that different
// appointments share a key, perhaps in different files.
func filesOf(t *testing.T, seed uint64, rows, count int) (paths []string) {
	t.Helper()
	g, err := hesoptest.New(seed, hesoptest.People(rows/30))
	require.NoError(t, err)
	var text strings.Builder
	w := hesoptest.NewWriter(&text, hesop.UKLLC)
	for row := range g.Rows(rows) {
		require.NoError(t, w.Write(row))
	}
	require.NoError(t, w.Flush())
	all, err := csv.NewReader(strings.NewReader(text.String())).ReadAll()
	require.NoError(t, err)
	header, all := all[0], all[1:]
	key, random := slices.Index(header, "attendkey"), rand.New(rand.NewPCG(seed, 1))
	for i := 0; i < len(all); i += 5 {
		all[i][key] = all[random.IntN(len(all))][key]
	}
	dir := t.TempDir()
	for i := range count {
		n := len(all)
		if i+1 < count {
			n = min(n, random.IntN(2*rows/count))
		}
		paths = append(paths, filepath.Join(dir, fmt.Sprintf("y%d.csv", i)))
		file, err := os.Create(paths[i])
		require.NoError(t, err)
		require.NoError(t, csv.NewWriter(file).WriteAll(append([][]string{header}, all[:n]...)))
		require.NoError(t, file.Close())
		all = all[n:]
	}
	return paths
}

// outcome returns everything that a run writes about the appointments, except the provenance of the numbers.
func outcome(t *testing.T, args ...string) string {
	t.Helper()
	dir := t.TempDir()
	summary := filepath.Join(dir, "summary.csv")
	people := runHere(t, "", with(append([]string{"-disclosure", "none", "-summary", summary}, args...)...)...)
	require.Equal(t, 0, people.Status, people.Stderr)
	text, err := os.ReadFile(summary)
	require.NoError(t, err)
	tables, _, found := strings.Cut(string(text), "provenance,")
	require.True(t, found)
	_, report, found := strings.Cut(people.Stderr, "appointments: ")
	require.True(t, found)

	release := filepath.Join(dir, "release")
	ran := runHere(t, "", with(append([]string{"-disclosure", "ukllc", "-release", release}, args...)...)...)
	require.Equal(t, 0, ran.Status, ran.Stderr)
	all := []string{people.Stdout, tables, report}
	files, err := filepath.Glob(filepath.Join(release, "*.csv"))
	require.NoError(t, err)
	require.Greater(t, len(files), 5)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		before, _, _ := strings.Cut(string(text), "provenance")
		all = append(all, filepath.Base(file), before)
	}
	return strings.Join(all, "\n")
}

// TestParts makes parts of files in separate runs, and merges the parts. It checks that the result is the same as the
// result of one run over all files.
func TestParts(t *testing.T) {
	t.Chdir("../../../..")
	random := rand.New(rand.NewPCG(19, 2))
	for i, options := range [][]string{
		nil,
		{"-dedupe", "attendkey"},
		{"-dedupe", "attendkey", "-order-by", "apptdate", "-attended"},
		{"-with", "joints", "-from", "2010-04-01", "-bands", "0,18,65"},
		{"-dedupe", "attendkey", "-without-before", "depression", "-min", "2", "-to", "2019-03-31"},
	} {
		paths := filesOf(t, uint64(i), 3000, 5)
		want := outcome(t, append(options, paths...)...)
		require.Greater(t, strings.Count(want, ",joints,"), 20, "the list joints has people")

		args, dir := append([]string{}, options...), t.TempDir()
		rest := paths
		for len(rest) > 0 && (len(rest) == len(paths) || random.IntN(5) > 0) {
			n := 1 + random.IntN(min(2, len(rest)))
			part := filepath.Join(dir, fmt.Sprintf("%d.part", len(rest)))
			ran := runHere(t, "", with(append(append(append([]string{}, options...), "-part", part), rest[:n]...)...)...)
			require.Equal(t, 0, ran.Status, ran.Stderr)
			require.Empty(t, ran.Stdout, "the run writes only a part")
			require.Contains(t, ran.Stderr, "part written: "+part+"; the part holds the identifiers of people")
			args, rest = append(args, "-merge", part), rest[n:]
		}
		require.Equal(t, want, outcome(t, append(args, rest...)...), "%q, %d of %d files are not in parts", options,
			len(rest), len(paths))

		// A part that is made from other parts.
		all := filepath.Join(dir, "all.part")
		ran := runHere(t, "", with(append(append(args, "-part", all), rest...)...)...)
		require.Equal(t, 0, ran.Status, ran.Stderr)
		require.Equal(t, want, outcome(t, append(append([]string{}, options...), "-merge", all)...), options)
	}
}

// TestPartBeside checks that a part is the same whether the run writes only the part or other outputs too.
func TestPartBeside(t *testing.T) {
	t.Chdir("../../../..")
	const input = "testdata/appointments.csv"
	dir := t.TempDir()
	file := func(name string) string { return filepath.Join(dir, name) }
	alone := runHere(t, "", with("-part", file("alone"), input)...)
	require.Equal(t, 0, alone.Status, alone.Stderr)
	want, err := os.ReadFile(file("alone"))
	require.NoError(t, err)
	people := runHere(t, "", with(input)...)
	for _, tt := range []struct {
		reason string
		args   []string
		out    string // "" for none
	}{
		{"people, requested by -o", []string{"-o", "-"}, people.Stdout},
		{"people, requested by -format", []string{"-format", "csv"}, people.Stdout},
		{"numbers", []string{"-disclosure", "ukllc", "-summary", file("summary.csv")}, ""},
		{"a release", []string{"-disclosure", "ukllc", "-release", file("release")}, ""},
		{"a manifest", []string{"-manifest", file("manifest.json")}, ""},
	} {
		ran := runHere(t, "", with(append(tt.args, "-part", file("beside"), input)...)...)
		require.Equal(t, 0, ran.Status, "%s: %s", tt.reason, ran.Stderr)
		require.Equal(t, tt.out, ran.Stdout, tt.reason)
		got, err := os.ReadFile(file("beside"))
		require.NoError(t, err)
		require.Equal(t, want, got, tt.reason)
		require.NoError(t, os.Remove(file("beside")))
	}

	// A run that reads only a part states this, and names the part.
	ran := runHere(t, "", with("-merge", file("alone"), "-manifest", file("merged.json"), "-format", "html",
		"-disclosure", "none")...)
	require.Equal(t, 0, ran.Status, ran.Stderr)
	require.Contains(t, ran.Stdout, "People, identified by</dt><dd>the same column as in the parts<")
	require.Contains(t, ran.Stderr, "part read: "+file("alone")+"; the report of the run that wrote it describes its fields")
	require.NotContains(t, ran.Stderr, "no ICD-10 field is read", "the parts have ICD-10 fields")
	manifest, err := os.ReadFile(file("merged.json"))
	require.NoError(t, err)
	require.Regexp(t, `"parts": \[\s*\{\s*"name": "[^"]*alone",\s*"sha256": "[0-9a-f]{64}"`, string(manifest))
	require.Contains(t, string(manifest), `"inputs": []`)
}

// TestPartsWithoutSystem checks the warning about a system for which no part has a field.
func TestPartsWithoutSystem(t *testing.T) {
	t.Chdir("../../../..")
	part := filepath.Join(t.TempDir(), "part")
	const rows = "patid,apptdate,diag_4_01\n1,2019-05-01,F321\n2,2019-05-01\n"
	ran := runHere(t, rows, with("-skip-bad-rows", "-part", part, "-")...)
	require.Equal(t, 0, ran.Status, ran.Stderr)
	ran = runHere(t, "", with("-merge", part)...)
	require.Equal(t, 0, ran.Status, ran.Stderr)
	require.Contains(t, ran.Stderr, `warning: joints: no OPCS-4 field is read, so the answer is never "no match"`)
	require.NotContains(t, ran.Stderr, "no ICD-10 field")
	require.Contains(t, ran.Stderr, "rows skipped when the parts were made: 1\n")
}

// TestPartMisuse checks that messages about a part name the option to use.
func TestPartMisuse(t *testing.T) {
	t.Chdir("../../../..")
	const input, other = "testdata/appointments.csv", "testdata/golden/synth-national.csv"
	dir := t.TempDir()
	file := func(name string) string { return filepath.Join(dir, name) }
	made := func(name string, args ...string) string {
		got := runHere(t, "", append(args, "-part", file(name), input)...)
		require.Equal(t, 0, got.Status, got.Stderr)
		return file(name)
	}
	plain := made("plain", lists...)
	text, err := os.ReadFile(plain)
	require.NoError(t, err)
	cut := file("cut")
	require.NoError(t, os.WriteFile(cut, text[:len(text)-1], 0o600))
	require.NoError(t, os.WriteFile(file("copy"), text, 0o600))

	for _, tt := range []struct {
		reason string
		args   []string
		status int
		says   string
	}{
		{"no such file", with("-merge", file("none")), 1, "part " + file("none") + " (-merge): no such file"},
		{"a folder", with("-merge", dir), 1, "is a folder"},
		{"a file of appointments in place of a part", with("-merge", input), 1, "(-merge): it is not a part of a cohort, or was written by another " +
			"version of this library; name a file written by -part of this version"},
		{"a part without its last byte", with("-merge", cut), 1, "it is damaged or incomplete, or has something after its end; copy it again"},
		{"one part twice", with("-merge", plain, "-merge", plain), 2, "is named twice, so each appointment would count twice"},
		{"one part under two names", with("-merge", plain, "-merge", dir+"/./plain"), 2, "is named twice"},
		{"a part and a copy of the part", with("-merge", plain, "-merge", file("copy")), 1, "part " + file("copy") + " (-merge): the cohort already " +
			"contains this part, or some of its data, so each appointment would count twice; leave one of them out"},
		{"an input of a part", with("-merge", plain, input), 1, input + ": is also an input of a part (-merge), so each " +
			"appointment would count twice: leave one of them out"},
		{"a part among the inputs, as a shell expands *.part", with("-merge", plain, file("copy")), 1, file("copy") + ": is a part of a cohort, " +
			"not a file of appointments: give each part its own -merge"},
		{"other lists", append(lists[:2:2], "-merge", plain), 1, "it was made with other codelists, in another order, or with " +
			"other options (-primary,"},
		{"the same entries in another order", append(lists[:4:4], "-codelist", submitted(t, "outpatients.csv", reordered(t)),
			"-merge", plain), 1, "it was made with codelists that have other entries"},
		{"only the first position", with("-primary", "-merge", plain), 1, "it was made with other codelists"},
		{"only appointments at which the patient was seen", with("-attended", "-merge", plain), 1, "it was made with no -attended, and this run has -attended: " +
			"give both the same options"},
		{"a first day", with("-from", "2019-01-02", "-merge", plain), 1, "with no -from, and this run has -from 2019-01-02"},
		{"a last day", with("-merge", made("to", with("-to", "2019-01-02")...)), 1, "with -to 2019-01-02, and this run has no -to"},
		{"another minimum", with("-min", "2", "-merge", plain), 1, "with -min 1, and this run has -min 2"},
		{"one appointment of each key", with("-dedupe", "AttendKey", "-merge", plain), 1, "with no -dedupe, and this run has -dedupe attendkey"},
		{
			"an order of the appointments of a key", with("-dedupe", "attendkey", "-order-by", "fyear", "-merge", made("key", with("-dedupe", "attendkey")...)),
			1, "with no -order-by, and this run has -order-by fyear",
		},
		{"another column of the date", with("-date", "epistart", "-merge", plain), 1, "with -date apptdate, and this run has -date epistart"},
		{"other age bands", with("-bands", "0,18", "-merge", plain), 1, "with -bands 0,18,25,35,45,55,65,75,85, and this run has -bands 0,18:"},
		{"a condition on the people", with("-with", "joints", "-merge", plain), 1, "it was made with other -with, -without, -with-before"},
		{"another column of the person", with("-person", "note", "-merge", plain), 1, "column pseudo_hesid here, note in earlier data: their " +
			"identifiers may differ; make all parts with the same column (-person)"},
		{"no part and no input", with(), 2, "no input: name a file"},
		{"no name for the part to write", with("-part", "", input), 2, "-part: its value is empty"},
		{"no name of a part to read", with("-merge", "", input), 2, "-merge \"\": must be a FILE written by -part"},
		{"standard output", with("-part", "-", input), 2, "only -o takes - for standard output"},
		{"standard input", with("-merge", "-", input), 2, "-merge \"-\": standard input (-) is for INPUT"},
		{"a part that is also read", with("-part", plain, "-merge", plain), 2, "would be overwritten: -part names it, and it is also read"},
		{"a rule for output without numbers", with("-disclosure", "ukllc", "-part", file("x"), input), 2, "-disclosure ukllc: a " +
			"part holds people and has no numbers to hide"},
		{"a part without totals", with("-merge", withoutTotals(t, file("bare"))), 1, "it was made without the numbers of the " +
			"tables (cohort.WithTotals): write it with -part"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			got := runHere(t, "", tt.args...)
			require.Equal(t, tt.status, got.Status, got.Stderr)
			require.Contains(t, got.Stderr, tt.says)
			require.Empty(t, got.Stdout)
			require.NotContains(t, got.Stderr, "cohort: the part cannot", "the program replaces the library's words")
		})
	}
	got := runHere(t, "", with("-merge", plain, other)...)
	require.Equal(t, 0, got.Status, got.Stderr)
}

// reordered returns a codelist of the run with its entries in another order.
func reordered(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("testdata/codelists/outpatients.csv")
	require.NoError(t, err)
	lines := strings.SplitAfter(string(text), "\n")
	lines[1], lines[2] = lines[2], lines[1]
	return strings.Join(lines, "")
}

// withoutTotals writes a part without the numbers of tables, as a program other than hesopmatch may write it.
func withoutTotals(t *testing.T, path string) string {
	t.Helper()
	opts, err := parseOptions(with("-"), program.IO{})
	require.NoError(t, err)
	_, _, m, err := opts.lists.Compile(false)
	require.NoError(t, err)
	c, err := cohort.New(m)
	require.NoError(t, err)
	file, err := os.Create(path)
	require.NoError(t, err)
	defer file.Close()
	_, err = c.WriteTo(file)
	require.NoError(t, err)
	return path
}
