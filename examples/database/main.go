// Database runs a query for outpatient appointments and counts the answers of each codelist.
//
//	database [-driver sqlite|postgres] -dsn DSN -query SQL -icd10 FILE | -opcs4 FILE | -codelist FILE ...
package main

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"text/tabwriter"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver pgx, for PostgreSQL
	_ "modernc.org/sqlite"             // the driver sqlite

	"hesopmatch/match"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // a second interrupt ends the process, even if the driver ignores the first
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run runs the program and returns its exit status: 0 on success, 1 on failure,
// 2 if the command line is wrong.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	opts, err := parseOptions(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		fmt.Fprintf(stderr, "database: %v (-h explains)\n", err)
		return 2
	}
	err = report(ctx, opts, stdout)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "database: interrupted")
	default:
		fmt.Fprintf(stderr, "database: %v\n", err)
	}
	return 1
}

// report opens the database, counts its appointments and writes the table.
func report(ctx context.Context, opts *options, stdout io.Writer) (err error) {
	matcher, err := opts.compile()
	if err != nil {
		return err
	}
	db, err := sql.Open(opts.driver, opts.dsn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	totals, err := count(ctx, db, opts.query, matcher)
	if err != nil {
		return err
	}
	return writeTable(stdout, matcher, totals)
}

// writeTable writes a line for each list, and then the number of appointments.
func writeTable(w io.Writer, matcher *match.Matcher, totals *match.Totals) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "list\tmatch\tno match\tunknown\tundecided")
	for i := range matcher.Len() {
		c := totals.Counts(i)
		fmt.Fprintf(table, "%s\t%d\t%d\t%d\t%d\n", matcher.List(i).Name(), c.Match, c.NoMatch, c.Unknown, c.Undecided)
	}
	fmt.Fprintf(table, "rows: %d\n", totals.Rows)
	return table.Flush()
}
