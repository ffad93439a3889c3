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
		{"PK\x03\x04....d.csv", "a zip archive", "another zip archive"},
		{"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)", "a zip archive that starts with its type"},
		{"<stata_dta><header>", "a Stata data set (.dta)", "the current format of Stata"},
		{"\x72\x01\x01\x00\x00", "a Stata data set (.dta)", "an old format of Stata"},
		{strings.Repeat("\x00", 12) + "\xC2\xEA\x81\x60\xB3", "a SAS data set (.sas7bdat)", "a signature after zeros"},
		{"X\n\x00\x00\x00\x03", "an R data file (.rds)", "a decompressed R file"},
		{"PAR1\x15\x04", "a Parquet file", "a weak start and a control character"},
		{"PAR1,diag_01\n", "", "the name of a column that is also a weak start"},
		{"BZh,diag_01\n", "", "the name of a column that is also another weak start"},
		{"{\"patid\": \"1\"}", "a JSON file", "an object"},
		{"[\n  {\"patid\": 1}", "a JSON file", "an array of objects"},
		{"<!DOCTYPE html>", "a page of HTML or an XML file", "a page"},
		{"\n<html>", "a page of HTML or an XML file", "a page after a line end"},
		{"<18,diag_01\n", "", "a name that starts with <"},
		{"[x],diag_01\n", "", "a name in brackets"},
		{"patid,diag_01\n", "", "text"},
		{"1,2019-05-08,E119\n", "", "a row without a header"},
		{"", "", "an empty file"},
		{"{", "", "one byte"},
	}
	for _, tt := range tests {
		got := Of([]byte(tt.data))
		require.Equal(t, tt.want, got.What, tt.reason)
		require.Equal(t, got.What == "", got.Settle == "", tt.reason)
	}
	require.Equal(t, "a file with bytes that text does not have, or a text in UTF-16",
		OfRefused([]byte("a\x00b\x00")).What)
	require.Zero(t, Of([]byte("a\x00b\x00")), "Of does not refuse these bytes, because they may be UTF-16")
	require.Zero(t, OfRefused([]byte("Name,Sex\nA,B\n")))
}
