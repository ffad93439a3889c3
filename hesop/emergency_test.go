package hesop

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEmergencyCare(t *testing.T) {
	tests := []struct {
		text   string
		says   string // "" if there is no error
		reason string
	}{
		{"aeattenddisp,diag_01\n01,E119\n", `line 1, byte offset 0: diagnoses of a classification other than ICD-10: column "aeattenddisp" belongs to emergency care`, "no scheme"},
		{"AE_ARRIVAL_MODE,diag_01\n01,E119\n", `"AE_ARRIVAL_MODE"`, "another spelling"},
		{"aeattenddisp,opertn_4_01\n01,W371\n", "", "no diagnoses"},
		{"aekey,DIAGSCHEME,diag_01\n1,02,E119\n2,2,I10X\n3,ICD-10,I10X\n", "", "the scheme is ICD-10"},
		{"aekey,DIAGSCHEME,diag_01\n1,02,E119\n2,01,\n3,,\n", "", "rows without diagnoses need no scheme"},
		{"aekey,DIAGSCHEME,diag_01\n1,02,E119\n2,01,251\n", `line 3, byte offset 35: diagnoses of a classification other than ICD-10: column "DIAGSCHEME" does not say that`, "a row of another scheme"},
		{"aekey,diagscheme,diag_01\n1,,E119\n", `column "diagscheme" does not say`, "a row without a scheme"},
		{"attendkey,diagscheme,diag_01\n1,,E119\n", "", "outside emergency care a row needs no scheme"},
		{"attendkey,diagscheme,diag_01\n1,06,E119\n", `column "diagscheme" does not say`, "... but another scheme is an error"},
		{"aeattenddisp,diag2_01,diag_01\n01,10,E119\n", "emergency care", "emergency care is reported before names that are near misses"},
		{
			"aearrivalmode,diag2_01\n01,10\n", "column \"aearrivalmode\" belongs to emergency care",
			"... even if no diagnosis is read",
		},
	}
	for _, tt := range tests {
		err := readAll(strings.NewReader(tt.text), SkipBadRows(nil))
		blocks := readBlocksOf(tt.text)
		if tt.says == "" {
			require.NoError(t, err, tt.reason)
			require.NoError(t, blocks, tt.reason)
			continue
		}
		require.ErrorIs(t, err, ErrScheme, tt.reason)
		require.ErrorContains(t, err, tt.says, tt.reason)
		require.EqualError(t, blocks, err.Error(), tt.reason)
	}
}

// readBlocksOf reads a text in small blocks with several workers.
func readBlocksOf(text string) error {
	r, err := NewReader(strings.NewReader(text), SkipBadRows(nil))
	if err != nil {
		return err
	}
	return r.blocks(context.Background(), 2, 8, func(*block) {}, func(*block) error { return nil })
}

func TestNamesForAFileWithAHeader(t *testing.T) {
	tests := []struct{ text, says, reason string }{
		{"key,diag_4_01\n1,E119\n", "consists of the names given by Names", "the same names"},
		{"apptdate,diag_1\n2019-01-02,E119\n", "the file has a header of its own, and Names gives other names: leave these out and rename columns with Rename", "other names"},
		{"apptdate,diag_1,sex\n2019-01-02,E119,1\n", "the file has a header of its own", "... and more of them"},
		{"note,diag_4_02\n1,E119\n", "the file has a header of its own", "... with a column of codes"},
		{"note,apptdate\n1,E119\n", "", "half of the names are known"},
		{"1,E119\n", "", "a row"},
		{",\n", "", "an empty row"},
	}
	for _, tt := range tests {
		for _, skip := range []bool{false, true} {
			opts := []Option{Names("key", "diag_4_01"), Delimiter(',')}
			if skip {
				opts = append(opts, SkipBadRows(nil))
			}
			err := readAll(strings.NewReader(tt.text), opts...)
			if tt.says == "" {
				require.NoError(t, err, tt.reason)
				continue
			}
			require.ErrorIs(t, err, ErrHeader, tt.reason)
			require.ErrorContains(t, err, tt.says, tt.reason)
		}
	}
}
