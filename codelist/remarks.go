package codelist

import (
	"cmp"
	"regexp"
	"strings"
)

// exclusionHeading is a cell that says, in words without spaces, that what stands below is
// left out.
var exclusionHeading = regexp.MustCompile(`^(codes?)?(excluded?|excludes|exclusions?|excluding)` +
	`(the|following|these|codes?|list|criteria|from)*$`)

// remarks are what rows without a code say of codes: a heading that excludes what stands below,
// and codes behind a label in a column of terms.
type remarks struct {
	heading, label int // lines, 0 for none
	pending        int // of a heading with no code below it so far
	labels         int
}

// code tells of a row with a code.
func (r *remarks) code() { r.heading = cmp.Or(r.heading, r.pending) }

// noCode looks at a row without one.
func (r *remarks) noCode(c *columns, row *tableRow) {
	for j, cell := range row.cells {
		switch {
		case len(cell) > 200 || isBlank(cell):
		case c.exclude < 0 && exclusionHeading.MatchString(strings.Join(nameWords(cell), "")):
			r.pending = cmp.Or(r.pending, row.line)
		case nameKind(c.name(j)) == besideTerm && isLabelled(cell):
			r.labels++
			r.label = cmp.Or(r.label, row.line)
		}
	}
}

// note warns of them.
func (r *remarks) note(doc *document, t *table) {
	if r.heading > 0 {
		doc.note(LevelWarning, t.sheet, r.heading, "a heading says that what stands below is excluded, and it is "+
			"included: mark the rows in a column of signs (ExcludeColumn), or take them out")
	}
	if r.labels > 0 {
		doc.note(LevelWarning, t.sheet, r.label,
			"%s without a code (this is the first) with codes behind a colon in a column of terms, which are not "+
				"read: put them into the code column if they are meant", count(r.labels, "row"))
	}
}

// isLabelled reports whether a cell is a label, a colon and codes.
func isLabelled(cell string) bool {
	_, codes, labelled := strings.Cut(cell, ":")
	return labelled && readsAsCodes(codes)
}
