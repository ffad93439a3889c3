package codelist

import (
	"cmp"
	"fmt"
)

// Limits bounds what Parse accepts, so that a hostile file cannot exhaust memory. If a field is 0, its default applies.
// A negative limit is an error.
type Limits struct {
	Bytes     int // size of the file, by default 256 MiB
	Rows      int // rows of the file that are not blank, including headers, by default 5,000,000
	RowBytes  int // size of a row of text, by default 1 MiB
	Cells     int // cells of the file, by default 50,000,000
	CellBytes int // size of a code cell, by default 65,536; Parse rejects the row of a larger cell
	CellCodes int // codes in a cell with ranges and classes expanded, by default 100,000; Parse rejects a row with more
	Entries   int // entries of the list, or of all lists of ParseGroups together, by default 5,000,000
}

// withDefaults returns the limits with each zero replaced by its default.
func (l Limits) withDefaults() Limits {
	return Limits{
		Bytes:     cmp.Or(l.Bytes, 256<<20),
		Rows:      cmp.Or(l.Rows, 5_000_000),
		RowBytes:  cmp.Or(l.RowBytes, 1<<20),
		Cells:     cmp.Or(l.Cells, 50_000_000),
		CellBytes: cmp.Or(l.CellBytes, 64<<10),
		CellCodes: cmp.Or(l.CellCodes, 100_000),
		Entries:   cmp.Or(l.Entries, 5_000_000),
	}
}

// wrong returns what is wrong with the first negative limit, or "".
func (l Limits) wrong() string {
	for _, limit := range []struct {
		name string
		n    int
	}{
		{"Bytes", l.Bytes},
		{"Rows", l.Rows},
		{"RowBytes", l.RowBytes},
		{"Cells", l.Cells},
		{"CellBytes", l.CellBytes},
		{"CellCodes", l.CellCodes},
		{"Entries", l.Entries},
	} {
		if limit.n < 0 {
			return fmt.Sprintf("SizeLimits: Limits.%s is %d: must be 1 or more, or 0 for the default",
				limit.name, limit.n)
		}
	}
	return ""
}

func limitError(o *options, what string, limit int, field string) error {
	detail := fmt.Sprintf("more than %d %s (Limits.%s)", limit, what, field)
	return &FileError{File: o.file, Err: ErrLimit, Detail: detail}
}
