package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
)

// expansion maps every code that fits a field of four characters to the lists that cover it. It is the baseline: what a
// careful person would write with only the standard library. It shares with the library only List.Decide, which holds
// the rules of a single list.
type expansion struct {
	lists      int
	diagnoses  map[string][]int
	procedures map[string][]int
}

func expand(ctx context.Context, lists []*codelist.List) (e *expansion, err error) {
	e = &expansion{lists: len(lists)}
	if e.diagnoses, err = expandSystem(ctx, coding.ICD10, lists); err != nil {
		return nil, err
	}
	e.procedures, err = expandSystem(ctx, coding.OPCS4, lists)
	return e, err
}

func expandSystem(ctx context.Context, sys coding.System, lists []*codelist.List) (map[string][]int, error) {
	texts := spellings()
	values := make([]coding.Value, len(texts))
	for i, text := range texts {
		values[i] = coding.ReadValue(sys, []byte(text), 4)
	}
	covered := make(map[string][]int)
	for n, l := range lists {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		for i, v := range values {
			if l.Decide(v).Covered {
				covered[texts[i]] = append(covered[texts[i]], n)
			}
		}
	}
	return covered, nil
}

// spellings returns every code of three or four characters, and each category with the filler X.
func spellings() []string {
	var texts []string
	for category := range 26 * 10 * 10 {
		code := fmt.Sprintf("%c%02d", 'A'+category/100, category%100)
		texts = append(texts, code, code+"X")
		for fourth := range 10 {
			texts = append(texts, fmt.Sprint(code, fourth))
		}
	}
	return texts
}

// codeColumn is a column of four-character codes.
type codeColumn struct {
	index        int
	covered      map[string][]int
	concatenated bool
}

// columns finds the columns of four-character codes in a header.
func (e *expansion) columns(header []string) (found []codeColumn) {
	for i, name := range header {
		c := codeColumn{index: i, covered: e.diagnoses, concatenated: strings.HasSuffix(name, "concat")}
		switch {
		case strings.HasPrefix(name, "diag_4_"):
		case strings.HasPrefix(name, "opertn_4_"):
			c.covered = e.procedures
		default:
			continue
		}
		found = append(found, c)
	}
	return found
}

// countFile opens a file and calls count.
func (e *expansion) countFile(ctx context.Context, path string) (found tally, err error) {
	file, err := os.Open(path)
	if err != nil {
		return found, err
	}
	defer file.Close()
	return e.count(ctx, bufio.NewReaderSize(file, readSize))
}

// count counts the appointments that match each list. An appointment counts once for a list, however many of its codes
// match.
func (e *expansion) count(ctx context.Context, r io.Reader) (found tally, err error) {
	found.lists = make([]int64, e.lists)
	text := csv.NewReader(r)
	text.ReuseRecord = true
	header, err := text.Read()
	if err != nil {
		return found, fmt.Errorf("header: %w", err)
	}
	columns := e.columns(header)
	last := make([]int64, e.lists) // by list, the last row that matched it
	find := func(lists []int) {
		for _, l := range lists {
			if last[l] != found.rows {
				last[l] = found.rows
				found.lists[l]++
			}
		}
	}
	for {
		record, err := text.Read()
		if err == io.EOF {
			return found, nil
		}
		if err != nil {
			return found, err
		}
		found.rows++
		matched := false
		for _, c := range columns {
			field := record[c.index]
			switch {
			case field == "":
			case c.concatenated:
				for code := range strings.SplitSeq(field, ",") {
					lists := c.covered[code]
					matched = matched || len(lists) > 0
					find(lists)
				}
			default:
				lists := c.covered[field]
				matched = matched || len(lists) > 0
				find(lists)
			}
		}
		if matched {
			found.matched++
		}
		if found.rows%1024 == 0 && ctx.Err() != nil {
			return found, context.Cause(ctx)
		}
	}
}
