package codelist

import (
	"fmt"
	"slices"
)

// TableReport records how Parse read the columns of one table. A file, or a sheet of a workbook, is one table unless a
// second header begins another. Columns have numbers from 1; 0 means none.
type TableReport struct {
	Sheet   string // of a workbook, "" in a text file
	Line    int    // where the first row is: its physical line, or its row in the sheet, from 1
	Width   int    // cells of the first row
	Codes   []int  // one, or two of different coding systems
	Systems []int  // columns of coding systems
	Signs   []int  // columns that separate exclusions from inclusions, whether or not ExcludeColumn names them
	Term    int
	Group   int // the column of ParseGroups, or the one called category or the like
}

// String returns the location of the table and its code columns: "line 1, codes in columns [2]".
func (t TableReport) String() string {
	return fmt.Sprintf("%s, codes in columns %v", Position{Sheet: t.Sheet, Line: t.Line}.row(), t.Codes)
}

// report returns how the columns of a table were read.
func (c *columns) report(t *table) TableReport {
	r := TableReport{
		Sheet: t.sheet, Line: t.rows[0].line, Width: len(t.rows[0].cells), Term: c.term + 1, Group: c.group + 1,
	}
	for _, i := range c.codes {
		r.Codes = append(r.Codes, i+1)
	}
	for _, s := range c.system {
		r.Systems = append(r.Systems, s.index+1)
	}
	for _, i := range c.signs {
		r.Signs = append(r.Signs, i+1)
	}
	if c.exclude >= 0 && !slices.Contains(c.signs, c.exclude) {
		r.Signs = append(r.Signs, c.exclude+1)
	}
	return r
}
