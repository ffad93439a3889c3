package codelist

import (
	"fmt"
	"slices"
	"strings"

	"hesopmatch/codelist/coding"
)

// settle returns the advice for a header without a code column. Naming a column does not help with a range in two
// columns, a code and its term in one column, or rows of people.
func (t *table) settle(usual string) string {
	first := t.rows[0].cells
	switch i := slices.IndexFunc(first, isRangeEnd); {
	case t.looksLikeData():
		return "if these are appointments, " + settlePeople
	case i >= 0:
		return fmt.Sprintf("%q looks like one end of a range; write both ends into one column (E10-E14)",
			clip(first[i]))
	case len(first) == 1 && startsWithCodes(first[0]):
		return "put the code and its term into columns of their own, under a header such as code,term"
	default:
		return usual
	}
}

// withEdition returns the advice to add the edition to a header that states only ICD, so that Parse reads both code
// columns. It returns "" for other columns.
func (c *columns) withEdition(found []int) string {
	if len(found) != 2 || c.names == nil {
		return ""
	}
	for k, i := range found {
		if headerStates(c.names[i]).icd && statedByHeader(c.names[found[1-k]]) == coding.OPCS4 {
			return fmt.Sprintf("; or call %q icd10_code, and both are read, each in its own system", clip(c.names[i]))
		}
	}
	return ""
}

// rangeEnds are words that name the ends of a range.
var rangeEnds = wordSet("from to start end first last lower upper begin until min max")

// isRangeEnd reports whether a name consists of the name of a code column and a word for one end of a range:
// icd10_from, code_end.
func isRangeEnd(name string) bool {
	words := nameWords(name)
	rest := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return rangeEnds[w] })
	return len(rest) < len(words) && codeRank(strings.Join(rest, " ")) < ranks
}

// refuseRangeColumns fails if the code column that the caller names is one end of a range. Reading that column alone
// would lose all other codes of the range.
func (t *table) refuseRangeColumns(opts *options, found []int) error {
	if opts.codeColumn == "" || len(found) != 1 || !isRangeEnd(t.rows[0].cell(found[0])) {
		return nil
	}
	for i, name := range t.rows[0].cells {
		if i != found[0] && isRangeEnd(name) {
			return t.fail(opts, ErrCodeColumns, "%q (CodeColumn) and %q look like the ends of ranges; "+
				"write both into one column (E10-E14)",
				clip(t.rows[0].cells[found[0]]), clip(name))
		}
	}
	return nil
}
