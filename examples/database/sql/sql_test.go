package main

import (
	"bytes"
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// runAsProgram is an environment variable that makes the test binary run as the program.
const runAsProgram = "HESOPMATCH_RUN_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(runAsProgram) != "" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func TestSQL(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hesop.db")
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), `CREATE TABLE hesop (study_id TEXT, apptdate DATE, attended INTEGER, diag_4_01 TEXT);
		INSERT INTO hesop VALUES ('SYNTH1', '2019-05-08', 5, 'F320'), ('SYNTH1', '2019-06-08', 5, 'F321'),
			('SYNTH1', '2020-06-08', 6, 'F339'), ('SYNTH2', '2019-06-08', 3, 'F339'), ('SYNTH3', '2019-06-08', 5, NULL)`)
	require.NoError(t, err)
	require.NoError(t, db.Close())
	run := func(dsn, query string) (stdout, stderr string, err error) {
		cmd := exec.CommandContext(t.Context(), os.Args[0],
			"-dsn", dsn, "-query", query, "-list", "../../../testdata/codelists/depression.csv")
		cmd.Env = append(os.Environ(), runAsProgram+"=1")
		var out, problems bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &problems
		err = cmd.Run()
		return out.String(), problems.String(), err
	}
	stdout, stderr, err := run("file:"+path+"?mode=ro", "SELECT study_id AS pseudo_hesid, apptdate, attended, diag_4_01 FROM hesop")
	require.NoError(t, err, stderr)
	require.Equal(t, "person,first,last,appointments\nSYNTH1,2019-06-08,2020-06-08,2\n", stdout)
	require.Contains(t, stderr, "{Read:5 Skipped:0 Taken:4 NotAttended:1 ")

	for _, c := range []struct{ reason, dsn, query, says string }{
		{"no code column", path, "SELECT apptdate FROM hesop", "no code columns"},
		{"no person", path, "SELECT apptdate, attended, diag_4_01 FROM hesop", "person"},
		{"no query", path, "", "no column names"},
		{"no database", "file:" + path + ".absent?mode=ro", "SELECT 1", "the database failed"},
	} {
		stdout, stderr, err := run(c.dsn, c.query)
		require.Error(t, err, c.reason)
		require.Contains(t, stderr, c.says, c.reason)
		require.Empty(t, stdout, c.reason)
	}
	source, err := os.ReadFile("main.go")
	require.NoError(t, err)
	require.LessOrEqual(t, strings.Count(string(source), "\n"), 80, "short enough to copy")
}
