// Package suppress chooses which numbers of a set of tables are masked, so that none below
// a threshold can be read or worked out.
//
// # The problem
//
// A Column is a count of one kind: appointments, appointments that match a list, people. It
// has a total and, in some tables, a cell for each category. Cells of an additive column add
// up to its total; those of people do not, but none is above the total, and they are not
// below it together. Columns contain each other: where list B is part of list A, what
// matches B matches A in every cell, and the difference, what matches A alone, is a count that
// can be worked out. Where lists B and C together make list A, so is what matches both: a Cover.
// Where more follows from the numbers than that, a column can be said to be made of parts,
// kinds of appointments or companies of people, which no table has: see Parted.
//
// # What a solution holds
//
// Whoever knows all that is shown, how the columns hang together, and what a mask stands
// for, can think of tables which agree with it all, in which a masked number is below the
// threshold, and of others in which it is not. So nothing masked is known to be small, nor to
// be large. A difference that is below the threshold may be at or above it as well.
//
// # How
//
// Masks go down: where a number is masked, so is whatever is contained in it, for a number
// that is shown there would say that the other is no smaller. Rules mask what is small, and
// what would give it away by a difference or by a sum (rules.go). Then each masked number is
// put to the proof: a table is looked for that agrees with all that is shown, and in which the number
// is on the other side of the threshold (witness.go). It comes from taking one category for another, or
// from a linear program (program.go) that is led to whole numbers, and counts once it has been checked
// from scratch (check.go). Where none is found,
// more is masked: of the column, of what bounds it, in the end a total or everything. So it ends.
//
// Tables are looked at one by one. What they say together is, of lists that have nothing to do
// with each other, how many appointments can be of both: by age no more than by age the
// smaller of the two has. A witness by year may need no more (common.go). Of kinds of appointments the totals
// are kept as they are, so that a witness by year agrees with the data by age as they are.
//
// Columns of the Base contain others that have nothing to do with each other, as the appointments that are coded
// contain those that match any list. Their numbers are masked last, for that costs all lists.
package suppress
