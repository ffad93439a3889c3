package xlsx

import (
	"encoding/xml"
	"strconv"

	"hesopmatch/codelist"
)

// mostMarks is how many hidden rows, hidden columns and struck cells of a sheet are kept.
const mostMarks = 10_000

// styles is the part that says how cells look.
const styles = "xl/styles.xml"

// stylesCheck finds the styles of cells whose text is struck through.
type stylesCheck struct {
	fonts  []bool // whether each font is struck through
	inFont bool
	inXfs  bool // within cellXfs, which cells refer to
	struck map[int]bool
	xfs    int
}

func (s *stylesCheck) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		switch t.Name.Local {
		case "font":
			if !s.inFont { // not that of a difference
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

// isOn reports whether an attribute of truth is on, as it is where it is missing.
func isOn(e xml.StartElement, name string) bool {
	value := attribute(e, name)
	return value != "0" && value != "false"
}

// hides reports whether an element is hidden.
func hides(e xml.StartElement) bool {
	value := attribute(e, "hidden")
	return value == "1" || value == "true"
}

// mark notes what an element of a sheet says of rows, columns and cells.
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

// markCell notes a cell with a text that is struck through.
func (s *sheetCheck) markCell(length int) {
	if s.struck && length > 0 && len(s.marks.Struck) < mostMarks {
		s.marks.Struck = append(s.marks.Struck, codelist.Position{Line: s.row, Column: s.column})
	}
}
