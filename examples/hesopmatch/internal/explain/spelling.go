package explain

import (
	"fmt"
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
)

// tidy returns a text in the form in which codes are compared: in upper case, without dots or surrounding white space.
func tidy(text string) string {
	return strings.ToUpper(strings.ReplaceAll(trim(text), ".", ""))
}

// trim returns a text without surrounding spaces, tabs and no-break spaces, including the no-break spaces of
// Windows-1252.
func trim(text string) string {
	for {
		rest := strings.Trim(text, " \t\u00A0")
		rest = strings.TrimPrefix(strings.TrimSuffix(rest, "\xA0"), "\xA0")
		if rest == text {
			return rest
		}
		text = rest
	}
}

// repairs returns, in brackets, how a text differs from the code that it was read as, or "" if it does not.
func repairs(v coding.Value, text string) string {
	trimmed := trim(text)
	var repaired, notes []string
	if trimmed != text {
		repaired = append(repaired, "white space")
	}
	if trimmed != strings.ToUpper(trimmed) {
		repaired = append(repaired, "lower case")
	}
	if strings.Contains(trimmed, ".") {
		repaired = append(repaired, "dot")
	}
	if repaired != nil {
		notes = append(notes, "repaired: "+strings.Join(repaired, ", "))
	}
	rest, isCode := strings.CutPrefix(tidy(text), v.Code().String())
	if isCode && v.Code().IsValid() && !v.IsMalformed() {
		notes = append(notes, marks(rest)...)
	}
	if notes == nil {
		return ""
	}
	return " (" + strings.Join(notes, "; ") + ")"
}

// marks returns the meanings that HES gives to the characters after a code.
func marks(rest string) (notes []string) {
	if after, ok := strings.CutPrefix(rest, "X"); ok {
		notes, rest = append(notes, "X fills an undivided category"), after
	}
	if strings.Contains(rest, "-") {
		notes = append(notes, "- fills unused positions")
	}
	switch strings.Trim(rest, "-") {
	case "D":
		notes = append(notes, "D marks a dagger")
	case "A":
		notes = append(notes, "A marks an asterisk")
	}
	return notes
}

// whyNot returns why a value is not a code.
func whyNot(v *value) string {
	sys := v.Value.System()
	text := strings.TrimRight(tidy(v.text), "-")
	shortest, longest := 3, sys.Longest()
	n := len([]rune(text))
	switch {
	case v.Form != hesop.Concatenated && strings.ContainsAny(text, ",;|"):
		return "several values in a field for one"
	case n < shortest || n > longest:
		return fmt.Sprintf("wrong length, %d characters; codes have %d to %d", n, shortest, longest)
	case sys == coding.OPCS4 && strings.HasPrefix(text, "I"):
		return "no OPCS-4 code begins with I"
	default:
		return fmt.Sprintf("a code is a letter, two digits and at most %d more", longest-shortest)
	}
}
