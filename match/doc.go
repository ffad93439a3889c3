// Package match reports which appointments have a code from which codelist.
//
// Compile turns any number of lists into a Matcher. Match finds the answer of every list for one appointment, and
// AppendHits returns the values that matched. Scan matches a whole file, with several workers if you ask for them.
//
//	matcher, err := match.Compile(depression, joints)
//	if err != nil {
//		return err
//	}
//	codes, result := new(hesop.Codes), matcher.NewResult()
//	codes.Add(hesop.CodeField{System: coding.ICD10}, []byte("F32.1"))
//	matcher.Match(codes, result)
//	for list := range matcher.Len() {
//		fmt.Println(matcher.List(list).Name(), result.Status(list)) // depression match, joints unknown
//	}
//
// # Lists
//
// Compile refuses a list that has only exclusions, because its answer would be "no match" for every appointment. To
// change lists, compile a new Matcher and swap it in, for example with an atomic.Pointer. A Result belongs to its
// Matcher and the Matcher's PrimaryOnly: passing it to any other Matcher panics.
//
// # Answers
//
//   - Match: the list covers a code of the appointment.
//   - NoMatch: the list covers none of the codes, no truncated value could be a code that the list includes, and the
//     appointment has a code in every coding system in which the list has inclusions.
//   - Unknown: everything else. Most appointments have no code at all, and a plain "no" would report missing data as
//     the absence of a condition.
//
// A value is truncated if it fills its field and may have been longer: M051 in a field of four characters may have been
// M0510. An entry longer than the value can neither match it nor rule it out, so the value is undecided, and
// Result.Undecided yields the list. A shorter entry of the list still decides. If it is an inclusion, the value
// matches. If it is an exclusion and a longer entry is an inclusion, such as M05.10 under an excluded M05, the answer
// is Unknown.
//
// # Values
//
//   - Missing values (R69X, X99, -, &) do not make an appointment coded. An entry matches a missing value only if its
//     own code starts with R69, or with X99 for procedures. No entry matches - or &.
//   - A malformed missing value counts as the longest code with which it starts: R69X66 as R69X6, and R69ZZ as R69.
//     Only an entry with all descendants of R69 matches R69ZZ. Two fields of a row that hold such values count as one
//     value if their texts differ only in case, dots, marks and padding, or if a raw field holds the longer text and
//     the other field its first four characters.
//   - An unrecognised value is not a code. It neither matches, nor makes the appointment coded, nor turns NoMatch into
//     Unknown. Check hesop.Codes.Unrecognised before you trust NoMatch for codes that people have typed.
//   - A raw value replaces the shorter fields that hold its first four characters: those fields neither match nor make
//     the appointment coded. This holds even if the raw value is not a code (E11999).
//   - PrimaryOnly matches codes in the first position only.
//   - The raw columns of an extract may be truncated at four characters. Whether that changes an answer depends on all
//     rows and all lists, so Scan checks at the end. Scan fails with hesop.ErrRawWidth if an answer depends on the
//     truncation, and neither a longer raw diagnosis nor hesop.RawWidth settles it.
//
// # Hits
//
// A hit is a value that a list matched, with its position and the entry that decided. A value that an exclusion decided
// is not a hit; codelist.List.Decide returns its entry.
//
// # Parts
//
// Totals of parts of the data can be merged into the totals of the whole. encoding/gob, JSON and MarshalBinary carry
// Totals to other processes and machines, together with the Fingerprint of their Matcher. Totals of other lists are
// refused. Marshalling a Matcher or a Result fails.
//
// # Cost and concurrency
//
// A Matcher is a prefix trie in flat tables, indexed by the characters of a code. Compile settles precedence and
// exclusions. Lookup, Match and Scan allocate nothing for each row. Their cost grows with the number of answers found,
// not with the number of lists or entries. With several workers, Scan reads a regular file at several offsets at once,
// so reading and matching both run in parallel.
//
// A Matcher is immutable and safe for concurrent use. A Result, a Totals and an Appointment are each for one goroutine
// at a time.
package match
