package hesop

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestNoDataInMessages passes rows of data where names should be. No message may show a cell.
func TestNoDataInMessages(t *testing.T) {
	const row = "9990000018,Zyxwv,F,I10X,I10X,08may2019\n"
	tests := []struct {
		names  []string
		text   string
		says   string
		reason string
	}{
		{
			[]string{"patid", "sex", "diag_4_01", "Zyxwv", "F", "I10X", "Qponm", "F"},
			row,
			"columns 5 and 8 are both called (not shown); the names given by Names look like rows of data: give " +
				"column names only",
			"names followed by a row",
		},
		{
			[]string{"patid", "apptdate", "diag_4_01", "1", "2019-05-08", "I10X", "2", "2019-05-09", "I10X"},
			row,
			"columns 6 and 9 are both called (not shown)", "... two values that are the same code",
		},
		{[]string{"Zyxwv", "9990000018"}, row, "among 2 columns: (not shown), (not shown)", "only a row"},
		{[]string{"patid", "Ward", "Ward", "diag_4_01"}, row, `columns 2 and 3 are both called "Ward"; the names are ` +
			`those given by Names`, "real names"},
		{nil, row, "line 1 looks like data", "a row instead of the header"},
		{nil, "insert into t values ('Zyxwv','F','4');\n", "line 1 looks like data", "a statement"},
		{nil, "c('Zyxwv', 'F')\n", "line 1 looks like data", "a vector"},
		{nil, "\"Zyxwv, Qponm\",\"F\"\n", "line 1 looks like data", "a name in two parts"},
		{nil, "Dear Zyxwv we saw you at the clinic of today\n", "line 1 has one column, which is not shown: set its " +
			"delimiter with Delimiter; only comma, tab, semicolon and vertical bar are detected", "a sentence"},
		{nil, "Qponm Zyxwv F I10X\n", "line 1 has one column", "words separated by spaces"},
		{nil, "<row><name>Zyxwv</name></row>\n", "line 1 has one column", "cells in angle brackets"},
		{nil, "Zyxwv~Qponm~F\n", "line 1 has one column", "cells separated by tildes"},
		{nil, "\"Zyxwv Qponm\";F\n", "among 2 columns: (not shown), \"F\"", "two words in one cell"},
		{
			nil, "Dear,Wesawyouattheclinicoftodayandthecliniciansofitwishtotellyou-Zyxwv\n", "(not shown)",
			"... without spaces",
		},
		{nil, "Name,Zy\x07xwv\n", "it is a file with bytes that text does not have", "a character that no name has"},
		{nil, "Name,Zy\u202Exwv\n", `among 2 columns: "Name", (not shown)`, "... a character that reverses the line"},
	}
	for _, tt := range tests {
		var opts []Option
		if tt.names != nil {
			opts = []Option{Names(tt.names...)}
		}
		_, err := NewReader(strings.NewReader(tt.text), opts...)
		require.ErrorContains(t, err, tt.says, tt.reason)
		for _, cell := range []string{"Zyxwv", "Qponm", "I10X", "9990000018", "\x07", "\u202E"} {
			require.NotContains(t, err.Error(), cell, tt.reason)
		}
	}
}

// TestOneColumn sets a delimiter that the first row does not contain. No message may show the row.
func TestOneColumn(t *testing.T) {
	_, err := NewReader(strings.NewReader("Zyxwv,Qponm,F,E119,-\n"), Delimiter(';'))
	require.ErrorContains(t, err, "line 1 has one column, which is not shown")
	require.NotContains(t, err.Error(), "Zyxwv")
	_, err = NewReader(strings.NewReader("person\n1\n"))
	require.ErrorContains(t, err, `among 1 columns: "person"`, "a single word counts as the name of a column")
}

// TestOtherFiles passes files that are not delimited text.
func TestOtherFiles(t *testing.T) {
	zipped := "PK\x03\x04\x14\x00d.csvpatid,diag_01\n1,E11\n"
	tests := []struct {
		text   string
		opts   []Option
		want   string // "" if the file is read
		reason string
	}{
		{"%PDF-1.4\n%\xE2\xE3\n", nil, "it is a PDF document; ask for the table from which it was made, as CSV", "a document"},
		{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", nil, "a legacy Excel workbook", "an old workbook"},
		{zipped, nil, "it is a zip archive; unpack it", "a zip archive, even if its first line names a code column"},
		{zipped, []Option{Names("diag_01", "x")}, "it is a zip archive", "... or the caller names one"},
		{zipped, []Option{Delimiter(',')}, "it is a zip archive", "... or sets the delimiter"},
		{zip(t, "X\n\x00\x00\x00\x03"), nil, "an R data file (.rds)", "compressed with gzip"},
		{"[{\"patid\": \"Zyxwv\"}]", nil, "a JSON file", "quotes that CSV does not allow"},
		{"\x01\x02\x03\rx", nil, "bytes that text does not have", "no known format, even with a lone CR"},
		{"PAR1,diag_01\n1,E119\n", nil, "", "a name that begins as a Parquet file does"},
		{"PAR1,E119\n", []Option{Names("patid", "diag_01")}, "", "... or a value"},
		{"k\x00y,diag_01\n1,E119\n", nil, "", "an odd byte in a usable header"},
	}
	for _, tt := range tests {
		_, err := NewReader(strings.NewReader(tt.text), append(tt.opts, FileName("x"))...)
		if tt.want == "" {
			require.NoError(t, err, tt.reason)
			continue
		}
		require.ErrorIs(t, err, ErrFormat, tt.reason)
		require.ErrorContains(t, err, "x: file is not delimited text: it is ", tt.reason)
		require.ErrorContains(t, err, tt.want, tt.reason)
		require.NotContains(t, err.Error(), "Zyxwv", tt.reason)
	}
	_, err := ReadNames(strings.NewReader("%PDF-1.4\n"))
	require.ErrorIs(t, err, ErrFormat)
	_, err = ReadNames(nil)
	require.ErrorIs(t, err, ErrOption)
}

// TestColumn requires that an unknown name is an error that lists the columns.
func TestColumn(t *testing.T) {
	tests := []struct {
		header string
		name   string
		want   string // "" if the column exists
		reason string
	}{
		{"patid,apptdate,diag_01", "PATID", "", "in upper or lower case"},
		{"patid,apptdate,diag_01", "patidd", `no such column: "patidd"; did you mean "patid"? the columns are "patid", ` +
			`"apptdate", and 1 more`, "a similar name"},
		{"patid,diag_01,diag_02", "zz", `no such column: "zz"; the columns are "patid", and 2 more`, "code columns are only counted"},
		{
			"diag_01,diag_02", "zz", `no such column: "zz"; the columns are 2, all code columns or with names that are not shown`,
			"only code columns",
		},
		{"diag_01,9990000018,08may2019", "zz", `no such column: "zz"; the columns are 3, all code columns`, "names that may be data"},
		{"x,a,b,c,d,e,f,g,h,i,j,k,l,m,diag_01", "zz", `"k", and 3 more`, "many columns"},
	}
	for _, tt := range tests {
		r, err := NewReader(strings.NewReader(tt.header + "\n"))
		require.NoError(t, err, tt.reason)
		c, err := r.Column(tt.name)
		if tt.want == "" {
			require.NoError(t, err, tt.reason)
			require.Equal(t, "patid", c.Name(), tt.reason)
			continue
		}
		require.ErrorIs(t, err, ErrColumn, tt.reason)
		require.ErrorContains(t, err, tt.want, tt.reason)
		require.NotContains(t, err.Error(), "9990000018", tt.reason)
	}
}
