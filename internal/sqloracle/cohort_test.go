package sqloracle

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hesopmatch/hesop"
	"hesopmatch/match"
	"hesopmatch/match/cohort"

	"github.com/stretchr/testify/require"
)

// question is a set of conditions for gathering people: as options of a Cohort, and as fields from which the SQL is
// made.
type question struct {
	reason  string
	opts    []cohort.Option
	primary bool

	everyCategory bool // count by every category, even in a slow database

	seen     bool   // attended appointments only
	from, to string // days, or ""
	once     bool
	least    int
	related  []related
}

// related is a condition on another list.
type related struct {
	list, other     string
	exclude, before bool
}

// option returns the option of a Cohort for the condition.
func (r related) option(t *testing.T) cohort.Option {
	t.Helper()
	list, other := listNumber(t, r.list), listNumber(t, r.other)
	switch {
	case r.before && r.exclude:
		return cohort.WithoutBefore(list, other)
	case r.before:
		return cohort.WithBefore(list, other)
	case r.exclude:
		return cohort.Without(list, other)
	default:
		return cohort.With(list, other)
	}
}

var (
	cohortFrom = hesop.Date{Year: 2012, Month: 4, Day: 1}
	cohortTo   = hesop.Date{Year: 2020, Month: 3, Day: 31}
)

var questions = []question{
	{reason: "everything", everyCategory: true},
	{reason: "attended appointments", opts: []cohort.Option{cohort.Attended()}, seen: true},
	{
		reason: "a range of dates", opts: []cohort.Option{cohort.From(cohortFrom), cohort.To(cohortTo)},
		from: cohortFrom.String(), to: cohortTo.String(),
	},
	{reason: "two appointments", opts: []cohort.Option{cohort.AtLeast(2)}, least: 2},
	{reason: "no duplicates", opts: []cohort.Option{cohort.Once("attendkey")}, once: true},
	{reason: "related lists", related: []related{
		{list: "eyes", other: "cataract"}, // "eyes" covers all codes of "cataract"
		{list: "hypertension", other: "diabetes"},
		{list: "diabetes", other: "mood", exclude: true},
		{list: "airways", other: "assessment", before: true},
		{list: "kidneys", other: "hypertension", exclude: true, before: true},
		{list: "arthritis", other: "joints", exclude: true, before: true},
		{list: "arthritis", other: "scans"},
		{list: "sides", other: "skin", exclude: true},
	}},
	{reason: "the first position", primary: true},
	{
		reason: "all together", opts: []cohort.Option{cohort.Attended(), cohort.From(cohortFrom), cohort.Once("attendkey"), cohort.AtLeast(2)},
		everyCategory: true, seen: true, from: cohortFrom.String(), once: true, least: 2, primary: true,
		related: []related{{list: "diabetes", other: "hypertension", before: true}, {list: "eyes", other: "skin", exclude: true}, {list: "assessment", other: "joints"}},
	},
}

// cohort returns an empty Cohort for the question.
func (q *question) cohort(t *testing.T, m *match.Matcher, opts ...cohort.Option) *cohort.Cohort {
	t.Helper()
	if q.primary {
		m = m.PrimaryOnly()
	}
	opts = append(opts, q.opts...)
	for _, r := range q.related {
		opts = append(opts, r.option(t))
	}
	c, err := cohort.New(m, append(opts, cohort.WithTotals())...)
	require.NoError(t, err)
	return c
}

func scanLines(t *testing.T, c *cohort.Cohort, header string, lines []string) {
	t.Helper()
	reader, err := hesop.NewReader(strings.NewReader(header + strings.Join(lines, "")))
	require.NoError(t, err)
	require.NoError(t, c.Scan(t.Context(), reader))
}

func (s *cohortSQL) scan(t *testing.T, c *cohort.Cohort, query string) {
	t.Helper()
	rows, err := s.db.QueryContext(t.Context(), query)
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	reader, err := hesop.FromRows(rows)
	require.NoError(t, err)
	require.NoError(t, c.Scan(t.Context(), reader))
}

// shown holds the results that are compared: a line for each member, and totals by category.
type shown struct {
	members []string
	account cohort.Account
	counts  map[string]counts // by list, dimension and category
	taken   map[string]taken  // by dimension and category
	few     []int64           // the field Few of each list
	other   []int64           // the field Unrelated of each list
}

// counts holds the number of appointments for each answer of a list, and the number of people of the list. For a
// category, only two fields are set: match and people.
type counts struct{ match, noMatch, truncated, uncoded, people, appointments int64 }

// taken counts the appointments that pass a question's filters. For a category, it also counts those coded in each
// system.
type taken struct{ all, diagnosis, procedure int64 }

// show returns the results of a cohort, with counts by the given columns.
func show(t *testing.T, c *cohort.Cohort, columns []string) *shown {
	t.Helper()
	s := &shown{counts: make(map[string]counts), taken: make(map[string]taken)}
	appointments := make([]int64, c.Matcher().Len())
	for m := range c.Members() {
		appointments[m.List] += int64(m.Appointments)
		s.members = append(s.members, fmt.Sprint(m.Person, " ", m.List, " ", m.First, " ", m.Last, " ", m.Appointments, " ", m.Dates))
	}
	all := c.Totals()
	s.account = all.Account
	s.taken[everything+" "] = taken{all: all.Account.Taken}
	for i, l := range all.Lists {
		s.few, s.other = append(s.few, l.Few), append(s.other, l.Unrelated)
		s.counts[fmt.Sprint(i, " ", everything, " ")] = counts{l.Match, l.NoMatch, l.Cut, l.Uncoded, l.People, appointments[i]}
	}
	tables, _, err := c.Exact()
	require.NoError(t, err)
	for _, table := range tables {
		name, ofLists := strings.CutPrefix(table.Name, "lists_by_")
		column, ok := dimensionColumns[name]
		if !ok || !slices.Contains(columns, column) {
			continue
		}
		for _, row := range table.Rows {
			key := column + " " + categoryOf(name, row.Group)
			var numbers []int64
			for _, number := range row.Numbers {
				n, _ := number.Value()
				numbers = append(numbers, n)
			}
			if ofLists {
				s.counts[fmt.Sprint(row.List, " ", key)] = counts{match: numbers[0], people: numbers[1]}
				continue
			}
			require.Equal(t, []int64{numbers[0], numbers[0]}, []int64{numbers[1] + numbers[2], numbers[3] + numbers[4]})
			s.taken[key] = taken{all: numbers[0], diagnosis: numbers[1], procedure: numbers[3]}
		}
	}
	return s
}

// categoryOf returns the SQL's name for the group of a row: the code without its label.
func categoryOf(table, group string) string {
	if (table == "treatment_specialty" || table == "sex") && !strings.HasPrefix(group, "not ") {
		group, _, _ = strings.Cut(group, " ")
	}
	return group
}

// testCohort answers every question with a database and with a Cohort, and compares the answers.
func testCohort(t *testing.T, s *cohortSQL, tab *table) {
	t.Helper()
	s.unpivot(t, tab)
	s.describe(t, tab)
	matcher := newSQLMatcher(t)
	header, lines := tab.lines()
	for i, q := range questions {
		t.Run(q.reason, func(t *testing.T) {
			want, columns := s.ask(t, &q), s.columns(&q)
			if want.account.Read == cohortRows {
				want.requireTelling(t, &q)
			}
			text := q.cohort(t, matcher)
			scanLines(t, text, header, lines)
			requireShown(t, want, show(t, text, columns))
			rows := q.cohort(t, matcher, cohort.Workers(1+i%2))
			s.scan(t, rows, tab.query())
			requireShown(t, want, show(t, rows, columns))
		})
	}
}

// requireTelling requires an answer to contain at least one case of everything that can go wrong. Otherwise, the
// comparison would not test all of them.
func (s *shown) requireTelling(t *testing.T, q *question) {
	t.Helper()
	require.NotEmpty(t, s.members)
	if q.once {
		require.Positive(t, s.account.Duplicates)
		require.Positive(t, s.account.Keyless)
	}
	for _, r := range q.related {
		require.Positive(t, s.other[listNumber(t, r.list)], "%v excludes at least one person", r)
	}
	if q.least > 1 && !q.primary { // codes of the list "sides" are never in the first position
		require.NotContains(t, s.few, int64(0))
	}
	if len(q.opts) > 0 || q.primary || len(q.related) > 0 {
		return
	}
	require.Positive(t, s.account.NoPerson)
	require.Positive(t, s.account.NoDate)
	require.Positive(t, s.account.Disagreements)
	require.Positive(t, s.account.Unrecognised)
	for i, l := range sqlLists {
		c := s.counts[fmt.Sprint(i, " ", everything, " ")]
		require.Positive(t, min(c.match, c.noMatch, c.uncoded, c.people), "%s: %+v", l.name, c)
		require.Equal(t, l.truncated != "", c.truncated > 0, l.name)
	}
	for _, column := range []string{"specialty", "attended", "sex"} {
		require.Positive(t, s.taken[column+" not known"].all)
		require.Positive(t, s.taken[column+" not a value of the set"].all)
	}
}

func requireShown(t *testing.T, want, got *shown) {
	t.Helper()
	got.account.Differing = 0 // SQL does not know which fields a Cohort compares
	require.Equal(t, want.account, got.account)
	require.Equal(t, want.taken, got.taken)
	require.Equal(t, want.counts, got.counts)
	require.Equal(t, want.members, got.members)
	require.Equal(t, want.few, got.few)
	require.Equal(t, want.other, got.other)
}

func TestCohortSQLite(t *testing.T) {
	tab := newCohortTable(t)
	if raced { // the test with PostgreSQL reads all rows
		tab.shorten(cohortRows / 100)
	}
	s := &cohortSQL{db: openSQLite(t), strpos: "instr", slow: true, made: make(map[string]bool)}
	s.db.SetMaxOpenConns(1) // the settings apply to one connection
	s.exec(t, "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -100000")
	tab.loadCohortSQLite(t, s.db)
	testCohort(t, s, tab)
}

func TestCohortPostgres(t *testing.T) {
	s := &cohortSQL{db: postgres.Open(t), strpos: "strpos", made: make(map[string]bool)}
	tab := newCohortTable(t)
	tab.loadPostgres(t, s.db)
	t.Cleanup(func() {
		_, err := s.db.Exec("DROP TABLE IF EXISTS code, appointment, answer, answer_primary, taken, member")
		require.NoError(t, err)
	})
	testCohort(t, s, tab)
}

// TestCohortParts requires the same people for any number of parts and workers.
func TestCohortParts(t *testing.T) {
	header, lines := newCohortTable(t).lines()
	lines = lines[:cohortRows/3]
	matcher := newSQLMatcher(t)
	for _, q := range questions {
		if !q.once && len(q.related) == 0 {
			continue // in the other questions, no part depends on another
		}
		t.Run(q.reason, func(t *testing.T) {
			whole := q.cohort(t, matcher)
			scanLines(t, whole, header, lines)
			members, totals := slices.Collect(whole.Members()), whole.Totals()
			require.NotEmpty(t, members)
			for parts := 1; parts <= 4; parts++ {
				for _, workers := range []int{1, 3} {
					c := q.cohort(t, matcher, cohort.Workers(workers), cohort.BlockSize(5000))
					for i := range parts {
						part := c.Part()
						scanLines(t, part, header, lines[i*len(lines)/parts:(i+1)*len(lines)/parts])
						c.Merge(part)
					}
					require.Equal(t, members, slices.Collect(c.Members()), "%d parts, %d workers", parts, workers)
					require.Equal(t, totals, c.Totals(), "%d parts, %d workers", parts, workers)
				}
			}
		})
	}
}
