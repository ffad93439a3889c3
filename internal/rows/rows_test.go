package rows

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

// all reads a whole text. It returns the fields of each row, and the line and offset of each row.
func all(t testing.TB, r io.Reader, loneCR bool, limit int) (got [][]string, positions [][2]int64, blank int64, err error) {
	t.Helper()
	s := NewScanner(r, ',', loneCR, limit)
	var row Row
	for {
		if err := s.Next(&row); err != nil {
			if err == io.EOF {
				err = nil
			}
			return got, positions, s.Blank(), err
		}
		fields := make([]string, len(row.Fields))
		end := uint32(0)
		for i, f := range row.Fields {
			require.LessOrEqual(t, end, f.Start, "fields are in order")
			require.LessOrEqual(t, f.Start, f.End)
			require.LessOrEqual(t, int(f.End), len(row.Data))
			end = f.End
			fields[i] = string(row.AppendText(nil, i))
		}
		got = append(got, fields)
		positions = append(positions, [2]int64{row.Line, row.Offset})
	}
}

// marked removes the marks of a test text: § where a row starts, and ∑ where a fault is. It returns the offsets of
// the marks in the plain text. The result fault is -1 if there is no ∑.
func marked(text string) (plain string, rows []int64, fault int64) {
	fault = -1
	var b strings.Builder
	for _, r := range text {
		switch r {
		case '§':
			rows = append(rows, int64(b.Len()))
		case '∑':
			fault = int64(b.Len())
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), rows, fault
}

func TestScanner(t *testing.T) {
	tests := []struct {
		text   string
		want   string // rows are separated by ¶, fields by ·
		blank  int64
		fault  Kind
		reason string
	}{
		{"§a,b\n§c,d\n", "a·b¶c·d", 0, 0, "LF"},
		{"§a,b\r\n§c,d\r\n", "a·b¶c·d", 0, 0, "CRLF"},
		{"§a,b\n§c,d", "a·b¶c·d", 0, 0, "the last line end is optional"},
		{"§a,b\r", "a·b", 0, 0, "a CR at the end of the text is a line end"},
		{"§a,\n§,b\n§,\n", "a·¶·b¶·", 0, 0, "empty fields"},
		{"\n§a\n\r\n\n§b\n\n", "a¶b", 4, 0, "blank lines are counted, but are not rows"},
		{"§a\rb\n", "a\rb", 0, 0, "a lone CR is a character"},
		{"§a\r\r\n", "a\r", 0, 0, "... before CRLF too"},
		{`§"a,b",c` + "\n", "a,b·c", 0, 0, "a quoted delimiter"},
		{"§\"a\nb\",c\n§d,e\n", "a\nb·c¶d·e", 0, 0, "a quoted line end"},
		{"§\"a\r\nb\",c\r\n", "a\r\nb·c", 0, 0, "quoted CRLF is kept"},
		{`§"a ""b""",c` + "\n", `a "b"·c`, 0, 0, "doubled quotes"},
		{`§""` + "\n" + `§"",""`, "¶·", 0, 0, "quoted empty fields make a row"},
		{`§a"b,c "d"` + "\n", `a"b·c "d"`, 0, 0, "a quote elsewhere is a character"},
		{`§"a"` + "\r\n" + `§"b"`, "a¶b", 0, 0, "quotes at the end of rows"},
		{`∑"a,b` + "\nc\n", "", 0, OpenQuote, "a quote that is never closed: the fault is at its start"},
		{"§a\n§b\nc,∑\"d\n", "a¶b", 0, OpenQuote, "... in a later row"},
		{`"a"∑b,c` + "\n", "", 0, AfterQuote, "a character after the closing quote"},
		{"\"a\n\"∑ ,c\n", "", 0, AfterQuote, "... on the next line"},
		{"\"a\"∑\rb\n", "", 0, AfterQuote, "a lone CR after the closing quote"},
		{"", "", 0, 0, "an empty text"},
		{"§a\x00b,\x00\n", "a\x00b·\x00", 0, 0, "NUL is a character"},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			text, offsets, fault := marked(tt.text)
			for _, source := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text)), iotest.DataErrReader(strings.NewReader(text))} {
				got, positions, blank, err := all(t, source, false, 100)
				var lines []string
				for i, row := range got {
					lines = append(lines, strings.Join(row, "·"))
					require.Equal(t, offsets[i], positions[i][1], "offset of row %d", i)
					require.Equal(t, int64(strings.Count(text[:offsets[i]], "\n")+1), positions[i][0], "line of row %d", i)
				}
				require.Equal(t, tt.want, strings.Join(lines, "¶"))
				require.Equal(t, tt.blank, blank)
				if tt.fault == 0 {
					require.NoError(t, err)
					continue
				}
				var f *Fault
				require.ErrorAs(t, err, &f, "%v", err)
				require.Equal(t, tt.fault, f.Kind)
				require.Equal(t, fault, f.Offset)
				require.Equal(t, int64(strings.Count(text[:fault], "\n")+1), f.Line)
			}
		})
	}
}

func TestScannerLoneCR(t *testing.T) {
	got, positions, blank, err := all(t, strings.NewReader("a,b\rc,\"d\re\"\r\r\nf,g\n\rh\r"), true, 100)
	require.NoError(t, err)
	require.Equal(t, [][]string{{"a", "b"}, {"c", "d\re"}, {"f", "g"}, {"h"}}, got)
	require.Equal(t, int64(2), blank, "one after a row and one before a row")
	require.Equal(t, int64(5), positions[2][0], "a quoted CR also counts as a line end")
}

func TestScannerLimit(t *testing.T) {
	long := strings.Repeat("x", 10)
	_, _, _, err := all(t, strings.NewReader(long+"\n"), false, 10)
	require.NoError(t, err, "exactly as long as the limit")
	for _, text := range []string{"x" + long + "\n", "x" + long} {
		_, _, _, err = all(t, strings.NewReader("a\n"+text), false, 10)
		var f *Fault
		require.ErrorAs(t, err, &f)
		require.Equal(t, Fault{Kind: TooLong, Line: 2, Offset: 2, Limit: 10}, *f)
	}
	// A quote that is never closed swallows the rest of a file. The helpful message gives the position of the quote. It
	// does not say that a row is too long.
	_, _, _, err = all(t, strings.NewReader("a\nb,\"c\n"+strings.Repeat("x\n", 1<<20)), false, 1000)
	var f *Fault
	require.ErrorAs(t, err, &f)
	require.Equal(t, LongQuote, f.Kind, "later text may close the quote")
	require.Equal(t, int64(2), f.Line)
	require.Equal(t, int64(4), f.Offset)
}

func TestScannerSourceFails(t *testing.T) {
	broken := errors.New("broken")
	got, _, _, err := all(t, io.MultiReader(strings.NewReader("a\nb"), iotest.ErrReader(broken)), false, 100)
	require.ErrorIs(t, err, broken, "Next returns the error, not a last row that may be incomplete")
	require.Equal(t, [][]string{{"a"}}, got)
	_, _, _, err = all(t, stuck{}, false, 100)
	require.ErrorIs(t, err, io.ErrNoProgress)
}

// stuck is a reader that returns neither bytes nor an error.
type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

func TestLongRowsAndManyBuffers(t *testing.T) {
	var text strings.Builder
	var want [][]string
	for i := range 3000 {
		row := []string{strconv.Itoa(i), strings.Repeat("x", i%700), "a,\"\n"}
		want = append(want, row)
		text.WriteString(row[0] + "," + row[1] + ",\"a,\"\"\n\"\r\n")
	}
	got, _, _, err := all(t, iotest.HalfReader(strings.NewReader(text.String())), false, 1<<20)
	require.NoError(t, err)
	require.Equal(t, want, got)
}

func TestPeekAndSkip(t *testing.T) {
	s := NewScanner(strings.NewReader("\xEF\xBB\xBF\r\n\na,b\nc"), ',', false, 100)
	require.False(t, s.SkipPrefix("x"))
	require.True(t, s.SkipPrefix("\xEF\xBB\xBF"))
	line, err := s.Peek()
	require.NoError(t, err)
	require.Equal(t, "a,b", string(line))
	var row Row
	require.NoError(t, s.Next(&row))
	require.Equal(t, int64(6), row.Offset, "the offset includes the skipped bytes")
	require.Equal(t, int64(3), row.Line)
	line, err = s.Peek()
	require.NoError(t, err)
	require.Equal(t, "c", string(line))
}

func TestFindDelimiter(t *testing.T) {
	good := func(fields []string) bool { return fields[0] == "code" }
	for line, want := range map[string]byte{
		"a,b,c": ',', "a\tb": '\t', "a;b|c;d": ';', "a|b": '|', "abc": 0, "": 0,
		`"a,b,c";d`:       ';', // quoted
		"code;a,b,c,d":    ';', // fewer, but good
		"a;b,c":           ',', // equally many: the likelier
		`"code"|a;b;c;d;`: '|', // quoted, and good
	} {
		require.Equal(t, want, FindDelimiter(line, good), line)
	}
}

// FuzzAgainstCSV compares the scanner with encoding/csv where the two promise the same result. They differ on purpose
// in three cases, which the test skips. The scanner reads a bare quote as an ordinary character, which encoding/csv
// refuses. The scanner keeps CR LF within quotes, which encoding/csv turns into LF. It also keeps a CR before the end
// of a line in a quoted field.
func FuzzAgainstCSV(f *testing.F) {
	for _, seed := range []string{"a,b\nc,d\n", "\"a,b\"\n", "\"a\"\"b\",\"\n\"\r\n", "a\r\nb\r", "\n\n,\n", "\"a", "\"a\"b\n", "a\x00,b", ",\"\"\n\"\""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, _, _, err := all(t, iotest.HalfReader(strings.NewReader(text)), false, 1<<20)
		c := csv.NewReader(strings.NewReader(text))
		c.FieldsPerRecord = -1
		want, wantErr := c.ReadAll()
		if errors.Is(wantErr, csv.ErrBareQuote) || strings.Contains(text, "\r") {
			return
		}
		if wantErr != nil {
			require.Error(t, err)
			return
		}
		require.NoError(t, err)
		require.Len(t, got, len(want))
		for i := range want {
			require.Equal(t, want[i], got[i])
		}
	})
}

func BenchmarkScanner(b *testing.B) {
	row := "1,2003-04-05," + strings.Repeat(",", 140) + "R69X,,,,&,,,,\"A,B\"\n"
	text := strings.Repeat(row, 5000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		s := NewScanner(strings.NewReader(text), ',', false, 1<<20)
		var r Row
		n := 0
		for s.Next(&r) == nil {
			n++
		}
		if n != 5000 {
			b.Fatalf("%d rows", n)
		}
	}
}
