package hesop

import (
	"fmt"
	"slices"

	"hesopmatch/codelist"
)

// Notices returns what a person should know about the data beyond errors: columns
// that are read under another name, fields too short to decide some codes, a last
// row that may have been cut. What the header shows is there as soon as the Reader
// is; what needs all rows is added when reading ends. The slice is the caller's.
func (r *Reader) Notices() []codelist.Notice { return slices.Clone(r.notices) }

// note adds a notice about the file.
func (r *Reader) note(level codelist.Level, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if r.opts.file != "" {
		text = r.opts.file + ": " + text
	}
	r.notices = append(r.notices, codelist.Notice{Level: level, Text: text})
}
