package oracle

import (
	"regexp"
	"slices"
	"strings"
)

// readsAsCodes says whether a whole cell is in the grammar of either system. A letter
// or a letter and a digit is in none: too much else is written like that.
func readsAsCodes(text string) bool { return len(codesIn(icd10, text)) > 0 }

// codesIn are the codes that a cell names, read in a system if it can be, or else in the
// other.
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

// The words that say of a column that its values are no codes for the list: beside a
// code (a term that looks like one), or anywhere.
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

// isTermColumn: none of its values counts beside a code, and in a row without a code
// only a whole cell.
func isTermColumn(name string) bool { return hasWord(name, termWord) }

// holdsNoCodes: none of its values counts anywhere, by its name or because its values
// are all of one kind that is something else.
func (s Sheet) holdsNoCodes(t table, column int) bool {
	name := t.name(column)
	if hasWord(name, neverWord) || hasWord(name, numberWord) && !hasWord(name, ofCodes) ||
		namesOtherSystem(name) && !namesSeveral(strings.Join(wordsOf(name), " ")) {
		return true
	}
	return t.isNamed(column) && s.isAllVersions(t, column) || s.isAllRead(t, column)
}

// isAllVersions: the values are all like v10, as written, in small letters.
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

// isAllRead: the values have five characters each, and some a dot at the end.
func (s Sheet) isAllRead(t table, column int) bool {
	dotted := false
	for _, value := range s.valuesOf(t, column) {
		if len([]rune(value)) != 5 || strings.Contains(value, " ") { // a word
			return false
		}
		dotted = dotted || strings.HasSuffix(value, ".")
	}
	return dotted
}

// isNamed says whether a column has a name. Those of a file without a header are as
// named ones.
func (t table) isNamed(column int) bool { return t.header == nil || hasText(t.name(column)) }

// countsAlone: in a row without a code a cell counts that reads as codes, "label:
// codes", "codes: label" or "codes label"; in a term column only a whole cell.
func countsAlone(t table, column int, text string) bool {
	if readsAsCodes(text) {
		return true
	}
	if isTermColumn(t.name(column)) {
		return false
	}
	return len(behindLabel(icd10, text)) > 0 || codesThenColon(text) || codesThenWords(text)
}

// behindLabel are the codes of "label: codes".
func behindLabel(system, text string) []string {
	for i, char := range text {
		if char == ':' && hasText(text[:i]) {
			if codes := codesIn(system, text[i+1:]); len(codes) > 0 {
				return codes
			}
		}
	}
	return nil
}

func codesThenColon(text string) bool {
	for i, char := range text {
		if char == ':' && hasText(text[i+1:]) && readsAsCodes(text[:i]) {
			return true
		}
	}
	return false
}

func codesThenWords(text string) bool {
	words := strings.Fields(strings.ReplaceAll(text, "\u00a0", " "))
	for n := 1; n < len(words); n++ {
		if readsAsCodes(strings.Join(words[:n], " ")) {
			return true
		}
	}
	return false
}

var printedDot = regexp.MustCompile(`(^|[^A-Z0-9_\]])([A-Z][0-9](?:[0-9_]|\[[^\]]*\]))\.([0-9X%*_\[-])`)

// dotsArePrinted says whether every dot of a cell stands after a third character with
// something behind it.
func dotsArePrinted(text string) bool {
	s := cleanCell(text)
	for printedDot.MatchString(s) {
		s = printedDot.ReplaceAllString(s, "$1$2$3")
	}
	return !strings.Contains(s, ".")
}

// countsBeside: in a row with a code, a cell without a name counts that reads as codes
// or "label: codes" and names more than the row's own codes; one of a named column if
// it reads as codes as a whole, with dots only as printed, and does not cover every
// code of the row.
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

// withoutFiller makes I10X and I10 the one code that they are.
func withoutFiller(code string) string {
	if isFilled(code) {
		return code[:3]
	}
	return code
}

// coversAll says whether every code of a row begins with one of some codes.
func coversAll(codes, own []string) bool {
	return !slices.ContainsFunc(own, func(mine string) bool {
		return !slices.ContainsFunc(codes, func(code string) bool {
			if isFilled(code) { // the undivided category alone
				return withoutFiller(mine) == withoutFiller(code)
			}
			return strings.HasPrefix(withoutFiller(mine), code)
		})
	})
}

// namesMore says whether one of some codes is none of the row's own.
func namesMore(codes, own []string) bool {
	return slices.ContainsFunc(codes, func(code string) bool {
		return !slices.ContainsFunc(own, func(mine string) bool { return withoutFiller(mine) == withoutFiller(code) })
	})
}
