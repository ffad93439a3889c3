package hesop

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"hesopmatch/codelist"
	"hesopmatch/internal/nearest"
)

// misspelt returns the name of the code column that a name resembles. The two names differ by one letter, which may be
// missing, added, changed or swapped with its neighbour: dig_01, oprtn_4_concat.
func misspelt(name string) (meant string, ok bool) {
	if len(name) > longestName || isKnown(name) {
		return "", false
	}
	name = underscored(foldColumn(name))
	for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return !unicode.IsLetter(r) }) {
		for _, right := range [...]string{"diag", "opertn", "concat"} {
			if d := len(word) - len(right); d < -1 || d > 1 || nearest.Distance(word, right) != 1 {
				continue
			}
			if f, ok := readCodeName(strings.Replace(name, word, right, 1)); ok {
				return f.hesName(), true
			}
		}
	}
	return "", false
}

// warnMisspelt warns of columns that are not read although their names are close to those of code columns. It warns
// once for each series.
func (h *header) warnMisspelt(renamed []renamed, notCodes []string) {
	const most = 3
	var said []string
	for i, name := range h.names {
		if h.known[i] != nil {
			continue
		}
		meant, ok := misspelt(name)
		isName := func(other string) bool { return foldColumn(other) == foldColumn(name) }
		if !ok || renamed[i].is || slices.ContainsFunc(notCodes, isName) {
			continue
		}
		settle := renameTo(h.named(i), meant)
		if slices.Contains(said, settle) {
			continue
		}
		if said = append(said, settle); len(said) <= most {
			h.note(codelist.LevelWarning, fmt.Sprintf("column %q is not read; its name is close to %s: if it holds "+
				"codes, say so with %s; if not, with %s",
				h.named(i), meant, settle, withNumber(h.named(i), "", "")))
		}
	}
	if more := len(said) - most; more > 0 {
		h.note(codelist.LevelWarning, fmt.Sprintf("%d more columns or series are not read, and have names close to "+
			"those of code columns", more))
	}
}

// renameTo returns the Rename that reads a column, and its series, as code columns.
func renameTo(name, meant string) string {
	before, number, after := seriesOf(meant)
	return withNumber(name, before, number+after)
}

// misspelt returns the index of the first column whose name is close to that of a code column, or -1 if there is none.
func (n naming) misspelt() int {
	return slices.IndexFunc(n.names, func(name string) bool { _, ok := misspelt(name); return ok })
}

// looksLikeList reports whether the names are those of a codelist: they include a column of codes without a position,
// but no known column of the data set.
func (n naming) looksLikeList() bool {
	return n.known == 0 && slices.ContainsFunc(n.names, func(name string) bool {
		name = foldColumn(name)
		_, number, _ := seriesOf(name)
		return name == "code" || name == "codes" || number == "" && isCodeLike(name)
	})
}

const listAdvice = "if the file is a codelist, give it to codelist.Parse, and the appointments here"
