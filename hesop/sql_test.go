package hesop

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// table is a database of one table. Every query returns all of it. The table returns its rows as a driver does, and
// repeats them forever if endless is true.
type table struct {
	columns []string
	rows    [][]driver.Value
	endless bool
	results int   // number of results of the query, if more than one
	lost    error // returned when the next result is requested
	err     error // returned after the last row
}

func (t *table) Connect(context.Context) (driver.Conn, error) { return conn{t}, nil }
func (t *table) Driver() driver.Driver                        { return nil }

type conn struct{ *table }

func (conn) Prepare(string) (driver.Stmt, error) { return nil, errors.New("not prepared") }
func (conn) Close() error                        { return nil }
func (conn) Begin() (driver.Tx, error)           { return nil, errors.New("no transactions") }
func (c conn) Query(string, []driver.Value) (driver.Rows, error) {
	return &cursor{table: c.table}, nil
}

type cursor struct {
	*table
	next int
}

func (c *cursor) HasNextResultSet() bool { return c.results > 1 }
func (c *cursor) NextResultSet() error   { return c.lost }

func (c *cursor) Columns() []string { return c.columns }
func (c *cursor) Close() error      { return nil }
func (c *cursor) Next(dest []driver.Value) error {
	if c.next == len(c.rows) {
		if !c.endless {
			if c.err != nil {
				return c.err
			}
			return io.EOF
		}
		c.next = 0
	}
	copy(dest, c.rows[c.next])
	c.next++
	return nil
}

// openQuery returns the rows of a table.
func openQuery(ctx context.Context, t *testing.T, found *table) *sql.Rows {
	t.Helper()
	db := sql.OpenDB(found)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	rows, err := db.QueryContext(ctx, "select")
	require.NoError(t, err)
	t.Cleanup(func() { _ = rows.Close() })
	return rows
}

// allTexts returns the texts of every field of every row, up to an error.
func allTexts(r *Reader) (rows [][]string, err error) {
	for a, err := range r.All() {
		if err != nil {
			return rows, err
		}
		var row []string
		for c := range r.Columns() {
			row = append(row, string(a.Text(c)))
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// TestFromRows reads every type that drivers return, as text.
func TestFromRows(t *testing.T) {
	london := time.FixedZone("BST", 3600)
	for _, tt := range []struct {
		value driver.Value
		want  string
	}{
		{nil, ""},
		{"E119 ", "E119 "},
		{[]byte("I10X"), "I10X"},
		{[]byte{}, ""},
		{int64(12345678901234567), "12345678901234567"},
		{int64(-3), "-3"},
		{int32(7), "7"},
		{int16(7), "7"},
		{uint64(18446744073709551615), "18446744073709551615"},
		{54.0, "54"},
		{54.25, "54.25"},
		{9007199254740991.0, "9007199254740991"}, // no exponent
		{int8(-7), "-7"},
		{7, "7"},
		{uint32(7), "7"},
		{uint16(7), "7"},
		{uint8(7), "7"},
		{time.Time{}, ""}, // no date
		{float64(float32(0.002)), "0.0020000000949949026"},
		{float32(0.1), "0.1"},
		{true, "1"},
		{false, "0"},
		{time.Date(2019, 6, 3, 0, 0, 0, 0, time.UTC), "2019-06-03"},
		{time.Date(2019, 6, 3, 0, 0, 0, 0, london), "2019-06-03"},
		{time.Date(2019, 6, 3, 9, 30, 0, 0, time.UTC), "2019-06-03 09:30:00"},
		{time.Date(2019, 6, 3, 0, 0, 0, 500_000_000, time.UTC), "2019-06-03 00:00:00.5"},
	} {
		db := &table{columns: []string{"NOTE", "diag_4_01"}, rows: [][]driver.Value{{tt.value, "E119"}}}
		r, err := FromRows(openQuery(t.Context(), t, db))
		require.NoError(t, err)
		rows, err := allTexts(r)
		require.NoError(t, err)
		require.Equal(t, [][]string{{tt.want, "E119"}}, rows)
		if at, isTime := tt.value.(time.Time); isTime && !at.IsZero() {
			date, err := ParseDate([]byte(rows[0][0]))
			require.NoError(t, err)
			require.Equal(t, Date{2019, 6, 3}, date, "a time of day does not hide the day")
		}
	}
}

// TestFromRowsAppointments requires the same appointments from a query as from text.
func TestFromRowsAppointments(t *testing.T) {
	const text = "attendkey,apptdate,attended,diag_4_01,diag_4_02,diag_4_concat\n" +
		"900000000001,2019-06-03,5,E119,I10X,\"E119,I10X\"\n" +
		"900000000002,,3,R69X,,R69X\n"
	db := &table{
		columns: []string{"ATTENDED", "diag_4_concat", "diag_4_01", "diag_4_02", "attendkey", "apptdate"}, // in another order
		rows: [][]driver.Value{
			{int64(5), "E119,I10X  ", []byte("E119"), "I10X", int64(900000000001), time.Date(2019, 6, 3, 0, 0, 0, 0, time.UTC)},
			{int64(3), "R69X", "R69X", nil, int64(900000000002), nil},
		},
	}
	want, err := NewReader(strings.NewReader(text))
	require.NoError(t, err)
	got, err := FromRows(openQuery(t.Context(), t, db))
	require.NoError(t, err)
	describe := func(r *Reader) (lines []string) {
		key, _ := r.Column("attendkey")
		date, _ := r.Column("apptdate")
		for a, err := range r.All() {
			require.NoError(t, err)
			when, ok := a.Date(date)
			line := fmt.Appendf(nil, "%d %s %v %v %v", a.Row(), a.Text(key), when, ok, a.Attended())
			for _, s := range a.Codes().Slots() {
				line = fmt.Appendf(line, " %v %d %v", s.Value, s.Position, s.Form)
			}
			lines = append(lines, string(line))
		}
		return lines
	}
	require.Equal(t, describe(want), describe(got))
	require.Equal(t, int64(2), got.Rows())
	require.Zero(t, got.Blank())
	require.NoError(t, got.Close())
}

// stateError is an error as drivers of PostgreSQL and others return it.
type stateError struct{}

func (stateError) Error() string    { return "invalid input syntax for type integer: 42" }
func (stateError) SQLState() string { return "22P02" }

// numberError is an error as the driver of SQL Server returns it, and codeError is an error as drivers of SQLite return
// it.
type numberError struct{ stateless }

func (numberError) SQLErrorNumber() int32 { return 245 }

type codeError struct{ stateless }

func (codeError) Code() int { return 19 }

type stateless struct{}

func (stateless) Error() string { return "conversion failed: 42" }

func TestFromRowsErrors(t *testing.T) {
	failed := errors.New("invalid value 42")
	good := [][]driver.Value{{"E119", "1"}, {"I10X", "2"}}
	for _, tt := range []struct {
		db   table
		opts []Option
		want error
		text string
	}{
		{table{columns: []string{"diag_4_01", "DIAG_4_01"}}, nil, ErrHeader, `view: header cannot be used: columns 1 and 2 are both called "DIAG_4_01"`},
		{table{columns: []string{"a", "b"}}, nil, ErrNoCodeColumns, ""},
		{table{columns: []string{"diag_4_01", ""}}, nil, ErrHeader, "view: header cannot be used: column 2 of the query (AS) has no name: give it one"},
		{table{columns: []string{"diag_4_01", "key"}}, []Option{Delimiter('|')}, ErrOption, ""},
		{table{columns: []string{"diag_4_01", "key"}}, []Option{Names("diag_4_01")}, ErrOption, ""},
		{table{columns: []string{"diag_4_01", "key"}, rows: good, err: failed}, nil, failed, "view: row 3: the database failed; its message"},
		{
			table{columns: []string{"diag_4_01", "key"}, rows: [][]driver.Value{{"E119", 12345678901234567890.0}}},
			nil, ErrSQLType,
			`view: row 1: column "key": database value has no text form: a floating point number that does not hold all digits; cast it to text in the query`,
		},
		{table{columns: []string{"diag_4_01", "smith 1980-01-02"}, rows: [][]driver.Value{{"E119", struct{}{}}}}, nil, ErrSQLType, "view: row 1: column (not shown): database value"},
		{table{columns: []string{"diag_4_01", "key"}, rows: good, results: 2}, nil, ErrManyResults, "view: row 3: the query has more than one result"},
		{table{columns: []string{"diag_4_01", "key"}, rows: good, results: 2, lost: failed}, nil, ErrDatabase, "view: row 3: the database failed"},
		{table{columns: []string{"diag_4_01", "key"}, rows: [][]driver.Value{{"E119", float32(123456789012)}}}, nil, ErrSQLType, "does not hold all digits"},
		{table{columns: []string{"diag_4_01", "key"}, rows: [][]driver.Value{{"E119", math.NaN()}}}, nil, ErrSQLType, "does not hold all digits"},
		{table{columns: []string{"diag_4_01", "key"}, err: failed}, nil, ErrDatabase, "view: row 1: the database failed"},
		{
			table{columns: []string{"diag_4_01", "key"}, rows: good, err: fmt.Errorf("while reading: %w", stateError{})},
			nil, ErrDatabase, "view: row 3: the database failed (SQLSTATE 22P02); its message",
		},
		{table{columns: []string{"diag_4_01"}, err: numberError{}}, nil, ErrDatabase, "view: row 1: the database failed (error 245); its message"},
		{table{columns: []string{"diag_4_01"}, err: codeError{}}, nil, ErrDatabase, "view: row 1: the database failed (code 19); its message"},
		{
			table{columns: []string{"diag_4_01", "key"}, rows: [][]driver.Value{good[0], {"E119", struct{ secret int }{42}}}},
			nil, ErrSQLType, "view: row 2: ",
		},
		{table{columns: []string{"diag_4_01", "key"}, rows: [][]driver.Value{{"E119", "0123456789"}}}, []Option{LineLimit(12)}, ErrTooLong, "view: row 1: row is longer than the limit of 12 bytes (LineLimit)"},
	} {
		r, err := FromRows(openQuery(t.Context(), t, &tt.db), append(tt.opts, FileName("view"))...)
		if err == nil {
			_, err = allTexts(r)
			_, again := allTexts(r)
			require.Equal(t, err, again, "the error must not change")
		}
		require.ErrorIs(t, err, tt.want)
		var located *Error
		require.ErrorAs(t, err, &located)
		require.Contains(t, err.Error(), tt.text)
		require.NotContains(t, err.Error(), "42", "an error must not show values")
		require.NotContains(t, err.Error(), "0123456789")
		require.NotContains(t, err.Error(), "1980")
	}
}

// TestFromRowsClosed requires an error for rows that were closed before they were read: they are not empty data.
func TestFromRowsClosed(t *testing.T) {
	found := openQuery(t.Context(), t, &table{columns: []string{"diag_4_01"}, rows: [][]driver.Value{{"E119"}}})
	r, err := FromRows(found)
	require.NoError(t, err)
	require.NoError(t, found.Close())
	_, err = allTexts(r)
	require.ErrorIs(t, err, ErrDatabase)
	_, err = FromRows(found)
	require.ErrorIs(t, err, ErrDatabase)
	require.NoError(t, WithoutValues(nil))
}

// TestFromRowsClone requires that clones of rows keep their values.
func TestFromRowsClone(t *testing.T) {
	db := &table{columns: []string{"diag_4_01", "key"}, rows: [][]driver.Value{{"E119", "1"}, {"I10X", "22"}}}
	r, err := FromRows(openQuery(t.Context(), t, db))
	require.NoError(t, err)
	key, _ := r.Column("key")
	var kept []*Appointment
	for a, err := range r.All() {
		require.NoError(t, err)
		kept = append(kept, a.Clone())
	}
	require.Equal(t, "1", string(kept[0].Text(key)))
	require.Equal(t, "22", string(kept[1].Text(key)))
	require.Equal(t, "E119", string(kept[0].Codes().Text(kept[0].Codes().Slots()[0])))
	require.Zero(t, kept[0].Line())
}

// TestFromRowsCancelled requires that cancelling the context of the query ends the reading.
func TestFromRowsCancelled(t *testing.T) {
	db := &table{columns: []string{"diag_4_01"}, rows: [][]driver.Value{{"E119"}}, endless: true}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	r, err := FromRows(openQuery(ctx, t, db))
	require.NoError(t, err)
	for a, err := range r.All() {
		if err != nil {
			require.ErrorIs(t, err, context.Canceled)
			return
		}
		if a.Row() == 10 {
			cancel()
		}
	}
	t.Fatal("the endless query ended")
}

// TestFromRowsDoesNotAllocate requires that only the driver allocates.
func TestFromRowsDoesNotAllocate(t *testing.T) {
	db := &table{
		columns: []string{"attendkey", "apptdate", "apptage_calc", "diag_4_01", "diag_4_concat"},
		rows:    [][]driver.Value{{int64(900000000001), time.Date(2019, 6, 3, 0, 0, 0, 0, time.UTC), 54.25, []byte("E119"), "E119,I10X"}},
		endless: true,
	}
	r, err := FromRows(openQuery(t.Context(), t, db))
	require.NoError(t, err)
	read := func() {
		n := 0
		for a, err := range r.All() {
			if err != nil || len(a.Codes().Slots()) != 2 {
				panic(fmt.Sprint("read wrongly: ", err))
			}
			if n++; n == 100 {
				return
			}
		}
	}
	read()
	require.Zero(t, testing.AllocsPerRun(20, read), "per hundred rows")
}
