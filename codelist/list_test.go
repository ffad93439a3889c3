package codelist

import (
	"strings"
	"testing"

	"hesopmatch/codelist/coding"

	"github.com/stretchr/testify/require"
)

// parseCells makes a list of ICD-10 from cells; "!" before a cell excludes it.
func parseCells(t *testing.T, policy Policy, cells ...string) *List {
	t.Helper()
	l, err := Parse("list", strings.NewReader(cellsFile(cells)), CodingSystem(coding.ICD10), CategoryPolicy(policy), ExcludeColumn("exclude"))
	require.NoError(t, err)
	return l
}

func cellsFile(cells []string) string {
	var b strings.Builder
	b.WriteString("code,exclude\n")
	for _, cell := range cells {
		rest, exclude := strings.CutPrefix(cell, "!")
		b.WriteString(`"` + strings.ReplaceAll(rest, `"`, `""`) + `",`)
		if exclude {
			b.WriteByte('1')
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// shown writes the entries briefly.
func (l *List) shown() string {
	var words []string
	for _, e := range l.All() {
		words = append(words, e.shown())
	}
	return strings.Join(words, " ")
}

// shown writes an entry briefly: "!" marks an exclusion, and "%" an entry that covers its descendants.
func (e Entry) shown() string {
	word := e.Prefix.String()
	if e.Coverage == Descendants {
		word += "%"
	}
	if e.Exclude {
		word = "!" + word
	}
	return word
}

func TestPolicy(t *testing.T) {
	all := "E11 E110 E111 E112 E113 E114 E115 E116 E117 E118 E119"
	tests := []struct {
		cells               string
		auto, always, never string
		reason              string
	}{
		{"E11", "E11%", "E11%", "E11", "no children: the whole family"},
		{"E11 E119", "E11 E119%", "E11% E119%", "E11 E119%", "some children"},
		{
			all, strings.ReplaceAll(all, " E11", "% E11")[:3] + strings.ReplaceAll(all, " ", "% ")[4:] + "%", "", "",
			"all children",
		},
		{"E11 E11X", "E11% E11X", "E11% E11X", "E11 E11X", "the undivided category is not a child"},
		{"E11 E11X5", "E11 E11X5%", "E11% E11X5%", "E11 E11X5%", "X with a fifth character is a child"},
		{"E11 E1195", "E11 E1195%", "E11% E1195%", "E11 E1195%", "a grandchild"},
		{"E11 !E113", "E11% !E113%", "E11% !E113%", "E11 !E113%", "an exclusion is not a child of an inclusion"},
		{"E11 !E113 E1135", "E11% !E113% E1135%", "E11% !E113% E1135%", "E11 !E113% E1135%", "nor is a code that an exclusion covers"},
		{"E11 !E113 E1145", "E11 !E113% E1145%", "E11% !E113% E1145%", "E11 !E113% E1145%", "a grandchild outside the exclusion counts as a child"},
		{"E11% E119", "E11% E119%", "E11% E119%", "E11% E119%", "a wildcard is not left to the policy"},
		{"E11.X E119", "E11% E119%", "E11% E119%", "E11% E119%", "nor is a wildcard X"},
		{"E1_ E119", "", "", "", "members of a class are not bare"},
		{"E11 E11[01]", "E11 E110% E111%", "E11% E110% E111%", "E11 E110% E111%", "members of a class count as children"},
		{"E11 E11.0-E11.1", "E11 E110% E111%", "E11% E110% E111%", "E11 E110% E111%", "... as do members of a range"},
		{"!E11 !E119 E1", "", "", "", "an exclusion has only exclusions as children"},
	}
	tests[2].auto = strings.ReplaceAll(all, " ", "% ") + "%"
	tests[2].always = tests[2].auto
	tests[2].auto = "E11 " + strings.TrimPrefix(tests[2].auto, "E11% ")
	tests[2].never = tests[2].auto
	for _, tt := range tests {
		for policy, want := range map[Policy]string{Auto: tt.auto, Always: tt.always, Never: tt.never} {
			if want != "" {
				got := parseCells(t, policy, strings.Fields(tt.cells)...)
				require.Equal(t, want, got.shown(), "%v: %s", policy, tt.reason)
			}
		}
	}
	l, err := Parse("list", strings.NewReader(cellsFile([]string{"!E11", "!E119", "E1"})), CodingSystem(coding.ICD10), ExcludeColumn("exclude"), AllowBroad())
	require.NoError(t, err)
	require.Equal(t, "!E11 !E119% E1%", l.shown(), "an exclusion has only exclusions as children")
}

func TestFamilies(t *testing.T) {
	families := func(policy Policy, cells ...string) (got []string) {
		l := parseCells(t, policy, cells...)
		for f := range l.Report().Families() {
			words := []string{l.Entry(f.Entry).Prefix.String(), f.Coverage.String()}
			for _, c := range f.Children {
				words = append(words, c.String())
			}
			got = append(got, strings.Join(words, " "))
		}
		return got
	}
	cells := []string{"F32", "F320", "F32.1", "F320", "I10", "F33"}
	require.Equal(t, []string{"F32 exact F320 F321"}, families(Auto, cells...), "a category made exact, with its children, each once")
	require.Equal(t, []string{"F32 descendants F320 F321"}, families(Always, cells...), "a category with only some children listed")
	require.Equal(t, []string{"F32 exact F320 F321", "I10 exact", "F33 exact"}, families(Never, cells...), "the policy decides every bare category")
}

func TestDecide(t *testing.T) {
	const policy = Auto
	tests := []struct {
		cells  string
		field  string
		width  int
		want   string // the deciding entry, "" for none; + covered, - excluded, ? undecided, ?? undecided and open
		reason string
	}{
		{"E11 !E113 E1135", "E119", 6, "+E11", "of three nested entries, the shortest decides"},
		{"E11 !E113 E1135", "E113", 6, "-E113", "... the middle one decides"},
		{"E11 !E113 E1135", "E1134", 6, "-E113", "... also about a longer code"},
		{"E11 !E113 E1135", "E1135", 6, "+E1135", "... the longest one decides"},
		{"E119 !E119", "E119", 6, "-E119", "at equal length the exclusion decides"},
		{"!E119 E119", "E119", 6, "-E119", "... whichever comes first"},
		{"I10", "I10X", 4, "+I10", "the undivided category"},
		{"I10X", "I10", 4, "+I10X", "... with the filler in the entry and not in the value"},
		{"I10.X", "I10X", 4, "+I10", "a wildcard"},
		{"I10X", "I101", 4, "", "the undivided category covers no subcategory"},
		{"I10X", "I10X5", 6, "+I10X", "... but does cover its fifth characters"},
		{"E11 E11X", "E11", 4, "+E11X", "a category with X counts as four characters"},
		{"E11 !E11X", "E11", 4, "-E11X", "... so it decides"},
		{"E11 !E11X", "E119", 4, "+E11", "... and decides nothing else"},
		{"X60", "X600", 4, "+X60", "a leading X is a letter"},
		{"M0510", "M051", 4, "??", "truncated before the entry's last character"},
		{"M0510", "M051", 6, "", "not truncated: another code"},
		{"M05 !M0510", "M051", 4, "+M05 ?", "the shorter entry decides, and the value is still undecided"},
		{"E110 !M0510", "M051", 4, "?", "undecided only because of an exclusion: not open"},
		{"!M051 M0510 E11", "M051", 4, "-M051 ??", "excluded, and open"},
		{"E119", "E11", 3, "??", "three characters cannot decide a longer entry"},
		{"E11 E119", "E11", 3, "??", "... nor an exact category"},
		{"E11", "E11", 3, "+E11", "... but can decide a whole family"},
		{"E119", "E11", 4, "", "three characters in a field of four are whole"},
		{"E11X5", "E11X", 4, "??", "a fifth character may have followed the filler"},
		{"E11 E119", "E11X", 4, "+E11", "an exact category covers the filler with any fifth character"},
		{"R69", "R69X6", 6, "+R69", "missing, listed on purpose"},
		{"R69X", "R69X", 4, "+R69X", "missing, listed on purpose"},
		{"R69X6", "R69X", 4, "??", "missing, and truncated"},
		{"R68-R70", "R69X", 4, "", "a range does not name R69"},
		{"R69", "R69ZZ", 6, "+R69", "malformed"},
		{"R69X", "R69ZZ", 6, "", "malformed, and not the undivided category"},
		{"R69", "-", 6, "", "a dash has no code"},
		{"E11", "AU00", 6, "", "junk"},
	}
	for _, tt := range tests {
		l := parseCells(t, policy, append(strings.Fields(tt.cells), "A00")...)
		d := l.Decide(coding.ReadValue(coding.ICD10, []byte(tt.field), tt.width))
		var words []string
		if d.Entry >= 0 {
			words = append(words, map[bool]string{true: "+", false: "-"}[d.Covered]+l.Entry(d.Entry).Prefix.String())
			require.NotEqual(t, d.Covered, d.Excluded)
		} else {
			require.False(t, d.Covered || d.Excluded)
		}
		if d.Undecided {
			words = append(words, map[bool]string{true: "??", false: "?"}[d.Open])
		}
		require.Equal(t, tt.want, strings.Join(words, " "), "%s against %s: %s", tt.field, tt.cells, tt.reason)
	}
}

func TestDecideBroadAndMissing(t *testing.T) {
	l, err := Parse("list", strings.NewReader("code\nR\nR6%\n"), CodingSystem(coding.ICD10), AllowBroad())
	require.NoError(t, err)
	covered := func(field string) bool { return l.Decide(coding.ReadValue(coding.ICD10, []byte(field), 4)).Covered }
	require.True(t, covered("R05"))
	require.True(t, covered("R68"))
	require.False(t, covered("R69X"), "a broad prefix never covers a missing value")
	require.Equal(t, 1, l.Decide(coding.ReadValue(coding.ICD10, []byte("R68"), 4)).Entry, "the longer prefix decides")
}

func TestFirstRowIsReported(t *testing.T) {
	l := parseCells(t, Auto, "E119", "E11%", "E11", "E11.9", "E11-")
	require.Equal(t, "E119% E11% E11", l.shown(), "only an entry with the same coverage is a duplicate")
	require.Equal(t, 2, l.Report().Count(Duplicate))
	require.Equal(t, 1, l.Decide(coding.ReadValue(coding.ICD10, []byte("E11"), 4)).Entry, "among entries of equal length and sign, the first decides")
}

func TestFingerprint(t *testing.T) {
	fingerprint := func(cells ...string) string { return parseCells(t, Auto, cells...).Fingerprint() }
	same := fingerprint("E11", "I10X", "M0510")
	require.Len(t, same, 64)
	require.Equal(t, same, fingerprint("m05.10", "i10x", "e11.-", "E11"), "order, case, dots and spelling do not count")
	require.NotEqual(t, same, fingerprint("E11", "I101", "M0510"))
	require.NotEqual(t, same, fingerprint("E11", "I10X", "M051"))
	require.Equal(t, fingerprint("E11"), fingerprint("E11%", "E113", "E1135"), "entries that add no code")
	require.Equal(t, fingerprint("E11%"), fingerprint("E11%", "!E20"), "an exclusion that removes nothing")
	require.Equal(t, fingerprint("E11X"), fingerprint("E11", "!E11[0-9]"), "only the undivided category is left")
	require.Equal(t, fingerprint("E11X", "E110"), fingerprint("E11X", "E110", "E1105"))
	opcs, err := Parse("list", strings.NewReader("opcs\nZ94\n"), AllowRejected())
	require.NoError(t, err)
	require.NotEqual(t, fingerprint("Z94"), opcs.Fingerprint(), "the same code in another system")
}

func TestNeedFiner(t *testing.T) {
	l := parseCells(t, Auto, "E11", "M05", "M0510", "I10X", "J44%", "R69")
	finer := func(width int) (got []string) {
		for _, e := range l.NeedFiner(coding.ICD10, width) {
			got = append(got, e.Prefix.String())
		}
		return got
	}
	require.Equal(t, []string{"M0510"}, finer(4))
	require.Equal(t, []string{"M05", "M0510", "I10X"}, finer(3), "M05 is exact, because the list names its child")
	require.Empty(t, finer(6))
	for _, e := range l.NeedFiner(coding.OPCS4, 3) {
		require.Fail(t, "no entry of OPCS-4", e.Raw)
	}
	var missing []string
	for _, e := range l.ListsMissing() {
		missing = append(missing, e.Prefix.String())
	}
	require.Equal(t, []string{"R69"}, missing)
}
