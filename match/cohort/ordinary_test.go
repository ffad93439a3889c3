package cohort

import (
	"strconv"
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/hesop/hesoptest"
	"hesopmatch/match"

	"github.com/stretchr/testify/require"
)

// Lists as studies use them: lists of one category, nested lists, lists together with their parts, and a list of both
// systems.
var ordinaryLists = []string{
	"ICD-10,E10", "ICD-10,E11", "ICD-10,E10 ICD-10,E11", "ICD-10,E11.9", "ICD-10,I10", "ICD-10,I20 ICD-10,I21 ICD-10,I25",
	"ICD-10,I21", "ICD-10,J44", "ICD-10,J45", "ICD-10,J44 ICD-10,J45", "ICD-10,M05 ICD-10,M06", "ICD-10,M06", "ICD-10,C50",
	"ICD-10,C50 ICD-10,D05", "OPCS-4,W37 OPCS-4,W38", "OPCS-4,W37", "OPCS-4,C71 OPCS-4,C75", "ICD-10,Z94 OPCS-4,M01",
	"ICD-10,N18", "OPCS-4,X40",
}

// Lists that share codes: among the first three lists, each is covered by the other two together.
var crossingLists = []string{
	"ICD-10,J44 ICD-10,I10", "ICD-10,J45 ICD-10,I10", "ICD-10,J44 ICD-10,J45", "ICD-10,I10", "ICD-10,E11",
	"ICD-10,Z94 OPCS-4,M01",
}

// The two lists of the README.
var readmeLists = []string{
	"ICD-10,F32 ICD-10,F32.1 ICD-10,F32.2 ICD-10,F33 ICD-10,F34.1", "OPCS-4,W37 OPCS-4,W38 OPCS-4,W39 OPCS-4,W40 " +
		"OPCS-4,W41",
}

// ordinary returns a cohort of 20,000 generated appointments.
func ordinary(t *testing.T, missing float64, texts []string, opts ...Option) *Cohort {
	t.Helper()
	var lists []*codelist.List
	for i, text := range texts {
		list, err := codelist.Parse(strconv.Itoa(i), strings.NewReader("coding_system,code\n"+strings.ReplaceAll(text, " ",
			"\n")+"\n"))
		require.NoError(t, err)
		lists = append(lists, list)
	}
	m, err := match.Compile(lists...)
	require.NoError(t, err)
	c, err := New(m, append(opts, WithTotals())...)
	require.NoError(t, err)
	g, err := hesoptest.New(1, hesoptest.People(8000), hesoptest.MissingDiagnosis(missing),
		hesoptest.MissingProcedure(0.5))
	require.NoError(t, err)
	var text strings.Builder
	w := hesoptest.NewWriter(&text, hesop.UKLLC)
	for row := range g.Rows(20_000) {
		require.NoError(t, w.Write(row))
	}
	require.NoError(t, w.Flush())
	r, err := hesop.NewReader(strings.NewReader(text.String()))
	require.NoError(t, err)
	require.NoError(t, c.Scan(t.Context(), r))
	return c
}

// TestOrdinary requires that a release of ordinary data shows nearly every group that has enough people: every such
// group under the rule of UK LLC, and 998 in 1000 over all rules. Rules that round to the nearest 5 hide both sexes of
// a list if the total leaves no room for people recorded with neither sex.
func TestOrdinary(t *testing.T) {
	all, total := 0, 0
	for _, data := range []struct {
		reason  string
		missing float64
		lists   []string
		opts    []Option
	}{
		{"the lists of the README", 0.94, readmeLists, nil},
		{"twenty lists", 0.94, ordinaryLists, nil},
		{"twenty lists with many matches", 0.3, ordinaryLists, nil},
		{"lists that share codes", 0.94, crossingLists, nil},
		{"lists with relations", 0.3, ordinaryLists, []Option{Without(0, 1), WithBefore(6, 4), WithoutBefore(11, 18)}},
	} {
		c := ordinary(t, data.missing, data.lists, data.opts...)
		for _, p := range []Profile{UKLLC(), NHSESDE(), OpenSAFELY()} {
			b, err := newBuilder(c, p)
			require.NoError(t, err)
			b.hide(p)
			enough, shown := make(map[*group]bool), 0
			for _, s := range b.sheets {
				for _, cells := range s.cells {
					for _, c := range cells {
						if g := c.group; !enough[g] && !g.never && g.behind >= p.Least {
							enough[g] = true
							if g.isShown() {
								shown++
							}
						}
					}
				}
			}
			t.Logf("%s, %s: %d groups of at least %d people, %d shown", data.reason, p.Name, len(enough), p.Least, shown)
			require.GreaterOrEqual(t, 1000*shown, 980*len(enough))
			if p == UKLLC() {
				require.Equal(t, len(enough), shown)
			}
			all, total = all+len(enough), total+shown
		}
	}
	require.GreaterOrEqual(t, 1000*total, 998*all)
}
