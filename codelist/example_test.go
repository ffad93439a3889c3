package codelist_test

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
)

func ExampleOpen() {
	list, err := codelist.Open("../testdata/codelists/depression.csv")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(list)
	fmt.Println(list.Report())
	// Output:
	// codelist.List "depression" of 5 entries (ICD-10)
	// codelist.Report of ../testdata/codelists/depression.csv: 5 rows (5 accepted)
}

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
	_, err := codelist.Parse("list", strings.NewReader(file), codelist.CodingSystem(coding.ICD10), codelist.FileName("list.csv"))
	fmt.Println(err)
	if rejected, ok := errors.AsType[*codelist.RejectedError](err); ok {
		fmt.Println(len(rejected.Rows), "rows")
	}
	// Output:
	// list.csv: 2 rejected rows (AllowRejected goes on without them):
	//   line 3, column 1: "NA": not a code
	//   line 4, column 1: "C88,4": several codes in one cell, and not every part is a code
	//   → take the row out, or write the code as it is printed (E11.9, W37.1)
	//   → give each code a row of its own, and check whether a comma stands for a dot
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
		d := list.Decide(coding.ReadValue(coding.ICD10, []byte(field), 6))
		fmt.Println(field, d.Covered, d.Excluded)
	}
	// Output:
	// E119 true false
	// E113 false true
	// E1135 true false
	// R69X false false
}

func ExampleReadValue() {
	v := coding.ReadValue(coding.ICD10, []byte("m05.1 "), 4)
	fmt.Println(v.Class(), v.Code(), "may be cut to", v.Cut())
	v = coding.ReadValue(coding.OPCS4, []byte("X998"), 4)
	fmt.Println(v.Class(), v.Missing())
	// Output:
	// code M051 may be cut to 4
	// missing no code available
}

func ExampleParseGroups() {
	const file = `code,coding_system,concept_name
F32,ICD10 codes,Depression
E11.9,ICD10 codes,Diabetes
F33,ICD10 codes,Depression
C10F.,Read codes v2,Diabetes in primary care
`
	lists, rest, err := codelist.ParseGroups("concepts", strings.NewReader(file), "concept_name")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, list := range lists {
		fmt.Println(list.Name(), list.Len())
	}
	for out := range rest.Outcomes() {
		fmt.Println("in no list:", out.Pos, out.Reason)
	}
	// Output:
	// Depression 2
	// Diabetes 1
	// in no list: line 5, column 1 another coding system: Read codes v2
}

func ExampleCompare() {
	parse := func(name, text string) *codelist.List {
		list, err := codelist.Parse(name, strings.NewReader(text))
		if err != nil {
			panic(err)
		}
		return list
	}
	d := codelist.Compare(parse("ours", "icd10\nE11\nE10\n"), parse("theirs", "icd10\nE11\nE11.3\n"))
	fmt.Println("same:", d.Same())
	fmt.Println("only ours:", d.OnlyFirst)
	for _, e := range d.Removed {
		fmt.Println("not in theirs:", e.Prefix)
	}
	for _, c := range d.Changed {
		fmt.Println("changed:", c.First[0].Prefix, c.First[0].Coverage, "to", c.Second[0].Coverage)
	}
	// Output:
	// same: false
	// only ours: [E10% E110 E111 E112 E114 E115 E116 E117 E118 E119]
	// not in theirs: E10
	// changed: E11 descendants to exact
}

func ExampleList_Summary() {
	list, err := codelist.Parse("depression", strings.NewReader("icd10\nF32\nF32.1\nF33..\nNA\n"), codelist.AllowRejected(), codelist.FileName("depression.csv"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(list.Summary(10))
	// Output:
	// depression: 3 entries (ICD-10) from 4 rows of depression.csv
	//   accepted: 2 rows
	//   repaired: 1 row: dots (1)
	//   rejected: 1 row
	//     not a code (1, first at line 5)
	//   decided by policy auto: 1 category
	//     F32 of line 2 covers itself alone (F32X); also listed: F321
	//   file: SHA-256 b65b89f795e33dc4036dca08d7abc2ad70fcc990b7d7c5e5d174291975261768
	//   fingerprint: f567a2b6a8fb06ce562b534335b888e90a89234f82659cfe45e76b4370a16e64
}

func ExampleList_WriteCSV() {
	list, err := codelist.Parse("depression", strings.NewReader("icd10,term\nF33..,recurrent\nF32,episode\nf32.1,moderate\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := list.WriteCSV(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// coding_system,code,term
	// ICD-10,F321,moderate
	// ICD-10,F32X,episode
	// ICD-10,F33%,recurrent
}

func ExampleReference_Review() {
	reference, err := codelist.ParseReference("valid", strings.NewReader("icd10\nF32\nF32.0\nF32.1\nF33\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	list, err := codelist.Parse("depression", strings.NewReader("icd10\nF32\nF32.1\nF33\nF38\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	review := reference.Review(list)
	for _, u := range review.Unknown {
		fmt.Println(list.Entry(u.Entry).Prefix, u.Why)
	}
	for _, f := range review.Families {
		fmt.Println(f.Category, f.Standing, "named", f.Named, "left", f.Left)
	}
	// Output:
	// F38 the reference has no code in this category
	// F32 partial named [F321] left [F320]
	// F33 undivided named [] left []
}

// This example prints the codes that a list covers, first one by one and then as intervals, as a database table needs
// them.
func ExampleList_Codes() {
	list, err := codelist.Parse("bypass", strings.NewReader("opcs4\nK40.1\nK40.2\nK41\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	codes := list.Codes(coding.OPCS4)
	for code := range codes.All() {
		if code.Prefix(3).String() == "K40" {
			fmt.Println(list.Name(), code)
		}
	}
	for first, last := range codes.Intervals() {
		fmt.Println(first, "to", last)
	}
	fmt.Println(codes)
	// Output:
	// bypass K401
	// bypass K402
	// K401 to K402
	// K41 to K419
	// K401 K402 K41%
}
