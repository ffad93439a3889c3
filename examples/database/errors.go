package main

import (
	"context"
	"errors"
	"fmt"
)

// queryError stands for what a database or its driver said when it ran a query. Such a
// message may quote a value (invalid input syntax for type integer: "..."), so only its
// code is told.
type queryError struct{ err error }

// withoutValues makes an error of running a query safe to show. Those of reading its rows
// are: hesop sees to that.
func withoutValues(err error) error {
	for _, end := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, end) {
			return end
		}
	}
	return &queryError{err}
}

// Error tells what the driver has as the kind of the error, each in its own way.
func (e *queryError) Error() string {
	code := "no code"
	if coded, ok := errors.AsType[interface { // PostgreSQL
		error
		SQLState() string
	}](e.err); ok {
		code = "SQLSTATE " + coded.SQLState()
	} else if coded, ok := errors.AsType[interface { // SQL Server
		error
		SQLErrorNumber() int32
	}](e.err); ok {
		code = fmt.Sprintf("error %d", coded.SQLErrorNumber())
	} else if coded, ok := errors.AsType[interface { // SQLite
		error
		Code() int
	}](e.err); ok {
		code = fmt.Sprintf("code %d", coded.Code())
	}
	return fmt.Sprintf("the query failed (%s); the message of the database may quote a value and is not shown", code)
}

// Unwrap returns what was said.
func (e *queryError) Unwrap() error { return e.err }
