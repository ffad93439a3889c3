package oracle

import (
	"slices"
	"strings"
)

// oneColumn returns the rows of a file without a delimiter as one cell each. A file has no delimiter if the row that
// should show it has one cell, and no row below reads as a header of several cells. oneColumn refuses such a file if a
// row starts with a quoted cell and has further cells.
func (s Sheet) oneColumn(c Choices) (Sheet, []string) {
	row, refused := s.firstHeader(c)
	if len(refused) > 0 {
		return s, nil
	}
	if row < 0 {
		row = s.firstRow()
	}
	if len(s[row]) != 1 {
		return s, nil
	}
	for below := row + 1; below < len(s); below++ {
		if s.filled(below) > 1 && s.readsAsHeader(below, codeColumns(s[below], c)) {
			return s, nil
		}
	}
	for _, cells := range s[row:] {
		switch {
		case len(cells) < 2 || !strings.HasPrefix(rowText(cells), `"`):
		case c.CodeColumn != "":
			return s, []string{NoColumn}
		default:
			return s, []string{NoCodeColumn}
		}
	}
	return s.lines(), nil
}

// lines returns each row of a file as one cell that holds the text of the row.
func (s Sheet) lines() Sheet {
	s = slices.Clone(s)
	for i, cells := range s {
		if len(cells) > 1 {
			s[i] = []string{rowText(cells)}
		}
	}
	return s
}

// rowText writes a row as CSV.
func rowText(cells []string) string {
	var b strings.Builder
	for i, cell := range cells {
		if i > 0 {
			b.WriteByte(',')
		}
		if strings.ContainsAny(cell, "\",\n;|\t") {
			cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		b.WriteString(cell)
	}
	return b.String()
}
