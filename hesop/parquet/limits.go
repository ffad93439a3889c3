package parquet

// The limits of a file. If a file exceeds a limit, the error wraps ErrLimit. If a single column exceeds it, the error
// also names the column.
const (
	// MaxPage is the maximum size of a page, compressed or not, and of a dictionary: 128 MiB. Most writers make pages
	// of about 1 MiB. DuckDB makes one page for each column of a row group.
	MaxPage = 128 << 20
	// MaxMemory is the maximum memory that the pages and dictionaries of one row group may take at a time: 1 GiB. Each
	// worker of match.Scan reads its own row group. Selecting fewer columns, and writing smaller row groups, both
	// reduce the memory.
	MaxMemory = 1 << 30
	// MaxFooter is the maximum size of a footer, which lists columns and row groups: 64 MiB.
	MaxFooter = 64 << 20
	// MaxColumns is the maximum number of columns in a file, including those inside nested columns: 32,767.
	MaxColumns = 1<<15 - 1
	// MaxPageHeader is the maximum size of a page header, which may contain the least and greatest values: 1 MiB.
	MaxPageHeader = 1 << 20
)

const (
	maxDepth   = 32      // levels of nested structures
	maxScale   = 38      // digits after the point of a decimal
	maxNumbers = 1 << 22 // values in a dictionary of numbers; all their texts are made at once
	batchRows  = 512     // rows decoded at a time; a multiple of 64
	readAhead  = 64 << 10
)
