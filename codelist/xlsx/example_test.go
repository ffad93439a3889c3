package xlsx_test

import (
	"bytes"
	"fmt"

	"hesopmatch/codelist"
	"hesopmatch/codelist/xlsx"

	"github.com/xuri/excelize/v2"
)

// workbook returns a workbook such as a researcher would share.
func workbook() []byte {
	f := excelize.NewFile()
	rows := [][]any{{"code", "description", "coding_system"}, {"X60..", "self-poisoning", "ICD10 codes"}, {"44054006", "diabetes", "SNOMED  CT codes"}}
	var b bytes.Buffer
	for i := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &rows[i]); err != nil {
			panic(err)
		}
	}
	if err := f.Write(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func ExampleWorkbooks() {
	list, err := codelist.Parse("self-harm", bytes.NewReader(workbook()), xlsx.Workbooks())
	if err != nil {
		fmt.Println(err)
		return
	}
	for out := range list.Report().Outcomes() {
		fmt.Println(out.Pos, out.Raw, out.Verdict, out.Reason)
	}
	// Output:
	// sheet "Sheet1", row 2, column 1 X60.. repaired dots
	// sheet "Sheet1", row 3, column 1 44054006 ignored another coding system: SNOMED CT codes
}
