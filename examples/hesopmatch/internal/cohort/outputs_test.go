package cohort

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

var testInfo = releaseInfo{
	Least: 10, Nearest: 10, Profile: "ukllc", Command: "-attended -min 2", Version: "0.0.1",
	Time:  time.Date(2026, 11, 28, 12, 30, 0, 0, time.FixedZone("", 3600)),
	Notes: []string{"<10 stands for fewer than ten people, zero included."},
}

// shown and hidden each return a row with two measures that form one group.
func shown(match, people string, names ...string) releaseRow {
	return releaseRow{names, []string{match, people}, []bool{false, false}}
}

func hidden(names ...string) releaseRow {
	return releaseRow{names, []string{"<10", "<10"}, []bool{true, true}}
}

// testTables returns the hard cases of a release: several lists, names that need quotes or occur twice, cells that the
// data cannot have, and a row without numbers.
func testTables() []releaseTable {
	measures := []string{"match", "people"}
	return []releaseTable{
		{
			"lists", "Appointments by answer, and people who match, by list",
			[]string{"list"},
			measures,
			[]releaseRow{
				shown("120", "30", `arthritis, "hip"`), hidden("déprimé 🦴"), shown("40", "not applicable", "third"),
			},
		},
		{
			"lists_by_sex", "Appointments and people by list and sex",
			[]string{"list", "sex"},
			measures,
			[]releaseRow{
				shown("80", "20", `arthritis, "hip"`, "1 male"), hidden(`arthritis, "hip"`, "2 female"),
				shown("40", "10", "third", "1 male"), hidden("third", "2 female"),
				{Names: []string{"", "not shown"}},
			},
		},
		{
			"entries", "Appointments by entry",
			[]string{"list", "entry"},
			measures[:1],
			[]releaseRow{
				{[]string{"third", "E11"}, []string{"50"}, []bool{false}},
				{[]string{"third", "E11"}, []string{"<10"}, []bool{true}},
				{[]string{"third", "a\nb"}, []string{"20"}, []bool{false}},
			},
		},
		{"empty", "A table without rows", []string{"list"}, measures, nil},
	}
}

// testSummary returns the numbers of tables, one to a line.
func testSummary(tables []releaseTable) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write([]string{"table", "list", "group", "measure", "value"})
	for _, t := range tables {
		for _, row := range t.Rows {
			names := append(append([]string{}, row.Names...), "", "")[:2]
			for i, value := range row.Values {
				_ = w.Write([]string{t.Name, names[0], names[1], t.Measures[i], value})
			}
			if row.Values == nil {
				_ = w.Write([]string{t.Name, names[0], names[1], "", ""})
			}
		}
	}
	_ = w.Write([]string{"note", "", "", "", "<10 stands for fewer than ten people."})
	w.Flush()
	return b.Bytes()
}

// written makes the release of the tests in a new folder, and returns the path of the folder.
func written(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "release")
	tables := testTables()
	require.NoError(t, writeOutputs(dir, tables, []byte("<!doctype html>\n"), testSummary(tables), testInfo,
		func() error { return nil }))
	return dir
}

func read(t *testing.T, path ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(path...))
	require.NoError(t, err)
	return string(text)
}

func TestWideTables(t *testing.T) {
	dir := written(t)
	for file, want := range map[string]string{
		"lists.csv": `list,match,people
"arthritis, ""hip""",120,30
déprimé 🦴,<10,<10
third,40,not applicable
`,
		"lists_by_sex.csv": `list: sex,match,people
"arthritis, ""hip"": 1 male",80,20
"arthritis, ""hip"": 2 female",<10,<10
third: 1 male,40,10
third: 2 female,<10,<10
not shown,,
`,
		"entries.csv": "list: entry,match\nthird: E11,50\nthird: E11 (2),<10\nthird: a\uFFFDb,20\n",
		"empty.csv":   "list,match,people\n",
		"page.html":   "<!doctype html>\n",
	} {
		if diff := cmp.Diff(want, read(t, dir, file)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
}

// TestOutputsJSON compares one result of each kind with its expected content.
func TestOutputsJSON(t *testing.T) {
	dir := written(t)
	text := read(t, dir, "outputs.json")
	require.Equal(t, text, read(t, dir, "results.json"), "the viewer of SACRO reads one file, and the acro package reads the other")
	require.NotRegexp(t, `[^\x00-\x7f]`, text, "the programs that read the file do not choose an encoding")
	var got struct {
		Version string
		Tool    map[string]string
		Results map[string]map[string]any
	}
	require.NoError(t, json.Unmarshal([]byte(text), &got))
	require.Equal(t, "1.0.2", got.Version, "the version of the format")
	require.Equal(t, map[string]string{
		"@type": "SoftwareApplication", "name": "hesopmatch cohort", "version": "0.0.1",
	}, got.Tool)

	none := []any{}
	cell := func(row, column float64) any { return []any{row, column} }
	const exception = "Numbers of fewer than 10 people are suppressed (<10), and all others are rounded to the nearest 10."
	want := map[string]any{
		"uid": "lists", "status": "review", "type": "table",
		"properties": map[string]any{
			"method": "frequency", "mitigation": "suppress and round", "profile": "ukllc", "threshold": 10.0,
			"threshold_unit": "people", "round_base": 10.0,
		},
		"files": []any{map[string]any{"name": "lists.csv", "sdc": map[string]any{
			"summary": map[string]any{
				"suppressed": true, "negative": 0.0, "missing": 0.0, "threshold": 2.0, "p-ratio": 0.0, "nk-rule": 0.0,
				"all-values-are-same": 0.0,
			},
			"cells": map[string]any{
				"negative": none, "missing": none, "threshold": []any{cell(1, 0), cell(1, 1)}, "p-ratio": none,
				"nk-rule": none, "all-values-are-same": none,
			},
		}}},
		"outcome": map[string]any{
			"match":  map[string]any{`arthritis, "hip"`: "ok", "déprimé 🦴": "threshold; ", "third": "ok"},
			"people": map[string]any{`arthritis, "hip"`: "ok", "déprimé 🦴": "threshold; ", "third": "ok"},
		},
		"command":   "-attended -min 2",
		"summary":   "threshold: 2 cells suppressed; all numbers rounded to the nearest 10",
		"timestamp": "2026-11-28T11:30:00Z",
		"comments": []any{
			"Appointments by answer, and people who match, by list", "<10 stands for fewer than ten people, zero included.",
		},
		"exception": exception,
		"fair":      map[string]any{"analysis_name": "FrequencyTable", "independent": []any{"list"}},
	}
	if diff := cmp.Diff(want, got.Results["lists"]); diff != "" {
		t.Errorf("lists (-want +got):\n%s", diff)
	}
	want = map[string]any{
		"uid": "page", "status": "review", "type": "custom", "properties": map[string]any{"method": "page"},
		"files":   []any{map[string]any{"name": "page.html", "sdc": map[string]any{}}},
		"outcome": map[string]any{}, "command": "-attended -min 2", "summary": "review", "timestamp": "2026-11-28T11:30:00Z",
		"comments": []any{
			"The numbers of the tables as a page of charts and tables, for a browser.",
			"<10 stands for fewer than ten people, zero included.",
		},
		"exception": exception, "fair": map[string]any{},
	}
	if diff := cmp.Diff(want, got.Results["page"]); diff != "" {
		t.Errorf("page (-want +got):\n%s", diff)
	}
}

// TestHiddenCells checks that rows and columns are counted from the first number of a table.
func TestHiddenCells(t *testing.T) {
	dir := written(t)
	var got struct {
		Results map[string]struct {
			Summary string
			Files   []struct {
				SDC struct {
					Cells struct{ Threshold [][2]int }
				}
			}
		}
	}
	require.NoError(t, json.Unmarshal([]byte(read(t, dir, "outputs.json")), &got))
	for table, want := range map[string][][2]int{
		"lists":        {{1, 0}, {1, 1}},
		"lists_by_sex": {{1, 0}, {1, 1}, {3, 0}, {3, 1}},
		"entries":      {{1, 0}},
		"empty":        {},
		"tables":       {{2, 3}, {3, 3}, {8, 3}, {9, 3}, {12, 3}, {13, 3}, {16, 3}},
	} {
		require.Equal(t, want, got.Results[table].Files[0].SDC.Cells.Threshold, table)
	}
	require.Equal(t, "threshold: 1 cell suppressed; all numbers rounded to the nearest 10", got.Results["entries"].Summary)
	require.Equal(t, "threshold: no cell suppressed; all numbers rounded to the nearest 10", got.Results["empty"].Summary)
}

// TestOrder checks that results, measures and rows keep the order of the tables.
func TestOrder(t *testing.T) {
	text := read(t, written(t), "outputs.json")
	at := 0
	for _, next := range []string{
		`"page": {`, `"tables": {`, `"lists": {`,
		`"match": {`, `hip\"": "ok"`, `\ud83e\uddb4": "threshold; "`, `"third": "ok"`, `"people": {`,
		`"lists_by_sex": {`, `"entries": {`, `"empty": {`,
	} {
		i := strings.Index(text[at:], next)
		require.GreaterOrEqual(t, i, 0, "%s is missing or out of order", next)
		at += i
	}
}

func TestChecksums(t *testing.T) {
	dir := written(t)
	require.Equal(t, []string{
		"checksums", "config.json", "empty.csv", "entries.csv", "lists.csv", "lists_by_sex.csv", "outputs.json", "page.html",
		"results.json", "tables.csv",
	}, namesIn(t, dir))
	for _, name := range namesIn(t, dir) {
		if name == "checksums" {
			continue
		}
		sum := sha256.Sum256([]byte(read(t, dir, name)))
		require.Equal(t, hex.EncodeToString(sum[:]), read(t, dir, "checksums", name+".txt"), name)
	}
	require.Len(t, namesIn(t, filepath.Join(dir, "checksums")), 9)
}

func namesIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	names := []string{}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// TestForViewer checks that no text becomes an HTML tag.
func TestForViewer(t *testing.T) {
	for text, want := range map[string]string{
		"<10 and 5 < 6":          "<10 and 5 < 6",
		"<b>x</b> <IMG> <!-- <?": "< b>x< /b> < IMG> < !-- < ?",
		"ends in <":              "ends in <",
		"é<é\x1b":                "é<é\uFFFD",
	} {
		require.Equal(t, want, forViewer(text))
	}
}
