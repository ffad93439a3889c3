package hesop

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"hesopmatch/codelist/coding"

	"github.com/stretchr/testify/require"
)

// texts returns the text of a column in each appointment.
func texts(t *testing.T, r *Reader, column string) []string {
	t.Helper()
	c, err := r.Column(column)
	require.NoError(t, err, column)
	var got []string
	for a, err := range r.All() {
		require.NoError(t, err)
		got = append(got, string(a.Text(c)))
	}
	return got
}

func open(t *testing.T, text string, opts ...Option) *Reader {
	t.Helper()
	r, err := NewReader(strings.NewReader(text), opts...)
	require.NoError(t, err)
	return r
}

func zip(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.String()
}

func TestReaderForms(t *testing.T) {
	tests := []struct {
		text   string
		opts   []Option
		want   []string // values of column "key"
		reason string
	}{
		{"key,DIAG_4_01\n1,E119\n2,\n", nil, []string{"1", "2"}, "comma, upper case"},
		{"key|diag_4_01\r\n1|E119\r\n", nil, []string{"1"}, "vertical bar, CRLF"},
		{"diag_4_01\tkey\n\t1\n", nil, []string{"1"}, "tab, columns in another order"},
		{"KEY;opertn_01\n1;\n", nil, []string{"1"}, "semicolon"},
		{"Key~diag_4_01\n1~\n", []Option{Delimiter('~')}, []string{"1"}, "a delimiter set by the caller"},
		{"\xEF\xBB\xBFkey,diag_4_01\n1,\n", nil, []string{"1"}, "the byte order mark is not part of the first name"},
		{" key |diag_4_01 \n 1 |E119\n", nil, []string{" 1 "}, "padded names are found, padded values are kept"},
		{"key,diag_4_01,,\n1,,,\n2,\n3,,\n4,,,,,\n", nil, []string{"1", "2", "3", "4"}, "empty names and fields at the end"},
		{"\"key\",\"diag_4_01\"\n\"1,\n\"\"2\"\"\",E119\n", nil, []string{"1,\n\"2\""}, "quotes, delimiters and line ends inside"},
		{"1,E119\n2,\n", []Option{Names("key", "diag_4_01")}, []string{"1", "2"}, "no header, names from the caller"},
		{"1|a,b,c,d|E119\n", []Option{Names("key", "note", "diag_4_01")}, []string{"1"}, "... and the number of names decides the delimiter"},
		{"key,diag_4_01\n\n1,\n\n", nil, []string{"1"}, "blank lines are not rows"},
		{"key,diag_4_01\n1,E119", nil, []string{"1"}, "no final line end"},
		{"key,diag_4_01\n", nil, nil, "no rows"},
		{"", []Option{Names("key", "diag_4_01")}, nil, "an empty text, when no header is needed"},
		{"key,diag_4_20,opertn_24\n1,,\n", nil, []string{"1"}, "the last positions"},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			require.Equal(t, tt.want, texts(t, open(t, tt.text, tt.opts...), "key"))
			require.Equal(t, tt.want, texts(t, open(t, zip(t, tt.text), tt.opts...), "KEY"), "compressed")
			r, err := NewReader(iotest.OneByteReader(strings.NewReader(tt.text)), tt.opts...)
			require.NoError(t, err)
			require.Equal(t, tt.want, texts(t, r, "Key"), "read byte by byte")
		})
	}
}

func TestReaderErrors(t *testing.T) {
	header := "key,diag_4_01\n"
	gz := zip(t, header+strings.Repeat("1,E119\n", 100))
	tests := []struct {
		text   string
		opts   []Option
		want   error
		says   string
		reason string
	}{
		{"", nil, ErrHeader, "empty", "an empty file"},
		{"\n\n", nil, ErrHeader, "empty", "blank lines only"},
		{"apptdate,key,attended\n1,\n", nil, ErrNoCodeColumns, `among 3 columns: "apptdate", "key", "attended"; join it first with the file that has the codes`, "no code columns: the message shows the names"},
		{"9990000018,2019-01-02,E119\n", nil, ErrNoCodeColumns, "line 1 looks like data, not like column names; a file " +
			"without a header needs Names", "the message does not show a row in place of the header"},
		{"key,diag_4_01,Key\n", nil, ErrHeader, `columns 1 and 3 are both called "Key"; give them two names`, "two columns with one name"},
		{"9990000018,2019-01-02,9990000018\n", nil, ErrHeader, "line 1 looks like data", "... even if a value occurs " +
			"twice"},
		{"diag_3_01,opertn_4_01\n", []Option{ReadFields(ConcatenatedFields)}, ErrNoCodeColumns, "ReadFields", "no column of the kind selected"},
		{header + "1,E119,x\n", nil, ErrFieldCount, "line 2, byte offset 14: row has a different number of fields from the " +
			"header: 3, not 2; SkipBadRows skips", "too many fields"},
		{header + "1,E119\n\n2\n", nil, ErrFieldCount, "line 4, byte offset 22", "too few fields, after a blank line"},
		{header + "1,E119\n2", nil, ErrFieldCount, "line 3", "an incomplete last row"},
		{header + "1,\"E119\n2,\n", nil, ErrQuote, "line 2, byte offset 16: quoted field is not well formed: quoted field " +
			"is not closed; close it, or write each quote within it twice", "an open quote, located where it starts"},
		{header + "\"1\"x,E119\n", nil, ErrQuote, "line 2, byte offset 17", "a character after a closing quote"},
		{header + strings.Repeat("x", 50) + ",\n", []Option{LineLimit(40)}, ErrTooLong, "40 bytes (LineLimit): see " +
			"whether rows end with LF or CRLF", "a long row"},
		{header, []Option{Names("key", "diag_4_01")}, ErrHeader, "header of its own", "names for a file that has a header"},
		{"\xFF\xFEk\x00", nil, ErrFormat, "UTF-16", "UTF-16"},
		{header, []Option{Delimiter('"')}, ErrOption, `'"'`, "a quote cannot be the delimiter"},
		{header, []Option{LineLimit(0)}, ErrOption, "LineLimit", "a limit of 0"},
		{gz[:len(gz)-9], nil, ErrCompressed, "unexpected EOF: the file is incomplete; copy it again", "incomplete gzip data"},
		{gz[:5], nil, ErrCompressed, "the file is incomplete", "... that end within the gzip header"},
		{gz + "x", nil, ErrCompressed, "", "extra bytes after gzip data"},
		{gz[:20] + "\xFF\xFF\xFF" + gz[23:], nil, ErrCompressed, "the file is damaged", "changed bytes in gzip data"},
		{gz[:len(gz)-6] + "\x00\x00" + gz[len(gz)-4:], nil, ErrCompressed, "the file is damaged", "a wrong checksum"},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			err := readAll(strings.NewReader(tt.text), append(tt.opts, FileName("x.csv"))...)
			require.ErrorIs(t, err, tt.want)
			var located *Error
			require.ErrorAs(t, err, &located)
			require.Equal(t, "x.csv", located.File)
			require.ErrorContains(t, err, "x.csv: ")
			require.ErrorContains(t, err, tt.says)
			require.NotContains(t, err.Error(), "\n")
			require.NotContains(t, err.Error(), "9990000018", "an error must not show values")
		})
	}
}

// readAll reads the whole text and returns the error, if any.
func readAll(text io.Reader, opts ...Option) error {
	r, err := NewReader(text, opts...)
	if err != nil {
		return err
	}
	for a, err := range r.All() {
		if err != nil {
			if a != nil {
				return errors.New("an appointment comes with an error")
			}
			for a, again := range r.All() {
				if a != nil || !errors.Is(again, err) {
					return errors.New("reading continues after an error")
				}
			}
			return err
		}
	}
	return nil
}

func TestSourceFails(t *testing.T) {
	broken := errors.New("broken")
	err := readAll(io.MultiReader(strings.NewReader("key,diag_4_01\n1,\n2,E11"), iotest.ErrReader(broken)))
	require.ErrorIs(t, err, broken)
	require.ErrorIs(t, readAll(iotest.ErrReader(broken)), broken)
}

func TestSkipBadRows(t *testing.T) {
	text := "key,diag_4_01\n1,\n2\n3,,x\n4,\n"
	var skipped []error
	r := open(t, text, SkipBadRows(func(err error) { skipped = append(skipped, err) }))
	key, _ := r.Column("key")
	var rows []int64
	for a, err := range r.All() {
		require.NoError(t, err)
		rows = append(rows, a.Row())
		require.Equal(t, string('0'+byte(a.Row())), string(a.Text(key)))
		require.Equal(t, a.Row()+1, a.Line())
	}
	require.Equal(t, []int64{1, 4}, rows, "skipped rows are counted")
	require.Equal(t, int64(2), r.Skipped())
	require.Equal(t, int64(4), r.Rows())
	require.Len(t, skipped, 2)
	var located *Error
	require.ErrorAs(t, skipped[1], &located)
	require.Equal(t, Error{Row: 3, Line: 4, Offset: 19, Err: located.Err}, *located)

	r = open(t, "key,diag_4_01\n1,\"x\n", SkipBadRows(nil))
	for _, err := range r.All() {
		require.ErrorIs(t, err, ErrQuote, "an open quote stays an error: the rows after it cannot be recognised")
	}
}

func TestBreakingOffGoesOn(t *testing.T) {
	r := open(t, "key,diag_4_01\n1,\n2,\n3,\n")
	for a, err := range r.All() {
		require.NoError(t, err)
		if a.Row() == 2 {
			break
		}
	}
	require.Equal(t, []string{"3"}, texts(t, r, "key"))
	require.Empty(t, texts(t, r, "key"))
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.csv")
	require.NoError(t, os.WriteFile(path, []byte(zip(t, "key,diag_4_01\n1,\n")), 0o600))
	r, err := Open(path)
	require.NoError(t, err)
	require.Equal(t, []string{"1"}, texts(t, r, "key"))
	require.NoError(t, r.Close())
	require.NoError(t, r.Close(), "closing twice")
	_, err = Open(filepath.Join(dir, "none.csv"))
	require.ErrorIs(t, err, os.ErrNotExist)
	_, err = Open(path, Names("a"))
	require.ErrorIs(t, err, ErrNoCodeColumns)
	require.ErrorContains(t, err, path)
}

func TestColumns(t *testing.T) {
	r := open(t, "Key,,DIAG_4_01\n1,x,E119\n")
	var names []string
	for c := range r.Columns() {
		names = append(names, c.Name())
	}
	require.Equal(t, []string{"Key", "", "DIAG_4_01"}, names, "as the file spells them, including empty names")
	_, err := r.Column("none")
	require.ErrorIs(t, err, ErrColumn)
	_, err = r.Column("")
	require.ErrorIs(t, err, ErrColumn)

	other := open(t, "Key,,DIAG_4_01\n1,x,E119\n")
	c, _ := other.Column("key")
	for a, err := range r.All() {
		require.NoError(t, err)
		require.PanicsWithValue(t, "hesop: Column of another reader, or of none", func() { a.Text(c) })
		require.Panics(t, func() { a.Text(Column{}) })
	}
}

func TestLayout(t *testing.T) {
	tests := []struct {
		header string
		fields Fields
		want   string
		widths [2]int
		reason string
	}{
		{"diag_4_02,diag_4_01,diag_4_concat,diag_3_01,diag_3_concat", AllFields, "diag_4_01 diag_4_02 diag_4_concat", [2]int{4, 0}, "the most detailed columns, by form and position"},
		{"diag_3_01,diag_3_concat,opertn_4_01", AllFields, "diag_3_01 diag_3_concat opertn_4_01", [2]int{3, 4}, "each system by itself"},
		{"diag_3_01,diag_4_concat", AllFields, "diag_4_concat", [2]int{4, 0}, "concatenated codes of four characters are more detailed than positional codes of three"},
		{"diag_3_01,diag_4_concat", PositionalFields, "diag_3_01", [2]int{3, 0}, "the selection of the caller comes first"},
		{"diag_01,diag_4_01,diag_3_01,opertn_3_01", AllFields, "diag_01 diag_4_01 opertn_3_01", [2]int{6, 3}, "raw columns and those of four characters"},
		{"diag_01,diag_4_01,diag_4_concat", PositionalFields, "diag_01 diag_4_01", [2]int{6, 0}, "raw columns have a position each"},
		{"diag_01,diag_4_01,diag_4_concat", ConcatenatedFields, "diag_4_concat", [2]int{4, 0}, "... and are not concatenated"},
		{"diag_count,opdate_01,first_diag_date,icd10_dm,cod_line_1,diag_4_07", AllFields, "diag_4_07", [2]int{4, 0}, "names that only resemble code columns"},
	}
	for _, tt := range tests {
		r := open(t, tt.header+"\n", ReadFields(tt.fields))
		var names []string
		for column := range r.CodeFields() {
			names = append(names, column.Name())
		}
		require.Equal(t, tt.want, strings.Join(names, " "), tt.reason)
		var widths [2]int
		for _, f := range r.CodeFields() {
			widths[f.System-coding.ICD10] = max(widths[f.System-coding.ICD10], f.Width)
		}
		require.Equal(t, tt.widths, widths, tt.reason)
	}
}

func TestColumnVariable(t *testing.T) {
	r := open(t, "Day,SEX,note,diag_4_01\n", Rename("day", "apptdate"))
	for name, want := range map[string]string{"day": "apptdate", "sex": "sex", "diag_4_01": "diag_4_01", "note": ""} {
		c, err := r.Column(name)
		require.NoError(t, err)
		v, known := c.Variable()
		require.Equal(t, want, v.Name, "the name under which it is read")
		require.Equal(t, want != "", known)
	}
	_, known := Column{}.Variable()
	require.False(t, known)
}
