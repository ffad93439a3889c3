package oracle

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Cell is one cell of a codelist as a researcher wrote it.
type Cell struct {
	System  string
	Text    string
	Exclude bool
}

// A part is one code, prefix, pattern or range of a cell, with all the codes that it stands for.
type part struct {
	codes []string
	form  string
}

// The forms of a part.
const (
	formPlain  = "plain"  // a plain code; the policy resolves a bare category
	formFamily = "family" // a wildcard or pattern, which the policy never resolves
	formRange  = "range"
)

const quotes = "\"'`“”‘’"

// zeroWidth removes invisible characters.
var zeroWidth = strings.NewReplacer("\u200b", "", "\u200c", "", "\u200d", "", "\u2060", "", "\ufeff", "", "\u00ad", "")

var besideDash = regexp.MustCompile(` *- *`)

// cleanCell unifies the white space, dashes and case of a cell, and removes surrounding white space and quotes.
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

// bareOfQuotes removes white space and quotes from both ends.
func bareOfQuotes(s string) string { return strings.Trim(s, " "+quotes) }

// hasText reports whether a cell holds any visible text.
func hasText(text string) bool {
	return strings.TrimFunc(zeroWidth.Replace(text), unicode.IsSpace) != ""
}

// readCell reads a cell that has text. It reads the cell as one part, or as several parts that could each be a cell of
// their own. If it cannot, and spaces are the only separators, it removes them and reads the cell as one part.
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

// readEach reads the parts between separators. A run of separators counts as one.
func readEach(system, s string, allowBroad bool) ([]part, error) {
	texts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",;| ", r) })
	if len(texts) == 0 {
		return nil, errors.New("there are separators and nothing else")
	}
	if !strings.ContainsAny(s, ",;|") {
		allowBroad = false // a letter after a space belongs to the code before it
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

// errChapter is the error for a cell that holds only the number of a chapter.
var errChapter = errors.New("the number of a chapter")

var chapters = strings.Fields("I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII")

// isChapter reports whether a clean cell is a Roman numeral from 1 to 22, with or without trailing dots.
func isChapter(s string) bool {
	s = strings.TrimRight(s, ".")
	return slices.Contains(chapters, s)
}
