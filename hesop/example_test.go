package hesop_test

import (
	"fmt"
	"strings"

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
		for _, slot := range a.Codes().Slots {
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
