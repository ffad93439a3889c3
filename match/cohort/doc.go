// Package cohort finds the people of each codelist, when each first and last matched and how often, and counts them
// by year, specialty, attendance, sex and age. Release makes tables that may leave a research environment.
//
//	c, err := cohort.New(matcher, cohort.Attended(), cohort.Once("attendkey"), cohort.WithTotals())
//	...
//	err = c.Scan(ctx, reader) // as often as there are files
//	for m := range c.Members() { ... }
//	release, err := c.Release(ctx, cohort.UKLLC())
//
// # Who is counted
//
// An appointment is taken in if the options Attended, From, To and Once let it. Each that is left out is counted, for
// the first of these reasons. What is taken in counts in every number of appointments, whether or not it is of a
// person and has a date.
//
// A Member is a person in a list: somebody with at least one dated appointment that matches it. People are kept for
// matches only; no match and unknown are counted by appointment. AtLeast asks for more appointments than one; With,
// Without, WithBefore and WithoutBefore ask for another list as well, or for its absence. An identifier is text; -,
// ., &, NA, N/A, NaN, <NA>, NULL and None, in any case, are none. A person without an identifier or a readable date
// is no member; Account counts those appointments.
//
// # Parts
//
// A Cohort of a share of the appointments, made by Part, is merged with others to what one pass over all of them
// would have found, for files, years or goroutines. The result does not depend on how they were shared out, except
// with Once, which keeps the first of each key: merge in the order of the data. It decides with OrderBy too, where
// values are equal.
//
// # Disclosure
//
// Release makes tables that may leave a research environment, by one rule with two numbers, a Profile. UKLLC asks for
// at least 10 people and rounds to the nearest 10.
//
//   - A group is the appointments and the people of a list, in all or in a category. No match, not coded and cut
//     short of a list are a group each, and so are all appointments, those with and those without a diagnosis or a
//     procedure, those left out for one reason, and those of one entry.
//   - A group is shown only if at least Least distinct people stand behind it: identifiers, not appointments.
//     Otherwise each of its numbers prints as <10, which means fewer than ten people, zero included. Appointments
//     without an identifier count as nobody. A list's group needs Least people who are kept in the list.
//   - Every number shown is rounded to the nearest multiple of Nearest, half up. Nothing else in a release is a
//     number of the data: no exact total, no date, no size and no checksum.
//   - Hardly ever, what is printed leaves one value for a hidden number. Four ages of 10 (10 to 14 people
//     each) of a total of 70 (65 to 74) leave at least 9 for the fifth age, and <10 leaves at most 9. Then Release
//     hides all ages of that list. With a list it hides its categories and entries. It looks at the sums of all tables
//     together, and at lists of which one covers all codes of another.
//   - A category is listed only if some number of it is shown. One line at the end of a table stands for all other
//     categories, those without any appointment included.
//   - What the data cannot hold, such as an entry of five characters where fields have four, prints as not
//     applicable.
//
// Release sees one cohort. Two releases of the same data, with other lists or another year, can be subtracted from
// each other: their differences are known to within two steps of rounding. Compare them before the second one leaves.
//
// # Concurrency and cost
//
// A Cohort is for one goroutine at a time; Scan shares its work among Workers. It takes 24 bytes for each appointment
// that matches or in which a value was cut short of an entry, up to twice that while it grows, and for each person
// some 60 beside the identifier; with Once some 100 bytes for every appointment taken in, and with OrderBy some 100
// for each value of its column. WithTotals remembers up to 100 people of each group, and with Once the identifiers of
// all people. Scanning without WithTotals takes little longer than match.Scan alone; with it, Scan reads more columns
// of every row.
package cohort
