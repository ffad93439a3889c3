package codelist

import (
	"fmt"
	"strings"
	"testing"

	"hesopmatch/codelist/coding"
	"hesopmatch/internal/oracle"

	"github.com/stretchr/testify/require"
)

// shownLists writes lists briefly: name, then entries.
func shownLists(lists []*List) string {
	var words []string
	for _, l := range lists {
		words = append(words, fmt.Sprintf("%s: %s", l.Name(), l.shown()))
	}
	return strings.Join(words, "; ")
}

func TestParseGroups(t *testing.T) {
	tests := []struct {
		text, column string
		opts         []Option
		want, rest   string
		reason       string
	}{
		{"icd10,condition\nE10,diabetes\nI10,hypertension\nE11,diabetes\n", "condition", nil, "diabetes: E10% E11%; hypertension: I10%", "", "groups come in the order of first appearance"},
		{"icd10,Concept Name\nE10, a \nE11,a\n", "concept_name", nil, "a: E10% E11%", "", "case, spaces and underscores in the column name do not count, nor does outer white space in values"},
		{"icd10,x\nE10,\nI10,b\nE11,\n", "x", nil, "(blank): E10% E11%; b: I10%", "", "the rows with a blank value are a group"},
		{"icd10,x\nE11,a\nE119,b\nE11,b\n", "x", nil, "a: E11%; b: E119% E11", "", "coverage and duplicates are resolved within a group"},
		{"code,system,coding_system,x\nE11,,ICD10,a\n123,,SNOMED,b\n,,ICD10,c\n456,,SNOMED,a\n", "x", nil, "a: E11%", "3:b 4:c", "a group of another system, or without a code, makes no list"},
		{"icd10,x\nNA,a\nE11,b\n", "x", []Option{AllowRejected(), AllowEmpty()}, "a: ; b: E11%", "", "a group of rejected rows makes an empty list"},
		{"icd10\nE11\n", "icd10", nil, "E11: E11%", "", "the grouping column may be the code column"},
	}
	for _, tt := range tests {
		lists, rest, err := ParseGroups("file", strings.NewReader(tt.text), tt.column, tt.opts...)
		require.NoError(t, err, tt.reason)
		require.Equal(t, tt.want, shownLists(lists), tt.reason)
		var left []string
		for out := range rest.Outcomes() {
			require.Equal(t, Ignored, out.Verdict)
			left = append(left, fmt.Sprintf("%d:%s", out.Pos.Line, rest.rows[len(left)].group))
		}
		require.Equal(t, tt.rest, strings.Join(left, " "), tt.reason)
		require.True(t, everyRowOnce(strings.Count(tt.text, "\n")-1, append(reports(lists), rest)...), tt.reason)
	}
}

func reports(lists []*List) []Report {
	all := make([]Report, len(lists))
	for i, l := range lists {
		all[i] = l.Report()
	}
	return all
}

// everyRowOnce reports whether the given number of rows is in the given reports, each row once and in file order.
func everyRowOnce(rows int, reports ...Report) bool {
	seen := make([]bool, rows)
	n := 0
	for _, r := range reports {
		last := -1
		for out := range r.Outcomes() {
			if out.Row == last {
				continue // another code of the same row
			}
			if out.Row < last || out.Row >= rows || seen[out.Row] {
				return false
			}
			seen[out.Row] = true
			last = out.Row
			n++
		}
	}
	return n == rows
}

func TestParseGroupsFails(t *testing.T) {
	parse := func(text string, opts ...Option) error {
		lists, _, err := ParseGroups("file", strings.NewReader(text), "x", opts...)
		require.Error(t, err)
		require.Nil(t, lists)
		return err
	}
	require.ErrorContains(t, parse("icd10,y\nE11,1\n"), `file:1: no such column: "x" (ParseGroups); columns `+
		`are "icd10", "y"`)
	require.ErrorIs(t, parse("E11\n", CodingSystem(coding.ICD10)), ErrNoColumn, "no header")
	require.ErrorIs(t, parse("code,coding_system,x\n1,SNOMED,a\n"), ErrNoEntry, "no group is left")
	err := parse("icd10,x\nNA,a\nE11,b\nNB,c\nNC,a\n")
	var rejected *RejectedError
	require.ErrorAs(t, err, &rejected)
	require.Equal(t, "file: 3 rejected rows (AllowRejected goes on without them):\n"+
		"  line 2, column 1: \"NA\": not a code\n  line 4, column 1: \"NB\": not a code\n  line 5, column 1: \"NC\": not "+
		"a code\n  → take the row out, or write the code as it is printed (E11.9, W37.1)", err.Error(),
		"the error has the rejected rows of all groups, in file order")
	require.ErrorContains(t, parse("icd10,x\nNA,a\nE11,b\n", AllowRejected()), `no entry left: group "a": 1 rows rejected, 0 ignored`)
	require.ErrorContains(t, parse("icd10,x\nE10,a\nE11,b\n", SizeLimits(Limits{Entries: 1})), "Limits.Entries", "entries of all groups count together")
	require.Error(t, parse(""))
}

func TestGroupIsKept(t *testing.T) {
	l, err := Parse("list", strings.NewReader("icd10,category,term\nE11,Diabetes,Type 2\n"))
	require.NoError(t, err)
	require.Equal(t, "Diabetes", l.Entry(0).Group)
	require.Equal(t, "Type 2", l.Entry(0).Term)
}

// TestGroupsAgainstParse makes random files with groups. It parses the rows of each group as a file of their own, and
// requires the same list that ParseGroups makes of that group.
func TestGroupsAgainstParse(t *testing.T) {
	for seed := range uint64(300) {
		r := oracle.NewRandom(seed)
		cells := r.Cells()
		header, body, _ := strings.Cut(oracle.File(cells), "\n")
		var whole strings.Builder
		whole.WriteString(header + ";group\n")
		alone := make(map[string]string) // the rows of each group, by the name of the group
		for line := range strings.Lines(body) {
			name := []string{"a", "b", ""}[r.IntN(3)]
			line = strings.TrimSuffix(line, "\n") + ";" + name + "\n"
			whole.WriteString(line)
			alone[name] += line
		}
		opts := []Option{AllowRejected(), AllowEmpty(), ExcludeColumn("exclude"), HeadingRows(Headings(r.IntN(3)))}
		lists, rest, err := ParseGroups("file", strings.NewReader(whole.String()), "group", opts...)
		require.NoError(t, err)
		require.True(t, everyRowOnce(len(cells), append(reports(lists), rest)...))
		for _, l := range lists {
			name := l.Name()
			if name == blankGroup {
				name = ""
			}
			want, err := Parse(l.Name(), strings.NewReader(header+";group\n"+alone[name]), opts...)
			require.NoError(t, err)
			require.Equal(t, want.shown(), l.shown())
			for v := range Rejected + 1 {
				require.Equal(t, want.Report().Count(v), l.Report().Count(v), "%v of %q", v, l.Name())
			}
		}
	}
}
