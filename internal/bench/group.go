package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

// group holds lists, their Matcher, and the expected numbers of matches in the workload.
type group struct {
	name    string
	texts   []listText
	lists   []*codelist.List
	entries int
	matcher *match.Matcher

	expansion *expansion
	want      tally // in the workload
	wantTenth tally // in the first tenth
}

func newGroup(name string, texts []listText) (*group, error) {
	g := &group{name: name, texts: texts}
	for _, text := range texts {
		list, err := text.parse(strings.Count(text.text, "\n") - 1)
		if err != nil {
			return nil, err
		}
		g.lists = append(g.lists, list)
		g.entries += list.Len()
	}
	var err error
	g.matcher, err = match.Compile(g.lists...)
	return g, err
}

// expand builds the map of the baseline.
func (g *group) expand(ctx context.Context) (err error) {
	g.expansion, err = expand(ctx, g.lists)
	return err
}

// count counts the expected matches with the baseline.
func (g *group) count(ctx context.Context, w *workload) (err error) {
	if g.want, err = g.expansion.countFile(ctx, w.path); err != nil {
		return err
	}
	if g.wantTenth, err = g.expansion.countFile(ctx, w.tenth); err != nil {
		return err
	}
	if g.want.rows != w.rows || g.wantTenth.rows != w.tenthRows {
		return fmt.Errorf("%d and %d rows were counted, want %d and %d",
			g.want.rows, g.wantTenth.rows, w.rows, w.tenthRows)
	}
	return nil
}

// scan counts the matches of a file with the library.
func (g *group) scan(ctx context.Context, path string, workers int) (found tally, err error) {
	reader, err := hesop.Open(path)
	if err != nil {
		return found, err
	}
	defer reader.Close()
	totals, err := match.Scan(ctx, g.matcher, reader, func(*hesop.Appointment, *match.Result) error {
		found.matched++
		return nil
	}, match.Workers(workers), match.MatchedOnly())
	if err != nil {
		return found, err
	}
	found.rows = totals.Rows
	found.lists = make([]int64, g.matcher.Len())
	for i := range found.lists {
		found.lists[i] = totals.Counts(i).Match
	}
	return found, nil
}

// csv counts the matches of a file with the baseline: encoding/csv and the map.
func (g *group) csv(ctx context.Context, path string) (tally, error) {
	return g.expansion.countFile(ctx, path)
}

// writeLists writes the lists to files in a folder and returns the -codelist arguments that name them.
func (g *group) writeLists(dir string) ([]string, error) {
	var args []string
	for _, l := range g.texts {
		path := filepath.Join(dir, l.name+".csv")
		if err := os.WriteFile(path, []byte(l.text), 0o600); err != nil {
			return nil, err
		}
		args = append(args, "-codelist", l.name+"="+path)
	}
	return args, nil
}
