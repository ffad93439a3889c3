package codelist

import (
	"fmt"
	"io"
	"strings"
)

// check finds what is wrong with the options, or with the reader that they are for.
func (o *options) check(r io.Reader) error {
	detail := o.wrong()
	switch {
	case detail != "":
	case r == nil:
		detail = "the Reader is nil: give an open file, or strings.NewReader of a text"
	default:
		return nil
	}
	return &FileError{File: o.file, Err: ErrOption, Detail: detail}
}

// wrong says what is wrong with the options, "" if nothing is.
func (o *options) wrong() string {
	switch {
	case o.nilOption > 0:
		return fmt.Sprintf("option %d is nil", o.nilOption-1)
	case o.system != 0 && !o.system.IsValid():
		return fmt.Sprintf("InSystem(%d): must be ICD10 or OPCS4, or 0 where the file states it", o.system)
	case o.policy > Never:
		return fmt.Sprintf("WithPolicy(%d): must be Auto, Always or Never", o.policy)
	case o.headings > ExpandHeadings:
		return fmt.Sprintf("WithHeadings(%d): must be RejectHeadings, IgnoreHeadings or ExpandHeadings", o.headings)
	case o.delimiter != 0 && (o.delimiter >= 0x80 || strings.IndexByte("\"\r\n", o.delimiter) >= 0):
		return fmt.Sprintf("WithDelimiter(%q): must be one ASCII character that is no quote and no line end", rune(o.delimiter))
	case o.workbooks != nil && o.workbooks.read == nil:
		return "the function of Workbooks is nil: xlsx.Workbooks() has one"
	}
	for _, limit := range []struct {
		name string
		n    int
	}{
		{"MaxBytes", o.maxBytes},
		{"MaxRows", o.maxRows},
		{"MaxLine", o.maxLine},
		{"MaxCells", o.maxCells},
		{"MaxCell", o.maxCell},
		{"MaxExpansion", o.maxExpansion},
		{"MaxEntries", o.maxEntries},
	} {
		if limit.n < 1 {
			return fmt.Sprintf("%s(%d): must be 1 or more", limit.name, limit.n)
		}
	}
	return ""
}
