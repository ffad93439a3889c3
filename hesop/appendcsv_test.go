package hesop

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// slowCSV is the reference for AppendCSV: it writes fields one by one.
func slowCSV(a *Appointment, columns []Column) string {
	var b strings.Builder
	for i, c := range columns {
		if i > 0 {
			b.WriteByte(',')
		}
		text := string(a.Text(c))
		if !strings.ContainsAny(text, ",\"\r\n") {
			b.WriteString(text)
			continue
		}
		b.WriteString(`"` + strings.ReplaceAll(text, `"`, `""`) + `"`)
	}
	return b.String()
}

// requireCSV compares AppendCSV with slowCSV for the rows of a text up to its first fault, and returns how many rows it
// compared.
func requireCSV(t *testing.T, text string, opts ...Option) (rows int) {
	t.Helper()
	for _, early := range []bool{false, true} { // whether all fields are found before AppendCSV is called
		r, err := NewReader(strings.NewReader(text), opts...)
		if err != nil {
			return 0
		}
		var columns, some []Column
		for c := range r.Columns() {
			columns = append(columns, c)
			if c.index%2 == 0 {
				some = append([]Column{c}, some...)
			}
		}
		line := []byte("before,")
		for a, err := range r.All() {
			if err != nil {
				break
			}
			rows++
			if early {
				a.allFields()
			}
			line = a.AppendCSV(line[:7])
			want := slowCSV(a, columns)
			require.Equal(t, "before,"+want, string(line), "%q", text)
			require.Equal(t, slowCSV(a, some), string(a.AppendCSV(nil, some...)))
			require.Equal(t, want, string(a.AppendCSV(nil, columns...)))
			require.Equal(t, want, string(a.Clone().AppendCSV(nil)))
		}
	}
	return rows
}

func TestAppendCSV(t *testing.T) {
	const header = "key,note,diag_4_01\n"
	tests := []struct{ row, want, reason string }{
		{"1,x,E119\n", "1,x,E119", "a row without a quote is copied"},
		{"1,\"x,y\",E119\n", "1,\"x,y\",E119", "... and so is one whose quotes are needed"},
		{"1,\"x\"\"y\",\"E,9\"\n", "1,\"x\"\"y\",\"E,9\"", "... because of a doubled quote"},
		{"1,\"\"\"\",E119\n", "1,\"\"\"\",E119", "... because of a lone quote"},
		{"1,\"x\ny\",E119\n", "1,\"x\ny\",E119", "... because of a line end"},
		{"1,\"x\r\ny\",E119\n", "1,\"x\r\ny\",E119", "... because of a line end of two bytes"},
		{"1,\"x\",E119\n", "1,x,E119", "quotes that are not needed are dropped"},
		{"\"\",\"\",\"\"\n", ",,", "... around empty fields"},
		{"\"1,2\",\"x\",E119\n", "\"1,2\",x,E119", "... after some that are needed"},
		{"1,x,\"E119\"", "1,x,E119", "... at the end of the text"},
		{"1,x\"y,E119\n", "1,\"x\"\"y\",E119", "a quote within a field is a character"},
		{"1,\"x,y\",E\"119\"\n", "1,\"x,y\",\"E\"\"119\"\"\"", "... after a quoted field"},
		{"1,x\ry,E119\n", "1,\"x\ry\",E119", "a CR within a field"},
		{"1,x,E119\r\n", "1,x,E119", "a CR that ends the row"},
		{"1,x,E119\r\r\n", "1,x,\"E119\r\"", "... after a CR that is kept"},
		{"1,x,E119,,\n", "1,x,E119", "empty fields beyond the header are dropped"},
		{"1, x ,\xFF\x00\n", "1, x ,\xFF\x00", "bytes stay as they are"},
	}
	for _, tt := range tests {
		r := open(t, header+tt.row)
		for a, err := range r.All() {
			require.NoError(t, err)
			require.Equal(t, tt.want, string(a.AppendCSV(nil)), tt.reason)
		}
		require.Equal(t, int64(1), r.Rows(), tt.reason)
		require.Positive(t, requireCSV(t, header+tt.row), tt.reason)
		for _, delimiter := range []string{"\t", ";", "|"} {
			other := strings.NewReplacer(",", delimiter, delimiter, ",").Replace(header + tt.row)
			require.Positive(t, requireCSV(t, other), tt.reason)
		}
	}
	require.Panics(t, func() { new(Appointment).AppendCSV(nil) })
	require.Panics(t, func() {
		r := open(t, header+"1,x,E119\n")
		for a := range r.All() {
			a.AppendCSV(nil, Column{})
		}
	})
}

// csvRow makes a row from pieces of text that matter for quoting.
func csvRow(r *rand.Rand, delimiter string) string {
	var b strings.Builder
	for i := range 3 + r.IntN(20)/19 {
		if i > 0 {
			b.WriteString(delimiter)
		}
		var pieces [3]string
		for i := range r.IntN(4) {
			pieces[i] = []string{"x", "y ", "E119", ",", "\"", "\r", "\n", ";", "\t", "-"}[r.IntN(10)]
		}
		text := strings.Join(pieces[:], "")
		switch r.IntN(4) {
		case 0:
			b.WriteString(`"` + strings.ReplaceAll(text, `"`, `""`) + `"`)
		case 1:
			b.WriteString(strings.Map(func(c rune) rune {
				if strings.ContainsRune("\"\n"+delimiter, c) {
					return 'z'
				}
				return c
			}, text))
		case 2:
			if strings.ContainsAny(text, ",\"\r\n"+delimiter) {
				text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
			}
			b.WriteString(text)
		default:
			b.WriteString("E119")
		}
	}
	return b.String() + []string{"\n", "\r\n"}[r.IntN(6)/5]
}

func TestAppendCSVOfRandomRows(t *testing.T) {
	rows := 0
	for seed := range 3000 {
		r := rand.New(rand.NewPCG(uint64(seed), 3))
		delimiter := []string{",", ",", "\t", ";"}[r.IntN(4)]
		var text strings.Builder
		text.WriteString(strings.ReplaceAll("key,note,diag_4_01\n", ",", delimiter))
		for range r.IntN(10) {
			text.WriteString(csvRow(r, delimiter))
		}
		rows += requireCSV(t, text.String(), SkipBadRows(nil))
	}
	require.Greater(t, rows, 20_000)
}

func FuzzAppendCSV(f *testing.F) {
	f.Add("1,\"x,y\",E119\n2,\"\"\"\",\"\"\n", byte(','))
	f.Add("1\t\"x\ty\"\tE\"119\r\n", byte('\t'))
	f.Fuzz(func(t *testing.T, text string, delimiter byte) {
		requireCSV(t, text, Names("key", "note", "diag_4_01"), Delimiter(delimiter), SkipBadRows(nil))
	})
}

type rowFunc func(*Row) error

func (f rowFunc) Next(row *Row) error { return f(row) }

// TestAppendCSVOfASource: a row of a Source has no text to copy.
func TestAppendCSVOfASource(t *testing.T) {
	rows := [][]string{{"1", "x,y", "E119"}, {"", "\"\r\n", ""}, {"", "", ""}}
	r, err := FromSource([]string{"key", "note", "diag_4_01"}, rowFunc(func(row *Row) error {
		if len(rows) == 0 {
			return io.EOF
		}
		for i, text := range rows[0] {
			row.Set(i, []byte(text))
		}
		rows = rows[1:]
		return nil
	}))
	require.NoError(t, err)
	var b bytes.Buffer
	for a, err := range r.All() {
		require.NoError(t, err)
		b.Write(append(a.AppendCSV(nil), '\n'))
	}
	require.Equal(t, "1,\"x,y\",E119\n,\"\"\"\r\n\",\n,,\n", b.String())
}

func TestAppendCSVNoAllocs(t *testing.T) {
	r := open(t, "key,note,diag_4_01\n"+strings.Repeat("1,\"x,y\",E119\n2,\"x\",E119\n3,x,E119,\n4,\"\"\"\",\"-\"\n", 5000))
	next := r.All()
	var line []byte
	enough := errors.New("enough")
	n := testing.AllocsPerRun(10, func() {
		rows := 0
		for a, err := range next {
			if err == nil {
				line = a.AppendCSV(line[:0])
			}
			if rows++; rows == 1000 {
				err = enough
			}
			if err != nil {
				break
			}
		}
	})
	require.Less(t, n, 3.0)
}
