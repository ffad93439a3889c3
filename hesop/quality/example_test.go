package quality_test

import (
	"fmt"
	"strings"

	"hesopmatch/hesop"
	"hesopmatch/hesop/quality"
)

const table = `attendkey,apptdate,tretspef,diag_4_01,diag_4_concat
1,2019-06-03,330,L20X,"L20X,AU00"
1,2019-06-03,330,L20X,L20X
2,1800-01-01,330,R69X,R69X
`

func ExampleCounter_All() {
	reader, err := hesop.NewReader(strings.NewReader(table))
	if err != nil {
		fmt.Println(err)
		return
	}
	var counter quality.Counter
	for _, err := range counter.All(reader) {
		if err != nil {
			fmt.Println(err)
			return
		}
	}
	report := counter.Report()
	fmt.Println(report.Rows, "rows,", report.Systems[0].Coded, "with a diagnosis,", report.Keys.Repeated, "with the key of an earlier one")
	fmt.Println("unrecognised:", report.Systems[0].Commonest)
	fmt.Println("dates missing:", report.Dates[0].Missing)
	for _, m := range report.BySpecialty() {
		fmt.Printf("%s: %d of %d rows without a diagnosis\n", m.Specialty, m.NoDiagnosis, m.Rows)
	}
	// Output:
	// 3 rows, 2 with a diagnosis, 1 with the key of an earlier one
	// unrecognised: [{AU00 1}]
	// dates missing: 1
	// 330: 1 of 3 rows without a diagnosis
}

// ExampleCounter_Merge counts two files at once, and puts their counts together.
func ExampleCounter_Merge() {
	files := []string{table, strings.Replace(table, "AU00", "0000", 1)}
	counters := make([]quality.Counter, len(files))
	failed := make(chan error)
	for i, file := range files {
		go func() {
			reader, err := hesop.NewReader(strings.NewReader(file))
			if err != nil {
				failed <- err
				return
			}
			for _, err = range counters[i].All(reader) {
			}
			failed <- err
		}()
	}
	for range files {
		if err := <-failed; err != nil {
			fmt.Println(err)
			return
		}
	}
	var all quality.Counter
	for i := range counters {
		all.Merge(&counters[i])
	}
	report := all.Report()
	fmt.Println(report.Rows, "rows, unrecognised:", report.Systems[0].Commonest)
	// Output: 6 rows, unrecognised: [{0000 1} {AU00 1}]
}
