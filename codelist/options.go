package codelist

import "hesopmatch/codelist/coding"

// Option changes how Parse reads a file.
type Option func(*options)

type options struct {
	system        coding.System
	policy        Policy
	file          string
	allowRejected bool
	allowBroad    bool
	allowRemovals bool
	allowEmpty    bool
	codeColumn    string
	excludeColumn string
	excludeValue  string
	groupColumn   string
	systemColumn  string
	headerRow     int
	delimiter     byte
	headings      Headings
	workbooks     *sheetReader // nil if workbooks are refused
	sheet         string
	limits        Limits
	nilOption     int // 1 + the index of the first option that is nil, 0 if none is
}

// sheetReader reads the sheets of a workbook.
type sheetReader struct {
	read func(data []byte) ([]Sheet, error)
}

func newOptions(name string, opts []Option) *options {
	o := &options{file: name}
	for i, opt := range opts {
		if opt == nil {
			o.nilOption = i + 1
			break
		}
		opt(o)
	}
	o.limits = o.limits.withDefaults()
	return o
}

// CodingSystem states the coding system of the rows that state none themselves. By default, and with the zero System,
// the file must state the system.
func CodingSystem(sys coding.System) Option { return func(o *options) { o.system = sys } }

// CategoryPolicy sets what bare categories cover. The default is Auto.
func CategoryPolicy(p Policy) Option { return func(o *options) { o.policy = p } }

// FileName sets the file name in positions, errors and the report. The default is the name of the list or, in Open, the
// path.
func FileName(name string) Option { return func(o *options) { o.file = name } }

// AllowRejected accepts a file with rejected rows and leaves them out of the list. Report still contains them. By
// default Parse fails with a *RejectedError.
func AllowRejected() Option { return func(o *options) { o.allowRejected = true } }

// AllowBroad accepts prefixes of one and two characters (F, J4). By default Parse rejects them.
func AllowBroad() Option { return func(o *options) { o.allowBroad = true } }

// AllowRemovals accepts a file with a column reason_for_removal and reads its rows as entries. By default Parse refuses
// such a file, because the codes may be those that someone removed from a list.
func AllowRemovals() Option { return func(o *options) { o.allowRemovals = true } }

// AllowEmpty accepts a file without entries, so that its Report can be read. The list covers nothing, and package match
// does not compile it.
func AllowEmpty() Option { return func(o *options) { o.allowEmpty = true } }

// CodeColumn names the column of the codes. By default Parse finds it by its header or, in a file without one, by
// its content. A text file without the column is an error; a sheet without it is passed over.
func CodeColumn(name string) Option { return func(o *options) { o.codeColumn = name } }

// SystemColumn names the column of the coding systems. By default Parse finds it by its header and its values.
func SystemColumn(name string) Option { return func(o *options) { o.systemColumn = name } }

// HeaderRow sets the line of the header in a text, or its row in a sheet, counted from 1. Parse skips everything above
// that row. By default the header is the first row, or the only later row that reads as a header.
func HeaderRow(n int) Option { return func(o *options) { o.headerRow = n } }

// ExcludeColumn names the column that separates exclusions from inclusions. The name "none" says that no column does.
// Without this option, Parse refuses a file in which a column of signs excludes a row. With it, Parse refuses a file in
// which another column excludes a row that the named column includes.
//
// The words include(d), exclude(d), inclusion and exclusion, and (+) and (-), mean what they say in every column. The
// signs 1, +, yes, y, true and t mark an inclusion; 0, -, no, n, false and f mark an exclusion. These signs mean the
// opposite if the name of the column begins with "excl", or if a later word of the name begins with "excl" and no word
// begins with "incl". The word "not" in
// the name reverses their meaning. An empty cell includes, and any other value rejects its row. A file without the
// column is an error.
func ExcludeColumn(name string) Option { return func(o *options) { o.excludeColumn = name } }

// ExcludeValue sets the value of ExcludeColumn that excludes. Every other value includes, except the words exclude(d)
// and exclusion. Use it for a column whose name does not show which values exclude (filter, action). If no row is then
// excluded, Parse fails.
func ExcludeValue(value string) Option { return func(o *options) { o.excludeValue = value } }

// HeadingRows sets what Parse does with rows that may be headings of a chapter export. The default is RejectHeadings.
func HeadingRows(h Headings) Option { return func(o *options) { o.headings = h } }

// Workbooks sets the function that reads Excel workbooks, which Parse recognises by their content. By default Parse
// refuses workbooks. Package xlsx provides this option ready for use.
//
// All sheets make one list. Parse passes over sheets without a code column and reports them. The function may retain
// its argument. If the function returns an error, Parse wraps that error in a *FileError.
func Workbooks(read func(data []byte) ([]Sheet, error)) Option {
	return func(o *options) { o.workbooks = &sheetReader{read} }
}

// SheetName names the one sheet of a workbook to read. Parse fails on a workbook without that sheet, and ignores the
// option for a text file. By default Parse reads all sheets.
func SheetName(name string) Option { return func(o *options) { o.sheet = name } }

// Delimiter sets the delimiter. By default Parse finds it from the header line.
func Delimiter(d byte) Option { return func(o *options) { o.delimiter = d } }

// SizeLimits replaces the default limits.
func SizeLimits(l Limits) Option { return func(o *options) { o.limits = l } }
