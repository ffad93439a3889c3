package codelist

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"hesopmatch/codelist/coding"
	"hesopmatch/internal/codebits"
	"hesopmatch/internal/oracle"

	"github.com/stretchr/testify/require"
)

// shown writes a difference briefly.
func (d Difference) shown() string {
	var words []string
	add := func(sign string, entries []Entry) {
		for _, e := range entries {
			words = append(words, sign+e.shown())
		}
	}
	add("-", d.Removed)
	add("+", d.Added)
	for _, c := range d.Changed {
		add("<", c.First)
		add(">", c.Second)
	}
	return fmt.Sprintf("%s; %v; %v", strings.Join(words, " "), d.OnlyFirst, d.OnlySecond)
}

func TestCompare(t *testing.T) {
	tests := []struct{ first, second, want, reason string }{
		{"E11 I10", "I10 E11.-", "; []; []", "order and spelling do not count"},
		{"E11", "E11 E12", "+E12%; []; [E12%]", "one more category"},
		{"E11 E12.1", "E11", "-E121%; [E121]; []", "one code fewer"},
		{"E11", "E11 E11.9", "<E11% >E11 +E119%; [E110 E111 E112 E113 E114 E115 E116 E117 E118]; []", "a code named under a category makes the category exact"},
		{"E11", "E11 !E11.3", "+!E113%; [E113]; []", "an exclusion"},
		{"E11 !E11.3", "E11 E11.3", "<E11% >E11 <!E113% >E113%; [E110 E111 E112 E114 E115 E116 E117 E118 E119]; [E113]", "an entry whose sign changed"},
		{"I10", "I10X", "-I10% +I10X; [I100 I101 I102 I103 I104 I105 I106 I107 I108 I109]; []", "as a prefix, I10X is not I10"},
		{"M05.1", "M05.1 !M05.10", "+!M0510%; [M0510]; []", "a fifth character"},
		{"M05.1", "M0510 M0511 M0512 M0513 M0514 M0515 M0516 M0517 M0518 M0519", "-M051% +M0510% +M0511% +M0512% +M0513% +M0514% +M0515% +M0516% +M0517% +M0518% +M0519%; [M051 alone]; []", "entries for all ten longer codes do not cover M051 itself"},
		{"M45X", "M45X !M45X5", "+!M45X5%; [M45X5]; []", "a fifth character after the filler"},
	}
	for _, tt := range tests {
		first, second := parseCells(t, Auto, strings.Fields(tt.first)...), parseCells(t, Auto, strings.Fields(tt.second)...)
		d := Compare(first, second)
		require.Equal(t, sorted(tt.want), sorted(d.shown()), tt.reason)
		require.Equal(t, first.Fingerprint() == second.Fingerprint(), d.Same(), tt.reason)
	}
	k := mustParse(t, "opcs4\nK40\nK41.1\n")
	require.Equal(t, "+K40%; []; [K40%]", Compare(mustParse(t, "opcs4\nK41.1\n"), k).shown(), "OPCS-4")
	d := Compare(mustParse(t, "icd10\nZ94\n"), mustParse(t, "opcs4\nZ94\n"))
	require.Equal(t, "-Z94% +Z94%; [Z94%]; [Z94%]", d.shown(), "codes of different systems are never equal")
	require.Equal(t, coding.ICD10, d.OnlyFirst[0].Prefix.System())
	require.Equal(t, coding.OPCS4, d.OnlySecond[0].Prefix.System())
}

// sorted sorts the words before the first semicolon, because the method shown orders them by kind, not by prefix.
func sorted(shown string) string {
	entries, rest, _ := strings.Cut(shown, ";")
	words := strings.Fields(entries)
	for i := range words {
		for j := i; j > 0 && words[j] < words[j-1]; j-- {
			words[j], words[j-1] = words[j-1], words[j]
		}
	}
	return strings.Join(words, " ") + ";" + rest
}

func mustParse(t testing.TB, text string) *List {
	t.Helper()
	l, err := Parse("list", strings.NewReader(text))
	require.NoError(t, err)
	return l
}

// groupHas reports whether a code is in a group, by comparing texts.
func groupHas(c coding.Group, code coding.Code) bool {
	if code.System() != c.Prefix.System() {
		return false
	}
	text := code.String()
	if len(text) == 3 {
		text += "X" // the undivided category
	}
	if c.Alone {
		return text == c.Prefix.String()
	}
	return strings.HasPrefix(text, c.Prefix.String())
}

// TestCompareAgainstOracle compares the codes that Compare reports with the oracle's answer for every code. A code that
// only one list covers must be in exactly one of the groups of that list.
func TestCompareAgainstOracle(t *testing.T) {
	for seed := range uint64(150) {
		r := oracle.NewRandom(seed)
		draw := func() (*List, *oracle.List) {
			for {
				if l, want := oracleList(t, r.Cells(), settings{}); l != nil {
					return l, want
				}
			}
		}
		first, a := draw()
		second, b := draw()
		d := Compare(first, second)
		for _, sys := range coding.Systems() {
			for _, category := range someCategories(a, b, sys) {
				eachCode(sys, category, func(code coding.Code) {
					inA := a.Decide(sys.String(), code.String(), 6).Outcome == "covered"
					inB := b.Decide(sys.String(), code.String(), 6).Outcome == "covered"
					require.Equal(t, inA && !inB, setsWith(d.OnlyFirst, code) == 1, "%v of %s and %s", code, first.shown(), second.shown())
					require.Equal(t, inB && !inA, setsWith(d.OnlySecond, code) == 1, "%v of %s and %s", code, first.shown(), second.shown())
				})
			}
		}
		back := Compare(second, first)
		require.Equal(t, d.OnlyFirst, back.OnlySecond)
		require.Equal(t, d.Added, back.Removed)
	}
}

func setsWith(sets []coding.Group, code coding.Code) int {
	n := 0
	for _, s := range sets {
		if groupHas(s, code) {
			n++
		}
	}
	return n
}

// someCategories returns the categories that the lists name, and one that they may not name.
func someCategories(a, b *oracle.List, sys coding.System) []int {
	seen := map[int]bool{0: true}
	for _, e := range append(a.Entries(), b.Entries()...) {
		if e.System == sys.String() && len(e.Code) >= 3 {
			c, err := coding.ParseCode(sys, e.Code[:3])
			if err == nil {
				category, _, _ := codebits.Split(uint32(c))
				seen[category] = true
			}
		}
	}
	var all []int
	for category := range codebits.Categories {
		if seen[category] {
			all = append(all, category)
		}
	}
	return all
}

func eachCode(sys coding.System, category int, f func(coding.Code)) {
	for fourth := range uint8(11) {
		for fifth := range uint8(11) {
			if sys == coding.ICD10 || fifth == 0 {
				f(newCode(sys, category, fourth, fifth))
			}
		}
	}
}

func TestWriteCSV(t *testing.T) {
	l := mustParse(t, "code,coding_system,name\nE11.9,icd10,\"a, \"\"b\"\"\"\nK40,opcs4,hernia\ne11,ICD-10,\nE11.9,ICD10,again\nI10X,ICD10,\n")
	var b strings.Builder
	require.NoError(t, l.WriteCSV(&b))
	require.Equal(t, "coding_system,code,term\nICD-10,E119,\"a, \"\"b\"\"\"\nICD-10,E11X,\nICD-10,I10X,\nOPCS-4,K40%,hernia\n", b.String())
	l = parseCells(t, Never, "E11", "!E11.3", "E11%")
	b.Reset()
	require.NoError(t, l.WriteCSV(&b))
	require.Equal(t, "coding_system,code,term,exclude\nICD-10,E11%,,\nICD-10,E113,,1\nICD-10,E11X,,\n", b.String())
	require.Error(t, l.WriteCSV(failing{}))
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, bytes.ErrTooLarge }

// TestWriteCSVRoundTrip reads the output of WriteCSV under every policy, and requires the same fingerprint.
func TestWriteCSVRoundTrip(t *testing.T) {
	for seed := range uint64(300) {
		r := oracle.NewRandom(seed)
		cells := r.Cells()
		if r.IntN(2) == 0 { // often a single category, in all forms
			for i := range cells {
				cells[i].System = "ICD-10"
				cells[i].Text = []string{"E11", "E11%", "E11X", "E11X5", "E11.9", "E11.95"}[r.IntN(6)]
				cells[i].Exclude = r.IntN(2) == 0
			}
		}
		broad := r.IntN(4) == 0
		l, _ := oracleList(t, cells, settings{policy: []Policy{Auto, Always, Never}[r.IntN(3)], broad: broad})
		if l != nil {
			requireRoundTrip(t, l)
		}
	}
}

func requireRoundTrip(t testing.TB, l *List) {
	t.Helper()
	var b strings.Builder
	require.NoError(t, l.WriteCSV(&b))
	for _, policy := range []Policy{Auto, Always, Never} {
		opts := []Option{CategoryPolicy(policy), AllowBroad()}
		if strings.HasPrefix(b.String(), "coding_system,code,term,exclude\n") {
			opts = append(opts, ExcludeColumn("exclude"))
		}
		back, err := Parse("back", strings.NewReader(b.String()), opts...)
		require.NoError(t, err)
		require.Equal(t, l.Fingerprint(), back.Fingerprint(), "%s, written as\n%s", l.shown(), b.String())
		require.True(t, Compare(l, back).Same())
		require.Equal(t, back.Len(), back.Report().Count(Accepted), "all rows are accepted as written")
		var again strings.Builder
		require.NoError(t, back.WriteCSV(&again))
		require.Equal(t, b.String(), again.String(), "canonical output is written unchanged")
	}
}
