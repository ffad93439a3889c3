package cohort

import (
	"fmt"
	"slices"
	"strings"
)

// barColumn is a column of bars in a table. -svg writes each such column as a chart of its own.
type barColumn struct {
	File  string
	Scale string // what the bars show, and the ends of their scale
}

// Lengths of a bar chart: a row is a label above a bar, with its number at the right.
const (
	barRow   = 32
	barWidth = 250
)

// barCharts draws the bar columns of a table as charts. It skips a column without a bar.
func (t *table) barCharts() (all []*chart) {
	for k, column := range t.Bars {
		c := &chart{File: column.File, Name: t.Name, Finding: t.Finding, Height: 20}
		if t.Title != "" {
			c.Name, c.Finding = t.Title, ""
		}
		c.text("", "start", 0, 12, column.Scale)
		drawn := false
		for _, row := range t.Rows {
			at := row.barAt(k)
			if at < 0 {
				continue
			}
			drawn = drawn || len(row.Cells[at].Bar) > 0
			c.barRow(row, at)
		}
		c.line("base", 0, 20, 0, float64(c.Height))
		if drawn {
			all = append(all, c)
		}
	}
	return all
}

// barAt returns the index of the row's cell in the given column of bars, or -1 if the row has no such cell.
func (r tableRow) barAt(column int) int {
	for i, c := range r.Cells {
		if c.Class != barClass {
			continue
		}
		if column == 0 {
			return i
		}
		column--
	}
	return -1
}

// barRow draws a row of a table: its name and term, the bar, and the number from the cell before the bar.
func (c *chart) barRow(r tableRow, at int) {
	y := float64(c.Height)
	label := r.Name
	if i := slices.IndexFunc(r.Cells, func(c cell) bool { return c.Class == termClass }); i >= 0 {
		label = strings.TrimSpace(label + " " + r.Cells[i].Text)
	}
	for i, line := range lines(label, svgLetters) {
		if i > 0 {
			y += svgLine - 1
			c.Height += svgLine - 1
		}
		c.text("finding", "start", 4, y+12, line)
	}
	for _, p := range r.Cells[at].Bar {
		c.rect(p.Class, float64(p.X)*barWidth/100, y+16, float64(p.W)*barWidth/100, 10)
	}
	if at > 0 && len(r.Cells[at].Bar) < 3 { // the bar of answers has three parts, and no room for their numbers
		c.text("val", "end", chartWidth, y+26, r.Cells[at-1].Text)
	}
	c.Height += barRow
}

// upTo returns the description of a bar scale: what the bars show, and the ends of the scale.
func upTo(what string, top float64) string {
	return fmt.Sprintf("%s, 0 to %s", what, percentLabel(top))
}
