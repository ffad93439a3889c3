// Package quality counts what HES Outpatients data say of their own quality: values by class, columns that
// disagree, keys that repeat, dates that cannot be, and rows without a code.
//
//	var counter quality.Counter
//	for _, err := range counter.All(reader) { // a *hesop.Reader
//		if err != nil {
//			return err
//		}
//	}
//	report := counter.Report()
//	for _, year := range report.ByYear() {
//		fmt.Printf("%v: %d of %d rows have no diagnosis\n", year.Year, year.NoDiagnosis, year.Rows)
//	}
//
// Counter.All yields the appointments too, so one pass can count and do other work. With match.Scan, call
// Counter.Begin before the scan, and Counter.Add from the function of the scan. Options that keep appointments from
// that function, match.MatchedOnly and match.Only, keep them from the counts too. Several workers count faster, each
// with Counters of its own: Counter.Merge adds those of consecutive rows in their order, and Counter.Reset empties one
// for rows further on.
//
// # What is counted
//
//	Report.Systems      values of code columns by class, for each system, form and width, matched or not;
//	                    disagreements between columns; the commonest unrecognised values
//	Report.Keys         missing and repeated values of attendkey
//	Report.Dates        valid, missing and invalid values of each column of dates, and their range
//	Report.Missingness  rows without a diagnosis or a procedure, by financial year and treatment specialty
//
// Columns are found by the names that the reader reads them as, after hesop.Rename. Rows that
// hesop.SkipBadRows skips are not counted.
//
// # Cost
//
// Counting takes about twice as long as reading rows and their codes. It allocates for new keys, unrecognised values,
// years and specialties, and otherwise nothing for a row. Memory is bounded: Counter.KeyLimit bounds the keys, and a
// Values holds at most 10,000 values, and 131,072 more in 1 MiB that Merge may need. A Counter of 500 rows takes about
// 100 KiB.
//
// # Release
//
// A report holds unrecognised values as they were found, and exact counts, small ones too. It is not fit to leave a
// research environment.
package quality
