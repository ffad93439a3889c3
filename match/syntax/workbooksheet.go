package syntax

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"hesopmatch/codelist"
)

// mostSheetRows is the maximum number of rows of a sheet.
const mostSheetRows = 1 << 20

// sheetPatch adds rows to the XML of a sheet.
type sheetPatch struct {
	codelist.TableReport
	grouped bool
	data    []byte
	added   []submittedRow

	prefix    string // namespace prefix of the names of elements, with its colon
	last      int    // number of the last row
	right     int    // number of the last column
	end       int    // offset of the end tag of sheetData
	dimension [2]int // start and end of the tag that states the range of cells
	cells     map[sheetPlace]sheetValue
}

// sheetPlace is the row and column of a cell, from 1.
type sheetPlace struct{ row, column int }

// sheetValue is the content of a cell: its type, and its elements as they are written.
type sheetValue struct {
	kind string
	xml  string
}

// patch returns the XML of the sheet with the rows added after its last row, and with a dimension that includes them.
func (p *sheetPatch) patch() ([]byte, error) {
	if err := p.read(); err != nil {
		return nil, err
	}
	if p.last+len(p.added) > mostSheetRows {
		return nil, fmt.Errorf("the sheet has rows down to %d, and no room for %d more", p.last, len(p.added))
	}
	var rows bytes.Buffer
	columns := make(map[int]bool)
	for i, row := range p.added {
		p.write(&rows, p.last+1+i, row, columns)
	}
	tag := p.data[p.dimension[0]:p.dimension[1]]
	return slices.Concat(p.data[:p.dimension[0]], p.largerDimension(tag, columns), p.data[p.dimension[1]:p.end],
		rows.Bytes(), p.data[p.end:]), nil
}

type sheetReader struct {
	*sheetPatch
	depth       int
	inData      bool
	row, column int
	wanted      map[sheetPlace]bool // cells to copy
	value       *sheetValue         // the content of the current cell, nil unless the cell is wanted
	from        int                 // start of the current element, "v" or "is"; 0 outside both
}

// read finds the offsets at which patch changes the sheet, and reads the cells to copy.
func (p *sheetPatch) read() error {
	p.cells = make(map[sheetPlace]sheetValue)
	r := &sheetReader{sheetPatch: p, wanted: make(map[sheetPlace]bool)}
	for _, row := range p.added {
		for _, column := range copiedColumns(p.TableReport, p.grouped) {
			r.wanted[sheetPlace{row.at.Line, column}] = true
		}
	}
	d := xml.NewDecoder(bytes.NewReader(p.data))
	for {
		from := int(d.InputOffset())
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			r.depth++
			err = r.start(t, from, int(d.InputOffset()))
		case xml.EndElement:
			r.stop(t, from, int(d.InputOffset()))
			r.depth--
		}
		if err != nil {
			return err
		}
	}
	if p.end == 0 {
		return errors.New("the sheet has no complete sheetData element")
	}
	return nil
}

// Depths of the elements of a sheet.
const (
	depthTable = 2 // sheetData, dimension
	depthRow   = 3
	depthCell  = 4
	depthValue = 5
)

// start processes the start of an element.
func (r *sheetReader) start(e xml.StartElement, from, to int) error {
	switch name := e.Name.Local; {
	case r.depth == depthTable && name == "dimension":
		r.dimension = [2]int{from, to}
	case r.depth == depthTable && name == "sheetData":
		r.inData = true
		if e.Name.Space != "" {
			r.prefix = e.Name.Space + ":"
		}
	case !r.inData:
	case r.depth == depthRow && name == "row":
		r.row, r.column = r.row+1, 0
		if text := attributeOf(e, "r"); text != "" {
			n, err := strconv.Atoi(text)
			if err != nil {
				return fmt.Errorf("a row has the invalid number %.20q", text)
			}
			r.row = n
		}
		r.last = max(r.last, r.row)
	case r.depth == depthCell && name == "c":
		r.column++
		if text := attributeOf(e, "r"); text != "" {
			r.column = columnNumber(text)
		}
		r.right = max(r.right, r.column)
		if r.wanted[sheetPlace{r.row, r.column}] {
			r.value = &sheetValue{kind: attributeOf(e, "t")}
		}
	case r.depth == depthValue && (name == "v" || name == "is"):
		r.from = from
	}
	return nil
}

// stop processes the end of an element.
func (r *sheetReader) stop(e xml.EndElement, from, to int) {
	switch name := e.Name.Local; {
	case !r.inData:
	case r.depth == depthTable && name == "sheetData":
		r.inData = false
		if bytes.HasPrefix(r.data[from:], []byte("</")) { // not a self-closing element
			r.end = from
		}
	case r.depth == depthCell && r.value != nil:
		r.cells[sheetPlace{r.row, r.column}] = *r.value
		r.value = nil
	case r.depth == depthValue && r.from > 0:
		if r.value != nil {
			r.value.xml += string(r.data[r.from:to])
		}
		r.from = 0
	}
}

// write writes a row and records the columns in which the row has cells.
func (p *sheetPatch) write(to *bytes.Buffer, number int, row submittedRow, columns map[int]bool) {
	cells := make(map[int]sheetValue)
	for _, column := range copiedColumns(p.TableReport, p.grouped) {
		if like := p.cells[sheetPlace{row.at.Line, column}]; like.xml != "" {
			cells[column] = like
		}
	}
	text := func(text string) sheetValue { // no text has a character that XML must escape
		return sheetValue{"inlineStr", fmt.Sprintf("<%[1]sis><%[1]st>%[2]s</%[1]st></%[1]sis>", p.prefix, text)}
	}
	if term := termColumn(p.TableReport, p.grouped); term > 0 {
		cells[term] = text(row.term)
	}
	cells[row.at.Column] = text(row.text)
	fmt.Fprintf(to, `<%srow r="%d">`, p.prefix, number)
	for _, column := range slices.Sorted(maps.Keys(cells)) {
		columns[column] = true
		kind := ""
		if cells[column].kind != "" {
			kind = fmt.Sprintf(` t="%s"`, cells[column].kind)
		}
		fmt.Fprintf(to, `<%[1]sc r="%[2]s%[3]d"%[4]s>%[5]s</%[1]sc>`,
			p.prefix, columnLetters(column), number, kind, cells[column].xml)
	}
	fmt.Fprintf(to, `</%srow>`, p.prefix)
}

// dimensionRef matches the range of cells that a sheet states.
var dimensionRef = regexp.MustCompile(`(\sref\s*=\s*["'])([A-Z]+)([0-9]+)(?::([A-Z]+)([0-9]+))?(["'])`)

// largerDimension returns the tag of the dimension, extended to include the added rows.
func (p *sheetPatch) largerDimension(tag []byte, columns map[int]bool) []byte {
	m := dimensionRef.FindSubmatchIndex(tag)
	if m == nil {
		return tag // the sheet states no range, so none can be wrong
	}
	part := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return string(tag[m[2*i]:m[2*i+1]])
	}
	left, top := columnNumber(part(2)), part(3)
	right := max(left, columnNumber(part(4)), p.right)
	for column := range columns {
		left, right = min(left, column), max(right, column)
	}
	ref := fmt.Sprintf("%s%s:%s%d", columnLetters(left), top, columnLetters(right), p.last+len(p.added))
	return slices.Concat(tag[:m[4]], []byte(ref), tag[m[12]:])
}

// attributeOf returns the value of an attribute without a namespace, or "".
func attributeOf(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// columnNumber returns the column of a cell reference such as A1, counted from 1, or 0 if it has no letters.
func columnNumber(cell string) int {
	n := 0
	for _, c := range strings.ToUpper(cell) {
		if c < 'A' || c > 'Z' {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n
}

func columnLetters(n int) string {
	name := ""
	for ; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}
