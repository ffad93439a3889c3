package sqloracle

import (
	"bytes"
	"context"
	"database/sql"
	"strings"
	"testing"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/match"

	"github.com/stretchr/testify/require"
)

// record holds everything that the packages return for one appointment.
type record struct {
	Key, Person string
	Statuses    []match.Status
	Hits        []hit
	Attended    hesop.Attended
	Year        hesop.FinancialYear
	Dates       [2]hesop.Date // apptdate and reqdate, zero if absent
	Terms       [3]term       // tretspef, sex and firstatt
	Age         float64
}

type hit struct {
	list, entry int
	system      coding.System
	form        hesop.Form
	position    int32
	column      string // in lower case
	value       string // without padding
}

type term struct {
	status hesop.TermStatus
	code   string
}

// results holds everything that a scan returns.
type results struct {
	Records                                  []record
	Rows, Coded, Disagreements, Unrecognised int64
	Lists                                    []match.Counts

	padded int // number of hits whose values have trailing spaces
}

// scan matches all appointments of a reader.
func scan(ctx context.Context, t *testing.T, matcher *match.Matcher, reader *hesop.Reader, opts ...match.ScanOption) *results {
	t.Helper()
	column := func(name string) hesop.Column {
		c, err := reader.Column(name)
		require.NoError(t, err, name)
		return c
	}
	person, err := reader.Person()
	require.NoError(t, err)
	key, appointed, requested := column("attendkey"), column("apptdate"), column("reqdate")
	specialty, sex, first, age := column("tretspef"), column("sex"), column("firstatt"), column("apptage_calc")

	got := &results{}
	var hits []match.Hit
	totals, err := match.Scan(ctx, matcher, reader, func(a *hesop.Appointment, res *match.Result) error {
		r := record{
			Key: string(a.Text(key)), Person: string(a.Text(person)),
			Attended: a.Attended(), Year: a.FinancialYear(),
		}
		for i := range matcher.Len() {
			r.Statuses = append(r.Statuses, res.Status(i))
		}
		hits = matcher.AppendHits(hits[:0], a.Codes())
		for _, h := range hits {
			text := a.Codes().Text(h.Slot)
			if bytes.HasSuffix(text, []byte(" ")) {
				got.padded++
			}
			r.Hits = append(r.Hits, hit{
				h.List, h.Entry, h.Slot.Value.System(), h.Slot.Form, h.Slot.Position,
				strings.ToLower(a.Codes().Column(h.Slot).Name()), string(bytes.TrimSpace(text)),
			})
		}
		for i, c := range []hesop.Column{appointed, requested} {
			r.Dates[i], _ = a.Date(c)
		}
		for i, c := range []hesop.Column{specialty, sex, first} {
			meaning := a.Term(c)
			r.Terms[i] = term{meaning.Status, meaning.Code}
		}
		r.Age, _ = a.Age(age)
		got.Records = append(got.Records, r)
		return nil
	}, opts...)
	require.NoError(t, err)
	got.Rows, got.Coded, got.Disagreements, got.Unrecognised = totals.Rows, totals.Coded, totals.Disagreements, totals.Unrecognised
	for i := range matcher.Len() {
		got.Lists = append(got.Lists, totals.Counts(i))
	}
	return got
}

// scanText reads the rows of a table from CSV.
func (tab *table) scanText(t *testing.T, matcher *match.Matcher) *results {
	t.Helper()
	reader, err := hesop.NewReader(bytes.NewReader(tab.text))
	require.NoError(t, err)
	want := scan(t.Context(), t, matcher, reader)
	require.EqualValues(t, tableRows, want.Rows)
	for i, c := range want.Lists {
		require.Positive(t, c.Match, "every list needs a match: %s", matcher.List(i).Name())
		require.Positive(t, c.NoMatch, matcher.List(i).Name())
		require.Positive(t, c.Unknown, matcher.List(i).Name())
	}
	require.Zero(t, want.padded, "no value in the CSV is padded")
	return want
}

// scanQuery reads the rows of a query.
func scanQuery(t *testing.T, matcher *match.Matcher, db *sql.DB, query string, opts ...match.ScanOption) *results {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	reader, err := hesop.FromRows(rows)
	require.NoError(t, err)
	return scan(t.Context(), t, matcher, reader, opts...)
}

// countQuery counts the rows of a query by the answers of the lists.
func countQuery(t *testing.T, matcher *match.Matcher, db *sql.DB, query string) (*match.Totals, error) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	reader, err := hesop.FromRows(rows)
	require.NoError(t, err)
	return match.Scan(t.Context(), matcher, reader, func(*hesop.Appointment, *match.Result) error { return nil })
}

// requireSame requires the table in a database to give the same results as its rows in CSV, for any order of columns
// and number of workers. It returns the results.
func (tab *table) requireSame(t *testing.T, matcher *match.Matcher, db *sql.DB) (got *results) {
	t.Helper()
	want := tab.scanText(t, matcher)
	require.Positive(t, want.Lists[1].Undecided, "the list with entries longer than the field has undecided values")
	for _, run := range []struct {
		reason, query string
		workers       int
	}{
		{"columns in the order of the layout", tab.query(), 1},
		{"columns in reverse order, names in upper case", tab.reversed(), 1},
		{"several workers, which copy rows while the driver reads on", tab.query(), 3},
	} {
		got = scanQuery(t, matcher, db, run.query, match.Workers(run.workers))
		require.Len(t, got.Records, len(want.Records), run.reason)
		for i := range want.Records {
			require.Equal(t, want.Records[i], got.Records[i], "%s: row %d", run.reason, i+1)
		}
		require.Equal(t, want.totals(), got.totals(), run.reason)
	}
	return got
}

// totals returns the results without the records.
func (r *results) totals() results {
	return results{Rows: r.Rows, Coded: r.Coded, Disagreements: r.Disagreements, Unrecognised: r.Unrecognised, Lists: r.Lists}
}
