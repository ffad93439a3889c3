package syntax

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"

	"github.com/stretchr/testify/require"
)

// TestSubmissionRandom makes submissions of random lists. The texts in a submission must be those for which List.Decide
// reports that the list covers them.
func TestSubmissionRandom(t *testing.T) {
	cells := []string{"E11", "E11X", "E11%", "E11.X", "E110", "E11.9", "E1190", "E11.95", "E11X5", "E12", "E12.0", "E120-E122", "E1[0-2]", "E1"}
	const lists = 600
	made := 0
	for seed := range uint64(lists) {
		r := rand.New(rand.NewPCG(seed, 7))
		sys := coding.Systems()[seed%2]
		var b strings.Builder
		b.WriteString("code,exclude,term\n")
		for range 1 + r.IntN(7) {
			sign := ""
			if r.IntN(3) == 0 {
				sign = "1"
			}
			fmt.Fprintf(&b, "%s,%s,x\n", cells[r.IntN(len(cells))], sign)
		}
		read := []codelist.Option{
			codelist.CodingSystem(sys), codelist.CategoryPolicy(codelist.Policy(r.IntN(3))), codelist.ExcludeColumn("exclude"),
			codelist.AllowRejected(), codelist.AllowBroad(), codelist.HeadingRows(codelist.ExpandHeadings),
		}
		var opts []SubmissionOption
		dots := r.IntN(2) == 0
		if dots {
			opts = append(opts, SubmissionDots())
		}
		was, err := codelist.Parse("list", strings.NewReader(b.String()), read...)
		if err != nil {
			continue
		}
		s, err := NewSubmission("list", []byte(b.String()), read, opts...)
		require.NoError(t, err, b.String())
		made++
		require.True(t, strings.HasPrefix(string(s.File), b.String()))
		is, err := codelist.Parse("list", strings.NewReader(string(s.File)), read...)
		require.NoError(t, err)
		require.Equal(t, was.Fingerprint(), is.Fingerprint(), b.String())
		requireTexts(t, sys, dots, s, was, is)
	}
	require.Greater(t, made, lists/2)
}

// requireTexts requires that the texts of a submission are exactly those that its list covers.
func requireTexts(t *testing.T, sys coding.System, dots bool, s *Submission, was, is *codelist.List) {
	t.Helper()
	var texts []string
	for out := range is.Report().Outcomes() {
		if out.Entry >= 0 && !is.Entry(out.Entry).Exclude {
			texts = append(texts, out.Raw)
		}
	}
	left := ""
	for _, n := range s.Notices() {
		if strings.Contains(n.Text, "not added in the form without filler") {
			left = n.Text
		}
	}
	covers := func(text string) bool { return was.Decide(coding.ReadValue(sys, []byte(text), 0)).Covered }
	for _, category := range []string{"E10", "E11", "E12", "E19"} {
		if covers(category) && !strings.Contains(left, category) {
			require.Contains(t, texts, category, "%s", s.File)
		}
		for _, fourth := range "X0123456789" {
			code := category + string(fourth)
			if covers(code) {
				require.Contains(t, texts, code, "%s", s.File)
				if dots && fourth != 'X' {
					require.Contains(t, texts, code[:3]+"."+code[3:], "%s", s.File)
				}
			}
			for fifth := range 10 {
				long := fmt.Sprint(code, fifth)
				require.True(t, sys == coding.OPCS4 || !covers(long) || slices.Contains(texts, long) || slices.Contains(texts, code), "%s: %s", long, s.File)
			}
		}
	}
	for _, text := range texts {
		if v := coding.ReadValue(sys, []byte(text), 0); v.Class() == coding.ClassCode && !strings.Contains(text, "%") {
			require.True(t, covers(text) || !strings.Contains(string(s.File), text+",,added"), "%s: %s", text, s.File)
		}
	}
}
