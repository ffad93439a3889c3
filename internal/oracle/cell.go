package oracle

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Cell is one codelist cell as a researcher wrote it.
type Cell struct {
	System  string
	Text    string
	Exclude bool
}

// A part is one code, prefix, pattern or range of a cell, written out.
type part struct {
	codes []string
	form  string
}

// The forms of a part.
const (
	formPlain  = "plain"  // a code as it is; a bare category is left to the policy
	formFamily = "family" // a wildcard or pattern: never left to the policy
	formRange  = "range"
)

const quotes = "\"'`“”‘’"

// zeroWidth characters are invisible and go without a trace.
var zeroWidth = strings.NewReplacer("\u200b", "", "\u200c", "", "\u200d", "", "\u2060", "", "\ufeff", "", "\u00ad", "")

var besideDash = regexp.MustCompile(` *- *`)

// cleanCell makes one kind of white space, one kind of dash and one case of a
// cell, and takes off what stands around it.
func cleanCell(text string) string {
	s := zeroWidth.Replace(text)
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if strings.ContainsRune("‐‑‒–—−", r) {
			return '-'
		}
		return r
	}, s)
	s = upper(s)
	s = besideDash.ReplaceAllString(s, "-")
	return bareOfQuotes(s)
}

// bareOfQuotes takes white space and quotes off both ends.
func bareOfQuotes(s string) string { return strings.Trim(s, " "+quotes) }

// hasText says whether anything at all is written in a cell.
func hasText(text string) bool {
	return strings.TrimFunc(zeroWidth.Replace(text), unicode.IsSpace) != ""
}

// readCell reads a cell that has text: as one part, or as several parts each of
// which could stand alone, or with its inner white space closed up.
func readCell(system, text string, allowBroad bool) ([]part, error) {
	s := cleanCell(text)
	if s == "" {
		return nil, errors.New("there is no code between the quotes")
	}
	if system == icd10 && isChapter(s) {
		return nil, fmt.Errorf("%q: %w", s, errChapter)
	}
	if !strings.ContainsAny(s, ",;| ") {
		p, err := readPart(system, s, allowBroad)
		if err != nil {
			return nil, err
		}
		return []part{p}, nil
	}

	parts, err := readEach(system, s, allowBroad)
	if err == nil {
		return parts, nil
	}
	if strings.ContainsAny(s, ",;|") {
		return nil, fmt.Errorf("several codes in one cell, not all of them readable: %w", err)
	}
	return readCell(system, strings.ReplaceAll(s, " ", ""), allowBroad)
}

// readEach reads what stands between the separators. A run of separators is one.
func readEach(system, s string, allowBroad bool) ([]part, error) {
	texts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",;| ", r) })
	if len(texts) == 0 {
		return nil, errors.New("there are separators and nothing else")
	}
	if !strings.ContainsAny(s, ",;|") {
		allowBroad = false // a letter set apart by a space belongs to the code before it
	}
	var parts []part
	for _, text := range texts {
		p, err := readPart(system, bareOfQuotes(text), allowBroad)
		if err != nil {
			return nil, err
		}
		parts = append(parts, p)
	}
	return parts, nil
}

// errChapter is why a cell is refused that holds the number of a chapter alone.
var errChapter = errors.New("the number of a chapter")

var chapters = strings.Fields("I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII")

// isChapter says whether a clean cell is a Roman number from 1 to 22, with or
// without dots behind it.
func isChapter(s string) bool {
	s = strings.TrimRight(s, ".")
	return slices.Contains(chapters, s)
}
