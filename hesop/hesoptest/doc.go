// Package hesoptest makes synthetic appointments for tests, benchmarks and demonstrations. No appointment is about a
// real person.
//
// A Row is one appointment. A test that needs a particular appointment passes a Row to Appointment. A test that needs
// several appointments passes their Rows to Reader:
//
//	a := hesoptest.Appointment(hesop.UKLLC, hesoptest.Row{
//		Attended:  "5",
//		Diagnoses: []string{"R69X6", "E119"},
//	})
//
// A Generator makes any number of appointments, and a Writer writes them in any layout of package hesop:
//
//	generator, err := hesoptest.New(1, hesoptest.People(500))
//	if err != nil {
//		return err
//	}
//	w := hesoptest.NewWriter(file, hesop.UKLLC)
//	for row := range generator.Rows(10_000) {
//		if err := w.Write(row); err != nil {
//			return err
//		}
//	}
//	return w.Flush()
//
// The same seed and the same version of this package make the same appointments, in every layout.
//
// # What generated rows are like
//
// Generated rows resemble HES Outpatients in what matters to a reader of the data:
//
//   - The first diagnosis is missing in 94 of 100 rows, and the first procedure in 72 of 100. Options set other shares.
//     The missing values are a mix of those in HES: R69X, R69X6, R69X8 and R69X3 for diagnoses; -, &, X997, X998
//     and X999 for procedures. A few rows have a later diagnosis although the first is missing, or skip a position.
//   - Codes suit the specialty. A few codes are common and most are rare. Common codes are real; a rare code has the
//     form of a code but may not exist in the classification.
//   - Dates are from April 2003 to September 2025. The number of rows of each year is proportional to the number of
//     appointments in England in that year. Weekends are rare. Before April 2008 a row has at most two diagnoses and
//     twelve procedures. Keys have 12 digits, or 19 from April 2021.
//   - Rows are spread over the number of people that an option sets. A few people have ten times as many rows as most
//     others. Sex, ethnic category and date of birth stay the same for a person, and the specialty suits the person's
//     age and sex.
//   - One row in a thousand is repeated. One row in ten thousand has no date. A few values of code columns are not
//     codes.
//
// Generated rows do not resemble HES in other respects: columns are otherwise independent, organisations and areas are
// made up, and no illness follows a course.
//
// # Sources
//
// The shares of missing codes, the limits before 2008 and the lengths of keys come from the UK LLC Guidebook and the
// HES Technical Output Specification V1.15. The number of appointments by year and the completeness of columns come
// from what NHS England published on the coverage of HES OP, as archived on 4 November 2025. The frequencies of codes
// are invented.
package hesoptest
