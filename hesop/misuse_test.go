package hesop_test

import (
	"context"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"

	"hesopmatch/hesop"
	"hesopmatch/internal/seam"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const twoRows = "pseudo_hesid,diag_4_01,diag_4_02,diag_4_concat\nSECRET0001,F321,I10X,\"F321,I10X\"\nSECRET0002,F321,E119,\"F321,E119\"\nSECRET0003,-,QQQQ,\n"

// copies returns lasting copies of all rows.
func copies(t *testing.T, text string) []*hesop.Appointment {
	t.Helper()
	r, err := hesop.NewReader(strings.NewReader(text))
	require.NoError(t, err)
	var all []*hesop.Appointment
	for a, err := range r.All() {
		require.NoError(t, err)
		all = append(all, a.Clone())
	}
	return all
}

// TestSlotOfAnotherRow: a slot has its text in its own row and in copies of that row. For a slot of another row, Text
// panics even if the row has the same value at the same position.
func TestSlotOfAnotherRow(t *testing.T) {
	const want = "hesop: Slot of another row, or of none: take slots from these Codes"
	rows, others := copies(t, twoRows), copies(t, strings.Replace(twoRows, "F321,I10X", "J450,I10X", 1))
	require.Equal(t, "F321", string(rows[0].Codes().Text(rows[0].Codes().Slots()[0])))
	require.Equal(t, "diag_4_02", rows[0].Codes().Column(rows[0].Codes().Slots()[1]).Name())
	require.Equal(t, "QQQQ", string(rows[2].Codes().Text(rows[2].Codes().Slots()[1])), "a value that is not a code")
	require.Equal(t, "F321", string(rows[0].Clone().Codes().Text(rows[0].Codes().Slots()[0])))
	for _, test := range []struct {
		reason string
		a      *hesop.Appointment
		slot   hesop.Slot
	}{
		{"another code at that position", rows[1], rows[0].Codes().Slots()[1]},
		{"the same code at that position", rows[1], rows[0].Codes().Slots()[0]},
		{"another reader", others[0], rows[0].Codes().Slots()[0]},
		{"the zero Slot", rows[0], hesop.Slot{}},
	} {
		t.Run(test.reason, func(t *testing.T) {
			require.PanicsWithValue(t, want, func() { test.a.Codes().Text(test.slot) })
		})
	}
	require.PanicsWithValue(t, want, func() { rows[1].Codes().Column(rows[0].Codes().Slots()[0]) })
	require.PanicsWithValue(t, want, func() { rows[0].Codes().Column(hesop.Slot{}) })
	column, err := others[0].Column("diag_4_01")
	require.NoError(t, err)
	for name, use := range map[string]func(){
		"Text":   func() { rows[0].Text(column) },
		"Date":   func() { rows[0].Date(column) },
		"Term":   func() { rows[0].Term(column) },
		"Number": func() { rows[0].Number(column) },
		"zero":   func() { rows[0].Text(hesop.Column{}) },
	} {
		require.PanicsWithValue(t, "hesop: Column of another reader, or of none", use, name)
	}
}

// TestSlotsOfBlocks: slots that the function work keeps are still valid when the block is taken, although the rows of
// the block get their numbers only then.
func TestSlotsOfBlocks(t *testing.T) {
	var b strings.Builder
	b.WriteString("diag_4_01,diag_4_02\n")
	for i := range 2000 {
		fmt.Fprintf(&b, "F32%d,I10X\n", i%10)
	}
	r, err := hesop.NewReader(strings.NewReader(b.String()))
	require.NoError(t, err)
	n := 0
	err = r.Blocks(t.Context(), 2, 512, func(b seam.Block[*hesop.Appointment]) {
		var slots []hesop.Slot
		for a := range b.All() {
			b.Keep()
			slots = append(slots, a.Codes().Slots()[0])
		}
		*b.State() = slots
	}, func(b seam.Block[*hesop.Appointment]) error {
		slots := (*b.State()).([]hesop.Slot)
		for a := range b.Kept() {
			require.Equal(t, fmt.Sprintf("F32%d", n%10), string(a.Codes().Text(slots[0])))
			slots, n = slots[1:], n+1
		}
		return nil
	})
	require.NoError(t, err)
	require.Equal(t, 2000, n)
}

// spy records the message of a failing assertion.
type spy struct{ text string }

func (s *spy) Errorf(format string, args ...any) { s.text += fmt.Sprintf(format, args...) }

// TestAppointmentPrints: an appointment prints its row and line and none of its values. That holds for any verb, in a
// log and in the message of a failing test.
func TestAppointmentPrints(t *testing.T) {
	r, err := hesop.NewReader(strings.NewReader(twoRows))
	require.NoError(t, err)
	n := 0
	for a, err := range r.All() {
		require.NoError(t, err)
		n++
		a.Codes()
		want := fmt.Sprintf("hesop.Appointment of row %d, line %d", n, n+1)
		kept := a.Clone()
		for _, one := range []*hesop.Appointment{a, kept} {
			for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%10v"} {
				require.Equal(t, want, fmt.Sprintf(verb, one), verb)
			}
		}
		var log strings.Builder
		for _, handler := range []slog.Handler{slog.NewTextHandler(&log, nil), slog.NewJSONHandler(&log, nil)} {
			slog.New(handler).Info("x", "a", a, "kept", kept)
		}
		require.Contains(t, log.String(), want)
		s := new(spy)
		assert.Equal(s, new(hesop.Appointment), a)
		assert.Equal(s, a, kept)
		assert.Nil(s, a)
		assert.Empty(s, a)
		assert.Contains(s, []*hesop.Appointment{kept}, a)
		assert.ElementsMatch(s, []*hesop.Appointment{kept}, []*hesop.Appointment{a})
		require.Contains(t, s.text, want)
		for _, secret := range []string{"SECRET", "F321", "45 43 52 45 54", "46 33 32 31"} {
			require.NotContains(t, log.String()+s.text, secret)
		}
	}
	require.Equal(t, "hesop.Appointment without a row", fmt.Sprint(new(hesop.Appointment)))
}

// TestReadersPrint: a Reader and a block print how many rows they have read, and none of their values.
func TestReadersPrint(t *testing.T) {
	r, err := hesop.NewReader(strings.NewReader(twoRows), hesop.FileName("a.csv"))
	require.NoError(t, err)
	for a, err := range r.All() {
		require.NoError(t, err)
		require.False(t, a.Codes().Coded(9), "no such system")
		break
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d"} {
		require.Equal(t, `hesop.Reader of "a.csv" after row 1`, fmt.Sprintf(verb, r))
	}
	require.NoError(t, r.Blocks(t.Context(), 1, 1024, func(seam.Block[*hesop.Appointment]) {}, func(b seam.Block[*hesop.Appointment]) error {
		require.Equal(t, "hesop.block of 2 rows", fmt.Sprintf("%+v", b))
		return nil
	}))
}

// TestReadersHideRows: a printer that follows pointers, such as that of a failing test, finds no row in a Reader.
func TestReadersHideRows(t *testing.T) {
	for _, source := range []io.Reader{strings.NewReader(twoRows), io.MultiReader(strings.NewReader(twoRows))} {
		r, err := hesop.NewReader(source)
		require.NoError(t, err)
		for a, err := range r.All() {
			require.NoError(t, err)
			column, err := a.Column("pseudo_hesid")
			require.NoError(t, err)
			require.Equal(t, "hesop.Term, unlisted", fmt.Sprintf("%+v", a.Term(column)))
			break
		}
		var log strings.Builder
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "r", r)
		require.Contains(t, log.String(), "after row 1")
		s := new(spy)
		assert.Nil(s, r)
		assert.Equal(s, new(hesop.Reader), r)
		for _, secret := range []string{"SECRET", "F321", "45 43 52 45 54", "46 33 32 31"} {
			require.NotContains(t, log.String()+s.text, secret)
		}
	}
	require.Equal(t, "hesop.Reader (nil or zero)", fmt.Sprint(new(hesop.Reader)))
}

// TestAppointmentHasNoForm: marshalling an appointment fails instead of losing its row.
func TestAppointmentHasNoForm(t *testing.T) {
	a := copies(t, twoRows)[0]
	_, err := json.Marshal(struct{ A *hesop.Appointment }{a})
	require.ErrorContains(t, err, "no binary or text form")
	require.ErrorContains(t, gob.NewEncoder(io.Discard).Encode(a), "no binary or text form")
	require.ErrorContains(t, json.Unmarshal([]byte("{}"), a), "no binary or text form")
}

// TestOptionsCannotBe: the error of an invalid option wraps ErrOption and names the option.
func TestOptionsCannotBe(t *testing.T) {
	for _, test := range []struct {
		reason string
		source io.Reader
		opt    hesop.Option
		want   string
	}{
		{"no source", nil, hesop.FileName("x"), "x: option cannot be used: the Reader is nil"},
		{"a nil option", strings.NewReader(twoRows), nil, "option 0 is nil"},
		{"a quote cannot separate fields", strings.NewReader(twoRows), hesop.Delimiter('"'), "Delimiter"},
		{"nor can a letter, which names contain", strings.NewReader(twoRows), hesop.Delimiter('E'), "Delimiter"},
		{"... a digit, which codes contain", strings.NewReader(twoRows), hesop.Delimiter('1'), "Delimiter"},
		{"... a space, which values contain", strings.NewReader(twoRows), hesop.Delimiter(' '), "Delimiter"},
		{"... an underscore, which names contain", strings.NewReader(twoRows), hesop.Delimiter('_'), "Delimiter"},
		{"... a zero byte", strings.NewReader(twoRows), hesop.Delimiter(0), "Delimiter"},
		{"no such fields", strings.NewReader(twoRows), hesop.ReadFields(99), "ReadFields(99)"},
		{"a negative limit", strings.NewReader(twoRows), hesop.LineLimit(-1), "LineLimit"},
		{"no names", strings.NewReader(twoRows), hesop.Names(), "Names"},
	} {
		t.Run(test.reason, func(t *testing.T) {
			_, err := hesop.NewReader(test.source, test.opt)
			require.ErrorIs(t, err, hesop.ErrOption)
			require.ErrorContains(t, err, test.want)
		})
	}
	_, err := hesop.FromRows(nil)
	require.ErrorIs(t, err, hesop.ErrOption)
	r, err := hesop.NewReader(strings.NewReader(twoRows))
	require.NoError(t, err)
	nothing := func(seam.Block[*hesop.Appointment]) {}
	require.ErrorIs(t, r.Blocks(t.Context(), 1, 1, nil, func(seam.Block[*hesop.Appointment]) error { return nil }), hesop.ErrOption)
	require.ErrorIs(t, r.Blocks(t.Context(), 1, 1, nothing, nil), hesop.ErrOption)
	require.ErrorIs(t, r.Blocks(noContext, 1, 1, nothing, func(seam.Block[*hesop.Appointment]) error { return nil }), hesop.ErrOption)
	for _, err := range new(hesop.Reader).All() {
		require.ErrorIs(t, err, hesop.ErrOption)
	}
	require.PanicsWithValue(t, "hesop: the Appointment of CopyTo is nil: new(hesop.Appointment) is one",
		func() { copies(t, twoRows)[0].CopyTo(nil) })
	const zero = "hesop: the zero Appointment holds no row: take one from a Reader, or fill it with CopyTo"
	require.PanicsWithValue(t, zero, func() { new(hesop.Appointment).Codes() })
	require.PanicsWithValue(t, zero, func() { new(hesop.Appointment).Clone() })
	require.PanicsWithValue(t, zero, func() { new(hesop.Appointment).Attended() })
}

// noContext is a nil context, as a caller without a context may pass it.
var noContext context.Context
