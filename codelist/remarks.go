package codelist

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// exclusionHeading matches the words of a cell, joined without spaces, if the cell announces exclusions below it.
var exclusionHeading = regexp.MustCompile(`^(codes?)?(excluded?|excludes|exclusions?|excluding)` +
	`(the|following|these|codes?|list|criteria|from)*$`)

// remarks collects what rows without a code suggest: a heading announces exclusions, or codes follow a label in a
// column of terms.
type remarks struct {
	heading, label int // line of the first heading and of the first label, 0 for none
	pending        int // line of a heading with no code below it so far
	labels         int // number of rows with codes after a label
}

// code records a row with a code.
func (r *remarks) code() { r.heading = cmp.Or(r.heading, r.pending) }

// noCode records a row without a code.
func (r *remarks) noCode(c *columns, row *tableRow) {
	for j, cell := range row.cells {
		switch {
		case len(cell) > 200 || isBlank(cell):
		case c.exclude < 0 && exclusionHeading.MatchString(strings.Join(nameWords(cell), "")):
			r.pending = cmp.Or(r.pending, row.line)
		case nameKind(c.name(j)) == besideTerm && codesAfterColon(cell):
			r.labels++
			r.label = cmp.Or(r.label, row.line)
		}
	}
}

// note adds the warnings to doc.
func (r *remarks) note(doc *document, t *table) {
	if r.heading > 0 {
		doc.note(LevelWarning, t.sheet, r.heading, "a heading says that the rows below are excluded, but they are "+
			"read as inclusions: mark them in a column of signs (ExcludeColumn), or take them out")
	}
	if r.labels > 0 {
		doc.note(LevelWarning, t.sheet, r.label,
			"codes after a colon in a column of terms are not read, in %s without a code (this is the first): "+
				"put them into the code column if you mean them", count(r.labels, "row"))
	}
}

// codesAfterColon reports whether a cell has codes after a colon.
func codesAfterColon(cell string) bool {
	_, after, labelled := strings.Cut(cell, ":")
	return labelled && slices.ContainsFunc(strings.Split(after, ":"), readsAsCodes)
}
