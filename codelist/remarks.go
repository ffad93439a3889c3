package codelist

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// exclusionHeading is a cell that says, in words without spaces, that what stands below is
// left out.
var exclusionHeading = regexp.MustCompile(`^(codes?)?(excluded?|excludes|exclusions?|excluding)` +
	`(the|following|these|codes?|list|criteria|from)*$`)

// noteRemarks warns of rows without a code that say something of codes: a heading that
// excludes what stands below, and codes behind a label in a column of terms.
func (doc *document) noteRemarks(c *columns, t *table) {
	var heading, label int // lines, 0 for none
	pending, labels := 0, 0
	for i := c.firstData; i < len(t.rows); i++ {
		row := &t.rows[i]
		if slices.ContainsFunc(c.codes, func(k int) bool { return !isBlank(row.cell(k)) }) {
			heading = cmp.Or(heading, pending)
			continue
		}
		for j, cell := range row.cells {
			switch {
			case len(cell) > 200 || isBlank(cell):
			case c.exclude < 0 && exclusionHeading.MatchString(strings.Join(nameWords(cell), "")):
				pending = cmp.Or(pending, row.line)
			case nameKind(c.name(j)) == besideTerm && isLabelled(cell):
				labels++
				label = cmp.Or(label, row.line)
			}
		}
	}
	if heading > 0 {
		doc.note(LevelWarning, t.sheet, heading, "a heading says that what stands below is excluded, and it is included: "+
			"mark the rows in a column of signs (ExcludeColumn, -exclude-column), or take them out")
	}
	if labels > 0 {
		doc.note(LevelWarning, t.sheet, label, "%s without a code (this is the first) with codes behind a colon in a "+
			"column of terms, which are not read: "+
			"put them into the code column if they are meant", count(labels, "row"))
	}
}

// isLabelled reports whether a cell is a label, a colon and codes.
func isLabelled(cell string) bool {
	_, codes, labelled := strings.Cut(cell, ":")
	return labelled && readsAsCodes(codes)
}
