package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// script returns the script that the program writes for DuckDB.
func (w *ways) script(ctx context.Context) (string, error) {
	path := filepath.Join(w.dir, "counts.sql")
	_, err := runCommand(ctx, w.program, slices.Concat([]string{"syntax"}, w.lists, []string{
		"-dialect", "duckdb", "-what", "counts", "-columns-of", w.load.path, "-table", "W", "-o", path,
	})...)
	if err != nil {
		return "", err
	}
	text, err := os.ReadFile(path)
	return string(text), err
}

// asking measures a query in DuckDB.
func (w *ways) asking(
	name, path string, threads int, query string, read func([][]any, *group) (tally, error),
) *measure {
	want := w.few.want.withoutMatched()
	request := map[string]any{"do": "ask", "file": path, "threads": threads, "query": query}
	return &measure{name: name, run: func(ctx context.Context) (float64, error) {
		reply, err := w.peer.ask(ctx, request)
		if err != nil {
			return 0, err
		}
		found, err := read(reply.Rows, w.few)
		if err != nil {
			return 0, err
		}
		return reply.NS, found.check(want)
	}}
}

// regexQuery returns a query as people write it by hand: a regular expression for each list and system, over all
// columns of four-character codes.
func regexQuery(header []string, texts []listText) string {
	columns := func(prefix string) string {
		var names []string
		for _, name := range header {
			if strings.HasPrefix(name, prefix) {
				names = append(names, name)
			}
		}
		return fmt.Sprintf("concat_ws(',', %s)", strings.Join(names, ", "))
	}
	var answers []string
	for _, text := range texts {
		codes := map[string][]string{}
		for line := range strings.Lines(text.text) {
			code, system, _ := strings.Cut(strings.TrimSpace(line), ",")
			codes[system] = append(codes[system], strings.ReplaceAll(code, ".", ""))
		}
		var either []string
		for _, of := range [][2]string{{"ICD-10", "d"}, {"OPCS-4", "p"}} {
			if prefixes := strings.Join(codes[of[0]], "|"); prefixes != "" {
				either = append(either, fmt.Sprintf("regexp_matches(%s, '(^|,)(%s)')", of[1], prefixes))
			}
		}
		answers = append(answers, "count(*) FILTER (WHERE "+strings.Join(either, " OR ")+")")
	}
	return fmt.Sprintf("SELECT count(*), %s FROM (SELECT %s AS d, %s AS p FROM W)",
		strings.Join(answers, ", "), columns("diag_4_"), columns("opertn_4_"))
}

// regexTally reads the result of regexQuery: one row with the number of rows and the matches of each list.
func regexTally(result [][]any, g *group) (found tally, err error) {
	if len(result) != 1 || len(result[0]) != 1+len(g.lists) {
		return found, fmt.Errorf("wrong result: the regular expressions answer %v", result)
	}
	counts := make([]int64, len(result[0]))
	for i, cell := range result[0] {
		if counts[i], err = number(cell); err != nil {
			return found, err
		}
	}
	return tally{rows: counts[0], lists: counts[1:]}, nil
}

// scriptTally reads the result of the script: rows with the columns list, year, appointments, match and others.
func scriptTally(result [][]any, g *group) (found tally, err error) {
	found.lists = make([]int64, len(g.lists))
	for _, line := range result {
		if len(line) < 4 {
			return found, fmt.Errorf("wrong result: the script answers %v", line)
		}
		list := slices.IndexFunc(g.texts, func(text listText) bool { return text.name == line[0] })
		rows, err := number(line[2])
		if err != nil {
			return found, err
		}
		matches, err := number(line[3])
		if err != nil {
			return found, err
		}
		if list < 0 {
			return found, fmt.Errorf("wrong result: the script answers for %v", line[0])
		}
		found.lists[list] += matches
		if list == 0 {
			found.rows += rows
		}
	}
	return found, nil
}

// number reads a number from a result. DuckDB's wide integers arrive as text.
func number(cell any) (int64, error) {
	switch n := cell.(type) {
	case float64:
		return int64(n), nil
	case string:
		return strconv.ParseInt(n, 10, 64)
	}
	return 0, fmt.Errorf("wrong result: %v is not a number", cell)
}
