package main

import (
	"bufio"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hesopmatch/hesop"
	"hesopmatch/hesop/quality"
	"hesopmatch/match"

	"github.com/stretchr/testify/require"
)

// The README shows parts of the functions below.

func fromDatabase(ctx context.Context, db *sql.DB, matcher *match.Matcher, flag func(*hesop.Appointment, *match.Result) error) error {
	ctx, cancel := context.WithCancel(ctx)
	rows, err := db.QueryContext(ctx, `
		SELECT llc_0042_stud_id, attendkey, apptdate, attended, diag_4_01, diag_4_02, diag_4_concat
		FROM nhsd.hesop`)
	if err != nil {
		cancel()
		return hesop.WithoutValues(err) // a message of the database may quote one
	}
	defer rows.Close() // after cancel, or it may read what is left of the query
	defer cancel()
	reader, err := hesop.FromRows(rows)
	if err != nil {
		return err
	}
	_, err = match.Scan(ctx, matcher, reader, flag)
	return err
}

func withoutHeader(path, namesPath string) (*hesop.Reader, error) {
	file, err := os.Open(namesPath)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	names, err := hesop.ReadNames(file)
	if err != nil {
		return nil, err
	}
	return hesop.Open(path, hesop.Names(names...))
}

func keyVariables(out *bufio.Writer, path string) error {
	var counter quality.Counter
	reader, err := hesop.Open(path)
	if err != nil {
		return err
	}
	defer reader.Close()
	person, err := reader.Person()
	if err != nil {
		return err
	}
	specialty, err := reader.Column("tretspef")
	if err != nil {
		return err
	}
	for appointment, err := range counter.All(reader) {
		if err != nil {
			return err
		}
		if !appointment.Attended().WasSeen() {
			continue
		}
		term := appointment.Term(specialty)
		fmt.Fprintf(out, "%s in %v: %s (%v)\n",
			appointment.Text(person), appointment.FinancialYear(), term.Label, term.Status)
	}
	for _, year := range counter.Report().ByYear() {
		fmt.Fprintf(out, "%v: %d of %d rows have no diagnosis\n", year.Year, year.NoDiagnosis, year.Rows)
	}
	return out.Flush()
}

// flat returns a text with single spaces for all white space, so that indentation does not matter.
func flat(text string) string { return strings.Join(strings.Fields(text), " ") }

// TestReadmeFragments requires the Go fragments of the README, other than its programs, to occur in this file, where
// they are compiled.
func TestReadmeFragments(t *testing.T) {
	source, err := os.ReadFile("fragments_test.go")
	require.NoError(t, err)
	fragments := slices.DeleteFunc(blocks(t, "go"), isProgram)
	require.Len(t, fragments, 3)
	for _, fragment := range fragments {
		require.Contains(t, flat(string(source)), flat(fragment))
	}
}

// nowhere is a database that refuses every connection.
type nowhere struct{}

func (nowhere) Connect(context.Context) (driver.Conn, error) { return nil, errors.New("no SECRET") }
func (nowhere) Driver() driver.Driver                        { return nil }

func TestFragments(t *testing.T) {
	db := sql.OpenDB(nowhere{})
	defer func() { require.NoError(t, db.Close()) }()
	err := fromDatabase(t.Context(), db, nil, nil)
	require.ErrorIs(t, err, hesop.ErrDatabase)
	require.NotContains(t, err.Error(), "SECRET")
	reader, err := withoutHeader("../../testdata/appointments.psv", "../../testdata/names.txt")
	require.NoError(t, err)
	defer reader.Close()
	n := 0
	for _, err := range reader.All() {
		require.NoError(t, err)
		n++
	}
	require.Equal(t, 8, n)

	path := filepath.Join(t.TempDir(), "hesop.csv")
	const text = "llc_0042_stud_id,apptdate,attended,tretspef,diag_4_01\n" +
		"p1,2019-06-03,5,330,L20X\np1,2019-06-04,3,330,R69X\np2,2020-06-03,6,999,R69X\n"
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	var b strings.Builder
	require.NoError(t, keyVariables(bufio.NewWriter(&b), path))
	require.Equal(t, "p1 in 2019-20: Dermatology Service (known)\np2 in 2020-21:  (unlisted)\n"+
		"2019-20: 1 of 2 rows have no diagnosis\n2020-21: 1 of 1 rows have no diagnosis\n", b.String())
}
