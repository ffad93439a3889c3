package codelist

import (
	"fmt"
	"slices"
	"strings"
)

var (
	// exclusionStarts holds words that exclude as the first word of a value, whatever follows.
	exclusionStarts = wordSet("exclude excluded excl")

	// exclusionNouns and removalWords hold words that exclude as the first word of a value if the column has the name
	// of a sign column. In any other column that does not hold terms, they exclude only if no other word follows or the
	// value has punctuation. Terms may also begin with such words (Removal of stent, Drop foot).
	exclusionNouns = wordSet("excludes excluding exclusion exclusions")
	removalWords   = wordSet(`out drop dropped remove removed removal reject rejected omit omitted
		discard discarded delete deleted ignore ignored`)

	includedWords = wordSet("include included includes including inclusion incl")
)

// looksExcluding reports whether a value seems to exclude its row. The argument strong is true if the column has the
// name of a sign column.
func looksExcluding(value string, strong bool, kind besideKind) bool {
	words := nameWords(value)
	if len(words) == 0 {
		return false
	}
	isTerm := kind == besideTerm && !strong
	alone := len(words) == 1 || strings.ContainsAny(value, "([:;,-–/")
	switch first := words[0]; {
	case exclusionStarts[first]:
		return true
	case exclusionNouns[first], removalWords[first]:
		return strong || !isTerm && alone
	case first == "not", first == "do" && len(words) > 2 && words[1] == "not", first == "don":
		return hasWord(words[:min(len(words), 4)], includedWords) && !isTerm
	}
	return false
}

// noteExclusions warns of column i if its values seem to exclude rows that are read as inclusions. This happens if
// Parse does not use the column, or if ExcludeValue names a different value of the column.
func (doc *document) noteExclusions(c *columns, t *table, o *options, i int) {
	if o.excludeColumn == noColumn || i == c.exclude && o.excludeValue == "" {
		return
	}
	name := c.name(i)
	strong := isSignName(name)
	kind := nameKind(name)
	signs, chosen := signReader{inverted: isInverted(name)}, newSignReader(c.name(c.exclude), o)
	var looks []string
	line := 0
	for r := c.firstData; r < len(t.rows); r++ {
		row := &t.rows[r]
		cell := trimSpace(row.cell(i))
		hasCode := slices.ContainsFunc(c.codes, func(k int) bool { return !isBlank(row.cell(k)) })
		if cell == "" || !hasCode || len(cell) > 200 || slices.Contains(looks, cell) {
			continue
		}
		excludes, isSign := signs.read(cell)
		if (!strong || !isSign || !excludes || i == c.exclude) && !looksExcluding(cell, strong, kind) {
			continue
		}
		if c.exclude >= 0 {
			if excluded, ok := chosen.read(row.cell(c.exclude)); !ok || excluded {
				continue
			}
		}
		if looks = append(looks, cell); len(looks) == 1 {
			line = row.line
		}
	}
	switch {
	case len(looks) == 0:
	case i == c.exclude:
		doc.note(LevelWarning, t.sheet, line, "column %s has values that look like exclusions, %s, in addition to "+
			"that of ExcludeValue(%q); the rows are read as inclusions: write exclude for them, or give "+
			"them that value",
			c.quote(i), quoteSome(looks), clip(o.excludeValue))
	default:
		doc.note(LevelWarning, t.sheet, line,
			"column %s is not used, and its values %s look like exclusions; the rows are read as inclusions: %s",
			c.quote(i), quoteSome(looks), c.settleExclusions(i, looks))
	}
}

// settleExclusions returns the advice for a column whose values look like exclusions.
func (c *columns) settleExclusions(i int, looks []string) string {
	name := c.name(i)
	switch {
	case name == "":
		return "add a header that names the column, or take the rows out"
	case c.exclude >= 0:
		return fmt.Sprintf("mark the rows in %q too, or take out one of the columns", clip(c.name(c.exclude)))
	default:
		when := looks[0]
		if j := slices.IndexFunc(looks, func(v string) bool { return !isSignWord(v) }); j >= 0 {
			when = looks[j]
		}
		return fmt.Sprintf("name it with ExcludeColumn(%q) and the value that excludes with ExcludeValue(%q), "+
			"or say with ExcludeColumn(%q) that no column marks exclusions", clip(name), clip(when), noColumn)
	}
}

// quoteSome quotes the first three values.
func quoteSome(values []string) string {
	const most = 3
	shown := make([]string, 0, most)
	for _, v := range values[:min(most, len(values))] {
		shown = append(shown, fmt.Sprintf("%q", clip(v)))
	}
	text := strings.Join(shown, ", ")
	if n := len(values) - len(shown); n > 0 {
		text += fmt.Sprintf(" and %d more", n)
	}
	return text
}
