package cohort

import (
	"fmt"
	"strings"
	"testing"

	"hesopmatch/hesop"

	"github.com/stretchr/testify/require"
)

// TestCategoriesNeedNoYear: the text of a column has the same category in every year, so a batch can cache the
// category.
func TestCategoriesNeedNoYear(t *testing.T) {
	for d, v := range variables {
		if d := Dimension(d); d == ByYear {
			continue
		}
		texts := []string{"", "&", "-", "x", "0", "1", "17", "18", "54.000", "7003", "121", " 2 ", "5.0", "05"}
		described, ok := hesop.Describe(v.columns[0])
		require.True(t, ok)
		for m := range described.Meanings() {
			texts = append(texts, m.Code, strings.TrimLeft(m.Code, "0"), m.Code+".0")
		}
		var b strings.Builder
		fmt.Fprintf(&b, "apptdate,%s,diag_4_01\n", v.columns[0])
		const first, last = 1989, 2040
		for _, text := range texts {
			for year := first; year <= last; year++ {
				fmt.Fprintf(&b, "%d-05-01,%s,E119\n", year, text)
			}
		}
		r, err := hesop.NewReader(strings.NewReader(b.String()))
		require.NoError(t, err)
		s := &source{plan: &plan{dims: scales([]int{18, 65})}}
		s.columns[d], err = r.Column(v.columns[0])
		require.NoError(t, err)
		category := 0
		for a, err := range r.All() {
			require.NoError(t, err)
			day, ok := a.Date(must(a.Column("apptdate")))
			require.True(t, ok)
			got := s.category(Dimension(d), a, day)
			if day.Year == first {
				category = got
			}
			require.Equal(t, category, got, "%s %q on %v", v.name, a.Text(s.columns[d]), day)
		}
	}
}

func must(c hesop.Column, err error) hesop.Column {
	if err != nil {
		panic(err)
	}
	return c
}
