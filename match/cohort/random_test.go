package cohort_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/internal/oracle"
	"hesopmatch/match"
	"hesopmatch/match/cohort"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// study holds random lists, options and files of appointments. The test runs the package on them, and compares the
// results with those of the reference, the method wishes.slowly.
type study struct {
	r       oracle.Random
	matcher *match.Matcher
	options []cohort.Option
	wishes  wishes
	files   []file
	members []cohort.Member // the result of the reference
	totals  *cohort.Totals
	visits  []visit
	shown   string

	readers               int // readers made so far
	few, protects, enough int // numbers hidden for too few people, hidden to protect others, and not hidden
}

func newStudy(t testing.TB, r oracle.Random, rows int) *study {
	t.Helper()
	s := &study{r: r, wishes: wishes{least: 1}}
	var lists []*oracle.List
	var cells [][]oracle.Cell
	for wanted := 1 + r.IntN(4); len(lists) < wanted; {
		one := r.Cells()
		l, _ := oracle.NewList(one, oracle.Settings{Policy: "auto"})
		if slices.ContainsFunc(l.Entries(), func(e oracle.Entry) bool { return !e.Exclude }) {
			lists, cells = append(lists, l), append(cells, one)
		}
	}
	needed, starts := s.choose(len(lists))
	person := "pseudo_hesid"
	if r.IntN(4) == 0 {
		person = "study_id"
		s.options = append(s.options, cohort.PersonColumn("Study_ID"))
	}
	for range 1 + r.IntN(2) {
		f := newFile(r, person, needed...)
		f.order = s.wishes.order
		if len(s.files) > 0 {
			f.table.Primary = s.files[0].table.Primary // the Matcher is the same for all files
		}
		for range rows {
			f.add(r, lists, starts)
		}
		s.files = append(s.files, f)
	}
	s.shown = fmt.Sprintf("lists %+v\nwishes %+v", cells, s.wishes)
	s.compile(t, cells)
	s.work(t, lists)
	return s
}

// choose draws options. It returns the columns that they need, and the starts of the age bands.
func (s *study) choose(lists int) (needed []string, starts []int) {
	r, w := s.r, &s.wishes
	add := func(opt cohort.Option) { s.options = append(s.options, opt) }
	w.lists = lists
	if r.IntN(3) == 0 {
		w.attended = true
		add(cohort.Attended())
		needed = append(needed, "attended")
	}
	bounds := []hesop.Date{day(1989, 1, 1), day(2018, 3, 31), day(2018, 4, 1), day(2018, 4, 2), day(2020, 2, 29), day(2090, 1, 1)}
	from := r.IntN(len(bounds))
	if r.IntN(3) == 0 {
		w.from = bounds[from]
		add(cohort.From(w.from))
	}
	if r.IntN(3) == 0 {
		w.to = bounds[from+r.IntN(len(bounds)-from)]
		add(cohort.To(w.to))
	}
	if r.IntN(3) == 0 {
		w.least = 1 + r.IntN(3)
		add(cohort.AtLeast(w.least))
	}
	if r.IntN(4) < 3 {
		w.keyed = true
		add(cohort.Once("AttendKey"))
		needed = append(needed, "attendkey")
		if r.IntN(2) == 0 {
			columns := []string{"apptdate", "fyear", "tretspef", "sex", "apptage", "attendkey"}
			w.order = columns[r.IntN(len(columns))]
			add(cohort.OrderBy(" " + strings.ToUpper(w.order)))
			needed = append(needed, w.order)
		}
	}
	starts = []int{18, 25, 35, 45, 55, 65, 75, 85}
	if r.IntN(3) == 0 {
		starts = [][]int{nil, {1}, {18}, {17, 18, 19}, {1, 2, 120}}[r.IntN(5)]
		add(cohort.AgeBands(starts...))
	}
	if r.IntN(4) > 0 {
		w.totals = true
		add(cohort.WithTotals())
	}
	for range min(r.IntN(4), 3*(lists-1)) {
		one := wish{list: r.IntN(lists), exclude: r.IntN(2) == 0, before: r.IntN(2) == 0}
		one.other = (one.list + 1 + r.IntN(lists-1)) % lists
		w.related = append(w.related, one)
		relate := map[[2]bool]func(list, other int) cohort.Option{
			{false, false}: cohort.With, {true, false}: cohort.Without, {false, true}: cohort.WithBefore, {true, true}: cohort.WithoutBefore,
		}[[2]bool{one.exclude, one.before}]
		add(relate(one.list, one.other))
	}
	add(cohort.Workers(1 + r.IntN(3)))
	add(cohort.BlockSize(1 + r.IntN(300)))
	r.Shuffle(len(s.options), func(i, j int) { s.options[i], s.options[j] = s.options[j], s.options[i] })
	return needed, starts
}

func (s *study) compile(t testing.TB, cells [][]oracle.Cell) {
	t.Helper()
	var lists []*codelist.List
	for i, one := range cells {
		l, err := codelist.Parse(strconv.Itoa(i), strings.NewReader(oracle.File(one)), codelist.AllowRejected(), codelist.ExcludeColumn("exclude"))
		require.NoError(t, err)
		lists = append(lists, l)
	}
	var err error
	s.matcher, err = match.Compile(lists...)
	require.NoError(t, err)
	if s.files[0].table.Primary {
		s.matcher = s.matcher.PrimaryOnly()
	}
}

// reader returns a reader of some rows of a file, sometimes from a source without random access.
func (s *study) reader(t testing.TB, f *file, texts []string) *hesop.Reader {
	t.Helper()
	fields := map[string]hesop.Fields{"all": hesop.AllFields, "positional": hesop.PositionalFields, "concat": hesop.ConcatenatedFields}[f.table.Fields]
	s.readers++ // this number is written in each row, so that no two pieces are the same input
	var all strings.Builder
	all.WriteString(strings.Join(f.table.Columns, "|") + "|serial\n")
	for _, row := range texts {
		fmt.Fprintf(&all, "%s|%d\n", row, s.readers)
	}
	var text io.Reader = strings.NewReader(all.String())
	if s.r.IntN(3) == 0 {
		text = io.MultiReader(text)
	}
	rawWidth := 6
	if f.table.CutRaw {
		rawWidth = 4
	}
	reader, err := hesop.NewReader(text, hesop.ReadFields(fields), hesop.RawWidth(rawWidth), hesop.Delimiter('|'), hesop.SkipBadRows(nil))
	require.NoError(t, err)
	return reader
}

// work runs the reference. Before that, it finds the numbers of the entries that decided, which the oracle does not
// give.
func (s *study) work(t testing.TB, lists []*oracle.List) {
	t.Helper()
	s.wishes.finer = make([]bool, len(lists))
	var visits []visit
	for i := range s.files {
		f := &s.files[i]
		reader := s.reader(t, f, f.texts)
		for _, field := range reader.CodeFields() {
			for list := range lists {
				s.wishes.finer[list] = s.wishes.finer[list] || slices.ContainsFunc(lists[list].Entries(), func(e oracle.Entry) bool {
					return e.System == field.System.String() && (len(e.Code) > field.Width || field.Width == 3 && !e.Descendants)
				})
			}
		}
		next := 0
		for a, err := range reader.All() {
			require.NoError(t, err)
			for f.visits[next].bad {
				next++
			}
			for _, h := range s.matcher.AppendHits(nil, a.Codes()) {
				entries := &f.visits[next].answers[h.List].entries
				*entries = append(*entries, h.Entry)
				slices.Sort(*entries)
				*entries = slices.Compact(*entries)
			}
			next++
		}
		visits = append(visits, f.visits...)
		for d, has := range [5]bool{
			inYear: true, inSpecialty: f.has["tretspef"], inAttended: f.has["attended"], inSex: f.has["sex"],
			inAge: f.has["apptage"] || f.has["apptage_calc"],
		} {
			s.wishes.has[d] = s.wishes.has[d] || has
		}
	}
	s.visits = visits
	s.members, s.totals = s.wishes.slowly(visits)
}

// piece is some rows of a file.
type piece struct {
	file  *file
	texts []string
}

// pieces divides the files into pieces. The rows of a piece keep their order.
func (s *study) pieces() (all []piece) {
	for i := range s.files {
		f := &s.files[i]
		left := f.texts
		for range s.r.IntN(5) {
			n := s.r.IntN(len(left) + 1)
			all = append(all, piece{f, left[:n]})
			left = left[n:]
		}
		all = append(all, piece{f, left})
	}
	return all
}

// gather returns a cohort of pieces. It scans them one after another, or merges them as parts in random groupings.
func (s *study) gather(t testing.TB, whole *cohort.Cohort, pieces []piece) *cohort.Cohort {
	t.Helper()
	c := whole.Part()
	switch n := len(pieces); {
	case n == 0:
	case n > 1 && s.r.IntN(3) > 0:
		cut := s.r.IntN(n + 1)
		c = s.gather(t, whole, pieces[:cut%n]) // possibly an empty part
		part := s.gather(t, whole, pieces[cut%n:])
		members, totals := slices.Collect(part.Members()), part.Totals()
		if s.r.IntN(2) == 0 {
			c.Merge(part)
		} else {
			s.send(t, c, part)
		}
		require.Empty(t, cmp.Diff(members, slices.Collect(part.Members())), "Merge does not change the part")
		require.Empty(t, cmp.Diff(totals, part.Totals()), "Merge does not change the part")
	default:
		c = s.gather(t, whole, pieces[:n-1])
		last := pieces[n-1]
		require.NoError(t, c.Scan(context.Background(), s.reader(t, last.file, last.texts)))
	}
	return c
}

// send makes one cohort read the output of another, as another process would. It checks that another cohort writes the
// same bytes after reading them, and that the reader refuses to read them twice.
func (s *study) send(t testing.TB, c, part *cohort.Cohort) {
	t.Helper()
	written := partOf(t, part)
	other, err := cohort.New(s.matcher, s.options...)
	require.NoError(t, err)
	require.NoError(t, other.ReadPart(bytes.NewReader(written)))
	require.Equal(t, written, partOf(t, other))
	require.NoError(t, c.ReadPart(iotest.OneByteReader(bytes.NewReader(written))), "%s", s)
	if err := c.ReadPart(bytes.NewReader(written)); part.Totals().Account != (cohort.Account{}) {
		require.ErrorIs(t, err, cohort.ErrPart)
		require.ErrorContains(t, err, "already")
	}
}

// check compares a cohort with the reference.
func (s *study) check(t testing.TB, c *cohort.Cohort, how string) {
	t.Helper()
	if diff := cmp.Diff(s.members, slices.Collect(c.Members())); diff != "" {
		t.Fatalf("%s: members (-reference +got):\n%s\n%s", how, diff, s)
	}
	if diff := cmp.Diff(s.totals, c.Totals()); diff != "" {
		t.Fatalf("%s: totals (-reference +got):\n%s\n%s", how, diff, s)
	}
	if s.wishes.totals {
		s.checkExact(t, c, how)
	}
}

// String returns the whole study.
func (s *study) String() string {
	shown := []string{s.shown}
	for _, f := range s.files {
		shown = append(shown, fmt.Sprintf("file %s, primary %v", f.table.Fields, f.table.Primary), strings.Join(f.table.Columns, "|"))
		shown = append(shown, f.texts...)
	}
	return strings.Join(shown, "\n")
}

// checkAll checks one pass and merged parts.
func (s *study) checkAll(t testing.TB) {
	t.Helper()
	c, err := cohort.New(s.matcher, s.options...)
	require.NoError(t, err)
	for i := range s.files {
		require.NoError(t, c.Scan(context.Background(), s.reader(t, &s.files[i], s.files[i].texts)))
	}
	s.check(t, c, "in one pass")
	if s.wishes.totals {
		s.checkRelease(t, c, s.visits, "in one pass")
	}
	for range 2 {
		parts := s.gather(t, c, s.pieces())
		s.check(t, parts, "in parts")
		s.checkParts(t, c, parts)
	}
	s.check(t, c, "after Part was called")
}

func TestAgainstSlow(t *testing.T) {
	rounds := 800
	if testing.Short() {
		rounds = 150
	}
	few, protects, enough := 0, 0, 0
	for seed := range rounds {
		r := oracle.NewRandom(uint64(seed))
		s := newStudy(t, r, r.IntN(30))
		s.checkAll(t)
		few, protects, enough = few+s.few, protects+s.protects, enough+s.enough
	}
	require.Greater(t, min(few, enough), 10*rounds, "releases show and suppress numbers")
	require.Less(t, protects, enough, "few numbers are suppressed to protect others, even with small steps of rounding")
}

// choices is a source of random numbers. It makes one number from each byte, and then continues with a second source.
type choices struct {
	bytes []byte
	then  rand.Source
}

func (c *choices) Uint64() uint64 {
	if len(c.bytes) == 0 {
		return c.then.Uint64()
	}
	n := uint64(c.bytes[0]) << 56 // the result of IntN depends on the highest bits
	c.bytes = c.bytes[1:]
	return n
}

// FuzzMerge lets the fuzzer choose lists, options, rows, parts and the order of merging.
func FuzzMerge(f *testing.F) {
	f.Add(uint64(1), []byte{})
	f.Add(uint64(2), []byte("\x00\x40\x80\xc0\xff"))
	f.Add(uint64(3), []byte(strings.Repeat("any choice ", 20)))
	f.Fuzz(func(t *testing.T, seed uint64, bytes []byte) {
		r := oracle.Random{Rand: rand.New(&choices{bytes, rand.NewPCG(seed, 0)})}
		newStudy(t, r, r.IntN(12)).checkAll(t)
	})
}
