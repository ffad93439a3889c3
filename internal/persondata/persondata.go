// Package persondata recognises texts that may identify a person, which messages must not show.
package persondata

import (
	"regexp"
	"strings"
	"sync"
)

var pattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(strings.Join([]string{
		`[0-9]{4}`,
		`[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{2}`,
		`(?i:[0-9]{1,2}[-/ ]?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/ ]?[0-9]{2})`,
		`(?i:(?:^|[^a-z0-9])[a-z]{1,2}[0-9][a-z0-9]? *[0-9][a-z]{2}(?:$|[^a-z0-9]))`,
		`^[-+., ]*[0-9][-+0-9., ]*$`,
	}, "|"))
})

// Looks reports whether a text looks like personal data: it contains more than three digits in a row, a date or a
// postcode, or it is just a number. Words and names of columns do not look like personal data.
func Looks(text string) bool { return pattern().MatchString(text) }

// IsNone reports whether a trimmed text in the column of the person identifies no one: the text is empty, or one that
// programs write for a missing value.
func IsNone(text []byte) bool {
	if len(text) > len("<na>") {
		return false
	}
	switch strings.ToLower(string(text)) {
	case "", "-", ".", "&", "na", "n/a", "nan", "<na>", "null", "none":
		return true
	}
	return false
}

// IsRounded reports whether a text looks like a number that a spreadsheet has rounded, such as 1.23457E+11: it starts
// with a digit and ends like 7E+11.
func IsRounded(text []byte) bool {
	n := len(text) - len("7E+11")
	isDigit := func(i int) bool { return '0' <= text[i] && text[i] <= '9' }
	return n >= 0 && isDigit(0) && isDigit(n) && text[n+1]|0x20 == 'e' && text[n+2] == '+' &&
		isDigit(n+3) && isDigit(n+4)
}
