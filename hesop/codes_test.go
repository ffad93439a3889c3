package hesop

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"hesopmatch/codelist/coding"

	"github.com/stretchr/testify/require"
)

// TestCodesInHand compares codes in hand with those of a row that has the same texts in its fields.
func TestCodesInHand(t *testing.T) {
	fields := []string{
		"diag_01", "diag_02", "diag_4_01", "diag_4_02", "diag_4_03", "diag_4_concat",
		"opertn_01", "opertn_4_01", "opertn_4_02", "opertn_4_concat",
	}
	values := []string{"", "", "", "E119", "E11X", "M0510", "M051", "E11999", "R69ZZ", "r69zz", "-", "K401", "Z943", "?", " i10.x "}
	codes := new(Codes)
	for seed := range uint64(5000) {
		r := rand.New(rand.NewPCG(seed, 1))
		row := make([]string, len(fields))
		codes.Reset()
		for _, i := range r.Perm(len(fields)) {
			n := 1
			if strings.HasSuffix(fields[i], "concat") {
				n = r.IntN(4)
			}
			var parts []string
			for range n {
				parts = append(parts, values[r.IntN(len(values))])
			}
			row[i] = strings.Join(parts, ",")
			f, ok := readName(fields[i])
			require.True(t, ok)
			codes.Add(f, []byte(row[i]))
		}
		text := strings.Join(fields, "|") + "\n" + strings.Join(row, "|") + "\n"
		for a, err := range open(t, text, Delimiter('|')).All() {
			require.NoError(t, err)
			want := a.Codes()
			require.Equal(t, spelled(want), spelled(codes), text)
			require.Equal(t, want.Disagreements(), codes.Disagreements(), text)
			require.Equal(t, want.Unrecognised(), codes.Unrecognised(), text)
			for _, sys := range coding.Systems() {
				require.Equal(t, want.Coded(sys), codes.Coded(sys), text)
			}
		}
	}
}

// spelled describes each slot of c.
func spelled(c *Codes) (all []string) {
	for _, s := range c.Slots() {
		all = append(all, fmt.Sprintf("%v %d %v %q", s.Value, s.Position, s.Form, c.Text(s)))
	}
	return all
}

// TestCodesInHandDefaults: the zero values of the fields of a CodeField suit a code without a row.
func TestCodesInHandDefaults(t *testing.T) {
	c := new(Codes)
	c.Add(CodeField{System: coding.ICD10}, []byte("M05.1"))
	c.Add(CodeField{System: coding.OPCS4}, []byte("W371"))
	c.Add(CodeField{System: coding.ICD10, Position: 5}, []byte("I10X"))
	c.Add(CodeField{System: coding.ICD10}, []byte("E119"))
	require.Equal(t, []string{
		`ICD-10 code M051 1 raw "M05.1"`, `ICD-10 code I10 5 raw "I10X"`, `ICD-10 code E119 6 raw "E119"`, `OPCS-4 code W371 1 raw "W371"`,
	}, spelled(c))
	require.EqualValues(t, 1, c.Row())
	c.Reset()
	require.EqualValues(t, 2, c.Row())
	require.Empty(t, c.Slots())
	require.False(t, c.Coded(coding.ICD10))
}

func TestCodesMisuse(t *testing.T) {
	one := func() *Codes {
		c := new(Codes)
		c.Add(CodeField{System: coding.ICD10}, []byte("E119"))
		return c
	}
	other := one()
	other.Reset()
	other.Add(CodeField{System: coding.ICD10}, []byte("E119"))
	for reason, do := range map[string]func(){
		"no system":            func() { one().Add(CodeField{}, []byte("E11")) },
		"a position beyond 99": func() { one().Add(CodeField{System: coding.ICD10, Position: 100}, []byte("E11")) },
		"an invalid form":      func() { one().Add(CodeField{System: coding.ICD10, Form: 7}, []byte("E11")) },
		"Add after Slots": func() {
			c := one()
			c.Slots()
			c.Add(CodeField{System: coding.ICD10}, []byte("E11"))
		},
		"a slot of another Codes": func() { one().Text(other.Slots()[0]) },
		"the zero Slot":           func() { one().Text(Slot{}) },
		"Reset of the codes of a row": func() {
			for a, err := range open(t, "diag_01\nE11\n").All() {
				require.NoError(t, err)
				a.Codes().Reset()
			}
		},
	} {
		require.Panics(t, do, reason)
	}
}

func TestCodesInHandDoNotAllocate(t *testing.T) {
	c := new(Codes)
	f := CodeField{System: coding.ICD10}
	texts := [][]byte{[]byte("E119"), []byte("I10X"), []byte("J45"), []byte("M0510"), []byte("R69X")}
	require.Zero(t, testing.AllocsPerRun(100, func() {
		c.Reset()
		for _, text := range texts {
			c.Add(f, text)
		}
		if len(c.Slots()) != len(texts) {
			t.Fatal("a code was lost")
		}
	}))
}

// TestCodesInHandPositions: each form has its own positions, so the order of the calls of Add does not matter.
func TestCodesInHandPositions(t *testing.T) {
	c := new(Codes)
	c.Add(CodeField{System: coding.ICD10, Form: Concatenated}, []byte("I10X"))
	c.Add(CodeField{System: coding.ICD10, Form: Positional}, []byte("E119"))
	require.Equal(t, []string{`ICD-10 code E119 1 positional "E119"`, `ICD-10 code I10 1 concatenated "I10X"`}, spelled(c))
	c.Reset()
	for range 150 { // more positions than a header can have
		c.Add(CodeField{System: coding.ICD10, Form: Positional}, []byte("E119"))
	}
	c.Add(CodeField{System: coding.ICD10, Form: Concatenated}, []byte("E119"))
	require.Len(t, c.Slots(), 150)
}
