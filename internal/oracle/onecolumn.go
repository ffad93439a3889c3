package oracle

import (
	"slices"
	"strings"
)

// oneColumn is a file as its text shows it: where the row that is to show the delimiter
// has one cell, and no row below it reads as a header of two, there is no delimiter, and
// every row is one cell. It is refused where such a row has quotes in its midst.
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

// lines are the rows of a file as one cell each, its text.
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
