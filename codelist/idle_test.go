package codelist

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"hesopmatch/codelist/coding"

	"github.com/stretchr/testify/require"
)

// TestIdleExclusions requires that Parse adds a note for exactly the exclusions that change no answer. It compares the
// answers for all codes of two small categories.
func TestIdleExclusions(t *testing.T) {
	var codes []string
	for _, category := range []string{"E10", "E11"} {
		codes = append(codes, category)
		for fourth := range 3 {
			codes = append(codes, fmt.Sprintf("%s%d", category, fourth))
			for fifth := range 3 {
				codes = append(codes, fmt.Sprintf("%s%d%d", category, fourth, fifth))
			}
		}
	}
	cells := func(r *rand.Rand, n int) (all []string) {
		for range n {
			all = append(all, codes[r.IntN(len(codes))]+[]string{"", "%", "X"}[r.IntN(3)])
		}
		return all
	}
	covers := func(l *List, code string) bool {
		return l.Decide(coding.ReadValue(coding.ICD10, []byte(code), 6)).Covered
	}
	noted := 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 1))
		text := "code,status\n" + strings.Join(cells(r, 1+r.IntN(3)), ",include\n") + ",include\n"
		exclusion := cells(r, 1)[0]
		l, err := Parse("x", strings.NewReader(text+exclusion+",exclude\n"), CodingSystem(coding.ICD10), AllowRejected(),
			AllowEmpty(), ExcludeColumn("status"), CategoryPolicy(Always))
		require.NoError(t, err)
		if !l.Includes(coding.ICD10) || l.Len() == 0 || l.report.Count(Rejected) > 0 || !hasExclusion(l) {
			continue
		}
		is := false
		for _, n := range l.Report().Notices() {
			is = is || strings.Contains(n.Text, "takes nothing out")
		}
		without, err := Parse("x", strings.NewReader(text), CodingSystem(coding.ICD10), AllowRejected(), AllowEmpty(),
			ExcludeColumn("none"), CategoryPolicy(Always))
		require.NoError(t, err)
		takes := false
		for _, code := range append(codes, "E10X", "E11X") {
			takes = takes || covers(without, code) != covers(l, code)
		}
		require.Equal(t, !takes, is, "%sexcluding %s", text, exclusion)
		if is {
			noted++
		}
	}
	require.Greater(t, noted, 50)
}

func hasExclusion(l *List) bool {
	for _, e := range l.All() {
		if e.Exclude {
			return true
		}
	}
	return false
}
