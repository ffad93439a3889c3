package syntax

import (
	"bytes"
	"io"
	"regexp"
	"slices"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/hesop"
	"hesopmatch/match/syntax"
)

// columns describes a table by its columns.
type columns struct {
	reader *hesop.Reader
	name   string // the name of the layout or of the file, for messages
	close  func() error
}

// notices returns the notices of the reader of the columns, with flags in place of the library's options.
func (c *columns) notices() []codelist.Notice {
	names := []string{c.name}
	for column := range c.reader.Columns() {
		names = append(names, column.Name())
	}
	return program.FlagNotices(c.reader.Notices(), names...)
}

// openColumns returns the columns that -layout or -columns-of names.
func (o *options) openColumns(lists []*codelist.List) (*columns, error) {
	if o.layout != "" {
		return o.named(o.layoutNames(), "-layout "+o.layout, lists)
	}
	isNames, err := isFileOfNames(o.columnsOf)
	if err != nil {
		return nil, err
	}
	if program.IsParquet(o.columnsOf) || !isNames || o.inputs.Header != "" || o.inputs.Delimiter != 0 {
		in, err := o.inputs.Open(o.columnsOf, nil, nil, nil, program.NotCodes(lists))
		if err != nil {
			return nil, err
		}
		return &columns{in.Reader, program.Name(o.columnsOf), in.Close}, nil
	}
	names, err := program.ReadNames(o.columnsOf, "-columns-of")
	if err != nil {
		return nil, err
	}
	return o.named(names, program.Name(o.columnsOf), lists)
}

// named returns a table whose columns have the given names.
func (o *options) named(names []string, name string, lists []*codelist.List) (*columns, error) {
	opts := append(o.inputs.ColumnOptions(), hesop.FileName(name), program.NotCodes(lists))
	r, err := syntax.Columns(names, opts...)
	if err != nil {
		return nil, program.FlagError(err, name)
	}
	return &columns{r, name, func() error { return nil }}, nil
}

// layoutNames returns the columns of a layout. A layout of UK LLC begins with the project's person column only if
// -person or -keep names it, because the name of that column contains the project's number.
func (o *options) layoutNames() []string {
	for _, l := range layouts() {
		if l.String() != o.layout {
			continue
		}
		names := l.Names()
		if o.dialect == string(syntax.Postgres) { // PostgreSQL stores unquoted names in lower case
			for i, name := range names {
				names[i] = strings.ToLower(name)
			}
		}
		if l == hesop.UKLLC || l == hesop.UKLLCOther {
			for _, name := range append([]string{o.Person}, o.keep...) {
				if isStudyPerson.MatchString(name) {
					return append([]string{name}, names...)
				}
			}
		}
		return names
	}
	return nil
}

var isStudyPerson = regexp.MustCompile(`(?i)^llc_[0-9]+_stud_id$`)

// mostOfHead limits how many bytes isFileOfNames reads.
const mostOfHead = 32 << 10

// isFileOfNames reports whether a file has column names below its first line. A file of appointments has no names
// there.
func isFileOfNames(path string) (bool, error) {
	file, err := program.Open("file of columns", path, "-columns-of")
	if err != nil {
		return false, err
	}
	defer func() { _ = file.Close() }() // it was only read
	head, err := io.ReadAll(io.LimitReader(file, mostOfHead))
	if err != nil || bytes.HasPrefix(head, []byte{0x1F, 0x8B}) { // gzip
		return false, err
	}
	lines := strings.FieldsFunc(string(head), func(r rune) bool { return r == '\r' || r == '\n' })
	if len(lines) < 2 {
		return false, nil
	}
	if len(head) == mostOfHead {
		lines = lines[:len(lines)-1] // the last line is incomplete
	}
	isDelimiter := func(r rune) bool { return strings.ContainsRune(",;|\t", r) }
	for _, line := range lines[1:] {
		if slices.ContainsFunc(strings.FieldsFunc(line, isDelimiter), isColumnName) {
			return true, nil
		}
	}
	return false, nil
}

func isColumnName(text string) bool {
	text = strings.Trim(strings.TrimSpace(text), `"`)
	if len(text) < 3 {
		return false
	}
	_, isKnown := hesop.Describe(text)
	return isKnown || program.IsCodeColumn(text)
}

// noteLimits adds a warning for each list for which the columns cannot give every answer.
func (o *options) noteLimits(r *hesop.Reader, lists []*codelist.List) {
	widest := make(map[coding.System]int)
	for _, f := range r.CodeFields() {
		widest[f.System] = max(widest[f.System], f.Width)
	}
	for _, l := range lists {
		for _, sys := range coding.Systems() {
			width := widest[sys]
			switch {
			case !l.Includes(sys):
				continue
			case width == 0:
				o.notices.Warn("%s: no %v field is read, so the answer is never \"no match\"", l.Name(), sys)
				continue
			}
			var finer []string
			for _, e := range l.NeedFiner(sys, width) {
				finer = append(finer, e.Prefix.String())
			}
			if len(finer) > 0 {
				o.notices.Warn("%s: columns of %v hold %d characters and cannot decide %s (%s): a value that may be "+
					"such a code is unknown, not \"no match\"", l.Name(), sys, width,
					program.Count(len(finer), "longer code"), few(finer))
			}
		}
	}
}

// warnKeep warns if the result of the script will not identify the appointment of each row.
func (o *options) warnKeep(r *hesop.Reader) {
	isRow := o.what == string(syntax.Flags) || o.what == string(syntax.Hits)
	if _, err := r.Person(); !isRow || o.keep != nil || o.Person != "" || err == nil {
		return
	}
	for c := range r.Columns() {
		if strings.EqualFold(c.Name(), "attendkey") {
			return
		}
	}
	o.notices.Warn("there is no attendkey and no person column, so nothing in the result identifies the " +
		"appointment of a row: -keep names columns that do")
}

// few joins the first five words.
func few(words []string) string {
	const most = 5
	if len(words) > most {
		return strings.Join(words[:most], ", ") + ", ..."
	}
	return strings.Join(words, ", ")
}
