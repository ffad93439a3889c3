// Package codelist reads the codelists that researchers write, and says which
// codes they cover.
//
// # Terminology
//
// A code belongs to a coding system: ICD-10 for diagnoses, OPCS-4 for procedures.
// It is a letter and two digits, the category (E11), and may go on with a fourth
// character, a subcategory (E119), and in ICD-10 with a fifth (M0510). HES writes
// a category that has no subdivisions with the filler X in the fourth place
// (I10X); I10 and I10X are the same code. An X in the first place is a chapter
// letter (X60).
//
// An entry of a list is a code or a prefix of codes, an inclusion or an exclusion,
// with a coverage: its descendants, which is every code that starts with it, or
// exactly the undivided category. A value is what a field of the data holds: a
// code, one of the values that stand for a missing one, or something else.
//
// # Files
//
// Parse reads CSV, TSV and plain text with one code a line, in UTF-8, UTF-16 with
// a byte order mark, or else Windows-1252. The delimiter is found from the header
// line among comma, tab, semicolon and vertical bar; a first row of one cell takes that of
// a header below, if there is one. Rows end with LF, CRLF or CR,
// and may be ragged. Quotes are those of RFC 4180. Lines that begin with # are
// comments before the header, and in a file of one column everywhere. JSON is read
// as a table: an array of objects, an array of texts, or an object with entries.
// Other formats (Stata, R, SQL, YAML, HTML, Markdown and more) are refused by name.
//
// The codes are in the column called code, codes, icd, icd10, opcs or opcs4 (the
// last four also with "code" or "codes" behind), procedure_code, diagnosis_code,
// clinical_code or concept_code. Case, spaces, hyphens and underscores do not count.
// Where there is none of these, brackets, editions and the words list and final
// around such a name do not count either, and then diagnosis, diagnoses and alt_code
// are looked for:
//
//	ICD-10 code,term
//	E11,Type 2 diabetes mellitus
//
// A column term, description, name or the like is kept, and so is one called
// category, group, condition, concept_name or phenotype_name. ParseGroups makes one
// list of each value of a column.
//
// Where no header is found and the first row holds a code, there is no header. Two
// columns that could hold the codes, or none, are an error; CodeColumn settles it. Two
// columns that state different systems (icd10_code, opcs_code) are both read. Titles
// above the header are passed over and reported, if one row alone reads as a header and
// no code stands above it; HeaderRow names another. A cell alone in the first row is a
// title there, even one such as "ICD-10 codes". A second header below begins a second table.
//
// The coding system of a row is what its column coding_system (or code_type,
// terminology, coding_sys, codification, code_system, vocabulary) says. A column most of
// whose values name coding systems is such a column whatever its header. What it does
// not say, the header of the code column does (icd10, opcs), or else the caller by
// CodingSystem. Rows of other systems are ignored, and counted.
//
// A column of signs separates exclusions from inclusions: every value is a sign
// (include, no, 1, +, true and the like) and the header has a word such as include,
// exclude, status, keep or filter, or all values are include or exclude. Parse refuses
// one that excludes a row, and a column reason_for_removal, until ExcludeColumn or
// AllowRemovals settles what they mean.
//
// With the option Workbooks, for which see package xlsx, the sheets of an Excel
// workbook are read like files of their own and make one list. A sheet without a code
// column is passed over, and reported; one that holds codes all the same is an error.
//
// # Beside the code
//
// Every cell is accounted for. A cell outside the code column that names codes which
// its row does not have rejects the row: beyond the header, under an empty name, in a
// row without a code, or in a second column. A column most of whose cells do so refuses
// the file. Columns of terms, notes, identifiers, versions, dates and other coding
// systems, which are known by their names, hold no codes.
//
// Report.Notices has what was read and may not be meant: positions that a list states,
// hidden rows and columns, text that is struck through, codes that HES holds under
// another one. Report.Unused lists the columns that were not used, with their values if these
// are few and cannot be of a person. A file with columns of people (patid, apptdate) or with
// several of appointments (diag_01, diag_02) is no codelist, and is refused.
//
// # Cells
//
//	E119, E11.9                 the code, and whatever is longer
//	E11                         the category: the Policy decides how far it reaches
//	I10X                        the undivided category
//	E11%  E11*  ^E11  E11.-     the category and its descendants, whatever the policy
//	E11.X                       the same: with a dot the X is a wildcard
//	E10-E14, E10.0-E10.9        a range, each with its descendants
//	F1_, L08[089], I2[0-5].X    _ for any digit, classes: each with its descendants
//	I21.X, I22.X                several codes, if every part is one
//
// Case, white space, misplaced dots, Read-style trailing dots (X60..), quotes and
// the marks of daggers and asterisks (A17.0†) are repaired, and the report says so.
// What is not understood is rejected, never guessed: C88,4; S72.001A, which is
// ICD-10-CM; a prefix of fewer than three characters without AllowBroad; a range
// inside which the list names codes, and a chapter number (IX), which may be headings
// of a chapter export: HeadingRows says whether they are. Outcome.Advice says what to
// do about a rejected row.
//
// # Which entry decides
//
// Of all entries that cover a code the one with the longest prefix decides;
// between an inclusion and an exclusion of one length the exclusion does. So E11
// less E11.3 plus E11.35 works to any depth.
//
// A bare category is the family problem. Some lists mean by F32 the category with
// all below it. Others list F32 and then, one by one, those of its subcategories
// that they want, and a prefix match would take in the rest against their will.
// Under the policy Auto a bare category reaches its descendants unless the list
// names some of them; then it stands for the undivided category only, and
// Report.Families tells which categories that concerned.
//
// A Reference of valid codes, which the caller has to bring, tells how many of a
// category's codes a list names, and which of a list's codes do not exist.
//
// # What a list comes to
//
// A List knows the row behind every entry, and its Report what became of every row,
// so that Summary can say so in a protocol. Fingerprint is equal for lists that cover
// the same codes, however they are written; Compare tells which codes only one of two
// lists covers; WriteCSV writes a list so that it means the same to every reader.
//
// # Values that are missing
//
// HES does not leave an unknown diagnosis empty, but codes it R69X; a procedure
// that is not known or was not carried out is X997, X998, X999, & or -. Such a value
// is matched only by an entry that itself starts with R69 (or, for procedures,
// X99); no range, no class within the category and no broad prefix includes it.
//
// # Fields that cut codes
//
// The columns diag_4_01 and their like hold four characters, diag_3_01 three. A code
// that fills its field may have been longer. An entry longer than what is left
// cannot be decided: the value is undecided, which is neither a match nor none.
package codelist
