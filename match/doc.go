// Package match says which appointments carry a code of which codelist.
//
// Compile makes a Matcher of any number of lists. For one appointment, Match gives
// the answer of every list:
//
//   - Match: a code of the appointment is covered by the list.
//   - NoMatch: none is, none was cut short of an inclusion of the list, and the
//     appointment has a code in every coding system that the list includes codes of.
//   - Unknown: anything else. Most appointments have no code at all, and a plain no
//     would report what is not known as what is not there.
//
// A value that is no code counts for nothing: it neither matches nor keeps the answer from being NoMatch. Look at
// hesop.Codes.Unrecognised before you trust a NoMatch of codes that people have typed.
//
// AppendHits tells which values matched, where they stand, and which entry of the
// list decided. Values that an exclusion decided are no hits; List.Decide tells their entry. Scan does all of it
// for a whole file, with several workers.
//
//	matcher, err := match.Compile(depression, joints)
//	...
//	codes, result := new(hesop.Codes), matcher.NewResult()
//	codes.Add(hesop.CodeField{System: coding.ICD10}, []byte("F32.1"))
//	matcher.Match(codes, result)
//	fmt.Println(result.Status(0), result.Status(1)) // match unknown
//
// To change lists, compile a new Matcher and swap it in, by an atomic.Pointer say. Keep Results with their Matcher:
// one of another Matcher panics.
//
// # Parts
//
// Totals of parts of the data merge to those of all. They travel between processes and machines by encoding/gob,
// JSON or MarshalBinary, with the Fingerprint of their lists; Totals of other lists are refused. A Matcher and a
// Result do not travel: marshalling them fails.
//
// # Concurrency
//
// A Matcher is immutable and shared freely. A Result, Totals and an Appointment are
// each for one goroutine at a time.
//
// # Performance
//
// The Matcher is a prefix trie in flat tables, indexed by the places of a code;
// precedence and exclusions are settled when it is compiled. Look-up, Match and Scan
// do not allocate for each row, and their cost does not grow with the number of lists
// and entries but with that of the answers. With several workers Scan reads a regular
// file from several places at once, and its time is shared among them.
package match
