package match

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"

	"github.com/stretchr/testify/require"
)

// list parses a codelist with the given code cells. The prefix "opcs:" marks a procedure, and "!" an exclusion.
func list(t testing.TB, name string, cells ...string) *codelist.List {
	t.Helper()
	var b strings.Builder
	b.WriteString("coding_system,code,exclude\n")
	for _, cell := range cells {
		system := "icd10"
		rest, ok := strings.CutPrefix(cell, "opcs:")
		if ok {
			system = "opcs4"
		}
		rest, exclude := strings.CutPrefix(rest, "!")
		fmt.Fprintf(&b, "%s,%s,%d\n", system, rest, map[bool]int{true: 1}[exclude])
	}
	l, err := codelist.Parse(name, strings.NewReader(b.String()), codelist.ExcludeColumn("exclude"), codelist.AllowBroad())
	require.NoError(t, err)
	return l
}

func compile(t testing.TB, lists ...*codelist.List) *Matcher {
	t.Helper()
	m, err := Compile(lists...)
	require.NoError(t, err)
	return m
}

func diagnosis(text string) coding.Value {
	return coding.ReadValue(coding.ICD10, []byte(text), 6)
}

func procedure(text string) coding.Value {
	return coding.ReadValue(coding.OPCS4, []byte(text), 6)
}

func covering(m *Matcher, v coding.Value) []int { return slices.Collect(m.Lookup(v).All()) }

// statuses returns the answer of each list for each row of a table, as letters: m for match, n for no match, u for
// unknown.
func statuses(t *testing.T, m *Matcher, table string) []string {
	t.Helper()
	r, err := hesop.NewReader(strings.NewReader(table))
	require.NoError(t, err)
	res := m.NewResult()
	var got []string
	for a, err := range r.All() {
		require.NoError(t, err)
		m.Match(a.Codes(), res)
		var b strings.Builder
		for i := range m.Len() {
			b.WriteByte(res.Status(i).String()[0])
		}
		got = append(got, b.String())
	}
	return got
}

func TestSystemsNeverMeet(t *testing.T) {
	m := compile(t, list(t, "transplant", "Z94"), list(t, "laterality", "opcs:Z94"))
	require.Equal(t, []int{0}, covering(m, diagnosis("Z941")))
	require.Equal(t, []int{1}, covering(m, procedure("Z941")))
	require.Equal(t, []string{"mu", "um", "mm", "nn", "uu"}, statuses(t, m, "diag_4_01,opertn_4_01\nZ941,\n,Z941\nZ940,Z943\nE119,K401\nR69X,&\n"))
}

func TestCodeInManyLists(t *testing.T) {
	for _, n := range []int{0, 1, 64, 65, 1000} {
		t.Run(strconv.Itoa(n), func(t *testing.T) {
			var lists []*codelist.List
			for i := range n {
				l := list(t, strconv.Itoa(i), "E11", fmt.Sprintf("I%02d", i%100))
				if i%2 == 1 {
					l = list(t, strconv.Itoa(i), "E11", "!E119", "K50")
				}
				lists = append(lists, l)
			}
			m := compile(t, lists...)
			require.Equal(t, n, m.Len())
			var all, even []int
			for i := range n {
				all = append(all, i)
				if i%2 == 0 {
					even = append(even, i)
				}
			}
			require.Equal(t, all, covering(m, diagnosis("E110")))
			require.Equal(t, even, covering(m, diagnosis("E119")), "half of the lists exclude E119")
			set := m.Lookup(diagnosis("E119"))
			require.Equal(t, len(even), set.Len())
			for i := -1; i <= n; i++ {
				require.Equal(t, i >= 0 && i < n && i%2 == 0, set.Has(i))
			}
			require.Zero(t, m.Lookup(diagnosis("A00")).Len())
			require.Equal(t, []string{strings.Repeat("m", n), strings.Repeat("n", n), strings.Repeat("u", n)},
				statuses(t, m, "diag_4_01,diag_4_02\nE119,E110\nA000,\nR69X,\n"))
		})
	}
}

func TestStatus(t *testing.T) {
	tests := []struct {
		list   []string
		table  string
		want   string // one letter for each row
		reason string
	}{
		{[]string{"E11"}, "diag_4_01\nE119\nI10X\nR69X\n&\nAU00\n \n", "mnuuuu", "all three answers: missing and unrecognised values make the answer unknown"},
		{[]string{"E11", "opcs:K40"}, "diag_4_01,opertn_4_01\nE119,\n,K401\nI10X,\nI10X,K501\n,K501\n", "mmunu", "'no match' requires codes of both systems"},
		{[]string{"E11", "opcs:!K40"}, "diag_4_01,opertn_4_01\nI10X,\n", "n", "an exclusion does not require coding in its system"},
		{[]string{"E11"}, "opertn_4_01\nK401\n", "u", "the data have no column of the list's system"},
		{[]string{"M0510"}, "diag_4_01\nM051\nM052\n", "un", "a truncated value may be an included longer code"},
		{[]string{"E11", "!M0510"}, "diag_4_01\nM051\n", "n", "a truncated value may be a longer code, but only an excluded one"},
		{[]string{"M05", "!M0510"}, "diag_4_01\nM051\n", "m", "the shorter entry decides"},
		{[]string{"M0510"}, "diag_4_01,diag_01\nM051,M0510\nM051,M0511\n", "mn", "the raw code decides"},
		{[]string{"E119"}, "diag_3_01\nE11\nE12\n", "un", "the data have only fields of three characters"},
		{[]string{"E11"}, "diag_3_01\nE11\n", "m", "a family in a field of three characters"},
		{[]string{"R69"}, "diag_4_01\nR69X\nE119\n-\n", "mnu", "a missing diagnosis listed on purpose"},
		{[]string{"R%"}, "diag_4_01\nR69X\nR05X\n", "um", "a broad prefix does not reach missing values"},
		{[]string{"X99"}, "diag_4_01,opertn_4_01\nX991,X991\n,X991\n", "mu", "X99 is a missing value only as a procedure"},
		{[]string{"opcs:X99"}, "diag_4_01,opertn_4_01\nX991,\n,X998\n", "um", "a missing procedure listed on purpose"},
	}
	for _, tt := range tests {
		got := statuses(t, compile(t, list(t, "list", tt.list...)), tt.table)
		require.Equal(t, tt.want, strings.Join(got, ""), "%v: %s", tt.list, tt.reason)
	}
}

func TestPrimaryOnly(t *testing.T) {
	m := compile(t, list(t, "diabetes", "E11")).PrimaryOnly()
	table := "diag_4_01,diag_4_02,diag_4_concat\nE119,,E119\nI10X,E119,\"I10X,E119\"\n,E119,E119\n,,E119\nR69X,I10X,\"R69X,I10X\"\n"
	require.Equal(t, []string{"m", "n", "n", "m", "n"}, statuses(t, m, table),
		"a code has the position of its positional field, whatever its position in the concatenated field; a code in any position makes the row coded")
}

func TestHits(t *testing.T) {
	b := list(t, "b", "E11", "E11.9", "opcs:K40.X")
	a := list(t, "a", "E11.-", "!E112")
	m := compile(t, b, a)
	r, err := hesop.NewReader(strings.NewReader("note,opertn_4_01,diag_4_02,diag_4_01,diag_4_concat\nx,k40.1,E112,E119,\"E119,E112,,E11X\"\n"))
	require.NoError(t, err)
	for ap, err := range r.All() {
		require.NoError(t, err)
		hits := m.AppendHits([]Hit{{List: 99}}, ap.Codes())
		require.Equal(t, 99, hits[0].List, "AppendHits keeps the hits that dst already holds")
		var got []string
		for _, h := range hits[1:] {
			l := m.List(h.List)
			got = append(got, fmt.Sprint(l.Name(), " ", h.Slot.Value.System(), " ", h.Slot.Position, " ", h.Slot.Form, " ",
				ap.Codes().Column(h.Slot).Name(), " ", string(ap.Codes().Text(h.Slot)), " by ", l.Entry(h.Entry).Raw))
		}
		require.Equal(t, []string{
			"b ICD-10 1 positional diag_4_01 E119 by E11.9",
			"b ICD-10 4 concatenated diag_4_concat E11X by E11",
			"b OPCS-4 1 positional opertn_4_01 k40.1 by K40.X",
			"a ICD-10 1 positional diag_4_01 E119 by E11.-",
			"a ICD-10 4 concatenated diag_4_concat E11X by E11.-",
		}, got, "hits are ordered by list, system, position and form; a value that an exclusion decides is not a hit")
	}
}

func TestCompileRefuses(t *testing.T) {
	_, err := Compile(list(t, "good", "E11"), list(t, "bad", "!E11"))
	require.ErrorIs(t, err, ErrNoInclusion)
	require.ErrorContains(t, err, `"bad"`)
}

func TestForeignResult(t *testing.T) {
	m, other := compile(t, list(t, "a", "E11")), compile(t, list(t, "a", "E11"))
	r, err := hesop.NewReader(strings.NewReader("diag_4_01\nE11\n"))
	require.NoError(t, err)
	for a, err := range r.All() {
		require.NoError(t, err)
		require.PanicsWithValue(t, "match: Result of another Matcher", func() { m.Match(a.Codes(), other.NewResult()) })
		require.PanicsWithValue(t, "match: Result of another Matcher", func() { m.NewTotals().Add(a.Codes(), other.NewResult()) })
		require.NotPanics(t, func() { m.NewTotals().Merge(other.NewTotals()) }, "the same lists, compiled again")
	}
	require.Equal(t, Unknown, m.NewResult().Status(0), "a new Result answers unknown")
}

func TestLookupOfNothing(t *testing.T) {
	m := compile(t, list(t, "a", "E11"))
	require.Zero(t, m.Lookup(coding.Value(0)).Len())
	require.Zero(t, m.Lookup(diagnosis("-")).Len())
	require.Zero(t, m.lookupUndecided(diagnosis("E11")).Len())
	require.False(t, Set{}.Has(0))
}

// lookupUndecided returns the lists with an entry longer than a truncated value, whether or not Lookup returns them.
func (m *Matcher) lookupUndecided(v coding.Value) Set { return m.sets.at(m.answer(v).undecided) }
