package sqloracle

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"testing"

	"hesopmatch/hesop"
	"hesopmatch/match"

	"github.com/jackc/pgx/v5/pgconn"
	mssql "github.com/microsoft/go-mssqldb"
	"github.com/stretchr/testify/require"
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
			"sqlite", func(t *testing.T) *sql.DB { t.Helper(); return openSQLite(t) },
			"(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n) AS n",
		},
		{
			"postgres", postgres.Open,
			"(SELECT generate_series(1, 1000000000000) AS i) AS n",
		},
	}
}

// requireUsable requires the database to answer a query after something went wrong.
func requireUsable(t *testing.T, db *sql.DB) {
	t.Helper()
	var one int
	require.NoError(t, db.QueryRowContext(t.Context(), "SELECT 1").Scan(&one))
}

// TestLostDigits requires the reader to refuse an identifier that lost digits as a floating-point number.
func TestLostDigits(t *testing.T) {
	const query = "SELECT CAST(18446744073709551615 AS real) AS attendkey, NULL AS diag_4_01"
	for _, d := range databases() {
		t.Run(d.name, func(t *testing.T) {
			_, err := countQuery(t, newMatcher(t), d.open(t), query)
			require.ErrorIs(t, err, hesop.ErrSQLType)
			require.ErrorContains(t, err, "attendkey")
		})
	}
}

// TestCancel: a scan that is cancelled ends without reading the remaining rows, even while workers hold rows.
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
				_ = rows.Close() // may return the cancellation
				requireUsable(t, db)
			})
		}
	}
}

// TestCancelledQuery cancels the context of a query, but not that of the scan. The scan must fail: it must not treat
// the cancellation as the end of the rows.
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
			_ = rows.Close() // may return the cancellation
		})
	}
}

// TestCodes requires WithoutValues to hide a database's message but keep its error code, which drivers store in three
// ways.
func TestCodes(t *testing.T) {
	for code, err := range map[string]error{
		" (SQLSTATE 22P02)": &pgconn.PgError{Code: "22P02", Message: "SECRET"},
		" (error 245)":      mssql.Error{Number: 245, Message: "SECRET"},
		"":                  errors.New("SECRET"),
	} {
		require.EqualError(t, hesop.WithoutValues(fmt.Errorf("SECRET: %w", err)),
			"the database failed"+code+"; its message, which may quote a value, is not shown")
	}
	_, err := openSQLite(t).QueryContext(t.Context(), "SELECT json_extract('{}', 'SECRET') AS diag_4_01")
	require.EqualError(t, hesop.WithoutValues(err), "the database failed (code 1); its message, which may quote a value, is not shown")
}

// TestConnectionLost requires an error if the connection ends before the rows do.
func TestConnectionLost(t *testing.T) {
	db := postgres.Open(t)
	conn, err := db.Conn(t.Context())
	require.NoError(t, err)
	defer func() { _ = conn.Close() }() // the connection is lost, so Close may fail
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
