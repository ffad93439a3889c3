package hesop

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// codeStems are the words that code columns are named by, in HES and elsewhere, and
// codeWords those that stand beside them.
var (
	codeStems = []string{
		"diag", "diagnosis", "diagnoses", "oper", "opertn", "operation", "proc", "procedure", "icd", "opcs", "cod",
	}
	codeWords = []string{
		"code", "codes", "concat", "char", "chars", "character", "characters",
		"primary", "secondary", "main", "principal", "underlying", "position",
	}
)

// longestName is the most bytes of what is taken for the name of a column by its words:
// the first row of a file may be none of names.
const longestName = 80

// isCodeLike reports whether a folded name consists of a stem of code columns, numbers,
// and words that stand beside such stems: diagnosis_1, primary_icd10_code. A name with
// any other word is that of something else: diag_count, opdate_01.
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

// consists reports whether letters are such words written together, as in maindiagcode,
// and whether a stem is one of them.
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

// checkMissed fails if a column is named as code columns are and is neither read nor
// known to be something else, or if only part of a series is read.
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
		why = append(why, fmt.Sprintf("%s named for another classification than ICD-10, which is not read; say so "+
			"by %s", areColumns(others), noCodes(others[0])))
	}
	if len(why) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %s", ErrHeader, strings.Join(why, "; "))
}

// missed returns the names of the columns that are named as code columns are and are not read,
// apart from those named for another classification.
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

// whyMissed says of columns that they are not read, and what to do about it. Where no column
// is read, the file may be a codelist.
func (h *header) whyMissed(missed []string, isNone bool) string {
	how := suggestions(missed)
	if n := newNaming(h.names, h.origin); isNone && n.isOne && n.looksLikeList() {
		return fmt.Sprintf("%s named as code columns are, and not read; %s; else say what holds the codes by %s",
			areColumns(missed), listAdvice, how)
	}
	return fmt.Sprintf("%s named as code columns are, and not read%s; say what holds the codes by %s, and what "+
		"holds none by %s", areColumns(missed), unclear(missed), how, noCodes(missed[0]))
}

// areColumns lists columns as the subject of a sentence.
func areColumns(names []string) string {
	const most = 3
	if len(names) == 1 {
		return fmt.Sprintf("column %q is", names[0])
	}
	var words []string
	shown := most
	if len(names) == most+1 {
		shown = len(names) // one more name is no longer than its number
	}
	for _, name := range names[:min(shown, len(names))] {
		words = append(words, fmt.Sprintf("%q", name))
	}
	if more := len(names) - len(words); more > 0 {
		words = append(words, fmt.Sprintf("and %d more", more))
	}
	return "columns " + strings.Join(words, ", ") + " are"
}

// withNumber is the Rename of a name to what it is to be, with # for the number at the end of the
// name, else with alone.
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

// numbered is a column that is not read, by what stands around the last number of its name.
type numbered struct {
	before, after string
	number, index int
	isSeries      bool // a column that is read differs by the number alone
	isExcess      bool // ... and one has the same number
}

// checkSeries fails if some columns are read of which others differ by the last number
// alone, and these are not read. A column of the number of one that is read is in excess:
// diag_1 beside diag_01.
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
			return fmt.Errorf("%w: column %q is not read, and others are that differ from it by the number alone: "+
				"name all columns of a series by Rename or none, or take those that hold no codes out of the data",
				ErrHeader, h.spelled(m.index))
		}
	}
	return nil
}

// numberOf cuts a name around its last number, if it has one.
func numberOf(name string) (numbered, bool) {
	before, digits, after := seriesOf(foldColumn(name))
	if digits == "" {
		return numbered{}, false
	}
	number, err := strconv.Atoi(digits)
	return numbered{before: before, after: after, number: number}, err == nil
}
