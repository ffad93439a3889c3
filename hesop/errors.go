package hesop

import (
	"errors"
	"fmt"
)

// The errors of reading. An *Error wraps one of these, or the error of the source.
var (
	ErrHeader        = errors.New("header cannot be used")
	ErrNoCodeColumns = errors.New("no code columns")
	ErrScheme        = errors.New("diagnoses of a classification other than ICD-10")
	ErrRawWidth      = errors.New("raw columns may be cut")
	ErrColumn        = errors.New("no such column")
	ErrFieldCount    = errors.New("row has a different number of fields from the header")
	ErrQuote         = errors.New("quoted field is not well formed")
	ErrTooLong       = errors.New("row is longer than the limit")
	ErrCompressed    = errors.New("gzip data cannot be read")
	ErrChanged       = errors.New("the data changed while they were read")
	ErrFormat        = errors.New("file is not delimited text")
	ErrOption        = errors.New("option cannot be used")
)

// Error locates an error in a file. It never holds the content of a row.
type Error struct {
	File   string // as the caller named it, or ""
	Row    int64  // row of data, from 1, counting skipped ones; 0 outside the rows
	Line   int64  // physical line, from 1; 0 if the location is not known
	Offset int64  // bytes of (uncompressed) text before the location
	Err    error  // an error such as ErrHeader, or the error of the source
}

// Error returns the location and the error on one line.
func (e *Error) Error() string {
	place := ""
	switch {
	case e.Line > 0:
		place = fmt.Sprintf("line %d, byte offset %d: ", e.Line, e.Offset)
	case e.Row > 0:
		place = fmt.Sprintf("row %d: ", e.Row)
	}
	if e.File != "" {
		place = e.File + ": " + place
	}
	return place + e.Err.Error()
}

// Unwrap returns Err.
func (e *Error) Unwrap() error { return e.Err }
