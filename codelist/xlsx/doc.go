// Package xlsx lets package codelist read codelists from Excel workbooks: .xlsx,
// .xlsm, .xltx and .xltm, the form in which UK LLC and the HDR UK Phenotype Library
// hand them out.
//
//	list, err := codelist.Parse("diabetes", file, xlsx.Workbooks())
//
// reads a workbook or a text file, whichever it is. All rules are those of package
// codelist. All sheets that have a code column make one list, unless
// codelist.SheetName chooses one; the report names those that were passed over.
// Cells are taken raw, as they are stored and not as a spreadsheet would show
// them; of a formula the stored result is taken.
//
// Workbooks are read with github.com/xuri/excelize/v2, which passes over much that
// is wrong in silence. So every workbook is first held to what matters here: that
// its archive is whole, its sheets are well-formed, rows and cells stand in order,
// strings that cells share exist and formulas have results. What is not so is an
// error, never a missing row.
//
// # Bounds
//
// Sheets and the strings that they share are held in memory, unzipped; styles and
// pictures are not kept. Limits.Unzipped bounds the size of all, and also the text of all
// cells, in which a string that cells share counts for each of them; Limits.Sheets and
// Limits.Cells bound what they say. The limits are checked on what is really there,
// before any of it is expanded. A workbook takes about five times its unzipped size
// and 200 bytes for each string that cells share.
//
// The old format (.xls), the binary one (.xlsb) and OpenDocument (.ods) are refused
// with the advice to save as .xlsx.
package xlsx
