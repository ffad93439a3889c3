package flag

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/programtest"
	"hesopmatch/hesop"
	"hesopmatch/hesop/hesoptest"

	"github.com/stretchr/testify/require"
)

const outpatients = "testdata/codelists/outpatients.csv"

// TestLayouts flags each layout that synth writes, with a header and without.
func TestLayouts(t *testing.T) {
	t.Chdir("../../../..")
	for _, layout := range []string{"ukllc", "national", "otr", "cprd"} {
		t.Run(layout, func(t *testing.T) {
			path := "testdata/golden/synth-" + layout + ".csv"
			quality := filepath.Join(t.TempDir(), "quality.json")
			hits := runHere(t, "", "-codelist", outpatients, "-format", "hits", "-quality", quality, path)
			require.Equal(t, 0, hits.Status, hits.Stderr)
			programtest.Golden(t, "hits-"+layout+".csv", hits.Stdout)
			programtest.Golden(t, "hits-"+layout+".summary.txt", hits.Stderr)
			require.NotContains(t, hits.Stderr, ": "+path, "no notices about a layout")
			flagged := runHere(t, "", "-codelist", outpatients, "-rows", "all", path)
			require.Equal(t, 0, flagged.Status, flagged.Stderr)
			again := runHere(t, flagged.Stdout, "-codelist", outpatients, "-format", "hits", "-warnings", "error", "-")
			require.Equal(t, withoutLines(t, hits.Stdout), withoutLines(t, again.Stdout), again.Stderr)
			counts, err := os.ReadFile(quality)
			require.NoError(t, err)
			programtest.Golden(t, "quality-"+layout+".json", string(counts))
			wide := runHere(t, "", "-codelist", outpatients, "-rows", "all", "-columns", "attendkey,tretspef", path)
			if layout == "otr" { // this layout has no specialty
				require.Equal(t, 1, wide.Status)
				wide = runHere(t, "", "-codelist", outpatients, "-rows", "all", "-columns", "attendkey", path)
			}
			require.Equal(t, 0, wide.Status, wide.Stderr)
			programtest.Golden(t, "wide-"+layout+".csv", wide.Stdout)

			text, err := os.ReadFile(path)
			require.NoError(t, err)
			names, rows, _ := strings.Cut(string(text), "\n")
			header := filepath.Join(t.TempDir(), "names.txt")
			require.NoError(t, os.WriteFile(header, []byte(names), 0o600))
			got := runHere(t, rows, "-codelist", outpatients, "-format", "hits", "-header", header, "-")
			require.Equal(t, 0, got.Status, got.Stderr)
			require.Equal(t, withoutLines(t, hits.Stdout), withoutLines(t, got.Stdout), "the same hits without header")
		})
	}
}

// TestLayoutsAgree checks that the same appointments get the same flags in every layout. The lists have no code that
// columns of four characters truncate.
func TestLayoutsAgree(t *testing.T) {
	t.Chdir("../../../..")
	dir := t.TempDir()
	var want string
	for _, layout := range []hesop.Layout{hesop.UKLLC, hesop.UKLLCOther, hesop.National, hesop.CPRD} {
		g, err := hesoptest.New(8, hesoptest.MissingDiagnosis(0.3), hesoptest.MissingProcedure(0.3))
		require.NoError(t, err)
		var text bytes.Buffer
		w := hesoptest.NewWriter(&text, layout)
		for row := range g.Rows(3000) {
			require.NoError(t, w.Write(row))
		}
		require.NoError(t, w.Flush())
		path := filepath.Join(dir, layout.String())
		require.NoError(t, os.WriteFile(path, text.Bytes(), 0o600))
		got := runHere(t, "", "-icd10", "testdata/codelists/depression.csv", "-icd10", "testdata/cases/transplant.txt",
			"-opcs4", "testdata/cases/joints.csv", "-columns", "attendkey", "-rows", "all", path)
		require.Equal(t, 0, got.Status, got.Stderr)
		_, flags, _ := strings.Cut(got.Stdout, "\n")
		require.Contains(t, flags, ",1", layout)
		if want == "" {
			want = flags
		}
		require.Equal(t, want, flags, layout.String())
	}
}

// TestQuality checks that the quality counts cover all inputs, are written whole or not at all, and do not depend on
// the number of workers.
func TestQuality(t *testing.T) {
	t.Chdir("../../../..")
	dir := t.TempDir()
	path := filepath.Join(dir, "quality.json")
	const input = "testdata/appointments.csv"
	many := filepath.Join(dir, "many.csv")
	text, err := os.ReadFile(input)
	require.NoError(t, err)
	header, rows, _ := strings.Cut(string(text), "\n")
	require.NoError(t, os.WriteFile(many, []byte(header+"\n"+strings.Repeat(rows, 50)), 0o600)) // several batches
	var first []byte
	for _, workers := range []string{"1", "3"} {
		got := runHere(t, "", with("-workers", workers, "-quality", path, input, many)...)
		require.Equal(t, 0, got.Status, got.Stderr)
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		if first == nil {
			first = text
		}
		require.Equal(t, string(first), string(text))
	}
	var counts struct {
		Rows int64
		Keys struct{ Different, Repeated int64 } `json:"attendkey"`
		Note string
	}
	require.NoError(t, json.Unmarshal(first, &counts))
	require.Equal(t, int64(24*51), counts.Rows)
	require.Equal(t, int64(24), counts.Keys.Different)
	require.Equal(t, int64(24*50), counts.Keys.Repeated, "the second input holds the rows of the first fifty times")
	require.Equal(t, releaseNote, counts.Note)

	require.NoError(t, os.Remove(path))
	bad := filepath.Join(dir, "bad.csv")
	require.NoError(t, os.WriteFile(bad, []byte("key,diag_4_01\n1,E119\n2\n"), 0o600))
	got := runHere(t, "", with("-quality", path, bad)...)
	require.Equal(t, 1, got.Status)
	require.NoFileExists(t, path)

	got = runHere(t, "", with("-quality", path, "-o", path, input)...)
	require.Equal(t, 2, got.Status)
	require.Contains(t, got.Stderr, path+" would be overwritten: -o and -quality both name it: name two files")
}
