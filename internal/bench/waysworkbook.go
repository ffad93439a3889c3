package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/codelist/xlsx"

	"github.com/xuri/excelize/v2"
)

// prepareWorkbook compares the times to parse a codelist as a workbook and as CSV.
func (w *ways) prepareWorkbook(context.Context) error {
	rows := longList(w.opts.workbookRows)
	text, workbook := filepath.Join(w.dir, "long.csv"), filepath.Join(w.dir, "long.xlsx")
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(strings.Join(row[:], ",") + "\n")
	}
	if err := os.WriteFile(text, []byte(b.String()), 0o600); err != nil {
		return err
	}
	if err := writeWorkbook(workbook, rows); err != nil {
		return err
	}
	want := &parsed{entries: len(rows) - 1}
	fromText, fromBook := w.add(want.parsing(text)), w.add(want.parsing(workbook))
	name := fmt.Sprintf("an .xlsx of %d rows against the same rows as .csv", len(rows)-1)
	w.compare(name, "at most 6 times", fromBook, fromText)
	return nil
}

// longList returns the header and n rows of a codelist, each with a different code.
func longList(n int) [][3]string {
	rows := make([][3]string, 0, n+1)
	rows = append(rows, [3]string{"code", "coding_system", "term"})
	for i := range n {
		code := fmt.Sprintf("%c%02d.%d%d", 'A'+i%26, i/26%100, i/2600%10, i/26000%10)
		rows = append(rows, [3]string{code, "ICD-10", fmt.Sprint("term of row ", i)})
	}
	return rows
}

func writeWorkbook(path string, rows [][3]string) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	sheet, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		if err := sheet.SetRow(cell, []any{row[0], row[1], row[2]}); err != nil {
			return err
		}
	}
	if err := sheet.Flush(); err != nil {
		return err
	}
	return f.SaveAs(path)
}

// parsed is the result that parsing the codelist must give in each form.
type parsed struct {
	entries     int
	fingerprint string // from the form that was parsed first
}

// parsing measures the time to parse a codelist from a text file or a workbook.
func (p *parsed) parsing(path string) *measure {
	return &measure{name: path, run: func(context.Context) (float64, error) {
		file, err := os.Open(path)
		if err != nil {
			return 0, err
		}
		defer file.Close()
		var list *codelist.List
		ns, err := timed(func() (err error) {
			list, err = codelist.Parse("long", file, xlsx.Workbooks())
			return err
		})
		switch {
		case err != nil:
			return 0, err
		case list.Len() != p.entries:
			return 0, fmt.Errorf("wrong result: %d entries, want %d", list.Len(), p.entries)
		case p.fingerprint == "":
			p.fingerprint = list.Fingerprint()
		case list.Fingerprint() != p.fingerprint:
			return 0, errors.New("wrong result: the two forms have different codes")
		}
		return ns, nil
	}}
}
