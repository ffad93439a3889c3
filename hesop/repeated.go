package hesop

import (
	"bytes"
	"strings"

	"hesopmatch/codelist"
)

// repeated finds the rows of data that are the header once more, as they are where two
// exports stand one behind the other. Of other rows it looks at the first byte alone.
type repeated struct {
	starts [256]bool // the bytes that such a row can start with
	name   []byte    // of the first column, in lower case
	line   int64
	count  int64
}

func newRepeated(h *header) repeated {
	name := foldColumn(h.names[0])
	if h.origin == fromQuery || name == "" {
		return repeated{}
	}
	d := repeated{name: []byte(name)}
	for _, c := range []byte{name[0], strings.ToUpper(name)[0], '"', ' ', 0xEF} {
		d.starts[c] = true
	}
	return d
}

// is reports whether a row of text is the header. Its first field may have the byte-order mark
// of another file.
func (d *repeated) is(a *Appointment) bool {
	if row := a.in().data[a.row.Start:a.row.End]; row[0] == '"' && len(row) > 1 && !d.starts[row[1]] {
		return false // at once, where all fields are quoted
	}
	first := trim(bytes.TrimPrefix(a.text(0), []byte("\xEF\xBB\xBF")))
	return bytes.EqualFold(first, d.name) && isHeader(a, 1)
}

// add counts a row on a line that is the header.
func (d *repeated) add(line int64) {
	if d.count == 0 {
		d.line = line
	}
	d.count++
}

// note warns of the rows.
func (d *repeated) note(r *Reader) {
	switch {
	case d.count == 1:
		r.note(codelist.LevelWarning,
			"line %d: the header stands there again, and counts as an appointment; take the row out", d.line)
	case d.count > 1:
		r.note(codelist.LevelWarning,
			"line %d: the header stands there again, and on %d more lines, and each counts as an appointment; take the rows out",
			d.line, d.count-1)
	}
}
