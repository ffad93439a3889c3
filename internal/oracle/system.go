package oracle

import (
	"regexp"
	"slices"
	"strings"
)

// What a value of a column of systems may name, other than icd10 and opcs4.
const (
	bareICD       = "icd"     // ICD without an edition
	anotherSystem = "other"   // a known system that is not ours
	unclearSystem = "unclear" // contains "icd" or "opcs", but does not name exactly one of our systems
	unknownSystem = "unknown" // no known system
)

var (
	otherByWord  = regexp.MustCompile(`^(sct|atc|mesh|cui|icdo)$`)
	otherByStart = regexp.MustCompile(`^(snomed|read|rcd|ctv|bnf|dmd|` +
		`medcode|prodcode|emis|phecode|hrg|ccs|meddra|omim|` +
		`orpha|umls|loinc|icpc)`)
	otherICD  = regexp.MustCompile(`\bicd ?(7|8|9|11|o|(10 ?)?(clinical modification|cm|pcs|am|ca|gm))\b`)
	otherOPCS = regexp.MustCompile(`\bopcs ?[1-3]\b`)

	// Words that may accompany the name of our systems: edition, publisher, data set, codes.
	besideSystem = regexp.MustCompile(`^(codes?|who|hes|uk|nhs|edition|version|ed|hierarchy|chapter|subchapter|` +
		`january|february|march|april|may|june|july|august|september|october|november|december|` +
		`revision|v?[0-9]+|[0-9]+(st|nd|rd|th|e))$`)
)

// namesOtherSystem reports whether a name contains the name of a system that is not ours.
func namesOtherSystem(name string) bool {
	for _, word := range wordsOf(name) {
		if otherByWord.MatchString(word) || otherByStart.MatchString(word) {
			return true
		}
	}
	words := strings.Join(wordsOf(name), " ")
	return otherICD.MatchString(words) || otherOPCS.MatchString(words)
}

// systemOf returns the system that a value of a column of systems names.
func systemOf(text string) string {
	value := plainValue(text)
	if strings.HasPrefix(value, "http://") || strings.HasPrefix(value, "https://") {
		value = value[strings.LastIndex(value, "/")+1:] // FHIR names a system by a URI
	}
	words := strings.Join(wordsOf(value), " ")
	if namesSeveral(words) {
		return unclearSystem // several systems in one cell
	}
	if namesOtherSystem(value) {
		if hasOurWord(strings.Fields(withoutOthers(words))) {
			return unclearSystem // one of our systems and another, such as SNOMED
		}
		return anotherSystem
	}
	return ourSystem(strings.Fields(words))
}

// noOPCS matches an edition of OPCS that does not exist.
var noOPCS = regexp.MustCompile(`\bopcs ?[05-9][0-9]{0,2}\b`)

// twoEditions matches a name with the editions of two systems, as in ICD-9/10.
var twoEditions = regexp.MustCompile(`\b(icd ?(7|8|9|11) 10|icd ?10 (7|8|9|11)|opcs ?[1-3] 4)\b`)

// namesSeveral reports whether the given words name one of our systems and another edition of ICD or OPCS.
func namesSeveral(words string) bool {
	if !otherICD.MatchString(words) && !otherOPCS.MatchString(words) {
		return twoEditions.MatchString(words)
	}
	return hasOurWord(strings.Fields(withoutOthers(words))) || twoEditions.MatchString(words)
}

// withoutOthers removes the names of the editions that are not ours from the given words.
func withoutOthers(words string) string {
	return otherOPCS.ReplaceAllString(otherICD.ReplaceAllString(words, ""), "")
}

// hasOurWord reports whether any of the words starts with "icd" or "opcs".
func hasOurWord(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		return strings.HasPrefix(w, "icd") && w != "icdo" || strings.HasPrefix(w, "opcs")
	})
}

// ourSystem returns the system that the given words name. The words must not name any other system.
func ourSystem(words []string) string {
	icd := slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, "icd") })
	opcs := slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, "opcs") })
	if !icd && !opcs {
		return unknownSystem
	}
	if icd && opcs {
		return unclearSystem
	}
	text := strings.Join(words, " ")
	text = strings.Replace(strings.Replace(text, "icd 10th", "icd10", 1), "icd 10", "icd10", 1)
	text = strings.Replace(text, "opcs 4", "opcs4", 1)
	if noOPCS.MatchString(text) {
		return unclearSystem
	}
	found := unclearSystem
	for word := range strings.FieldsSeq(text) {
		switch {
		case word == "icd10" && found == unclearSystem:
			found = icd10
		case (word == "opcs4" || word == "opcs") && found == unclearSystem:
			found = opcs4
		case word == "icd" && found == unclearSystem:
			found = bareICD
		case !besideSystem.MatchString(word):
			return unclearSystem
		}
	}
	if found == bareICD && strings.ContainsAny(text, digits) {
		return unclearSystem // a number that is not a known edition
	}
	return found
}

// A systemColumn is a column of coding systems. byName means that the header of the column is a known name, or that the
// caller names the column. All values of such a column are read as systems.
type systemColumn struct {
	index  int
	byName bool
	names  int // number of values that name a system
}

var systemNames = strings.Fields("codingsystem codetype terminology codingsys codification codesystem vocabulary")

// systemColumns returns the columns of systems. The first of them states the systems of the rows. The others are only
// compared with the first: see stateDifferent.
func (s Sheet) systemColumns(t table, c Choices) (columns []systemColumn, refused []string) {
	if c.SystemColumn != "" {
		found := named(t.header, c.SystemColumn)
		if len(found) != 1 {
			return nil, []string{NoColumn}
		}
		return []systemColumn{{index: found[0], byName: true}}, nil
	}
	for i := range s.width(t) {
		if slices.ContainsFunc(t.codes, func(c codeColumn) bool { return c.index == i }) {
			continue
		}
		column := systemColumn{index: i, byName: slices.Contains(systemNames, squash(t.name(i)))}
		filled, ours := 0, 0
		for _, value := range s.valuesOf(t, i) {
			filled++
			switch systemOf(value) {
			case icd10, opcs4:
				ours++
				column.names++
			case bareICD, anotherSystem, unclearSystem:
				column.names++
			}
		}
		byValues := 2*column.names > filled && ours > 0
		if column.byName && column.names > 0 || byValues {
			columns = append(columns, column)
		}
	}
	slices.SortStableFunc(columns, func(a, b systemColumn) int {
		if a.byName != b.byName {
			if a.byName {
				return -1
			}
			return 1
		}
		return b.names - a.names
	})
	return columns, nil
}

// stateDifferent reports whether two columns of systems name different systems in the given row.
func (s Sheet) stateDifferent(row int, columns []systemColumn) bool {
	stated := map[string]bool{}
	for _, column := range columns {
		system := systemOf(s.cell(row, column.index))
		if system == icd10 || system == opcs4 || system == anotherSystem {
			stated[system] = true
		}
	}
	return len(stated) > 1
}

// rowSystem returns the system of a code in a row. It returns anotherSystem if the row must be ignored, and "" with a
// reason if the row must be rejected.
func (s Sheet) rowSystem(row int, columns []systemColumn, code codeColumn, c Choices) (system, why string) {
	fallback := code.system
	if fallback == "" {
		fallback = c.System
	}
	if s.stateDifferent(row, columns) {
		return "", "two columns name different systems"
	}
	if len(columns) > 0 && squash(s.cell(row, columns[0].index)) != "" { // a dash counts as empty
		switch system := systemOf(s.cell(row, columns[0].index)); system {
		case icd10, opcs4:
			return selected(system, c), ""
		case bareICD:
			if fallback == opcs4 {
				return anotherSystem, ""
			}
		case anotherSystem:
			return anotherSystem, ""
		case unclearSystem:
			return "", "not one of our systems, though it contains icd or opcs"
		case unknownSystem:
			if columns[0].byName {
				return anotherSystem, ""
			}
			return "", "no system known"
		}
	}
	if fallback == "" {
		return "", "no system stated"
	}
	if code.icdOnly && fallback == opcs4 {
		return anotherSystem, ""
	}
	return selected(fallback, c), ""
}

// selected returns the given system, or anotherSystem if the caller states a different system.
func selected(system string, c Choices) string {
	if c.System != "" && c.System != system {
		return anotherSystem
	}
	return system
}
