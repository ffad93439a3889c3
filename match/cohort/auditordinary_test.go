package cohort_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/hesop/hesoptest"
	"hesopmatch/match"
	"hesopmatch/match/cohort"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// ordinaryLists are lists as studies have them: alone, nested, of both systems, in parts.
var ordinaryLists = []string{
	"ICD-10,E10", "ICD-10,E11", "ICD-10,E10 ICD-10,E11", "ICD-10,E11.9", "ICD-10,I10", "ICD-10,I20 ICD-10,I21 ICD-10,I25", "ICD-10,I21",
	"ICD-10,J44", "ICD-10,J45", "ICD-10,J44 ICD-10,J45", "ICD-10,M05 ICD-10,M06", "ICD-10,M06", "ICD-10,C50", "ICD-10,C50 ICD-10,D05",
	"OPCS-4,W37 OPCS-4,W38", "OPCS-4,W37", "OPCS-4,C71 OPCS-4,C75", "ICD-10,Z94 OPCS-4,M01", "ICD-10,N18", "OPCS-4,X40",
}

// crossingLists have codes in common so that each is in the two others together.
var crossingLists = []string{"ICD-10,J44 ICD-10,I10", "ICD-10,J45 ICD-10,I10", "ICD-10,J44 ICD-10,J45", "ICD-10,I10", "ICD-10,E11", "ICD-10,Z94 OPCS-4,M01"}

// ordinary is a cohort of 20,000 generated appointments.
func ordinary(t *testing.T, missing float64, texts []string, opts ...cohort.Option) *cohort.Cohort {
	t.Helper()
	var lists []*codelist.List
	for i, text := range texts {
		list, err := codelist.Parse(strconv.Itoa(i), strings.NewReader("coding_system,code\n"+strings.ReplaceAll(text, " ", "\n")+"\n"))
		require.NoError(t, err)
		lists = append(lists, list)
	}
	m, err := match.Compile(lists...)
	require.NoError(t, err)
	c, err := cohort.New(m, append(opts, cohort.WithTotals())...)
	require.NoError(t, err)
	g, err := hesoptest.New(1, hesoptest.People(8000), hesoptest.MissingDiagnosis(missing), hesoptest.MissingProcedure(0.5))
	require.NoError(t, err)
	var text strings.Builder
	w := hesoptest.NewWriter(&text, hesop.CPRD)
	for row := range g.Rows(20_000) {
		require.NoError(t, w.Write(row))
	}
	require.NoError(t, w.Flush())
	r, err := hesop.NewReader(strings.NewReader(text.String()))
	require.NoError(t, err)
	require.NoError(t, c.Scan(t.Context(), r))
	return c
}

// share is how many numbers of a table are shown and masked.
type share struct{ shown, masked, small int }

// TestOrdinary reports how much is masked of data that are not made to be difficult, and
// holds that it is not everything, that nothing below the threshold is shown, and that a
// release is the same each time.
func TestOrdinary(t *testing.T) {
	for _, data := range []struct {
		missing float64
		lists   []string
		opts    []cohort.Option
	}{
		{0.94, ordinaryLists, nil},
		{0.3, ordinaryLists, nil},
		{0.94, crossingLists, nil},
		{0.3, ordinaryLists, []cohort.Option{cohort.Without(0, 1), cohort.WithBefore(6, 4), cohort.WithoutBefore(11, 18)}},
	} {
		missing := data.missing
		if testing.Short() && missing < 0.5 {
			continue
		}
		c := ordinary(t, missing, data.lists, data.opts...)
		for _, p := range []cohort.Profile{cohort.UKLLC(), cohort.OpenSAFELY()} {
			r := release(t, c, p)
			if !testing.Short() {
				require.Empty(t, cmp.Diff(tablesOf(r), tablesOf(release(t, c, p))))
			}
			bare := release(t, c, cohort.None())
			for _, table := range r.Tables {
				all, _ := bare.Table(table.Name)
				var s share
				for _, row := range table.Rows {
					truth, ok := all.Row(row.List, row.Group)
					require.True(t, ok)
					s.add(t, p, row.Numbers, truth)
				}
				t.Logf("%.2f missing, %d lists, %d options, %s, %s: %d shown, %d masked, of which %d are small", missing, len(data.lists), len(data.opts), p.Name, table.Name, s.shown, s.masked, s.small)
				if s.shown == 0 && s.small == 0 && s.masked > 0 {
					t.Errorf("%.2f missing, %s, %s: all %d are masked, and none is small", missing, p.Name, table.Name, s.masked)
				}
			}
		}
	}
}

// add counts numbers. Not all measures need be given in a release that masks.
func (s *share) add(t *testing.T, p cohort.Profile, numbers, truth []cohort.Number) {
	t.Helper()
	for i, n := range numbers {
		v, ok := n.Value()
		from, _, band := n.Band()
		switch {
		case ok:
			s.shown++
			require.GreaterOrEqual(t, v, p.Least)
		case band:
			s.shown++
			require.GreaterOrEqual(t, from, p.Least)
		case n.IsMasked():
			s.masked++
			if v, _ := truth[i].Value(); len(truth) == len(numbers) && v < p.Least {
				s.small++
			}
		}
	}
}

func tablesOf(r *cohort.Release) (text []string) {
	for _, table := range r.Tables {
		for _, row := range table.Rows {
			text = append(text, fmt.Sprint(table.Name, row))
		}
	}
	return append(text, r.Notes...)
}
