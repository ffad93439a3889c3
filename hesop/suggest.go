package hesop

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// suggestions returns the Renames that would turn unread columns into code columns. It returns the first of each kind,
// because two of the same kind could mean the same positions.
func suggestions(names []string) string {
	var kinds, all []string
	for _, name := range names {
		kind, how := suggestion(name)
		if !slices.Contains(kinds, kind) {
			kinds, all = append(kinds, kind), append(all, how)
		}
	}
	return strings.Join(all, ", ")
}

// suggestion returns the Rename that would turn a column into a code column, and the kind of that code column.
func suggestion(name string) (kind, how string) {
	folded := foldColumn(name)
	kind = "diag_"
	for _, stem := range [...]string{"oper", "proc", "opcs"} {
		if strings.Contains(folded, stem) {
			kind = "opertn_"
		}
	}
	if isUnclear(name) { // assume that the first digit is a width, which is likelier
		cut := len(name) - 1
		kind += name[cut-1:cut] + "_"
		return kind, renameCall(name[:cut]+"#", kind+"#")
	}
	_, _, width := positionOf(name)
	switch {
	case strings.Contains(folded, "concat"):
		if width == "" {
			width = "4"
		}
		return kind + "concat", renameCall(name, kind+width+"_concat")
	case width != "":
		kind += width + "_"
	}
	return kind, withPosition(name, kind, "#", "01")
}

// unclear explains the first name whose number can be either a width and a position or a position alone. It returns ""
// if there is no such name.
func unclear(names []string) string {
	i := slices.IndexFunc(names, isUnclear)
	if i < 0 {
		return ""
	}
	name := names[i]
	return " (" + strconv.Quote(name) + " may mean position " + name[len(name)-1:] + " of codes of " +
		name[len(name)-2:len(name)-1] + " characters, or position " + name[len(name)-2:] + ")"
}

// isUnclear reports whether a name is a stem followed directly by two digits that may be a width and a position, as in
// diag41.
func isUnclear(name string) bool { return unclearPattern().MatchString(foldColumn(name)) }

var unclearPattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z]+(?:4[1-9]|3[1-9])$`) })

// positionOf returns where the digits of the position are in a name, or 0 and 0 if the name has no position. It also
// returns the width stated next to the position, if any. The number of an edition, as in icd10, is neither a position
// nor a width.
func positionOf(name string) (start, end int, width string) {
	name = asciiLower(name)
	for at := 0; at < len(name); {
		if !isDigit(rune(name[at])) {
			at++
			continue
		}
		from := at
		for at < len(name) && isDigit(rune(name[at])) {
			at++
		}
		number, after := name[from:at], strings.TrimLeftFunc(name[at:], isMark)
		switch {
		case isEdition(name[:from], number):
		case (number == "3" || number == "4") && (strings.HasPrefix(after, "char") || beginsWithPosition(after)):
			width = number
		default:
			start, end = from, at
		}
	}
	return start, end, width
}

// isMark reports whether a character separates the words and numbers of a name.
func isMark(r rune) bool { return !unicode.IsLetter(r) && !isDigit(r) }

// beginsWithPosition reports whether a text begins with a number that is not part of a width such as 4char.
func beginsWithPosition(text string) bool {
	after := strings.TrimLeftFunc(text, isDigit)
	return len(after) < len(text) && !strings.HasPrefix(strings.TrimLeft(after, "_-. "), "char")
}

// asciiLower returns a text with its ASCII letters in lower case, so every byte keeps its offset.
func asciiLower(text string) string {
	b := []byte(text)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// noCodes returns the Rename that declares a column, and its series, to hold no codes.
func noCodes(name string) string { return withPosition(name, "", "", "") }

// withPosition returns a call of Rename. If name has a position, the old name has # in its place, and the new name is
// to+numbered. Otherwise the new name is to+alone.
func withPosition(name, to, numbered, alone string) string {
	start, end, _ := positionOf(name)
	if end == 0 {
		return renameCall(name, to+alone)
	}
	if position, err := strconv.Atoi(name[start:end]); numbered != "" && err == nil && position == 0 {
		numbered += "+1"
	}
	return renameCall(name[:start]+"#"+name[end:], to+numbered)
}

// isEdition reports whether a number belongs to the name of a classification, as in icd10 and OPCS-4. The first
// argument is the text before the number.
func isEdition(before, number string) bool {
	before = strings.TrimRightFunc(before, isMark)
	before = asciiLower(before[max(0, len(before)-len("opcs")):])
	return strings.HasSuffix(before, "icd") && (number == "9" || number == "10" || number == "11") ||
		before == "opcs" && number == "4"
}

var otherEdition = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`icd[^a-z0-9]*(?:0?9|11)(?:[^0-9]|$)`)
})

// isOtherEdition reports whether a folded name says that a column is coded in an edition other than ICD-10. A number
// that is one of several positions is not an edition: icd_8, icd_9.
func (h *header) isOtherEdition(name string) bool {
	if !otherEdition().MatchString(name) {
		return false
	}
	before := strings.TrimRightFunc(name, isDigit)
	if !strings.HasSuffix(strings.TrimRightFunc(before, isMark), "icd") {
		return true // icd9_1
	}
	return !slices.ContainsFunc(h.names, func(other string) bool {
		number, ok := strings.CutPrefix(foldColumn(other), before)
		n, err := strconv.Atoi(number)
		return ok && before != name && err == nil && n < 9
	})
}
