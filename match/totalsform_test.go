package match_test

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"hash/crc32"
	"testing"

	"hesopmatch/hesop"
	"hesopmatch/match"

	"github.com/stretchr/testify/require"
)

// counted returns the Totals of a few appointments.
func counted(t testing.TB, m *match.Matcher) *match.Totals {
	t.Helper()
	r, err := hesop.NewReader(bytes.NewReader([]byte("diag_4_01,diag_4_02\nF329,I10X\nI10X,-\nR69X,\n???,E119\n")))
	require.NoError(t, err)
	totals, err := match.Scan(t.Context(), m, r, func(*hesop.Appointment, *match.Result) error { return nil })
	require.NoError(t, err)
	return totals
}

// requireSame fails unless the totals are equal.
func requireSame(t testing.TB, lists int, want, got *match.Totals) {
	t.Helper()
	require.Equal(t, []int64{want.Rows, want.Coded, want.Disagreements, want.Unrecognised}, []int64{got.Rows, got.Coded, got.Disagreements, got.Unrecognised})
	for i := range lists {
		require.Equal(t, want.Counts(i), got.Counts(i))
	}
	a, err := want.MarshalBinary()
	require.NoError(t, err)
	b, err := got.MarshalBinary()
	require.NoError(t, err)
	require.Equal(t, a, b)
}

// TestTotalsTravel: Totals that were written and read back are unchanged. They may stand alone or in a field, which may
// have been preset with NewTotals or not.
func TestTotalsTravel(t *testing.T) {
	m := compiledOf(t, "F32", "E10 E11", "K40")
	want := counted(t, m)
	require.EqualValues(t, 4, want.Rows)
	type reply struct{ Totals *match.Totals }
	type asText struct{ Totals *match.Totals }
	for _, test := range []struct {
		reason string
		carry  func(from, to any) error
	}{
		{"gob", func(from, to any) error {
			var b bytes.Buffer
			if err := gob.NewEncoder(&b).Encode(from); err != nil {
				return err
			}
			return gob.NewDecoder(&b).Decode(to)
		}},
		{"JSON", func(from, to any) error {
			b, err := json.Marshal(from)
			if err != nil {
				return err
			}
			return json.Unmarshal(b, to)
		}},
		{"XML", func(from, to any) error {
			b, err := xml.Marshal(asText{from.(reply).Totals})
			if err != nil {
				return err
			}
			return xml.Unmarshal(b, to)
		}},
	} {
		t.Run(test.reason, func(t *testing.T) {
			empty, preset := reply{}, reply{m.NewTotals()}
			require.NoError(t, test.carry(reply{want}, &empty))
			requireSame(t, 3, want, empty.Totals)
			require.NoError(t, test.carry(reply{want}, &preset))
			requireSame(t, 3, want, preset.Totals)

			// Totals that were read without a Matcher can be merged with Totals of the same lists, in either direction
			// and in another process.
			again := compiledOf(t, "F32", "E11 E10", "K40")
			sum, twice := again.NewTotals(), counted(t, again)
			sum.Merge(empty.Totals)
			sum.Merge(preset.Totals)
			twice.Merge(want)
			requireSame(t, 3, twice, sum)
			empty.Totals.Merge(counted(t, again))
			requireSame(t, 3, twice, empty.Totals)

			// Unmarshalling fails if the field was preset with Totals of other lists. Merge panics for Totals of other
			// lists that were read into a field that was not preset.
			for _, other := range []*match.Matcher{compiledOf(t, "E10 E11", "F32", "K40"), m.PrimaryOnly()} {
				wrong := reply{other.NewTotals()}
				err := test.carry(reply{want}, &wrong)
				require.ErrorContains(t, err, m.Fingerprint())
				require.ErrorContains(t, err, other.Fingerprint())
				require.Zero(t, wrong.Totals.Rows)
				require.Panics(t, func() { wrong.Totals.Merge(want) })
				require.Panics(t, func() { other.NewTotals().Merge(empty.Totals) })
			}
		})
	}
	var b bytes.Buffer
	require.NoError(t, gob.NewEncoder(&b).Encode(want))
	into := m.NewTotals()
	require.NoError(t, gob.NewDecoder(&b).Decode(into), "Totals that stand alone")
	requireSame(t, 3, want, into)
}

// TestTotalsForm: UnmarshalBinary refuses data that are not Totals, with an error that explains why, and leaves its
// receiver unchanged.
func TestTotalsForm(t *testing.T) {
	m := compiled(t)
	good, err := counted(t, m).MarshalBinary()
	require.NoError(t, err)
	for _, test := range []struct {
		reason string
		data   []byte
		want   string
	}{
		{"no data", nil, "not the binary form of Totals"},
		{"something else", []byte("PK\x03\x04"), "not the binary form of Totals"},
		{"a later version", bytes.Replace(good, []byte("totals 1"), []byte("totals 2"), 1), "another version"},
		{"without the last byte", good[:len(good)-1], "damaged or incomplete"},
		{"the first line alone", good[:20], "damaged or incomplete"},
		{"with one more byte", append(bytes.Clone(good), 0), "damaged or incomplete"},
		{"more lists than there are bytes for", sealed(append(bytes.Clone(good[:52]), 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F)), "damaged or incomplete"},
		{"more matches than appointments", sealed(append(bytes.Clone(good[:52]), 0, 0, 0, 1, 0, 0, 1, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0)), "damaged or incomplete"},
	} {
		t.Run(test.reason, func(t *testing.T) {
			into := counted(t, m)
			require.ErrorContains(t, into.UnmarshalBinary(test.data), test.want)
			requireSame(t, 1, counted(t, m), into)
			require.ErrorContains(t, new(match.Totals).UnmarshalBinary(test.data), test.want)
		})
	}
	require.ErrorContains(t, new(match.Totals).UnmarshalText([]byte("%")), "reading Totals")
	_, err = new(match.Totals).MarshalText()
	require.ErrorContains(t, err, "zero")
	changed := counted(t, m)
	changed.Rows++
	_, err = changed.MarshalBinary()
	require.ErrorContains(t, err, "do not add up")
}

// sealed appends the checksum.
func sealed(b []byte) []byte {
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, crc32.MakeTable(crc32.Castagnoli)))
}

// FuzzTotals reads any bytes, including some with a correct checksum. The bytes give an error, or Totals that can be
// written and read again, counted and merged.
func FuzzTotals(f *testing.F) {
	m := compiledOf(f, "F32", "E10 E11")
	good, err := counted(f, m).MarshalBinary()
	require.NoError(f, err)
	f.Add(good)
	f.Add(good[:len(good)-4])
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, data := range [][]byte{data, sealed(bytes.Clone(data))} {
			var free match.Totals
			if free.UnmarshalBinary(data) != nil {
				require.Error(t, m.NewTotals().UnmarshalBinary(data))
				continue
			}
			b, err := free.MarshalBinary()
			require.NoError(t, err)
			var again match.Totals
			require.NoError(t, again.UnmarshalBinary(b))
			again.Merge(&free)
			totals := m.NewTotals()
			if totals.UnmarshalBinary(data) == nil {
				totals.Merge(&free)
				_, _ = totals.Counts(0), totals.Counts(1)
			}
		}
	})
}
