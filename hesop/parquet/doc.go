// Package parquet reads appointments from Parquet files, for package hesop. National research environments hold them
// as such.
//
//	file, err := parquet.Open(path)
//	if err != nil {
//		return err
//	}
//	defer file.Close()
//	reader, err := file.Reader()
//	if err != nil {
//		return err
//	}
//	totals, err := match.Scan(ctx, matcher, reader, nil)
//
// The answers are those of the same rows as text. Open takes a file, or a folder of files that are read in the order
// of their names as one table: its files have the same columns, and those that are hidden or begin with an underscore
// are no data. Folders whose files make no table by themselves are refused: a Delta, Iceberg or Hudi table, in which
// files of older versions lie too, and a table in partitions.
//
// # Values
//
// Values become the text that they have in files, as package hesop's FromRows has it. Null is empty.
//
//   - Text, enumerations, JSON and bytes without an annotation, which old writers use for text, stand as they are.
//   - Integers of all widths are written in decimal digits, booleans as 1 and 0.
//   - A decimal keeps the digits that its scale says: 54.0, 0.50.
//   - A floating point number is written without an exponent: 54. One so great that it has lost digits (from 2^53 on,
//     narrow from 2^24) is an error.
//   - A date is yyyy-mm-dd. So is a time stamp at midnight; any other is yyyy-mm-dd hh:mm:ss with its fraction. Time
//     stamps are in UTC where the file says so: convert those of another zone to dates before they are written,
//     because midnight in London is 23:00 of the day before in summer.
//   - A time of day is hh:mm:ss, a UUID is written in its usual form.
//
// Nested columns, lists, other types and other bytes of fixed length have no text. A column of that kind is an error
// that wraps ErrType and names it, unless Select leaves it out.
//
// The compressions are Snappy, Zstandard, gzip, LZ4 (raw) and Brotli. Encrypted files are refused, and so are LZO and
// the older LZ4, which are out of use.
//
// # Cost
//
// Only the selected columns are read, and of these only the values that are there cost anything for a row. The text of
// a value in a dictionary is made once for each row group. Reading the 38 code columns of 4 characters of 1,000,000
// rows takes 30 to 45 ms of one core. Nothing is allocated for a row.
//
// A source holds a page and a dictionary of each selected column: about 50 MB for these columns where a row group of
// 1,000,000 rows has one page a column, as DuckDB writes it, and a few MB where pages have 1 MiB. MaxMemory bounds it
// for each row group that is read at a time.
//
// # Concurrency
//
// A File is for one goroutine, but the sources of Parts, one for each row group, may be read by different goroutines
// at a time. A file that is changed while it is read is an error that wraps hesop.ErrChanged.
//
// # Damaged files
//
// What a file states is checked before anything is allocated for it, and against the rest of it: sizes of pages,
// values of dictionaries, rows of pages, columns and row groups, and checksums, where the writer made them (pyarrow
// does by write_page_checksum=True). A file that contradicts itself is an error that names the row group and the
// column, and never a value. The limits are constants. A file may state billions of rows that hold nothing, and they
// are read: cancel the context of a scan to stop it.
//
// Package github.com/parquet-go/parquet-go has the numbers of the format and writes the files of the tests. Its reader
// is not used: it allocates what a file states, and it assembles all values before the first is looked at.
package parquet
