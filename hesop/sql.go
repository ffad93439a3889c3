package hesop

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"time"

	"hesopmatch/internal/rows"
)

// Errors of a query. A query can also fail with the errors of reading text.
var (
	// ErrSQLType means that the database returned a value whose type has no text form.
	ErrSQLType = errors.New("database value has no text form")
	// ErrDatabase means that the database or its driver failed.
	ErrDatabase = errors.New("the database failed")
	// ErrManyResults means that the query had more than one result.
	ErrManyResults = errors.New("the query has more than one result: only the first was read")
)

// FromRows returns a reader of the appointments that a query returns, from any database driver. They are read as if
// from text. Columns are found by name, in any order.
//
// Values become the text that a file would have for them:
//
//   - NULL is empty.
//   - Text and bytes are kept as they are, including the padding of their type.
//   - Numbers are written in decimal digits, and booleans as 1 and 0.
//   - A time at midnight is written as yyyy-mm-dd and any other as yyyy-mm-dd hh:mm:ss, in the time zone of the
//     driver. The zero time is empty.
//
// A value of any other type is an error that wraps ErrSQLType and names the column: cast the column to text in the
// query. A floating-point number so large that it has lost digits (from 2^53, or 2^24 in single precision) causes the
// same error. Also cast identifiers in single-precision columns, which some drivers widen, and codes and identifiers in
// binary columns, which would be read as text.
//
// An error of the database or its driver wraps ErrDatabase. The message of that error is not shown, because it may
// quote a value of a row. Its number is shown, and errors.As finds the error itself. QueryContext fails with errors of
// the same kind before FromRows is called: see WithoutValues.
//
// Cancelling the context of the query ends the reading as soon as the driver notices, with the error of the context or
// of the driver. If the sql.Rows were not read to the end, cancel the context before closing them: some drivers read
// the remaining rows on closing.
//
// Rows have numbers but no lines. Delimiter and Names are not allowed. The caller closes the sql.Rows, and with them
// the query, after reading: if they are closed earlier, the data seem to end there. A second result of the query is an
// error. Reading a row does not allocate, except in the driver.
func FromRows(rows *sql.Rows, opts ...Option) (*Reader, error) {
	reader, err := newReader(opts)
	if err != nil {
		return nil, err
	}
	if rows == nil {
		return nil, reader.fail(fmt.Errorf("%w: the Rows are nil: QueryContext returns them", ErrOption))
	}
	names, err := rows.Columns()
	if err != nil {
		return nil, reader.fail(WithoutValues(err))
	}
	return reader.readSource(names, newQuery(rows, names), "the query (AS)")
}

// query reads the rows of a query.
type query struct {
	rows  *sql.Rows
	cells []cell
	dest  []any // a pointer to each cell

	begun bool
	row   *Row // the row that the cells write to
}

// cell receives a column of the query. The database/sql package passes each value to the cell as the driver holds it,
// without a copy.
type cell struct {
	query  *query
	column int
	name   string
}

func newQuery(rows *sql.Rows, names []string) *query {
	q := &query{rows: rows, cells: make([]cell, len(names)), dest: make([]any, len(names))}
	for i, name := range names {
		q.cells[i] = cell{q, i, name}
		q.dest[i] = &q.cells[i]
	}
	return q
}

// Next reads the next row.
func (q *query) Next(row *Row) error {
	if !q.begun {
		q.begun = true
		if _, err := q.rows.Columns(); err != nil { // closed rows would otherwise look like the end
			return WithoutValues(err)
		}
	}
	if !q.rows.Next() {
		if err := q.rows.Err(); err != nil {
			return WithoutValues(err)
		}
		if q.rows.NextResultSet() {
			return ErrManyResults
		}
		if err := q.rows.Err(); err != nil {
			return WithoutValues(err)
		}
		return io.EOF
	}
	q.row = row
	if err := q.rows.Scan(q.dest...); err != nil {
		return WithoutValues(err)
	}
	return nil
}

// databaseError is an error whose message may hold a person's data.
type databaseError struct{ err error }

// WithoutValues takes an error from a database or its driver, such as one from QueryContext, and makes it safe to show.
// The result wraps err and ErrDatabase, and shows only the number of err, because the message may quote a value. The
// number is the SQLSTATE, the error number of SQL Server or the code of SQLite. For a cancelled context, WithoutValues
// returns context.Canceled or context.DeadlineExceeded; for nil, it returns nil. FromRows applies WithoutValues to all
// errors during reading.
func WithoutValues(err error) error {
	if err == nil {
		return nil
	}
	for _, end := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, end) {
			return end
		}
	}
	return &databaseError{err}
}

// Error returns a message with the number of the error, if the driver has one.
func (e *databaseError) Error() string {
	return fmt.Sprintf("%v%s; its message, which may quote a value, is not shown", ErrDatabase, e.number())
}

// number returns the number that the driver gives the error: SQLSTATE of PostgreSQL and others, or the error numbers of
// SQL Server and SQLite.
func (e *databaseError) number() string {
	if err, ok := errors.AsType[interface {
		error
		SQLState() string
	}](e.err); ok {
		return fmt.Sprintf(" (SQLSTATE %s)", err.SQLState())
	}
	if err, ok := errors.AsType[interface {
		error
		SQLErrorNumber() int32
	}](e.err); ok {
		return fmt.Sprintf(" (error %d)", err.SQLErrorNumber())
	}
	if err, ok := errors.AsType[interface {
		error
		Code() int
	}](e.err); ok {
		return fmt.Sprintf(" (code %d)", err.Code())
	}
	return ""
}

// Unwrap returns ErrDatabase and the error of the database.
func (e *databaseError) Unwrap() []error { return []error{ErrDatabase, e.err} }

// Scan appends a value to the row. Package database/sql calls it for the columns in order.
func (c *cell) Scan(value any) error {
	if value == nil { // the usual case
		return nil
	}
	row := c.query.row
	to := row.columns[c.column]
	if to < 0 {
		return nil
	}
	in := row.a.in()
	start := len(in.data)
	switch v := value.(type) {
	case []byte:
		if len(v) > row.limit-start {
			return c.tooLong()
		}
		in.data = append(in.data, v...)
	case string:
		if len(v) > row.limit-start {
			return c.tooLong()
		}
		in.data = append(in.data, v...)
	case int64:
		in.data = strconv.AppendInt(in.data, v, 10)
	case int32: // database/sql itself has int64 only, but some drivers return other integers
		in.data = strconv.AppendInt(in.data, int64(v), 10)
	case int16:
		in.data = strconv.AppendInt(in.data, int64(v), 10)
	case int8:
		in.data = strconv.AppendInt(in.data, int64(v), 10)
	case int:
		in.data = strconv.AppendInt(in.data, int64(v), 10)
	case uint64:
		in.data = strconv.AppendUint(in.data, v, 10)
	case uint32:
		in.data = strconv.AppendUint(in.data, uint64(v), 10)
	case uint16:
		in.data = strconv.AppendUint(in.data, uint64(v), 10)
	case uint8:
		in.data = strconv.AppendUint(in.data, uint64(v), 10)
	case float64:
		if !(math.Abs(v) < 1<<53) { // also refuses NaN
			return c.fail("a floating point number that does not hold all digits")
		}
		in.data = strconv.AppendFloat(in.data, v, 'f', -1, 64)
	case float32:
		if !(math.Abs(float64(v)) < 1<<24) {
			return c.fail("a floating point number that does not hold all digits")
		}
		in.data = strconv.AppendFloat(in.data, float64(v), 'f', -1, 32)
	case bool:
		digit := byte('0')
		if v {
			digit = '1'
		}
		in.data = append(in.data, digit)
	case time.Time:
		in.data = appendTime(in.data, v)
	default:
		return c.fail(fmt.Sprintf("%T", value))
	}
	if len(in.data) > row.limit {
		return c.tooLong()
	}
	row.set = append(row.set, int32(c.column))
	row.end(to, start)
	return nil
}

// fail refuses the value. It stores the error in the row too, because database/sql wraps it in a message with the full
// name of the column.
func (c *cell) fail(what string) error {
	c.query.row.fail(fmt.Errorf("column %s: %w: %s; cast it to text in the query",
		naming{origin: fromQuery}.quote(c.name), ErrSQLType, what))
	return c.query.row.err
}

// tooLong refuses the row.
func (c *cell) tooLong() error {
	c.query.row.fail(&rows.Fault{Kind: rows.TooLong, Limit: c.query.row.limit})
	return c.query.row.err
}

// appendTime appends a time, or only the day if the time is midnight.
func appendTime(dst []byte, t time.Time) []byte {
	if t.IsZero() { // some drivers return the zero time for an invalid date
		return dst
	}
	layout := "2006-01-02 15:04:05.999999999"
	if hour, minute, second := t.Clock(); hour == 0 && minute == 0 && second == 0 && t.Nanosecond() == 0 {
		layout = time.DateOnly
	}
	return t.AppendFormat(dst, layout)
}
