package hesop_test

import (
	"context"
	"fmt"
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
)

func ExampleNewReader() {
	const file = "ATTENDKEY|APPTDATE|ATTENDED|DIAG_4_01|DIAG_4_02|DIAG_4_CONCAT\n" +
		"900000000001|2019-06-03|5|E119|I10X|E119,I10X\n" +
		"900000000002|03/06/2019|3|R69X||R69X\n"
	reader, err := hesop.NewReader(strings.NewReader(file))
	if err != nil {
		fmt.Println(err)
		return
	}
	date, ok := reader.Column("apptdate")
	if !ok {
		fmt.Println("no appointment dates")
		return
	}
	for a, err := range reader.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		when, _ := a.Date(date)
		fmt.Println(when, a.Attended())
		for _, slot := range a.Codes().Slots() {
			fmt.Println(" ", slot.Position, slot.Value.Class(), slot.Value.Code())
		}
	}
	// Output:
	// 2019-06-03 seen
	//   1 code E119
	//   2 code I10
	// 2019-06-03 did not attend
	//   1 missing R69
}

func ExampleNames() {
	const file = "900000000001,E119\n"
	reader, err := hesop.NewReader(strings.NewReader(file), hesop.Names("attendkey", "diag_4_01"))
	if err != nil {
		fmt.Println(err)
		return
	}
	key, _ := reader.Column("attendkey")
	for a, err := range reader.All() {
		fmt.Println(string(a.Text(key)), err)
	}
	// Output:
	// 900000000001 <nil>
}

func ExampleAppointment_Term() {
	const file = "apptdate,tretspef,sex,waitdays,apptage,diag_4_01\n" +
		"2019-06-03,330,9,17,7003,L20X\n" +
		"2024-06-03,330,9,,54,L20X\n" +
		"2024-06-04,ZZZ,1,9000,54,L20X\n"
	reader, err := hesop.NewReader(strings.NewReader(file))
	if err != nil {
		fmt.Println(err)
		return
	}
	specialty, _ := reader.Column("tretspef")
	sex, _ := reader.Column("sex")
	wait, _ := reader.Column("waitdays")
	age, _ := reader.Column("apptage")
	for a, err := range reader.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		s, t := a.Term(specialty), a.Term(sex)
		fmt.Printf("%v: %s %s (%v), sex %s (%v)", a.FinancialYear(), s.Text, s.Label, s.Status, t.Label, t.Status)
		if days, ok := a.Number(wait); ok {
			fmt.Printf(", waited %d days", days)
		}
		if years, ok := a.Age(age); ok {
			fmt.Printf(", aged %.2f", years)
		}
		fmt.Println()
	}
	// Output:
	// 2019-20: 330 Dermatology Service (known), sex Not specified (missing), waited 17 days, aged 0.05
	// 2024-25: 330 Dermatology Service (known), sex Indeterminate (known), aged 54.00
	// 2024-25: ZZZ  (unlisted), sex Male (known), aged 54.00
}

func ExampleDescribe() {
	v, ok := hesop.Describe("FIRSTATT")
	fmt.Println(v.Name, v.Label, v.Kind, v.Missing, ok)
	for m := range v.Meanings() {
		fmt.Printf("  %s %s [%v to %v]\n", m.Code, m.Label, m.From, m.Until)
	}
	// Output:
	// firstatt First Attendance text [9 X] true
	//   1 First attendance, face to face [ to ]
	//   2 Follow-up attendance, face to face [ to ]
	//   3 First attendance, by telephone or telemedicine [ to ]
	//   4 Follow-up attendance, by telephone or telemedicine [ to ]
	//   5 Administrative event that stops a referral-to-treatment clock [ to ]
	//   9 Not known [ to 2007-08]
	//   X Not known [2008-09 to ]
}

func ExampleReader_Person() {
	const file = "llc_0042_stud_id,attendkey,diag_4_01\n0017,900000000001,E119\n"
	reader, err := hesop.NewReader(strings.NewReader(file))
	if err != nil {
		fmt.Println(err)
		return
	}
	person, err := reader.Person()
	fmt.Println(person.Name(), err)
	for a, err := range reader.All() {
		fmt.Println(string(a.Text(person)), err)
	}
	// Output:
	// llc_0042_stud_id <nil>
	// 0017 <nil>
}

func ExampleReadNames() {
	names, err := hesop.ReadNames(strings.NewReader("attendkey|diag_4_01\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	reader, err := hesop.NewReader(strings.NewReader("900000000001|E119\n"), hesop.Names(names...))
	if err != nil {
		fmt.Println(err)
		return
	}
	for c := range reader.Columns() {
		fmt.Println(c.Name())
	}
	// Output:
	// attendkey
	// diag_4_01
}

// ExampleReader_Blocks counts by several goroutines what needs no list of codes: the
// appointments that were attended and have a diagnosis.
func ExampleReader_Blocks() {
	const table = "attended,diag_4_01\n5,E119\n3,\n6,R69X\n5,I10X\n"
	r, err := hesop.NewReader(strings.NewReader(table))
	if err != nil {
		fmt.Println(err)
		return
	}
	total := 0
	err = r.Blocks(context.Background(), 2, 1<<20, func(b *hesop.Block) { // at once, in any order
		n := 0
		for a := range b.All() {
			if a.Attended().WasSeen() && a.Codes().Coded(coding.ICD10) {
				n++
			}
		}
		b.State = n
	}, func(b *hesop.Block) error { // one after another, in order
		total += b.State.(int)
		return nil
	})
	fmt.Println(total, err)
	// Output: 2 <nil>
}
