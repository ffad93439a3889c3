package oracle

import (
	"regexp"
	"strings"
)

// A codeColumn is a column of codes. system is the system that its header states, if any. icdOnly means that the header
// says "icd" without an edition, which never means OPCS-4.
type codeColumn struct {
	index   int
	system  string
	icdOnly bool
}

// isOther reports whether the header states a system other than the caller's.
func (c codeColumn) isOther(caller string) bool {
	return caller != "" && (c.system != "" && c.system != caller || c.icdOnly && caller == opcs4)
}

// squash makes names comparable. It ignores case, spaces, underscores and dashes.
func squash(name string) string {
	return strings.NewReplacer(" ", "", "\u00a0", "", "_", "", "-", "").Replace(plainValue(name))
}

var (
	notLetterOrDigit = regexp.MustCompile(`[^a-z0-9]+`)
	lowerThenUpper   = regexp.MustCompile(`([a-z])([A-Z])`)
)

// bareName returns the letters and digits of a name, in lower case.
func bareName(name string) string { return notLetterOrDigit.ReplaceAllString(plainValue(name), "") }

// wordsOf returns the words of a name in lower case. It splits the name at punctuation, and before a capital that
// follows a small letter.
func wordsOf(name string) []string {
	apart := lowerThenUpper.ReplaceAllString(name, "$1 $2")
	return strings.Fields(notLetterOrDigit.ReplaceAllString(strings.ToLower(apart), " "))
}

// The names of code columns, in order of precedence: plain names; the same names with punctuation, brackets, plurals,
// edition numbers and further words; and names that often belong to the column of terms.
var (
	plainName = regexp.MustCompile(`^(codes?|(icd|icd10|opcs|opcs4)(codes?)?|` +
		`(procedure|diagnosis|clinical|concept)code)$`)

	// The words "list" and "final" are allowed only in a name with "icd" or "opcs", because "codelist" is the name of a
	// list and not of a code column.
	aroundName = `(codes?|lists?|final)*`
	edition    = `([0-9]+(st|nd|rd|th|e)(edition|ed)?|(edition|ed|v)[0-9]+)?`
	looseName  = regexp.MustCompile(`^(codes?|(procedure|diagnosis|diagnose|clinical|concept)s?codes?|` +
		aroundName + `(icds?|icd10s?` + edition + `|opcs|opcs4([0-9]|10)?` + edition + `)` + aroundName + `)$`)

	lastName = regexp.MustCompile(`^(diagnosis|diagnoses|altcode)$`)
)

var (
	statesICD10 = regexp.MustCompile(`^` + aroundName + `icd10`)
	statesOPCS4 = regexp.MustCompile(`^` + aroundName + `opcs(4|[^0-9]|$)`)
	saysICD     = regexp.MustCompile(`^` + aroundName + `icd`)
)

// newCodeColumn returns a code column with the given index and name. The names "icd10" and "opcs" state a system. The
// name "icd" does not, and neither do names such as "diagnosis_code".
func newCodeColumn(index int, name string) codeColumn {
	c := codeColumn{index: index}
	if namesOtherSystem(name) {
		return c
	}
	switch bare := bareName(name); {
	case statesICD10.MatchString(bare):
		c.system = icd10
	case statesOPCS4.MatchString(bare):
		c.system = opcs4
	case saysICD.MatchString(bare):
		c.icdOnly = true
	}
	return c
}

// candidates returns the code columns that a row names if the row is a header.
func candidates(header []string) []codeColumn {
	var plain, loose, last []codeColumn
	for i, name := range header {
		c := newCodeColumn(i, name)
		switch {
		case plainName.MatchString(squash(name)):
			plain = append(plain, c)
		case looseName.MatchString(bareName(name)):
			loose = append(loose, c)
		case lastName.MatchString(squash(name)):
			last = append(last, c)
		}
	}
	if len(plain) == 1 && plain[0].system != "" {
		for _, c := range loose { // a loose name of the other system joins a single plain name
			if c.system != "" && c.system != plain[0].system {
				plain = append(plain, c)
			}
		}
	}
	switch {
	case len(plain) > 0:
		return plain
	case len(loose) > 0:
		return loose
	}
	return last
}

// named returns the columns with the name that the caller gives.
func named(header []string, name string) []int {
	var found []int
	for i, other := range header {
		if squash(other) == squash(name) {
			found = append(found, i)
		}
	}
	return found
}

// codeColumns returns the code columns that a row names, given the caller's choices.
func codeColumns(header []string, c Choices) []codeColumn {
	if c.CodeColumn == "" {
		return candidates(header)
	}
	var found []codeColumn
	for _, i := range named(header, c.CodeColumn) {
		found = append(found, newCodeColumn(i, header[i]))
	}
	return found
}

// mayStandTogether reports whether a table may have these code columns: one, or two that state different systems.
func mayStandTogether(columns []codeColumn) bool {
	if len(columns) == 2 {
		a, b := columns[0].system, columns[1].system
		return a != "" && b != "" && a != b
	}
	return len(columns) == 1
}
