package xlsx

import (
	"encoding/xml"
	"strconv"

	"hesopmatch/codelist"
)

// mostMarks is the maximum number of hidden rows, of hidden columns and of struck-through cells that are kept for a
// sheet.
const mostMarks = 10_000

// styles is the name of the part that holds the styles of cells.
const styles = "xl/styles.xml"

// stylesCheck finds the cell styles whose text is struck through.
type stylesCheck struct {
	fonts  []bool // whether each font is struck through
	inFont bool
	inXfs  bool         // within cellXfs, which cells refer to
	struck map[int]bool // numbers of the cell styles that are struck through
	xfs    int          // number of cell styles so far
}

func (s *stylesCheck) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		switch t.Name.Local {
		case "font":
			if !s.inFont { // a font within a font does not count
				s.inFont, s.fonts = true, append(s.fonts, false)
			}
		case "strike":
			if s.inFont && isOn(t, "val") {
				s.fonts[len(s.fonts)-1] = true
			}
		case "cellXfs":
			s.inXfs = true
		case "xf":
			font, err := strconv.Atoi(attribute(t, "fontId"))
			if s.inXfs && err == nil && font >= 0 && font < len(s.fonts) && s.fonts[font] {
				s.struck[s.xfs] = true
			}
			if s.inXfs {
				s.xfs++
			}
		}
	case xml.EndElement:
		switch t.Name.Local {
		case "font":
			s.inFont = false
		case "cellXfs":
			s.inXfs = false
		}
	}
	return nil
}

// isOn reports whether a boolean attribute is true. An absent attribute counts as true.
func isOn(e xml.StartElement, name string) bool {
	value := attribute(e, name)
	return value != "0" && value != "false"
}

// hides reports whether an element is hidden.
func hides(e xml.StartElement) bool {
	value := attribute(e, "hidden")
	return value == "1" || value == "true"
}

// mark records hidden rows and columns, and whether a cell is struck through.
func (s *sheetCheck) mark(e xml.StartElement) {
	switch e.Name.Local {
	case "row":
		if hides(e) && len(s.marks.HiddenRows) < mostMarks {
			s.marks.HiddenRows = append(s.marks.HiddenRows, s.row)
		}
	case "col":
		low, errLow := strconv.Atoi(attribute(e, "min"))
		high, errHigh := strconv.Atoi(attribute(e, "max"))
		if !hides(e) || errLow != nil || errHigh != nil {
			return
		}
		for i := max(low, 1); i <= high && len(s.marks.HiddenColumns) < mostMarks; i++ {
			s.marks.HiddenColumns = append(s.marks.HiddenColumns, i)
		}
	case "c":
		style, err := strconv.Atoi(attribute(e, "s"))
		s.struck = err == nil && s.struckStyles[style]
	case "strike":
		s.struck = s.struck || isOn(e, "val")
	}
}

// markCell records the current cell if its text, of the given length, is not empty and is struck through.
func (s *sheetCheck) markCell(length int) {
	if s.struck && length > 0 && len(s.marks.Struck) < mostMarks {
		s.marks.Struck = append(s.marks.Struck, codelist.Position{Line: s.row, Column: s.column})
	}
}
