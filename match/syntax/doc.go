// Package syntax turns the question that a match.Matcher answers into a script to run where the appointments are
// stored: SQL for a database, or a program in R, Python or Stata. It also prepares a codelist for submission to a data
// provider whose program compares texts: see Submission.
//
//	list, err := codelist.Parse("diabetes", file, codelist.CodingSystem(coding.ICD10))
//	if err != nil {
//		return err
//	}
//	matcher, err := match.Compile(list)
//	if err != nil {
//		return err
//	}
//	columns, err := syntax.Columns(hesop.UKLLC.Names())
//	if err != nil {
//		return err
//	}
//	script, err := syntax.New(matcher, columns, syntax.SQLServer, syntax.Table("study", "HESOP"))
//	if err != nil {
//		return err
//	}
//	_, err = script.WriteTo(os.Stdout)
//
// # What a script asks
//
// Ask chooses the question:
//
//   - Flags returns a row for each appointment, with the answer of each list.
//   - Hits returns a row for each value that a list covers.
//   - People returns a row for each person and list.
//   - Counts returns the number of each answer for each list and financial year.
//
// Attended, From, To and Once restrict the appointments, and AtLeast restricts the people, as the options of package
// cohort do.
//
// # Answers
//
// The answer of a list for an appointment is 1 for match, 0 for no match and NULL for unknown. It is the same answer
// that package match gives. The script turns each code column into rows of values and reads each value as package hesop
// does. It removes white space, dots, dagger and asterisk marks and trailing dashes, and then applies the grammar of
// the coding system. It numbers the appointments, so that keys may repeat or be absent.
//
// A script reads dates written as YYYY-MM-DD, YYYY/MM/DD, YYYYMMDD, DD/MM/YYYY and DD-MM-YYYY, with or without a time.
// It also reads columns of a date type. Package hesop reads further forms; in a script, these count as no date.
//
// # Table of codes
//
// A script contains no predicates written by hand. It contains one query and a table of codes, which Codes yields: the
// decision of each list for each value. The query gives each value a key and looks the key up by equality. The key is
// the code together with Cut, the number of characters to which the field may have truncated the value.
//
// Cut is 0 for a whole value. A truncated E11 may be any code of the family, so it is a different value from a whole
// E11.
//
// A code of the table usually has four characters, with the filler X for an undivided category: E11 becomes E11X. It
// has five where some list distinguishes codes of five characters, and three for a category from a field of three
// characters. A whole value of five characters can join two rows of one list, by five characters and by four. The
// longer code decides.
//
// # What New refuses
//
// New fails with ErrExpress for what a script cannot answer exactly:
//
//   - columns of raw diagnoses without RawWidth, if a list depends on whether they were truncated
//   - a name that the dialect truncates or cannot hold
//   - so many lists that a query would need more columns than the database allows
//
// It fails with ErrOption for options that do not go together, such as the option Once without OrderBy, because a table
// has no order.
//
// The opening comments of a script name its lists and their fingerprints.
//
// # Cost and concurrency
//
// New and Codes take a few microseconds for each category that a list reaches. A script is held in memory, and its
// length grows with the table of codes. Its query reads the table of appointments once. A program in R or Python holds
// the columns that it needs in memory.
//
// A Script is immutable and safe for concurrent use. New adds notices to the Reader that Columns returned, so each
// concurrent call of New needs a Reader of its own. The calls may share the Matcher.
package syntax
