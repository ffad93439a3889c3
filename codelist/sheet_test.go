package codelist

import (
	"errors"
	"iter"
	"strings"
	"testing"

	"hesopmatch/codelist/coding"

	"github.com/stretchr/testify/require"
)

// workbook returns an option that takes the sheets of a workbook from a text. The text has a line for each row, with
// vertical bars between cells, and a line "== name" before each sheet.
func workbook(text string) Option {
	return Workbooks(func([]byte) ([]Sheet, error) {
		var sheets []Sheet
		for part := range strings.SplitSeq(strings.TrimPrefix(text, "== "), "\n== ") {
			name, body, _ := strings.Cut(part, "\n")
			sheets = append(sheets, Sheet{Name: name, Rows: textRows(body)})
		}
		return sheets, nil
	})
}

func textRows(body string) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		if body == "" {
			return
		}
		var cells []string // reused for each row, as a reader may do
		for line := range strings.SplitSeq(body, "\n") {
			cells = append(cells[:0], strings.Split(line, "|")...)
			if !yield(cells, nil) {
				return
			}
		}
	}
}

func TestSheets(t *testing.T) {
	tests := []struct {
		text       string
		opts       []Option
		want       string
		passedOver string // names of sheets
		reason     string
	}{
		{"== A\nicd10|term\nE11|x\n== B\nterm|icd10\ny|I10", nil, "E11% I10%", "", "all sheets make one list, each with its own columns"},
		{"== A\nicd10\nE11\nE119\n== B\nicd10\nE11\nE113", nil, "E11 E119% E113%", "", "coverage and duplicates are resolved across all sheets"},
		{"== Notes\nRead me\n== B\nicd10\nE11", nil, "E11%", "Notes", "a sheet without a code column is passed over"},
		{"== Empty\n\n== B\nicd10\nE11", nil, "E11%", "Empty", "... and one without rows"},
		{"== A\nmy codes\nE11\n== B\nicd10\nI10", []Option{CodingSystem(coding.ICD10), CodeColumn("my codes")}, "E11%", "B", "... and one without the caller's column"},
		{"== A\nicd10\nE11\n== B\nicd10\nI10", []Option{SheetName("B")}, "I10%", "", "the sheet that the caller names"},
		{"== A\nAppendix 2\n\nicd10|term\nE11|x\n== B\nicd10\nI10", nil, "E11% I10%", "", "a title above the header of " +
			"one sheet"},
		{
			"== A\nx|y\nE11|note\nI10|note\n== B\nicd10\nE12",
			[]Option{HeaderRow(1)},
			"E12%", "A",
			"a sheet with only two codes and no header is passed over",
		},
		{"== Not excluded\nicd10\nE11", nil, "E11%", "", "the codes of a sheet called Not excluded are inclusions"},
		{
			"== Excluded codes\nicd10\nE11\n== B\nicd10\nI10",
			[]Option{SheetName("Excluded codes")},
			"E11%", "",
			"a sheet of exclusions that the caller names",
		},
		{
			"== Exclusions\nSee the protocol\n== B\nicd10\nI10", nil, "I10%", "Exclusions",
			"a sheet of exclusions without codes",
		},
		{"== A\n\n\nicd10|term\n\n|x\nE11\n# I10", []Option{AllowRejected()}, "E11%", "", "gaps are blank rows; there are no comments in a sheet"},
	}
	for _, tt := range tests {
		l, err := Parse("book", strings.NewReader(zipStart), append(tt.opts, workbook(tt.text))...)
		require.NoError(t, err, tt.reason)
		require.Equal(t, tt.want, l.shown(), tt.reason)
		var passed []string
		for _, s := range l.Report().Sheets {
			if s.PassedOver != "" {
				passed = append(passed, s.Name)
			}
		}
		require.Equal(t, tt.passedOver, strings.Join(passed, " "), tt.reason)
	}
	l, err := Parse("book", strings.NewReader(zipStart), workbook("== A\n\nterm|icd10\n|E11"), FileName("book.xlsx"))
	require.NoError(t, err)
	require.Equal(t, Position{File: "book.xlsx", Sheet: "A", Line: 3, Column: 2}, l.Entry(0).Pos)
	require.Equal(t, `sheet "A", row 3, column 2`, l.Entry(0).Pos.String())
	require.Equal(t, "Excel workbook", l.Report().Encoding)
	require.Equal(t, []SheetReport{{Name: "A", Rows: 2}}, l.Report().Sheets)
	require.Equal(t, 1, l.Report().Blank)

	l, err = Parse("list", strings.NewReader("icd10\nE11\n"), workbook("== A"), SheetName("B"))
	require.NoError(t, err, "a text file ignores SheetName")
	require.Equal(t, "E11%", l.shown())

	lists, _, err := ParseGroups("book", strings.NewReader(zipStart), "x", workbook("== A\nicd10|x\nE11|b\n== B\nx|icd10\na|I10\nb|I11"))
	require.NoError(t, err)
	require.Equal(t, "b: E11% I11%; a: I10%", shownLists(lists))
}

func TestSheetsRefused(t *testing.T) {
	tests := []struct {
		text   string
		opts   []Option
		want   error
		says   string
		reason string
	}{
		{"== A\nicd10\nE11", []Option{SheetName("a")}, ErrNoSheet, `"a" (SheetName); sheets are "A"`, "sheet names are compared exactly"},
		{"== A\nx\n1\n== B\n", nil, ErrNoCodeColumn, `book.xlsx: no code column found: sheet "A": no code column found: columns are "x"; name one with CodeColumn; sheet "B": no rows`, "no sheet with codes"},
		{"== A\nx\n1\n", nil, ErrNoCodeColumn, `book.xlsx: sheet "A", row 1: no code column found: columns are "x"; name one`, "... in a workbook of one sheet"},
		{"== A\n\n== B\n", nil, ErrNoEntry, "no rows", "no rows in any sheet"},
		{"== A\nx\n1\n", []Option{CodeColumn("y")}, ErrNoColumn, `no such column: "y"`, "no column with the caller's name"},
		{"== A\nicd10\nE11\n== B\ncode|icd10\nE11|E12", nil, ErrCodeColumns, `book.xlsx: sheet "B", row 1: `, "a sheet with two possible code columns is not passed over"},
		{"== A\nicd10|status\nE11|+\n== B\nicd10|status\nE12|-", nil, ErrUnusedSigns, `sheet "B", row 1: `, "a sheet with signs that exclude"},
		{"== A\nicd10|status\nE11|+\n== B\nicd10|status\nE12|-", nil, ErrUnusedSigns, "or choose another sheet with SheetName", "... with the advice to choose another sheet"},
		{
			"== Excluded codes\nicd10\nE11\n== B\nicd10\nI10", nil, ErrUnusedSigns, `sheet "Excluded codes"`,
			"a sheet named for exclusions",
		},
		{"== Excl\nicd10\nE11\n== B\nicd10\nI10", nil, ErrUnusedSigns, `sheet "Excl"`, "a sheet called Excl"},
		{
			"== Not included\nicd10\nE11\n== B\nicd10\nI10", nil, ErrUnusedSigns, `sheet "Not included"`,
			"a sheet called Not included",
		},
		{"== Removed\nicd10\nE11\n== B\nicd10\nI10", nil, ErrUnusedSigns, `sheet "Removed"`, "a sheet called Removed"},
		{"== Rejected\nicd10\nE11\n== B\nicd10\nI10", nil, ErrUnusedSigns, `sheet "Rejected"`, "a sheet called Rejected"},
		{"== Removed\nicd10\nE11", nil, ErrUnusedSigns, "SheetName", "a single sheet called Removed"},
		{
			"== A\nmy list|x\nE11|a\nE12|b\nE13|c\n== B\nicd10\nI10",
			[]Option{HeaderRow(1)},
			ErrNoCodeColumn, `sheet "A"`,
			"a sheet of codes without a usable header is not passed over",
		},
		{"== A\nE14\nicd10\nE11", []Option{CodeColumn("icd10")}, ErrNoColumn, "no such column", "a code above the header"},
		{"== A\nicd10|status\nE11|+\n== B\nicd10\nE12", []Option{ExcludeColumn("status")}, ErrNoColumn, `sheet "B"`, "a sheet with codes but without the sign column"},
		{"== A\ncode\nE11", nil, ErrNoSystem, `sheet "A", row 2`, "nothing states a system"},
		{"== A\nicd10\nE11\n== B\nicd10\nE12", []Option{SizeLimits(Limits{Rows: 3})}, ErrLimit, "Limits.Rows", "rows of all sheets count together"},
		{"== A\nicd10|x\nE11|1\n== B\nicd10\nE12", []Option{SizeLimits(Limits{Cells: 5})}, ErrLimit, "more than 5 cells (Limits.Cells)", "cells of all sheets count together"},
	}
	for _, tt := range tests {
		l, err := Parse("book", strings.NewReader(zipStart), append(tt.opts, workbook(tt.text), FileName("book.xlsx"))...)
		require.Nil(t, l)
		require.ErrorIs(t, err, tt.want, tt.reason)
		require.ErrorContains(t, err, tt.says, tt.reason)
	}
	_, err := Parse("book", strings.NewReader(zipStart), workbook("== A\nicd10\nNA"))
	var rejected *RejectedError
	require.ErrorAs(t, err, &rejected)
	require.ErrorContains(t, err, `sheet "A", row 2, column 1: "NA"`, "a rejected row")
	broken := errors.New("broken")
	_, err = Parse("book", strings.NewReader(zipStart), Workbooks(func([]byte) ([]Sheet, error) { return nil, broken }))
	require.ErrorIs(t, err, broken)
	rows := func(yield func([]string, error) bool) { _ = yield([]string{"icd10"}, nil) && yield(nil, broken) }
	_, err = Parse("book", strings.NewReader(zipStart), Workbooks(func([]byte) ([]Sheet, error) { return []Sheet{{Name: "A", Rows: rows}}, nil }))
	require.ErrorIs(t, err, broken, "a sheet that ends early is an error")
	_, err = Parse("book", strings.NewReader(zipStart), Workbooks(func([]byte) ([]Sheet, error) { return nil, nil }))
	require.ErrorIs(t, err, ErrNoEntry)
}
