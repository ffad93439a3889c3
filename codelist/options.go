package codelist

import "hesopmatch/codelist/coding"

// Option changes how Parse reads a file.
type Option func(*options)

type options struct {
	system        coding.System
	policy        Policy
	file          string
	lenient       bool
	allowBroad    bool
	allowRemovals bool
	codeColumn    string
	excludeColumn string
	groupColumn   string
	systemColumn  string
	excludeWhen   string
	headerRow     int
	delimiter     byte
	headings      Headings
	allowEmpty    bool
	workbooks     *sheetReader // nil if workbooks are refused
	sheet         string
	maxBytes      int
	maxRows       int
	maxLine       int
	maxCells      int
	maxCell       int
	maxExpansion  int
	maxEntries    int
	nilOption     int // one more than the number of an option that is nil, 0 if none is
}

// sheetReader reads the sheets of a workbook.
type sheetReader struct {
	read func(data []byte) ([]Sheet, error)
}

func newOptions(name string, opts []Option) *options {
	o := &options{
		file:         name,
		maxBytes:     256 << 20,
		maxRows:      5_000_000,
		maxLine:      1 << 20,
		maxCells:     50_000_000,
		maxCell:      64 << 10,
		maxExpansion: 100_000,
		maxEntries:   5_000_000,
	}
	for i, opt := range opts {
		if opt == nil {
			o.nilOption = i + 1
			break
		}
		opt(o)
	}
	return o
}

// InSystem states the coding system of the file, for the rows that do not state
// one themselves. By default, and with the zero System, the file must state it.
func InSystem(sys coding.System) Option { return func(o *options) { o.system = sys } }

// WithPolicy decides what bare categories cover. The default is Auto.
func WithPolicy(p Policy) Option { return func(o *options) { o.policy = p } }

// FromFile sets the file name that positions, errors and the report carry. By
// default it is the name of the list.
func FromFile(path string) Option { return func(o *options) { o.file = path } }

// Lenient keeps rejected rows in the report instead of failing on them.
func Lenient() Option { return func(o *options) { o.lenient = true } }

// AllowBroad accepts prefixes of one and two characters (F, J4), which are
// rejected by default.
func AllowBroad() Option { return func(o *options) { o.allowBroad = true } }

// AllowRemovals accepts a file with a column reason_for_removal: its rows are
// entries like any others. By default it is refused, because a list of codes
// that were taken out reads like a list of codes.
func AllowRemovals() Option { return func(o *options) { o.allowRemovals = true } }

// CodeColumn names the column of the codes. By default it is found by its
// header, or, in a file without one, by its content.
func CodeColumn(name string) Option { return func(o *options) { o.codeColumn = name } }

// SystemColumn names the column of the coding systems. By default it is found by
// its header and its values.
func SystemColumn(name string) Option { return func(o *options) { o.systemColumn = name } }

// HeaderRow sets the line of the header in a text, or its row in a sheet, from 1, for
// a table with something above it. What stands above is not read. By default the
// header is the first row, or the only row below it that reads as a header.
func HeaderRow(n int) Option { return func(o *options) { o.headerRow = n } }

// ExcludeColumn names the column that separates exclusions from inclusions. The
// words include(d), exclude(d), inclusion and exclusion, (+) and (-) mean themselves.
// 1, +, yes, y, true and t include, 0, -, no, n, false and f exclude; under a name with
// "exclu" it is the other way round, and "not" in the name turns both. An empty cell
// includes. The name "none" says that no column separates them.
func ExcludeColumn(name string) Option { return func(o *options) { o.excludeColumn = name } }

// ExcludeWhen sets the value of ExcludeColumn that excludes; every other value then
// includes. It is for columns that have no direction of their own (filter, action).
// A value that no row has is an error.
func ExcludeWhen(value string) Option { return func(o *options) { o.excludeWhen = value } }

// WithHeadings decides what becomes of rows that may be headings of a chapter
// export. The default is RejectHeadings.
func WithHeadings(h Headings) Option { return func(o *options) { o.headings = h } }

// Workbooks makes Parse read Excel workbooks, which it knows by their content, by
// the function, and all of their sheets as one list. Sheets without a code column
// are passed over, and reported. The function may keep data; what it fails with is
// wrapped into a *FileError. Package xlsx has the option ready.
func Workbooks(read func(data []byte) ([]Sheet, error)) Option {
	return func(o *options) { o.workbooks = &sheetReader{read} }
}

// OnlySheet chooses the sheet of a workbook, by its exact name. A workbook without
// it fails; a text file takes no notice. By default all sheets are read.
func OnlySheet(name string) Option { return func(o *options) { o.sheet = name } }

// AllowEmpty lets a file without an entry make a list without one, for its report.
// Such a list covers nothing and cannot be compiled for matching.
func AllowEmpty() Option { return func(o *options) { o.allowEmpty = true } }

// WithDelimiter sets the delimiter, by default found from the header line.
func WithDelimiter(d byte) Option { return func(o *options) { o.delimiter = d } }

// MaxBytes limits the size of the file, by default 256 MiB.
func MaxBytes(n int) Option { return func(o *options) { o.maxBytes = n } }

// MaxRows limits the rows of the file that are not blank, headers included, by
// default 5,000,000.
func MaxRows(n int) Option { return func(o *options) { o.maxRows = n } }

// MaxLine limits the bytes of a row of text, by default 1 MiB.
func MaxLine(n int) Option { return func(o *options) { o.maxLine = n } }

// MaxCells limits the cells of the file, by default 50,000,000.
func MaxCells(n int) Option { return func(o *options) { o.maxCells = n } }

// MaxCell limits the bytes of the cell of a code, by default 65,536. A longer
// one is rejected.
func MaxCell(n int) Option { return func(o *options) { o.maxCell = n } }

// MaxExpansion limits how many codes one cell may stand for by ranges, classes
// and lists, by default 100,000. A cell beyond it is rejected.
func MaxExpansion(n int) Option { return func(o *options) { o.maxExpansion = n } }

// MaxEntries limits the entries of the list, by default 5,000,000.
func MaxEntries(n int) Option { return func(o *options) { o.maxEntries = n } }
