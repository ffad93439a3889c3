package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hesopmatch/hesop"
)

// runProgram runs the program in this process.
func runProgram(ctx context.Context, args ...string) (status int, stdout, stderr string) {
	var out, problems strings.Builder
	status = run(ctx, args, &out, &problems)
	return status, out.String(), problems.String()
}

// writeLists writes two codelists and returns the options that name them.
func writeLists(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	heart, xray := filepath.Join(dir, "heart.csv"), filepath.Join(dir, "tests.v2.csv")
	require.NoError(t, os.WriteFile(heart, []byte("code\nI10X\nI20-I25\nI48\n"), 0o600))
	require.NoError(t, os.WriteFile(xray, []byte("code\nU20\nX62.1\n"), 0o600))
	return []string{"-icd10", heart, "-opcs4", xray}
}

// TestProgram runs the program on the same rows in each kind of database, and counts them
// as the packages count them in their text.
func TestProgram(t *testing.T) {
	lists := writeLists(t)
	tab := newTable(t, hesop.UKLLC, nil)
	opts, err := parseOptions(append([]string{"-dsn", "-", "-query", "-"}, lists...), io.Discard)
	require.NoError(t, err)
	matcher, err := opts.compile()
	require.NoError(t, err)
	var want []string
	for i, c := range tab.scanText(t, matcher).Lists {
		want = append(want, matcher.List(i).Name())
		for _, n := range []int64{c.Match, c.NoMatch, c.Unknown, c.Undecided} {
			want = append(want, strconv.FormatInt(n, 10))
		}
	}
	want = append(want, "rows:", strconv.Itoa(tableRows))
	require.Equal(t, []string{"heart", "tests.v2"}, []string{want[0], want[5]})

	check := func(t *testing.T, args ...string) {
		t.Helper()
		status, stdout, stderr := runProgram(t.Context(), append(append(args, "-query", tab.query()), lists...)...)
		require.Zero(t, status, stderr)
		require.Empty(t, stderr)
		heading, rest, _ := strings.Cut(stdout, "\n")
		require.Equal(t, "list match no match unknown undecided", strings.Join(strings.Fields(heading), " "))
		require.Equal(t, want, strings.Fields(rest))
	}
	t.Run("sqlite", func(t *testing.T) {
		db, path := createSQLite(t)
		tab.loadSQLite(t, db, sqliteType)
		check(t, "-dsn", "file:"+path+"?mode=ro")
	})
	t.Run("postgres", func(t *testing.T) {
		tab.loadPostgres(t, postgres.open(t))
		check(t, "-driver", "postgres", "-dsn", postgres.dsn())
	})
}

// TestUsage requires 2 for what the command line alone shows, and 1 for what fails.
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
		{"help is no mistake", []string{"-h"}, 0, "usage: " + synopsis},
		{"no database", join(query, lists), 2, "-dsn"},
		{"no query", join(dsn, lists), 2, "-query"},
		{"no list", join(dsn, query), 2, "-icd10"},
		{"a driver that the program does not have", join(dsn, query, lists, []string{"-driver", "oracle"}), 2, `-driver "oracle"`},
		{"an option that there is not", []string{"-table", "x"}, 2, "-table"},
		{"SQL without quotes around it", join(dsn, lists, []string{"-query", "SELECT", "*", "FROM", "hesop"}), 2, "SQL in quotes"},
		{"a list that is not there", join(dsn, query, []string{"-icd10", "absent.csv"}), 1, "absent.csv"},
		{"a list that says its systems", join(dsn, query, []string{"-codelist", "../../testdata/codelists/outpatients.csv"}), 0, ""},
		{"one list twice", join(dsn, query, lists, lists[:2]), 1, `two lists of one name, "heart"`},
		{"a list that is none", join(dsn, query, []string{"-icd10", "go.mod"}), 1, "go.mod"},
		{"a database that is not there", join([]string{"-dsn", "file:" + path + ".absent?mode=ro"}, query, lists), 1, "unable to open database file"},
		{"a table that is not there", join(dsn, []string{"-query", "SELECT * FROM hesop"}, lists), 1, "no such table: hesop"},
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

// runAsProgram is an environment variable that makes the binary of the tests the program.
const runAsProgram = "HESOPMATCH_RUN_PROGRAM"

// TestInterrupt interrupts the program in the middle of a query. Both the program and the
// query end.
func TestInterrupt(t *testing.T) {
	db := postgres.open(t)
	const query = "SELECT 'E119' AS diag_4_01, generate_series(1, 1000000000000) AS interrupted"
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
		append([]string{"-driver", "postgres", "-dsn", postgres.dsn(), "-query", query}, writeLists(t)...)...)
	cmd.Env = append(os.Environ(), runAsProgram+"=1")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	require.NoError(t, cmd.Start())
	require.Eventually(t, running(1), startLimit, retryEvery, "the query runs")
	require.NoError(t, cmd.Process.Signal(os.Interrupt))
	err = cmd.Wait()
	var exit *exec.ExitError
	require.ErrorAs(t, err, &exit)
	require.Equal(t, 1, exit.ExitCode())
	require.Equal(t, "database: interrupted\n", stderr.String())
	require.Empty(t, stdout.String())
	require.Eventually(t, running(0), stopLimit, retryEvery, "the query does not")
}
