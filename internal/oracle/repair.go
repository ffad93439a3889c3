package oracle

import (
	"regexp"
	"strings"
)

// The printed forms of a code are accepted without repair. In these forms a dot directly follows the third character
// and precedes a fourth character.
const (
	second = `(?:[0-9_]|\[[0-9X-]+\])`
	fourth = `(?:[0-9X_]|\[[0-9X-]+\])`
)

var (
	printedCode = regexp.MustCompile(`^\^?[A-Z](?:` + second + `{0,2}|` + second + `{2}\.?` + fourth + second + `?)$`)

	shortPrefix = regexp.MustCompile(`^\^?[A-Z]` + second + `?$`)

	printedRange = regexp.MustCompile(`^[A-Z][0-9]{2}(\.?[0-9]{1,2})?-[A-Z][0-9]{2}(\.?[0-9]{1,2})?$`)
	spacedDash   = regexp.MustCompile(` -|- `)
	wildcard     = regexp.MustCompile(`\.?[%]$|\.\*$`)
)

// tookAs returns RowAccepted or RowRepaired for a readable cell. The rules leave the choice between the two open for
// dashes that are wildcards, for long dashes, and for white space next to a dash; tookAs then returns RowUsed.
func tookAs(system, text string) string {
	if strings.ContainsAny(text, "‐‑‒–—−") || spacedDash.MatchString(text) || strings.HasSuffix(text, "-") {
		return RowUsed
	}
	if code, found := strings.CutSuffix(text, "*"); found && !strings.HasSuffix(code, ".") {
		if (system == opcs4 || shortPrefix.MatchString(code)) && printedCode.MatchString(code) {
			return RowAccepted // procedures and broad prefixes have no marks, so this is a wildcard
		}
		return RowRepaired
	}
	if printedRange.MatchString(text) || printedCode.MatchString(wildcard.ReplaceAllString(text, "")) {
		return RowAccepted
	}
	return RowRepaired
}
