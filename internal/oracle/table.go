package oracle

import (
	"regexp"
	"strconv"
	"strings"
)

// Table describes the columns of a row and selects those to read. Fields is "all", "positional" or "concat". Primary
// means that only first positions match. CutRaw means that raw columns hold four characters, not the full code.
type Table struct {
	Columns []string
	Fields  string
	Primary bool
	CutRaw  bool
}

// The kinds of code column, which are the field forms.
const (
	raw        = "raw"
	positional = "positional"
	concat     = "concat"
)

// kinds lists the kinds in the order in which hits at one position are reported.
var kinds = []string{raw, positional, concat}

// A column is a column of codes. position is 0 if it is concatenated.
type column struct {
	index    int
	name     string
	system   string
	kind     string
	width    int
	position int
}

var (
	rawName        = regexp.MustCompile(`^(diag|opertn)_([0-9][0-9])$`)
	positionalName = regexp.MustCompile(`^(diag|opertn)_([34])_([0-9][0-9])$`)
	concatName     = regexp.MustCompile(`^(diag|opertn)_([34])_concat$`)
)

// readColumn returns the description of a column, and false if it holds no codes.
func readColumn(index int, name string) (column, bool) {
	c := column{index: index, name: name}
	lower := strings.ToLower(name)
	var stem, width, position string
	if m := rawName.FindStringSubmatch(lower); m != nil {
		c.kind, stem, width, position = raw, m[1], "6", m[2]
	} else if m := positionalName.FindStringSubmatch(lower); m != nil {
		c.kind, stem, width, position = positional, m[1], m[2], m[3]
	} else if m := concatName.FindStringSubmatch(lower); m != nil {
		c.kind, stem, width, position = concat, m[1], m[2], "0"
	} else {
		return column{}, false
	}
	if c.kind != concat && position == "00" {
		return column{}, false
	}
	c.system = icd10
	if stem == "opertn" {
		c.system = opcs4
	}
	c.width, _ = strconv.Atoi(width)
	c.position, _ = strconv.Atoi(position)
	return c, true
}

// sources returns the columns to read for a system, among those that the caller allows. Columns of three characters
// are read only if there are no wider columns.
func (t Table) sources(system string) []column {
	var fine, short []column
	for i, name := range t.Columns {
		c, holdsCodes := readColumn(i, name)
		if !holdsCodes || c.system != system || !t.allows(c.kind) {
			continue
		}
		if c.kind == raw && t.CutRaw {
			c.width = 4
		}
		if c.width == 3 {
			short = append(short, c)
		} else {
			fine = append(fine, c)
		}
	}
	if len(fine) > 0 {
		return fine
	}
	return short
}

func (t Table) allows(kind string) bool {
	switch t.Fields {
	case "positional":
		return kind != concat
	case "concat":
		return kind == concat
	}
	return true
}

// A value is the value of one field, or of one slot of a concatenated field.
type value struct {
	column
	text  string // original text
	class string
	code  string // canonical
}

// values returns the values of a row in the given columns, sorted by kind and then by position.
func values(columns []column, row []string) []value {
	var found []value
	for _, kind := range kinds {
		for position := 1; position <= 99; position++ {
			for _, c := range columns {
				if c.kind == kind && c.kind != concat && c.position == position {
					found = append(found, newValue(c, fieldOf(row, c.index), position))
				}
			}
		}
		for _, c := range columns {
			if c.kind == kind && c.kind == concat {
				for i, slot := range strings.Split(fieldOf(row, c.index), ",") {
					found = append(found, newValue(c, slot, i+1))
				}
			}
		}
	}
	return found
}

func newValue(c column, text string, position int) value {
	c.position = position
	class, _ := Classify(c.system, text)
	return value{column: c, text: text, class: class, code: canonical(c.system, text)}
}

func fieldOf(row []string, index int) string {
	if index < len(row) {
		return row[index]
	}
	return ""
}
