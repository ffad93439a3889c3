package cohort

import (
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/match"

	"github.com/stretchr/testify/require"
)

func TestScanAsksForTheRawWidth(t *testing.T) {
	l, err := codelist.Parse("list", strings.NewReader("icd10\nM05.10\n"))
	require.NoError(t, err)
	m, err := match.Compile(l)
	require.NoError(t, err)
	tests := []struct {
		rows   string
		opts   []hesop.Option
		fails  bool
		reason string
	}{
		{"p1,2019-05-08,M051\np2,2019-05-08,I10X\n", nil, true, "one value may be truncated"},
		{"p1,2019-05-08,M051\np2,2019-05-08,I10X-\n", nil, false, "a longer value shows that no value is truncated"},
		{"p1,2019-05-08,M051\n", []hesop.Option{hesop.RawWidth(4)}, false, "RawWidth states that values are truncated"},
		{"p1,2019-05-08,M051\n", []hesop.Option{hesop.RawWidth(6)}, false, "RawWidth states that values are whole"},
	}
	for _, tt := range tests {
		for _, workers := range []int{1, 2} {
			c, err := New(m, Workers(workers), BlockSize(1))
			require.NoError(t, err)
			r, err := hesop.NewReader(strings.NewReader("patid,apptdate,diag_01\n"+tt.rows), tt.opts...)
			require.NoError(t, err)
			err = c.Scan(t.Context(), r)
			if tt.fails {
				require.ErrorIs(t, err, hesop.ErrRawWidth, tt.reason)
				continue
			}
			require.NoError(t, err, tt.reason)
		}
	}
}
