package codelist

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// Sheet is one sheet of a workbook, as a reader of workbooks hands it to Parse.
// Such a reader is package xlsx; see Workbooks.
type Sheet struct {
	Name   string
	Hidden bool

	// Rows yields the cells of each row as text, from row 1 of the sheet on and
	// without a gap: row n of the sheet is what is yielded n-th. It is read once.
	Rows iter.Seq2[[]string, error]
}

// SheetReport is what became of one sheet of a workbook.
type SheetReport struct {
	Name   string
	Hidden bool
	Rows   int // with anything in them, the header included

	// PassedOver says why the sheet was not read as a codelist, "" if it was.
	PassedOver string
}

// readSheets takes in every sheet that has a code column, or the one that the
// caller chose.
func (doc *document) readSheets(data []byte, o *options) error {
	sheets, err := o.workbooks.read(data)
	if err != nil {
		return &FileError{File: o.file, Err: err}
	}
	if o.sheet != "" {
		i := slices.IndexFunc(sheets, func(s Sheet) bool { return s.Name == o.sheet })
		if i < 0 {
			names := make([]string, len(sheets))
			for i := range sheets {
				names[i] = sheets[i].Name
			}
			return &FileError{File: o.file, Err: ErrNoSheet, Detail: fmt.Sprintf("%q (OnlySheet, -sheet); sheets are %s", o.sheet, quoteNames(names))}
		}
		sheets = sheets[i : i+1]
	}
	used := 0
	left, cellsLeft := o.maxRows, o.maxCells
	var first error // that a sheet was passed over for
	for _, s := range sheets {
		t, err := sheetTable(s, o, left, &cellsLeft)
		if err != nil {
			return err
		}
		left -= len(t.rows)
		report := SheetReport{Name: s.Name, Hidden: s.Hidden, Rows: len(t.rows)}
		if len(t.rows) == 0 {
			report.PassedOver = "no rows"
		} else if err := doc.add(t, o); err != nil {
			if report.PassedOver = noCodes(err); report.PassedOver == "" {
				return otherSheet(err, sheets)
			}
			first = cmp.Or(first, err)
		} else {
			used++
		}
		doc.report.Sheets = append(doc.report.Sheets, report)
	}
	switch {
	case used > 0:
		return nil
	case len(sheets) == 1 && first != nil:
		return first
	default:
		return doc.noSheet(o)
	}
}

// sheetTable reads the rows of a sheet.
func sheetTable(s Sheet, o *options, most int, cellsLeft *int) (*table, error) {
	t := &table{sheet: s.Name}
	line := 0
	for cells, err := range s.Rows {
		if err != nil {
			return nil, &FileError{File: o.file, Sheet: s.Name, Line: line, Err: err}
		}
		line++
		if !slices.ContainsFunc(cells, func(cell string) bool { return trimSpace(cell) != "" }) {
			t.blank++
			continue
		}
		if *cellsLeft -= len(cells); *cellsLeft < 0 {
			return nil, limitError(o, "cells", o.maxCells, "MaxCells")
		}
		if len(t.rows) >= most {
			return nil, limitError(o, "rows", o.maxRows, "MaxRows")
		}
		t.rows = append(t.rows, tableRow{line: line, cells: t.keep(cells)})
	}
	return t, nil
}

// noCodes is why a sheet has no code column, "" if err says something else of it.
func noCodes(err error) string {
	if e, ok := errors.AsType[*FileError](err); ok && e.noCodes {
		return fmt.Sprintf("%v: %s", e.Err, e.Detail)
	}
	return ""
}

// otherSheet adds to an error of one sheet of several that another may be chosen.
func otherSheet(err error, sheets []Sheet) error {
	if e, ok := errors.AsType[*FileError](err); ok && e.Sheet != "" && len(sheets) > 1 {
		e.Detail += "; or choose another sheet with OnlySheet (-sheet)"
	}
	return err
}

// noSheet is the error of a workbook of which no sheet was used.
func (doc *document) noSheet(o *options) error {
	rows := 0
	why := make([]string, 0, len(doc.report.Sheets))
	for _, s := range doc.report.Sheets {
		rows += s.Rows
		why = append(why, fmt.Sprintf("sheet %q: %s", s.Name, s.PassedOver))
	}
	if rows == 0 {
		return &FileError{File: o.file, Err: ErrNoEntry, Detail: "the workbook has no rows"}
	}
	return &FileError{File: o.file, Err: ErrNoCodeColumn, Detail: strings.Join(why, "; ")}
}
