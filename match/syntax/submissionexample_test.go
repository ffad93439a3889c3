package syntax_test

import (
	"fmt"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/match/syntax"
)

func ExampleNewSubmission() {
	file := "code,term,exclude\nI10,Hypertension,\nI10.3,Not this,1\n"
	read := []codelist.Option{codelist.CodingSystem(coding.ICD10), codelist.ExcludeColumn("exclude")}
	s, err := syntax.NewSubmission("hypertension.csv", []byte(file), read)
	if err != nil {
		panic(err)
	}
	fmt.Println(s)
	fmt.Print(string(s.File))
	// Output:
	// hypertension.csv: 10 rows added: 10 codes have 11 texts, 1 present already
	// code,term,exclude
	// I10,Hypertension,
	// I10.3,Not this,1
	// I10X,added by hesopmatch: covered by I10,
	// I100,added by hesopmatch: covered by I10,
	// I101,added by hesopmatch: covered by I10,
	// I102,added by hesopmatch: covered by I10,
	// I104,added by hesopmatch: covered by I10,
	// I105,added by hesopmatch: covered by I10,
	// I106,added by hesopmatch: covered by I10,
	// I107,added by hesopmatch: covered by I10,
	// I108,added by hesopmatch: covered by I10,
	// I109,added by hesopmatch: covered by I10,
}
