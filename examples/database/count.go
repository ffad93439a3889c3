package main

import (
	"context"
	"database/sql"

	"hesopmatch/hesop"
	"hesopmatch/match"
)

// count runs a query and counts the appointments that it finds by the answer of every
// list. The context ends it, and so does the first error.
func count(ctx context.Context, db *sql.DB, query string, matcher *match.Matcher) (*match.Totals, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	statement, err := db.PrepareContext(ctx, query)
	if err != nil {
		return nil, err // about the connection or the query: no row was read
	}
	defer func() { _ = statement.Close() }()
	rows, err := statement.QueryContext(ctx)
	if err != nil {
		return nil, hesop.WithoutValues(err)
	}
	defer func() {
		cancel()         // or Close would read what is left of a query that was broken off
		_ = rows.Close() // the error of the rows, if there is one, came through the reader
	}()
	reader, err := hesop.FromRows(rows)
	if err != nil {
		return nil, err // about the names of the columns
	}
	return match.Scan(ctx, matcher, reader, func(*hesop.Appointment, *match.Result) error {
		return nil // the place for what is to be done with each appointment
	})
}
