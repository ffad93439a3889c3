// Package codelist reads the codelists that researchers write, accounts for each of their rows, and decides which codes
// they cover.
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
// Package coding explains codes, coding systems, categories and missing values.
//
// An entry of a list is a code or a prefix of codes. It is an inclusion or an exclusion, and has a coverage: either all
// codes that start with the prefix (its descendants), or the undivided category only. A value is what a field of the
// data holds: a code, a text that stands for a missing one, or something else.
//
// # Files
//
// Parse reads CSV, TSV and plain text with one code a line. The encoding is UTF-8, UTF-16 with a byte order mark, or
// else Windows-1252. Parse finds the delimiter from the header line: comma, tab, semicolon or vertical bar. A first row
// of one cell takes the delimiter of a header below, if there is one. Rows end with LF, CRLF or CR, and may differ in
// length. Quotes follow RFC 4180. Lines that begin with # are comments before the header, and everywhere in a file of
// one column. Parse reads JSON as a table: an array of objects, an array of texts, or an object with entries. It
// refuses other formats by name (Stata, R, SQL, YAML, HTML, Markdown and more).
//
// The column of the codes is called code, codes, icd, icd10, opcs or opcs4 (the last four also followed by "code" or
// "codes"), procedure_code, diagnosis_code, clinical_code or concept_code. Case, spaces, hyphens and underscores do not
// matter. If no column has such a name, Parse also ignores brackets, editions and the words list and final around the
// name, and then looks for diagnosis, diagnoses and alt_code:
//
//	ICD-10 code,term
//	E11,Type 2 diabetes mellitus
//
// An Entry keeps the column called term, description, name or the like, and the one called category, group, condition,
// concept_name or phenotype_name. ParseGroups makes one list of each value of a column.
//
// A file has no header if Parse finds none and the first row holds a code. Two columns that could hold the codes, or
// none, are an error; CodeColumn settles it. Parse reads two columns that state different systems (icd10_code,
// opcs_code). It passes over titles above the header and reports them, if exactly one row reads as a header and no code
// stands above it; HeaderRow names another row. A cell alone in the first row is a title there, even one such as
// "ICD-10 codes". A second header below begins a second table.
//
// The column coding_system states the coding system of a row; other names are code_type, terminology, coding_sys,
// codification, code_system and vocabulary. A column most of whose values name coding systems is such a column,
// whatever its header. Where a row states no system, the header of the code column does (icd10, opcs), or else the
// option CodingSystem. Parse ignores rows of other systems and counts them.
//
// A column of signs separates exclusions from inclusions. All its values are signs (include, no, 1, +, true and the
// like), and its header has a word such as include, exclude, status, keep or filter; or all its values are include or
// exclude. Parse refuses such a column if it excludes a row, until ExcludeColumn says what it means, and a column
// reason_for_removal until AllowRemovals does.
//
// With the option Workbooks, which package xlsx provides, the sheets of an Excel workbook are read like files and make
// one list. Parse passes over a sheet without a code column and reports it; a sheet that holds codes all the same is an
// error.
//
// # Codes in other columns
//
// Parse accounts for every cell. A cell outside the code column that names codes missing from the code column rejects
// its row. Such a cell may stand beyond the header, under an empty name, in a row without a code, or in a second
// column. A column most of whose cells name such codes refuses the file. Columns whose names say that they hold terms,
// notes, identifiers, versions, dates or other coding systems hold no codes.
//
// Report.Notices warns of what Parse read and the author may not have meant: positions that a list states, hidden rows
// and columns, text that is struck through, codes that HES holds under another one. Report.Unused lists the columns
// that were not used, with their values if they are few and cannot be of a person. Parse refuses a file with columns of
// people (patid, apptdate) or several columns of appointments (diag_01, diag_02).
//
// # Cells
//
//	E119, E11.9                 the code, and whatever is longer
//	E11                         the category; the Policy decides whether with its descendants
//	I10X                        the undivided category
//	E11%  E11*  ^E11  E11.-     the category and its descendants, whatever the policy
//	E11.X                       the same: after a dot the X is a wildcard
//	E10-E14, E10.0-E10.9        a range, each code with its descendants
//	F1_, L08[089], I2[0-5].X    _ for any digit, and classes; each code with its descendants
//	I21.X, I22.X                several codes, if every part is one
//
// Parse repairs case, white space, misplaced dots, trailing dots as Read codes have them (X60..), quotes, and the
// marks of daggers and asterisks (A17.0†). The report names each repair. Parse rejects what it does not understand
// and never guesses: C88,4 and S72.001A, which is ICD-10-CM; a prefix of fewer than three characters without
// AllowBroad; a range inside which the list names codes, and a chapter number (IX), unless HeadingRows says whether
// they are headings of a chapter export. Outcome.Advice says what to do about a rejected row.
//
// # Which entry decides
//
// Among all entries that cover a code, the one with the longest prefix decides. Between an inclusion and an exclusion
// of one length the exclusion decides. So E11 less E11.3 plus E11.35 works to any depth.
//
// A bare category is ambiguous. Some lists mean F32 and all codes below it. Others list F32 and then, one by one, those
// subcategories that they want; matching all descendants would add the rest. Under the policy Auto a bare category
// covers its descendants unless the list names some of them; then it covers the undivided category only.
// Report.Families yields the categories that this concerns.
//
// A Reference holds valid codes, from a file that the caller provides. Its Review reports how many codes of a category
// a list names, and which codes of the list do not exist.
//
// # Protocol
//
// A List knows the row behind every entry, and its Report knows what became of every row; Summary writes both for a
// protocol. Fingerprint is equal for lists that cover the same codes, however they are written. Compare reports which
// codes only one of two lists covers. WriteCSV writes a list in a form that means the same under every policy.
//
// # Missing values
//
// HES writes an unknown diagnosis as R69X, and a procedure that is not known or was not carried out as X997, X998,
// X999, & or -. Only an entry that itself starts with R69 (or X99 for procedures) covers such a value; no range, no
// class within the category and no broad prefix does.
//
// # Fields that cut codes
//
// The columns diag_4_01 and their like hold four characters, diag_3_01 three. A code that fills its field may have been
// longer. An entry longer than the field cannot be decided: the value is undecided, which is neither a match nor a
// non-match.
package codelist
