// Package xlsx lets package codelist read codelists from Excel workbooks: .xlsx, .xlsm, .xltx and .xltm. UK LLC and the
// HDR UK Phenotype Library distribute lists in this form.
//
//	func main() {
//		list, err := codelist.Open("depression.xlsx", codelist.CodingSystem(coding.ICD10), xlsx.Workbooks())
//		if err != nil {
//			log.Fatal(err)
//		}
//		fmt.Print(list.Summary(10))
//	}
//
// With this option, Open reads both workbooks and text files, by the rules of package codelist.
//
// # Sheets and cells
//
// All sheets with a code column make one list, unless codelist.SheetName names a single sheet. The report lists the
// sheets that were passed over. Cells are read as they are stored, not as a spreadsheet program would display them. A
// formula is read as its stored result.
//
// Parse refuses the formats .xls, .xlsb and .ods, and advises saving the file as .xlsx.
//
// # Damaged workbooks
//
// Package github.com/xuri/excelize/v2 reads the workbooks, but ignores many faults. So this package first checks each
// workbook. It requires that the archive is whole, sheets are well-formed, rows and cells are in order, shared strings
// exist, and formulas have stored results. A workbook that fails a check is an error, never a list with rows missing.
//
// # Cost and concurrency
//
// The package holds unzipped sheets and shared strings in memory, but no styles or pictures. A workbook takes about
// five times its unzipped size, and 200 bytes for each shared string. Limits.Unzipped bounds the unzipped size. It also
// bounds the text of all cells, where a shared string counts for each cell that uses it. Limits.Sheets and Limits.Cells
// bound the rest. The limits apply to what the workbook really holds, not to the sizes that it states, and
// Parse checks them before excelize reads the workbook.
//
// An Option can be used by any number of goroutines at once.
package xlsx
