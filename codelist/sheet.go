package codelist

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// Sheet is one sheet of a workbook, as the function passed to Workbooks returns it.
type Sheet struct {
	Name   string
	Hidden bool

	// Marks returns which rows and columns are hidden and which cells are struck through. Parse calls it after reading
	// Rows. Marks may be nil.
	Marks func() SheetMarks

	// Rows yields the cells of each row as text, from row 1 of the sheet without gaps. Parse iterates over Rows once.
	Rows iter.Seq2[[]string, error]
}

// SheetMarks are the hidden rows and columns of a sheet, and the cells whose text is struck through. Numbers start at
// 1.
type SheetMarks struct {
	HiddenRows    []int
	HiddenColumns []int
	Struck        []Position // cells, by Line and Column
}

// SheetReport is what became of one sheet of a workbook.
type SheetReport struct {
	Name   string
	Hidden bool
	Rows   int // rows that are not blank, including the header

	// PassedOver is the reason why Parse did not read the sheet as a codelist, "" if Parse did read it.
	PassedOver string
}

// readSheets adds every sheet that has a code column, or only the sheet that the caller named.
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
			detail := fmt.Sprintf("%q (SheetName); sheets are %s", o.sheet, quoteNames(names))
			return &FileError{File: o.file, Err: ErrNoSheet, Detail: detail}
		}
		sheets = sheets[i : i+1]
	}
	used := 0
	left, cellsLeft := o.limits.Rows, o.limits.Cells
	var first error // the error of the first sheet that was passed over
	for _, s := range sheets {
		t, err := sheetTable(s, o, left, &cellsLeft)
		if err != nil {
			return err
		}
		left -= len(t.rows)
		report := SheetReport{Name: s.Name, Hidden: s.Hidden, Rows: len(t.rows)}
		if len(t.rows) == 0 {
			report.PassedOver = "no rows"
		} else if err := doc.addSheet(t, o); err != nil {
			if report.PassedOver = noCodes(err); report.PassedOver == "" || t.holdsCodes(o) {
				return otherSheet(err, sheets)
			}
			first = cmp.Or(first, err)
		} else {
			used++
			if s.Hidden && o.sheet == "" {
				doc.note(LevelWarning, "", 0,
					"hidden sheet %q was read, %s: look at it, or choose a sheet with SheetName",
					s.Name, count(report.Rows, "row"))
			}
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

// addSheet adds the rows of a sheet.
func (doc *document) addSheet(t *table, o *options) error {
	all := t.rows
	var err error
	if t.above, err = t.findStart(o); err != nil {
		return err
	}
	before := len(doc.rows)
	if err := doc.add(t, o); err != nil {
		t.rows = all
		return err
	}
	if isExclusions(t.sheet) && o.sheet == "" && len(doc.rows) > before {
		return &FileError{
			File: o.file, Sheet: t.sheet, Err: ErrUnusedSigns,
			Detail: "a sheet with this name holds exclusions or removals, and would be read as inclusions",
		}
	}
	doc.noteMarks(t)
	return nil
}

// isExclusions reports whether the name of a sheet says that its codes were left out.
func isExclusions(name string) bool {
	words := nameWords(name)
	starts := func(prefixes ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool {
			return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(w, p) })
		})
	}
	if slices.Contains(words, "not") {
		return starts("inclu") && !starts("excl")
	}
	return starts("exclu", "remov", "reject") || slices.Contains(words, "excl")
}

// holdsCodes reports whether the sheet has a column in which at least three cells, and more than half of the filled
// cells, hold codes. Such a sheet has no usable header, and must not be passed over.
func (t *table) holdsCodes(o *options) bool {
	for j := range t.width() {
		filled, codes := 0, 0
		for i := range t.rows {
			if cell := t.rows[i].cell(j); !isBlank(cell) {
				filled++
				if mayHoldCode(cell) && len(columnsOfCodes([]string{cell}, o)) > 0 {
					codes++
				}
			}
		}
		if codes >= 3 && 2*codes > filled {
			return true
		}
	}
	return false
}

// noteMarks warns of hidden rows and columns and of struck-through text, all of which were read.
func (doc *document) noteMarks(t *table) {
	lines := make(map[int]bool, len(t.rows))
	for i := range t.rows {
		lines[t.rows[i].line] = true
	}
	warn := func(found []string, what string) {
		const most = 10
		if len(found) == 0 {
			return
		}
		shown := found[:min(most, len(found))]
		more := ""
		if n := len(found) - len(shown); n > 0 {
			more = fmt.Sprintf(" and %d more", n)
		}
		doc.note(LevelWarning, t.sheet, 0, "%s: %s%s", what, strings.Join(shown, ", "), more)
	}
	var hidden, columns, struck []string
	for _, row := range t.hidden.HiddenRows {
		if lines[row] {
			hidden = append(hidden, fmt.Sprintf("row %d", row))
		}
	}
	width := t.width()
	for _, column := range t.hidden.HiddenColumns {
		if column <= width {
			columns = append(columns, fmt.Sprintf("column %d", column))
		}
	}
	for _, cell := range t.hidden.Struck {
		if lines[cell.Line] {
			struck = append(struck, fmt.Sprintf("row %d, column %d", cell.Line, cell.Column))
		}
	}
	warn(hidden, "hidden or filtered rows were read")
	warn(columns, "hidden columns were read")
	warn(struck, "text that is struck through was read")
}

// sheetTable reads the rows of a sheet. The argument most is the maximum number of rows that are not blank.
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
			return nil, limitError(o, "cells", o.limits.Cells, "Cells")
		}
		if len(t.rows) >= most {
			return nil, limitError(o, "rows", o.limits.Rows, "Rows")
		}
		t.rows = append(t.rows, tableRow{line: line, cells: t.keep(cells)})
	}
	if s.Marks != nil {
		t.hidden = s.Marks()
	}
	return t, nil
}

// noCodes returns why a sheet has no code column, "" if err is an error of another kind.
func noCodes(err error) string {
	if e, ok := errors.AsType[withoutCodes](err); ok {
		return fmt.Sprintf("%v: %s", e.Err, e.Detail)
	}
	return ""
}

// otherSheet adds to an error about one sheet the advice to choose a sheet.
func otherSheet(err error, sheets []Sheet) error {
	e, ok := errors.AsType[*FileError](err)
	switch {
	case !ok || e.Sheet == "":
	case isExclusions(e.Sheet) && errors.Is(e.Err, ErrUnusedSigns):
		e.Detail += "; choose a sheet with SheetName, this one or another"
	case len(sheets) > 1:
		e.Detail += "; or choose another sheet with SheetName"
	}
	return err
}

// noSheet returns the error for a workbook without a sheet that Parse can use.
func (doc *document) noSheet(o *options) error {
	rows := 0
	why := make([]string, 0, len(doc.report.Sheets))
	for _, s := range doc.report.Sheets {
		rows += s.Rows
		why = append(why, fmt.Sprintf("sheet %q: %s", s.Name, s.PassedOver))
	}
	if rows == 0 {
		return &FileError{
			File: o.file, Err: ErrNoEntry,
			Detail: "the workbook has no rows; give one with a column of codes, called code, icd10 or opcs4",
		}
	}
	return &FileError{File: o.file, Err: ErrNoCodeColumn, Detail: strings.Join(why, "; ")}
}
