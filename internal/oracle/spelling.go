package oracle

import (
	"fmt"
	"strconv"
	"strings"
)

// Spelling is a header for the columns of a table, with other names than HES uses. Renames holds pairs of an old and
// a new name, for the names that a reader could not recognise.
type Spelling struct {
	Names   []string
	Renames [][2]string
}

// Spelling returns names for the columns of a table. Each is spelled as in some extract, or is arbitrary. One rename
// covers a whole series of arbitrary names, by position.
func (r Random) Spelling(t Table) Spelling {
	s := Spelling{Names: make([]string, len(t.Columns))}
	// The common start of the names of a series, by system, kind and width; "" if each name is chosen by itself.
	series := make(map[string]string)
	for i, name := range t.Columns {
		c, holdsCodes := readColumn(i, name)
		if !holdsCodes {
			s.Names[i] = name
			continue
		}
		if c.kind == concat {
			s.Names[i] = r.spelled(c)
			if r.chance(20) {
				s.Names[i] = "list_" + letter(i)
				s.Renames = append(s.Renames, [2]string{s.Names[i], r.spelled(c)})
			}
			continue
		}
		key := c.system + c.kind + strconv.Itoa(c.width)
		stem, seen := series[key]
		if !seen && r.chance(25) {
			stem = "Series " + letter(i) + r.pick("_", " ", "-")
			to := strings.TrimSuffix(name, name[len(name)-2:]) + "#"
			if r.chance(50) {
				stem += "0-" // numbers then start with 0
				to += "+1"
			}
			s.Renames = append(s.Renames, [2]string{r.pick(stem, strings.ToUpper(stem)) + "#", to})
		}
		series[key] = stem
		switch {
		case strings.HasSuffix(stem, "0-"):
			s.Names[i] = stem + strconv.Itoa(c.position-1)
		case stem != "":
			s.Names[i] = fmt.Sprintf("%s%0*d", stem, 1+r.IntN(2), c.position)
		case r.chance(15):
			s.Names[i] = "alone_" + letter(i)
			s.Renames = append(s.Renames, [2]string{s.Names[i], r.spelled(c)})
		default:
			s.Names[i] = r.spelled(c)
		}
	}
	return s
}

func letter(i int) string { return string(rune('a'+i/26)) + string(rune('a'+i%26)) }

// spelled returns one of the names that a reader recognises for a column of codes.
func (r Random) spelled(c column) string {
	stem := "diag"
	if c.system == opcs4 {
		stem = "opertn"
	}
	long, short := fmt.Sprintf("%02d", c.position), strconv.Itoa(c.position)
	number := r.pick(long, short)
	width := strconv.Itoa(c.width)
	var name string
	switch c.kind {
	case raw:
		name = stem + r.pick("_", "_", "") + number
	case positional:
		name = r.pick(stem+"_"+width+"_"+number, stem+width+"_"+number, stem+"_"+number+"_"+width+"char")
	default:
		name = r.pick(stem+"_"+width+"_concat", stem+width+"_concat")
		if c.width == 4 && r.chance(30) {
			name = stem + "_concat"
		}
	}
	if r.chance(10) {
		name = strings.ReplaceAll(name, "_", ".")
	}
	if c.kind == raw && r.chance(10) {
		name = stem + "[" + number + "]"
	}
	switch r.IntN(8) {
	case 0:
		name = strings.ToUpper(name)
	case 1:
		name = r.pick("\uFEFF", "\u200B", " ") + name + r.pick("", " ")
	}
	return name
}
