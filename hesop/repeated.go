package hesop

import (
	"bytes"
	"fmt"
	"strings"
	"sync"

	"hesopmatch/codelist"
	"hesopmatch/hesop/internal/padding"
)

// repeated finds the rows of data that are a header, as they are where two exports stand one
// behind the other. Of rows that begin as a code or a number does it looks at two bytes.
type repeated struct {
	starts [256]bool  // the bytes that such a row can start with
	own    [2][]byte  // the first names of the header, folded
	digits bool       // one of these has a digit among its first two bytes
	known  beginnings // of the names that the package knows
	found  [repeatKinds]struct{ line, count int64 }
	column int // that the first header of other names differs in
}

// repeatKind says what a header in the data is to the first one.
type repeatKind uint8

const (
	sameHeader repeatKind = iota
	otherOrder
	otherNames
	repeatKinds = iota
)

// repeat is a header in the data.
type repeat struct {
	line   int64
	column int // the first one that differs
	kind   repeatKind
}

// beginnings is a set of what names begin with: bits by their first three letters.
type beginnings [1 << 15 / 64]uint64

// firstLetters is the number of what a text begins with, in any case; false if that is not
// three letters or underscores.
func firstLetters(text []byte) (n uint, ok bool) {
	if len(text) < 3 {
		return 0, false
	}
	for _, c := range text[:3] {
		if c|0x20 < 'a' || 'z' < c|0x20 && c != '_' {
			return 0, false
		}
		n = n<<5 | uint(c&0x1F)
	}
	return n, true
}

func (b *beginnings) add(name string) {
	if n, ok := firstLetters([]byte(name)); ok {
		b[n/64] |= 1 << (n % 64)
	}
}

func (b *beginnings) has(text []byte) bool {
	n, ok := firstLetters(text)
	return ok && b[n/64]>>(n%64)&1 == 1
}

// knownStarts are the starts of rows and names that the package knows.
var knownStarts = sync.OnceValue(func() *repeated {
	d := new(repeated)
	for v := range variables() {
		d.known.add(v.Name)
	}
	d.known.add("llc_0000_stud_id")
	for _, c := range []byte("\" \xEF_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
		d.starts[c] = true
	}
	return d
})

func newRepeated(h *header) repeated {
	if h.origin == fromQuery {
		return repeated{}
	}
	d := *knownStarts()
	for i, name := range h.names[:min(2, len(h.names))] {
		if name = foldColumn(name); name != "" {
			d.own[i] = []byte(name)
			d.starts[name[0]] = true
			d.digits = d.digits || strings.ContainsFunc(name[:min(2, len(name))], isDigit)
		}
	}
	if foldColumn(h.names[0]) == "" { // as programs name the column of row numbers
		for _, c := range []byte(",|\t;") {
			d.starts[c] = true
		}
	}
	return d
}

// is reports whether a row of text is a header: the first one, or mostly names that are
// known or those of columns. One of its first two fields has such a name.
func (d *repeated) is(a *Appointment) (found repeat, ok bool) {
	if !d.mayStart(a.in().data[a.row.Start:a.row.End]) {
		return found, false
	}
	if !d.isName(a, 0) && (a.width() < 2 || !d.isName(a, 1)) {
		return found, false
	}
	return a.header.findRepeat(a)
}

// mayBe reports whether a row is worth a look: its first byte can start a header, and no code and
// no identifier begins there, a letter and a digit. It is inlined, for it is asked of each row.
func (d *repeated) mayBe(row []byte) bool {
	return d.starts[row[0]] && (len(row) < 2 || row[1]-'0' > 9 || d.digits)
}

// mayStart reports whether a row can be a header by its first bytes: letters without a digit, the
// first name of the header, or what may stand before one. Codes and identifiers end here.
func (d *repeated) mayStart(row []byte) bool {
	if row[0] == '"' { // as where all fields are quoted
		row = row[1:]
		if len(row) == 0 || !d.starts[row[0]] {
			return false
		}
	}
	if c := row[0] | 0x20; c < 'a' || 'z' < c {
		return true
	}
	digit := false
	for _, c := range row[:min(len(row), 3)] {
		digit = digit || '0' <= c && c <= '9'
	}
	own := d.own[0]
	return !digit || len(own) > 0 && len(own) <= len(row) && bytes.EqualFold(row[:len(own)], own)
}

// isName reports whether a field holds the name of a column.
func (d *repeated) isName(a *Appointment, i int) bool {
	text := firstText(a, i)
	for _, name := range d.own {
		if len(name) > 0 && bytes.EqualFold(text, name) {
			return true
		}
	}
	return d.known.has(text) && a.header.isName(string(text))
}

// firstText is the text of a field, which may be the first one of another file: behind a
// byte-order mark, where quotes are characters.
func firstText(a *Appointment, i int) []byte {
	text := padding.Trim(a.text(i))
	if i > 0 {
		return text
	}
	if rest, marked := bytes.CutPrefix(text, []byte("\xEF\xBB\xBF")); marked {
		return padding.Trim(bytes.Trim(rest, `"`))
	}
	return text
}

// isName reports whether a text is the name of a column, of these or of others that the
// package knows.
func (h *header) isName(text string) bool {
	return len(text) <= longestName && (h.find(foldColumn(text)) >= 0 || isKnown(text))
}

// findRepeat reports whether a row is a header, and how it differs from h.
func (h *header) findRepeat(a *Appointment) (found repeat, ok bool) {
	filled, names, differ := 0, 0, -1
	for i := range h.names {
		text := string(firstText(a, i))
		name := foldColumn(text)
		if name != foldColumn(h.names[i]) && differ < 0 {
			differ = i
		}
		if name == "" {
			continue
		}
		filled++
		if h.isName(text) {
			names++
		}
		if at := h.find(name); at >= 0 && at != i {
			found.kind = otherOrder
		}
	}
	switch {
	case differ < 0:
		return repeat{line: a.line, kind: sameHeader}, true
	case names < 2 || 2*names <= filled:
		return repeat{}, false
	case found.kind != otherOrder:
		found.kind = otherNames
	}
	found.line, found.column = a.line, differ
	return found, true
}

// add counts a header in the data.
func (d *repeated) add(one repeat) {
	of := &d.found[one.kind]
	if of.count++; of.count > 1 {
		return
	}
	of.line = one.line
	if one.kind == otherNames {
		d.column = one.column
	}
}

// note warns of the headers, those first below which rows are read wrongly.
func (d *repeated) note(r *Reader) {
	const split = "split the file there, and give the parts apart"
	if of := d.found[otherOrder]; of.count > 0 {
		r.note(codelist.LevelWarning, "line %d: a header stands there%s whose columns are in another order than "+
			"those of the first one, so the rows below it are misread; %s",
			of.line, onMore(of.count), split)
	}
	if of := d.found[otherNames]; of.count > 0 {
		r.note(codelist.LevelWarning, "line %d: a header stands there%s with other names than the first one, from "+
			"column %d on (%q), so the rows below it may be misread; %s",
			of.line, onMore(of.count), d.column+1, r.header.spelled(d.column), split)
	}
	switch of := d.found[sameHeader]; {
	case of.count == 1:
		r.note(codelist.LevelWarning,
			"line %d: the header stands there again, and counts as an appointment; take the row out", of.line)
	case of.count > 1:
		r.note(codelist.LevelWarning, "line %d: the header stands there again%s and each counts as an appointment; "+
			"take the rows out",
			of.line, onMore(of.count))
	}
}

// onMore says that something is on more lines than the first of them.
func onMore(lines int64) string {
	switch lines {
	case 1:
		return ""
	case 2:
		return ", and on 1 more line,"
	default:
		return fmt.Sprintf(", and on %d more lines,", lines-1)
	}
}
