package main

import (
	"context"
	"database/sql"

	"hesopmatch/hesop"
	"hesopmatch/match"
)

// count runs a query and counts its appointments by the answer of each list. The query ends
// early if the context ends, or at the first error.
func count(ctx context.Context, db *sql.DB, query string, matcher *match.Matcher) (*match.Totals, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	statement, err := db.PrepareContext(ctx, query)
	if err != nil {
		return nil, err // an error of the connection or the query quotes no row
	}
	defer func() { _ = statement.Close() }()
	rows, err := statement.QueryContext(ctx)
	if err != nil {
		return nil, hesop.WithoutValues(err)
	}
	defer func() {
		cancel()         // first, because Close may read the rest of the query
		_ = rows.Close() // the reader has returned any error of the rows
	}()
	reader, err := hesop.FromRows(rows)
	if err != nil {
		return nil, err // the error is about the names of the columns
	}
	return match.Scan(ctx, matcher, reader, func(*hesop.Appointment, *match.Result) error {
		return nil // use the appointment and its answers here
	})
}
