package main

import (
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hesopmatch/internal/postgrestest"

	"github.com/stretchr/testify/require"
)

// postgres is the server that all tests share.
var postgres postgrestest.Server

// runAsProgram is an environment variable that makes the test binary run as the program.
const runAsProgram = "HESOPMATCH_RUN_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(runAsProgram) != "" {
		main()
	}
	status := m.Run()
	if err := postgres.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		status = 1
	}
	os.Exit(status)
}

// runProgram runs the program in this process.
func runProgram(ctx context.Context, args ...string) (status int, stdout, stderr string) {
	var out, problems strings.Builder
	status = run(ctx, args, &out, &problems)
	return status, out.String(), problems.String()
}

func openSQLite(t *testing.T) *sql.DB {
	t.Helper()
	db, _ := createSQLite(t)
	return db
}

// createSQLite returns a new database and the path of its file.
func createSQLite(t *testing.T) (db *sql.DB, path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "hesop.db")
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db, path
}

// appointments is the file that the README imports.
const appointments = "../../testdata/appointments.csv"

// load creates the table hesop from the README's file, with every column as text.
func load(t *testing.T, db *sql.DB) {
	t.Helper()
	file, err := os.Open(appointments)
	require.NoError(t, err)
	defer func() { require.NoError(t, file.Close()) }()
	records, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), fmt.Sprintf("CREATE TABLE hesop (%s TEXT)", strings.Join(records[0], " TEXT, ")))
	require.NoError(t, err)
	for _, record := range records[1:] {
		params, values := make([]string, len(record)), make([]any, len(record))
		for i, text := range record {
			params[i], values[i] = fmt.Sprintf("$%d", i+1), text
		}
		_, err := db.ExecContext(t.Context(), "INSERT INTO hesop VALUES ("+strings.Join(params, ", ")+")", values...)
		require.NoError(t, err)
	}
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
