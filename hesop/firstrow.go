package hesop

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"hesopmatch/internal/filekind"
	"hesopmatch/internal/rows"
)

// readHeader finds the delimiter and the columns.
func (r *Reader) readHeader(s *rows.Scanner) error {
	line, err := s.Peek()
	if err != nil {
		return r.locate(0, 1, 0, err)
	}
	ahead, _ := s.Ahead()
	if kind := filekind.Of(ahead); kind != (filekind.Kind{}) {
		return r.refuse(kind)
	}
	start := bytes.Clone(ahead[:min(len(ahead), lookedAt)])
	if err := r.readNames(s, string(line)); err != nil {
		if kind := filekind.OfRefused(start); kind != (filekind.Kind{}) && !errors.Is(err, ErrOption) {
			return r.refuse(kind)
		}
		return err
	}
	return nil
}

// lookedAt is the number of bytes of an unusable text that are examined to recognise its format.
const lookedAt = 512

// refuse returns the error for a file of another kind.
func (r *Reader) refuse(kind filekind.Kind) error {
	return r.fail(fmt.Errorf("%w: it is %s; %s", ErrFormat, kind.What, kind.Settle))
}

// readNames finds the delimiter from the first line, and then the columns.
func (r *Reader) readNames(s *rows.Scanner, line string) error {
	if r.opts.delimiter == 0 {
		s.SetDelimiter(r.findDelimiter(line))
	}
	if offset, found := s.LoneCR(); found {
		return r.locate(0, 1, offset,
			fmt.Errorf("%w: its lines end in CR alone; save it with LF or CRLF as line ends", ErrFormat))
	}
	if r.opts.names != nil {
		h, err := newHeader(r.opts.names, &r.opts, fromCaller)
		if err != nil {
			return r.fail(err)
		}
		r.header = h
		return nil
	}
	var row rows.Row
	if err := s.Next(&row); err == io.EOF {
		return r.fail(fmt.Errorf("%w: the file is empty", ErrHeader))
	} else if err != nil {
		return r.fail(err)
	}
	names := make([]string, len(row.Fields))
	var text []byte
	for i := range names {
		text = row.AppendText(text[:0], i)
		names[i] = string(text)
	}
	h, err := newHeader(names, &r.opts, fromText)
	if err != nil {
		return r.locate(0, row.Line, row.Offset, err)
	}
	r.header = h
	return nil
}

// findDelimiter finds the delimiter of the first line. With the right delimiter, a header has the name of a code
// column. If the caller gave the names, the first row has as many fields as there are names.
func (r *Reader) findDelimiter(line string) byte {
	d := rows.FindDelimiter(line, func(cut []string) bool {
		if r.opts.names != nil {
			return len(cut) == len(r.opts.names)
		}
		return slices.ContainsFunc(cut, r.opts.namesCode)
	})
	if d == 0 {
		return ','
	}
	return d
}

// namesCode reports whether a name is that of a code column, or of a column given to Rename.
func (o *options) namesCode(name string) bool {
	if _, ok := readCodeName(name); ok {
		return true
	}
	folded := foldColumn(name)
	return slices.ContainsFunc(o.renames, func(r rename) bool { _, ok := r.matches(folded); return ok })
}
