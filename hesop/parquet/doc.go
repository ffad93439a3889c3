// Package parquet reads appointments from Parquet files, the format in which national research environments store them.
// The results are the same as for the same rows in text files.
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
// # Files and folders
//
// Open opens a file, or a folder. The Parquet files of a folder are read in the order of their names, as one table.
// They must have the same columns. Hidden files, and files whose names begin with an underscore, are not data.
//
// Open refuses a folder whose files are not one complete table. It therefore refuses a partitioned table, and a
// Delta, Iceberg or Hudi table, whose folder also holds files of older versions.
//
// # Columns
//
// By default all columns are read. File.Select chooses some of them. The option hesop.OtherColumns limits a Reader to
// the columns that it needs and those that the option names.
//
// Nested columns, lists, and types that are not listed below have no text form. Bytes of fixed length have no text form
// either, unless they hold a decimal or a UUID. If such a column is read, the error wraps ErrType and names the column.
//
// # Values
//
// A value becomes the text that it would have in a text file, as in hesop.FromRows. A null becomes an empty text.
//
//   - Text, enumerations and JSON are unchanged. So are bytes without an annotation, which old writers use for text.
//   - Integers of all widths are written in decimal digits, booleans as 1 and 0.
//   - A decimal has as many digits after the point as its scale states: 54.0, 0.50.
//   - A floating point number is written without an exponent: 54. A number large enough to have lost digits is an
//     error: 2^53 or more, or 2^24 or more in a 32-bit column.
//   - A date is written as yyyy-mm-dd, and so is a timestamp at midnight. Any other timestamp is written as yyyy-mm-dd
//     hh:mm:ss with its fraction. Timestamps stay in UTC if the file says so. Before you write the file, convert
//     timestamps that are in local time to dates: in summer, midnight in London is 23:00 UTC on the previous day.
//   - A time of day is written as hh:mm:ss, a UUID in its usual form.
//
// # Compression
//
// Files may be uncompressed, or compressed with Snappy, Zstandard, gzip, LZ4 (raw) or Brotli. Encrypted files are
// refused. So are files compressed with LZO or the older form of LZ4, which are obsolete.
//
// # Damaged files
//
// The sizes and counts that a file states are checked before any memory is allocated for them. They are also checked
// against each other: the sizes of pages, and the numbers of values in dictionaries and of rows in pages, columns and
// row groups. Checksums are checked if the writer added them, as pyarrow does with write_page_checksum=True. For a file
// that contradicts itself, the error names the row group and the column, and never contains a value.
//
// The limits, such as MaxPage, are constants. A file may state billions of empty rows, and they are all read. To stop a
// scan of such a file, cancel the context of the scan.
//
// # Cost
//
// Only selected columns are read, and a row costs only the values that it has. The text of a dictionary value is made
// once for each row group. Nothing is allocated for a row. Reading the 38 four-character code columns of 1,000,000 rows
// takes 30 to 45 ms on one core.
//
// The source of a row group holds one page and one dictionary for each selected column. For the 38 columns above, that
// is about 50 MB if each row group has 1,000,000 rows and one page for each column, as DuckDB writes them, and a few MB
// if each page has 1 MiB. MaxMemory bounds this memory for each row group that is being read.
//
// This package uses github.com/parquet-go/parquet-go only for the constants of the format and, in tests, to write
// files. That package's reader allocates whatever sizes a file states, and assembles all values before the first can be
// used.
//
// # Concurrency
//
// A File is for one goroutine at a time. The sources of File.Parts, one for each row group, may be read by different
// goroutines at the same time. If a file changes while it is read, the error wraps hesop.ErrChanged.
package parquet
