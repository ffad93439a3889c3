package codelist

import (
	"fmt"
	"slices"
	"strings"
)

// UnusedColumn is a column that Parse did not use.
type UnusedColumn struct {
	Sheet    string // of a workbook, "" in a text file
	Name     string // "" if it has none
	Column   int    // from 1
	Distinct int    // number of distinct values that are not blank, up to 1,000

	// Values are the distinct values, in file order. Parse keeps them only if there are at most three, and none could
	// be a name, an identifier, a date or another number about a person.
	Values []string
}

// mostDistinct limits the distinct values that Parse counts in an unused column.
const mostDistinct = 1000

// String returns the name of the column and its values, or the number of its values.
func (u UnusedColumn) String() string {
	name := fmt.Sprintf("column %d", u.Column)
	if u.Name != "" {
		name = fmt.Sprintf("%q", clip(u.Name))
	}
	if u.Sheet != "" {
		name = fmt.Sprintf("sheet %q, %s", u.Sheet, name)
	}
	switch {
	case len(u.Values) > 0:
		values := make([]string, len(u.Values))
		for i, v := range u.Values {
			values[i] = fmt.Sprintf("%q", clip(v))
		}
		return name + " (" + strings.Join(values, ", ") + ")"
	case u.Distinct >= mostDistinct:
		return fmt.Sprintf("%s (%d values or more)", name, mostDistinct)
	default:
		return fmt.Sprintf("%s (%s)", name, count(u.Distinct, "value"))
	}
}

// positionWords mark a column that says in which position a code counts.
var positionWords = wordSet("position positions pos")

// noteColumns lists the unused columns of a table in the report. It warns of columns that say in which position a code
// counts, that name one of our systems, or whose values look like exclusions.
func (doc *document) noteColumns(c *columns, t *table, o *options) {
	for i := range c.width {
		if i == c.exclude || i == c.group && o.groupColumn == "" {
			doc.noteExclusions(c, t, o, i)
		}
		if slices.Contains(c.codes, i) || i == c.term || i == c.exclude || i == c.group ||
			slices.ContainsFunc(c.system, func(s systemColumn) bool { return s.index == i }) {
			continue
		}
		values := distinct(t, c.firstData, i)
		if len(values) == 0 {
			continue
		}
		u := UnusedColumn{Sheet: t.sheet, Name: trimSpace(c.name(i)), Column: i + 1, Distinct: len(values)}
		if len(values) <= 3 {
			u.Values = showable(u.Name, values)
		}
		if c.names == nil && t.looksLikeData() {
			u.Values = nil // next to an identifier or a date, words may be names
		}
		doc.report.Unused = append(doc.report.Unused, u)
		doc.noteExclusions(c, t, o, i)
		if j := slices.IndexFunc(values, namesOurSystem); j >= 0 {
			doc.note(LevelWarning, t.sheet, t.rows[0].line,
				"column %v names %q, but is not read as a column of coding systems, because most of its values "+
					"name none; SystemColumn reads it as one", u, clip(values[j]))
		}
		words := nameWords(c.name(i))
		if hasWord(words, positionWords) || slices.Contains(words, "primary") && slices.Contains(words, "only") ||
			!slices.Contains(words, "care") && arePositions(values) {
			doc.note(LevelWarning, t.sheet, t.rows[0].line,
				"column %v says in which position a code counts, but it is not applied: a code matches in any "+
					"position; PrimaryOnly restricts whole lists to the first", u)
		}
	}
}

// positionValues are values that say in which position a code counts.
var positionValues = wordSet(`primary secondary nonprimary primaryonly primarydiagnosis secondarydiagnosis
	anyposition firstposition primaryposition secondaryposition primaryorsecondary any`)

// arePositions reports whether all values of a column say in which position a code counts, whatever its header.
func arePositions(values []string) bool {
	known := func(v string) bool { return positionValues[strings.Join(nameWords(v), "")] }
	isAny := func(v string) bool { return strings.EqualFold(v, "any") }
	return !slices.ContainsFunc(values, func(v string) bool { return !known(v) }) &&
		slices.ContainsFunc(values, func(v string) bool { return !isAny(v) })
}

// namesOurSystem reports whether a value is the name of one of our systems.
func namesOurSystem(value string) bool {
	_, ok := parseSystem(value)
	return ok
}

// distinct returns the distinct values of a column that are not blank, in file order and at most mostDistinct of them.
func distinct(t *table, first, column int) []string {
	seen := make(map[string]bool)
	var values []string
	for i := first; i < len(t.rows) && len(values) < mostDistinct; i++ {
		if v := trimSpace(t.rows[i].cell(column)); !isBlank(v) && !seen[v] {
			seen[v] = true
			values = append(values, v)
		}
	}
	return values
}

// noteAbove adds a note about the rows above a table, which were not read.
func (doc *document) noteAbove(t *table, o *options) {
	if t.above == 0 {
		return
	}
	how := "row %d reads as the header"
	if o.headerRow > 0 {
		how = "row %d is the header (HeaderRow)"
	}
	doc.note(LevelNote, t.sheet, 0, how+": %s above it not read", t.rows[0].line, count(t.above, "row"))
}

// note adds a notice about a location in the file. A line of 0 stands for the whole file or sheet.
func (doc *document) note(level Level, sheet string, line int, format string, args ...any) {
	e := FileError{File: doc.report.File, Sheet: sheet, Line: line}
	doc.report.notices = append(doc.report.notices, Notice{level, e.location() + ": " + fmt.Sprintf(format, args...)})
}
