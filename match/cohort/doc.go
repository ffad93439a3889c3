// Package cohort finds the people of each codelist, with the days on which they first and last matched and the number
// of matching appointments. Release makes tables that may leave a research environment: among them tables by year,
// specialty, attendance, sex and age.
//
//	c, err := cohort.New(matcher, cohort.Attended(), cohort.Once("attendkey"), cohort.WithTotals())
//	if err != nil {
//		return err
//	}
//	if err := c.Scan(ctx, reader); err != nil { // call Scan once for each file
//		return err
//	}
//	for m := range c.Members() {
//		fmt.Println(m.Person, matcher.List(m.List).Name(), m.First, m.Last, m.Appointments)
//	}
//	release, err := c.Release(ctx, cohort.UKLLC())
//
// # Which appointments are counted
//
// Attended keeps appointments at which the patient was seen. From and To keep appointments between two days, both days
// included. Once keeps one appointment of each key: the first that Attended, From and To keep, so that the record of a
// cancelled visit never displaces the record of the visit. Account counts the appointments that are left out, each for
// the first reason that applies.
//
// Every number of appointments includes all appointments that are kept, whether or not they have a person and a date.
//
// # Who is a member
//
// A Member is a person in a list: somebody with at least one dated appointment that matches the list. An appointment
// without a readable date makes nobody a member, because it has no day. It still counts as a match, and Account counts
// it separately.
//
// AtLeast requires more than one appointment. It counts appointments, not days; Member.Dates is the number of different
// days. The option With keeps only the people who also have an appointment that matches another list. The option
// Without keeps only the people who have no such appointment. WithBefore and WithoutBefore look only at days before the
// person's first day in the list itself.
//
// Each distinct identifier is one person. Identifiers are compared as text. The texts "-", ".", "&", "NA", "N/A",
// "NaN", "<NA>", "NULL" and "None", in upper or lower case, mean that the appointment has no identifier. Only matches
// make members; the answers "no match" and "unknown" are counted by appointment.
//
// # Parts
//
// Part, Merge, WriteTo and ReadPart split the work by file, year, goroutine or machine. The merged Cohort equals the
// Cohort of a single Scan of all appointments, however the appointments were divided. The order matters only with Once,
// which keeps the first appointment of each key: merge the parts in the order of the data. OrderBy chooses by the value
// of a column instead, and the order of the data decides between equal values.
//
// # The rule of a release
//
// A Profile has two numbers: Least, the least number of people, and Nearest, the step of rounding.
//
//   - UKLLC ("ukllc"): at least 10 people, numbers rounded to the nearest 10.
//   - NHSESDE ("nhse-sde"): at least 10 people, numbers rounded to the nearest 5.
//   - OpenSAFELY ("opensafely"): at least 8 people, numbers rounded to the nearest 5.
//   - ParseProfile also reads a rule of your own, such as least=10,nearest=5.
//   - Exact applies no rule ("none" in commands). It returns exact numbers, which must not leave the environment and
//     are not a release.
//
// A group is a set of numbers that are shown or suppressed together. These are the groups:
//
//   - the matches and the people of a list, in total and again in each category;
//   - for each list, three groups of one number each: the appointments with the answer "no match", those that are
//     unknown because they are not coded, and those that are unknown because of a truncated value ("cut short");
//   - the matches of each entry;
//   - all appointments, in total and in each category;
//   - in each category, four groups of one number each: the appointments with a diagnosis, without a diagnosis, with
//     a procedure and without a procedure;
//   - for each reason, the appointments left out for that reason.
//
// The rule:
//
//   - Least people: a group is shown only if its appointments belong to Least or more distinct people. Appointments
//     without an identifier count as no person. The matches of a list are shown only if Least or more people are kept
//     in the list.
//   - Suppression: each number of any other group prints as < followed by Least, such as <10. This text means fewer
//     than Least people, zero included, or in rare cases a larger number that is suppressed to protect another number
//     (see below).
//   - Rounding: every number shown is rounded to the nearest multiple of Nearest, half up. The parts of a table need
//     not add up to their total.
//   - Nothing else in a Release is a number from the data: no exact total, no date, no size and no checksum. Which
//     tables it has depends only on the columns of the data.
//   - Protection: in rare cases the numbers shown leave only one possible value for a suppressed number. For example,
//     four age bands each show 10 people, which means 10 to 14, and the total shows 70, which means 65 to 74. The fifth
//     band must have at least 9 people. It shows <10, so it has exactly 9. Release therefore suppresses all ages of
//     that list. Release checks the sums of all tables together, and pairs of lists where one list covers all codes of
//     the other. Suppressing a list also suppresses its categories and entries.
//   - Categories: a table lists a category only if at least one of its numbers is shown. One line at the end of the
//     table represents all other categories. Some of these categories may have no appointment at all, and so no number
//     to suppress.
//   - Not applicable: a number that the data cannot hold prints as "not applicable". An example is the number of
//     matches of an entry of five characters if every field has only four.
//
// The difference between the appointments and the people of a list is the number of repeat appointments. Release does
// not treat this difference as a number of its own. Otherwise Release could show nothing about a list whose people have
// one appointment each.
//
// # Comparing releases
//
// Release sees one Cohort. Suppose that somebody holds two releases of the same data, and the second was made with
// other lists or one more year. By subtracting one release from the other, they learn each difference to within two
// steps of rounding. Before the second release leaves the environment, compare it with the first, and look at every
// number that differs by one step or less: the difference may be only a few people. Look also at every number that one
// release suppresses, and that the other release shows as at most Least plus one step.
//
// # Cost and concurrency
//
// A Cohort is for one goroutine at a time; Scan divides its work among Workers.
//
// A Cohort takes 24 bytes, and up to twice that while it grows, for each appointment that matches or has a truncated
// value that could match. Each person takes about 60 bytes in addition to the identifier. Once takes about 100 bytes
// for every appointment that is kept, and OrderBy about 100 bytes for each value of its column. WithTotals stores up to
// 100 people of each group. With both WithTotals and Once, a Cohort stores the identifiers of all people.
//
// A Scan without WithTotals takes little longer than match.Scan. WithTotals makes Scan read more columns of every row.
package cohort
