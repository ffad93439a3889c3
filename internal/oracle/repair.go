package oracle

import (
	"regexp"
	"strings"
)

// The printed forms of a code, which are taken as they are. A dot stands directly after
// the third character, with something behind it.
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

// tookAs says how a cell that reads is taken: as it is written, or repaired. Of dashes
// that are wildcards, of long dashes and of white space beside a dash the rules do not
// say which.
func tookAs(system, text string) string {
	if strings.ContainsAny(text, "‐‑‒–—−") || spacedDash.MatchString(text) || strings.HasSuffix(text, "-") {
		return RowUsed
	}
	if code, found := strings.CutSuffix(text, "*"); found && !strings.HasSuffix(code, ".") {
		if (system == opcs4 || shortPrefix.MatchString(code)) && printedCode.MatchString(code) {
			return RowAccepted // a procedure has no marks, and neither has a prefix that is no code
		}
		return RowRepaired
	}
	if printedRange.MatchString(text) || printedCode.MatchString(wildcard.ReplaceAllString(text, "")) {
		return RowAccepted
	}
	return RowRepaired
}
