package precedence

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"hesopmatch/codelist/coding"
	"hesopmatch/internal/codebits"

	"github.com/stretchr/testify/require"
)

// TestFamilies requires Families and Decide to agree on every code, for random entries. Package codelist compares
// Decide with the oracle.
func TestFamilies(t *testing.T) {
	texts := []string{"E", "E1", "E11", "E11X", "E110", "E119", "E11X5", "E1195", "E1190", "E12", "R", "R6", "R69", "R69X", "R690"}
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 1))
		sys := coding.Systems()[seed%2]
		var entries []Entry
		for range r.IntN(8) {
			p, err := coding.ParsePrefix(sys, texts[r.IntN(len(texts))])
			if err != nil {
				continue
			}
			entries = append(entries, Entry{p, p.Len() == 4 || p.Len() == 3 && r.IntN(2) == 0, r.IntN(3) == 0})
			if p.Len() == 4 {
				entries[len(entries)-1].Exact = codebits.At(uint32(p), 3) == codebits.Filler
			}
		}
		rules := Make(len(entries), func(i int) Entry { return entries[i] })
		all := rules.Families(sys)
		for category := range codebits.Categories {
			var f Family
			if all.Category == category {
				f = all.Next()
			}
			if category/100 != 'E'-'A' && category/100 != 'R'-'A' && seed > 2 {
				require.Zero(t, f)
				continue
			}
			name := fmt.Sprintf("%c%02d", 'A'+category/100, category%100)
			decide := func(text string, width int) Decision {
				return rules.Decide(coding.ReadValue(sys, []byte(text), width))
			}
			d := decide(name, 3)
			require.Equal(t, []bool{d.Covered, d.Undecided, d.Open}, []bool{f.Cut, f.CutUndecided, f.CutOpen}, "%v: %s", entries, name)
			for fourth, c := range "X0123456789" {
				code := name + string(c)
				d := decide(code, 4)
				require.Equal(t, d.Covered, f.Covers(fourth, 0), "%v: %s", entries, code)
				if sys == coding.OPCS4 {
					continue
				}
				require.Equal(t, []bool{d.Undecided, d.Open}, []bool{f.Undecided>>fourth&1 == 1, f.Open>>fourth&1 == 1}, "%v: %s", entries, code)
				for fifth := range 10 {
					code := fmt.Sprint(code, fifth)
					require.Equal(t, decide(code, 0).Covered, f.Covers(fourth, fifth+1), "%v: %s", entries, code)
				}
			}
		}
		require.Equal(t, codebits.Categories, all.Category)
	}
}
