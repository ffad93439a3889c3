// Package hesoptest makes appointments for tests, benchmarks and demonstrations: no
// row of them is about a person.
//
// A Row is one appointment. Tests that need a certain one write it down and read
// it with Appointment or, several of them, with Reader:
//
//	a := hesoptest.Appointment(hesop.UKLLC, hesoptest.Row{
//		Attended:  "5",
//		Diagnoses: []string{"R69X6", "E119"},
//	})
//
// A Generator makes as many as are wanted, the same ones for the same seed and
// version of this package, and a Writer writes them in any layout of package hesop.
// The same seed makes the same appointments in every layout.
//
// # What generated rows are like
//
// They look like HES Outpatients in what matters to who reads them:
//
//   - The first diagnosis is missing in 94 of 100 rows and the first procedure in 72,
//     or in the shares that are asked for, with the reasons that HES gives (R69X,
//     R69X6, R69X8, R69X3; -, &, X997, X998, X999) mixed. In a few rows a later
//     diagnosis is there although the first is missing, or a position is skipped.
//   - Codes go with the specialty; a few are common and most are rare. Common
//     codes are real ones. The rare ones have the form of codes, and not each of
//     them is in the classification.
//   - Dates are from April 2003 to September 2025, years in proportion to the
//     appointments of England, seldom on a weekend. Before April 2008 there are
//     at most two diagnoses and twelve procedures. Keys have 12 digits, and 19 from
//     April 2021 on.
//   - Rows are shared out among as many people as are asked for, a few of whom have
//     ten times as many as is usual. Sex, ethnic
//     category and date of birth stay with the person, and the specialty goes with
//     age and sex.
//   - One row in a thousand is there twice. One in ten thousand has no date. A few
//     codes are not codes.
//
// They are unlike it in what they do not need: columns do not depend on each other
// beyond this, organisations and areas are made up, and no illness runs a course.
//
// # Sources
//
// Shares of missing codes, limits before 2008 and lengths of keys: UK LLC Guidebook; HES
// Technical Output Specification V1.15. Appointments by year and completeness of
// columns: NHS England, coverage of HES OP as archived on 4 November 2025. The
// frequencies of codes are invented.
package hesoptest
