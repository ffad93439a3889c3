package codelist

import (
	"fmt"
	"slices"
	"strings"

	"hesopmatch/internal/persondata"
	"hesopmatch/internal/rows"
)

// headerReach is the number of rows below a possible header that are searched for a code.
const headerReach = 10

// start is the beginning of the table in a text.
type start struct {
	offset int // bytes before the table
	line   int // physical lines before the table
	above  int // lines before the table that are neither blank nor comments
}

// findStart finds the line of the header. The caller may name the line. Otherwise the header is the first row, if that
// row names a code column. If not, the header is the only later line that reads as a header, provided that no line
// above it holds a code. Without a header, the table begins with the first row. A first row of one cell above a header
// of several cells is a title, even if it has the name of a code column.
func (o *options) findStart(text string) (start, error) {
	var at, found start
	headers, least := 0, 1
	for offset := 0; offset < len(text); {
		l := line(text[offset:])
		if o.headerRow == 0 {
			l = o.headerLines(text[offset:])
		}
		at.offset = offset
		offset += len(l) + lineEnd(text[offset+len(l):])
		passed := trimSpace(l) == "" || len(l) <= o.limits.RowBytes && isComment(l) && !o.isHashedHeader(l)
		switch {
		case o.headerRow > 0 && at.line == o.headerRow-1:
			return at, nil
		case o.headerRow > 0, passed, len(l) > o.limits.RowBytes:
		case at.above == 0 && o.namesCodes(o.cutLine(strings.TrimPrefix(l, "#"))):
			if !o.isTitle(o.cutLine(l)) {
				return start{}, nil // the first row is the header
			}
			least = 2
		case o.readsAsHeaderLine(text[at.offset:], l, least):
			if found = at; headers > 0 {
				return start{}, nil // several lines could be the header
			}
			headers++
		case headers == 0 && o.holdLabelledCode(o.cutLine(l)):
			return start{}, nil // a code above any header
		}
		at.line += 1 + lineBreaks(l)
		if !passed {
			at.above++
		}
	}
	if o.headerRow > 0 {
		return start{}, &FileError{
			File: o.file, Err: errNoRow,
			Detail: fmt.Sprintf("line %d (HeaderRow) of a file of %s", o.headerRow, count(at.line, "line")),
		}
	}
	return found, nil
}

// lineEnd returns the length of the line end at the start of text.
func lineEnd(text string) int {
	switch {
	case strings.HasPrefix(text, "\r\n"):
		return 2
	case text != "":
		return 1
	default:
		return 0
	}
}

// cutLine splits a line at the delimiter that the caller states, or else at the likeliest delimiter.
func (o *options) cutLine(l string) []string {
	d := o.delimiter
	if d == 0 {
		d = rows.FindDelimiter(l, o.namesCodes)
	}
	if d == 0 {
		return []string{strings.Trim(l, `"`)}
	}
	return rows.Cut(l, d)
}

// isTitle reports whether a first row that names the codes may be a title. A title is a single cell. A cell that states
// another coding system than the caller does is not a title but a wrong header.
func (o *options) isTitle(cells []string) bool {
	return filled(cells) == 1 && !slices.ContainsFunc(cells,
		func(cell string) bool { return headerStates(cell).excludes(o.system) })
}

// filled returns the number of cells that are not blank.
func filled(cells []string) int {
	n := 0
	for _, cell := range cells {
		if !isBlank(cell) {
			n++
		}
	}
	return n
}

// laterDelimiter returns the delimiter of the first line that reads as a header of several columns, 0 if none does. It
// finds the header of a second table below a first row without a delimiter.
func (o *options) laterDelimiter(text string) byte {
	for text != "" {
		l := line(text)
		if len(l) <= o.limits.RowBytes && strings.ContainsAny(l, rows.Delimiters) && !isComment(l) &&
			o.readsAsHeaderLine(text, l, 2) {
			return rows.FindDelimiter(l, o.namesCodes)
		}
		text = text[len(l):]
		text = text[lineEnd(text):]
	}
	return 0
}

// readsAsHeaderLine reports whether l, the line at the start of text, reads as a header of at least the given number of
// names.
func (o *options) readsAsHeaderLine(text, l string, least int) bool {
	if !mayNameCodes(l) && o.codeColumn == "" {
		return false
	}
	names := o.cutLine(strings.TrimPrefix(l, "#"))
	if filled(names) < least || !o.namesCodes(names) {
		return false
	}
	var below []tableRow
	rest := text[len(l):]
	for rest != "" && len(below) < headerReach {
		rest = rest[lineEnd(rest):]
		next := line(rest)
		if rest = rest[len(next):]; trimSpace(next) != "" && len(next) <= o.limits.RowBytes {
			d := o.delimiter
			if d == 0 {
				d = rows.FindDelimiter(l, o.namesCodes)
			}
			cells := []string{next}
			if d != 0 {
				cells = rows.Cut(next, d)
			}
			below = append(below, tableRow{cells: cells})
		}
	}
	return o.holdsCodes(names, below)
}

// holdsCodes reports whether a header with these names has a code column, and one of the rows below holds a code in
// that column.
func (o *options) holdsCodes(names []string, below []tableRow) bool {
	columns := codeColumns(names)
	if o.codeColumn != "" {
		if mine := named(names, o.codeColumn); len(mine) > 0 {
			columns = mine
		}
	}
	for _, i := range columns {
		for j := range below {
			if o.holdCode([]string{below[j].cell(i)}) {
				return true
			}
		}
	}
	return false
}

// holdCode reports whether one of the cells reads as codes of either of our systems.
func (o *options) holdCode(cells []string) bool {
	all := *o
	all.system = 0
	return len(columnsOfCodes(cells, &all)) > 0
}

// supplements holds words that follow the number of a supplement, as in "S10 Table". The number may look like a code.
var supplements = wordSet("table tables figure fig appendix file text data")

// holdLabelledCode reports whether a cell of a row above the header reads as codes, alone or with a label before or
// after the codes ("MI: I21", "I21 acute MI"). Such a row is not a title.
func (o *options) holdLabelledCode(cells []string) bool {
	return o.holdCode(cells) || slices.ContainsFunc(cells, func(cell string) bool {
		if len(cell) > o.limits.CellBytes {
			return false
		}
		return slices.ContainsFunc(strings.Split(cell, ":"), func(part string) bool {
			words := nameWords(part)
			return readsAsCodes(part) || startsWithCodes(part) && (len(words) < 2 || !supplements[words[1]])
		})
	})
}

// mayNameCodes reports whether the letters of a text contain a word that code columns have in their names. It ignores
// all other characters.
func mayNameCodes(text string) bool {
	lower := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z':
			return r
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		default:
			return -1
		}
	}, text)
	for _, word := range [...]string{"code", "icd", "opcs", "diagnos"} {
		if strings.Contains(lower, word) {
			return true
		}
	}
	return false
}

// findStart drops the rows above the header of a sheet, and returns how many it dropped.
func (t *table) findStart(o *options) (above int, err error) {
	if o.headerRow > 0 {
		i := slices.IndexFunc(t.rows, func(r tableRow) bool { return r.line >= o.headerRow })
		if i < 0 || t.rows[i].line != o.headerRow {
			return 0, t.fail(o, errNoRow, "row %d (HeaderRow) is empty or beyond the last row", o.headerRow)
		}
		t.rows = t.rows[i:]
		return i, nil
	}
	found, least := 0, 1
	for i := range t.rows {
		cells := t.rows[i].cells
		switch {
		case i == 0 && o.namesCodes(cells):
			if !o.isTitle(cells) {
				return 0, nil
			}
			least = 2
		case filled(cells) >= least && o.readsAsHeader(t, i):
			if found > 0 {
				return 0, nil
			}
			found = i
		case found == 0 && o.holdLabelledCode(cells):
			return 0, nil
		}
	}
	t.rows = t.rows[found:]
	return found, nil
}

// readsAsHeader reports whether row i of a table reads as a header.
func (o *options) readsAsHeader(t *table, i int) bool {
	cells := t.rows[i].cells
	return o.namesCodes(cells) && o.holdsCodes(cells, t.rows[i+1:min(i+1+headerReach, len(t.rows))])
}

// nextHeader returns the index of the first row that begins a second table, or the number of rows if there is none.
// Such a row states another code column or another coding system than the table above.
func (t *table) nextHeader(c *columns, o *options) int {
	for i := c.firstData; i < len(t.rows); i++ {
		row := &t.rows[i]
		if slices.ContainsFunc(c.codes, func(k int) bool { return startsLikeCode(row.cell(k)) }) ||
			!slices.ContainsFunc(row.cells, func(cell string) bool {
				return len(cell) < 100 && codeRank(cell) < ranks
			}) {
			continue
		}
		found := codeColumns(row.cells)
		if mine := named(row.cells, o.codeColumn); o.codeColumn != "" && len(mine) > 0 {
			found = mine
		}
		if slices.Equal(found, c.codes) && !c.statesOther(row.cells, found, o) ||
			slices.EqualFunc(row.cells, c.names, sameName) {
			continue // the same header again
		}
		below := t.rows[i+1 : min(i+1+headerReach, len(t.rows))]
		all := *o
		all.system, all.codeColumn = 0, ""
		if len(columnsOfCodes(row.cells, &all)) == 0 && all.holdsCodes(row.cells, below) {
			return i
		}
	}
	return len(t.rows)
}

// statesOther reports whether a header with these names states another coding system for the code columns than the
// table above does. The argument found holds the indexes of the code columns.
func (c *columns) statesOther(names []string, found []int, o *options) bool {
	for k, i := range found {
		above := statedByHeader(c.name(i))
		if above == 0 {
			above = o.system
		}
		if sys := statedByHeader(names[i]); k < len(c.codes) && sys != 0 && sys != above {
			return true
		}
	}
	return false
}

// startsLikeCode reports whether a cell begins with a digit, or has one as its second character. No name of a code
// column does.
func startsLikeCode(cell string) bool {
	digit := func(c byte) bool { return '0' <= c && c <= '9' }
	return cell != "" && (digit(cell[0]) || len(cell) > 1 && digit(cell[1]))
}

// laterHeader returns advice on the first later row that looks like a header, "" if there is none.
func (t *table) laterHeader(o *options) string {
	const most = 30
	for i := 1; i < min(len(t.rows), most); i++ {
		row := &t.rows[i]
		found := len(codeColumns(row.cells)) > 0
		if len(row.cells) == 1 { // below a title without a delimiter, rows are not split yet
			found = found || o.namesCodes(o.cutLine(row.cells[0]))
		}
		if found {
			text := fmt.Sprintf("; row %d looks like the header: name it with HeaderRow(%d)", row.line, row.line)
			if k := slices.IndexFunc(t.rows[:i], func(r tableRow) bool { return o.holdLabelledCode(r.cells) }); k >= 0 {
				text += fmt.Sprintf(", but row %d above it holds a code, which is then not read", t.rows[k].line)
			}
			return text
		}
	}
	return ""
}

// quoteFirst returns the cells of the first row for a message, if they read as names. Other cells may identify a
// person.
func (t *table) quoteFirst() string {
	if t.looksLikeData() {
		return "not shown, because the first row looks like data and not like column names: a codelist calls the " +
			"column code, icd10 or opcs4"
	}
	return quoteNames(t.rows[0].cells)
}

// quoteCells returns cells of the first row for a message, or the numbers of their columns if the row looks like data.
func (t *table) quoteCells(columns []int) string {
	isData := t.looksLikeData()
	cells := make([]string, len(columns))
	for i, column := range columns {
		if cells[i] = t.rows[0].cells[column]; isData {
			cells[i] = fmt.Sprintf("column %d", column+1)
		}
	}
	if isData {
		return strings.Join(cells, ", ")
	}
	return quoteNames(cells)
}

// looksLikeData reports whether the first row looks like a row of data.
func (t *table) looksLikeData() bool { return slices.ContainsFunc(t.rows[0].cells, persondata.Looks) }
