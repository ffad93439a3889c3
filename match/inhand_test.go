package match

import (
	"testing"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"

	"github.com/stretchr/testify/require"
)

var fiveCodes = [][]byte{[]byte("F329"), []byte("I10X"), []byte("E119"), []byte("J459"), []byte("M0510")}

// inHand passes five codes to Codes.Add and matches them.
func inHand(m *Matcher, codes *hesop.Codes, res *Result) {
	codes.Reset()
	for _, text := range fiveCodes {
		codes.Add(hesop.CodeField{System: coding.ICD10}, text)
	}
	m.Match(codes, res)
}

func TestInHandNoAllocs(t *testing.T) {
	m := compile(t, list(t, "a", "F32"), list(t, "b", "E11 J45"), list(t, "c", "K40"))
	codes, res := new(hesop.Codes), m.NewResult()
	inHand(m, codes, res)
	require.Equal(t, []Status{Match, Match, NoMatch}, []Status{res.Status(0), res.Status(1), res.Status(2)})
	require.Zero(t, testing.AllocsPerRun(100, func() { inHand(m, codes, res) }))
	hits := m.AppendHits(nil, codes)
	require.Len(t, hits, 3)
	require.Equal(t, "F329", string(codes.Text(hits[0].Slot)))
}

func BenchmarkInHand(b *testing.B) {
	m := compile(b, list(b, "a", "F32"), list(b, "b", "E11 J45"), list(b, "c", "K40"), list(b, "d", "I10 C50"), list(b, "e", "N18"))
	codes, res, hits := new(hesop.Codes), m.NewResult(), []Hit(nil)
	n := 0
	for b.Loop() {
		inHand(m, codes, res)
		for list := range m.Len() {
			if res.Status(list) == Match {
				n++
			}
		}
		hits = m.AppendHits(hits[:0], codes)
	}
	require.Len(b, hits, 4)
	require.Equal(b, 3*b.N, n, "three lists match in each round")
}
