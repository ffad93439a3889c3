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
// beyond its width, but where Names gives them only as many as there are empty names;
// a row of any other width is an error, or skipped and counted by SkipBadRows.
//
// So rows are those that encoding/csv finds, but that
//
//   - a quote within a field, which is an error there, is a character here,
//   - CR LF within quotes, which becomes LF there, is kept,
//   - blank lines, which are passed over there too, are counted,
//   - a byte order mark before the header, which is part of the first name there, is not, and
//   - empty fields beyond the width of the header are no error.
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
// Extracts spell these names in other ways, which are read too, and said by
// Reader.Notices ("diag_1 read as diag_01"):
//
//	diag_1, diag1, diag[1]                no zero, no mark, another mark
//	DIAG4_01, DIAG_4_1, diag_01_4char     the width in another place
//	DIAG_CONCAT, OPERTN_CONCAT            concatenated, of four characters
//
// Positions are 1 to 99, and 1 to 24 where no mark stands before the number. Two columns of one
// position are an error. Rename reads columns under any name. A column is an error if its name
// consists of the words that code columns are named by (diagnosis, primary_icd10_code)
// and it is neither read nor known: Rename says what it holds. So is a series read in part.
//
//	r, err := hesop.Open("deaths.csv", hesop.RawWidth(6), // registrations are coded to four characters, none is cut
//		hesop.Rename("S_UNDERLYING_COD_ICD10", "diag_01"), hesop.Rename("S_COD_CODE_#", "diag_#+1"))
//
// Raw columns can be cut at four characters, which no name shows. If none of their values is longer and the answers
// depend on it, match.Scan fails at the end of the data, and so does Reader.All if its rows were matched, until
// RawWidth says which they are.
// A file with one code a row is refused, and so is emergency care whose diagnosis scheme is not
// ICD-10.
//
// A code that stands in several of these columns is one code of the appointment;
// Appointment.Codes says how they are told apart, and counts where positional and
// concatenated columns disagree.
//
// # Layouts
//
//	UKLLC       149 columns   lower case, behind llc_NNNN_stud_id; read from SQL Server or CSV
//	UKLLCOther   98 columns   the same appointments in HESOP_OTR, with the raw codes
//	National    157 columns   upper case; CSV, or | with or without a header
//	CPRD         58 columns   lower case, tab, dd/mm/yyyy, one file a year
//
// A Reader takes any of them as it comes, and files that have some of the columns and
// others besides. Layout.Names has the names in order, and Describe returns what is known
// of a column, with the source. For a file without a header the names
// come from the caller, from a file of names for example:
//
//	names, err := hesop.ReadNames(file)
//	...
//	r, err := hesop.Open("hesop.txt", hesop.Names(names...))
//
// Reader.Person finds the column that identifies the person by the names it has in
// these layouts.
//
// # Reading
//
// A Reader yields one Appointment after another, each good until the next. Its
// columns are asked for by handles, which cost no look-up:
//
//	r, err := hesop.Open("hesop.csv.gz")
//	...
//	key, err := r.Column("attendkey")
//	for a, err := range r.All() {
//		...
//		fmt.Printf("%s\n", a.Text(key))
//	}
//
// FromRows makes the same of the rows of a query, from any database/sql driver:
//
//	rows, err := db.QueryContext(ctx, "SELECT attendkey, apptdate, diag_4_01, ... FROM hesop")
//	...
//	defer rows.Close()
//	defer cancel() // the context of the query, before the rows are closed
//	r, err := hesop.FromRows(rows)
//
// FromSource makes the same of rows of your own, which a Source brings. Codes takes codes in hand, without a Reader:
//
//	codes := new(hesop.Codes)
//	codes.Add(hesop.CodeField{System: coding.ICD10}, []byte("F32.1"))
//
// # Key variables
//
// Text gives any column as found; identifiers are never anything else. Date, Number
// and Age read dates, whole numbers and ages, and say when there is none. Attended and
// FinancialYear read theirs without being told the column. Term reads a coded variable:
// its code, what that means in the year of the appointment, and whether it stands for a
// missing value, is of another time, or is none of the set and has only its text:
//
//	admincat   kind of patient           priority  routine, urgent, two week wait
//	apptage    age, and apptage_calc     refsourc  who referred
//	apptdate   the day                   reqdate   referral received
//	atentype   came or not, first or not servtype  what was asked for
//	attended   came or not               sex
//	dnadate    last one missed           stafftyp  who saw the patient
//	ethnos     ethnic category           tretspef  treatment specialty
//	firstatt   first or follow-up        waitdays  wait on the pathway
//	fyear      financial year            wait_ind  whether a wait was calculated
//	mainspef   main specialty            locclass  kind of place
//	outcome    what comes next
//
// # Performance
//
// Reading a row, its fields and its codes does not allocate, nor does reading a query,
// but for what its driver allocates. A row costs what finding its end and its code columns
// does; another column costs a few steps for each 64 bytes before it when it is asked for, and
// beyond sixteen columns all fields of the row are found at once.
// match.Scan shares the work among goroutines, and a file is then read from several
// places at once.
//
// Memory is that of a block of 256 KiB, half as much for its index, or of the longest row,
// which LineLimit bounds, and in match.Scan that for each block.
//
// Rows are found 8 bytes at a time or, in a build with GOEXPERIMENT=simd, 32 or 64, if the
// CPU can do that; what is found is the same.
//
// # Other data sets
//
// Any table with a row for each event and its ICD-10 or OPCS-4 codes in columns can be read; an appointment is then a
// row. Admitted care has diag_4_01 and its like as they are: its day is epistart or admidate (cohort.DateColumn), and
// startage can be renamed to apptage, epikey to attendkey. Deaths have the underlying cause and the others, renamed as
// above; match.Matcher.PrimaryOnly asks for the underlying cause alone. To put several data sets into one Cohort,
// rename their columns of dates and persons to the same names.
//
// # What the data cannot tell
//
// In over nine of ten appointments the primary diagnosis is missing, and in seven
// of ten the main procedure; before April 2008 there were two diagnoses and twelve
// procedures, and the data were experimental. The first diagnosis can be missing
// and a later one not. An appointment without a code is one of which nothing is
// known, not one without the condition. Codes are those of the edition of the day, which
// coding.Editions has. The data hold care in NHS hospitals in England, each of which decides
// what it counts as an outpatient appointment, and the same appointment can be there
// twice.
package hesop
