// Package hesop reads the Hospital Episode Statistics Outpatients data set of NHS
// England: one row for each outpatient appointment.
//
// # Files
//
// A file is delimited text with a header, or without one if the caller gives Names,
// compressed with gzip or not. The delimiter is found from the header among comma,
// tab, semicolon and vertical bar. Names of columns are found in any case, padded
// or not, in any order; columns that the package knows nothing of are carried along.
//
//	FYEAR,ATTENDKEY,APPTDATE,ATTENDED,DIAG_4_01,DIAG_4_02,DIAG_4_CONCAT,OPERTN_4_01,OPERTN_4_CONCAT
//	1920,1000000001,2019-06-03,5,E119,I10X,"E119,I10X",-,-
//
// Rows end with LF or CRLF. A quote is special only as the first byte of a field;
// within a quoted field all bytes stand as they are, line ends too, and two quotes
// are one; behind the closing quote only a delimiter or a line end may follow. A
// quote elsewhere is a character. Blank lines are counted and are no rows. Empty
// names at the end of the header are dropped, and so are empty fields of a row
// beyond its width; a row of any other width is an error, or skipped and counted
// by SkipBadRows.
//
// # Code columns
//
//	diag_01, opertn_01, …           raw: the full code, up to six characters
//	diag_4_01, opertn_4_01, …       positional: its first four characters
//	diag_4_concat, opertn_4_concat  concatenated: the same, joined by commas
//	diag_3_01, diag_3_concat, …     the same of three characters
//
// Of each coding system the finest columns that the file has are read: raw and
// those of four characters, and those of three only where there is nothing finer.
// How many positions there are, the header tells. The names are those of the UK
// LLC extract and of the HES Technical Output Specification (V1.15).
//
// A code that stands in several of these columns is one code of the appointment;
// Appointment.Codes says how they are told apart, and counts where positional and
// concatenated columns disagree.
//
// # Reading
//
// A Reader yields one Appointment after another, each good until the next. Its
// columns are asked for by handles, which cost no look-up:
//
//	r, err := hesop.Open("hesop.csv.gz")
//	...
//	key, ok := r.Column("attendkey")
//	for a, err := range r.All() {
//		...
//		fmt.Printf("%s\n", a.Text(key))
//	}
//
// # Performance
//
// Reading a row, its fields and its codes does not allocate. Memory is that of the
// longest row, which LineLimit bounds.
//
// # What the data cannot tell
//
// In over nine of ten appointments the primary diagnosis is missing, and in seven
// of ten the main procedure; before April 2008 there were two diagnoses and twelve
// procedures, and the data were experimental. The first diagnosis can be missing
// and a later one not. An appointment without a code is one of which nothing is
// known, not one without the condition.
package hesop
