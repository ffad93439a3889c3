package cohort_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hesopmatch/hesop"
	"hesopmatch/match/cohort"

	"github.com/stretchr/testify/require"
)

// auditCase is data, lists and options.
type auditCase struct {
	lists   []auditList
	rows    []auditRow
	columns [auditDimensions]bool

	attended, once, counted, from bool
	least                         int
	related                       []auditRelation
}

type auditRelation struct {
	list, other     int
	exclude, before bool
}

// auditRow is an appointment, so many times, of so many people one after the other.
type auditRow struct {
	person, people int // -1 for nobody
	key            int // 0 for one of its own
	day            int // place in auditDays
	categories     [auditDimensions]int
	values         []int
}

// The days, and the values of the columns with the categories that they are of. The first
// dimension is the year of the day.
const auditDimensions = 5

var (
	auditDays  = []string{"2018-02-01", "2018-06-01", "2018-07-01", "2019-05-01", ""}
	auditNames = [auditDimensions]string{"financial_year", "treatment_specialty", "attended", "sex", "age"}
	auditHeads = [auditDimensions]string{"", "tretspef", "attended", "sex", "apptage"}
	auditTexts = [auditDimensions][][2]string{
		{{"", "2017-18"}, {"", "2018-19"}, {"", "2018-19"}, {"", "2019-20"}, {"", "not known"}},
		{{"320", "320 Cardiology Service"}, {"361", "361 Renal Medicine Service"}, {"410", "410 Rheumatology Service"}, {"", "not known"}},
		{{"5", "seen"}, {"3", "did not attend"}, {"6", "arrived late, seen"}},
		{{"1", "1 Male"}, {"2", "2 Female"}},
		{{"20", "18 to 24"}, {"30", "25 to 34"}, {"90", "85 and over"}},
	}
)

func (c *auditCase) has(d int) bool { return d == 0 || c.columns[d] }

func (r *auditRow) category(d int) int {
	if d == 0 {
		return r.day
	}
	return r.categories[d]
}

// text is the data as a file.
func (c *auditCase) text() string {
	var b strings.Builder
	b.WriteString("pseudo_hesid,attendkey,apptdate,diag_4_01,diag_4_02,diag_4_03,opertn_4_01,opertn_4_02")
	for d, head := range auditHeads {
		if d > 0 && c.has(d) {
			b.WriteString("," + head)
		}
	}
	b.WriteString("\n")
	for i, r := range c.rows {
		var codes [5]string
		n := [2]int{0, 3}
		for _, v := range r.values {
			if sys := auditValues[v].sys; n[sys] < [2]int{3, 5}[sys] {
				codes[n[sys]] = auditValues[v].text
				n[sys]++
			}
		}
		fields := append([]string{"", auditDays[r.day]}, codes[:]...)
		for d := 1; d < auditDimensions; d++ {
			if c.has(d) {
				fields = append(fields, auditTexts[d][r.categories[d]][0])
			}
		}
		tail := strings.Join(fields, ",")
		for n := range r.people {
			key := fmt.Sprintf("k%d.%d", i, n)
			if r.key > 0 {
				key = fmt.Sprintf("s%d.%d", r.key, n)
			}
			person := ""
			if r.person >= 0 {
				person = strconv.Itoa(r.person + n)
			}
			b.WriteString(person + "," + key + tail + "\n")
		}
	}
	return b.String()
}

func (c *auditCase) options() []cohort.Option {
	opts := []cohort.Option{cohort.WithTotals()}
	if c.attended {
		opts = append(opts, cohort.Attended())
	}
	if c.once {
		opts = append(opts, cohort.Once("attendkey"))
	} else if c.counted {
		opts = append(opts, cohort.CountKey("attendkey"))
	}
	if c.from {
		opts = append(opts, cohort.From(hesop.Date{Year: 2018, Month: 4, Day: 1}), cohort.To(hesop.Date{Year: 2019, Month: 12, Day: 31}))
	}
	if c.least > 1 {
		opts = append(opts, cohort.AtLeast(c.least))
	}
	for _, r := range c.related {
		option := map[[2]bool]func(int, int) cohort.Option{
			{false, false}: cohort.With, {true, false}: cohort.Without, {false, true}: cohort.WithBefore, {true, true}: cohort.WithoutBefore,
		}[[2]bool{r.exclude, r.before}]
		opts = append(opts, option(r.list, r.other))
	}
	return opts
}

func (c *auditCase) cohort(t *testing.T) *cohort.Cohort {
	t.Helper()
	made, err := cohort.New(auditMatcher(t, c.lists), c.options()...)
	require.NoError(t, err)
	r, err := hesop.NewReader(strings.NewReader(c.text()))
	require.NoError(t, err)
	require.NoError(t, made.Scan(t.Context(), r))
	return made
}

// drawCase draws data. Many of its numbers are around the threshold.
func drawCase(r *rand.Rand, least int) *auditCase {
	c := &auditCase{least: 1}
	for range 1 + r.IntN(6) {
		c.lists = append(c.lists, drawList(r, c.lists))
	}
	for d := range c.columns {
		c.columns[d] = r.IntN(3) == 0
	}
	c.attended = c.columns[2] && r.IntN(3) == 0
	c.from, c.once, c.counted = r.IntN(4) == 0, r.IntN(4) == 0, r.IntN(4) == 0
	if r.IntN(4) == 0 {
		c.least = 2 + r.IntN(2)
	}
	for n, chance := len(c.lists), 3; n > 1 && r.IntN(chance) == 0 && len(c.related) < 3; chance = 2 {
		list := r.IntN(n)
		c.related = append(c.related, auditRelation{list, (list + 1 + r.IntN(n-1)) % n, r.IntN(2) == 0, r.IntN(3) == 0})
	}
	c.drawRows(r, least)
	return c
}

func (c *auditCase) drawRows(r *rand.Rand, least int) {
	spread := [auditDimensions]int{}
	for d := range spread {
		spread[d] = 1 + r.IntN(len(auditTexts[d]))
	}
	few := 1 + r.IntN(auditDrawn)
	person := 1
	for range 2 + r.IntN(18) {
		people := r.IntN(3 * least)
		switch r.IntN(6) {
		case 0:
			people = r.IntN(3)
		case 1:
			people = r.IntN(20 * least)
		}
		row := auditRow{person: person, people: people}
		for visits := 1 + r.IntN(3); visits > 0; visits-- {
			row.day, row.values = r.IntN(spread[0]), nil
			for d := range row.categories {
				row.categories[d] = r.IntN(spread[d])
			}
			for range r.IntN(4) {
				row.values = append(row.values, r.IntN(few))
				if few < auditDrawn && r.IntN(3) == 0 {
					row.values = append(row.values, 8+r.IntN(5))
				}
			}
			if r.IntN(30) == 0 {
				row.person = -1
			}
			c.rows = append(c.rows, row)
			if r.IntN(20) == 0 && row.key == 0 {
				c.rows[len(c.rows)-1].key = len(c.rows)
				c.rows = append(c.rows, c.rows[len(c.rows)-1])
			}
			row.person = person
		}
		person += people
	}
}

// drawList draws a list, which many of the others are part of, or that it is part of.
func drawList(r *rand.Rand, others []auditList) (l auditList) {
	add := func(e int) {
		for _, other := range l.entries { // a category reaches no further than its codes, if these are beside it
			if a, b := auditEntries[e].atoms, auditEntries[other].atoms; a.within(b) || b.within(a) {
				return
			}
		}
		l.entries = append(l.entries, e)
	}
	if len(others) > 0 && r.IntN(2) == 0 {
		l.entries = slices.Clone(others[r.IntN(len(others))].entries)
		if r.IntN(2) == 0 && len(l.entries) > 1 {
			l.entries = l.entries[1:]
		}
		if r.IntN(3) == 0 {
			for _, e := range others[r.IntN(len(others))].entries {
				add(e)
			}
		}
	}
	for n := r.IntN(3); n > 0 || len(l.entries) == 0; n-- {
		add(r.IntN(len(auditEntries)))
	}
	if slices.Contains(l.entries, 0) && r.IntN(4) == 0 {
		e := 1 + r.IntN(3)
		if !slices.Contains(l.entries, e) {
			l.excluded = append(l.excluded, e)
		}
	}
	return l
}
