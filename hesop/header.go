package hesop

import (
	"fmt"
	"strconv"
	"strings"
)

// header is what a reader knows of its columns. It never changes.
type header struct {
	names []string       // as the file spells them
	index map[string]int // by folded name
	codes codeFields

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

// newHeader reads the names of a header. Empty names at its end are dropped;
// an empty name elsewhere is a column that has none.
func newHeader(names []string, fields Fields) (*header, error) {
	for len(names) > 0 && strings.TrimSpace(names[len(names)-1]) == "" {
		names = names[:len(names)-1]
	}
	h := &header{names: names, index: make(map[string]int, len(names)), known: make([]*column, len(names))}
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
			return nil, fmt.Errorf("%w: columns %d and %d are both called %s", ErrHeader, first+1, i+1, quoteName(name))
		}
		h.index[folded] = i
		h.known[i] = findColumn(folded)
		f, ok := readName(name)
		if !ok {
			continue
		}
		if other, twice := positions[f]; twice {
			return nil, fmt.Errorf("%w: columns %s and %s are the same position", ErrHeader, quoteName(other), quoteName(name))
		}
		positions[f] = name
		f.Column = Column{h, i}
		codes = append(codes, f)
	}
	h.attended, h.appointmentDate, h.financialYear = h.find("attended"), h.find("apptdate"), h.find("fyear")
	h.codes = chooseCodeFields(codes, fields)
	if len(h.codes.fields) > 0 {
		return h, nil
	}
	if len(codes) > 0 {
		return nil, fmt.Errorf("%w of the kind asked for (ReadFields, -fields)", ErrNoCodeColumns)
	}
	return nil, fmt.Errorf("%w (diag_4_01, opertn_4_concat and their like) among %d columns: %s; a file without a header needs Names (-header), another delimiter Delimiter (-delimiter)",
		ErrNoCodeColumns, len(names), someNames(names))
}

// find is the index of a column by its folded name, -1 if there is none.
func (h *header) find(name string) int {
	if i, ok := h.index[name]; ok {
		return i
	}
	return -1
}

// someNames lists the first few names of a header. A line that is no header but
// a row may hold a person's data, so names are shown only if they look like
// names of columns.
func someNames(names []string) string {
	const most = 5
	var b strings.Builder
	for i, name := range names[:min(len(names), most)] {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(quoteName(name))
	}
	if len(names) > most {
		b.WriteString(", …")
	}
	return b.String()
}

// quoteName quotes a name for a message unless it may be a person's data.
func quoteName(name string) string {
	if looksLikeName(name) {
		return strconv.Quote(name)
	}
	return "(not a name)"
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
