package codelist_test

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hesopmatch/codelist"
)

// TestOptionsCannotBe: what no option can be is an error that names it, of every function
// that takes options.
func TestOptionsCannotBe(t *testing.T) {
	for _, test := range []struct {
		reason string
		opts   []codelist.Option
		want   string
	}{
		{"no such system", []codelist.Option{codelist.InSystem(9)}, "InSystem(9)"},
		{"no such policy", []codelist.Option{codelist.WithPolicy(99)}, "WithPolicy(99)"},
		{"no such choice of headings", []codelist.Option{codelist.WithHeadings(99)}, "WithHeadings(99)"},
		{"a quote parts nothing", []codelist.Option{codelist.WithDelimiter('"')}, `WithDelimiter('"')`},
		{"nor does a line end", []codelist.Option{codelist.WithDelimiter('\n')}, `WithDelimiter('\n')`},
		{"half a character", []codelist.Option{codelist.WithDelimiter(0xC3)}, "WithDelimiter"},
		{"an option that is nil", []codelist.Option{codelist.Lenient(), nil}, "option 1 is nil"},
		{"workbooks without a reader", []codelist.Option{codelist.Workbooks(nil)}, "function of Workbooks is nil"},
		{"less than no bytes", []codelist.Option{codelist.MaxBytes(-1)}, "MaxBytes(-1)"},
		{"no rows", []codelist.Option{codelist.MaxRows(0)}, "MaxRows(0)"},
		{"lines", []codelist.Option{codelist.MaxLine(-1)}, "MaxLine(-1)"},
		{"cells", []codelist.Option{codelist.MaxCells(-1)}, "MaxCells(-1)"},
		{"a cell", []codelist.Option{codelist.MaxCell(-1)}, "MaxCell(-1)"},
		{"expansion", []codelist.Option{codelist.MaxExpansion(-1)}, "MaxExpansion(-1)"},
		{"entries", []codelist.Option{codelist.MaxEntries(-1)}, "MaxEntries(-1)"},
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
