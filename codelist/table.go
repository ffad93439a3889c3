package codelist

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"hesopmatch/internal/rows"
)

// table is a text file, or a sheet of a workbook, as rows of cells.
type table struct {
	sheet     string     // name of the sheet, "" for a text file
	rows      []tableRow // the header first, if there is one; no blank rows
	delimiter byte       // 0 in a file of one column
	blank     int
	comments  int
	above     int // rows above the header, which are not read

	hidden SheetMarks // hidden rows and columns and struck-through cells of a sheet

	spare []string // memory for cells, shared by many rows
}

type tableRow struct {
	line  int
	cells []string
}

// cell returns cell i, "" if the row is too short.
func (r *tableRow) cell(i int) string {
	if i < 0 || i >= len(r.cells) {
		return ""
	}
	return r.cells[i]
}

// keep copies cells into memory of the table.
func (t *table) keep(cells []string) []string {
	kept := t.room(len(cells))
	copy(kept, cells)
	return kept
}

// room returns memory for the cells of one row.
func (t *table) room(n int) []string {
	if n > len(t.spare) {
		t.spare = make([]string, max(n, 4096))
	}
	cells := t.spare[:n:n]
	t.spare = t.spare[n:]
	return cells
}

// readTable splits text into rows. Before the first row, lines that begin with # are comments; in a file of one column,
// such lines are comments everywhere. A header may itself begin with #.
func readTable(text string, opts *options) (*table, error) {
	start, err := opts.findStart(text)
	if err != nil {
		return nil, err
	}
	text = text[start.offset:]
	t := &table{delimiter: opts.delimiter, above: start.above}
	comma := t.delimiter
	if comma == 0 {
		if t.delimiter = rows.FindDelimiter(opts.firstLine(text), opts.namesCodes); t.delimiter == 0 {
			t.delimiter = opts.laterDelimiter(text)
		}
		comma = t.delimiter // 0 (NUL) in a file of one column, whose cells may contain commas
	}
	s := rows.NewScanner(strings.NewReader(text), comma, true, opts.limits.RowBytes)
	cellsLeft := opts.limits.Cells
	var row rows.Row
	for {
		err := s.Next(&row)
		if err == io.EOF {
			t.blank += int(s.Blank())
			return t, nil
		}
		if fault, ok := errors.AsType[*rows.Fault](err); ok && fault.Kind == rows.TooLong {
			return nil, &FileError{
				File: opts.file, Line: start.line + int(fault.Line), Err: ErrLimit,
				Detail: fmt.Sprintf("row of more than %d bytes (Limits.RowBytes)", opts.limits.RowBytes),
			}
		} else if ok && t.delimiter == 0 && fault.Kind == rows.AfterQuote {
			return nil, &FileError{
				File: opts.file, Line: start.line + int(fault.Line), Err: opts.noCodeColumn(),
				Detail: "the first line has no delimiter, and this one has quoted cells; " +
					"name the line of the header with HeaderRow",
			}
		} else if ok {
			return nil, &FileError{
				File: opts.file, Line: start.line + int(fault.Line), Err: ErrText, Detail: fault.Error(),
			}
		} else if err != nil {
			return nil, err
		}
		rest := text[row.Offset:]
		if isComment(rest) && (t.delimiter == 0 || len(t.rows) == 0 && !opts.isHashedHeader(line(rest))) {
			t.comments++
			continue
		}
		cells := t.room(len(row.Fields))
		blank := true
		for i, f := range row.Fields {
			cells[i] = rest[f.Start:f.End]
			if f.Doubled {
				cells[i] = string(row.AppendText(nil, i))
			}
			blank = blank && trimSpace(cells[i]) == ""
		}
		if blank {
			t.blank++
			continue
		}
		if cellsLeft -= len(cells); cellsLeft < 0 {
			return nil, limitError(opts, "cells", opts.limits.Cells, "Cells")
		}
		if len(t.rows) >= opts.limits.Rows {
			return nil, limitError(opts, "rows", opts.limits.Rows, "Rows")
		}
		t.rows = append(t.rows, tableRow{line: start.line + int(row.Line), cells: cells})
	}
}

// noCodeColumn returns the error for a file without a code column.
func (o *options) noCodeColumn() error {
	if o.codeColumn != "" {
		return ErrNoColumn
	}
	return ErrNoCodeColumn
}

// width returns the number of cells of the widest row.
func (t *table) width() int {
	n := 0
	for i := range t.rows {
		n = max(n, len(t.rows[i].cells))
	}
	return n
}

// isComment reports whether text begins with #, but not with an error value of a spreadsheet (#N/A), which stands in
// place of a code.
func isComment(text string) bool {
	return strings.HasPrefix(text, "#") && !startsWithSheetError(text)
}

// namesCodes reports whether names belong to a header with a code column.
func (o *options) namesCodes(names []string) bool {
	if o.codeColumn != "" {
		return len(named(names, o.codeColumn)) > 0
	}
	return len(codeColumns(names)) > 0
}

// isHashedHeader reports whether a line is a header that begins with #, as some programs write headers. If the line
// were taken for a comment, the file would lose its column names.
func (o *options) isHashedHeader(line string) bool {
	names, ok := strings.CutPrefix(line, "#")
	if !ok {
		return false
	}
	found := false
	rows.FindDelimiter(names, func(cut []string) bool {
		found = found || o.namesCodes(cut) || len(matching(cut, systemColumns)) > 0
		return found
	})
	return found
}

// line returns the line at the start of text.
func line(text string) string {
	if end := strings.IndexAny(text, "\r\n"); end >= 0 {
		return text[:end]
	}
	return text
}

// headerLines returns the line at the start of text together with the lines on which a quoted name continues, because
// spreadsheets break long names. It returns the first line alone if the quote does not end within ten lines.
func (o *options) headerLines(text string) string {
	const most = 10
	l := line(text)
	if !strings.HasPrefix(l, `"`) && !quoteOpens.MatchString(l) {
		return l
	}
	all := l
	for range most {
		if strings.Count(all, `"`)%2 == 0 {
			return all
		}
		end := len(all) + lineEnd(text[len(all):])
		if end == len(text) || end > o.limits.RowBytes {
			break
		}
		all = text[:end+len(line(text[end:]))]
	}
	return l
}

// quoteOpens finds a quoted cell after the first cell of a line.
var quoteOpens = regexp.MustCompile(`[,;|\t]"`)

// lineBreaks returns the number of line ends in a text.
func lineBreaks(text string) int {
	n := strings.Count(text, "\n")
	for i := range len(text) {
		if text[i] == '\r' && !strings.HasPrefix(text[i:], "\r\n") {
			n++
		}
	}
	return n
}

// firstLine returns the first line of text that is neither blank nor a comment.
func (o *options) firstLine(text string) string {
	for text != "" {
		l := o.headerLines(text)
		if len(l) > o.limits.RowBytes {
			return "" // the scanner reports the long line
		}
		if trimSpace(l) != "" && (!isComment(l) || o.isHashedHeader(l)) {
			return l
		}
		text = text[min(len(l)+1, len(text)):]
	}
	return ""
}
