package codelist

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// These errors concern a file as a whole. A *FileError wraps one of them, or the error of the workbook reader.
var (
	ErrNoCodeColumn = errors.New("no code column found")
	ErrCodeColumns  = errors.New("more than one column could hold the codes")
	ErrNoColumn     = errors.New("no such column")
	ErrPeople       = errors.New("rows of people, not a codelist")
	ErrNoSheet      = errors.New("no such sheet")
	ErrNoSystem     = errors.New("no coding system stated")
	ErrOtherSystem  = errors.New("the header states a different coding system from the one given")
	ErrUnusedSigns  = errors.New("a column tells exclusions from inclusions")
	ErrRemovals     = errors.New("a list of removed codes")
	ErrNoEntry      = errors.New("no entry left")
	ErrText         = errors.New("not a readable text file")
	ErrLimit        = errors.New("limit exceeded")
	ErrOption       = errors.New("option cannot be used")
)

// More specific texts for ErrNoColumn.
var (
	errSeveral  error = kind{ErrNoColumn, "several columns with the same name"}
	errNoRow    error = kind{ErrNoColumn, "no row for the header"}
	errNoHeader error = kind{ErrNoColumn, "the file has no header"}
)

// kind wraps an error and replaces its text.
type kind struct {
	error
	text string
}

// Error returns the text.
func (k kind) Error() string { return k.text }

// Unwrap returns the wrapped error.
func (k kind) Unwrap() error { return k.error }

// FileError reports why a whole file is not a codelist and, in Detail, which option resolves the problem. Detail lists
// the cells of the first row only if none of them looks like data about a person. Line is 0 if the error concerns the
// whole file.
type FileError struct {
	File   string
	Sheet  string // of a workbook, "" for a text or the whole workbook
	Line   int    // physical line or row of the sheet, from 1
	Err    error  // one of the values above, or the error of the workbook reader
	Detail string // what Parse found, and the option that resolves it
}

// location returns the file, the sheet and the line.
func (e *FileError) location() string {
	switch {
	case e.Sheet != "" && e.Line > 0:
		return fmt.Sprintf("%s: sheet %q, row %d", e.File, e.Sheet, e.Line)
	case e.Sheet != "":
		return fmt.Sprintf("%s: sheet %q", e.File, e.Sheet)
	case e.Line > 0:
		return fmt.Sprintf("%s:%d", e.File, e.Line)
	}
	return e.File
}

// Error returns the location, the error and its detail on one line.
func (e *FileError) Error() string {
	text := fmt.Sprintf("%s: %v", e.location(), e.Err)
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	return text
}

// Unwrap returns Err.
func (e *FileError) Unwrap() error { return e.Err }

// withoutCodes is the error of a table without a code column. Parse passes over a sheet that fails with this error.
type withoutCodes struct{ *FileError }

// Unwrap returns the error.
func (e withoutCodes) Unwrap() error { return e.FileError }

// RejectedError contains every rejected row of a file. With AllowRejected, Parse does not return it.
type RejectedError struct {
	File string
	Rows []Outcome
}

// Error returns a line for the file, a line for each of the first 20 rows, and advice on what to do about them.
func (e *RejectedError) Error() string {
	const most = 20
	var b strings.Builder
	var advice []string
	rows := "rows"
	if len(e.Rows) == 1 {
		rows = "row"
	}
	fmt.Fprintf(&b, "%s: %d rejected %s (AllowRejected goes on without them):", e.File, len(e.Rows), rows)
	for i, row := range e.Rows {
		if i == most {
			fmt.Fprintf(&b, "\n  and %d more", len(e.Rows)-most)
			break
		}
		fmt.Fprintf(&b, "\n  %v: %q: %s", row.Pos, clip(row.Raw), row.Reason)
		if a := row.Advice(); !slices.Contains(advice, a) {
			advice = append(advice, a)
		}
	}
	for _, a := range advice {
		b.WriteString("\n  → " + a)
	}
	return b.String()
}

// quoteNames returns column names for a message, at most 30.
func quoteNames(names []string) string {
	const most = 30
	quoted := make([]string, 0, min(len(names), most+1))
	for i, name := range names {
		if i == most {
			quoted = append(quoted, fmt.Sprintf("and %d more", len(names)-most))
			break
		}
		quoted = append(quoted, fmt.Sprintf("%q", clip(name)))
	}
	return strings.Join(quoted, ", ")
}

// printable replaces control characters, which would break a line of a message or control a terminal.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// clip shortens a text to 60 bytes for a message.
func clip(text string) string {
	const most = 60
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
