package codelist

import (
	"regexp"
	"slices"
	"strings"
)

// signColumns matches the names of columns that are columns of signs whatever their values.
var signColumns = regexp.MustCompile(`^(include[ds]?|exclude[ds]?)$`)

var (
	signWords = wordSet("include exclude includes excludes inclusion exclusion inclusions exclusions included " +
		"excluded incl excl keep filter decision inout")

	// stateWords holds words that occur in the names of columns of signs. They count only if every other word of two or
	// more letters in the name is in stateCompany, because smoking_status is not a column of signs.
	stateWords   = wordSet("status action")
	stateCompany = wordSet("code codes list row rows review final inclusion exclusion study")
)

// isSignColumn reports whether a column with this name is a column of signs whatever its values. Punctuation in the
// name does not matter: Parse must not pass over a column "Include?".
func isSignColumn(name string) bool {
	return signColumns.MatchString(strings.Join(nameWords(name), ""))
}

// isSignName reports whether a column with this name may hold signs.
func isSignName(name string) bool {
	words := nameWords(name)
	if hasWord(words, signWords) {
		return true
	}
	if i := slices.Index(words, "in"); i >= 0 && i+1 < len(words) && words[i+1] == "out" {
		return true
	}
	return hasWord(words, stateWords) && !slices.ContainsFunc(words, func(w string) bool {
		return !stateWords[w] && !stateCompany[w] && len(w) > 1
	})
}

// isInverted reports whether, in a column with this name, the cells "1" and "yes" mean exclude. They do in columns
// called excluded and not_included, but not in a column called not_excluded.
func isInverted(name string) bool {
	words := nameWords(name)
	starts := func(prefix string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, prefix) })
	}
	inverted := strings.HasPrefix(foldName(name), "excl") || starts("excl") && !starts("incl")
	return inverted != slices.Contains(words, "not")
}

// signReader reads the cells of one column of signs.
type signReader struct {
	inverted bool
	when     string // the value that excludes (ExcludeValue), "" if signs decide
}

func newSignReader(name string, o *options) signReader {
	return signReader{inverted: isInverted(name), when: o.excludeValue}
}

// read reads a cell. The result ok is false if the cell is not a sign.
func (r signReader) read(cell string) (exclude, ok bool) {
	text := strings.ToLower(trimSpace(cell))
	if r.when != "" {
		return text == strings.ToLower(trimSpace(r.when)) || excludesByWord(text), true
	}
	switch text {
	case "include", "included", "inclusion", "(+)":
		return false, true
	case "exclude", "excluded", "exclusion", "(-)":
		return true, true
	case "":
		return false, true
	case "1", "+", "yes", "y", "true", "t":
		return r.inverted, true
	case "0", "-", "no", "n", "false", "f":
		return !r.inverted, true
	}
	return false, false
}

// excludesByWord reports whether a sign in lower case is a word that excludes in every column.
func excludesByWord(sign string) bool {
	return sign == "exclude" || sign == "excluded" || sign == "exclusion"
}

// isSignWord reports whether a cell is a word that includes or excludes in a column of any name.
func isSignWord(cell string) bool {
	switch strings.ToLower(trimSpace(cell)) {
	case "include", "included", "inclusion", "exclude", "excluded", "exclusion":
		return true
	}
	return false
}

// findSigns returns the columns of signs. A column is one of them if its name alone suffices, if its name is suitable
// and all its values are signs, or if all its values are words such as "include" and "exclude".
func (c *columns) findSigns(t *table, o *options) []int {
	var found []int
	for i := range c.width {
		if slices.Contains(c.codes, i) || i == c.group && o.groupColumn != "" ||
			slices.ContainsFunc(c.system, func(s systemColumn) bool { return s.index == i }) {
			continue
		}
		name := c.name(i)
		if isSignColumn(name) || strings.Join(nameWords(name), "") == "status" {
			found = append(found, i)
			continue
		}
		named, reader := isSignName(name), signReader{}
		filled, isSign, isWord := 0, true, true
		for r := c.firstData; r < len(t.rows) && (isSign && named || isWord); r++ {
			cell := t.rows[r].cell(i)
			if isBlank(cell) {
				continue
			}
			filled++
			isWord = isWord && isSignWord(cell)
			if isSign && named {
				_, isSign = reader.read(cell)
			}
		}
		if filled > 0 && (isWord || named && isSign) {
			found = append(found, i)
		}
	}
	return found
}

// refuseSigns checks the columns of signs that the caller has not named. If the caller has named no column, it fails if
// one of them excludes a row, or if a column called include or exclude has a value that is not a sign. If the caller
// has named a column, it fails if one of them excludes a row that the named column includes.
func (c *columns) refuseSigns(t *table, o *options) error {
	if o.excludeColumn == noColumn {
		return nil
	}
	var mine signReader
	if c.exclude >= 0 {
		mine = newSignReader(c.name(c.exclude), o)
	}
	for _, i := range c.signs {
		if i == c.exclude {
			continue
		}
		reader := signReader{inverted: isInverted(c.name(i))}
		strict := isSignColumn(c.name(i)) // a status column may hold other values
		for r := c.firstData; r < len(t.rows); r++ {
			row := &t.rows[r]
			exclude, ok := reader.read(row.cell(i))
			switch {
			case c.exclude >= 0:
				if named, isSign := mine.read(row.cell(c.exclude)); ok && exclude && isSign && !named {
					return t.fail(o, ErrUnusedSigns,
						"%s excludes row %d, which %q includes; take out one of the columns",
						c.quote(i), row.line, c.name(c.exclude))
				}
			case ok && exclude, !ok && strict:
				return t.fail(o, ErrUnusedSigns,
					"%s, first at row %d; name it with ExcludeColumn, or remove it; "+
						"ExcludeColumn(%q) says that no column marks exclusions",
					c.quote(i), row.line, noColumn)
			}
		}
	}
	return nil
}

// noColumn is the argument of ExcludeColumn for files without a column of signs.
const noColumn = "none"
