package lint

import (
	"fmt"
	"io"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/internal/rows"
)

// runDiff compares two lists.
func runDiff(opts *options, std program.IO) error {
	var lists [2]*codelist.List
	for i, f := range opts.lists.Files() {
		loaded, err := opts.lists.Read(f)
		if err != nil {
			return err
		}
		lists[i] = loaded.Lists[0]
		opts.notices.AddLists([]program.Loaded{loaded})
	}
	fails := opts.notices.Err()
	writeNotices(std.Stderr, opts.notices, fails != nil)
	d := codelist.Compare(lists[0], lists[1])
	err := output(opts.output, std.Stdout, func(w io.Writer) error {
		switch opts.format {
		case "csv":
			return diffCSV(w, d)
		case "json":
			return diffJSON(w, opts, lists, d)
		default:
			return diffText(w, lists, d, &text{opts: opts, colour: opts.colour(std.Stdout)})
		}
	})
	if err != nil {
		return err
	}
	return fails
}

// diffEntry describes how the entries of one prefix differ.
type diffEntry struct {
	what   string // "removed", "added" or "changed"
	prefix coding.Prefix
	first  string // coverage and position of the entries in the first list
	second string
}

// diffEntries returns the differences between entries.
func diffEntries(d codelist.Difference) []diffEntry {
	var all []diffEntry
	for _, e := range d.Removed {
		all = append(all, diffEntry{"removed", e.Prefix, reach(e), ""})
	}
	for _, e := range d.Added {
		all = append(all, diffEntry{"added", e.Prefix, "", reach(e)})
	}
	for _, c := range d.Changed {
		all = append(all, diffEntry{"changed", c.First[0].Prefix, reach(c.First...), reach(c.Second...)})
	}
	return all
}

// reach returns the coverage and the positions of entries of one prefix.
func reach(entries ...codelist.Entry) string {
	words := make([]string, len(entries))
	for i, e := range entries {
		words[i] = fmt.Sprintf("%s (%v)", coverageOf(e), e.Pos)
	}
	return strings.Join(words, ", ")
}

func diffText(w io.Writer, lists [2]*codelist.List, d codelist.Difference, t *text) error {
	for i, l := range lists {
		r := l.Report()
		t.line("%s %s: %s, %s", t.paint(bold, string(rune('A'+i))), r.File, program.Count(l.Len(), "entry"),
			"fingerprint "+l.Fingerprint())
	}
	if d.Same() {
		t.line("%s", t.paint(green, "Both cover the same codes."))
	}
	only := func(which string, sets []coding.Group) {
		for _, sys := range []coding.System{coding.ICD10, coding.OPCS4} {
			var words []string
			for _, c := range sets {
				if c.Prefix.System() == sys {
					words = append(words, c.String())
				}
			}
			if len(words) > 0 {
				t.line("%s, %v: %s", t.paint(red, "covered by "+which+" only"), sys, strings.Join(words, ", "))
			}
		}
	}
	only("A", d.OnlyFirst)
	only("B", d.OnlySecond)
	for _, e := range diffEntries(d) {
		switch e.what {
		case "removed":
			t.line("only in A: %v %s", e.prefix, e.first)
		case "added":
			t.line("only in B: %v %s", e.prefix, e.second)
		default:
			t.line("changed: %v from %s to %s", e.prefix, e.first, e.second)
		}
	}
	_, err := io.WriteString(w, t.b.String())
	return err
}

func diffCSV(w io.Writer, d codelist.Difference) error {
	b := []byte("what,system,code,a,b\n")
	add := func(fields ...string) {
		for i, f := range fields {
			if i > 0 {
				b = append(b, ',')
			}
			b = rows.AppendField(b, f)
		}
		b = append(b, '\n')
	}
	for _, c := range d.OnlyFirst {
		add("covered", c.Prefix.System().String(), c.String(), "1", "0")
	}
	for _, c := range d.OnlySecond {
		add("covered", c.Prefix.System().String(), c.String(), "0", "1")
	}
	for _, e := range diffEntries(d) {
		add(e.what, e.prefix.System().String(), e.prefix.String(), e.first, e.second)
	}
	_, err := w.Write(b)
	return err
}

type jsonDiff struct {
	Program string          `json:"program"`
	Version string          `json:"version"`
	A       jsonDiffList    `json:"a"`
	B       jsonDiffList    `json:"b"`
	Same    bool            `json:"same"`
	OnlyA   []jsonDiffCodes `json:"covered_by_a_only"`
	OnlyB   []jsonDiffCodes `json:"covered_by_b_only"`
	Entries []jsonDiffEntry `json:"entries"`
}

type jsonDiffList struct {
	File        string `json:"file"`
	Entries     int    `json:"entries"`
	Fingerprint string `json:"fingerprint"`
}

type jsonDiffCodes struct {
	System string `json:"system"`
	Codes  string `json:"codes"`
}

type jsonDiffEntry struct {
	What   string `json:"what"`
	System string `json:"system"`
	Code   string `json:"code"`
	A      string `json:"a,omitempty"`
	B      string `json:"b,omitempty"`
}

func diffJSON(w io.Writer, opts *options, lists [2]*codelist.List, d codelist.Difference) error {
	about := func(i int) jsonDiffList {
		return jsonDiffList{opts.lists.Paths()[i], lists[i].Len(), lists[i].Fingerprint()}
	}
	sets := func(all []coding.Group) []jsonDiffCodes {
		out := make([]jsonDiffCodes, len(all))
		for i, c := range all {
			out[i] = jsonDiffCodes{c.Prefix.System().String(), c.String()}
		}
		return out
	}
	j := jsonDiff{
		Program: "lint", Version: program.Version, A: about(0), B: about(1), Same: d.Same(),
		OnlyA: sets(d.OnlyFirst), OnlyB: sets(d.OnlySecond), Entries: []jsonDiffEntry{},
	}
	for _, e := range diffEntries(d) {
		j.Entries = append(j.Entries,
			jsonDiffEntry{e.what, e.prefix.System().String(), e.prefix.String(), e.first, e.second})
	}
	return program.WriteJSON(w, j)
}
