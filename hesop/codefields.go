package hesop

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop/internal/index"
)

// CodeField describes what a code column holds. The zero values of Form, Position and Width suit codes without a row:
// see Codes.Add.
type CodeField struct {
	System   coding.System
	Form     Form
	Position int // from 1; 0 for a concatenated column
	Width    int // how many characters of a code the column holds: 3, 4 or, in a raw column only, 6
}

// placedField is a code column of a header.
type placedField struct {
	CodeField
	Column Column
}

// CodeColumns yields the names of the code columns of a layout, in the spelling and order of the layout, each with what
// the column holds. These are the columns to select from a database. Of these, a Reader reads the most detailed ones of
// each system.
func CodeColumns(l Layout) iter.Seq2[string, CodeField] {
	return func(yield func(string, CodeField) bool) {
		for _, name := range l.Names() {
			if f, ok := readName(name); ok && !yield(name, f) {
				return
			}
		}
	}
}

// maxPosition is the highest position that the name of a column can have.
const maxPosition = 99

// rawWidth is the maximum number of characters of a raw column (HES Technical Output Specification V1.15: 4 to 6
// characters).
const rawWidth = 6

// readName recognises the name of a code column as HES spells it, in upper or lower case: diag_01, diag_4_01,
// diag_3_concat, opertn_01 and similar names, at any position from 1 to 99.
func readName(name string) (f CodeField, ok bool) {
	name = foldColumn(name)
	rest, isDiagnosis := strings.CutPrefix(name, "diag_")
	f.System = coding.ICD10
	if !isDiagnosis {
		if rest, ok = strings.CutPrefix(name, "opertn_"); !ok {
			return f, false
		}
		f.System = coding.OPCS4
	}
	f.Form, f.Width = Raw, rawWidth
	if len(rest) > 2 && (rest[0] == '3' || rest[0] == '4') && rest[1] == '_' {
		f.Form, f.Width = Positional, int(rest[0]-'0')
		rest = rest[2:]
		if rest == "concat" {
			f.Form = Concatenated
			return f, true
		}
	}
	if len(rest) != 2 {
		return f, false
	}
	for _, c := range []byte(rest) {
		if c < '0' || c > '9' {
			return f, false
		}
	}
	f.Position, _ = strconv.Atoi(rest)
	return f, f.Position > 0
}

// codeFields holds the code columns of a header.
type codeFields struct {
	all    []placedField // all code columns, whether or not they are read, in the order of the header
	fields []placedField // the code columns to read, ordered by system, then form, then position
	pairs  [3]bool       // by system: whether positional and concatenated fields are both read

	spans   []index.Span // runs of adjacent columns that are in fields, in the order of the header
	columns []codeColumn // by column index
	ordered bool         // the header has the columns to read in the same order as fields
	apart   bool         // ... and no two spans have columns of the same system

	allSpans []index.Span // runs of adjacent columns that are in all
	numbers  []int32      // by column index: the index of the column in all
}

// codeColumn holds the facts about a column that are needed to read a value from it. They are close together in memory.
type codeColumn struct {
	order    int32 // index in fields
	position int32
	system   coding.System
	source   Form
	width    uint8
}

// locate records where the code fields are in a header with the given number of columns.
func (c *codeFields) locate(columns int) {
	c.columns = make([]codeColumn, columns)
	c.ordered = true
	var indexes []int
	for i, f := range c.fields {
		c.columns[f.Column.index] = codeColumn{int32(i), int32(f.Position), f.System, f.Form, uint8(f.Width)}
		indexes = append(indexes, f.Column.index)
		c.ordered = c.ordered && (i == 0 || indexes[i-1] < f.Column.index)
	}
	slices.Sort(indexes)
	c.apart = c.ordered
	for _, i := range indexes {
		n := len(c.spans)
		if n > 0 && c.spans[n-1].Last == i-1 {
			c.spans[n-1].Last = i
			continue
		}
		if n > 0 && c.columns[c.spans[n-1].Last].system == c.columns[i].system {
			c.apart = false
		}
		c.spans = append(c.spans, index.Span{First: i, Last: i})
	}
	c.numbers = make([]int32, columns)
	for number, f := range c.all {
		i := f.Column.index
		c.numbers[i] = int32(number)
		if n := len(c.allSpans); n > 0 && c.allSpans[n-1].Last == i-1 {
			c.allSpans[n-1].Last = i
			continue
		}
		c.allSpans = append(c.allSpans, index.Span{First: i, Last: i})
	}
}

// sort puts places into the order of codeFields.fields.
func (c *codeFields) sort(places []index.Place) {
	slices.SortFunc(places, func(a, b index.Place) int {
		return cmp.Compare(c.columns[a.Column].order, c.columns[b.Column].order)
	})
}

// chooseCodeFields chooses the code columns to read for each system: raw columns and those of four characters, or those
// of three characters if there are no others.
func chooseCodeFields(columns []placedField, fields Fields) codeFields {
	l := codeFields{all: columns}
	for _, sys := range [...]coding.System{coding.ICD10, coding.OPCS4} {
		var fine, short []placedField
		for _, f := range columns {
			switch {
			case f.System != sys || !fields.allow(f.Form):
			case f.Width == 3:
				short = append(short, f)
			default:
				fine = append(fine, f)
			}
		}
		if len(fine) == 0 {
			fine = short
		}
		slices.SortFunc(fine, func(a, b placedField) int {
			return cmp.Or(cmp.Compare(a.Form, b.Form), cmp.Compare(a.Position, b.Position))
		})
		var seen [3]bool
		for _, f := range fine {
			seen[f.Form] = true
		}
		l.pairs[sys] = seen[Positional] && seen[Concatenated]
		l.fields = append(l.fields, fine...)
	}
	return l
}
