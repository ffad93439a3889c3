package hesop

// Option changes how a Reader reads.
type Option func(*options)

type options struct {
	file            string
	delimiter       byte
	statesDelimiter bool // the option Delimiter was given
	names           []string
	renames         []rename
	notCodes        []string
	others          []string // the names given to OtherColumns; nil to read all columns
	rawWidth        int
	statesWidth     bool // the option RawWidth was given
	fields          Fields
	limit           int
	skip            bool
	onSkip          func(error)
}

const defaultLineLimit = 1 << 20

// FileName sets the file name that errors and notices show. Open sets it to the path.
func FileName(name string) Option { return func(o *options) { o.file = name } }

// Delimiter sets the delimiter. By default the header line decides among comma, tab, semicolon and vertical bar. A
// delimiter cannot be a letter, a digit, an underscore, a space or a quote.
func Delimiter(d byte) Option { return func(o *options) { o.delimiter, o.statesDelimiter = d, true } }

// Names sets the column names of a file without a header. It is an error if the first row of the file consists of these
// names, because then the file has a header.
//
// Each row must have as many fields as there are names. If rows end with delimiters, add empty names at the end of the
// list: rows may then have up to that many empty fields at their end.
func Names(names ...string) Option {
	return func(o *options) { o.names = append([]string{}, names...) }
}

// OtherColumns names columns of a Source to read in addition to those that the Reader needs itself. By default all
// columns are read. With OtherColumns the Reader has only the named columns and those that it needs, and a Selective
// source need not read any others.
//
// The Reader itself needs the code columns that it reads, attended and, in emergency care, diagscheme. If any other
// columns are named, the Reader also needs apptdate and fyear, because the meaning of a value may depend on the year.
func OtherColumns(names ...string) Option {
	return func(o *options) { o.others = append([]string{}, names...) }
}

// ReadFields selects the code columns to read. The default is all of them.
func ReadFields(f Fields) Option { return func(o *options) { o.fields = f } }

// RawWidth states how many characters the raw columns (diag_01, opertn_01) hold: 6 for the full code, or 4 if the
// extract truncated the columns. The default is the full code.
//
// Without RawWidth, match.Scan returns ErrRawWidth if no raw diagnosis is longer than four characters and truncation
// would change an answer. Reader.All yields that error after the last row if match.Matcher.Match was called for its
// appointments.
func RawWidth(characters int) Option {
	return func(o *options) { o.rawWidth, o.statesWidth = characters, true }
}

// LineLimit sets the maximum length of a row in bytes. The default is 1 MiB. A longer row is an error.
func LineLimit(n int) Option { return func(o *options) { o.limit = n } }

// SkipBadRows skips rows with too few or too many fields, which by default are errors. For each such row, it calls the
// given function with the *Error of the row, unless that function is nil. Reader.Skipped counts the rows. Other errors
// remain errors, because the rows after them could not be recognised.
func SkipBadRows(report func(error)) Option {
	return func(o *options) { o.skip, o.onSkip = true, report }
}
