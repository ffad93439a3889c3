// Package codelist reads clinical codelists, reports what became of each row, and decides which codes a list covers.
//
//	func main() {
//		list, err := codelist.Open("depression.csv", codelist.CodingSystem(coding.ICD10))
//		if err != nil {
//			log.Fatal(err) // names each row that was not understood
//		}
//		fmt.Print(list.Summary(10)) // what became of the rows
//		value := coding.ReadValue(coding.ICD10, []byte("F321"), 4)
//		if d := list.Decide(value); d.Covered {
//			fmt.Println("matches by", list.Entry(d.Entry))
//		}
//	}
//
// Package match compiles many lists and matches rows of data much faster than Decide.
//
// # Terminology
//
// Package coding defines codes, coding systems, categories and missing values.
//
// An entry is a code or prefix that a row of the list names. It is an inclusion or an exclusion. Its coverage is either
// its descendants (all codes that start with the prefix) or exact (the undivided category alone). A bare category is a
// category written without filler or wildcard (E11). A value is what a field of the data holds: a code, a text that
// stands for a missing code, or something unrecognised.
//
// # Formats
//
// Parse reads CSV, TSV, plain text with one code a line, and JSON: an array of objects, an array of texts, or an object
// with the key "entries". It refuses other formats and names them in the error (Stata, R, SQL, YAML, HTML, Markdown and
// more).
//
// The encoding is UTF-8 or, with a byte order mark, UTF-16. Text that is neither is read as Windows-1252. Parse finds
// the delimiter from the header line: comma, tab, semicolon or vertical bar. If the first row is a single cell, Parse
// uses the delimiter of the first header below it. Rows end with LF, CRLF or CR, and may differ in length. Quotes
// follow RFC 4180. Above the header, lines that begin with # are comments; in a file of one column, such lines are
// comments everywhere. A header may itself begin with #.
//
// With the option Workbooks, which package xlsx provides, Parse reads each sheet of an Excel workbook as if it were a
// file, and makes one list of all sheets. Parse passes over a sheet without a code column and reports that sheet. If
// the sheet holds codes but has no code column, Parse fails.
//
// # The code column
//
// The code column is called code, codes, procedure_code, diagnosis_code, clinical_code or concept_code; or icd, icd10,
// opcs or opcs4, with or without "code" or "codes" after it. Case, spaces, hyphens and underscores do not matter. If no
// column has such a name, Parse also ignores brackets, editions and the words "list" and "final" before or after the
// name. Failing that, it looks for diagnosis, diagnoses or alt_code. In this example, the code column is the first
// column:
//
//	ICD-10 code,term
//	E11,Type 2 diabetes mellitus
//
// If no column could hold the codes, or several could, Parse fails; CodeColumn names the one to read. Two columns do
// not conflict if their names state different systems (icd10_code, opcs_code): Parse reads both.
//
// A first row that holds a code is not a header, even if another of its cells reads as the name of a column. The file
// then has no header, and Parse finds the column by its content. CodeColumn and HeaderRow override this rule.
//
// If exactly one row reads as a header, and no row above it holds a code, Parse passes over the titles above that
// header and reports them. HeaderRow overrides this choice. A first row of one cell above a header of several cells is
// a title, even if it says "ICD-10 codes". A second header that names another code column or system begins a second
// table. A repetition of the first header is a rejected row.
//
// # Other columns
//
// An Entry also records two other cells of its row: one from a column called term, description, name or the like, and
// one from a column called category, group, condition, concept_name or phenotype_name. ParseGroups makes one list for
// each value of a column.
//
// The column coding_system states the coding system of a row. Other names for it are code_type, terminology,
// coding_sys, codification, code_system and vocabulary. Any other column also states the coding system, whatever its
// header, if most of its values name coding systems. If a row states no system, Parse uses the system that the header
// of the code column states (icd10, opcs), or else that of the option CodingSystem. Parse rejects a row for which
// nothing states a system, or for which two columns state different systems. It ignores rows of other systems and
// counts them; ICD-9, ICD-10-CM and ICD-O are other systems. The name "icd" alone states no edition, and never means
// OPCS-4. A header that states a different system from CodingSystem is an error.
//
// A column of signs separates exclusions from inclusions. All its values are signs (include, no, 1, +, true and the
// like). Its header has a word such as include, exclude, status, keep or filter. If all values of a column are
// "include" or "exclude", it is a column of signs under any header. If a column of signs excludes any row, Parse
// refuses the file unless ExcludeColumn names the column. Parse also refuses a file in which a column called include or
// exclude has a value that is not a sign. Once ExcludeColumn names a column, no other column may exclude a row that the
// named column includes. Parse refuses a file with a column reason_for_removal unless AllowRemovals is given.
//
// Report.Unused lists the columns that Parse did not use. It gives the values of such a column if there are at most
// three of them and none could identify a person. Parse refuses a file with columns of data about people (patid,
// apptdate), or with several code columns of appointments (diag_01, diag_02).
//
// # Codes outside the code column
//
// Parse also looks for codes outside the code column: to the right of the header, under an empty name, in a row without
// a code, or in a second column of codes. If a cell there names codes that the code cell of its row does not name,
// Parse rejects the row. A cell that only repeats the codes of its row is harmless. So is a cell that only widens them,
// such as E11 beside E11.9, except under an empty name or to the right of the header. If more than half of the filled
// cells in a column hold other codes, Parse refuses the file unless CodeColumn names the column to read; under an empty
// name or to the right of the header, it only rejects the rows. Parse does not look in columns whose names announce
// identifiers, versions, dates or other coding systems. In columns of terms and notes it looks only if the row has no
// code.
//
// Report.Notices warns about what Parse read but the author may not have meant: columns that state in which position a
// code counts, hidden rows and columns, text that is struck through, codes for which HES uses another code, and codes
// in chapters Y and Z of OPCS-4, which only qualify other procedures. A cell that a spreadsheet has turned into a
// number or a date (1E10) is rejected.
//
// # Cells
//
//	E119, E11.9                 the code and every longer code that starts with it
//	E11                         a bare category; the Policy decides whether it covers its descendants
//	I10X                        the undivided category
//	E11%  E11*  E11-  E11.-     the category and its descendants, whatever the policy; also ^E11, E11.% and ^E11.*
//	E11.X                       the same: after a dot the X is a wildcard
//	E10-E14, E10.0-E10.9        a range, each code with its descendants
//	F1_, L08[089], I2[0-5].X    _ is any digit, [ ] a class; each code with its descendants
//	I21.X, I22.X                several codes, if every part is a code
//
// As the fourth character, _ also stands for X, and a class may contain X. A range of four characters that includes all
// ten subdivisions of a category includes its undivided code too: I10.0-I15.9 covers I10X. An undivided code that comes
// from _, a class or a range has exact coverage. Both ends of a range have the same length, and only digits after the
// letter. A class cannot stand for the letter and cannot be negated.
//
// Commas, semicolons, vertical bars and white space separate codes. If white space is the only separator and a part is
// not a code, Parse reads the cell again without the space (C45 9). With AllowBroad, a cell of several codes may
// include a prefix of one or two characters only if commas, semicolons or bars separate the codes.
//
// Parse repairs case, white space, misplaced dots, trailing dots as in Read codes (X60..), a trailing dash of a
// longer code (E119-), quotes, and dagger and asterisk marks of diagnoses (A17.0†). The report names each repair. An
// asterisk after a bare diagnosis category (G01*) is a wildcard like the percent sign of E11%. The report names it as
// a repair, because printed classifications use the asterisk as a mark. An A or D after a space belongs to the code
// before it: "A17.0 D" is one code with its mark.
//
// Parse rejects what it does not understand and never guesses. It rejects "C88,4". It also rejects "S72.001A", which is
// ICD-10-CM. It rejects a prefix of fewer than three characters unless AllowBroad is given.
//
// A chapter number (IX), or a range inside which the list names codes, may be a heading of a chapter export. Parse
// rejects such a row unless HeadingRows says how to treat it. For this rule, a code inside a range counts only if it
// has the same sign as the range and does not come from another range. E10-E14 with the exclusion E11.5 is not a
// heading. A code that is an exception to an entry of the other sign inside the range, such as E11.35 under an excluded
// E11.3, does not count either. I to XXII are chapter numbers in ICD-10. So Parse reads the single letters I, V and X
// as chapter numbers, even with AllowBroad; write I% for the letter. Parse always rejects a cell that has a chapter
// number among several codes. Outcome.Advice says what to do about a rejected row.
//
// # Which entry decides
//
// Among all entries that cover a code, the one with the longest prefix decides. Between an inclusion and an exclusion
// of the same length, the exclusion decides. So exceptions can be nested to any depth: include E11, exclude E11.3,
// include E11.35.
//
// A bare category is ambiguous. Some lists mean F32 and all codes below it. Others list F32 and then, one by one, the
// subcategories that they want; matching all descendants would add the rest. Under the policy Auto a bare category
// covers its descendants unless the list names some of them; then it covers the undivided category only.
// Report.Families yields the categories whose coverage the policy decided.
//
// A list "names some of them" if it has longer codes with the same sign under the category, including codes from ranges
// and classes. So E11 with the exclusion E11.3 stays the whole family. E11X does not count as a longer code. Neither
// does a code under a subcategory of the other sign, such as E11.35 under an excluded E11.3. Nor does a row that Parse
// rejects or ignores because of its sign or its coding system. Parse decides which rows are headings before it drops
// any row.
//
// A list that has only exclusions matches nothing. Parse warns about such a list, and package match refuses it, because
// it would answer "no match" for every appointment.
//
// A Reference holds valid codes, from a file that the caller provides. Its Review reports how many codes of a category
// a list names, and which codes of the list do not exist.
//
// # Missing values
//
// HES writes an unknown diagnosis as R69X. It writes a procedure that is not known or was not carried out as X997,
// X998, X999, & or -. Only an entry that itself starts with R69 (or X99 for procedures) covers such a value. A range, a
// class among the first three characters or a broad prefix does not. No entry covers & or -, which hold no code.
//
// # Truncated values
//
// Columns such as diag_4_01 hold four characters; columns such as diag_3_01 hold three. A code that fills its field may
// have been longer. Such a value is undecided if the list has an entry, longer than the field, that could decide it. A
// shorter entry of the list still decides what it covers: see package match. In a field of three characters, an exact
// category counts as longer than the field.
//
// # Records for a protocol
//
// A List records the row of each entry, and its Report records what became of every row. Summary describes the entries
// and the rows for a protocol. Fingerprint is equal for lists that cover the same codes, however they are written.
// Compare reports which codes only one of two lists covers. WriteCSV writes a list in a form that means the same under
// every policy.
//
// # Cost and concurrency
//
// Time and memory of Parse are linear in the size of the file: about a second for a million rows. Limits bounds what
// Parse accepts. Decide takes a few binary searches and does not allocate.
//
// A List, a Report and a Reference do not change once they are made, and any number of goroutines may use them. Calls
// of Parse are independent of each other.
package codelist
