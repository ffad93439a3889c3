package hesop

import (
	"fmt"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
)

// header describes the columns of a reader. It never changes.
type header struct {
	origin origin
	names  []string       // as they are spelled
	empty  int            // how many names at the end were empty
	read   []string       // the folded names under which the columns are read
	index  map[string]int // column index by folded name, as spelled or as read
	codes  codeFields

	notices []codelist.Notice // about the header

	known []*column // what is known about each column, or nil

	// Indexes of the columns that the reader itself uses; -1 for a column that the header lacks.
	attended, appointmentDate, financialYear int

	// scheme is the index of the column that states the classification of the diagnoses. It is -1 if there is no such
	// column or if no diagnoses are read. isAE says that the data are of emergency care.
	scheme int
	isAE   bool
}

// Column is a handle of one column of one reader. It is valid only for the appointments of that reader and their
// clones; using it with an appointment of another reader panics. The zero Column belongs to no reader.
type Column struct {
	header *header
	index  int
}

// Name returns the name of the column as the header spells it, or "" for the zero Column.
func (c Column) Name() string {
	if c.header == nil {
		return ""
	}
	return c.header.names[c.index]
}

// Variable returns what is known about the column, under the name by which it is read: after Rename("date",
// "apptdate"), the Variable of apptdate. It returns false for a column that the package does not know, and for the zero
// Column.
func (c Column) Variable() (Variable, bool) {
	if c.header == nil {
		return Variable{}, false
	}
	return Describe(c.header.read[c.index])
}

// newHeader reads the names of a header. It drops empty names at the end; an empty name elsewhere is a column without a
// name.
func newHeader(names []string, o *options, from origin) (*header, error) {
	h := &header{origin: from}
	for len(names) > 0 && foldColumn(names[len(names)-1]) == "" {
		names = names[:len(names)-1]
		h.empty++
	}
	h.names, h.index, h.known = names, make(map[string]int, len(names)), make([]*column, len(names))
	if len(names) == 0 {
		return nil, fmt.Errorf("%w: it has no column names", ErrHeader)
	}
	folded := make([]string, len(names))
	for i, name := range names {
		if folded[i] = foldColumn(name); folded[i] == "" {
			continue
		}
		if first, twice := h.index[folded[i]]; twice {
			return nil, fmt.Errorf("%w: %s", ErrHeader, newNaming(names, from).twice(first, i))
		}
		h.index[folded[i]] = i
	}
	renamed, err := h.applyRenames(o.renames, folded)
	if err != nil {
		return nil, err
	}
	h.read = folded
	for i, r := range renamed {
		if r.name != "" {
			h.read[i] = r.name
		}
	}
	codes, err := h.readCodes(renamed, o)
	if err != nil {
		return nil, err
	}
	if err := h.check(codes, renamed, o); err != nil {
		return nil, err
	}
	h.attended, h.appointmentDate, h.financialYear = h.find("attended"), h.find("apptdate"), h.find("fyear")
	h.codes = chooseCodeFields(codes, o.fields)
	h.codes.locate(len(names))
	if len(h.codes.fields) > 0 {
		for _, note := range h.aliasNotes(codes) {
			h.note(codelist.LevelNote, note)
		}
		for i, r := range renamed {
			if _, isCode := readCodeName(r.name); r.name != "" && !isCode {
				h.note(codelist.LevelNote, h.named(i)+" read as "+r.name)
			}
		}
		h.warnShort()
		h.warnMisspelt(renamed, o.notCodes)
		return h, nil
	}
	if len(codes) > 0 {
		return nil, fmt.Errorf("%w of the kind that ReadFields asks for", ErrNoCodeColumns)
	}
	return nil, fmt.Errorf("%w (diag_4_01, opertn_4_concat and their like): %s", ErrNoCodeColumns,
		newNaming(names, from).none())
}

// readCodes finds the code columns, and records what is known about every column.
func (h *header) readCodes(renamed []renamed, o *options) ([]placedField, error) {
	var codes []placedField
	for i, name := range h.read {
		if name == "" {
			continue
		}
		f, ok := readCodeName(name)
		if !ok || renamed[i].is && renamed[i].name == "" {
			h.known[i] = findColumn(name)
			continue
		}
		for j := range codes { // positions are few
			if codes[j].isAt(&f) {
				other := codes[j].Column.index
				return nil, fmt.Errorf("%w: columns %q and %q are the same position, %s: %s",
					ErrHeader, h.named(other), h.named(i), f.hesName(), h.settleTwice(renamed, other, i))
			}
		}
		if _, isExact := readName(name); !isExact {
			h.read[i] = f.hesName()
		}
		if h.known[i] = findColumn(h.read[i]); h.known[i] == nil { // a position beyond those of the layouts
			h.known[i] = &column{name: h.read[i]}
		}
		if f.Form == Raw {
			f.Width = o.rawWidth
		}
		codes = append(codes, placedField{f, Column{h, i}})
	}
	return codes, h.indexRead(renamed)
}

// isAt reports whether two fields have the same position in HES.
func (f *CodeField) isAt(other *CodeField) bool {
	return f.Position == other.Position && f.System == other.System && f.Form == other.Form &&
		(f.Form == Raw || f.Width == other.Width)
}

// check fails if the header would be read wrongly or only in part.
func (h *header) check(codes []placedField, renamed []renamed, o *options) error {
	if err := h.checkOneCode(codes); err != nil {
		return err
	}
	if err := h.checkEmergency(codes, renamed, o.notCodes); err != nil {
		return err
	}
	return h.checkMissed(codes, renamed, o.notCodes)
}

// warnShort warns of a system that is read only from columns of three characters.
func (h *header) warnShort() {
	for _, sys := range [...]coding.System{coding.ICD10, coding.OPCS4} {
		for _, f := range h.codes.fields {
			if f.System == sys && f.Width == 3 { // then every column that is read for the system has three characters
				h.note(codelist.LevelWarning, fmt.Sprintf("%v is read from columns of three characters alone (%s and "+
					"its like), which leave longer entries undecided", sys, h.named(f.Column.index)))
				break
			}
		}
	}
}

// settleTwice returns advice about two columns for the same position. It never suggests a second Rename of a column,
// because that is an error.
func (h *header) settleTwice(renamed []renamed, first, second int) string {
	one, other := first, second
	if !renamed[one].is {
		one, other = other, one
	}
	switch {
	case !renamed[one].is:
		return `use Rename(NAME, "") to say that one of them holds no codes`
	case renamed[other].is:
		return fmt.Sprintf("both have that name from Rename: leave one Rename out, or give %q another name",
			h.named(second))
	default:
		return fmt.Sprintf("%q has the name %s from Rename: leave that Rename out or change it, or use %s to say that "+
			"%q holds no codes", h.named(one), renamed[one].name, renameCall(h.named(other), ""), h.named(other))
	}
}

// indexRead adds to the index the names under which columns are read.
func (h *header) indexRead(renamed []renamed) error {
	for i, name := range h.read {
		other, taken := h.index[name]
		_, isCode := readName(name)
		switch {
		case name == "" || taken && other == i:
		case !taken:
			h.index[name] = i
		case renamed[i].is && !isCode:
			return fmt.Errorf("%w: column %q has the name %s from Rename, but another column already has that name: "+
				"leave that Rename out, or choose another name", ErrHeader, h.named(i), name)
		}
	}
	return nil
}

// spelled returns a name for messages, or the number of the column if the name may be data.
func (h *header) spelled(i int) string {
	if name := h.names[i]; !newNaming(h.names, h.origin).shows(name) {
		return fmt.Sprintf("number %d, not shown", i+1)
	}
	return h.named(i)
}

// named returns the name of a column for messages, without padding and invisible characters. The name must be one that
// a message may show: see spelled.
func (h *header) named(i int) string { return strings.TrimSpace(visible(h.names[i])) }

func (h *header) note(level codelist.Level, text string) {
	h.notices = append(h.notices, codelist.Notice{Level: level, Text: text})
}

// find returns the index of a column by its folded name, as spelled or as read, or -1 if there is none.
func (h *header) find(name string) int {
	if i, ok := h.index[name]; ok {
		return i
	}
	return -1
}

// checkFirst fails if the caller gave the names and the first row of data is a header. The row is a header if it
// consists of these names, has the name of a code column, or consists mostly of names that the package knows.
func (h *header) checkFirst(a *Appointment) error {
	fields := a.allFields()
	same, hasCodes, known, filled := len(fields) >= len(h.names), false, 0, 0
	for i, f := range fields {
		name := string(a.textOf(f))
		same = same && (i >= len(h.names) || foldColumn(name) == foldColumn(h.names[i]))
		if foldColumn(name) == "" {
			continue
		}
		filled++
		if isKnown(name) {
			known++
		}
		_, isCode := readCodeName(name)
		hasCodes = hasCodes || isCode
	}
	switch {
	case same:
		return fmt.Errorf("%w: the first row consists of the names given by Names: the file has a header of its own; "+
			"leave the names out", ErrHeader)
	case hasCodes || 2*known > filled:
		return fmt.Errorf("%w: the file has a header of its own, and Names gives other names: leave these out "+
			"and rename columns with Rename, or remove the header from the file", ErrHeader)
	default:
		return nil
	}
}
