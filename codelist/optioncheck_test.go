package codelist_test

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hesopmatch/codelist"
)

// TestOptionsCannotBe requires that every function with options fails for an impossible value, and that the error names
// the option.
func TestOptionsCannotBe(t *testing.T) {
	for _, test := range []struct {
		reason string
		opts   []codelist.Option
		want   string
	}{
		{"no such system", []codelist.Option{codelist.CodingSystem(9)}, "CodingSystem(9)"},
		{"no such policy", []codelist.Option{codelist.CategoryPolicy(99)}, "CategoryPolicy(99)"},
		{"no such choice of headings", []codelist.Option{codelist.HeadingRows(99)}, "HeadingRows(99)"},
		{"a quote cannot be a delimiter", []codelist.Option{codelist.Delimiter('"')}, `Delimiter('"')`},
		{"nor can a line end", []codelist.Option{codelist.Delimiter('\n')}, `Delimiter('\n')`},
		{"nor can one byte of a character of two bytes", []codelist.Option{codelist.Delimiter(0xC3)}, "Delimiter"},
		{"an option that is nil", []codelist.Option{codelist.AllowRejected(), nil}, "option 1 is nil"},
		{"workbooks without a reader", []codelist.Option{codelist.Workbooks(nil)}, "function given to Workbooks is nil"},
		{"a negative number of bytes", []codelist.Option{codelist.SizeLimits(codelist.Limits{Bytes: -1})}, "Limits.Bytes is -1"},
		{"ExcludeValue without ExcludeColumn", []codelist.Option{codelist.ExcludeValue("drop")}, `ExcludeValue("drop")`},
		{
			"ExcludeValue with ExcludeColumn(none)",
			[]codelist.Option{codelist.ExcludeColumn("none"), codelist.ExcludeValue("drop")},
			`ExcludeValue("drop")`,
		},
		{"a negative number of rows", []codelist.Option{codelist.SizeLimits(codelist.Limits{Rows: -1})}, "Limits.Rows is -1"},
		{"a header above the first row", []codelist.Option{codelist.HeaderRow(-1)}, "HeaderRow(-1)"},
		{"a negative row size", []codelist.Option{codelist.SizeLimits(codelist.Limits{RowBytes: -1})}, "Limits.RowBytes is -1"},
		{"a negative number of cells", []codelist.Option{codelist.SizeLimits(codelist.Limits{Cells: -1})}, "Limits.Cells is -1"},
		{"a negative cell size", []codelist.Option{codelist.SizeLimits(codelist.Limits{CellBytes: -1})}, "Limits.CellBytes is -1"},
		{"a negative number of codes in a cell", []codelist.Option{codelist.SizeLimits(codelist.Limits{CellCodes: -1})}, "Limits.CellCodes is -1"},
		{"a negative number of entries", []codelist.Option{codelist.SizeLimits(codelist.Limits{Entries: -1})}, "Limits.Entries is -1"},
	} {
		t.Run(test.reason, func(t *testing.T) {
			text := func() io.Reader { return strings.NewReader("icd10\nF32\n") }
			_, err := codelist.Parse("a", text(), test.opts...)
			require.ErrorIs(t, err, codelist.ErrOption)
			require.ErrorContains(t, err, test.want)
			_, _, err = codelist.ParseGroups("a", text(), "icd10", test.opts...)
			require.ErrorIs(t, err, codelist.ErrOption)
			_, err = codelist.ParseReference("a", text(), test.opts...)
			require.ErrorIs(t, err, codelist.ErrOption)
		})
	}
	_, err := codelist.Parse("a", nil)
	require.ErrorIs(t, err, codelist.ErrOption)
	require.ErrorContains(t, err, "a: option cannot be used: the Reader is nil")
	_, _, err = codelist.ParseGroups("a", strings.NewReader("icd10\nF32\n"), "")
	require.ErrorIs(t, err, codelist.ErrOption)
	require.ErrorContains(t, err, "the column of ParseGroups has no name")
}
