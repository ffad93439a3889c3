// Sql writes a line of CSV for each person who matches a codelist. It reads the appointments that a query returns.
// The lines must not leave a research environment.
//
//	sql -dsn DSN -query SQL -list FILE
package main

import (
	"context"
	"database/sql"
	"encoding/csv"
	"flag"
	"io"
	"log"
	"os"
	"strconv"

	_ "modernc.org/sqlite" // or the driver of your database, and its name in sql.Open

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/match"
	"hesopmatch/match/cohort"
)

func main() {
	log.SetFlags(0)
	dsn := flag.String("dsn", "", "`DSN` of the database, as its driver reads it")
	query := flag.String("query", "", "`SQL` that selects the appointments")
	list := flag.String("list", "", "codelist `FILE`")
	flag.Parse()
	db, err := sql.Open("sqlite", *dsn)
	if err != nil {
		log.Fatal(err)
	}
	if err := run(context.Background(), db, *query, *list, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, db *sql.DB, query, path string, w io.Writer) error {
	list, err := codelist.Open(path)
	if err != nil {
		return err
	}
	matcher, err := match.Compile(list)
	if err != nil {
		return err
	}
	people, err := cohort.New(matcher, cohort.Attended())
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		cancel()
		return hesop.WithoutValues(err) // the message may quote a value; ../count.go also reports mistakes in SQL
	}
	defer rows.Close()
	defer cancel() // before Close, which may read the rest of the query
	reader, err := hesop.FromRows(rows)
	if err != nil {
		return err
	}
	if err := people.Scan(ctx, reader); err != nil {
		return err
	}
	log.Printf("%+v", people.Totals().Account) // what was read, what was left out, and why
	lines := [][]string{{"person", "first", "last", "appointments"}}
	for m := range people.Members() {
		lines = append(lines, []string{m.Person, m.First.String(), m.Last.String(), strconv.Itoa(m.Appointments)})
	}
	return csv.NewWriter(w).WriteAll(lines)
}
