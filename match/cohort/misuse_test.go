package cohort_test

import (
	"bytes"
	"context"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/match"
	"hesopmatch/match/cohort"
)

func oneList(t *testing.T) *match.Matcher {
	t.Helper()
	list, err := codelist.Parse("a", strings.NewReader("icd10\nF32\n"))
	require.NoError(t, err)
	m, err := match.Compile(list)
	require.NoError(t, err)
	return m
}

const twoRows = "pseudo_hesid,apptdate,diag_4_01\n1,2019-05-01,F329\n2,2019-05-02,I10X\n"

func newCohort(t *testing.T) *cohort.Cohort {
	t.Helper()
	c, err := cohort.New(oneList(t))
	require.NoError(t, err)
	return c
}

// TestNoForm: marshalling a Cohort fails, even inside another value, because the Cohort would lose its lists.
func TestNoForm(t *testing.T) {
	c := newCohort(t)
	type holder struct{ C *cohort.Cohort }
	for _, v := range []any{c, holder{c}} {
		_, err := json.Marshal(v)
		require.ErrorContains(t, err, "no binary or text form")
		require.ErrorContains(t, gob.NewEncoder(io.Discard).Encode(v), "no binary or text form")
	}
	require.ErrorContains(t, json.Unmarshal([]byte(`{}`), c), "no binary or text form")
	require.ErrorContains(t, json.Unmarshal([]byte(`"x"`), c), "no binary or text form")
	require.ErrorContains(t, c.UnmarshalBinary(nil), "no binary or text form")

	// Totals hold only numbers, so they survive encoding.
	var text bytes.Buffer
	require.NoError(t, gob.NewEncoder(&text).Encode(c.Totals()))
	var back cohort.Totals
	require.NoError(t, gob.NewDecoder(&text).Decode(&back))
	require.Len(t, back.Lists, len(c.Totals().Lists))
}

// TestIncomplete: a cohort whose Scan failed returns no results.
func TestIncomplete(t *testing.T) {
	broken := errors.New("the disk is gone")
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, test := range []struct {
		reason string
		ctx    context.Context
		source io.Reader
		opts   []hesop.Option
		want   error
	}{
		{"the source fails after a row", t.Context(), io.MultiReader(strings.NewReader(twoRows), iotest.ErrReader(broken)), nil, broken},
		{"cancelled", cancelled, strings.NewReader(twoRows), nil, context.Canceled},
		{"a row with too few fields", t.Context(), strings.NewReader(twoRows + "3,2019-05-03\n"), nil, hesop.ErrFieldCount},
		{"a missing column", t.Context(), strings.NewReader("pseudo_hesid,diag_4_01\n1,F329\n"), nil, hesop.ErrColumn},
	} {
		t.Run(test.reason, func(t *testing.T) {
			c := newCohort(t)
			whole, err := hesop.NewReader(strings.NewReader(twoRows))
			require.NoError(t, err)
			require.NoError(t, c.Scan(t.Context(), whole))
			require.NoError(t, c.Err())

			r, err := hesop.NewReader(test.source)
			require.NoError(t, err)
			require.ErrorIs(t, c.Scan(test.ctx, r), test.want)
			release, err := c.Release(t.Context(), cohort.UKLLC())
			require.Nil(t, release)
			require.ErrorIs(t, err, cohort.ErrIncomplete)
			require.ErrorIs(t, err, test.want)
			require.ErrorIs(t, c.Err(), cohort.ErrIncomplete)
			again, err := hesop.NewReader(strings.NewReader(twoRows))
			require.NoError(t, err)
			require.ErrorIs(t, c.Scan(t.Context(), again), cohort.ErrIncomplete, "another Scan does not repair the cohort")
			require.PanicsWithError(t, c.Err().Error(), func() { c.Members() })
			require.PanicsWithError(t, c.Err().Error(), func() { c.Totals() })
			require.PanicsWithError(t, c.Err().Error(), func() { c.Merge(c.Part()) })
			require.PanicsWithError(t, c.Err().Error(), func() { newPartOf(c).Merge(c) })
		})
	}
}

// spy stores the message of a failing assertion.
type spy struct{ text string }

func (s *spy) Errorf(format string, args ...any) { s.text += fmt.Sprintf(format, args...) }

// TestCohortPrints: a cohort prints how many lists and appointments it has, and no identifier. This holds for any verb,
// in a log and in the message of a failing test.
func TestCohortPrints(t *testing.T) {
	c, err := cohort.New(oneList(t), cohort.Once("attendkey"))
	require.NoError(t, err)
	r, err := hesop.NewReader(strings.NewReader(
		"pseudo_hesid,attendkey,apptdate,diag_4_01\nSECRET01,SECRET02,2019-05-01,F329\n",
	))
	require.NoError(t, err)
	require.NoError(t, c.Scan(t.Context(), r))
	const want = "cohort.Cohort of 1 lists after 1 appointments"
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d"} {
		require.Equal(t, want, fmt.Sprintf(verb, c), verb)
	}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "c", c)
	require.Contains(t, log.String(), want)
	s := new(spy)
	assert.Nil(s, c)
	assert.Equal(s, new(cohort.Cohort), c)
	for _, secret := range []string{"SECRET", "53 45 43 52"} {
		require.NotContains(t, log.String()+s.text, secret)
	}
	require.Equal(t, "cohort.Cohort (nil or zero)", fmt.Sprint(new(cohort.Cohort)))
}

func newPartOf(c *cohort.Cohort) *cohort.Cohort { return c.Part() }

// TestMisuse: an invalid argument causes an error or a panic that names the argument.
func TestMisuse(t *testing.T) {
	m := oneList(t)
	made := func(opts ...cohort.Option) func() error {
		return func() error {
			_, err := cohort.New(m, opts...)
			return err
		}
	}
	released := func(p cohort.Profile) func() error {
		return func() error {
			_, err := newCohort(t).Release(t.Context(), p)
			return err
		}
	}
	for _, test := range []struct {
		reason string
		do     func() error
		want   string
	}{
		{"no Matcher", func() error { _, err := cohort.New(nil); return err }, "the Matcher is nil"},
		{"the zero Matcher", func() error { _, err := cohort.New(new(match.Matcher)); return err }, "nil or zero"},
		{"a key without a name", made(cohort.Once("")), "the key has no name"},
		{"a key with a blank name", made(cohort.Once(" ")), "the key has no name"},
		{"OrderBy without Once", made(cohort.OrderBy("apptdate")), "OrderBy needs the name of a column, and Once"},
		{"an order without a name", made(cohort.Once("attendkey"), cohort.OrderBy(" ")), "OrderBy needs the name"},
		{"a nil option", made(nil), "option 0 is nil"},
		{"fewer than one appointment", made(cohort.AtLeast(0)), "at least 0 appointments"},
		{"no workers", made(cohort.Workers(0)), "0 workers"},
		{"blocks of -1 bytes", made(cohort.BlockSize(-1)), "-1 bytes"},
		{"no such list", made(cohort.With(0, 9)), "lists 0 and 9"},
		{"no Reader", func() error { return newCohort(t).Scan(t.Context(), nil) }, "Reader of Scan is nil"},
		{
			"the zero Reader", func() error { return newCohort(t).Scan(t.Context(), new(hesop.Reader)) },
			"Reader of Scan is nil or zero",
		},
		{"no Context", func() error { return newCohort(t).Scan(noContext, new(hesop.Reader)) }, "Context of Scan is nil"},
		{"the zero Profile", released(cohort.Profile{}), "zero Profile is not a rule"},
		{"a Profile with only a name", released(cohort.Profile{Name: "ours"}), `"ours" shows numbers of 0 people`},
		{"a negative number of people", released(cohort.Profile{Least: -3, Nearest: 5}), "-3 people"},
		{"more people than a group stores", released(cohort.Profile{Least: 101, Nearest: 10}), "must be 2 to 100"},
		{"no step of rounding", released(cohort.Profile{Least: 10}), "nearest 0"},
		{"rounding to the nearest 1", released(cohort.Profile{Least: 10, Nearest: 1}), "nearest 1"},
		{"a negative step of rounding", released(cohort.Profile{Least: 5, Nearest: -5}), "nearest -5"},
		{"a step of rounding without a least number of people", released(cohort.Profile{Nearest: 5}), "0 people"},
		{"a step that could round a shown number to zero", released(cohort.Profile{Least: 4, Nearest: 9}), "must be 2 to 8"},
		{"a release without WithTotals", released(cohort.UKLLC()), "New needs WithTotals"},
		{"exact tables without WithTotals", func() error { _, _, err := newCohort(t).Exact(); return err }, "New needs WithTotals"},
	} {
		t.Run(test.reason, func(t *testing.T) {
			err := test.do()
			require.ErrorIs(t, err, cohort.ErrOption)
			require.ErrorContains(t, err, test.want)
		})
	}
	c, err := cohort.New(oneList(t), cohort.WithTotals())
	require.NoError(t, err)
	_, err = c.Release(t.Context(), cohort.Profile{Least: 2, Nearest: 2})
	require.NoError(t, err)
	var zero cohort.Cohort
	require.PanicsWithValue(t, "cohort: the Cohort is nil or zero: New makes one", func() { zero.Totals() })
	require.PanicsWithValue(t, "cohort: the Cohort is nil or zero: New makes one", func() { _, _ = zero.Release(t.Context(), cohort.UKLLC()) })
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = c.Release(cancelled, cohort.UKLLC())
	require.ErrorIs(t, err, context.Canceled)
}

// noContext is a nil Context.
var noContext context.Context

// TestZeroDay: New refuses the zero Date, which ParseDate returns with an error. It does not read the zero Date as "no
// limit".
func TestZeroDay(t *testing.T) {
	for _, opt := range []cohort.Option{cohort.From(hesop.Date{}), cohort.To(hesop.Date{})} {
		_, err := cohort.New(handMatcher(t), opt)
		require.ErrorIs(t, err, cohort.ErrOption)
		require.ErrorContains(t, err, "is not a day of the calendar")
	}
}
