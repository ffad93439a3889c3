// Package cohort makes people of appointments: who is in which codelist, since when and how
// often; how many they are, by year, specialty, attendance, sex and age; and tables of
// that which may leave a research environment.
//
//	c, err := cohort.New(matcher, cohort.Attended(), cohort.Once("attendkey"), cohort.WithTotals())
//	...
//	err = c.Scan(ctx, reader) // as often as there are files
//	for m := range c.Members() { ... }
//	release, err := c.Release(ctx, cohort.UKLLC())
//
// # Who is counted
//
// An appointment is taken in if the options Attended, From, To and Once let it. Each that is
// left out is counted, for the first of these reasons. What is taken in counts in every
// number of appointments, whether or not it is of a person and has a date.
//
// A Member is a person in a list: somebody with at least one dated appointment that matches
// it. People are kept for matches only; no match and unknown are counted by appointment.
// AtLeast asks for more appointments than one; With, Without, WithBefore and WithoutBefore ask for
// another list as well, or for its absence. An identifier is text. What
// has none, or no date that is understood, makes nobody a member, and is counted: see Account.
//
// # Parts
//
// A Cohort of a share of the appointments, made by Part, is merged with others to what one
// pass over all of them would have found, for files, years or goroutines. Nothing told depends on how they were
// shared out, but for Once, which takes the first of its key: merge in the order of the data.
//
// # Disclosure
//
// Release makes tables in which no number below a threshold is shown, zero included, nor
// can be worked out. Masked is written for a number that is below it, and for one that
// would tell such a one: by a sum over a row or a column, by the difference to another
// list that has the same codes and more, by two lists that make up a third. Which of the two it is cannot be known:
// for each masked number there are tables that agree with everything shown in which it is
// below the threshold, and others in which it is not. Package suppress, beneath this one, finds them
// before it lets a number out. What follows from that:
//
//   - With a total, one masked number in a row is never alone, and the masked ones together
//     are no smaller than the threshold.
//   - Where a number is masked, so is what is part of it: fewer people than appointments,
//     fewer of a list than of a wider one.
//   - A small number beside large ones can mask all of a row: a large number is no mask for it where
//     the small one has no room to be large.
//   - The number of no match is not given where that of match is masked, and NotGiven stands
//     in its place: with the number of coded appointments it would tell. Of a list of both
//     systems only the matches are given.
//   - Of the entries of a list only ranges are told, from 100 on where the threshold is 10, so that
//     those below need not be below the threshold; and not where other lists have codes of the same
//     categories. Their sum is more than the matches of the list by those that several entries matched,
//     which may be few.
//   - Lists of both systems that have codes in common with others, lists of which each is in others
//     together, and those that With, Without and their like join are looked at by what an appointment, or a person, can
//     be of at once. Where lists or categories are too many for that, what both systems or a relation have to do with
//     is not given, and the notes say so.
//   - No date of an appointment, no smallest and no largest value is part of a release, nor
//     the number of appointments read: what was left out is the difference. Nor is the number of
//     matches that make nobody a member.
//   - A category that no appointment is of is not in a table: it is no number of it. What the
//     data cannot hold, as an entry of five characters where fields have four, is NotThere.
//
// That there are as many people as appointments cannot be kept from a reader where both are
// shown; then none of these came twice.
//
// What Release cannot see is another release. Two of the same data, with other lists
// or options, or of two editions of the data, can be subtracted from each other.
//
// # Concurrency and cost
//
// A Cohort is for one goroutine at a time; Scan shares its work among Workers. It takes
// 24 bytes for each appointment that matches, and for each person some 60 beside the identifier; with Once or
// CountKey some 100 bytes for every appointment taken in. Scanning without WithTotals takes little longer than
// match.Scan alone; with it, columns behind the codes are read of every row.
package cohort
