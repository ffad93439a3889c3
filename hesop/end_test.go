package hesop

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"hesopmatch/codelist"

	"github.com/stretchr/testify/require"
)

// noticesOf reads a text to its end in several ways, requires the same notices each time, and returns them as lines.
func noticesOf(t *testing.T, text string, opts ...Option) string {
	t.Helper()
	lines := func(r *Reader) string {
		var lines []string
		for _, n := range r.Notices() {
			lines = append(lines, n.String())
		}
		return strings.Join(lines, "\n")
	}
	opts = append(opts, FileName("x.csv"))
	r, err := NewReader(strings.NewReader(text), opts...)
	require.NoError(t, err)
	for _, err := range r.All() {
		require.NoError(t, err)
	}
	want := lines(r)
	for _, workers := range []int{1, 3} {
		for _, size := range []int{1, 50, 1000} {
			if size == 1 && len(text) > 5000 { // this would take too long
				continue
			}
			for _, rowsBefore := range []int{0, 2} {
				for i, source := range []io.Reader{strings.NewReader(text), io.MultiReader(strings.NewReader(text))} {
					r, err := NewReader(source, opts...)
					require.NoError(t, err)
					read := 0
					for range r.All() {
						if read++; read >= rowsBefore {
							break
						}
					}
					require.NoError(t, r.blocks(t.Context(), workers, size, func(*block) {}, func(b *block) error {
						for range b.All() {
							break // the function take may stop early
						}
						return nil
					}))
					require.Equal(t, want, lines(r), "%d workers, blocks of %d, source %d", workers, size, i)
				}
			}
		}
	}
	return want
}

func TestLastRowWithoutALineEnd(t *testing.T) {
	const noted = "note: x.csv: line %d: the last row has no line end; something may be missing after it"
	const warned = "warning: x.csv: line %d: the last row has no line end, and its last value, in column %s, is shorter than those of earlier rows: the data may be incomplete; compare their size with that of the original"
	const header = "patid,diag_4_01\n"
	for _, tt := range []struct{ text, want, reason string }{
		{header + "P1,F330\nP2,F341\n", "", "the last row has a line end"},
		{header + "P1,F330\r\nP2,F34\r", "", "half a CRLF is a line end"},
		{header + "P1,F330\nP2,F341", fmt.Sprintf(noted, 3), "a value as long as the others"},
		{header + "P1,F330\nP2,F34", fmt.Sprintf(warned, 3, "diag_4_01"), "F341 is cut off after F34"},
		{header + "P1,F330\r\n\r\nP2,F", fmt.Sprintf(warned, 4, "diag_4_01"), "a code is cut off after its letter; the blank line counts"},
		{header + "P1,F330\nP2,F33\nP2,F34", fmt.Sprintf(noted, 4), "a value as short as an earlier one"},
		{header + "P1,F330\nP2,-\nP2,\nP3,0\nP3,F34", fmt.Sprintf(warned, 6, "diag_4_01"), "values that are not codes are ignored"},
		{header + "P1,F330\nP2,R69", fmt.Sprintf(warned, 3, "diag_4_01"), "R69X is cut off after R69"},
		{header + "P1,F330\nP2,-", fmt.Sprintf(noted, 3), "the dash, which means no code, is whole"},
		{header + "P1,F330\nP2,", fmt.Sprintf(noted, 3), "the field is empty"},
		{header + "P1,F330\nP2,\"F34\"", fmt.Sprintf(noted, 3), "a closing quote ends the field"},
		{header + "P1,\"F330\"\nP2,F34", fmt.Sprintf(warned, 3, "diag_4_01"), "the other values are quoted"},
		{header + "P2,F34", fmt.Sprintf(noted, 2), "no other rows"},
		{header + strings.Repeat("P1,F330\n", 130) + "P2,F34", fmt.Sprintf(warned, 132, "diag_4_01"), "many other rows"},
		{header + "P1,F33\n" + strings.Repeat("P1,F330\n", 100) + "P2,F34", fmt.Sprintf(warned, 103, "diag_4_01"), "a short value more than a hundred rows earlier does not count"},
		{header + "P1,F33\n" + strings.Repeat("P1,F330\n", 99) + "P2,F34", fmt.Sprintf(noted, 102), "... but it counts within a hundred rows"},
		{header + "P1,F330\n\"a\nb\",F34", fmt.Sprintf(warned, 3, "diag_4_01"), "a row of two lines"},
		{"diag_4_01,patid\nF330,P11\nF34,P1", fmt.Sprintf(noted, 3), "the last column holds no codes"},
		{"patid|diag_4_concat\nP1|F330,E119\nP2|F341,E11", fmt.Sprintf(warned, 3, "diag_4_concat"), "the last of several values"},
		{"patid|diag_4_concat\nP1|F330,E119\nP2|F34,E119", fmt.Sprintf(noted, 3), "... which is whole"},
		{"patid,diag_01\nP1,F33\nP2,F330\nP3,M05", fmt.Sprintf(noted, 4), "raw codes differ in length"},
		{"patid,diag_4_01", "", "no row at all"},
	} {
		require.Equal(t, tt.want, noticesOf(t, tt.text), tt.reason)
	}
}

func TestHeaderAgain(t *testing.T) {
	const one = "warning: x.csv: line %d: the header is repeated, and counts as an appointment; remove the row"
	const order = "warning: x.csv: line %d: another header has its columns in another order than the first " +
		"one, so the rows below it are misread; split the file there, and pass the parts as separate files"
	const other = "warning: x.csv: line %d: another header has other names than the first one, from column %d " +
		"on (%q), so the rows below it may be misread; split the file there, and pass the parts as separate files"
	const header = "patid,diag_4_01,sex\n"
	for _, tt := range []struct{ text, want, reason string }{
		{header + "1,F330,1\n" + header + "2,F341,2\n", fmt.Sprintf(one, 3), "two exports, one after the other"},
		{header + "1,F330,1\n\nPATID,\"Diag_4_01\", sex \n2,F341,2\n", fmt.Sprintf(one, 4), "in another case, quoted, padded"},
		{header + "1,F330,1\n\xEF\xBB\xBF" + header, fmt.Sprintf(one, 3), "with the byte-order mark of its file"},
		{header + "1,F330,1\n\xEF\xBB\xBF\"patid\",diag_4_01,sex\n", fmt.Sprintf(one, 3), "after a byte-order mark, quotes " +
			"are characters"},
		{
			header + "1,F330,1\ndiag_4_01,patid,sex\nF330,1,1\n" + header, fmt.Sprintf(order, 3) + "\n" + fmt.Sprintf(one, 5),
			"columns in another order",
		},
		{
			header + "1,F330,1\nSex,\"PATID\",diag_4_01\n2,,1\nsex,patid,diag_4_01\n",
			strings.Replace(fmt.Sprintf(order, 3), "header has", "header (and on 1 more line) has", 1), "... twice",
		},
		{header + "1,F330,1\npatid,diag_4_02,sex\n", fmt.Sprintf(other, 3, 2, "diag_4_01"), "a column with another name"},
		{
			"llc_0001_stud_id,diag_4_01,sex\n1,F330,1\nllc_0002_stud_id,diag_4_01,sex\n",
			fmt.Sprintf(other, 3, 1, "llc_0001_stud_id"), "another study",
		},
		{
			"id,day,diag_4_01,sex\n1,2,F330,1\nx,apptdate,diag_4_01,sex\n", fmt.Sprintf(other, 3, 1, "id"),
			"the first name is not known",
		},
		{",patid,diag_4_01\n0,1,F330\n,diag_4_01,patid\n,,F330\n", fmt.Sprintf(order, 3), "after a column without a name"},
		{header + "patid,F330,1\nsex,F330,diag_4_01x\nage,,\nDIAGNOSIS,sex,M\n", "", "mostly other values"},
		{"\"patid\",\"diag_4_01\",\"sex\"\n\"1\",\"a\nb\",\"\"\n\"patid\",\"diag_4_01\",\"sex\"\n", fmt.Sprintf(one, 4), "after a row of two lines"},
		{
			header + header + strings.Repeat("1,F330,1\n", 12) + header + header,
			"warning: x.csv: line 2: the header is repeated (and on 2 more lines), and each repeat counts as an appointment; " +
				"remove the rows", "many repeated headers",
		},
		{header + "patid,F330,1\n", "", "only one of the names"},
	} {
		require.Equal(t, tt.want, noticesOf(t, tt.text), tt.reason)
	}

	text := header + "1,F330,1\n" + header
	r, err := NewReader(strings.NewReader(text))
	require.NoError(t, err)
	rows := 0
	for range r.All() {
		rows++
	}
	require.Equal(t, 2, rows, "the header counts as a row")
	require.Equal(t, []codelist.Notice{{Level: codelist.LevelWarning, Text: strings.TrimPrefix(fmt.Sprintf(one, 3), "warning: x.csv: ")}}, r.Notices())
}

func TestLoneCRs(t *testing.T) {
	for _, tt := range []struct {
		text   string
		offset int64 // -1 for no error
		opts   []Option
		reason string
	}{
		{"id,diag_4_01,x\r1,E119,2\r7,E113,3\r", 14, nil, "all lines end in CR"},
		{"\xEF\xBB\xBFid,diag_4_01\r1,E119\r", 15, nil, "after a byte-order mark"},
		{"id,diag_4_01\r1,E119\n2,E119\n", 12, nil, "only the first line ends in CR"},
		{"1,E119\r2,E119", 6, []Option{Names("id", "diag_4_01")}, "without a header"},
		{"id,diag_4_01\r", -1, nil, "half a CRLF"},
		{"id,diag_4_01\n1\rx,E119\n", -1, nil, "a character of the data"},
		{"\"a\rb\",diag_4_01\n1,E119\n", -1, nil, "within quotes"},
	} {
		r, err := NewReader(strings.NewReader(tt.text), append(tt.opts, FileName("x.csv"))...)
		if tt.offset < 0 {
			require.NoError(t, err, tt.reason)
			require.NotNil(t, r)
			continue
		}
		require.ErrorIs(t, err, ErrFormat, tt.reason)
		require.EqualError(t, err, fmt.Sprintf("x.csv: line 1, byte offset %d: file is not delimited text: its lines end in CR alone; save it with LF or CRLF as line ends", tt.offset), tt.reason)
	}
}

// TestLongQuotedField: a quoted field that extends beyond the limit may be closed there, so the error does not say that
// the field is open.
func TestLongQuotedField(t *testing.T) {
	for _, behind := range []string{"\"\n2,\n", "\n2,\n", ""} {
		text := "key,diag_4_01\n1,E119\n2,\"" + strings.Repeat("x", 200) + behind
		for workers := range 3 {
			r, err := NewReader(strings.NewReader(text), LineLimit(100))
			require.NoError(t, err)
			if workers == 0 {
				for _, err = range r.All() {
				}
			} else {
				err = r.blocks(t.Context(), workers, 30, func(*block) {}, func(*block) error { return nil })
			}
			require.ErrorIs(t, err, ErrTooLong)
			require.NotErrorIs(t, err, ErrQuote)
			require.EqualError(t, err, "line 3, byte offset 23: row is longer than the limit of 100 bytes (LineLimit): the "+
				"quoted field that starts here does not end within it; close it; if it is that long, raise the limit in a "+
				"program of your own")
		}
	}
}
