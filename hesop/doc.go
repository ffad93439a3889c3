// Package hesop reads the Hospital Episode Statistics (HES) Outpatients data set of NHS England, one row for each
// outpatient appointment.
//
// A Reader finds the columns by their names and yields one Appointment after another:
//
//	r, err := hesop.Open("hesop.csv.gz") // or NewReader, FromRows, FromSource
//	if err != nil {
//		return err
//	}
//	defer r.Close()
//	for a, err := range r.All() {
//		if err != nil {
//			return err // names the file, the line and the byte offset
//		}
//		for _, slot := range a.Codes().Slots() {
//			fmt.Println(a.Row(), a.Attended(), slot.Position, slot.Value)
//		}
//	}
//
// Package match compares these codes with codelists.
//
// # Layouts
//
// The data set is released in four layouts:
//
//	layout      columns  names       delimiter   person            released as
//	UKLLC       149      lower case  SQL or CSV  llc_NNNN_stud_id  the view HESOP of UK LLC
//	UKLLCOther   98      lower case  SQL or CSV  llc_NNNN_stud_id  its view HESOP_OTR: same appointments, full codes
//	National    157      upper case  , or |      PSEUDO_HESID      NHS England; older extracts have no header
//	CPRD         58      lower case  tab         patid             one file a year, dates dd/mm/yyyy
//
// The views of UK LLC have one more column before the columns counted here: the person. NNNN is the number of the
// project.
//
// CPRD releases dates and codes in two files. Join hesop_appointment and hesop_clinical by patid and attendkey first,
// so that each row has both dates and codes. Each file covers one year; read the files of all years.
//
// A Reader reads any of these layouts without being told which. It also reads files that have only some of these
// columns, or additional ones. Layout.Names returns the names of a layout in order. Describe returns what the package
// knows about a column: its label, kind and missing values, the source of these facts and, through Variable.Meanings,
// its codes.
//
// # Files
//
// A file is delimited text, plain or compressed with gzip. It has a header, unless the option Names gives the names.
// The Reader finds the delimiter from the first line: comma, tab, semicolon or vertical bar.
//
//	FYEAR,ATTENDKEY,APPTDATE,ATTENDED,DIAG_4_01,DIAG_4_02,DIAG_4_CONCAT,OPERTN_4_01,OPERTN_4_CONCAT
//	1920,1000000001,2019-06-03,5,E119,I10X,"E119,I10X",-,-
//
// Rows end with LF or CRLF. A quote is special only as the first byte of a field. A quoted field keeps all its bytes,
// line ends included; two quotes in it stand for one. Only a delimiter or a line end may follow the closing quote. A
// quote anywhere else is an ordinary character. Blank lines are counted, but they are not rows.
//
// A Reader finds the same rows as encoding/csv, with five differences:
//
//   - A quote within an unquoted field is an ordinary character. In encoding/csv it is an error.
//   - CR LF within quotes is kept. In encoding/csv it becomes LF.
//   - Blank lines are skipped and counted. encoding/csv only skips them.
//   - A byte order mark before the header is dropped. In encoding/csv it is part of the first name.
//   - Empty fields beyond the width of the header are dropped. In encoding/csv they are an error.
//
// Any other row with more or fewer fields than the header is an error; SkipBadRows skips and counts such rows.
//
// # Headers
//
// A Reader finds columns in any order and compares names without regard to case, padding, byte order marks and
// zero-width characters. It keeps columns that it does not know. Empty names at the end of a header are dropped. Two
// columns with the same name are an error.
//
// The names of a file without a header come from the caller, for example from a file of names:
//
//	names, err := hesop.ReadNames(file)
//	if err != nil {
//		return err
//	}
//	r, err := hesop.Open("hesop.txt", hesop.Names(names...))
//
// Each row must then have as many fields as there are names. An empty field beyond the last name is dropped only if the
// list of names ends with an empty name for that field. Otherwise a name may be missing from the list, which would
// shift every column after it. In a file with a header, an extra empty field comes from a stray delimiter.
//
// The first row of a file may hold a person's data. Messages quote the cells of that row only if it reads as a header,
// which means that the package knows most of the names, or that no cell looks like data. Four consecutive digits, a
// date, a postcode, a bare number or code, or more than six words look like data.
//
// # Code columns
//
//	diag_01, opertn_01, …           raw: the full code, up to six characters
//	diag_4_01, opertn_4_01, …       positional: the first four characters of the full code
//	diag_4_concat, opertn_4_concat  concatenated: the four-character codes of all positions, joined by commas
//	diag_3_01, diag_3_concat, …     the same with three characters
//
// A Reader reads the most detailed columns of each coding system: raw columns and those of four characters. It reads
// those of three characters only if the system has no others. There may be up to 99 positions. The names are those of
// the UK LLC extract and of the HES Technical Output Specification (V1.15).
//
// A code that appears in several of these columns is one code of the appointment. The documentation of Codes has the
// rules. Codes.Disagreements counts the codes on which positional and concatenated columns disagree. Such a code is
// still a value of the appointment, at its own position. In a concatenated column, an empty slot between commas keeps
// its position, and spaces are ignored.
//
// Emergency care (A&E) is recognised by its columns. Its diagnoses are read only if the column diagscheme says 02,
// which means ICD-10. The first row whose diagnoses belong to another scheme is an error, which SkipBadRows does not
// skip.
//
// A Reader refuses a file with one code per row.
//
// # Other names of code columns
//
// Extracts spell these names in other ways, and a Reader accepts such spellings. Reader.Notices reports them ("diag_1
// read as diag_01"):
//
//	diag_1, diag1, diag[1]             no leading zero; no underscore, or a dot or brackets instead of it
//	DIAG4_01, DIAG_4_1, diag_01_4char  the width written in another way
//	DIAG_CONCAT, OPERTN_CONCAT         concatenated, of four characters
//
// A Reader recognises such names by a grammar, not from a list: diag4 is the fourth position, and diag4_01 the first
// position, with four characters. Without a separator before the number, positions are 1 to 24. So diag41, which could
// be position 41 or the first position with four characters, is not read. The number in icd9 and icd10 is part of the
// name of a classification, not a position.
//
// A header that has any of the following is an error:
//
//   - Two columns for the same position.
//   - A column whose name consists of words used in the names of code columns (diagnosis, primary_icd10_code), unless
//     the Reader reads the column or knows it as something else.
//   - A series of names that differ only in their last number, if the Reader reads only some of those columns.
//
// Rename resolves each of these errors. It states the name under which to read a column or, with an empty name, that
// the column holds no codes. A # stands for the position, and #+1 for the next one. A series must be read, or declared
// to hold no codes, as a whole: Rename("diag_#", "") resolves the error, but Rename("diag_03", "") alone does not.
//
//	r, err := hesop.Open("deaths.csv", hesop.RawWidth(6), // the four-character codes of registrations are whole
//		hesop.Rename("S_UNDERLYING_COD_ICD10", "diag_01"), hesop.Rename("S_COD_CODE_#", "diag_#+1"))
//
// # Truncated raw columns
//
// Some extracts truncate raw columns at four characters, and the column names do not show it. A raw diagnosis of more
// than four characters proves that the raw columns are whole, even if that diagnosis is a missing value. A trailing
// dash counts as a character (M051-); white space does not. If no raw diagnosis has more than four characters,
// truncation matters only if a value of four characters is the beginning of a longer entry of a list. Then, unless
// RawWidth states the width, match.Scan fails with ErrRawWidth at the end of the data, and so does Reader.All if its
// rows were matched. This check treats a bare category in the data as if its filler X were written. So a value M45,
// read as M45X, and an entry M45.X2 cause this error although M45 is whole.
//
// # Reading
//
// An Appointment is valid until the next one is read; Clone makes a copy that lasts. Columns are addressed by handles,
// which need no look-up. Reader.Person finds the column that identifies the person. It knows the names in the table of
// layouts and ENCRYPTED_HESID, TOKEN_PERSON_ID and PERSON_ID_DEID.
//
//	person, err := r.Person()
//	...
//	key, err := r.Column("attendkey")
//	...
//	for a, err := range r.All() {
//		...
//		fmt.Printf("%s %s\n", a.Text(person), a.Text(key))
//	}
//
// FromRows reads the rows of a query, with any database/sql driver. CodeColumns lists the code columns to select.
//
//	ctx, cancel := context.WithCancel(ctx)
//	rows, err := db.QueryContext(ctx, "SELECT llc_0042_stud_id, attendkey, apptdate, diag_4_01, ... FROM hesop")
//	if err != nil {
//		cancel()
//		return hesop.WithoutValues(err) // a message of the database may quote a value
//	}
//	defer rows.Close()
//	defer cancel() // runs before Close, which may otherwise read the rest of the query
//	r, err := hesop.FromRows(rows)
//
// FromSource reads rows that your own Source supplies. Package hesop/parquet reads Parquet. The type Codes can also
// hold codes that a program already has, without a Reader:
//
//	codes := new(hesop.Codes)
//	codes.Add(hesop.CodeField{System: coding.ICD10}, []byte("F32.1"))
//
// # Key variables
//
// The methods of Appointment read columns. Text returns any column as found; identifiers are always text. Date, Number
// and Age read dates, whole numbers and ages, and report whether the column holds one. Attended and FinancialYear find
// their columns themselves. Term reads a coded variable: its code, what that code means in the year of the appointment,
// and whether the value is known, missing, out of period or unlisted. An unlisted value keeps its text.
//
//	admincat   kind of patient                priority  routine, urgent, two week wait
//	apptage    age (also apptage_calc)        refsourc  who referred
//	apptdate   the day                        reqdate   referral received
//	atentype   attended or not, first or not  servtype  service requested
//	attended   seen or not                    sex
//	dnadate    last missed appointment        stafftyp  who saw the patient
//	ethnos     ethnic category                tretspef  treatment specialty
//	firstatt   first or follow-up             waitdays  wait on the pathway
//	fyear      financial year                 wait_ind  whether a wait was calculated
//	mainspef   main specialty                 locclass  kind of location
//	outcome    what happens next
//
// A code that was not in use in the year of the appointment has the status TermOutOfPeriod, and the label that it had
// when it was in use. An example is firstatt 9 in an appointment after 2007-08. Term.Missing still reports whether the
// code stands for a missing value. Periods are financial years. For ethnos the specification says "prior to 2013" and
// "2013 onwards", which may mean calendar or financial years. So both of its codes for not known, X and 99, count as in
// use in 2012-13.
//
// The data set begins on 1 April 2003. This package does not know the last day of the data; package quality compares
// dates with the column fyear instead. Package quality also counts values by class, columns that disagree, keys that
// repeat, and rows without a code. Package hesoptest makes synthetic rows of each layout for tests.
//
// # What the data cannot tell
//
// The primary diagnosis is missing in more than nine in ten appointments, and the main procedure in more than seven in
// ten. The first diagnosis can be missing while a later one is present. If an appointment has no code, nothing is known
// about diagnoses and procedures: the lack of a code does not show that a condition is absent.
//
// Before April 2008 a row had room for two diagnoses and twelve procedures, and the data were experimental. Codes
// belong to the edition in use on the day of the appointment; coding.Editions lists the editions. The data cover care
// in NHS hospitals in England. Each hospital decides what it counts as an outpatient appointment, and the same
// appointment can appear twice.
//
// # Other data sets
//
// A Reader reads any table that has one row for each event, with the ICD-10 or OPCS-4 codes of the event in columns. An
// Appointment is then one such row.
//
//   - Admitted care names its codes diag_4_01 and so on. Its date column is epistart or admidate (cohort.DateColumn).
//     Rename startage to apptage, and epikey to attendkey.
//   - Death registrations have an underlying cause and other causes; rename their columns as shown above. To
//     match the underlying cause alone, use match.Matcher.PrimaryOnly.
//
// To put several data sets into one Cohort, rename their date and person columns to the same names.
//
// # Performance
//
// Reading a row, its fields and its codes does not allocate. With a query, only the driver allocates. The cost of a row
// is the cost of finding its end and its code columns. Any other column, when it is asked for, costs a few steps for
// each 64 bytes before it. After sixteen look-ups in one row, all fields of that row are found at once.
//
// A Reader holds a block of 256 KiB, or of the size of the longest row if that is larger, and an index of half the size
// of the block. LineLimit bounds the size of a row. match.Scan needs this memory for each of its blocks.
//
// Rows are found 8 bytes at a time or, in a build with GOEXPERIMENT=simd, 32 or 64 bytes at a time if the CPU supports
// it. All builds find the same rows.
//
// # Concurrency
//
// A Reader, its appointments and their codes are for one goroutine at a time. match.Scan shares the work among
// goroutines, which read an uncompressed file from several offsets at once.
package hesop
