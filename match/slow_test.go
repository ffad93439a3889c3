package match

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/internal/oracle"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// study is a random set of lists and a random table of appointments, both in the form of the oracle and as text.
type study struct {
	cells [][]oracle.Cell
	lists []*oracle.List
	table oracle.Table
	spelt oracle.Spelling // how the columns of table are spelled
	rows  [][]string
}

func newStudy(r oracle.Random, lists, rows int) study {
	s := study{table: r.Table()}
	for !s.table.Reads() {
		s.table = r.Table()
	}
	s.spelt = r.Spelling(s.table)
	for len(s.lists) < lists {
		cells := r.Cells()
		l, _ := oracle.NewList(cells, oracle.Settings{Policy: "auto"})
		for _, e := range l.Entries() {
			if !e.Exclude {
				s.cells, s.lists = append(s.cells, cells), append(s.lists, l)
				break
			}
		}
	}
	for range rows {
		s.rows = append(s.rows, r.Row(s.table))
	}
	return s
}

func (s study) compile(t testing.TB) *Matcher {
	t.Helper()
	var lists []*codelist.List
	for i, cells := range s.cells {
		l, err := codelist.Parse(strconv.Itoa(i), strings.NewReader(oracle.File(cells)), codelist.AllowRejected(), codelist.ExcludeColumn("exclude"))
		require.NoError(t, err)
		lists = append(lists, l)
	}
	m, err := Compile(lists...)
	require.NoError(t, err)
	if s.table.Primary {
		m = m.PrimaryOnly()
	}
	return m
}

// text returns the table as a file of appointments.
func (s study) text() string {
	var b strings.Builder
	b.WriteString("\uFEFF" + strings.Join(s.spelt.Names, "|") + "\n") // U+FEFF is not part of the first name
	for _, row := range s.rows {
		b.WriteString(strings.Join(row, "|") + "\n")
	}
	return b.String()
}

func (s study) reader(t testing.TB) *hesop.Reader {
	t.Helper()
	fields := map[string]hesop.Fields{"all": hesop.AllFields, "positional": hesop.PositionalFields, "concat": hesop.ConcatenatedFields}[s.table.Fields]
	rawWidth := 6
	if s.table.CutRaw {
		rawWidth = 4
	}
	opts := []hesop.Option{hesop.ReadFields(fields), hesop.RawWidth(rawWidth), hesop.Delimiter('|')}
	for _, r := range s.spelt.Renames {
		opts = append(opts, hesop.Rename(r[0], r[1]))
	}
	r, err := hesop.NewReader(strings.NewReader(s.text()), opts...)
	require.NoError(t, err)
	return r
}

// answered returns the library's answer for an appointment, in the form of the oracle.
func (s study) answered(m *Matcher, a *hesop.Appointment, res *Result) oracle.Answer {
	codes := a.Codes()
	got := oracle.Answer{
		Disagreements: codes.Disagreements(),
		Coded: map[string]bool{
			"ICD-10": codes.Coded(coding.ICD10), "OPCS-4": codes.Coded(coding.OPCS4),
		},
	}
	undecided := make(map[int]bool)
	for i := range res.Undecided() {
		undecided[i] = true
	}
	for i := range m.Len() {
		got.Status = append(got.Status, res.Status(i).String())
		n := 0
		for _, s := range codes.Slots() {
			if m.reads(&s) && m.lookupUndecided(s.Value).Has(i) {
				n++
			}
		}
		got.Undecided = append(got.Undecided, n)
		if undecided[i] != (n > 0) {
			panic("Result.Undecided and lookupUndecided differ")
		}
	}
	for _, h := range m.AppendHits(nil, a.Codes()) {
		got.Hits = append(got.Hits, oracle.Hit{
			List: h.List, System: h.Slot.Value.System().String(), Position: int(h.Slot.Position),
			Column: s.table.Columns[slices.Index(s.spelt.Names, a.Codes().Column(h.Slot).Name())], Value: string(a.Codes().Text(h.Slot)),
			Cell: m.List(h.List).Entry(h.Entry).Pos.Line - 2,
		})
	}
	for _, s := range codes.Slots() {
		if s.Value.Class() == coding.ClassUnrecognised {
			got.Unrecognised = append(got.Unrecognised, string(a.Codes().Text(s)))
		}
	}
	return got
}

// check requires the oracle's answers for every row of a study. The options are those of Scan.
func (s study) check(t testing.TB, opts ...ScanOption) {
	t.Helper()
	m := s.compile(t)
	i := 0
	totals, err := Scan(context.Background(), m, s.reader(t), func(a *hesop.Appointment, res *Result) error {
		want := s.table.Answer(s.lists, s.rows[i])
		if diff := cmp.Diff(want, s.answered(m, a, res)); diff != "" {
			return fmt.Errorf("row %d %q of %q (-oracle +got):\n%s\nlists %+v", i+1, s.rows[i], s.spelt, diff, s.cells)
		}
		matched := 0
		for list := range res.Matched() {
			matched++
			require.Equal(t, Match, res.Status(list))
		}
		require.Equal(t, matched > 0, res.AnyMatch())
		i++
		return nil
	}, opts...)
	require.NoError(t, err)
	require.Equal(t, len(s.rows), i)
	s.checkTotals(t, totals)

	form, err := totals.MarshalBinary()
	require.NoError(t, err)
	read, sum := new(Totals), s.compile(t).NewTotals()
	require.NoError(t, read.UnmarshalBinary(form))
	sum.Merge(read)
	s.checkTotals(t, read)
	s.checkTotals(t, sum)
}

// checkTotals compares the totals with the answers of the oracle, counted one by one.
func (s study) checkTotals(t testing.TB, totals *Totals) {
	t.Helper()
	counts := make([]Counts, len(s.lists))
	var coded, disagreements, unrecognised int64
	for _, row := range s.rows {
		want := s.table.Answer(s.lists, row)
		if want.Coded["ICD-10"] || want.Coded["OPCS-4"] {
			coded++
		}
		disagreements += int64(want.Disagreements)
		unrecognised += int64(len(want.Unrecognised))
		for i, status := range want.Status {
			switch status {
			case "match":
				counts[i].Match++
			case "no match":
				counts[i].NoMatch++
			default:
				counts[i].Unknown++
			}
			if want.Undecided[i] > 0 {
				counts[i].Undecided++
			}
		}
	}
	require.Equal(t, int64(len(s.rows)), totals.Rows)
	require.Equal(t, coded, totals.Coded)
	require.Equal(t, disagreements, totals.Disagreements)
	require.Equal(t, unrecognised, totals.Unrecognised)
	for i, want := range counts {
		require.Equal(t, want, totals.Counts(i))
	}
}

func TestAgainstOracle(t *testing.T) {
	rounds := 1500
	if testing.Short() {
		rounds = 150
	}
	for seed := range rounds {
		r := oracle.NewRandom(uint64(seed))
		newStudy(r, 1+r.IntN(6), 20).check(t, Workers(1+r.IntN(3)), BlockSize(1+r.IntN(8)))
	}
}

func FuzzAgainstOracle(f *testing.F) {
	for _, seed := range []string{"E119|E11,E119", "M051|M051,E11", "R69X||", " e11.9 |-,&", "M0510D|M051,,M051"} {
		f.Add(uint64(1), seed)
		f.Add(uint64(7), seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64, fields string) {
		s := newStudy(oracle.NewRandom(seed), 3, 1)
		if strings.ContainsAny(fields, "\"\r\n") || len(fields) > 200 {
			return
		}
		// The fields that the fuzzer draws fill the code columns in turn.
		given := strings.Split(fields, "|")
		for i, name := range s.table.Columns {
			if name != "apptdate" {
				s.rows[0][i] = given[i%len(given)]
			}
		}
		if strings.Join(s.rows[0], "") == "" && len(s.rows[0]) == 1 {
			return // a blank line is not a row
		}
		s.check(t)
	})
}
