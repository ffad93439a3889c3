package flag_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"hesopmatch/examples/hesopmatch/internal/cohort"
	"hesopmatch/examples/hesopmatch/internal/flag"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/examples/hesopmatch/internal/programtest"

	"github.com/stretchr/testify/require"
)

// TestColumnsRead checks that a manifest names the columns that determine the answers, as the input spells them. An
// input with a header and no rows is enough: other programs run flag on such an input to learn the columns.
func TestColumnsRead(t *testing.T) {
	commands := map[string]program.Command{"flag": flag.Run, "cohort": cohort.Run}
	for _, tt := range []struct {
		reason, command, header string
		args                    []string
		want                    []string
	}{
		{"only code columns, and the column attended, which a Reader always reads", "flag", "NOTE,Diag_01,person,ATTENDED", nil, []string{"Diag_01", "ATTENDED"}},
		{
			"no columns that are only written", "flag", "note,diag_01",
			[]string{"-columns", "note"},
			[]string{"diag_01"},
		},
		{
			"no fields that are not chosen", "flag", "diag_4_01,diag_4_concat",
			[]string{"-fields", "concat"},
			[]string{"diag_4_concat"},
		},
		{"a renamed column", "flag", "cause,note", []string{"-rename", "cause=diag_01"}, []string{"cause"}},
		{
			"no column of flags from an earlier run", "flag", "diag_01,depression",
			[]string{"-columns", "diag_01"},
			[]string{"diag_01"},
		},
		{"another delimiter", "flag", "note|diag_01", []string{"-delimiter", "|"}, []string{"diag_01"}},
		{
			"the person of -rows people", "flag", "note,token_person_id,diag_01",
			[]string{"-rows", "people"},
			[]string{"token_person_id", "diag_01"},
		},
		{
			"a cohort's columns of person, day and tables", "cohort", "note,fyear,token_person_id,apptdate,sex,diag_01,attendkey",
			[]string{"-dedupe", "attendkey"},
			[]string{"fyear", "token_person_id", "apptdate", "sex", "diag_01", "attendkey"},
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			t.Chdir("../../../..")
			dir := t.TempDir()
			input, manifest := filepath.Join(dir, "in.csv"), filepath.Join(dir, "manifest.json")
			require.NoError(t, os.WriteFile(input, []byte(tt.header+"\n"), 0o600))
			args := append([]string{"-icd10", "testdata/codelists/depression.csv", "-manifest", manifest}, tt.args...)
			got := programtest.Run(t, tt.command, commands[tt.command], "", append(args, input)...)
			require.Zero(t, got.Status, got.Stderr)
			var m struct {
				Inputs []struct {
					Columns []string `json:"columns_read"`
				} `json:"inputs"`
			}
			data, err := os.ReadFile(manifest)
			require.NoError(t, err)
			require.NoError(t, json.Unmarshal(data, &m))
			require.Equal(t, tt.want, m.Inputs[0].Columns)
		})
	}
}
