package filekind

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOf(t *testing.T) {
	tests := []struct {
		data   string
		want   string // "" if it may be text
		reason string
	}{
		{"%PDF-1.4\n", "a PDF document", "a document"},
		{"\xD0\xCF\x11\xE0\xA1\xB1", "a legacy Excel workbook (.xls), or one with a password", "a compound file"},
		{"PK\x03\x04....[Content_Types].xml", "an Excel workbook (.xlsx)", "a zip archive with parts of a workbook"},
		{"PK\x03\x04....d.csv", "a zip archive", "any other"},
		{"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)", "..."},
		{"<stata_dta><header>", "a Stata data set (.dta)", "of today"},
		{"\x72\x01\x01\x00\x00", "a Stata data set (.dta)", "... and of old"},
		{strings.Repeat("\x00", 12) + "\xC2\xEA\x81\x60\xB3", "a SAS data set (.sas7bdat)", "a mark behind zeros"},
		{"X\n\x00\x00\x00\x03", "an R data file (.rds)", "what gzip had compressed"},
		{"PAR1\x15\x04", "a Parquet file", "a weak start and a control byte"},
		{"PAR1,diag_01\n", "", "the name of a column"},
		{"BZh,diag_01\n", "", "..."},
		{"{\"patid\": \"1\"}", "a JSON file", "an object"},
		{"[\n  {\"patid\": 1}", "a JSON file", "an array of them"},
		{"<!DOCTYPE html>", "a page of HTML or an XML file", "a page"},
		{"\n<html>", "a page of HTML or an XML file", "..."},
		{"<18,diag_01\n", "", "a name with a sign"},
		{"[x],diag_01\n", "", "... with brackets"},
		{"patid,diag_01\n", "", "text"},
		{"1,2019-05-08,E119\n", "", "a row without a header"},
		{"", "", "nothing"},
		{"{", "", "next to nothing"},
	}
	for _, tt := range tests {
		got := Of([]byte(tt.data))
		require.Equal(t, tt.want, got.What, tt.reason)
		require.Equal(t, got.What == "", got.Settle == "", tt.reason)
	}
	require.Equal(t, "a file with bytes that text does not have, or a text in UTF-16",
		OfRefused([]byte("a\x00b\x00")).What)
	require.Zero(t, Of([]byte("a\x00b\x00")), "which may still be read")
	require.Zero(t, OfRefused([]byte("Name,Sex\nA,B\n")))
}
