package xlsx

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"hesopmatch/codelist"

	"github.com/xuri/excelize/v2"
)

// mostText is the maximum number of bytes of text in a cell: four for each character that a spreadsheet allows.
const mostText = 4 * excelize.TotalCellChars

// textCheck measures the text of a string: the content of its <t> elements, except phonetic guides.
type textCheck struct {
	inside   bool // within a <t> element
	phonetic int  // depth of nested <rPh> elements
	length   int
}

func (c *textCheck) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		switch t.Name.Local {
		case "t":
			c.inside = true
		case "rPh":
			c.phonetic++
		}
	case xml.EndElement:
		switch t.Name.Local {
		case "t":
			c.inside = false
		case "rPh":
			c.phonetic--
		}
	case xml.CharData:
		if c.inside && c.phonetic == 0 {
			c.length += len(t)
		}
	}
	if c.length > mostText {
		return fmt.Errorf("%w: a text is longer than the %d characters that a cell can have",
			ErrWorkbook, excelize.TotalCellChars)
	}
	return nil
}

// stringsCheck measures the shared strings. Limits.Cells also limits the number of shared strings plus runs of text in
// one style.
type stringsCheck struct {
	*checker
	text    textCheck
	lengths []int
	struck  map[int]bool
}

func (c *stringsCheck) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		switch t.Name.Local {
		case "si":
			c.text = textCheck{}
			if err := c.countRun(); err != nil {
				return err
			}
		case "r", "rPh":
			if err := c.countRun(); err != nil {
				return err
			}
		case "strike":
			if isOn(t, "val") {
				if c.struck == nil {
					c.struck = make(map[int]bool)
				}
				c.struck[len(c.lengths)] = true
			}
		}
	case xml.EndElement:
		if t.Name.Local == "si" {
			c.lengths = append(c.lengths, c.text.length)
		}
	}
	return c.text.take(token)
}

// countRun counts a shared string, or a run of one style.
func (c *checker) countRun() error {
	if c.runs++; c.runs > c.limits.Cells {
		return limitError("shared strings and runs of one style", c.limits.Cells, "Cells")
	}
	return nil
}

// sheetCheck checks that the rows are in order, that the cells of each row are in order, and that the shared strings to
// which cells refer exist.
type sheetCheck struct {
	*checker
	row, column int // of the last cell
	filled      int // number of cells with content
	unstored    string
	marks       codelist.SheetMarks

	// Of the current cell:
	kind    string
	formula bool
	valued  bool // has a value, even an empty one
	inValue bool
	value   []byte
	text    textCheck
	struck  bool
}

func (s *sheetCheck) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		if err := s.start(t); err != nil {
			return err
		}
		s.mark(t)
	case xml.CharData:
		if s.inValue {
			s.value = append(s.value, t...)
		}
	case xml.EndElement:
		switch t.Name.Local {
		case "v":
			s.inValue = false
		case "c":
			if err := s.endCell(); err != nil {
				return err
			}
		}
	}
	return s.text.take(token)
}

// start handles the start of a row, a cell or the value of a cell.
func (s *sheetCheck) start(e xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		return s.startRow(attribute(e, "r"))
	case "c":
		s.kind, s.value, s.text = attribute(e, "t"), s.value[:0], textCheck{}
		s.formula, s.valued = false, false
		return s.startCell(attribute(e, "r"))
	case "f":
		s.formula = true
	case "v":
		s.inValue, s.valued = true, true
	case "r", "rPh":
		return s.countRun()
	}
	return nil
}

func (s *sheetCheck) startRow(number string) error {
	row := s.row + 1
	if number != "" {
		n, err := strconv.Atoi(number)
		if err != nil || n < row {
			return fmt.Errorf("%w: row %.20q is out of order: it follows row %d", ErrWorkbook, number, s.row)
		}
		row = n
	}
	if row > excelize.TotalRows {
		return fmt.Errorf("%w: row %d is beyond the last row of a sheet", ErrWorkbook, row)
	}
	s.row, s.column = row, 0
	return nil
}

func (s *sheetCheck) startCell(name string) error {
	column := s.column + 1
	if name != "" {
		n, row, err := excelize.CellNameToCoordinates(name)
		if err != nil || n < column || row != s.row {
			return fmt.Errorf("%w: cell %.20q is out of order: it follows column %d of row %d",
				ErrWorkbook, name, s.column, s.row)
		}
		column = n
	}
	if column > excelize.MaxColumns {
		return fmt.Errorf("%w: column %d is beyond the last column of a sheet", ErrWorkbook, column)
	}
	if s.cells += int64(column - s.column); s.cells > s.limits.Cells {
		return limitError("cells", s.limits.Cells, "Cells")
	}
	s.column = column
	return nil
}

// endCell counts the text of a cell. The text is the value, unless the cell has an inline text or the value is the
// number of a shared string.
func (s *sheetCheck) endCell() error {
	length := len(s.value)
	// A spreadsheet stores the result "" as an empty text. Other programs leave an empty value where they have not
	// computed the formula.
	if s.formula && length == 0 && (!s.valued || s.kind != "str") && s.unstored == "" {
		s.unstored = fmt.Sprintf("row %d, column %d", s.row, s.column)
	}
	switch {
	case s.kind == "s" && length > 0:
		n, err := strconv.Atoi(strings.TrimSpace(string(s.value)))
		if err != nil || n < 0 || n >= len(s.shared) {
			return fmt.Errorf("%w: row %d, column %d refers to string %.20q of %d",
				ErrWorkbook, s.row, s.column, s.value, len(s.shared))
		}
		length = s.shared[n]
		s.struck = s.struck || s.struckStrings[n]
	case s.kind == "inlineStr" && length == 0:
		length = s.text.length
	case s.text.length > 0 && s.kind != "inlineStr":
		return fmt.Errorf("%w: row %d, column %d has a text but another cell type", ErrWorkbook, s.row, s.column)
	}
	if length > 0 {
		s.filled++
	}
	s.markCell(length)
	if s.checker.text += int64(length); s.checker.text > s.limits.Unzipped {
		return limitError("bytes of text in cells", s.limits.Unzipped, "Unzipped")
	}
	return nil
}
