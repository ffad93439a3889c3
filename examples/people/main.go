// People writes a line of CSV for each person and codelist: the first day, the last day and the number of
// the person's matching appointments. The lines must not leave a research environment.
//
//	people -list FILE [-list FILE ...] APPOINTMENTS ...
package main

import (
	"context"
	"encoding/csv"
	"flag"
	"io"
	"log"
	"os"
	"strconv"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/match"
	"hesopmatch/match/cohort"
)

func main() {
	log.SetFlags(0)
	var lists []*codelist.List
	flag.Func("list", "codelist `FILE`; may be repeated", func(path string) error {
		list, err := codelist.Open(path)
		lists = append(lists, list)
		return err
	})
	flag.Parse()
	if len(lists) == 0 || flag.NArg() == 0 {
		log.Fatal("usage: people -list FILE [-list FILE ...] APPOINTMENTS ...")
	}
	if err := run(context.Background(), lists, flag.Args(), os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, lists []*codelist.List, files []string, w io.Writer) error {
	matcher, err := match.Compile(lists...)
	if err != nil {
		return err
	}
	people, err := cohort.New(matcher, cohort.Attended()) // see also From, To, Once, AtLeast and With
	if err != nil {
		return err
	}
	for _, file := range files {
		if err := scan(ctx, people, file); err != nil {
			return err
		}
	}
	log.Printf("%+v", people.Totals().Account) // what was read, what was left out, and why
	lines := [][]string{{"person", "list", "first", "last", "appointments"}}
	for m := range people.Members() {
		list, n := lists[m.List].Name(), strconv.Itoa(m.Appointments)
		lines = append(lines, []string{m.Person, list, m.First.String(), m.Last.String(), n})
	}
	return csv.NewWriter(w).WriteAll(lines)
}

func scan(ctx context.Context, people *cohort.Cohort, path string) error {
	reader, err := hesop.Open(path)
	if err != nil {
		return err
	}
	defer reader.Close()
	return people.Scan(ctx, reader)
}
