// Package syntax writes the question of a match.Matcher as a script for the place where the appointments are: SQL for a
// database, a program for R, Python or Stata. It also writes a codelist as it is submitted to a provider whose program
// compares texts: see Submission.
//
//	columns, err := syntax.Columns(hesop.UKLLC.Names())
//	script, err := syntax.New(matcher, columns, syntax.SQLServer, syntax.Table("study", "HESOP"))
//	_, err = script.WriteTo(os.Stdout)
//
// A script holds no predicates written by hand. It holds a table of codes, made of what the lists decide, and one
// query:
//
//   - each code column becomes rows of its values, each appointment numbered once, so that keys may repeat or be absent
//   - each value is read as package hesop reads it: white space, dots, dagger and asterisk marks and dashes taken off,
//     then the grammar of its coding system
//   - each value has one key, its code and the characters that its field may have cut it to, and joins the table of
//     codes by equality
//   - each appointment and list has one answer: 1 match, 0 no match, NULL unknown, which is what package match answers
//
// # Table of codes
//
// Codes yields its rows. Code is four characters, with the filler X for an undivided category: E11 is E11X. It is five
// where some list tells codes of five characters apart, and three for a category that a field of three characters
// shows. Cut is 0 for a value that is whole, and else what its field cut it to: a whole E11 and a cut one are two
// values. Of the rows of one list that a whole value of five characters joins, by five and by four, the longer decides.
//
// # What a script asks
//
// Flags writes an answer of each list for each appointment, Hits a row for each value that a list covers, People a row
// for each person and list, Counts the answers by financial year.
//
// # What is refused
//
// New fails for what a script cannot ask exactly: raw columns of which nobody says whether they were cut, Once without
// OrderBy (a table has no order), names that an engine cuts or a script cannot hold. A script says in comments which
// lists it asks, with their fingerprints.
package syntax
