package hesoptest_test

import (
	"fmt"
	"strings"

	"hesopmatch/hesop"
	"hesopmatch/hesop/hesoptest"
)

func Example() {
	generator, err := hesoptest.New(1, hesoptest.People(20), hesoptest.MissingDiagnosis(0.5))
	if err != nil {
		fmt.Println(err)
		return
	}
	coded := 0
	for row := range generator.Rows(1000) {
		if row.Diagnoses[0][:3] != "R69" {
			coded++
		}
	}
	fmt.Println("between 450 and 550 have a first diagnosis:", coded >= 450 && coded <= 550)
	// Output:
	// between 450 and 550 have a first diagnosis: true
}

func ExampleAppointment() {
	a := hesoptest.Appointment(hesop.UKLLC, hesoptest.Row{
		Attended:  "5",
		Diagnoses: []string{"R69X6", "M0510"},
	})
	fmt.Println(a.Attended())
	for _, slot := range a.Codes().Slots() {
		fmt.Println(slot.Position, string(a.Codes().Text(slot)), slot.Value.Class())
	}
	// Output:
	// seen
	// 1 R69X missing
	// 2 M051 code
}

func ExampleWriter() {
	var text strings.Builder
	w := hesoptest.NewWriter(&text, hesop.CPRD)
	err := w.Write(&hesoptest.Row{Person: "p1", Key: "1", Date: hesop.Date{Year: 2019, Month: 6, Day: 3}, Attended: "5"})
	fmt.Println(err, w.Flush())
	for line := range strings.Lines(text.String()) {
		fmt.Printf("%q\n", strings.Split(line, "\t")[:8])
	}
	// Output:
	// <nil> <nil>
	// ["patid" "attendkey" "ethnos" "admincat" "apptdate" "apptage" "atentype" "attended"]
	// ["p1" "1" "" "" "03/06/2019" "" "3" "5"]
}
