package codelist

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hesopmatch/codelist/coding"
	"hesopmatch/internal/oracle"

	"github.com/stretchr/testify/require"
)

const someReference = `icd10,title
E10,Type 1 diabetes
E10.0,With coma
E10.1,With ketoacidosis
E11,Type 2 diabetes
E11.0,With coma
E11.9,Without complications
I10X,Essential hypertension
M05.1,Rheumatoid lung disease
M05.10,of multiple sites
`

func TestReference(t *testing.T) {
	ref, err := ParseReference("ref", strings.NewReader(someReference))
	require.NoError(t, err)
	require.Equal(t, 9, ref.Len())
	code := func(text string) coding.Code {
		c, err := coding.ParseCode(coding.ICD10, text)
		require.NoError(t, err)
		return c
	}
	require.True(t, ref.Codes(coding.ICD10).Has(code("I10")))
	require.False(t, ref.Codes(coding.ICD10).Has(code("E12")))
	require.Equal(t, "Without complications", ref.Term(code("E119")))
	require.Empty(t, ref.Term(code("E118")))
	require.True(t, ref.knows(coding.ICD10))
	require.False(t, ref.knows(coding.OPCS4))
}

func TestReferenceRejects(t *testing.T) {
	const file = "code,term\nA00-A09,a block\nI,a chapter\nA00,x\nA00.-,a wildcard\nA00 A01,two\nA0,broad\nA0[12],a class\nNA,\nA00X,again\n"
	_, err := ParseReference("ref", strings.NewReader(file), CodingSystem(coding.ICD10))
	var rejected *RejectedError
	require.ErrorAs(t, err, &rejected)
	require.Len(t, rejected.Rows, 7)
	ref, err := ParseReference("ref", strings.NewReader(file), CodingSystem(coding.ICD10), AllowRejected())
	require.NoError(t, err)
	require.Equal(t, 1, ref.Len())
	report := ref.Report()
	require.Equal(t, 9, report.Rows())
	require.Equal(t, 7, report.Count(Rejected))
	require.Equal(t, 1, report.Count(Duplicate))
	_, err = ParseReference("ref", strings.NewReader("code\nNA\n"), CodingSystem(coding.ICD10), AllowRejected())
	require.ErrorIs(t, err, ErrNoEntry)
	_, err = ParseReference("ref", strings.NewReader("code\nA00\n"))
	require.ErrorIs(t, err, ErrNoSystem)
	_, err = ParseReference("ref", strings.NewReader("icd10\nA00\nA01\n"), SizeLimits(Limits{Entries: 1}))
	require.ErrorContains(t, err, "more than 1 codes (Limits.Entries)")
	_, err = ParseReference("ref", strings.NewReader("icd10\nA00.123\n"), SizeLimits(Limits{CellBytes: 5}))
	require.ErrorContains(t, err, "Limits.CellBytes")
}

// TestReferenceForms reads undivided codes as classifications print them, with a dot and an X. In a list, such an X is
// a wildcard.
func TestReferenceForms(t *testing.T) {
	ref, err := ParseReference("ref", strings.NewReader("icd10,exclude\nE11.0,\nI10.X,\na33.x ,\nE12,1\nG01*,\nM45X5,\nM45X6,\n\"E13;\",\n"), ExcludeColumn("exclude"))
	require.NoError(t, err)
	l := mustParse(t, "icd10\nI10\nA33X\nE11.0\nG01\nM45X\nE13\n")
	require.Empty(t, ref.Review(l).Unknown)
	require.Equal(t, 7, ref.Len())
	require.Equal(t, 1, ref.Report().Count(Ignored), "an excluded row is not a valid code")
}

// shownReview writes a review briefly.
func shownReview(l *List, v Review) (unknown, families string) {
	var u, f []string
	for _, x := range v.Unknown {
		u = append(u, fmt.Sprintf("%v: %s", l.Entry(x.Entry).Prefix, x.Why))
	}
	for _, x := range v.Families {
		f = append(f, fmt.Sprintf("%v %d %v %v %v", x.Category, x.Entry, x.Standing, x.Named, x.Left))
	}
	return strings.Join(u, "; "), strings.Join(f, "; ")
}

func TestReview(t *testing.T) {
	ref, err := ParseReference("ref", strings.NewReader(someReference))
	require.NoError(t, err)
	tests := []struct{ cells, unknown, families, reason string }{
		{"E11", "", "E11 0 none [] [E110 E119]", "the bare category"},
		{"E11 E11.9", "", "E11 0 partial [E119] [E110]", "... with some of its codes"},
		{"E11 E11.9 !E11.0", "", "E11 0 complete [E110 E119] []", "... with all of them, one excluded"},
		{"E11.9", "", "E11 -1 partial [E119] [E110]", "some of its codes, without the bare category"},
		{"I10 I10X", "", "I10 0 undivided [] []", "a category without longer codes"},
		{"M05 M05.1", "", "M05 0 complete [M051 M0510] []", "an entry M05.1 also names the longer code M05.10"},
		{"M05.10", "", "M05 -1 partial [M0510] [M051]", "an entry M05.10 does not name the shorter code M05.1"},
		{"E12", "E12: " + unknownCategory, "", "an unknown category"},
		{"E11.8", "E118: " + unknownCode, "E11 -1 none [] [E110 E119]", "an unknown code of a known category"},
		{"E11X I10X", "E11X: " + unknownFiller, "E11 -1 none [] [E110 E119]; I10 -1 undivided [] []", "a filler in a category that the reference divides"},
		{"M05.11", "M0511: " + unknownCode, "M05 -1 none [] [M051 M0510]", "an unknown fifth character"},
		{"E10-E14", "", "E10 0 none [] [E100 E101]; E11 1 none [] [E110 E119]", "a range may name unknown codes"},
		{"E12-E13", "E12: " + unknownCategory + "; E13: " + unknownCategory, "", "a range of unknown codes only"},
		{"E11.[89]", "", "E11 -1 partial [E119] [E110]", "a class with one known code"},
		{"E11.[09] E11.[089]", "", "E11 -1 complete [E110 E119] []", "a class whose known codes are duplicates"},
		{"E11._,E12.[89]", "E128: " + unknownCategory + "; E129: " + unknownCategory, "E11 -1 complete [E110 E119] []", "two classes in one cell, each judged on its own"},
		{"E11.[78]", "E117: " + unknownCode + "; E118: " + unknownCode, "E11 -1 none [] [E110 E119]", "a class without a known code"},
	}
	for _, tt := range tests {
		l := parseCells(t, Auto, strings.Fields(tt.cells)...)
		unknown, families := shownReview(l, ref.Review(l))
		require.Equal(t, tt.unknown, unknown, tt.reason)
		require.Equal(t, tt.families, families, tt.reason)
	}
	require.Equal(t, Review{Unchecked: []coding.System{coding.OPCS4}}, ref.Review(mustParse(t, "opcs4\nK40\n")), "the reference has no code of OPCS-4")
	l, err := Parse("list", strings.NewReader("icd10\nE\nF\nM0\nM1\n"), AllowBroad())
	require.NoError(t, err)
	unknown, _ := shownReview(l, ref.Review(l))
	require.Equal(t, "F: "+unknownCode+"; M1: "+unknownCode, unknown, "broad prefixes")
}

// TestReviewAgainstSlow compares reviews with a slow search that compares every code of the reference as text.
func TestReviewAgainstSlow(t *testing.T) {
	codes := []string{"E10", "E10.0", "E10.1", "E11", "E11.0", "E11.9", "I10", "M05", "M05.1", "M05.10", "M05.13", "M45X5", "X60.1", "Z94"}
	for seed := range uint64(1500) {
		r := oracle.NewRandom(seed)
		cells := r.Cells()
		for i := range cells {
			cells[i].System = "ICD-10"
			if strings.ContainsAny(cells[i].Text, "-–_[") {
				cells[i].Text = "E11.0" // TestReview tests ranges and patterns
			}
		}
		l, _ := oracleList(t, cells, settings{broad: true})
		if l == nil {
			continue
		}
		var text strings.Builder
		text.WriteString("icd10\n")
		var have []string // the codes of the reference; X fills a category to four characters
		for _, code := range codes {
			if r.IntN(3) > 0 {
				text.WriteString(code + "\n")
				code = strings.ReplaceAll(code, ".", "")
				if len(code) == 3 {
					code += "X"
				}
				have = append(have, code)
			}
		}
		if len(have) == 0 {
			continue
		}
		ref, err := ParseReference("ref", strings.NewReader(text.String()))
		require.NoError(t, err)
		v := ref.Review(l)

		named := make(map[string][]string) // codes longer than a category, by category
		left := make(map[string][]string)
		var unknown []int
		for i, e := range l.All() {
			if !slowKnows(have, e.Prefix.String()) {
				unknown = append(unknown, i)
			}
		}
		for _, code := range have {
			if len(code) == 4 && code[3] == 'X' {
				continue
			}
			into := left
			for _, e := range l.All() {
				if p := e.Prefix.String(); len(p) > 3 && strings.HasPrefix(code, p) {
					into = named
				}
			}
			into[code[:3]] = append(into[code[:3]], code)
		}
		var got []int
		for _, u := range v.Unknown {
			got = append(got, u.Entry)
		}
		require.Equal(t, unknown, got, "%s against %v", l.shown(), have)
		for _, f := range v.Families {
			category := f.Category.String()
			require.Equal(t, texts(named[category]), fmt.Sprint(f.Named), "%s against %v", l.shown(), have)
			require.Equal(t, texts(left[category]), fmt.Sprint(f.Left), "%s against %v", l.shown(), have)
		}
	}
}

// slowKnows reports whether a code of a reference starts with a prefix. A prefix with the filler names a code only if
// no digit divides the category, or if the reference has a code with a fifth character after the filler.
func slowKnows(have []string, prefix string) bool {
	undivided := len(prefix) == 4 && prefix[3] == 'X'
	if undivided {
		prefix = prefix[:3]
	}
	var known, digits, after bool
	for _, code := range have {
		if strings.HasPrefix(code, prefix) {
			known = true
			digits = digits || undivided && code[3] != 'X'
			after = after || undivided && code[3] == 'X' && len(code) > 4
		}
	}
	return known && (!digits || after)
}

func texts(codes []string) string {
	slices.Sort(codes)
	return fmt.Sprint(codes)
}
