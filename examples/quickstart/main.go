// Quickstart matches the appointments of a small embedded file against two embedded
// codelists. Copy this program to start your own.
package main

import (
	"context"
	"embed"
	"fmt"
	"io"
	"log"
	"os"
	"text/tabwriter"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

//go:embed data
var data embed.FS

func main() {
	log.SetFlags(0)
	if err := run(context.Background(), os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, w io.Writer) error {
	depression, err := readList("depression", "data/depression.csv")
	if err != nil {
		return err
	}
	hip, err := readList("hip replacement", "data/hip.csv")
	if err != nil {
		return err
	}
	matcher, err := match.Compile(depression, hip)
	if err != nil {
		return err
	}

	file, err := data.Open("data/appointments.csv") // os.Open, or hesop.Open, for a file of your own
	if err != nil {
		return err
	}
	reader, err := hesop.NewReader(file)
	if err != nil {
		return err
	}
	var hits []match.Hit
	totals, err := match.Scan(ctx, matcher, reader, func(a *hesop.Appointment, _ *match.Result) error {
		hits = matcher.AppendHits(hits[:0], a.Codes())
		for _, h := range hits {
			code, list := a.Codes().Text(h.Slot), matcher.List(h.List)
			fmt.Fprintf(w, "row %d: %s by %s, entry %s\n", a.Row(), code, list.Name(), list.Entry(h.Entry).Raw)
		}
		return nil
	}, match.MatchedOnly())
	if err != nil {
		return err
	}

	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\nlist\tmatch\tno match\tunknown")
	for i := range matcher.Len() {
		c := totals.Counts(i)
		fmt.Fprintf(table, "%s\t%d\t%d\t%d\n", matcher.List(i).Name(), c.Match, c.NoMatch, c.Unknown)
	}
	return table.Flush()
}

func readList(name, path string) (*codelist.List, error) {
	file, err := data.Open(path)
	if err != nil {
		return nil, err
	}
	return codelist.Parse(name, file, codelist.FileName(path))
}
