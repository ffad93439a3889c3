package match_test

import (
	"strings"
	"sync"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/match"

	"github.com/stretchr/testify/require"
)

// TestFingerprint: the fingerprint depends on the answers, not on the names or the spelling of lists.
func TestFingerprint(t *testing.T) {
	compile := func(texts ...string) *match.Matcher {
		var lists []*codelist.List
		for _, text := range texts {
			l, err := codelist.Parse("any name", strings.NewReader(text), codelist.ExcludeColumn("exclude"))
			require.NoError(t, err)
			lists = append(lists, l)
		}
		m, err := match.Compile(lists...)
		require.NoError(t, err)
		return m
	}
	const base, second = "icd10,exclude\nE11,\nF32,\n", "icd10,exclude\nI10,\n"
	want := compile(base, second)
	require.Len(t, want.Fingerprint(), 64)
	for _, test := range []struct {
		reason string
		same   bool
		other  *match.Matcher
	}{
		{"compiled again", true, compile(base, second)},
		{"other order of the rows", true, compile("icd10,exclude\nF32,\nE11,\n", second)},
		{"other spelling, duplicates, terms", true, compile("icd10,term,exclude\nE11.-,diabetes,\nE11%,,\nf32,,\n", second)},
		{"an exclusion outside the inclusions", true, compile("icd10,exclude\nE11,\nF32,\nG40,1\n", second)},
		{"one list", false, compile(base)},
		{"the lists in another order", false, compile(second, base)},
		{"a list repeated", false, compile(base, second, second)},
		{"one more code", false, compile("icd10,exclude\nE11,\nF32,\nF33,\n", second)},
		{"one code fewer", false, compile("icd10,exclude\nE11,\nF32,\nF329,1\n", second)},
		{
			"each code of F32 instead of the category: F32 is undecided in a field of three characters", false,
			compile("icd10,exclude\nE11,\nF32X,\nF320,\nF321,\nF322,\nF323,\nF324,\nF325,\nF326,\nF327,\nF328,\nF329,\n", second),
		},
		{
			"inclusions in another system, all excluded again: 'no match' now requires codes of both systems", false,
			compile(base+"\n", "code,coding_system,exclude\nI10,ICD-10,\nK40,OPCS-4,\nK40,OPCS-4,1\n"),
		},
		{"a code moved between the lists", false, compile("icd10,exclude\nE11,\n", "icd10,exclude\nF32,\nI10,\n")},
	} {
		t.Run(test.reason, func(t *testing.T) {
			require.Equal(t, test.same, test.other.Fingerprint() == want.Fingerprint())
			require.Equal(t, test.same, test.other.PrimaryOnly().Fingerprint() == want.PrimaryOnly().Fingerprint())
		})
	}
	require.NotEqual(t, want.Fingerprint(), want.PrimaryOnly().Fingerprint())
	require.Equal(t, want.PrimaryOnly().Fingerprint(), want.PrimaryOnly().PrimaryOnly().Fingerprint())
}

// TestFingerprintAtOnce: goroutines can call Fingerprint of a shared Matcher concurrently.
func TestFingerprintAtOnce(t *testing.T) {
	m := compiled(t)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() { _ = m.Fingerprint() + m.PrimaryOnly().Fingerprint() })
	}
	all.Wait()
	require.Zero(t, testing.AllocsPerRun(10, func() { _ = m.Fingerprint() }), "the fingerprint is computed once")
}
