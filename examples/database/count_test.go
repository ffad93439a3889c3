package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"hesopmatch/hesop"
	"hesopmatch/match"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"
	"modernc.org/sqlite"
)

// database is a kind of database that the tests use.
type database struct {
	name    string
	open    func(*testing.T) *sql.DB
	endless string // a table that never ends, numbered by i
}

func databases() []database {
	return []database{
		{
			"sqlite", openSQLite,
			"(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n) AS n",
		},
		{
			"postgres", postgres.Open,
			"(SELECT generate_series(1, 1000000000000) AS i) AS n",
		},
	}
}

// newMatcher compiles the lists of writeLists.
func newMatcher(t *testing.T) *match.Matcher {
	t.Helper()
	opts, err := parseOptions(append([]string{"-dsn", "-", "-query", "-"}, writeLists(t)...), io.Discard)
	require.NoError(t, err)
	matcher, err := opts.compile()
	require.NoError(t, err)
	return matcher
}

// requireUsable requires that the database still answers after something went wrong.
func requireUsable(t *testing.T, db *sql.DB) {
	t.Helper()
	var one int
	require.NoError(t, db.QueryRowContext(t.Context(), "SELECT 1").Scan(&one))
}

// TestRefused requires that count refuses a query by its columns, before it reads the
// rows: they never end.
func TestRefused(t *testing.T) {
	for _, d := range databases() {
		for _, c := range []struct {
			reason, columns string
			want            error
		}{
			{"nothing to match", "i AS attendkey", hesop.ErrNoCodeColumns},
			{"which of them is it?", "'E119' AS diag_4_01, 'I10' AS diag_4_01", hesop.ErrHeader},
			{"the same in another case", `'E119' AS "diag_4_01", 'I10' AS "DIAG_4_01"`, hesop.ErrHeader},
		} {
			t.Run(d.name+"/"+c.reason, func(t *testing.T) {
				db := d.open(t)
				_, err := count(t.Context(), db, "SELECT "+c.columns+" FROM "+d.endless, newMatcher(t))
				require.ErrorIs(t, err, c.want)
				requireUsable(t, db)
			})
		}
	}
}

// TestQueryErrors requires that a mistake in the query is reported in the words of the
// database, which a researcher needs.
func TestQueryErrors(t *testing.T) {
	for _, d := range databases() {
		t.Run(d.name, func(t *testing.T) {
			_, err := count(t.Context(), d.open(t), "SELECT diag_4_1 FROM "+d.endless, newMatcher(t))
			require.ErrorContains(t, err, "diag_4_1")
		})
	}
}

// TestDeadline requires that a query which finds no row ends at its deadline.
func TestDeadline(t *testing.T) {
	for _, d := range databases() {
		t.Run(d.name, func(t *testing.T) {
			db := d.open(t)
			requireUsable(t, db) // it is connected: what takes time is the query
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			defer cancel()
			_, err := count(ctx, db, "SELECT 'E119' AS diag_4_01 FROM "+d.endless+" WHERE i < 0", newMatcher(t))
			require.ErrorIs(t, err, context.DeadlineExceeded)
			requireUsable(t, db)
		})
	}
}

// TestNoValuesInErrors requires that count leaves out the message of a database that quotes
// a value, both for the first row, which drivers ask for at once, and for a later one.
func TestNoValuesInErrors(t *testing.T) {
	for _, c := range []struct {
		name      string
		open      func(*testing.T) *sql.DB
		query     string
		good, bad string // rows, of which the second fails
	}{
		{
			"sqlite", openSQLite, "SELECT json_extract('{}', column1) AS diag_4_01 FROM (VALUES %s)",
			"('$')", "('SECRET')",
		},
		{
			"postgres", postgres.Open, "SELECT CAST(v AS integer) AS diag_4_01 FROM (VALUES %s) AS t(v)",
			"('1')", "('SECRET')",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := c.open(t)
			for rows, told := range map[string]string{c.bad: "the database failed (", c.good + ", " + c.bad: "row 2: "} {
				_, err := count(t.Context(), db, fmt.Sprintf(c.query, rows), newMatcher(t))
				require.ErrorContains(t, err, told)
				require.NotContains(t, err.Error(), "SECRET")
				require.ErrorContains(t, saidByDatabase(err), "SECRET", "or it would not have to be hidden")
			}
		})
	}
}

// saidByDatabase returns the error of the database itself, nil if there is none.
func saidByDatabase(err error) error {
	if said, ok := errors.AsType[*sqlite.Error](err); ok {
		return said
	}
	if said, ok := errors.AsType[*pgconn.PgError](err); ok {
		return said
	}
	return nil
}
