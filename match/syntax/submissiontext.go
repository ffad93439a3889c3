package syntax

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf16"

	"hesopmatch/codelist"
	"hesopmatch/internal/rows"
)

// submittedFile writes a text file with added rows.
type submittedFile struct {
	mark    []byte // the byte order mark, if any
	text    []byte // the rest, in UTF-8 or Windows-1252: delimiters and line ends are one byte
	raw     []byte // the rest in the encoding of the file
	wide    bool   // the file is UTF-16
	big     bool   // the high byte comes first, in UTF-16
	written []byte // the new file, as far as it is complete
	copied  int    // number of bytes of raw in written
}

// addToText adds rows to a text file, each at the end of the table that holds the entry of the row.
func (s *submitter) addToText(tables []codelist.TableReport, places map[int][]submittedRow) ([]byte, error) {
	f := newSubmittedFile(s.source)
	if isJSONList(f.text) {
		return nil, s.fail("", 0, "JSON has no rows to add to; save the codes as CSV, or as plain text with one "+
			"code a line")
	}
	for i := range tables {
		if len(places[i]) == 0 {
			continue
		}
		start, end := f.line(tables[i].Line), len(f.text)
		if i+1 < len(tables) {
			end = f.line(tables[i+1].Line)
		}
		t := &textTable{TableReport: tables[i], comma: s.report().Delimiter, grouped: s.column != ""}
		if err := t.read(f.text[start:end], places[i]); err != nil {
			return nil, s.fail("", tables[i].Line, "the table cannot be read again: %v", err)
		}
		var added bytes.Buffer
		if last := f.text[end-1]; last != '\n' && last != '\r' {
			added.WriteString(t.lineEnd)
		}
		for _, row := range places[i] {
			t.write(&added, row)
		}
		f.insert(end, added.Bytes())
	}
	return append(f.written, f.raw[f.copied:]...), nil
}

// newSubmittedFile returns a submittedFile to which only the byte order mark has been written.
func newSubmittedFile(source []byte) *submittedFile {
	f := &submittedFile{text: source, raw: source}
	for _, mark := range []string{"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"} {
		if bytes.HasPrefix(source, []byte(mark)) {
			f.mark, f.raw = source[:len(mark)], source[len(mark):]
			f.text, f.wide, f.big = f.raw, len(mark) == 2, mark[0] == '\xFE'
			break
		}
	}
	f.written = bytes.Clone(f.mark)
	if f.wide {
		units := make([]uint16, len(f.raw)/2)
		for i := range units {
			units[i] = f.unit(f.raw[2*i], f.raw[2*i+1])
		}
		f.text = []byte(string(utf16.Decode(units)))
	}
	return f
}

// unit returns the UTF-16 unit of two bytes.
func (f *submittedFile) unit(first, second byte) uint16 {
	if f.big {
		first, second = second, first
	}
	return uint16(first) | uint16(second)<<8
}

// line returns the offset in the text at which a physical line starts. Lines are numbered from 1.
func (f *submittedFile) line(number int) int {
	at := 0
	for range number - 1 {
		n := bytes.IndexAny(f.text[at:], "\r\n")
		if n < 0 {
			return len(f.text)
		}
		at += n + 1
		if f.text[at-1] == '\r' && at < len(f.text) && f.text[at] == '\n' {
			at++
		}
	}
	return at
}

// insert copies the file up to an offset of the text, and then writes rows.
func (f *submittedFile) insert(at int, added []byte) {
	if f.wide {
		units := 0
		for _, r := range string(f.text[:at]) {
			units += utf16.RuneLen(r)
		}
		at = 2 * units
		var wide []byte
		for _, u := range utf16.Encode([]rune(string(added))) {
			pair := [2]byte{byte(u), byte(u >> 8)}
			if f.big {
				pair[0], pair[1] = pair[1], pair[0]
			}
			wide = append(wide, pair[:]...)
		}
		added = wide
	}
	f.written = append(append(f.written, f.raw[f.copied:at]...), added...)
	f.copied = at
}

// textTable is a table of a text file.
type textTable struct {
	codelist.TableReport
	comma   byte // the delimiter, 0 in a file of one column
	grouped bool
	lineEnd string
	cells   map[int][]string // by line of a covering row: the cells of the row as they are written, with their quotes
}

// read reads the line end of a table, and the rows whose entries cover the added rows.
func (t *textTable) read(text []byte, added []submittedRow) error {
	t.cells = make(map[int][]string)
	for _, row := range added {
		t.cells[row.at.Line] = nil
	}
	t.lineEnd = "\n"
	s := rows.NewScanner(bytes.NewReader(text), t.comma, true, rows.MaxLimit)
	var row rows.Row
	for first := true; ; first = false {
		if err := s.Next(&row); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if end := text[int(row.Offset)+len(row.Data):]; first {
			switch {
			case bytes.HasPrefix(end, []byte("\r\n")):
				t.lineEnd = "\r\n"
			case bytes.HasPrefix(end, []byte("\r")):
				t.lineEnd = "\r"
			}
		}
		line := t.Line + int(row.Line) - 1
		if _, covers := t.cells[line]; !covers {
			continue
		}
		cells := make([]string, len(row.Fields))
		for i, f := range row.Fields {
			from, to := f.Start, f.End
			if from > 0 && row.Data[from-1] == '"' {
				from, to = from-1, to+1
			}
			cells[i] = string(row.Data[from:to])
		}
		t.cells[line] = cells
	}
}

// write writes a row.
func (t *textTable) write(to *bytes.Buffer, row submittedRow) {
	like := t.cells[row.at.Line]
	cell := func(column int) string { // the text of a cell of the covering row
		if column < 1 || column > len(like) {
			return ""
		}
		return like[column-1]
	}
	cells := make([]string, max(t.Width, row.at.Column))
	set := func(column int, text string) {
		for column > len(cells) {
			cells = append(cells, "")
		}
		cells[column-1] = text
	}
	for _, column := range copiedColumns(t.TableReport, t.grouped) {
		if text := cell(column); text != "" {
			set(column, text)
		}
	}
	if term := termColumn(t.TableReport, t.grouped); term > 0 {
		set(term, t.quote(row.term, cell(term)))
	}
	set(row.at.Column, t.quote(row.text, cell(row.at.Column)))
	to.WriteString(strings.Join(cells, string([]byte{t.comma})) + t.lineEnd)
}

// copiedColumns returns the columns that an added row copies from the row that covers it: systems, signs and the group.
func copiedColumns(t codelist.TableReport, grouped bool) []int {
	columns := append(append([]int(nil), t.Systems...), t.Signs...)
	if grouped && t.Group > 0 {
		columns = append(columns, t.Group)
	}
	return columns
}

// termColumn returns the column of terms, which says that hesopmatch added a row. It returns 0 if there is no such
// column.
func termColumn(t codelist.TableReport, grouped bool) int {
	if grouped && t.Term == t.Group {
		return 0
	}
	return t.Term
}

// quote puts a text into quotes if the text contains the delimiter, or if the cell of the covering row has quotes. The
// second argument is the text of that cell.
func (t *textTable) quote(text, like string) string {
	if strings.HasPrefix(like, `"`) || t.comma != 0 && strings.IndexByte(text, t.comma) >= 0 {
		return `"` + text + `"`
	}
	return text
}
