package syntax_test

import (
	"fmt"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/match"
	"hesopmatch/match/syntax"
)

func matcher() (*match.Matcher, error) {
	list, err := codelist.Parse("diabetes", strings.NewReader("E11X\nM0510\n"), codelist.CodingSystem(coding.ICD10))
	if err != nil {
		return nil, err
	}
	return match.Compile(list)
}

func ExampleNew() {
	m, err := matcher()
	if err != nil {
		fmt.Println(err)
		return
	}
	columns, err := syntax.Columns(hesop.UKLLC.Names())
	if err != nil {
		fmt.Println(err)
		return
	}
	script, err := syntax.New(m, columns, syntax.SQLServer, syntax.Table("study", "HESOP"))
	if err != nil {
		fmt.Println(err)
		return
	}
	var text strings.Builder
	if _, err := script.WriteTo(&text); err != nil {
		fmt.Println(err)
		return
	}
	_, last, _ := strings.Cut(text.String(), "\n)\n")
	fmt.Print(last)
	// Output:
	// SELECT v.keep_1 AS [attendkey],
	//   CASE WHEN v.match_1 = 1 THEN 1 WHEN v.coded_icd10 = 1 AND v.open_1 = 0 THEN 0 END AS [diabetes]
	// FROM answers AS v;
}

// A field of four characters truncates M0510 to M051, which is therefore open. E11 becomes E11X, except in a field of
// three characters.
func ExampleCodes() {
	m, err := matcher()
	if err != nil {
		fmt.Println(err)
		return
	}
	for c := range syntax.Codes(m) {
		entry := "none decides"
		if c.Entry >= 0 {
			entry = m.List(c.List).Entry(c.Entry).Raw
		}
		fmt.Println(m.List(c.List).Name(), c.System, c.Cut, c.Code, c.State, entry)
	}
	// Output:
	// diabetes ICD-10 3 E11 open none decides
	// diabetes ICD-10 0 E11X match E11X
	// diabetes ICD-10 4 E11X match E11X
	// diabetes ICD-10 3 M05 open none decides
	// diabetes ICD-10 4 M051 open none decides
	// diabetes ICD-10 0 M0510 match M0510
}
