package hesop

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"hesopmatch/codelist/coding"

	"github.com/stretchr/testify/require"
)

// mergedOf describes Merged: each value left out, with the value that represents it.
func mergedOf(a *Appointment) (all []string) {
	place := func(s Slot) string {
		return fmt.Sprintf("%s %d %s", a.Codes().Column(s).Name(), s.Position, a.Codes().Text(s))
	}
	for out, stands := range a.Merged() {
		all = append(all, place(out)+" = "+place(stands))
	}
	return all
}

func TestMerged(t *testing.T) {
	tests := []struct {
		reason, header, row string
		want                []string
	}{
		{"one code in one field", "diag_4_01|diag_4_concat", "E119|", nil},
		{
			"fields that agree, which a shortcut reads",
			"diag_4_01|diag_4_02|diag_4_concat", "E119|I10X|E119,I10X",
			[]string{"diag_4_concat 1 E119 = diag_4_01 1 E119", "diag_4_concat 2 I10X = diag_4_02 2 I10X"},
		},
		{
			"another position and another spelling",
			"diag_4_01|diag_4_02|diag_4_concat", "E11|I10X|i10.x, E11X",
			[]string{"diag_4_concat 1 i10.x = diag_4_02 2 I10X", "diag_4_concat 2  E11X = diag_4_01 1 E11"},
		},
		{
			"a repeated code pairs at its own position first",
			"diag_4_01|diag_4_02|diag_4_concat", "E119|E119|F32,E119",
			[]string{"diag_4_concat 2 E119 = diag_4_02 2 E119"},
		},
		{
			"a raw value represents its first four characters, at any position",
			"diag_01|diag_4_01|diag_4_concat", "M0510|M051|M051",
			[]string{"diag_4_concat 1 M051 = diag_4_01 1 M051", "diag_4_01 1 M051 = diag_01 1 M0510"},
		},
		{
			"of several raw values, the one at the same position represents the code",
			"diag_01|diag_02|diag_4_01|diag_4_02", "M0510|M0511|M051|M051",
			[]string{"diag_4_01 1 M051 = diag_01 1 M0510", "diag_4_02 2 M051 = diag_02 2 M0511"},
		},
		{
			"a raw value that is not a code represents its first four characters too",
			"diag_01|diag_4_concat", "E11999|E119",
			[]string{"diag_4_concat 1 E119 = diag_01 1 E11999"},
		},
		{"values without a code do not pair", "diag_4_01|diag_4_concat", "-|-", nil},
		{
			"each system pairs by itself",
			"diag_4_01|diag_4_concat|opertn_4_01|opertn_4_concat", "Z943|Z943|Z943|Z943",
			[]string{"diag_4_concat 1 Z943 = diag_4_01 1 Z943", "opertn_4_concat 1 Z943 = opertn_4_01 1 Z943"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			for a, err := range open(t, tt.header+"\n"+tt.row+"\n", Delimiter('|')).All() {
				require.NoError(t, err)
				require.Equal(t, tt.want, mergedOf(a))
				require.Equal(t, tt.want, mergedOf(a.Clone()), "a copy has the same merged values")
				for range a.Merged() {
					break
				}
			}
		})
	}
}

// TestMergedAndSlots checks random rows. Each value is either in Slots or merged. A merged value has the same code as
// the value that represents it, unless that value is raw. The positional and concatenated codes that are not paired
// with each other are the disagreements.
func TestMergedAndSlots(t *testing.T) {
	header := []string{
		"opertn_4_concat", "diag_01", "diag_02", "diag_4_02", "diag_4_01", "diag_4_concat", "opertn_4_01", "opertn_4_02",
	}
	values := []string{"", "", "E119", "E11", "E11X", "M0510", "M051", "E11999", "R69ZZ", "r69zz", "-", "K401", "?", " i10.x "}
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 3))
		row := make([]string, len(header))
		for i, name := range header {
			n := 1
			if strings.HasSuffix(name, "concat") {
				n = r.IntN(4)
			}
			var parts []string
			for range n {
				parts = append(parts, values[r.IntN(len(values))])
			}
			row[i] = strings.Join(parts, ",")
		}
		text := strings.Join(header, "|") + "\n" + strings.Join(row, "|") + "\n"
		for a, err := range open(t, text, Delimiter('|')).All() {
			require.NoError(t, err)
			requireMerged(t, a, text)
		}
	}
}

func requireMerged(t *testing.T, a *Appointment, row string) {
	t.Helper()
	codes := a.Codes()
	want := make(map[string]bool) // all values, by column and position
	for number, text := range a.AllCodeTexts() {
		f := a.header.codes.all[number]
		for i, part := range bytes.Split(text, []byte(",")) {
			if coding.ReadValue(f.System, part, f.Width).Class() != coding.ClassEmpty {
				want[fmt.Sprint(f.Column.Name(), max(f.Position, i+1))] = true
			}
		}
	}
	paired := make(map[string]bool)
	place := func(s Slot) string { return fmt.Sprint(codes.Column(s).Name(), s.Position) }
	got := make(map[string]bool)
	for _, s := range codes.Slots() {
		got[place(s)] = true
	}
	for out, stands := range a.Merged() {
		require.False(t, got[place(out)], row)
		got[place(out)] = true
		require.Less(t, stands.Form, out.Form, row)
		require.True(t, stands.Form == Raw || stands.Value.Code() == out.Value.Code(), row)
		if stands.Form == Positional {
			paired[place(out)], paired[place(stands)] = true, true
		}
	}
	require.Equal(t, want, got, row)
	alone := 0
	all := slices.Clone(codes.Slots())
	for out := range a.Merged() {
		all = append(all, out)
	}
	for _, s := range all {
		if s.Form != Raw && s.Value.Class() == coding.ClassCode && !paired[place(s)] {
			alone++
		}
	}
	require.Equal(t, codes.Disagreements(), alone, row)
}
