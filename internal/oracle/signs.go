package oracle

import (
	"slices"
	"strings"
)

const signNames = "include exclude inclusion exclusion included excluded incl excl keep filter decision action " +
	"status inout"

var (
	allSigns = strings.Fields("include exclude included excluded inclusion exclusion yes no y n true false t f 1 0 + " +
		"- (+) (-)")
	signWords  = strings.Fields("include exclude included excluded inclusion exclusion")
	meansYes   = strings.Fields("1 + (+) yes y true t")
	meansNo    = strings.Fields("0 - (-) no n false f")
	nameOfSign = strings.Fields(signNames)

	// The words "status" and "action" mean many other things in combination with other words.
	weakNames   = strings.Fields("status action")
	besideWeak  = strings.Fields("status action code list row review final inclusion exclusion study")
	oldNames    = strings.Fields("include exclude included excluded includes excludes status")
	mayHoldAll  = "status"
	removalName = "reasonforremoval"
)

// isNameOfSigns reports whether a header has a word that names a column of signs. The words "status" and "action" count
// only alone, or together with a few words and single letters.
func isNameOfSigns(name string) bool {
	words := strings.Fields(strings.ReplaceAll(strings.Join(wordsOf(name), " "), "in out", "inout"))
	strong, weak, other := false, false, false
	for _, word := range words {
		switch {
		case slices.Contains(weakNames, word):
			weak = true
		case slices.Contains(nameOfSign, word):
			strong = true
		}
		if !slices.Contains(besideWeak, word) && len(word) > 1 {
			other = true
		}
	}
	return strong || weak && !other
}

// turnsRound reports whether, in a column with this name, the cell "yes" means exclude. It does if the name starts with
// "excl", or if a word of the name starts with "excl" and no word starts with "incl". The word "not" reverses the
// result.
func turnsRound(name string) bool {
	starts := func(prefix string) bool {
		return slices.ContainsFunc(wordsOf(name), func(word string) bool { return strings.HasPrefix(word, prefix) })
	}
	turned := strings.HasPrefix(squash(name), "excl") || starts("excl") && !starts("incl")
	return turned != slices.Contains(wordsOf(name), "not")
}

// excludes reads a sign. The words "include" and "exclude", in all their forms, mean the same in every column. An empty
// cell means include. Other signs answer the question that the name of the column asks.
func excludes(name, text string) (exclude, isSign bool) {
	switch value := plainValue(text); {
	case value == "" || value == "include" || value == "included" || value == "inclusion":
		return false, true
	case value == "exclude" || value == "excluded" || value == "exclusion":
		return true, true
	case slices.Contains(meansYes, value):
		return turnsRound(name), true
	case slices.Contains(meansNo, value):
		return !turnsRound(name), true
	}
	return false, false
}

// allOf reports whether there is at least one value and every value is one of the words.
func allOf(values, words []string) bool {
	return len(values) > 0 && !slices.ContainsFunc(values, func(v string) bool { return !slices.Contains(words, v) })
}

// isColumnOfSigns reports whether a column holds signs. It does if its header names a column of signs and every value
// is a sign. It also does, under any header, if every value is a form of "include" or "exclude". A column whose name is
// a form of "include" or "exclude", or is "status", holds signs whatever its values are.
func (s Sheet) isColumnOfSigns(t table, column int) bool {
	name, values := t.name(column), s.valuesOf(t, column)
	return allOf(values, allSigns) && isNameOfSigns(name) || allOf(values, signWords) ||
		slices.Contains(oldNames, bareName(name))
}

// excludesAny reports whether a column would exclude one of the given rows.
func (s Sheet) excludesAny(t table, column int, rows []int) bool {
	return slices.ContainsFunc(rows, func(row int) bool {
		exclude, _ := excludes(t.name(column), s.cell(row, column))
		return exclude
	})
}

// hasNoSign reports whether a column has a value that is not a sign.
func (s Sheet) hasNoSign(t table, column int) bool {
	return slices.ContainsFunc(s.valuesOf(t, column), func(v string) bool { return !slices.Contains(allSigns, v) })
}

// signColumns returns the columns of signs of a table, except for the columns that are already taken.
func (s Sheet) signColumns(t table, taken []int) (columns []int) {
	for column := range s.width(t) {
		if !slices.Contains(taken, column) && s.isColumnOfSigns(t, column) {
			columns = append(columns, column)
		}
	}
	return columns
}

// chosenSigns returns the column of signs that the caller names, or -1. It refuses the table if the caller names no
// column and some column excludes a row, or if another column excludes a row that the named column includes.
func (s Sheet) chosenSigns(t table, taken []int, c Choices) (chosen int, refused []string) {
	columns := s.signColumns(t, taken)
	switch c.ExcludeColumn {
	case "none":
		return -1, nil
	case "":
		for _, column := range columns {
			strict := slices.Contains(oldNames, bareName(t.name(column))) && bareName(t.name(column)) != mayHoldAll
			if s.excludesAny(t, column, t.rows) || strict && s.hasNoSign(t, column) {
				return -1, []string{UnusedSigns}
			}
		}
		return -1, nil
	}
	found := named(t.header, c.ExcludeColumn)
	if len(found) != 1 {
		return -1, []string{NoColumn}
	}
	chosen = found[0]
	var included []int
	for _, row := range t.rows {
		if exclude, isSign := s.excludesRow(t, row, chosen, c); isSign && !exclude {
			included = append(included, row)
		}
	}
	for _, column := range columns {
		if column != chosen && s.excludesAny(t, column, included) {
			return chosen, []string{UnusedSigns}
		}
	}
	return chosen, nil
}

// excludesRow reads the sign of a row. If the caller gives the value that means exclude, all other values mean include,
// except for the forms of the word "exclude".
func (s Sheet) excludesRow(t table, row, column int, c Choices) (exclude, isSign bool) {
	if column < 0 {
		return false, true
	}
	text := s.cell(row, column)
	if c.ExcludeValue != "" {
		value := plainValue(text)
		return value == plainValue(c.ExcludeValue) ||
			value == "exclude" || value == "excluded" || value == "exclusion", true
	}
	return excludes(t.name(column), text)
}
