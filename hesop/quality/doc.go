// Package quality counts problems in HES Outpatients data: missing and unrecognised values, columns that disagree,
// repeated keys, impossible dates, and rows without a code.
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
// # Counting
//
// Counter.All yields each appointment after counting it, so the same pass can do other work. With match.Scan, call
// Counter.Begin before the scan, and Counter.Add from the function passed to the scan. The options match.MatchedOnly
// and match.Only withhold appointments from that function, so those appointments are not counted either.
//
// Columns are found by name, after hesop.Rename. Rows skipped by hesop.SkipBadRows are not counted.
//
// # The report
//
//	Report.Systems      values of all code columns by class, for each system, form and width;
//	                    disagreements between columns; the most common unrecognised values
//	Report.Keys         missing and repeated values of attendkey
//	Report.Dates        valid, missing and invalid values of each column of dates, and their range
//	Report.Missingness  rows without a diagnosis or a procedure, by financial year and treatment specialty
//
// A report contains unrecognised values exactly as found, and exact counts, including small ones. It must not leave a
// research environment.
//
// # Cost
//
// Counting takes about twice as long as reading rows and their codes. It allocates memory for new keys, unrecognised
// values, years and specialties; for any other row it allocates nothing. Memory is bounded. Counter.KeyLimit bounds the
// keys. The type Values lists at most 10,000 values. It also stores up to 131,072 values that it does not list, which
// Merge needs. They take 1 MiB. A Counter of 500 rows takes about 100 KiB.
//
// # Concurrency
//
// A Counter is for one goroutine at a time. To count with several workers, use a Counter for each block of consecutive
// rows, and merge them with Counter.Merge in the order of the rows. Counter.Reset empties a Counter, so that it can
// count later rows.
package quality
