package hesop_test

import (
	"fmt"
	"io"
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
	date, err := reader.Column("apptdate")
	if err != nil {
		fmt.Println(err)
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

// appointment is a type that a program of your own may have.
type appointment struct{ ID, Diagnosis, Procedure string }

// appointments is a Source.
type appointments []appointment

func (s *appointments) Next(row *hesop.Row) error {
	if len(*s) == 0 {
		return io.EOF
	}
	a := (*s)[0]
	*s = (*s)[1:]
	row.Set(0, []byte(a.ID))
	row.Set(1, []byte(a.Diagnosis))
	row.Set(2, []byte(a.Procedure))
	return nil
}

func ExampleFromSource() {
	source := &appointments{{"1", "F32.1", ""}, {"2", "", "W37.1"}}
	r, err := hesop.FromSource([]string{"attendkey", "diag_01", "opertn_01"}, source)
	if err != nil {
		fmt.Println(err)
		return
	}
	for a, err := range r.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, slot := range a.Codes().Slots() {
			fmt.Println(a.Row(), slot.Value)
		}
	}
	// Output:
	// 1 ICD-10 code F321
	// 2 OPCS-4 code W371
}

func ExampleCodes() {
	var codes hesop.Codes
	for _, text := range []string{"F32.1", "R69X"} {
		codes.Add(hesop.CodeField{System: coding.ICD10}, []byte(text))
	}
	for _, slot := range codes.Slots() {
		fmt.Printf("%d %s: %v\n", slot.Position, codes.Text(slot), slot.Value)
	}
	codes.Reset() // for the next appointment
	// Output:
	// 1 F32.1: ICD-10 code F321
	// 2 R69X: ICD-10 missing R69 (not known)
}

// Death registrations of the Office for National Statistics have the causes in columns with other names.
func ExampleRename() {
	const deaths = "id,S_UNDERLYING_COD_ICD10,S_COD_CODE_1,S_COD_CODE_2,S_COD_LINE_1,S_COD_LINE_2\n1,I219,I219,E119,1,2\n"
	r, err := hesop.NewReader(strings.NewReader(deaths),
		hesop.Rename("S_UNDERLYING_COD_ICD10", "diag_01"),
		hesop.Rename("S_COD_CODE_#", "diag_#+1"),
		hesop.Rename("S_COD_LINE_#", ""))
	if err != nil {
		fmt.Println(err)
		return
	}
	for column, field := range r.CodeFields() {
		fmt.Println(column.Name(), field.System, field.Position)
	}
	// Output:
	// S_UNDERLYING_COD_ICD10 ICD-10 1
	// S_COD_CODE_1 ICD-10 2
	// S_COD_CODE_2 ICD-10 3
}
