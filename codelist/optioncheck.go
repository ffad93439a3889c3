package codelist

import (
	"fmt"
	"io"
	"strings"
)

// check returns an error for wrong options or a nil reader.
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

// wrong returns what is wrong with the options, "" if nothing is.
func (o *options) wrong() string {
	switch {
	case o.nilOption > 0:
		return fmt.Sprintf("option %d is nil", o.nilOption-1)
	case o.system != 0 && !o.system.IsValid():
		return fmt.Sprintf("CodingSystem(%d): must be ICD10 or OPCS4, or 0 where the file states it", o.system)
	case o.policy > Never:
		return fmt.Sprintf("CategoryPolicy(%d): must be Auto, Always or Never", o.policy)
	case o.headings > ExpandHeadings:
		return fmt.Sprintf("HeadingRows(%d): must be RejectHeadings, IgnoreHeadings or ExpandHeadings", o.headings)
	case o.delimiter != 0 && (o.delimiter >= 0x80 || strings.IndexByte("\"\r\n", o.delimiter) >= 0):
		return fmt.Sprintf("Delimiter(%q): must be one ASCII character other than a quote or a line end",
			rune(o.delimiter))
	case o.headerRow < 0:
		return fmt.Sprintf("HeaderRow(%d): must be 1 or more, or 0 to find the header", o.headerRow)
	case o.excludeValue != "" && (o.excludeColumn == "" || o.excludeColumn == noColumn):
		return fmt.Sprintf("ExcludeValue(%q): needs ExcludeColumn with the name of its column", clip(o.excludeValue))
	case o.workbooks != nil && o.workbooks.read == nil:
		return "the function given to Workbooks is nil: xlsx.Workbooks() returns one"
	}
	return o.limits.wrong()
}
