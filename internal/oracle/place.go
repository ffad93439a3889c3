package oracle

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A place is one position of a pattern, with the characters allowed there. Each place of a plain code allows one
// character.
type (
	place struct {
		chars string
		open  bool // written as a class or as _
	}
	pattern []place
)

const digits = "0123456789"

// readPlaces reads a sequence of letters, digits, _ and classes. It ignores dots.
func readPlaces(s string) (pattern, error) {
	var places pattern
	for s != "" {
		c := s[0]
		switch {
		case c == '.':
			s = s[1:]
		case c == '_':
			chars := digits
			if len(places) == 3 {
				chars = digits + "X"
			}
			places = append(places, place{chars, true})
			s = s[1:]
		case c == '[':
			inside, rest, closed := strings.Cut(s[1:], "]")
			if !closed {
				return nil, fmt.Errorf("a class without an end: %s", s)
			}
			chars, err := readClass(inside)
			if err != nil {
				return nil, err
			}
			places = append(places, place{chars, true})
			s = rest
		case 'A' <= c && c <= 'Z' || '0' <= c && c <= '9':
			places = append(places, place{string(c), false})
			s = s[1:]
		default:
			return nil, fmt.Errorf("a character that cannot occur in a code: %s", s)
		}
	}
	if len(places) > 0 && places[0].open {
		return nil, errors.New("the first character must be a letter")
	}
	return places, nil
}

// readClass reads the text between the brackets. It returns the digits in order, each once, and X last.
func readClass(inside string) (string, error) {
	if inside == "" {
		return "", errors.New("an empty class")
	}
	var chars strings.Builder
	for inside != "" {
		if len(inside) >= 3 && isDigit(inside[0]) && inside[1] == '-' && isDigit(inside[2]) {
			if inside[0] > inside[2] {
				return "", fmt.Errorf("a class that runs backwards: [%s]", inside)
			}
			for c := inside[0]; c <= inside[2]; c++ {
				chars.WriteString(string(c))
			}
			inside = inside[3:]
			continue
		}
		if !isDigit(inside[0]) && inside[0] != 'X' {
			return "", fmt.Errorf("a class holds digits, ranges of digits and X: [%s]", inside)
		}
		chars.WriteString(inside[:1])
		inside = inside[1:]
	}
	found := strings.Split(chars.String(), "")
	slices.Sort(found)
	return strings.Join(slices.Compact(found), ""), nil
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// areOpen reports whether any place is a class or _.
func (p pattern) areOpen() bool {
	for _, one := range p {
		if one.open {
			return true
		}
	}
	return false
}

// areOpenWithinCategory reports whether one of the first three places is a class or _.
func (p pattern) areOpenWithinCategory() bool {
	if len(p) > 3 {
		p = p[:3]
	}
	return p.areOpen()
}

// writeOut returns every text that the pattern matches.
func (p pattern) writeOut() []string {
	texts := []string{""}
	for _, one := range p {
		var longer []string
		for _, text := range texts {
			for _, c := range one.chars {
				longer = append(longer, text+string(c))
			}
		}
		texts = longer
	}
	return texts
}
