package cohort_test

import (
	"bytes"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"hesopmatch/hesop"
	"hesopmatch/match/cohort"
)

// query is a database that returns the given number of appointments for every query.
type query struct{ rows int }

func (q query) Connect(context.Context) (driver.Conn, error) { return q, nil }
func (q query) Driver() driver.Driver                        { return nil }
func (query) Prepare(string) (driver.Stmt, error)            { return nil, errors.New("not prepared") }
func (query) Close() error                                   { return nil }
func (query) Begin() (driver.Tx, error)                      { return nil, errors.New("no transactions") }

func (q query) Query(string, []driver.Value) (driver.Rows, error) { return &found{left: q.rows}, nil }

// found is the result of a query. Its field left is the number of rows that remain.
type found struct{ left int }

func (*found) Columns() []string { return []string{"pseudo_hesid", "apptdate", "diag_4_01"} }
func (*found) Close() error      { return nil }
func (f *found) Next(dest []driver.Value) error {
	if f.left == 0 {
		return io.EOF
	}
	f.left--
	dest[0], dest[1], dest[2] = strconv.Itoa(f.left/3), "2019-05-01", []string{"F329", "R69X", "E119"}[f.left%3]
	return nil
}

// TestInputsOfQueries: ReadPart also recognises the rows of a query, for any number of workers.
func TestInputsOfQueries(t *testing.T) {
	scan := func(rows int, opts ...cohort.Option) *cohort.Cohort {
		c, err := cohort.New(compiled(t, "icd10\nF32\n"), opts...)
		require.NoError(t, err)
		db := sql.OpenDB(query{rows})
		defer func() { require.NoError(t, db.Close()) }()
		found, err := db.QueryContext(t.Context(), "appointments")
		require.NoError(t, err)
		r, err := hesop.FromRows(found)
		require.NoError(t, err)
		require.NoError(t, c.Scan(t.Context(), r))
		require.NoError(t, found.Err())
		return c
	}
	part := partOf(t, scan(5000))
	require.Equal(t, part, partOf(t, scan(5000, cohort.Workers(3), cohort.BlockSize(9000))))
	require.ErrorContains(t, scan(5000, cohort.Workers(2), cohort.BlockSize(1)).ReadPart(bytes.NewReader(part)), "already")
	require.NoError(t, scan(4999).ReadPart(bytes.NewReader(part)), "rows that only overlap count as other data")
}
