package codelist

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"hesopmatch/internal/rows"
)

// document is a codelist file before its code cells are read: its rows with their systems and signs, and the report
// on the file itself.
type document struct {
	rows   []listRow
	next   int32  // number of the next row
	report Report // without outcomes and families
	when   bool   // at least one row is an exclusion
}

// readDocument reads a file: a text, or the sheets of a workbook.
func readDocument(r io.Reader, o *options) (*document, error) {
	if err := o.check(r); err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(rows.Guard(r), min(int64(o.limits.Bytes), math.MaxInt64-1)+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.file, err)
	}
	if len(data) > o.limits.Bytes {
		return nil, limitError(o, "bytes", o.limits.Bytes, "Bytes")
	}
	doc := &document{report: Report{File: o.file, SHA256: sha256.Sum256(data), Policy: o.policy}}
	if bytes.HasPrefix(data, []byte(zipStart)) && o.workbooks != nil {
		doc.report.Encoding = "Excel workbook"
		err = doc.readSheets(data, o)
	} else {
		err = doc.readText(data, o)
	}
	if e, ok := errors.AsType[withoutCodes](err); ok {
		return nil, e.FileError
	} else if err != nil {
		return nil, err
	}
	if o.excludeValue != "" && !doc.when {
		return nil, &FileError{
			File: o.file, Err: ErrUnusedSigns,
			Detail: fmt.Sprintf("no row has the value %q (ExcludeValue) in %q, so none would be excluded",
				clip(o.excludeValue), o.excludeColumn),
		}
	}
	return doc, nil
}

func (doc *document) readText(data []byte, o *options) error {
	fail := func(err error, detail string) error {
		return &FileError{File: o.file, Err: err, Detail: detail}
	}
	if kind := binaryKind(data); kind != "" {
		return fail(ErrText, kind)
	}
	text, encoding, ok := decode(data)
	if !ok {
		return fail(ErrText, "UTF-16 with half a character at its end")
	}
	if strings.IndexByte(text, 0) >= 0 {
		return fail(ErrText, "it holds NUL bytes: binary, or UTF-16 without a byte order mark; save it as UTF-8")
	}
	doc.report.Encoding = encoding
	t, err := readTextTable(text, o)
	if err != nil {
		return err
	}
	if len(t.rows) == 0 {
		return fail(ErrNoEntry, "the file has no rows; give one with a column of codes, called code, icd10 or opcs4")
	}
	doc.report.Delimiter = t.delimiter
	return doc.add(t, o)
}

// readTextTable reads a text, which is JSON or has delimited rows, as a table.
func readTextTable(text string, o *options) (*table, error) {
	if isJSON(text) {
		return readJSON(text, o)
	}
	if isMarkdown(text) {
		return nil, &FileError{File: o.file, Err: ErrText, Detail: "a table of Markdown" + saveText}
	}
	if !o.namesCodes(o.cutLine(o.firstLine(text))) { // cheaper than looking for other formats
		if kind := textKind(text); kind != "" {
			return nil, &FileError{File: o.file, Err: ErrText, Detail: kind}
		}
	}
	return readTable(text, o)
}

// add adds the rows of a table, and of further tables that begin below it with a header of their own. If the first
// table has no code column, add fails before it adds any row.
func (doc *document) add(t *table, o *options) error {
	var above *columns
	for {
		c := &columns{names: t.rows[0].cells, firstData: 1}
		if err := c.findCodes(t, o, above); err != nil {
			return err
		}
		end := t.nextHeader(c, o)
		part := &table{sheet: t.sheet, rows: t.rows[:end], delimiter: t.delimiter, above: t.above, hidden: t.hidden}
		c, err := findColumns(part, o, above)
		if err != nil {
			return err
		}
		if above == nil {
			doc.report.Blank += t.blank
			doc.report.Comments += t.comments
			doc.noteAbove(part, o)
		} else {
			doc.addHeader(c, part, o)
		}
		noted, err := doc.addRows(c, part, o)
		if err != nil {
			return err
		}
		doc.report.Tables = append(doc.report.Tables, c.report(part))
		doc.noteColumns(c, part, o)
		noted.note(doc, part)
		if end == len(t.rows) {
			return nil
		}
		above = c
		t = &table{sheet: t.sheet, rows: t.rows[end:], delimiter: t.delimiter, hidden: t.hidden}
	}
}

// addHeader reports the header of a second or later table as an ignored row.
func (doc *document) addHeader(c *columns, t *table, o *options) {
	row := &t.rows[0]
	s := listRow{
		from: &origin{file: o.file, sheet: t.sheet, column: c.codes[0] + 1},
		row:  doc.next, line: int32(row.line), raw: row.cell(c.codes[0]),
	}
	doc.next++
	s.refuse(Ignored, reasonSecondHeader)
	doc.rows = append(doc.rows, s)
	level, what := LevelNote, "a second table begins with this header"
	if sys := c.stated[0].system; len(c.codes) == 1 && sys != 0 && o.system != 0 && sys != o.system {
		level = LevelWarning
		what = fmt.Sprintf("a second table begins with this header, which states %v: its rows have another coding "+
			"system than %v and are ignored", sys, o.system)
	}
	doc.note(level, t.sheet, row.line, "%s", what)
}

// blankGroup is the name of the group of rows with a blank value.
const blankGroup = "(blank)"

// group holds the rows of a document that have the same value in the grouping column.
type group struct {
	name string
	rows []listRow
}

// groups splits the rows by group, in the order in which the groups first appear.
func (doc *document) groups() []group {
	var all []group
	index := make(map[string]int)
	for i := range doc.rows {
		row := &doc.rows[i]
		name := row.group
		if name == "" {
			name = blankGroup
		}
		n, ok := index[name]
		if !ok {
			n = len(all)
			index[name] = n
			all = append(all, group{name: name})
		}
		all[n].rows = append(all[n].rows, *row)
	}
	return all
}

// split separates the groups that make lists from the rows of all other groups. A group makes no list if all its rows
// are ignored, because they have another coding system or no code.
func split(all []group) (lists []group, rest []listRow) {
	for _, g := range all {
		if slices.ContainsFunc(g.rows, func(s listRow) bool { return s.verdict != Ignored }) {
			lists = append(lists, g)
		} else {
			rest = append(rest, g.rows...)
		}
	}
	slices.SortFunc(rest, func(a, b listRow) int { return int(a.row) - int(b.row) })
	return lists, rest
}
