package quality

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"hesopmatch/hesop"

	"github.com/stretchr/testify/require"
)

func read(t testing.TB, text string) *hesop.Reader {
	t.Helper()
	r, err := hesop.NewReader(strings.NewReader(text))
	require.NoError(t, err)
	return r
}

func TestBeginRefuses(t *testing.T) {
	r := read(t, "diag_4_01\nE119\n")
	for _, tt := range []struct {
		counter *Counter
		reader  *hesop.Reader
		want    string
		reason  string
	}{
		{new(Counter), nil, "the Reader is nil or zero", "no reader"},
		{new(Counter), new(hesop.Reader), "the Reader is nil or zero", "a zero Reader"},
		{&Counter{KeyLimit: 1023}, r, "KeyLimit of 1023 keys, must be at least 1024", "a sample would be too small"},
		{&Counter{KeyLimit: -1}, r, "KeyLimit of -1 keys", "a negative KeyLimit"},
	} {
		err := tt.counter.Begin(tt.reader)
		require.ErrorIs(t, err, hesop.ErrOption, tt.reason)
		require.ErrorContains(t, err, tt.want, tt.reason)
		for a, err := range tt.counter.All(tt.reader) {
			require.Nil(t, a)
			require.ErrorContains(t, err, tt.want, tt.reason)
		}
	}
	require.Zero(t, r.Rows(), "no row was read")
}

func TestMisusePanics(t *testing.T) {
	var c Counter
	for a, err := range read(t, "diag_4_01\nE119\n").All() {
		require.NoError(t, err)
		require.PanicsWithValue(t, "quality: Add before Begin: give Begin the reader of the appointment", func() { c.Add(a) })
		require.NoError(t, c.Begin(read(t, "diag_4_01\nE119\n")))
		require.Panics(t, func() { c.Add(a) }, "a row of another reader")
		require.Panics(t, func() { c.Add(nil) })
		require.Panics(t, func() { c.Add(new(hesop.Appointment)) })
	}
	require.Zero(t, c.Report().Rows)
	require.Panics(t, func() { c.Merge(nil) })
	require.Panics(t, func() { c.Merge(&c) })
	require.PanicsWithValue(t, "quality: option cannot be used: KeyLimit of 1 keys, must be at least 1024",
		func() { (&Counter{KeyLimit: 1}).Merge(&c) })
}

// TestCounterKeepsQuiet: a Counter may hold personal data, and shows it only in its report.
func TestCounterKeepsQuiet(t *testing.T) {
	var c Counter
	count(t, &c, "attendkey,diag_4_01\nSECRET,SECRET\n")
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d"} {
		require.Equal(t, "quality.Counter of 1 rows", fmt.Sprintf(verb, &c))
	}
	require.Equal(t, "quality.Counter of 1 rows", c.LogValue().String())
	require.Equal(t, "quality.Counter (nil)", (*Counter)(nil).String())
	_, err := json.Marshal(&c)
	require.ErrorContains(t, err, "send its Report")
}

// TestAddDoesNotAllocate: Add allocates nothing once it has seen the keys, values, years and specialties.
func TestAddDoesNotAllocate(t *testing.T) {
	const row = "1,2019-06-03,1920,330,E11,E119,\"E119,AU00\",K40,K401\n"
	r := read(t, "attendkey,apptdate,fyear,tretspef,diag_3_01,diag_4_01,diag_4_concat,opertn_3_01,opertn_4_01\n"+
		strings.Repeat(row, 3000))
	var c Counter
	require.NoError(t, c.Begin(r))
	read := func() {
		for a, err := range r.All() {
			if err != nil {
				panic(err)
			}
			if c.Add(a); a.Row()%100 == 0 {
				return
			}
		}
		panic("no rows left")
	}
	read() // let the buffers grow
	require.Zero(t, testing.AllocsPerRun(20, read), "allocations for 100 rows")
	require.Equal(t, int64(22*100), c.Report().Rows)
}
