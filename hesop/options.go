package hesop

// Option changes how a Reader reads.
type Option func(*options)

type options struct {
	file            string
	delimiter       byte
	statesDelimiter bool // by Delimiter
	names           []string
	renames         []rename
	notCodes        []string
	others          []string // by OtherColumns, nil for all
	rawWidth        int
	statesWidth     bool // by RawWidth
	fields          Fields
	limit           int
	skip            bool
	onSkip          func(error)
}

const defaultLineLimit = 1 << 20

// FileName sets the name that errors carry. Open sets it to the path.
func FileName(name string) Option { return func(o *options) { o.file = name } }

// Delimiter sets the delimiter. By default it is found from the header line,
// among comma, tab, semicolon and vertical bar. A letter, a digit, an underscore, a space and a
// quote cannot be one.
func Delimiter(d byte) Option { return func(o *options) { o.delimiter, o.statesDelimiter = d, true } }

// Names gives the names of the columns of a file without a header. A file whose
// first row consists of these names does have one, and is an error. Each row must have
// as many fields as there are names; empty fields at its end may be missing from the
// names only if as many empty names stand at theirs, for rows that end with a delimiter.
func Names(names ...string) Option {
	return func(o *options) { o.names = append([]string{}, names...) }
}

// OtherColumns names the columns of a Source that are read beside those that a Reader needs itself: of codes, attended,
// and, for values that change their meaning from year to year, apptdate and fyear. The Reader then has no others, and a
// Selective source need not read them. By default all columns are read.
func OtherColumns(names ...string) Option {
	return func(o *options) { o.others = append([]string{}, names...) }
}

// ReadFields chooses which code columns are read, by default all.
func ReadFields(f Fields) Option { return func(o *options) { o.fields = f } }

// RawWidth says how many characters the raw columns (diag_01, opertn_01) hold: 6, the
// full code, or 4, where an extract has cut it. Without it they hold the full code; but if
// none of their values is longer than four characters and the answers would be others for
// cut ones, match.Scan fails with ErrRawWidth, and so does Reader.All behind the last row if
// match.Matcher.Match was called for its appointments.
func RawWidth(characters int) Option {
	return func(o *options) { o.rawWidth, o.statesWidth = characters, true }
}

// LineLimit sets the most bytes of a row, by default 1 MiB. A longer one is an
// error.
func LineLimit(n int) Option { return func(o *options) { o.limit = n } }

// SkipBadRows skips rows with too few or too many fields, which are errors by
// default. report, unless nil, is called with the *Error of each; Skipped counts
// them. Other errors, after which the rows that follow could not be told, stay
// errors.
func SkipBadRows(report func(error)) Option {
	return func(o *options) { o.skip, o.onSkip = true, report }
}
