package codelist

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
)

// Parse reads a codelist from text: CSV, TSV or one code a line, with its
// columns found by their headers; see the package documentation for the rules.
//
// By default any row that is rejected fails the parse with a *RejectedError that
// holds all of them; with Lenient they stay in the report. A file that cannot be
// read as a codelist at all, or that leaves no entry, fails with a *FileError.
// Memory is linear in the size of the file, about 400 bytes a row.
func Parse(name string, r io.Reader, opts ...Option) (*List, error) {
	o := newOptions(opts)
	if o.file == "" {
		o.file = name
	}
	data, err := io.ReadAll(io.LimitReader(r, int64(o.maxBytes)+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.file, err)
	}
	if len(data) > o.maxBytes {
		return nil, limitError(o, "bytes", o.maxBytes, "MaxBytes")
	}
	fail := func(err error, detail string) (*List, error) {
		return nil, &FileError{File: o.file, Err: err, Detail: detail}
	}
	if kind := binaryKind(data); kind != "" {
		return fail(ErrText, kind)
	}
	text, encoding, ok := decode(data)
	if !ok {
		return fail(ErrText, "UTF-16 with half a character at its end")
	}
	t, err := readTable(text, o)
	if err != nil {
		return nil, err
	}
	if len(t.rows) == 0 {
		return fail(ErrNoEntry, "the file has no rows")
	}
	c, err := findColumns(t, o)
	if err != nil {
		return nil, err
	}
	sources, err := c.sources(t, o)
	if err != nil {
		return nil, err
	}
	d, err := readRows(name, sources, o)
	if err != nil {
		return nil, err
	}
	l := d.list(o.policy)
	l.report.File, l.report.SHA256 = o.file, sha256.Sum256(data)
	l.report.Encoding, l.report.Delimiter = encoding, t.delimiter
	l.report.Blank, l.report.Comments = t.blank, t.comments
	return l.check(o)
}

// check fails a list that has rejected rows, if it is not lenient, or no entry.
func (l *List) check(o *options) (*List, error) {
	rejected := l.report.Count(Rejected)
	if rejected > 0 && !o.lenient {
		e := &RejectedError{File: o.file}
		for out := range l.report.Outcomes() {
			if out.Verdict == Rejected {
				e.Rows = append(e.Rows, out)
			}
		}
		return nil, e
	}
	if len(l.entries) == 0 {
		detail := fmt.Sprintf("%d rows rejected, %d ignored", rejected, l.report.Count(Ignored))
		return nil, &FileError{File: o.file, Err: ErrNoEntry, Detail: detail}
	}
	return l, nil
}

func limitError(o *options, what string, limit int, option string) error {
	return &FileError{File: o.file, Err: ErrLimit, Detail: fmt.Sprintf("more than %d %s (%s)", limit, what, option)}
}

// binaryKind tells what a file is that is no text, "" if it may be one.
func binaryKind(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return "an Excel workbook or other zip archive; save the sheet as CSV"
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")):
		return "a legacy Excel workbook (.xls); save it as .xlsx or CSV"
	case bytes.HasPrefix(data, []byte("\x1F\x8B")):
		return "compressed with gzip; decompress it"
	case bytes.HasPrefix(data, []byte("%PDF")):
		return "a PDF document"
	}
	return ""
}

// sources lists the rows of a table with what each states.
func (c *columns) sources(t *table, o *options) ([]source, error) {
	rows := make([]source, 0, len(t.rows)-c.firstData)
	for i := c.firstData; i < len(t.rows); i++ {
		row := &t.rows[i]
		s := source{
			pos:  Position{File: o.file, Line: row.line, Column: c.code + 1},
			raw:  row.cell(c.code),
			term: strings.TrimFunc(row.cell(c.term), isSpace),
		}
		if strings.TrimFunc(s.raw, func(r rune) bool { return isSpace(r) || isZeroWidth(r) }) == "" {
			s.verdict, s.reason = Ignored, reasonNoCode
			rows = append(rows, s)
			continue
		}
		sys, verdict, reason := c.systemOf(row, o)
		if sys == 0 && reason == "" {
			return nil, &FileError{
				File: o.file, Line: row.line, Err: ErrNoSystem,
				Detail: "state it with InSystem (-icd10, -opcs4) or in a column coding_system",
			}
		}
		s.system, s.verdict, s.reason = sys, verdict, reason
		if c.exclude >= 0 && sys != 0 {
			exclude, ok := readSign(c.names[c.exclude], row.cell(c.exclude))
			if s.exclude = exclude; !ok {
				s.system, s.verdict, s.reason = 0, Rejected, reasonSign
			}
		}
		rows = append(rows, s)
	}
	return rows, nil
}

// systemOf is the coding system of a row: what its own columns state, else the
// header of the code column, else the caller. Without one the reason, if any,
// says why the row is not used.
func (c *columns) systemOf(row *tableRow, o *options) (sys System, verdict Verdict, reason string) {
	stated := false
	for _, i := range c.system {
		cell := row.cell(i)
		key := foldName(cell)
		if key == "" || key == "icd" {
			continue
		}
		s, ok := ParseSystem(cell)
		switch {
		case !stated && !ok:
			reason = reasonOtherSystem + clip(strings.Join(strings.Fields(cell), " "))
		case stated && s != sys:
			return 0, Rejected, reasonTwoSystems
		}
		stated = true
		sys = s
	}
	switch {
	case stated && sys == 0:
		return 0, Ignored, reason
	case stated && o.system != 0 && sys != o.system:
		return 0, Ignored, reasonOtherSystem + sys.String()
	case stated:
		return sys, Accepted, ""
	case c.stated != 0:
		return c.stated, Accepted, ""
	default:
		return o.system, Accepted, ""
	}
}
