package codelist_test

import (
	"errors"
	"fmt"
	"strings"

	"hesopmatch/codelist"
)

func ExampleParse() {
	const file = `ICD-10 code,Description
F32,Depressive episode
F32.1,Moderate depressive episode
F33..,Recurrent depressive disorder
`
	list, err := codelist.Parse("depression", strings.NewReader(file))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, entry := range list.All() {
		fmt.Println(entry.Prefix, entry.Coverage, "line", entry.Pos.Line)
	}
	for out := range list.Report().Outcomes() {
		if out.Verdict == codelist.Repaired {
			fmt.Printf("repaired %s: %s\n", out.Raw, out.Reason)
		}
	}
	for family := range list.Report().Families() {
		fmt.Println("exact because of", family.Children)
	}
	// Output:
	// F32 exact line 2
	// F321 descendants line 3
	// F33 descendants line 4
	// repaired F33..: dots
	// exact because of [F321]
}

func ExampleParse_rejected() {
	const file = "code\nE11\nNA\nC88,4\n"
	_, err := codelist.Parse("list", strings.NewReader(file), codelist.InSystem(codelist.ICD10), codelist.FromFile("list.csv"))
	fmt.Println(err)
	if rejected, ok := errors.AsType[*codelist.RejectedError](err); ok {
		fmt.Println(len(rejected.Rows), "rows")
	}
	// Output:
	// list.csv: 2 rejected rows (Lenient, -lenient, goes on without):
	//   line 3, column 1: "NA": not a code
	//   line 4, column 1: "C88,4": several codes in one cell, and not every part is a code
	// 2 rows
}

func ExampleList_Decide() {
	const file = "icd10,status\nE11,include\nE11.3,exclude\nE11.35,include\n"
	list, err := codelist.Parse("diabetes", strings.NewReader(file), codelist.ExcludeColumn("status"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, field := range []string{"E119", "E113", "E1135", "R69X"} {
		d := list.Decide(codelist.ReadValue(codelist.ICD10, []byte(field), 6))
		fmt.Println(field, d.Covered, d.Excluded)
	}
	// Output:
	// E119 true false
	// E113 false true
	// E1135 true false
	// R69X false false
}

func ExampleReadValue() {
	v := codelist.ReadValue(codelist.ICD10, []byte("m05.1 "), 4)
	fmt.Println(v.Class(), v.Code(), "may be cut to", v.Cut())
	v = codelist.ReadValue(codelist.OPCS4, []byte("X998"), 4)
	fmt.Println(v.Class(), v.Missing())
	// Output:
	// code M051 may be cut to 4
	// missing no code available
}
