package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	mssql "github.com/microsoft/go-mssqldb"
	"github.com/stretchr/testify/require"
	"modernc.org/sqlite"

	"hesopmatch/hesop"
	"hesopmatch/match"
)

// database is a kind of database that the tests have.
type database struct {
	name    string
	open    func(*testing.T) *sql.DB
	endless string // a table of more rows than anybody has time for, numbered by i
}

func databases() []database {
	return []database{
		{
			"sqlite", openSQLite,
			"(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n) AS n",
		},
		{
			"postgres", postgres.open,
			"(SELECT generate_series(1, 1000000000000) AS i) AS n",
		},
	}
}

// requireUsable requires that the database answers, now that something went wrong.
func requireUsable(t *testing.T, db *sql.DB) {
	t.Helper()
	var one int
	require.NoError(t, db.QueryRowContext(t.Context(), "SELECT 1").Scan(&one))
}

// TestRefused requires that a query which cannot be used is refused for what it is, and
// before its rows are read: there is no end to them.
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

// TestLostDigits requires that an identifier is refused whose digits the database lost
// when it made floating point of it.
func TestLostDigits(t *testing.T) {
	const query = "SELECT CAST(18446744073709551615 AS real) AS attendkey, NULL AS diag_4_01"
	for _, d := range databases() {
		t.Run(d.name, func(t *testing.T) {
			_, err := count(t.Context(), d.open(t), query, newMatcher(t))
			require.ErrorIs(t, err, hesop.ErrSQLType)
			require.ErrorContains(t, err, "attendkey")
		})
	}
}

// TestQueryErrors requires that what is wrong with a query is told in the words of the
// database, which a researcher needs.
func TestQueryErrors(t *testing.T) {
	for _, d := range databases() {
		t.Run(d.name, func(t *testing.T) {
			_, err := count(t.Context(), d.open(t), "SELECT diag_4_1 FROM "+d.endless, newMatcher(t))
			require.ErrorContains(t, err, "diag_4_1")
		})
	}
}

// TestCancel requires that cancelling ends a scan, also while workers hold rows, and
// that nothing waits for the rows that are left.
func TestCancel(t *testing.T) {
	const enough = 5000
	for _, d := range databases() {
		for _, workers := range []int{1, 3} {
			t.Run(fmt.Sprintf("%s/%d workers", d.name, workers), func(t *testing.T) {
				db := d.open(t)
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				rows, err := db.QueryContext(ctx, "SELECT 'E119' AS diag_4_01 FROM "+d.endless)
				require.NoError(t, err)
				reader, err := hesop.FromRows(rows)
				require.NoError(t, err)
				totals, err := match.Scan(ctx, newMatcher(t), reader, func(a *hesop.Appointment, _ *match.Result) error {
					if a.Row() == enough {
						cancel()
					}
					return nil
				}, match.Workers(workers))
				require.ErrorIs(t, err, context.Canceled)
				require.GreaterOrEqual(t, totals.Rows, int64(enough))
				_ = rows.Close() // may tell that it was cancelled
				requireUsable(t, db)
			})
		}
	}
}

// TestCancelledQuery requires that the context of the query alone ends a scan that knows
// another, and that this is not taken for the end of the rows.
func TestCancelledQuery(t *testing.T) {
	for _, d := range databases() {
		t.Run(d.name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			rows, err := d.open(t).QueryContext(ctx, "SELECT 'E119' AS diag_4_01 FROM "+d.endless)
			require.NoError(t, err)
			reader, err := hesop.FromRows(rows)
			require.NoError(t, err)
			_, err = match.Scan(t.Context(), newMatcher(t), reader, func(*hesop.Appointment, *match.Result) error {
				cancel()
				return nil
			})
			require.ErrorIs(t, err, context.Canceled)
			_ = rows.Close() // may tell that it was cancelled
		})
	}
}

// TestDeadline requires that a query which searches and finds nothing ends at its
// deadline.
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

// TestNoValuesInErrors requires that an error which the database explains with a value is
// told without it, whether it comes with the first row, which drivers ask for at once, or
// with a later one.
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
			"postgres", postgres.open, "SELECT CAST(v AS integer) AS diag_4_01 FROM (VALUES %s) AS t(v)",
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

// saidByDatabase finds what the database itself said, nil if it is not to be found.
func saidByDatabase(err error) error {
	if said, ok := errors.AsType[*sqlite.Error](err); ok {
		return said
	}
	if said, ok := errors.AsType[*pgconn.PgError](err); ok {
		return said
	}
	return nil
}

// TestCodes requires that what is hidden can be looked up, by the codes that real drivers
// have in three ways.
func TestCodes(t *testing.T) {
	for code, err := range map[string]error{
		" (SQLSTATE 22P02)": &pgconn.PgError{Code: "22P02", Message: "SECRET"},
		" (error 245)":      mssql.Error{Number: 245, Message: "SECRET"},
		"":                  errors.New("SECRET"),
	} {
		require.EqualError(t, hesop.WithoutValues(fmt.Errorf("SECRET: %w", err)),
			"the database failed"+code+"; its message, which may quote a value, is not shown")
	}
	_, err := count(t.Context(), openSQLite(t), "SELECT json_extract('{}', 'SECRET') AS diag_4_01", newMatcher(t))
	require.EqualError(t, err, "the database failed (code 1); its message, which may quote a value, is not shown")
}

// TestConnectionLost requires that rows which end because the server does are no end of
// the data.
func TestConnectionLost(t *testing.T) {
	db := postgres.open(t)
	conn, err := db.Conn(t.Context())
	require.NoError(t, err)
	defer func() { _ = conn.Close() }() // it is lost
	var pid int
	require.NoError(t, conn.QueryRowContext(t.Context(), "SELECT pg_backend_pid()").Scan(&pid))
	rows, err := conn.QueryContext(t.Context(), "SELECT 'E119' AS diag_4_01, generate_series(1, 1000000000000)")
	require.NoError(t, err)
	defer func() { _ = rows.Close() }()
	reader, err := hesop.FromRows(rows)
	require.NoError(t, err)
	totals, err := match.Scan(t.Context(), newMatcher(t), reader, func(a *hesop.Appointment, _ *match.Result) error {
		if a.Row() > 1 {
			return nil
		}
		_, err := db.ExecContext(t.Context(), "SELECT pg_terminate_backend($1)", pid)
		return err
	})
	require.Positive(t, totals.Rows)
	require.ErrorIs(t, err, hesop.ErrDatabase)
}
