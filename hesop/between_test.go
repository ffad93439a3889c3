package hesop

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestBetween compares the bytes between columns, and single fields in any order, with the whole row.
func TestBetween(t *testing.T) {
	random := rand.New(rand.NewPCG(18, 1))
	const columns = 90
	var names []string
	for i := range columns {
		names = append(names, "x"+strings.Repeat("y", i))
	}
	var rows []string
	for range 60 {
		var fields []string
		for range columns {
			fields = append(fields, []string{"", "", "E119", `"E119,I10X"`, `"a ""b"""`, strings.Repeat("z", random.IntN(150))}[random.IntN(6)])
		}
		rows = append(rows, strings.Join(fields, ","))
	}
	r := open(t, strings.Join(append(names, "diag_4_01"), ",")+"\n"+strings.Join(rows, ",\r\n")+",\n")
	var handles []Column
	for c := range r.Columns() {
		handles = append(handles, c)
	}
	split := func(row string) (fields []string) {
		for quoted, start, i := false, 0, 0; i <= len(row); i++ {
			switch {
			case i == len(row) || row[i] == ',' && !quoted:
				fields, start = append(fields, row[start:i]), i+1
			case row[i] == '"':
				quoted = !quoted
			}
		}
		return fields
	}
	for a, err := range r.All() {
		require.NoError(t, err)
		fields := split(rows[a.Row()-1] + ",")
		for range 40 {
			first, last := random.IntN(len(fields)), random.IntN(len(fields))
			if first > last {
				require.Nil(t, a.Between(handles[first], handles[last]))
				first, last = last, first
			}
			got := a.Between(handles[first], handles[last])
			require.Equal(t, strings.Join(fields[first:last+1], ","), string(got), "row %d, %d to %d", a.Row(), first, last)
			require.Len(t, got, cap(got), "appending must not write into the row")
			bare := strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(fields[last], `"`), `"`), `""`, `"`)
			require.Equal(t, bare, string(a.Text(handles[last])), "row %d, %d", a.Row(), last)
		}
		require.Nil(t, a.Clone().Between(handles[0], handles[1]), "a copy has no text between its fields")
	}
	other := open(t, "diag_4_01\nE119\n")
	for a, err := range other.All() {
		require.NoError(t, err)
		require.PanicsWithValue(t, otherColumn, func() { a.Between(handles[0], handles[0]) })
	}
	require.Panics(t, func() { new(Appointment).Between(Column{}, Column{}) })
}

// TestPlainDate compares the fast path for most dates with cutDate, which reads all forms.
func TestPlainDate(t *testing.T) {
	check := func(text string) {
		got, ok := plainDate([]byte(text))
		want, rest, valid := cutDate([]byte(text))
		if ok {
			require.True(t, valid && len(rest) == 0 && got == want, "%q was read as %v", text, got)
		} else {
			isPlain := len(text) == 10 && valid && len(rest) == 0 && text[4] == '-' && want.Day <= 28
			require.False(t, isPlain, "%q was not read", text)
		}
	}
	random := rand.New(rand.NewPCG(18, 2))
	for range 200_000 {
		d := Date{int16(random.IntN(3000)), uint8(random.IntN(14)), uint8(random.IntN(33))}
		text := []byte(d.String())
		for range random.IntN(3) {
			text[random.IntN(len(text))] = []byte("-/0123456789:;?\x00 T\xb0\xff")[random.IntN(20)]
		}
		check(string(text))
	}
	for i := range len("2019-05-08") {
		for c := range 256 {
			text := []byte("2019-05-08")
			text[i] = byte(c)
			check(string(text))
		}
	}
	for _, text := range []string{"", "2019-05-0", "2019-05-08 ", "0000-01-01", "0001-01-01", "2019-02-28", "2019-02-29"} {
		check(text)
	}
}
