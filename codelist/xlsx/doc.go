// Package xlsx lets package codelist read codelists from Excel workbooks: .xlsx, .xlsm, .xltx and .xltm. UK LLC and the
// HDR UK Phenotype Library distribute lists in this form.
//
//	list, err := codelist.Open(path, xlsx.Workbooks())
//
// reads a workbook or a text file, whichever it is, by the rules of package codelist. All sheets with a code column
// make one list, unless codelist.SheetName names one; the report lists the sheets that were passed over. Cells are read
// as they are stored, not as a spreadsheet program would show them; a formula is read as its stored result.
//
// Package github.com/xuri/excelize/v2 reads the workbooks, but ignores many faults. So this package checks each
// workbook first: the archive is whole, sheets are well-formed, rows and cells are in order, shared strings exist, and
// formulas have results. A workbook that fails a check is an error, never a list with rows missing.
//
// # Memory
//
// Sheets and shared strings are held in memory, unzipped; styles and pictures are not kept. A workbook takes about five
// times its unzipped size and 200 bytes for each shared string. Limits.Unzipped bounds the unzipped size, and also the
// text of all cells, in which a shared string counts for each cell that uses it. Limits.Sheets and Limits.Cells bound
// the rest. Each limit is checked on the actual content before any of it is expanded.
//
// The formats .xls, .xlsb and .ods are refused with the advice to save as .xlsx.
package xlsx
