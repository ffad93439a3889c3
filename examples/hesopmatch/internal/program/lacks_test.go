package program

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hesopmatch/hesop"

	"github.com/stretchr/testify/require"
)

// TestLacking requires a rename to apply to the inputs that have the renamed column, and to fail if no input has that
// column.
func TestLacking(t *testing.T) {
	folder := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o666))
		return path
	}
	early := file("early.csv", "person_id,cause,code_1,code_2\n1,F321,E11,E12\n")
	late := file("late.csv", "patid,diag_01,code_1,code_2\n1,F321,E11,E12\n")
	codes := func(paths []string, renames ...string) (all []string, said string, err error) {
		in := &Inputs{Paths: paths, Renames: renames, Workers: 1}
		var notices Notices
		none := func() Written { return Written{} }
		require.NoError(t, in.Prepare(&notices, none, io.Discard))
		var b strings.Builder
		notices.Write(&b)
		for _, path := range in.Paths {
			one, err := in.Open(path, nil, nil, nil)
			if err != nil {
				return nil, b.String(), err
			}
			for c, field := range one.Reader.AllCodeFields() {
				all = append(all, c.Name()+"="+field.Form.String())
			}
			require.NoError(t, one.Close())
		}
		return all, b.String(), nil
	}

	all, said, err := codes([]string{early, late}, "cause=diag_01", "code_#=diag_#+1")
	require.NoError(t, err)
	require.Equal(t, []string{"cause=raw", "code_1=raw", "code_2=raw", "diag_01=raw", "code_1=raw", "code_2=raw"}, all)
	require.Equal(t, "note: "+late+" has no column cause, which -rename names; it is read without that rename\n", said)

	_, said, err = codes([]string{early, late}, "cuase=diag_01")
	require.ErrorIs(t, err, hesop.ErrHeader)
	require.ErrorContains(t, err, "no column \"cuase\", which -rename names")
	require.Empty(t, said)

	_, _, err = codes([]string{late}, "cause=diag_01")
	require.ErrorContains(t, err, "no column \"cause\", which -rename names", "a single input must have the column")
}
