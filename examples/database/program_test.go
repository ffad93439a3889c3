package main

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestUsage requires exit status 2 for a wrong command line and 1 for a failure.
func TestUsage(t *testing.T) {
	lists := writeLists(t)
	_, path := createSQLite(t)
	query := []string{"-query", "SELECT 'E119' AS diag_4_01"}
	dsn := []string{"-dsn", path}
	join := func(parts ...[]string) (all []string) {
		for _, part := range parts {
			all = append(all, part...)
		}
		return all
	}
	for _, c := range []struct {
		reason string
		args   []string
		status int
		says   string
	}{
		{"nothing is wrong", join(dsn, query, lists), 0, ""},
		{"help succeeds", []string{"-h"}, 0, "usage: " + synopsis},
		{"no database", join(query, lists), 2, "-dsn"},
		{"no query", join(dsn, lists), 2, "-query"},
		{"no list", join(dsn, query), 2, "-icd10"},
		{"an unknown driver", join(dsn, query, lists, []string{"-driver", "oracle"}), 2, `-driver "oracle"`},
		{"an unknown option", []string{"-table", "x"}, 2, "-table"},
		{"SQL without quotes around it", join(dsn, lists, []string{"-query", "SELECT", "*", "FROM", "hesop"}), 2, "put SQL in quotes"},
		{"a list that does not exist", join(dsn, query, []string{"-icd10", "absent.csv"}), 1, "absent.csv"},
		{"a list that states its systems", join(dsn, query, []string{"-codelist", "../../testdata/codelists/outpatients.csv"}), 0, ""},
		{"one list twice", join(dsn, query, lists, lists[:2]), 1, `two lists have the name "heart"`},
		{"a file that is not a codelist", join(dsn, query, []string{"-icd10", "go.mod"}), 1, "go.mod"},
		{"a database that does not exist", join([]string{"-dsn", "file:" + path + ".absent?mode=ro"}, query, lists), 1, "unable to open database file"},
		{"a table that does not exist", join(dsn, []string{"-query", "SELECT * FROM hesop"}, lists), 1, "no such table: hesop"},
		{"no column of codes", join(dsn, []string{"-query", "SELECT 1 AS attendkey"}, lists), 1, "no code columns"},
		{"no server", join([]string{"-driver", "postgres", "-dsn", "host=" + t.TempDir()}, query, lists), 1, "failed to connect"},
	} {
		t.Run(c.reason, func(t *testing.T) {
			status, stdout, stderr := runProgram(t.Context(), c.args...)
			require.Equal(t, c.status, status, stderr)
			require.Contains(t, stderr, c.says)
			if status != 0 {
				require.Empty(t, stdout)
				require.True(t, strings.HasPrefix(stderr, "database: "), stderr)
			}
		})
	}
}

// TestInterrupt interrupts the program during a query, and requires both the program and the query to end.
func TestInterrupt(t *testing.T) {
	const (
		query = "SELECT 'E119' AS diag_4_01, generate_series(1, 1000000000000) AS interrupted"

		limit      = 20 * time.Second
		retryEvery = 20 * time.Millisecond
	)
	db := postgres.Open(t)
	running := func(want int) func() bool {
		return func() bool {
			var n int
			err := db.QueryRowContext(t.Context(),
				"SELECT count(*) FROM pg_stat_activity WHERE query = $1 AND state = 'active'", query).Scan(&n)
			return err == nil && n == want
		}
	}
	program, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), program,
		append([]string{"-driver", "postgres", "-dsn", postgres.DSN(), "-query", query}, writeLists(t)...)...)
	cmd.Env = append(os.Environ(), runAsProgram+"=1")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	require.NoError(t, cmd.Start())
	require.Eventually(t, running(1), limit, retryEvery, "the query runs")
	require.NoError(t, cmd.Process.Signal(os.Interrupt))
	err = cmd.Wait()
	var exit *exec.ExitError
	require.ErrorAs(t, err, &exit)
	require.Equal(t, 1, exit.ExitCode())
	require.Equal(t, "database: interrupted\n", stderr.String())
	require.Empty(t, stdout.String())
	require.Eventually(t, running(0), limit, retryEvery, "the query has ended")
}
