package codelist

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"hesopmatch/codelist/coding"
	"hesopmatch/internal/codebits"
	"hesopmatch/internal/oracle"

	"github.com/stretchr/testify/require"
)

// settings are the options that Parse and the oracle share.
type settings struct {
	policy   Policy
	headings Headings
	broad    bool
}

// oracleList reads cells with the oracle and with Parse, and requires the same entries, rejections and headings. If no
// entry is left, the List that it returns is nil.
func oracleList(t *testing.T, cells []oracle.Cell, with settings) (*List, *oracle.List) {
	t.Helper()
	want, rejected := oracle.NewList(cells, oracle.Settings{Policy: with.policy.String(), Headings: with.headings.String(), AllowBroad: with.broad})

	opts := []Option{AllowRejected(), AllowEmpty(), CategoryPolicy(with.policy), HeadingRows(with.headings), ExcludeColumn("exclude")}
	if with.broad {
		opts = append(opts, AllowBroad())
	}
	got, err := Parse("list", strings.NewReader(oracle.File(cells)), opts...)
	require.NoError(t, err, "%+v", cells)

	why := make(map[int]oracle.Rejected)
	for _, r := range rejected {
		why[r.Cell] = r
	}
	for out := range got.Report().Outcomes() {
		cell := out.Pos.Line - 2
		refused := why[cell]
		require.Equal(t, refused.Why != "" && !refused.Ignored, out.Verdict == Rejected, "cell %q: %s; oracle: %+v", out.Raw, out.Reason, refused)
		require.Equal(t, refused.Ignored, out.Verdict == Ignored && out.Reason != reasonNoCode, "cell %q: %s; oracle: %+v", out.Raw, out.Reason, refused)
	}
	require.Equal(t, shownEntries(want), got.shown(), "%+v %+v", with, cells)
	for i, e := range got.All() {
		require.Equal(t, want.Entries()[i].Cell, e.Pos.Line-2)
	}
	if got.Len() == 0 {
		return nil, want
	}
	return got, want
}

func shownEntries(l *oracle.List) string {
	var words []string
	for _, e := range l.Entries() {
		word := e.Code
		if e.Descendants {
			word += "%"
		}
		if e.Exclude {
			word = "!" + word
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

// sameDecision requires that the list and the oracle decide the same about a value.
func sameDecision(t *testing.T, l *List, want *oracle.List, system, field string, width int) {
	t.Helper()
	sys, _ := parseSystem(system)
	v := want.Decide(system, field, width)
	d := l.Decide(coding.ReadValue(sys, []byte(field), width))
	cell := -1
	if d.Entry >= 0 {
		cell = l.Entry(d.Entry).Pos.Line - 2
	}
	outcome := "not covered"
	switch {
	case d.Covered:
		outcome = "covered"
	case d.Excluded:
		outcome = "excluded"
	}
	got := oracle.Verdict{Outcome: outcome, Cell: cell, Undecided: d.Undecided, Open: d.Open}
	require.Equal(t, v, got, "%s %q of width %d against %s", system, field, width, l.shown())
}

func TestAgainstOracle(t *testing.T) {
	rounds := 4000
	if testing.Short() {
		rounds = 400
	}
	for seed := range rounds {
		r := oracle.NewRandom(uint64(seed))
		cells := r.Cells()
		l, want := oracleList(t, cells, settings{
			policy:   []Policy{Auto, Auto, Always, Never}[r.IntN(4)],
			headings: []Headings{RejectHeadings, RejectHeadings, IgnoreHeadings, ExpandHeadings}[r.IntN(4)],
			broad:    r.IntN(5) == 0,
		})
		if l == nil {
			continue
		}
		for range 40 {
			system := coding.Systems()[r.IntN(2)].String()
			width := []int{3, 4, 4, 6}[r.IntN(4)]
			sameDecision(t, l, want, system, r.Field(system, width), width)
		}
	}
}

// TestFingerprintAgainstOracle requires that fingerprints are equal if and only if the lists cover the same codes.
func TestFingerprintAgainstOracle(t *testing.T) {
	byPrint := make(map[string]string) // the covered codes, by fingerprint
	byCover := make(map[string]string)
	for seed := range uint64(600) {
		r := oracle.NewRandom(seed)
		var cells []oracle.Cell
		for range 1 + r.IntN(2) {
			cell := r.Cell("ICD-10")
			cell.Text = strings.NewReplacer("M05", "E11", "E12", "E11", "E10", "E11", "X60", "E11", "Z94", "I10").Replace(cell.Text)
			cells = append(cells, cell)
		}
		l, want := oracleList(t, cells, settings{})
		if l == nil {
			continue
		}
		cover := coverage(want)
		sum := l.Fingerprint()
		if other, ok := byPrint[sum]; ok {
			require.Equal(t, other, cover, "one fingerprint, two coverages: %s", l.shown())
		}
		if other, ok := byCover[cover]; ok {
			require.Equal(t, other, sum, "one coverage, two fingerprints: %s", l.shown())
		}
		byPrint[sum], byCover[cover] = cover, sum
	}
	require.Greater(t, len(byPrint), 50, "there are enough different lists")
}

// coverage returns the codes that a list covers according to the oracle, in the categories that the list names.
func coverage(l *oracle.List) string {
	seen := make(map[string]bool)
	var b strings.Builder
	for category := range codebits.Categories {
		c := newCode(coding.ICD10, category, 0, 0).String()
		for _, e := range l.Entries() {
			if !seen[c] && e.Code[:3] == c {
				seen[c] = true
			}
		}
		if !seen[c] {
			continue
		}
		for fourth := range uint8(11) {
			for fifth := range uint8(11) {
				code := newCode(coding.ICD10, category, fourth, fifth).String()
				if l.Decide("ICD-10", code, 6).Outcome == "covered" {
					b.WriteString(code + " ")
				}
			}
		}
	}
	return b.String()
}

func FuzzAgainstOracle(f *testing.F) {
	for _, seed := range []string{"E11\n!E11.3\nE11.35", "F1_", "L08[089]", "E10-E14\nE11", "I10.0-I10.9", "I21.X, I22.X", "C45. 9", "R6_", "^E11.*", "A17.0†", "E11-D", "M45.X5"} {
		f.Add(seed, "E113", uint8(4))
	}
	f.Fuzz(func(t *testing.T, list, field string, width uint8) {
		var cells []oracle.Cell
		for line := range strings.SplitSeq(list, "\n") {
			if len(line) > 20 || strings.ContainsAny(line, "\r\x00") || !isValid(line) || isWide(line) || len(cells) == 8 {
				return
			}
			rest, exclude := strings.CutPrefix(line, "!")
			cells = append(cells, oracle.Cell{System: "ICD-10", Text: rest, Exclude: exclude})
		}
		if l, want := oracleList(t, cells, settings{headings: Headings(width / 8 % 3), broad: width%2 == 0}); l != nil {
			sameDecision(t, l, want, "ICD-10", field, 3+int(width%4))
		}
	})
}

// isWide reports whether a line names thousands of codes. The oracle would expand them and compare every pair.
func isWide(line string) bool {
	ends := regexp.MustCompile(`(?i)[a-z]\s*[0-9]`).FindAllString(line, 2)
	return strings.Count(line, "_")+strings.Count(line, "[") > 2 || strings.ContainsAny(line, "-‐‑‒–—−") && len(ends) == 2 && !strings.EqualFold(ends[0], ends[1]) ||
		regexp.MustCompile(`[0-9.]{5,}`).MatchString(line)
}

// isValid reports whether a text is UTF-8. Parse would read any other text as Windows-1252, but the oracle would not.
func isValid(s string) bool { return strings.ToValidUTF8(s, "") == s }

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"code\nE11\n", "E11\r\nE12\r\n", "icd10,term\nE11,\"a \"\"b\"\"\nc\"\n", "\xEF\xBB\xBFcode;term\nE11;x\n",
		"\xFF\xFEc\x00o\x00d\x00e\x00\n\x00E\x001\x001\x00", "# comment\nE11\n", "code,status\nE11,+\nE12,-\n", "icd10\nE10-E14\nE11\nIX\n", "icd10,group\nE11,a\nE11.9,\n",
		"coding_system,code\nSNOMED,123\nICD10,E11\n", "code\n\"E11", "PK\x03\x04", "E11\rE12\r", "code\tterm\nE11\t\xE9\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := Parse("list", strings.NewReader(string(data)), CodingSystem(coding.ICD10), AllowRejected(), SizeLimits(Limits{CellCodes: 500}))
		if err != nil {
			var file *FileError
			require.ErrorAs(t, err, &file, "%v", err)
			require.Nil(t, l)
			return
		}
		require.Positive(t, l.Len())
		require.True(t, everyRowOnce(l.Report().Rows(), l.Report()))
		requireRoundTrip(t, l)
		used := make(map[int]bool)
		line := 0
		for out := range l.Report().Outcomes() {
			require.GreaterOrEqual(t, out.Pos.Line, line, "in file order")
			line = out.Pos.Line
			require.Equal(t, out.Verdict == Ignored || out.Verdict == Rejected, out.Entry < 0)
			require.Equal(t, out.Verdict == Accepted, out.Reason == "")
			if out.Verdict == Accepted || out.Verdict == Repaired {
				require.False(t, used[out.Entry])
				used[out.Entry] = true
			}
		}
		require.Len(t, used, l.Len(), "each entry has a row")
		_, strict := Parse("list", strings.NewReader(string(data)), CodingSystem(coding.ICD10), SizeLimits(Limits{CellCodes: 500}))
		_, isRejected := errors.AsType[*RejectedError](strict)
		require.Equal(t, l.Report().Count(Rejected) > 0, isRejected)
	})
}
