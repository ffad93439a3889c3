package parquet

// What a file may ask for. A file beyond a limit is an error that wraps ErrLimit and names the column.
const (
	// MaxPage is the most bytes of a page, compressed or not, and of a dictionary: 128 MiB. Writers make pages of about
	// 1 MiB; DuckDB makes one page of a column in a row group.
	MaxPage = 128 << 20
	// MaxMemory is the most bytes that the pages and dictionaries of one row group take at a time: 1 GiB. Each worker
	// of match.Scan reads a row group of its own. Select lowers what a file takes, and so do smaller row groups.
	MaxMemory = 1 << 30
	// MaxFooter is the most bytes of a footer, which lists columns and row groups: 64 MiB.
	MaxFooter = 64 << 20
	// MaxColumns is the most columns of a file, those in nested ones included: 32,767.
	MaxColumns = 1<<15 - 1
	// MaxPageHeader is the most bytes of the header of a page, which may hold a least and a greatest value: 1 MiB.
	MaxPageHeader = 1 << 20
)

const (
	maxDepth   = 32      // of structures within one another
	maxScale   = 38      // digits behind the point of a decimal
	maxNumbers = 1 << 22 // of a dictionary, whose texts are made at once
	batchRows  = 512     // that are decoded at a time, a multiple of 64
	readAhead  = 64 << 10
)
