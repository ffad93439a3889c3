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

// The errors of a query, which can also fail as a text does.
var (
	// ErrSQLType says that the database gave a value of a type that has no text.
	ErrSQLType = errors.New("value of the database has no text")
	// ErrDatabase says that the database or its driver failed.
	ErrDatabase = errors.New("the database failed")
	// ErrManyResults says that the query had another result behind the first.
	ErrManyResults = errors.New("the query has more than one result: only the first was read")
)

// FromRows returns a reader of the appointments that a query found, the same from
// any database driver as from text. Columns are found by their names, in any order.
//
// Values become the text that they have in files. NULL is empty. Text and bytes stand as
// they are, padded if their type pads them; numbers are written in decimal digits,
// booleans as 1 and 0, a time at midnight as yyyy-mm-dd and any other as yyyy-mm-dd
// hh:mm:ss, in the zone that the driver gives it; the zero time is empty. A value of
// another type, and floating point so great that it has lost digits (from 2^53 on, narrow
// from 2^24), is an error that wraps ErrSQLType and names its column: let the query cast
// it to text. So should it with identifiers in columns of narrow floating point, which
// some drivers widen, and with codes and identifiers in binary columns, which would be
// read as text.
//
// An error of the database or its driver wraps ErrDatabase, and is not told in full: such
// messages may quote a value of a row. Its number is, and errors.As finds the error
// itself. What QueryContext fails with is of the same kind, and comes before FromRows:
// see WithoutValues. Cancelling the context of the query ends the reading, as soon as the
// driver takes notice, with the error of the context or that of the driver. Cancel before
// closing rows that were not read to their end: some drivers read the rest of them first.
//
// Rows have numbers and no lines; Delimiter and Names do not go with a query. Closing
// rows, and with it the query, is for the caller, after the reading: rows that are closed
// in the middle of it seem to end there. A second result of the query is an error.
// Nothing is allocated for a row but by the driver.
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

// query brings the rows of a query.
type query struct {
	rows  *sql.Rows
	cells []cell
	dest  []any // a pointer to each cell

	begun bool
	row   *Row // the one that the cells write to
}

// cell is where a column of the query goes. The database/sql package hands it each value as the driver has it, without
// making a copy.
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
		if _, err := q.rows.Columns(); err != nil { // closed rows would seem to have ended
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

// WithoutValues makes an error of a database or its driver, such as one of QueryContext,
// fit to be shown: it wraps err and ErrDatabase and tells the number of err alone, by
// SQLSTATE, by that of SQL Server or by the code of SQLite, for its message may quote a
// value. A cancelled context is told as such. FromRows does this with what comes up
// while it reads. It returns nil for nil.
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

// Error tells the number of the error, if the driver has one.
func (e *databaseError) Error() string {
	return fmt.Sprintf("%v%s; its message, which may quote a value, is not shown", ErrDatabase, e.number())
}

// number is what drivers number errors by: PostgreSQL and others by SQLSTATE, SQL Server
// and SQLite by numbers of their own.
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

// Unwrap returns ErrDatabase and what the database said.
func (e *databaseError) Unwrap() []error { return []error{ErrDatabase, e.err} }

// Scan appends a value to the row. It is called by database/sql, for the columns in
// order.
func (c *cell) Scan(value any) error {
	if value == nil { // as most are
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
	case int32: // the other integers are not of database/sql, but of some drivers
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
		if !(math.Abs(v) < 1<<53) { // nor NaN
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

// fail refuses the value. The error stands in the row too, because what database/sql makes of it has the name of the
// column in full.
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

// appendTime appends the day alone at midnight, where the time says nothing.
func appendTime(dst []byte, t time.Time) []byte {
	if t.IsZero() { // what some drivers make of a date that is none
		return dst
	}
	layout := "2006-01-02 15:04:05.999999999"
	if hour, minute, second := t.Clock(); hour == 0 && minute == 0 && second == 0 && t.Nanosecond() == 0 {
		layout = time.DateOnly
	}
	return t.AppendFormat(dst, layout)
}
