package codelist

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"hesopmatch/internal/rows"
)

// document is a codelist file before any cell of a code is read: its rows, with
// what each states, and what there is to report of the file itself.
type document struct {
	rows   []source
	report Report // without outcomes and families
}

// readDocument reads a file: one table of text, or the sheets of a workbook.
func readDocument(r io.Reader, o *options) (*document, error) {
	data, err := io.ReadAll(io.LimitReader(rows.Guard(r), min(int64(o.maxBytes), math.MaxInt64-1)+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.file, err)
	}
	if len(data) > o.maxBytes {
		return nil, limitError(o, "bytes", o.maxBytes, "MaxBytes")
	}
	doc := &document{report: Report{File: o.file, SHA256: sha256.Sum256(data), Policy: o.policy}}
	if bytes.HasPrefix(data, []byte(zipStart)) && o.workbooks != nil {
		doc.report.Encoding = "Excel workbook"
		err = doc.readSheets(data, o)
	} else {
		err = doc.readText(data, o)
	}
	if err != nil {
		return nil, err
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
	t, err := readTable(text, o)
	if err != nil {
		return err
	}
	if len(t.rows) == 0 {
		return fail(ErrNoEntry, "the file has no rows")
	}
	doc.report.Delimiter = t.delimiter
	return doc.add(t, o)
}

// add takes in the rows of a table. It fails for want of a column before it has taken
// any.
func (doc *document) add(t *table, o *options) error {
	c, err := findColumns(t, o)
	if err != nil {
		return err
	}
	doc.report.Blank += t.blank
	doc.report.Comments += t.comments
	return doc.addSources(c, t, o)
}

// zipStart is what a zip archive, and so an Excel workbook, starts with.
const zipStart = "PK\x03\x04"

// binaryKind tells what a file is that is no text, "" if it may be one.
func binaryKind(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte(zipStart)):
		return "an Excel workbook or other zip archive; read workbooks with the option of package xlsx, or save the sheet as CSV"
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")):
		return "a legacy Excel workbook (.xls), or one with a password; save it as .xlsx without one, or as CSV"
	case bytes.HasPrefix(data, []byte("\x1F\x8B")):
		return "compressed with gzip; decompress it"
	case bytes.HasPrefix(data, []byte("%PDF")):
		return "a PDF document; copy the codes into a text or CSV file"
	}
	return ""
}

func limitError(o *options, what string, limit int, option string) error {
	return &FileError{File: o.file, Err: ErrLimit, Detail: fmt.Sprintf("more than %d %s (%s)", limit, what, option)}
}

// blankGroup is the name of the group of the rows whose value is blank.
const blankGroup = "(blank)"

// group is the rows of a document that have one value in the grouping column.
type group struct {
	name string
	rows []source
}

// groups splits the rows by their group, in the order in which groups appear.
func (doc *document) groups() []group {
	var all []group
	place := make(map[string]int)
	for i := range doc.rows {
		row := &doc.rows[i]
		name := row.group
		if name == "" {
			name = blankGroup
		}
		n, ok := place[name]
		if !ok {
			n = len(all)
			place[name] = n
			all = append(all, group{name: name})
		}
		all[n].rows = append(all[n].rows, *row)
	}
	return all
}

// split cuts off the groups that make no list: those of which every row is of
// another coding system or without a code.
func split(all []group) (lists []group, rest []source) {
	for _, g := range all {
		if slices.ContainsFunc(g.rows, func(s source) bool { return s.verdict != Ignored }) {
			lists = append(lists, g)
		} else {
			rest = append(rest, g.rows...)
		}
	}
	slices.SortFunc(rest, func(a, b source) int { return int(a.row) - int(b.row) })
	return lists, rest
}
