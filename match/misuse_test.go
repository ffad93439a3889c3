package match_test

import (
	"context"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/match"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestNoForm: a value that would lose its lists fails to marshal, even inside another value, and fails to unmarshal.
func TestNoForm(t *testing.T) {
	m := compiled(t)
	const want = "has no binary or text form"
	for _, v := range []any{
		m, m.NewResult(),
		struct{ Matcher *match.Matcher }{m},
		map[string]*match.Result{"part": m.NewResult()},
		[]*match.Result{m.NewResult()},
		new(hesop.Codes),
	} {
		_, err := json.Marshal(v)
		require.ErrorContains(t, err, want, "%T", v)
		require.ErrorContains(t, gob.NewEncoder(io.Discard).Encode(v), want, "%T", v)
	}
	require.ErrorContains(t, xml.NewEncoder(io.Discard).Encode(m.NewResult()), want)
	for _, v := range []interface {
		json.Unmarshaler
		UnmarshalBinary(data []byte) error
		UnmarshalText(text []byte) error
	}{m, m.NewResult()} {
		require.ErrorContains(t, json.Unmarshal([]byte(`{"Rows":1}`), v), want, "%T", v)
		require.ErrorContains(t, v.UnmarshalBinary(nil), want, "%T", v)
		require.ErrorContains(t, v.UnmarshalText(nil), want, "%T", v)
	}
}

func readerOf(t *testing.T, text string) *hesop.Reader {
	t.Helper()
	r, err := hesop.NewReader(strings.NewReader(text))
	require.NoError(t, err)
	return r
}

// TestPrimaryOnlyShares: a Matcher and its PrimaryOnly share a Result, but their Totals do not mix.
func TestPrimaryOnlyShares(t *testing.T) {
	m := compiled(t)
	primary := m.PrimaryOnly()
	res := m.NewResult()
	totals, firsts := m.NewTotals(), primary.NewTotals()
	for a, err := range readerOf(t, "diag_4_01,diag_4_02\nI10X,F329\nF329,-\n").All() {
		require.NoError(t, err)
		m.Match(a.Codes(), res)
		totals.Add(a.Codes(), res)
		require.Equal(t, match.Match, res.Status(0))
		require.PanicsWithValue(t, "match: Result of a Matcher and its PrimaryOnly: they count different questions; use NewTotals of the Matcher that gave the answer",
			func() { firsts.Add(a.Codes(), res) })
		primary.Match(a.Codes(), res)
		firsts.Add(a.Codes(), res)
	}
	require.EqualValues(t, 2, totals.Counts(0).Match)
	require.EqualValues(t, 1, firsts.Counts(0).Match)
	require.Panics(t, func() { totals.Merge(firsts) })
	require.NotPanics(t, func() { primary.PrimaryOnly().Match(one(t, "diag_4_01\nF329\n").Codes(), res) })
}

// one returns a copy of the first appointment of a text.
func one(t *testing.T, text string) *hesop.Appointment {
	t.Helper()
	for a, err := range readerOf(t, text).All() {
		require.NoError(t, err)
		return a.Clone()
	}
	t.Fatal("no row")
	return nil
}

// TestMisuse: an invalid argument is an error that wraps ErrOption and names the argument.
func TestMisuse(t *testing.T) {
	m := compiled(t)
	nothing := func(*hesop.Appointment, *match.Result) error { return nil }
	scan := func(opts ...match.ScanOption) func() error {
		return func() error {
			_, err := match.Scan(t.Context(), m, readerOf(t, "diag_4_01\nF329\n"), nothing, opts...)
			return err
		}
	}
	for _, test := range []struct {
		reason string
		do     func() error
		want   string
	}{
		{"a nil list", func() error { _, err := match.Compile(nil); return err }, "list 0 of Compile is nil"},
		{"a nil list after another", func() error { _, err := match.Compile(m.List(0), nil); return err }, "list 1 of Compile is nil"},
		{"no Matcher", func() error {
			_, err := match.Scan(t.Context(), nil, readerOf(t, "diag_4_01\n"), nothing)
			return err
		}, "the Matcher of Scan is nil"},
		{"no Reader", func() error { _, err := match.Scan(t.Context(), m, nil, nothing); return err }, "the Reader of Scan is nil"},
		{"a nil option", scan(nil), "option 0 of Scan is nil"},
		{"a nil function of Only", scan(match.Only(nil)), "the function of Only is nil"},
		{"a negative number of workers", scan(match.Workers(-1)), "Workers(-1)"},
		{"no workers", scan(match.Workers(0)), "Workers(0)"},
		{"more than MaxWorkers", scan(match.Workers(match.MaxWorkers + 1)), "Workers(1025)"},
		{"blocks of 0 bytes", scan(match.BlockSize(0)), "BlockSize(0)"},
		{"blocks of -1 bytes", scan(match.BlockSize(-1)), "BlockSize(-1)"},
	} {
		t.Run(test.reason, func(t *testing.T) {
			err := test.do()
			require.ErrorIs(t, err, match.ErrOption)
			require.ErrorContains(t, err, test.want)
		})
	}
}

// TestMisusePanics: passing a value that belongs to another Matcher or row panics with an explanation.
func TestMisusePanics(t *testing.T) {
	m, other := compiled(t), compiledOf(t, "I10")
	a, b := one(t, "diag_4_01\nF329\n"), one(t, "diag_4_01\n\nF329\n")
	r := readerOf(t, "diag_4_01\nF329\nI10X\n")
	var rows []*hesop.Appointment
	for a, err := range r.All() {
		require.NoError(t, err)
		rows = append(rows, a.Clone())
	}
	res := m.NewResult()
	m.Match(rows[0].Codes(), res)
	for _, test := range []struct {
		reason string
		do     func()
		want   string
	}{
		{"a Result of other lists", func() { m.Match(a.Codes(), other.NewResult()) }, "match: Result of another Matcher"},
		{"the zero Result", func() { m.Match(b.Codes(), new(match.Result)) }, "match: Result of another Matcher"},
		{"a Result of other lists in Add", func() { m.NewTotals().Add(a.Codes(), other.NewResult()) }, "match: Result of another Matcher"},
		{"an answer for another row", func() { m.NewTotals().Add(rows[1].Codes(), res) }, "match: Result of row 1 and Codes of row 2: call Match for the codes before Add"},
		{"Totals of other lists", func() { m.NewTotals().Merge(other.NewTotals()) }, fmt.Sprintf(
			"match: Totals of another Matcher (fingerprints %s and %s)", m.Fingerprint(), other.Fingerprint(),
		)},
		{"Merge of zero Totals", func() { m.NewTotals().Merge(new(match.Totals)) }, "match: the Totals are zero: NewTotals makes them"},
		{"Merge into zero Totals", func() { new(match.Totals).Merge(m.NewTotals()) }, "match: the Totals are zero: NewTotals makes them"},
		{"Add to Totals without a Matcher", func() { new(match.Totals).Add(rows[0].Codes(), res) }, "match: these Totals were read without a Matcher: call Add on the result of NewTotals, and Merge the others into it"},
		{"the zero Matcher", func() { new(match.Matcher).Fingerprint() }, "match: the Matcher of Fingerprint is nil or zero: Compile makes one"},
	} {
		t.Run(test.reason, func(t *testing.T) { require.PanicsWithValue(t, test.want, test.do) })
	}
}

// spy stores the message of a failing assertion.
type spy struct{ text string }

func (s *spy) Errorf(format string, args ...any) { s.text += fmt.Sprintf(format, args...) }

// TestResultPrints: a Result prints its row and the number of lists that match, and no code.
func TestResultPrints(t *testing.T) {
	m := compiled(t)
	res := m.NewResult()
	m.Match(one(t, "diag_4_01\nF329\n").Codes(), res)
	const want = "match.Result of row 1: 1 of 1 lists match"
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d", "%x", "%q"} {
		require.Equal(t, want, fmt.Sprintf(verb, res), verb)
	}
	var b strings.Builder
	slog.New(slog.NewJSONHandler(&b, nil)).Info("x", "result", res)
	require.Contains(t, b.String(), want)
	require.Equal(t, "match.Result without a row", m.NewResult().String())
	s := new(spy)
	assert.Equal(s, m.NewResult(), res)
	require.Contains(t, s.text, want)
}

// TestUnknownSystem: no appointment is coded in an invalid system.
func TestUnknownSystem(t *testing.T) {
	res := compiled(t).NewResult()
	require.False(t, res.Coded(coding.System(9)))
}

func compiled(t testing.TB) *match.Matcher {
	t.Helper()
	return compiledOf(t, "F32")
}

// compiledOf compiles lists of diagnoses, each named after its codes.
func compiledOf(t testing.TB, lists ...string) *match.Matcher {
	t.Helper()
	var all []*codelist.List
	for _, codes := range lists {
		list, err := codelist.Parse(codes, strings.NewReader("icd10\n"+strings.ReplaceAll(codes, " ", "\n")+"\n"))
		require.NoError(t, err)
		all = append(all, list)
	}
	m, err := match.Compile(all...)
	require.NoError(t, err)
	return m
}

// TestNilArguments: for a nil or zero argument, Scan returns an error. Match, Add and Merge panic and name the
// argument.
func TestNilArguments(t *testing.T) {
	m := compiled(t)
	fn := func(*hesop.Appointment, *match.Result) error { return nil }
	_, err := match.Scan(t.Context(), new(match.Matcher), readerOf(t, "diag_01\n"), fn)
	require.ErrorIs(t, err, match.ErrOption)
	_, err = match.Scan(t.Context(), m, new(hesop.Reader), fn)
	require.ErrorIs(t, err, match.ErrOption)
	_, err = match.Scan(noContext, m, readerOf(t, "diag_01\n"), fn)
	require.ErrorIs(t, err, match.ErrOption)
	a := one(t, "diag_4_01\nF329\n")
	const inMatch = "match: the Matcher, Codes or Result of Match is nil: Compile, Appointment.Codes or new(hesop.Codes), and NewResult make them"
	require.PanicsWithValue(t, inMatch, func() { m.Match(nil, m.NewResult()) })
	require.PanicsWithValue(t, inMatch, func() { m.Match(a.Codes(), nil) })
	const inAdd = "match: the Codes or Result of Add is nil: Appointment.Codes and NewResult make them"
	require.PanicsWithValue(t, inAdd, func() { m.NewTotals().Add(nil, m.NewResult()) })
	require.PanicsWithValue(t, inAdd, func() { m.NewTotals().Add(a.Codes(), nil) })
	require.PanicsWithValue(t, "match: the Totals of Merge are nil: NewTotals makes them",
		func() { m.NewTotals().Merge(nil) })
}

// noContext is a nil Context.
var noContext context.Context
