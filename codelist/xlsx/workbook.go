package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"iter"
	"strings"

	"hesopmatch/codelist"

	"github.com/xuri/excelize/v2"
)

// ErrWorkbook is the error for a file that is damaged or not a workbook.
var ErrWorkbook = errors.New("not a readable workbook")

// Workbooks lets Parse, ParseGroups and ParseReference of package codelist read workbooks as well as text. An error
// about a workbook wraps ErrWorkbook or codelist.ErrLimit. An invalid option fails with codelist.ErrOption when a
// workbook is read.
func Workbooks(opts ...Option) codelist.Option {
	o := newOptions(opts)
	return codelist.Workbooks(func(data []byte) ([]codelist.Sheet, error) { return read(data, o) })
}

// read opens a workbook. The rows of a sheet are read only when the caller iterates over them.
func read(data []byte, o *options) ([]codelist.Sheet, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("%w: the archive is damaged or cut short: %w", ErrWorkbook, err)
	}
	if kind := otherKind(archive); kind != "" {
		return nil, fmt.Errorf("%w: %s", ErrWorkbook, kind)
	}
	checked, err := checkParts(archive, o)
	if err != nil {
		return nil, err
	}
	var file *excelize.File
	var sheets []codelist.Sheet
	err = guard(func() error {
		// Unzipped parts stay in memory: none exceeds the limit for all parts, so excelize writes no temporary file,
		// and there is nothing to close.
		file, err = excelize.OpenReader(&checked.packed, excelize.Options{
			RawCellValue: true, UnzipSizeLimit: checked.unzipped, UnzipXMLSizeLimit: checked.unzipped,
		})
		if err != nil {
			return fmt.Errorf("%w: %w", ErrWorkbook, err)
		}
		sheets, err = list(file, checked)
		return err
	})
	return sheets, err
}

// list returns the sheets of a workbook.
func list(file *excelize.File, checked *checker) ([]codelist.Sheet, error) {
	names := file.GetSheetList()
	if len(names) > checked.limits.Sheets {
		return nil, limitError("sheets", int64(checked.limits.Sheets), "Sheets")
	}
	sheets := make([]codelist.Sheet, len(names))
	seen := make(map[string]bool)
	for i, name := range names {
		key := strings.ToLower(name)
		if seen[key] {
			return nil, fmt.Errorf("%w: two sheets called %q", ErrWorkbook, name)
		}
		seen[key] = true
		visible, err := file.GetSheetVisible(name)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrWorkbook, err)
		}
		in := checked.inSheet(name)
		sheets[i] = codelist.Sheet{
			Name: name, Hidden: !visible, Rows: rows(file, name, in),
			Marks: func() codelist.SheetMarks { return in.marks },
		}
	}
	return sheets, nil
}

// rows yields the cells of all rows of a sheet, including empty rows between stored rows. At the end it fails if the
// number of cells with content differs from the number that the check found.
func rows(file *excelize.File, sheet string, in found) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		if in.unstored != "" {
			yield(nil, fmt.Errorf("%w: %s has a formula without a stored result; open the workbook in a spreadsheet "+
				"program and save it", ErrWorkbook, in.unstored))
			return
		}
		var rows *excelize.Rows
		err := guard(func() (err error) {
			rows, err = file.Rows(sheet)
			return err
		})
		read := 0
		for err == nil {
			var cells []string
			more := false
			err = guard(func() (err error) {
				if more = rows.Next(); !more {
					return rows.Error()
				}
				cells, err = rows.Columns()
				return err
			})
			for _, cell := range cells {
				if cell != "" {
					read++
				}
			}
			switch {
			case err != nil:
			case !more && read == in.filled:
				return
			case !more:
				err = fmt.Errorf("%d of %d cells could be read", read, in.filled)
			case !yield(cells, nil):
				return
			}
		}
		if !errors.Is(err, ErrWorkbook) {
			err = fmt.Errorf("%w: %w", ErrWorkbook, err)
		}
		yield(nil, err)
	}
}

// guard calls f and returns a panic as an error, so that a damaged workbook cannot crash the program.
func guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: the workbook reader failed: %v", ErrWorkbook, p)
		}
	}()
	return f()
}

// otherKind describes an archive that is not a readable workbook, and returns "" if it may be one.
func otherKind(archive *zip.Reader) string {
	kind := "a zip archive that holds no workbook; unpack it"
	for _, part := range archive.File {
		switch name := partName(part.Name); {
		case name == "xl/workbook.bin":
			return "a binary workbook (.xlsb); save it as .xlsx"
		case name == "content.xml":
			return "an OpenDocument file (.ods); save it as .xlsx or CSV"
		case strings.HasPrefix(name, "index/"):
			return "a Numbers document (.numbers); export it as .xlsx or CSV"
		case strings.HasPrefix(name, "word/"), strings.HasPrefix(name, "ppt/"):
			return "a document of another program; copy the codes into a workbook or a text file"
		case name == "[content_types].xml":
			kind = ""
		}
	}
	return kind
}
