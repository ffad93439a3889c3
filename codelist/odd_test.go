package codelist

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"hesopmatch/internal/oracle"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
)

// Number of random files in TestOddFilesAgainstOracle, and the first seed.
const (
	oddFiles      = 8_000
	oddFilesShort = 1_000
	oddFirstSeed  = 0
)

// refusals maps errors of Parse to the oracle's kinds of refusal.
var refusals = []struct {
	err  error
	kind string
}{
	{ErrNoCodeColumn, oracle.NoCodeColumn},
	{ErrNoEntry, oracle.NoCodeColumn}, // a file without rows; with AllowEmpty, an empty list is no error
	{ErrCodeColumns, oracle.CodeColumns},
	{ErrNoColumn, oracle.NoColumn},
	{ErrNoSystem, oracle.NoSystem},
	{ErrOtherSystem, oracle.OtherSystem},
	{ErrUnusedSigns, oracle.UnusedSigns},
	{ErrRemovals, oracle.Removals},
}

// refusalKind returns the oracle's name for an error.
func refusalKind(err error) string {
	if err == nil {
		return ""
	}
	for _, r := range refusals {
		if errors.Is(err, r.err) {
			return r.kind
		}
	}
	return err.Error()
}

// oddOptions returns the options that match the oracle's choices.
func oddOptions(c oracle.Choices) []Option {
	opts := []Option{AllowRejected(), AllowEmpty()}
	for _, p := range []Policy{Always, Never} {
		if p.String() == c.Policy {
			opts = append(opts, CategoryPolicy(p))
		}
	}
	for _, h := range []Headings{IgnoreHeadings, ExpandHeadings} {
		if h.String() == c.Headings {
			opts = append(opts, HeadingRows(h))
		}
	}
	if c.AllowBroad {
		opts = append(opts, AllowBroad())
	}
	if sys, ok := parseSystem(c.System); ok {
		opts = append(opts, CodingSystem(sys))
	}
	if c.CodeColumn != "" {
		opts = append(opts, CodeColumn(c.CodeColumn))
	}
	if c.ExcludeColumn != "" {
		opts = append(opts, ExcludeColumn(c.ExcludeColumn))
	}
	if c.AllowRemovals {
		opts = append(opts, AllowRemovals())
	}
	return append(opts, SystemColumn(c.SystemColumn), ExcludeValue(c.ExcludeValue), HeaderRow(c.HeaderRow))
}

// oddResult is the result of reading a file, in the terms of the oracle.
type oddResult struct {
	Refused string
	Rows    []oracle.RowVerdict
	Entries []oracle.Entry
}

// parseOdd reads a file with Parse.
func parseOdd(s oracle.Sheet, c oracle.Choices) oddResult {
	l, err := Parse("list", strings.NewReader(s.Text()), oddOptions(c)...)
	if err != nil {
		return oddResult{Refused: refusalKind(err)}
	}
	var got oddResult
	for out := range l.Report().Outcomes() {
		if n := len(got.Rows); n == 0 || got.Rows[n-1].Line != out.Pos.Line {
			got.Rows = append(got.Rows, oracle.RowVerdict{Line: out.Pos.Line})
		}
		row := &got.Rows[len(got.Rows)-1]
		if !slices.Contains(row.Verdicts, out.Verdict.String()) {
			row.Verdicts = append(row.Verdicts, out.Verdict.String())
			slices.Sort(row.Verdicts)
		}
		if out.Verdict == Rejected {
			row.Why, row.Column = out.Reason, out.Pos.Column
		}
	}
	for _, e := range l.All() {
		got.Entries = append(got.Entries, oracle.Entry{
			Cell: e.Pos.Line - 1, System: e.Prefix.System().String(), Code: e.Prefix.String(),
			Descendants: e.Coverage == Descendants, Exclude: e.Exclude,
		})
	}
	return got
}

// oddDifference returns how Parse and the oracle differ on a file: the class of the difference, "" if they agree, and
// its detail.
func oddDifference(s oracle.Sheet, c oracle.Choices) (class, detail string) {
	want, got := s.Read(c), parseOdd(s, c)
	if got.Refused != "" || len(want.Refused) > 0 {
		kinds := strings.Join(want.Refused, ", ")
		switch {
		case got.Refused == "":
			return "not refused; oracle: " + kinds, ""
		case len(want.Refused) == 0:
			return "refused: " + got.Refused, ""
		case !slices.Contains(want.Refused, got.Refused):
			return "refused: " + got.Refused + "; oracle: " + kinds, ""
		}
		return "", ""
	}
	if diff := cmp.Diff(linesOf(want.Rows), linesOf(got.Rows)); diff != "" {
		return "lines of the rows", diff
	}
	for i, row := range want.Rows {
		mine := got.Rows[i]
		if !sameVerdicts(row.Verdicts, mine.Verdicts) {
			parsed, read := strings.Join(mine.Verdicts, " "), strings.Join(row.Verdicts, " ")
			return parsed + " (" + mine.Why + "); oracle: " + read + " (" + row.Why + ")", cmp.Diff(row, mine)
		}
		if row.Column > 0 && row.Column != mine.Column {
			return "column of a rejected row", cmp.Diff(row, mine)
		}
	}
	if diff := cmp.Diff(want.Entries, got.Entries); diff != "" {
		return "entries", diff
	}
	return "", ""
}

func linesOf(rows []oracle.RowVerdict) (lines []int) {
	for _, row := range rows {
		lines = append(lines, row.Line)
	}
	return lines
}

// sameVerdicts compares the verdicts of a row. Where the rules leave open whether a cell is accepted or repaired,
// either verdict is right.
func sameVerdicts(want, got []string) bool {
	if slices.Equal(want, got) {
		return true
	}
	if !slices.Contains(want, oracle.RowUsed) {
		return false
	}
	alike := func(verdicts []string) []string {
		var same []string
		for _, v := range verdicts {
			if v == oracle.RowAccepted || v == oracle.RowRepaired {
				v = oracle.RowUsed
			}
			same = append(same, v)
		}
		slices.Sort(same)
		return slices.Compact(same)
	}
	return slices.Equal(alike(want), alike(got))
}

// TestOddFilesAgainstOracle compares Parse with the oracle on random files that have other columns next to the codes.
// It compares refusals, the verdict of every row, and the entries. For each class of difference it shows the number of
// files, and the smallest file.
func TestOddFilesAgainstOracle(t *testing.T) {
	files := oddFiles
	if testing.Short() {
		files = oddFilesShort
	}
	type found struct {
		files    int
		smallest string
	}
	differ := make(map[string]*found)
	for seed := range uint64(files) {
		s, c := oracle.NewRandom(oddFirstSeed + seed).OddSheet()
		class, detail := oddDifference(s, c)
		if class == "" {
			continue
		}
		if differ[class] == nil {
			differ[class] = &found{}
		}
		shown := fmt.Sprintf("seed %d: %+v\n%s\n%s", oddFirstSeed+seed, c, s.Text(), detail)
		if d := differ[class]; d.files == 0 || len(shown) < len(d.smallest) {
			d.smallest = shown
		}
		differ[class].files++
	}
	for _, class := range slices.Sorted(maps.Keys(differ)) {
		assert.Fail(t, class, "%d of %d files; the smallest is %s", differ[class].files, files, differ[class].smallest)
	}
}
