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

// database is a database system that the tests use.
type database struct {
	name    string
	open    func(*testing.T) *sql.DB
	endless string // an endless table, with rows numbered by i
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

// requireUsable requires the database to answer a query after a failure.
func requireUsable(t *testing.T, db *sql.DB) {
	t.Helper()
	var one int
	require.NoError(t, db.QueryRowContext(t.Context(), "SELECT 1").Scan(&one))
}

// TestRefused requires count to refuse wrong columns before it reads the rows of the query, which never end.
func TestRefused(t *testing.T) {
	for _, d := range databases() {
		for _, c := range []struct {
			reason, columns string
			want            error
		}{
			{"no code column", "i AS attendkey", hesop.ErrNoCodeColumns},
			{"a column twice", "'E119' AS diag_4_01, 'I10' AS diag_4_01", hesop.ErrHeader},
			{"a column twice, once in upper case", `'E119' AS "diag_4_01", 'I10' AS "DIAG_4_01"`, hesop.ErrHeader},
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

// TestQueryErrors requires count to report a mistake in the query in the words of the database, because a researcher
// needs these words.
func TestQueryErrors(t *testing.T) {
	for _, d := range databases() {
		t.Run(d.name, func(t *testing.T) {
			_, err := count(t.Context(), d.open(t), "SELECT diag_4_1 FROM "+d.endless, newMatcher(t))
			require.ErrorContains(t, err, "diag_4_1")
		})
	}
}

// TestDeadline requires a query that finds no row to end at its deadline.
func TestDeadline(t *testing.T) {
	for _, d := range databases() {
		t.Run(d.name, func(t *testing.T) {
			db := d.open(t)
			requireUsable(t, db) // connect first, so that only the query takes time
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			defer cancel()
			_, err := count(ctx, db, "SELECT 'E119' AS diag_4_01 FROM "+d.endless+" WHERE i < 0", newMatcher(t))
			require.ErrorIs(t, err, context.DeadlineExceeded)
			requireUsable(t, db)
		})
	}
}

// TestNoValuesInErrors requires count to omit a message of the database that quotes a value. It tests the first row,
// which drivers request at once, and a later row.
func TestNoValuesInErrors(t *testing.T) {
	for _, c := range []struct {
		name      string
		open      func(*testing.T) *sql.DB
		query     string
		good, bad string // a row that succeeds and a row that fails
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
			for rows, says := range map[string]string{c.bad: "the database failed (", c.good + ", " + c.bad: "row 2: "} {
				_, err := count(t.Context(), db, fmt.Sprintf(c.query, rows), newMatcher(t))
				require.ErrorContains(t, err, says)
				require.NotContains(t, err.Error(), "SECRET")
				require.ErrorContains(t, databaseError(err), "SECRET", "the test needs a database message that quotes the value")
			}
		})
	}
}

// databaseError returns the error of the database itself, or nil if err wraps no such error.
func databaseError(err error) error {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e
	}
	return nil
}
