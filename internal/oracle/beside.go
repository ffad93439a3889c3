package oracle

import (
	"regexp"
	"slices"
	"strings"
)

// readsAsCodes reports whether a whole cell fits the grammar of either system. A letter, or a letter and a digit, does
// not count, because many other texts look like that.
func readsAsCodes(text string) bool { return len(codesIn(icd10, text)) > 0 }

// codesIn returns the codes that a cell names. It reads the cell in the given system if it can, and in the other system
// otherwise.
func codesIn(system, text string) []string {
	if !hasText(text) {
		return nil
	}
	for _, system := range []string{system, icd10, opcs4} {
		parts, err := readCell(system, text, false)
		if err != nil {
			continue
		}
		var codes []string
		for _, p := range parts {
			codes = append(codes, p.codes...)
		}
		return codes
	}
	return nil
}

// Words in the name of a column whose values are not codes for the list. termWord applies to a cell in a row with a
// code, where a term may look like a code. neverWord and numberWord apply to every row.
var (
	termWord = regexp.MustCompile(`^(sub)?(terms?|descriptions?|descr?|names?|labels?|notes?|comments?|` +
		`chapters?|titles?|texts?|category|categories|cats?|groups?|class|classes|blocks?|phenotypes?|` +
		`conditions?|diseases?|disorders?|qualifiers?|meanings?)$`)
	neverWord  = regexp.MustCompile(`^(version|release|date|year|count|score|weight)$`)
	numberWord = regexp.MustCompile(`^(id|no|number|num|order|index|row|rank|ref|reference|key|sort|` +
		`seq|sequence|page|url|guid|uuid)$`)
	ofCodes    = regexp.MustCompile(`^(icd.*|opcs.*|codes?|diagnosis|diagnoses|procedures?)$`)
	versionish = regexp.MustCompile(`^v[0-9]+(\.[0-9]+)*$`)
)

func hasWord(name string, word *regexp.Regexp) bool {
	return slices.ContainsFunc(wordsOf(name), word.MatchString)
}

// isTermColumn reports whether a column holds terms. In a row with a code, no cell of such a column counts as codes. In
// a row without a code, only a whole cell of codes counts.
func isTermColumn(name string) bool { return hasWord(name, termWord) }

// holdsNoCodes reports whether no value of a column counts as codes, because of the name of the column or because all
// its values are versions or Read codes.
func (s Sheet) holdsNoCodes(t table, column int) bool {
	name := t.name(column)
	if hasWord(name, neverWord) || hasWord(name, numberWord) && !hasWord(name, ofCodes) ||
		namesOtherSystem(name) && !namesSeveral(strings.Join(wordsOf(name), " ")) {
		return true
	}
	return t.isNamed(column) && s.isAllVersions(t, column) || s.isAllRead(t, column)
}

// isAllVersions reports whether all values look like v10, in lower case.
func (s Sheet) isAllVersions(t table, column int) bool {
	found := false
	for _, row := range t.rows {
		if text := strings.TrimSpace(s.cell(row, column)); text != "" {
			found = true
			if !versionish.MatchString(text) {
				return false
			}
		}
	}
	return found
}

// isAllRead reports whether all values have five characters, and some end with a dot, like Read codes.
func (s Sheet) isAllRead(t table, column int) bool {
	dotted := false
	for _, value := range s.valuesOf(t, column) {
		if len([]rune(value)) != 5 || strings.Contains(value, " ") { // words
			return false
		}
		dotted = dotted || strings.HasSuffix(value, ".")
	}
	return dotted
}

// isNamed reports whether a column has a name. All columns of a file without a header are treated as named.
func (t table) isNamed(column int) bool { return t.header == nil || hasText(t.name(column)) }

// countsAlone reports whether a cell counts as codes in a row without a code. The cell counts if one of its parts
// between colons reads as codes, or as codes followed by words. In a term column the whole cell must read as codes.
func countsAlone(t table, column int, text string) bool {
	if isTermColumn(t.name(column)) {
		return readsAsCodes(text)
	}
	for part := range strings.SplitSeq(text, ":") {
		if readsAsCodes(part) || codesThenWords(part) {
			return true
		}
	}
	return false
}

// behindLabel returns the codes of "label: codes".
func behindLabel(system, text string) []string {
	for i, char := range text {
		if char == ':' {
			if codes := codesIn(system, text[i+1:]); len(codes) > 0 {
				return codes
			}
		}
	}
	return nil
}

// codesThenWords reports whether the first word of a text reads as codes and another word follows. The first word must
// read as codes by itself, not only together with the second, as in "a 10 year study".
func codesThenWords(text string) bool {
	words := strings.Fields(strings.ReplaceAll(text, "\u00a0", " "))
	return len(words) > 1 && readsAsCodes(words[0])
}

var printedDot = regexp.MustCompile(`(^|[^A-Z0-9_\]])([A-Z][0-9](?:[0-9_]|\[[^\]]*\]))\.([0-9X%*_\[-])`)

// dotsArePrinted reports whether every dot of a cell follows the third character of a code and precedes the fourth.
func dotsArePrinted(text string) bool {
	s := cleanCell(text)
	for printedDot.MatchString(s) {
		s = printedDot.ReplaceAllString(s, "$1$2$3")
	}
	return !strings.Contains(s, ".")
}

// countsBeside reports whether a cell counts as codes in a row with a code. In a column without a name, the cell counts
// if it reads as codes or "label: codes" and names a code that the row does not have. In a named column, the whole cell
// must read as codes, each dot must be where a printed code has it, and the codes must not cover every code of the row.
// The columns of a file without a header are treated as named, but there a cell of "label: codes" counts as well.
func countsBeside(t table, column int, text, system string, own []string) bool {
	if isTermColumn(t.name(column)) {
		return false
	}
	whole := codesIn(system, text)
	if len(whole) == 0 && (t.header == nil || !t.isNamed(column)) {
		if labelled := behindLabel(system, text); len(labelled) > 0 {
			if t.isNamed(column) {
				return !coversAll(labelled, own)
			}
			return namesMore(labelled, own)
		}
	}
	if len(whole) == 0 {
		return false
	}
	if !t.isNamed(column) {
		return namesMore(whole, own)
	}
	return dotsArePrinted(text) && !coversAll(whole, own)
}

// withoutFiller returns I10 for I10X, because both are one code.
func withoutFiller(code string) string {
	if isFilled(code) {
		return code[:3]
	}
	return code
}

// coversAll reports whether every code of a row starts with one of the given codes.
func coversAll(codes, own []string) bool {
	return !slices.ContainsFunc(own, func(mine string) bool {
		return !slices.ContainsFunc(codes, func(code string) bool {
			if isFilled(code) { // only the undivided category
				return withoutFiller(mine) == withoutFiller(code)
			}
			return strings.HasPrefix(withoutFiller(mine), code)
		})
	})
}

// namesMore reports whether one of the given codes is not a code of the row.
func namesMore(codes, own []string) bool {
	return slices.ContainsFunc(codes, func(code string) bool {
		return !slices.ContainsFunc(own, func(mine string) bool { return withoutFiller(mine) == withoutFiller(code) })
	})
}
