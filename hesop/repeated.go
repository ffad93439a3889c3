package hesop

import (
	"bytes"
	"fmt"
	"strings"
	"sync"

	"hesopmatch/codelist"
	"hesopmatch/hesop/internal/padding"
)

// repeated finds headers in the middle of the data, which occur where two exports were concatenated. For a row that
// begins like a code or a number, it looks at only two bytes of the row.
type repeated struct {
	starts [256]bool  // the bytes that a header can start with
	own    [2][]byte  // the first two names of the header, folded
	digits bool       // at least one of these names has a digit among its first two bytes
	known  beginnings // beginnings of the names that the package knows
	found  [repeatKinds]struct{ line, count int64 }
	column int // the first column that differs in the first header of kind otherNames
}

// repeatKind says how a header in the data relates to the first one.
type repeatKind uint8

const (
	sameHeader repeatKind = iota
	otherOrder
	otherNames
	repeatKinds = iota
)

// repeat is a header in the middle of the data.
type repeat struct {
	line   int64
	column int // the first column that differs
	kind   repeatKind
}

// beginnings is a set of the beginnings of names: one bit for each combination of three letters.
type beginnings [1 << 15 / 64]uint64

// firstLetters returns a number that identifies the three letters or underscores that a text begins with, in upper or
// lower case. It returns false if the text begins with anything else.
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

// knownStarts returns the bytes that a header can start with, and the beginnings of the names that the package knows.
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
	if foldColumn(h.names[0]) == "" { // some programs leave the column of row numbers unnamed
		for _, c := range []byte(",|\t;") {
			d.starts[c] = true
		}
	}
	return d
}

// is reports whether a row of text is a header: it repeats the first header, or most of its fields are names of columns
// in that header or of other columns that the package knows. At least one of the first two fields of the row must be
// such a name.
func (d *repeated) is(a *Appointment) (found repeat, ok bool) {
	if !d.mayStart(a.in().data[a.row.Start:a.row.End]) {
		return found, false
	}
	if !d.isName(a, 0) && (a.width() < 2 || !d.isName(a, 1)) {
		return found, false
	}
	return a.header.findRepeat(a)
}

// mayBe reports whether a row deserves a closer look. The first byte of the row must be one that can start a header.
// The second byte must not be a digit, because codes and identifiers have a digit there; if names of the header have
// one there too, mayBe ignores the second byte. mayBe is called for each row, so it is short enough to be inlined.
func (d *repeated) mayBe(row []byte) bool {
	return d.starts[row[0]] && (len(row) < 2 || row[1]-'0' > 9 || d.digits)
}

// mayStart reports whether a row can be a header, judged by its first bytes: letters without a digit, the first name of
// the header, or what may precede a name. It rejects codes and identifiers.
func (d *repeated) mayStart(row []byte) bool {
	if row[0] == '"' { // some exports quote all fields
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

// firstText returns the text of a field. The first field of a row may be the first field of another file, after a byte
// order mark. The quotes after such a mark were read as ordinary characters, so firstText removes them.
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

// isName reports whether a text is the name of a column of h, or of another column that the package knows.
func (h *header) isName(text string) bool {
	return len(text) <= longestName && (h.find(foldColumn(text)) >= 0 || isKnown(text))
}

// findRepeat reports whether a row is a header, and how it differs from the header h.
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

// add counts a header in the middle of the data.
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

// note adds warnings about the headers found. It warns first about the headers after which rows are misread.
func (d *repeated) note(r *Reader) {
	const split = "split the file there, and pass the parts as separate files"
	if of := d.found[otherOrder]; of.count > 0 {
		r.note(codelist.LevelWarning, "line %d: another header%s has its columns in another order "+
			"than the first one, so the rows below it are misread; %s",
			of.line, onMore(of.count), split)
	}
	if of := d.found[otherNames]; of.count > 0 {
		r.note(codelist.LevelWarning, "line %d: another header%s has other names than the first one, from "+
			"column %d on (%q), so the rows below it may be misread; %s",
			of.line, onMore(of.count), d.column+1, r.header.spelled(d.column), split)
	}
	switch of := d.found[sameHeader]; {
	case of.count == 1:
		r.note(codelist.LevelWarning,
			"line %d: the header is repeated, and counts as an appointment; remove the row", of.line)
	case of.count > 1:
		r.note(codelist.LevelWarning, "line %d: the header is repeated%s, and each repeat counts as an appointment; "+
			"remove the rows",
			of.line, onMore(of.count))
	}
}

// onMore returns the words that say on how many more lines a header was found, or "" if on none.
func onMore(lines int64) string {
	switch lines {
	case 1:
		return ""
	case 2:
		return " (and on 1 more line)"
	default:
		return fmt.Sprintf(" (and on %d more lines)", lines-1)
	}
}
