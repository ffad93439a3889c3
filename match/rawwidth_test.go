package match

import (
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/internal/seam"

	"github.com/stretchr/testify/require"
)

func TestScanAsksForTheRawWidth(t *testing.T) {
	tests := []struct {
		list, header, rows string
		opts               []hesop.Option
		says               string // "" if there is no error
		unknown            int64
		reason             string
	}{
		{
			"M05.10", "diag_01", "M051;M059;I10X", nil, "1 appointment has one that a longer entry begins with", 0,
			"one value may be truncated",
		},
		{
			"M05.10", "diag_01", "M051;M059;I10X",
			[]hesop.Option{hesop.RawWidth(4)},
			"", 1,
			"the option states that raw values are truncated",
		},
		{
			"M05.10", "diag_01", "M051;M059;I10X",
			[]hesop.Option{hesop.RawWidth(6)},
			"", 0,
			"the option states that raw values are whole",
		},
		{
			"M05.10", "diag_01", "M051;M059;I10X;E1199", nil, "", 0,
			"a value of five characters shows that no value is truncated",
		},
		{"M05.10", "diag_01", "M051;M059-", nil, "", 0, "padding with - shows that no value is truncated"},
		{
			"M05.10", "diag_01", "M051 ;M059  ", nil, "1 appointment has one", 0,
			"padding with white space does not show whether a value is truncated",
		},
		{"M05.10", "diag_01", "M059;M05;I10X", nil, "", 0, "no value equals the first four characters of the entry"},
		{"M05.1", "diag_01", "M051;M059", nil, "", 0, "the list has no entry of five characters"},
		{"M05.10,!M05.1", "diag_01", "M051", nil, "1 appointment has one", 0, "a whole M051 is excluded, but a truncated M051 is undecided"},
		{"M45.X2", "diag_01", "M45X", nil, "1 appointment has one", 0, "an entry of five characters with the filler"},
		{"M05.10", "diag_4_01", "M051;I10X", nil, "", 1, "the data have no raw column"},
		{"W371", "opertn_01", "W371;W372", nil, "", 0, "no procedure code is longer than four characters"},
	}
	for _, tt := range tests {
		var cells strings.Builder
		cells.WriteString("icd10,exclude\n")
		if strings.HasPrefix(tt.header, "opertn") {
			cells.Reset()
			cells.WriteString("opcs4,exclude\n")
		}
		for code := range strings.SplitSeq(tt.list, ",") {
			code, isExcluded := strings.CutPrefix(code, "!")
			cells.WriteString(code + "," + map[bool]string{false: "no", true: "yes"}[isExcluded] + "\n")
		}
		l, err := codelist.Parse("list", strings.NewReader(cells.String()), codelist.ExcludeColumn("exclude"))
		require.NoError(t, err, tt.reason)
		m, err := Compile(l)
		require.NoError(t, err)
		for _, workers := range []int{1, 2} {
			text := tt.header + ",note\n" + strings.ReplaceAll(tt.rows, ";", ",\n") + ",\n"
			r, err := hesop.NewReader(strings.NewReader(text), tt.opts...)
			require.NoError(t, err)
			rows := 0
			totals, err := Scan(t.Context(), m, r, func(*hesop.Appointment, *Result) error { rows++; return nil }, Workers(workers), BlockSize(1))
			require.Equal(t, strings.Count(tt.rows, ";")+1, rows, "%s: fn receives all rows before the error", tt.reason)
			require.Equal(t, tt.unknown, totals.Counts(0).Unknown, tt.reason)
			if tt.says == "" {
				require.NoError(t, err, tt.reason)
				continue
			}
			require.ErrorIs(t, err, hesop.ErrRawWidth, tt.reason)
			require.ErrorContains(t, err, tt.says, tt.reason)
		}
	}
}

// TestBlocksAskForTheRawWidth calls Match in the work function of Blocks (in one case twice for a block), or only in
// the take function.
func TestBlocksAskForTheRawWidth(t *testing.T) {
	l, err := codelist.Parse("list", strings.NewReader("icd10\nM05.10\n"))
	require.NoError(t, err)
	m, err := Compile(l)
	require.NoError(t, err)
	matchAll := func(b seam.Block[*hesop.Appointment]) {
		res := m.NewResult()
		for a := range b.All() {
			m.Match(a.Codes(), res)
			m.Match(a.Codes(), res)
			b.Keep()
		}
	}
	for _, tt := range []struct {
		rows       string
		work, take func(seam.Block[*hesop.Appointment])
		says       string // "" if there is no error
		reason     string
	}{
		{"M051,\nM059,\nM051,\n", matchAll, nil, "2 appointments have one", "two of three values may be truncated"},
		{"M051,\nM059,\nM0510,\n", matchAll, nil, "", "a value of five characters in the last block"},
		{"M0510,\nM059,\nM051,\n", matchAll, nil, "", "a value of five characters in the first block"},
		{
			"M051,\nM059,\n", func(b seam.Block[*hesop.Appointment]) { matchAll(b); matchAll(b) }, nil, "1 appointment has one",
			"a block that is matched twice",
		},
		{
			"M051,\nM059,\n", func(b seam.Block[*hesop.Appointment]) {
				for range b.All() {
					b.Keep()
				}
			}, func(b seam.Block[*hesop.Appointment]) {
				for a := range b.Kept() {
					m.Match(a.Codes(), m.NewResult())
				}
			}, "1 appointment has one", "appointments that the take function matches",
		},
	} {
		for _, size := range []int{1, 1 << 16} {
			r, err := hesop.NewReader(strings.NewReader("diag_01,n\n" + tt.rows))
			require.NoError(t, err)
			err = r.Blocks(t.Context(), 2, size, tt.work, func(b seam.Block[*hesop.Appointment]) error {
				if tt.take != nil {
					tt.take(b)
				}
				return nil
			})
			if tt.says == "" {
				require.NoError(t, err, tt.reason)
				continue
			}
			require.ErrorIs(t, err, hesop.ErrRawWidth, tt.reason)
			require.ErrorContains(t, err, tt.says, tt.reason)
		}
	}
}

// TestAllAsksForTheRawWidth calls Match without Scan: Reader.All yields the error after the last row.
func TestAllAsksForTheRawWidth(t *testing.T) {
	l, err := codelist.Parse("list", strings.NewReader("icd10\nM05.10\n"))
	require.NoError(t, err)
	m, err := Compile(l)
	require.NoError(t, err)
	for _, tt := range []struct {
		rows   string
		opts   []hesop.Option
		match  bool
		says   string // "" if there is no error
		reason string
	}{
		{"M051\nM059\nI10X\n", nil, true, "raw columns may be cut: no raw diagnosis (diag_01 and its like) has more than " +
			"four characters, and 1 appointment has one", "one value may be truncated, and it is not in the last row"},
		{"M051\nM059\nI10X\n", nil, false, "", "nothing is matched"},
		{"M051\nI10X\nM051\n", nil, true, "2 appointments", "two values may be truncated, one of them in the last row"},
		{"E1199\nM051\n", nil, true, "", "a value of five characters shows that no value is truncated"},
		{"M051\nE1199\n", nil, true, "", "a value of five characters in the last row"},
		{"M051\n", []hesop.Option{hesop.RawWidth(6)}, true, "", "the option states that no value is truncated"},
	} {
		r, err := hesop.NewReader(strings.NewReader("diag_01\n"+tt.rows), append(tt.opts, hesop.FileName("x.csv"))...)
		require.NoError(t, err)
		res := m.NewResult()
		rows := 0
		var end error
		for range 2 { // leave the loop over r.All after each row; the second pass starts after the last row
			for more := true; more; {
				more = false
				for a, err := range r.All() {
					if end = err; err == nil {
						rows, more = rows+1, true
						if tt.match {
							m.Match(a.Codes(), res)
						}
					}
					break
				}
			}
		}
		require.Equal(t, strings.Count(tt.rows, "\n"), rows, tt.reason)
		if tt.says == "" {
			require.NoError(t, end, tt.reason)
			continue
		}
		require.ErrorIs(t, end, hesop.ErrRawWidth, tt.reason)
		require.ErrorContains(t, end, "x.csv: ", tt.reason)
		require.ErrorContains(t, end, tt.says, tt.reason)
	}
}
