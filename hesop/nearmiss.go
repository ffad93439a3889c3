package hesop

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// codeStems are the words that name code columns, in HES and elsewhere. codeWords are the words that accompany them.
var (
	codeStems = []string{
		"diag", "diagnosis", "diagnoses", "oper", "opertn", "operation", "proc", "procedure", "icd", "opcs", "cod",
	}
	codeWords = []string{
		"code", "codes", "concat", "char", "chars", "character", "characters",
		"primary", "secondary", "main", "principal", "underlying", "position",
	}
)

// longestName is the length in bytes of the longest text whose words are checked for a column name. The first row of a
// file may hold something other than names.
const longestName = 80

// isCodeLike reports whether a folded name consists only of a stem of code columns, numbers and the words that
// accompany such stems: diagnosis_1, primary_icd10_code. Any other word means that the column is something else:
// diag_count, opdate_01.
func isCodeLike(name string, more ...string) bool {
	if len(name) > longestName {
		return false
	}
	hasStem := false
	for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return !unicode.IsLetter(r) }) {
		stem, ok := consists(word, more)
		if !ok {
			return false
		}
		hasStem = hasStem || stem
	}
	return hasStem
}

// consists reports whether a run of letters consists of words from codeStems, from codeWords and from the last
// argument, written together as in maindiagcode, and whether one of these words is a stem.
func consists(letters string, more []string) (stem, ok bool) {
	if letters == "" {
		return false, true
	}
	for i, words := range [...][]string{codeStems, codeWords, more} {
		for _, word := range words {
			rest, found := strings.CutPrefix(letters, word)
			if !found {
				continue
			}
			if stem, ok := consists(rest, more); ok {
				return stem || i == 0, true
			}
		}
	}
	return false, false
}

// checkMissed fails if a column has the name of a code column but is neither read nor known to be something else. It
// also fails if only part of a numbered series is read.
func (h *header) checkMissed(codes []placedField, renamed []renamed, notCodes []string) error {
	isRead := make([]bool, len(h.names))
	for _, f := range codes {
		isRead[f.Column.index] = true
	}
	if err := h.checkSeries(isRead); err != nil {
		return err
	}
	missed, others := h.missed(isRead, renamed, notCodes)
	var why []string
	if len(missed) > 0 {
		why = append(why, h.whyMissed(missed, len(codes) == 0))
	}
	if len(others) > 0 {
		why = append(why, fmt.Sprintf("%s named after a classification other than ICD-10, which is not read; confirm "+
			"with %s", areColumns(others), noCodes(others[0])))
	}
	if len(why) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %s", ErrHeader, strings.Join(why, "; "))
}

// missed returns the names of columns that look like code columns but are not read. It returns the columns of another
// classification separately, as the second result.
func (h *header) missed(isRead []bool, renamed []renamed, notCodes []string) (missed, others []string) {
	for i := range h.names {
		name := foldColumn(h.names[i])
		switch {
		case isRead[i] || renamed[i].is || h.known[i] != nil || !isCodeLike(name):
		case slices.ContainsFunc(notCodes, func(other string) bool { return foldColumn(other) == name }):
		case h.isOtherEdition(name):
			others = append(others, h.spelled(i))
		default:
			missed = append(missed, h.spelled(i))
		}
	}
	return missed, others
}

// whyMissed explains that columns are not read, and what to do about it. If no code column is read (isNone), the file
// may be a codelist.
func (h *header) whyMissed(missed []string, isNone bool) string {
	how := suggestions(missed)
	if n := newNaming(h.names, h.origin); isNone && n.isOne && n.looksLikeList() {
		return fmt.Sprintf("%s named as code columns are, but not read; %s; otherwise declare those that hold "+
			"codes with %s", areColumns(missed), listAdvice, how)
	}
	return fmt.Sprintf("%s named as code columns are, but not read%s; declare those that hold codes with %s, and "+
		"those that hold none with %s", areColumns(missed), unclear(missed), how, noCodes(missed[0]))
}

// areColumns lists columns as the subject of a sentence, with its verb: column "a" is.
func areColumns(names []string) string {
	const most = 3
	if len(names) == 1 {
		return fmt.Sprintf("column %q is", names[0])
	}
	var words []string
	shown := most
	if len(names) == most+1 {
		shown = len(names) // showing one more name takes no more room than counting it
	}
	for _, name := range names[:min(shown, len(names))] {
		words = append(words, fmt.Sprintf("%q", name))
	}
	if more := len(names) - len(words); more > 0 {
		words = append(words, fmt.Sprintf("and %d more", more))
	}
	return "columns " + strings.Join(words, ", ") + " are"
}

// withNumber returns a call of Rename. If name ends in a number, the call renames the whole series: the old name has #
// in place of the number, and the new name is to+"#" (or to, if the last argument is empty). Otherwise the new name is
// to+alone.
func withNumber(name, to, alone string) string {
	before, number, after := seriesOf(name)
	if number != "" && after == "" {
		if alone != "" {
			alone = "#"
		}
		return renameCall(before+"#", to+alone)
	}
	return renameCall(name, to+alone)
}

// numbered is a column whose name is split around its last number. The flags are set only for columns that are not
// read.
type numbered struct {
	before, after string
	number, index int
	isSeries      bool // a column that is read differs from this one only by the number in its name
	isExcess      bool // ... and one such column has the same number
}

// checkSeries fails if only some columns of a series are read. The names in a series differ only by their last number.
// A column may stay unread if a column with the same number is read: diag_1 next to diag_01.
func (h *header) checkSeries(isRead []bool) error {
	var missed []numbered
	for i, name := range h.names {
		if n, ok := numberOf(name); ok && !isRead[i] {
			n.index = i
			missed = append(missed, n)
		}
	}
	if len(missed) == 0 {
		return nil
	}
	for i, name := range h.names {
		if !isRead[i] {
			continue
		}
		n, ok := numberOf(name)
		for j := range missed {
			if m := &missed[j]; ok && m.before == n.before && m.after == n.after {
				m.isSeries = true
				m.isExcess = m.isExcess || m.number == n.number
			}
		}
	}
	for _, m := range missed {
		if m.isSeries && !m.isExcess {
			return fmt.Errorf("%w: column %q is not read, but columns that differ from it only by the number are: "+
				"rename all columns of a series with Rename or none, or remove those that hold no codes from the data",
				ErrHeader, h.spelled(m.index))
		}
	}
	return nil
}

// numberOf splits a name around its last number. It returns false if the name has no number.
func numberOf(name string) (numbered, bool) {
	before, digits, after := seriesOf(foldColumn(name))
	if digits == "" {
		return numbered{}, false
	}
	number, err := strconv.Atoi(digits)
	return numbered{before: before, after: after, number: number}, err == nil
}
