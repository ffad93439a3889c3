package hesop

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// read returns the names under which columns are read, in the order of the header.
func read(r *Reader) string {
	var words []string
	for _, f := range r.header.codes.all {
		words = append(words, f.hesName())
	}
	return strings.Join(words, " ")
}

// said returns the notices of a reader, one per line.
func said(r *Reader) string {
	var lines []string
	for _, n := range r.Notices() {
		lines = append(lines, n.String())
	}
	return strings.Join(lines, "\n")
}

func TestAliases(t *testing.T) {
	tests := []struct{ header, want, notices, reason string }{
		{"DIAG_01,diag_4_02,opertn_4_concat", "diag_01 diag_4_02 opertn_4_concat", "", "names as HES spells them need no note"},
		{"diag_1,diag_2,diag_10", "diag_01 diag_02 diag_10", "note: diag_1 .. diag_2 read as diag_01 .. diag_02", "no zero before the number"},
		{"diag1,DIAG24,opertn7", "diag_01 diag_24 opertn_07", "note: diag1 .. DIAG24 read as diag_01 .. diag_24\nnote: opertn7 read as opertn_07", "no separator before the number"},
		{"DIAG4_01,DIAG3_01,OPERTN4_24", "diag_4_01 diag_3_01 opertn_4_24", "note: DIAG4_01 read as diag_4_01\nnote: DIAG3_01 read as diag_3_01\nnote: OPERTN4_24 read as opertn_4_24", "no separator before the width"},
		{"DIAG_4_1,opertn_4_9", "diag_4_01 opertn_4_09", "note: DIAG_4_1 read as diag_4_01\nnote: opertn_4_9 read as opertn_4_09", "a width, and no leading zero"},
		{"diag_03_4char,diag_04_4char,diag_4_05", "diag_4_03 diag_4_04 diag_4_05", "note: diag_03_4char .. diag_04_4char " +
			"read as diag_4_03 .. diag_4_04", "a series whose names have the width after the position"},
		{"diag_3_4char,diag_4_4char", "diag_4_03 diag_4_04", "note: diag_3_4char .. diag_4_4char read as diag_4_03 .. " +
			"diag_4_04", "... with positions that look like widths"},
		{"diag_01_4char,diag_4_3char", "diag_4_01 diag_3_04", "note: diag_01_4char read as diag_4_01\nnote: diag_4_3char read as diag_3_04", "the width after the position"},
		{"DIAG_CONCAT,OPERTN_CONCAT", "diag_4_concat opertn_4_concat", "note: DIAG_CONCAT read as diag_4_concat\nnote: OPERTN_CONCAT read as opertn_4_concat", "concatenated codes have four characters"},
		{"diag3_concat,DIAG4_CONCAT", "diag_3_concat diag_4_concat", "note: diag3_concat read as diag_3_concat\nnote: DIAG4_CONCAT read as diag_4_concat", "... unless the name states a width"},
		{"diag.1,DIAG.4.02,diag[3],opertn(4),DIAG{05}", "diag_01 diag_4_02 diag_03 opertn_04 diag_05", "", "dots and brackets are separators"},
		{"\uFEFF\uFEFFdiag_4_01,diag\u200B_4_02\u2060", "diag_4_01 diag_4_02", "", "invisible characters do not count"},
		{"diag_41,diag_99", "diag_41 diag_99", "", "after a separator, a position may be as high as 99"},
	}
	for _, tt := range tests {
		r := open(t, tt.header+"\n")
		require.Equal(t, tt.want, read(r), tt.reason)
		if tt.notices != "" || !strings.ContainsAny(tt.header, ".[") {
			require.Equal(t, tt.notices, said(r), tt.reason)
		}
		for name := range strings.SplitSeq(tt.header, ",") {
			_, err := r.Column(name)
			require.NoError(t, err, "%s: found as the header spells it", name)
		}
		for name := range strings.SplitSeq(tt.want, " ") {
			_, err := r.Column(name)
			require.NoError(t, err, "%s: found under the name by which it is read", name)
		}
	}
	for _, name := range []string{"diag41", "diag25", "diag_0", "diag_00", "diag_100", "diag_001", "diag_5_01", "diag_count", "diag_4_0", "diag4", "diag_4char", "opertn", "diag__1"} {
		_, ok := readCodeName(name)
		require.Equal(t, name == "diag4", ok, name)
	}
}

func TestAliasesAreOnePosition(t *testing.T) {
	for _, header := range []string{"diag_1,diag_01", "DIAG4_01,diag_4_1", "diag_concat,diag_4_concat", "diag.1,diag1"} {
		_, err := NewReader(strings.NewReader(header + "\n"))
		require.ErrorIs(t, err, ErrHeader, header)
		require.ErrorContains(t, err, "are the same position", header)
	}
}

// TestAliasesReadTheSame reads one row under every spelling of its header.
func TestAliasesReadTheSame(t *testing.T) {
	row := "E119,I10X,\"E119,I10X\"\n"
	want := open(t, "diag_4_01,diag_4_02,diag_4_concat\n"+row)
	for _, header := range []string{"DIAG4_1,DIAG4_2,DIAG_CONCAT", "diag_01_4char,diag_02_4char,diag4_concat"} {
		got := open(t, header+"\n"+row)
		require.Equal(t, codesOf(t, want), codesOf(t, got), header)
		want = open(t, "diag_4_01,diag_4_02,diag_4_concat\n"+row)
	}
}

func codesOf(t *testing.T, r *Reader) string {
	t.Helper()
	var b strings.Builder
	for a, err := range r.All() {
		require.NoError(t, err)
		for _, s := range a.Codes().Slots() {
			fmt.Fprintf(&b, "%v %d %v;", s.Form, s.Position, s.Value.Code())
		}
		fmt.Fprintf(&b, "%d\n", a.Codes().Disagreements())
	}
	return b.String()
}
