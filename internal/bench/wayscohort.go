package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// prepareCohort measures three runs of hesopmatch cohort. The first only writes a line for each person. The other two
// also write a summary, one with exact numbers and one with disclosure control, and each is compared with the first.
func (w *ways) prepareCohort(ctx context.Context) error {
	inDir := func(name string, check func(string) error) *output {
		return &output{path: filepath.Join(w.dir, name), check: check}
	}
	dated, err := datedMatches(filepath.Join(w.dir, "flagged.csv"), len(w.few.lists))
	if err != nil {
		return err
	}
	people := inDir("people.csv", func(path string) error { return checkPeople(path, w.few, dated) })
	exact := inDir("exact.csv", func(path string) error { return checkSummary(path, w.few, false) })
	tens := inDir("tens.csv", func(path string) error { return checkSummary(path, w.few, true) })
	page := inDir("page.html", func(string) error { return nil }) // tens.csv has the same numbers

	person := []string{"-person", "llc_0000_stud_id"}
	args := append(person, "-o", people.path, w.load.path)
	plain, err := w.measure(ctx, "cohort", "cohort", args, people)
	if err != nil {
		return err
	}
	args = append(person, "-summary", exact.path, "-disclosure", "none", "-o", people.path, w.load.path)
	summary, err := w.measure(ctx, "cohort, summary", "cohort", args,
		inDir("people.csv", people.check), exact)
	if err != nil {
		return err
	}
	args = append(person, "-summary", tens.path, "-disclosure", "ukllc", "-format", "html", "-o", page.path,
		w.load.path)
	disclosed, err := w.measure(ctx, "cohort, ukllc", "cohort", args, tens, page)
	if err != nil {
		return err
	}
	const target = "at most 1.5 times"
	w.add(plain)
	w.compare("`cohort -summary -disclosure none` against plain", target, w.add(summary), plain)
	w.compare("`cohort -summary -disclosure ukllc -format html` against plain", target, w.add(disclosed), plain)
	return nil
}

// datedMatches counts, for each list, the matches with a date among the rows that hesopmatch flag wrote. The command
// cohort does not attribute a match without a date to a person. HES writes days in 1800 and 1801 for an unknown date.
func datedMatches(path string, lists int) ([]int64, error) {
	lines, err := readCSV(path)
	if err != nil {
		return nil, err
	}
	date := slices.Index(lines[0], "apptdate")
	if date < 0 {
		return nil, errors.New("flag wrote no column apptdate")
	}
	dated := make([]int64, lists)
	for _, line := range lines[1:] {
		for i, flag := range line[len(line)-lists:] {
			if flag == "1" && line[date] >= "1900" {
				dated[i]++
			}
		}
	}
	return dated, nil
}

// checkPeople fails unless the appointments of the people of each list add up to the list's matches with a date.
func checkPeople(path string, g *group, dated []int64) error {
	lines, err := readCSV(path)
	if err != nil {
		return err
	}
	sums := make(map[string]int64)
	for _, line := range lines[1:] { // person, list, first, last, appointments, dates
		n, err := strconv.ParseInt(line[4], 10, 64)
		if err != nil {
			return err
		}
		sums[line[1]] += n
	}
	for i, l := range g.lists {
		if found, want := sums[l.Name()], dated[i]; found != want {
			return fmt.Errorf("wrong result: %d appointments match %s, want %d", found, l.Name(), want)
		}
	}
	return nil
}

// checkSummary fails unless the summary has the matches of each list. If tens is true, a number may differ by five at
// most, or be <10 if there are fewer than 20 matches. If tens is false, every number must be exact.
func checkSummary(path string, g *group, tens bool) error {
	lines, err := readCSV(path)
	if err != nil {
		return err
	}
	shown := make(map[string]string)
	for _, line := range lines[1:] { // table, list, group, measure, value
		if line[0] == "lists" && line[3] == "match" {
			shown[line[1]] = line[4]
		}
	}
	for i, l := range g.lists {
		want, off := g.want.lists[i], int64(0)
		if tens {
			off = 5
		}
		text := shown[l.Name()]
		n, err := strconv.ParseInt(text, 10, 64)
		masked := tens && text == "<10" && want < 20
		if !masked && (err != nil || max(n-want, want-n) > off) {
			return fmt.Errorf("wrong result: %q appointments match %s, want %d", text, l.Name(), want)
		}
	}
	return nil
}

func readCSV(path string) ([][]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err == nil && len(lines) == 0 {
		err = fmt.Errorf("wrong result: %s is empty", path)
	}
	return lines, err
}
