package hesop

import (
	"fmt"
	"slices"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
)

// Notices returns what a user should know about the data apart from errors: columns that are read under another name,
// fields too short to decide some codes, a last row that may be truncated. Notices about the header are available from
// the start. Those that need all rows are added when reading ends. The caller owns the slice.
//
// Notices warns that columns may have been shifted if more than 20 in 100 values of a code column are not codes, or if
// positional and concatenated columns disagree in more than 20 in 100 rows. It judges by a sample: the first 100 rows,
// every 256th row of the first 65,536, and every 4,096th row after those. It does not see a shift that lies between
// these rows.
func (r *Reader) Notices() []codelist.Notice { return slices.Clone(r.notices) }

// note adds a notice about the file, unless the reader already has it.
func (r *Reader) note(level codelist.Level, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if r.opts.file != "" {
		text = r.opts.file + ": " + text
	}
	if n := (codelist.Notice{Level: level, Text: text}); !slices.Contains(r.notices, n) {
		r.notices = append(r.notices, n)
	}
}

// notePrimary is called if codes of a system are matched in the first position only. It adds a warning if they are read
// from concatenated columns alone, because in such a column a later code may come first.
func (r *Reader) notePrimary(sys coding.System) {
	column := ""
	for _, f := range r.header.codes.fields {
		if f.System != sys {
			continue
		}
		if f.Form != Concatenated {
			return
		}
		column = r.header.named(f.Column.index)
	}
	if column == "" {
		return
	}
	settle := "the data need positional columns"
	isPositional := func(f placedField) bool { return f.System == sys && f.Form != Concatenated }
	if slices.ContainsFunc(r.header.codes.all, isPositional) {
		settle = "also read the positional columns with ReadFields(AllFields)"
	}
	r.note(codelist.LevelWarning, "the primary code of %v, which PrimaryOnly asks for, is taken from column %q alone; "+
		"if that column omits empty positions, a later code comes first: %s", sys, column, settle)
}
