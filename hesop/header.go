package hesop

import (
	"fmt"
	"strconv"
	"strings"
)

// header is what a reader knows of its columns. It never changes.
type header struct {
	origin origin
	names  []string       // as they are spelled
	empty  int            // how many names at the end were empty
	index  map[string]int // by folded name
	codes  codeFields

	known []*column // what is known of each column, nil if nothing

	// Columns that the reader itself looks at, -1 for one that there is not.
	attended, appointmentDate, financialYear int
}

// Column is a handle of one column of one reader, good for its appointments and
// their clones only: used with another reader's it panics. The zero Column
// belongs to none.
type Column struct {
	header *header
	index  int
}

// Name is the name of the column as the header spells it, "" for the zero Column.
func (c Column) Name() string {
	if c.header == nil {
		return ""
	}
	return c.header.names[c.index]
}

// foldColumn makes column names comparable: in any case, padded or not.
func foldColumn(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// origin is where the names of a header are from, which decides what is advised when
// they cannot be used, and which of them may be shown.
type origin uint8

const (
	fromText   origin = iota // the first row of a file: a header, or a row taken for one
	fromCaller               // Names
	fromQuery
)

// newHeader reads the names of a header. Empty names at its end are dropped;
// an empty name elsewhere is a column that has none.
func newHeader(names []string, fields Fields, from origin) (*header, error) {
	h := &header{origin: from}
	for len(names) > 0 && strings.TrimSpace(names[len(names)-1]) == "" {
		names = names[:len(names)-1]
		h.empty++
	}
	h.names, h.index, h.known = names, make(map[string]int, len(names)), make([]*column, len(names))
	if len(names) == 0 {
		return nil, fmt.Errorf("%w: it has no column names", ErrHeader)
	}
	var codes []CodeField
	positions := make(map[CodeField]string)
	for i, name := range names {
		folded := foldColumn(name)
		if folded == "" {
			continue
		}
		if first, twice := h.index[folded]; twice {
			return nil, fmt.Errorf("%w: columns %d and %d are both called %s%s", ErrHeader, first+1, i+1, from.quote(name), from.advise(names))
		}
		h.index[folded] = i
		h.known[i] = findColumn(folded)
		f, ok := readName(name)
		if !ok {
			continue
		}
		if other, twice := positions[f]; twice {
			return nil, fmt.Errorf("%w: columns %s and %s are the same position", ErrHeader, from.quote(other), from.quote(name))
		}
		positions[f] = name
		if h.known[i] == nil { // of a position beyond those of the layouts
			h.known[i] = &column{name: folded}
		}
		f.Column = Column{h, i}
		codes = append(codes, f)
	}
	h.attended, h.appointmentDate, h.financialYear = h.find("attended"), h.find("apptdate"), h.find("fyear")
	h.codes = chooseCodeFields(codes, fields)
	h.codes.locate(len(names))
	if len(h.codes.fields) > 0 {
		return h, nil
	}
	if len(codes) > 0 {
		return nil, fmt.Errorf("%w of the kind asked for (ReadFields, -fields)", ErrNoCodeColumns)
	}
	return nil, fmt.Errorf("%w (diag_4_01, opertn_4_concat and their like) among %d columns: %s%s",
		ErrNoCodeColumns, len(names), from.quoteSome(names), from.advise(names))
}

// column is the handle of a column by its name.
func (h *header) column(name string) (Column, bool) {
	i := h.find(foldColumn(name))
	if i < 0 {
		return Column{}, false
	}
	return Column{h, i}, true
}

// find is the index of a column by its folded name, -1 if there is none.
func (h *header) find(name string) int {
	if i, ok := h.index[name]; ok {
		return i
	}
	return -1
}

// quoteSome lists the first few names of a header.
func (o origin) quoteSome(names []string) string {
	const most = 5
	var b strings.Builder
	for i, name := range names[:min(len(names), most)] {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(o.quote(name))
	}
	if len(names) > most {
		b.WriteString(", …")
	}
	return b.String()
}

// quote quotes a name for a message unless it may be a person's data. The first row
// of a file may be no header: of it only names are shown that the data set has.
func (o origin) quote(name string) string {
	if isKnown(name) || o != fromText && looksLikeName(name) {
		return strconv.Quote(name)
	}
	return "(not shown)"
}

// isKnown reports whether a column of that name is known.
func isKnown(name string) bool {
	_, isCode := readName(name)
	return isCode || findColumn(name) != nil || isStudyPerson(foldColumn(name))
}

// advise says what to do about names that cannot be used, from the last thing that
// the message says on.
func (o origin) advise(names []string) string {
	known := 0
	for _, name := range names {
		if isKnown(name) {
			known++
		}
	}
	switch {
	case o == fromQuery:
		return "; name the columns of the query (AS)"
	case o == fromCaller:
		return "; the names are those given by Names (-header)"
	case 2*known > len(names): // it is a header
		return "; a file with the codes of these appointments has to be joined with it before"
	default:
		return "; a file without a header needs Names (-header), another delimiter Delimiter (-delimiter)"
	}
}

// looksLikeName reports whether a text is made of letters and underscores, with
// few digits: identifiers, dates and numbers are not.
func looksLikeName(text string) bool {
	text = strings.TrimSpace(text)
	letters, digits := 0, 0
	for _, r := range text {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', r == '_':
			letters++
		case '0' <= r && r <= '9':
			digits++
		default:
			return false
		}
	}
	return letters > 0 && digits <= 3 && len(text) <= 40
}
