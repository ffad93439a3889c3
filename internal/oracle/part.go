package oracle

import (
	"errors"
	"fmt"
	"strings"
)

// readPart reads one part of a cell. The part must be clean and contain no separator.
func readPart(system, s string, allowBroad bool) (part, error) {
	if ends := rangeEnds.FindStringSubmatch(s); ends != nil {
		return readRange(system, ends[1], ends[2])
	}
	if strings.ContainsAny(s, `()$\`) || strings.Contains(s, ".+") {
		return part{}, fmt.Errorf("%q: of regular expressions only a leading ^, a class [...] and a trailing .* are "+
			"understood", s)
	}
	body, family, marked := takeOffSigns(system, s)

	places, err := readPlaces(body)
	if err != nil {
		return part{}, err
	}
	if len(places) == 0 {
		return part{}, errors.New("there is no code")
	}
	if marked && system != icd10 {
		return part{}, fmt.Errorf("%q: only ICD-10 has daggers and asterisks", s)
	}
	if marked && len(places) < 3 {
		return part{}, fmt.Errorf("%q: a mark on an incomplete code", s)
	}
	if strings.HasPrefix(body, ".") && isChapter(strings.ReplaceAll(body, ".", "")) {
		return part{}, fmt.Errorf("%q: the wildcard .X needs a code before it", s)
	}
	if system == icd10 && !family && isChapter(body) {
		return part{}, fmt.Errorf("%q is the number of a chapter; write the letter as %s%%", body, body)
	}
	if places.areOpen() {
		family = true
	}

	p := part{form: formPlain}
	if family {
		p.form = formFamily
	}
	for _, code := range places.writeOut() {
		if places.areOpenWithinCategory() && standsForMissing(system, code) {
			continue
		}
		if err := checkCode(system, code, allowBroad); err != nil {
			return part{}, err
		}
		p.codes = append(p.codes, code)
	}
	if len(p.codes) == 0 {
		return part{}, fmt.Errorf("%q yields nothing but the code for missing values", s)
	}
	return p, nil
}

// checkCode returns an error if a text is not a code of the system, or is a broad prefix that the caller does not
// allow.
func checkCode(system, code string, allowBroad bool) error {
	switch {
	case isWhole(system, code):
		return nil
	case isBroad(system, code):
		if allowBroad {
			return nil
		}
		return fmt.Errorf("%s is shorter than a category", code)
	case len(code) > 5:
		return fmt.Errorf("%s is longer than any %s code; it may belong to another classification", code, system)
	}
	return fmt.Errorf("%s is not an %s code", code, system)
}

// takeOffSigns removes the signs before and after a code. The result family is true if a sign means all descendants of
// the code. The result marked is true if there was a dagger or a plus.
//
// An asterisk always counts as a wildcard here. After four or five characters it is a mark, but there a mark and a
// wildcard mean the same.
func takeOffSigns(system, s string) (body string, family, marked bool) {
	body = strings.TrimRight(s, ".")
	if rest, found := strings.CutPrefix(body, "^"); found {
		body, family = rest, true
	}
	if rest, found := strings.CutSuffix(body, ".*"); found {
		body, family = rest, true
	} else if rest, found := strings.CutSuffix(body, "*"); found {
		body, family = rest, true
	} else if rest, found := strings.CutSuffix(body, "%"); found {
		body, family = strings.TrimRight(rest, "."), true // .% is one sign, as .* is
	} else if rest, found := strings.CutSuffix(body, "†"); found {
		body, marked = rest, true
	} else if rest, found := strings.CutSuffix(body, "+"); found {
		body, marked = rest, true
	}
	if !strings.ContainsAny(body, "_[]") {
		undotted := strings.ReplaceAll(body, ".", "")
		if dropMarkLetter(system, undotted) != undotted {
			body = strings.TrimRight(body, ".")
			body = body[:len(body)-1]
		}
	}
	if rest := dropDashes(body); rest != body {
		body, family = rest, true
	}
	body = strings.TrimRight(body, ".")
	if category, found := strings.CutSuffix(body, ".X"); found && isThreePlaces(category) {
		body, family = category, true
	}
	return body, family, marked
}

// isThreePlaces reports whether the text before ".X" is as long as a category.
func isThreePlaces(s string) bool {
	places, err := readPlaces(s)
	return err == nil && len(places) == 3
}
