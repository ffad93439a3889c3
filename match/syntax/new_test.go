package syntax

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/match"

	"github.com/stretchr/testify/require"
)

func compiled(t *testing.T, named ...string) *match.Matcher {
	t.Helper()
	var lists []*codelist.List
	for _, one := range named {
		name, codes, _ := strings.Cut(one, ": ")
		list, err := codelist.Parse(name, strings.NewReader(strings.ReplaceAll(codes, " ", "\n")+"\n"),
			codelist.CodingSystem(coding.ICD10))
		require.NoError(t, err)
		lists = append(lists, list)
	}
	m, err := match.Compile(lists...)
	require.NoError(t, err)
	return m
}

func columnsOf(t *testing.T, names string, opts ...hesop.Option) *hesop.Reader {
	t.Helper()
	r, err := Columns(strings.Fields(names), opts...)
	require.NoError(t, err)
	return r
}

const usual = "attendkey apptdate attended diag_4_01 diag_4_02 diag_4_concat opertn_4_01"

func TestMisuse(t *testing.T) {
	m, r := compiled(t, "diabetes: E11"), columnsOf(t, usual)
	finer := compiled(t, "arthritis: M0510")
	day := hesop.Date{Year: 2019, Month: 5, Day: 8}
	many := []string{"diag_4_01"}
	for i := range 2000 {
		many = append(many, fmt.Sprint("c", i))
	}
	for _, tt := range []struct {
		reason  string
		m       *match.Matcher
		r       *hesop.Reader
		dialect Dialect
		opts    []Option
		is      error
		says    string
	}{
		{"a nil Matcher", nil, r, SQLite, nil, ErrOption, "the Matcher is nil or zero: match.Compile makes one"},
		{"a zero Matcher", new(match.Matcher), r, SQLite, nil, ErrOption, "nil or zero"},
		{"a nil Reader", m, nil, SQLite, nil, ErrOption, "the Reader of columns is nil or zero: Columns makes one"},
		{"a zero Reader", m, new(hesop.Reader), SQLite, nil, ErrOption, "nil or zero"},
		{"an unknown dialect", m, r, "oracle", nil, ErrOption, `the dialect "oracle" is not one of sqlserver, spark, `},
		{"no dialect", m, r, "", nil, ErrOption, `the dialect "" is not one of`},
		{"a nil option", m, r, SQLite, []Option{Attended(), nil}, ErrOption, "option 1 is nil"},
		{"an unknown question", m, r, SQLite, []Option{Ask("rows")}, ErrOption, `Ask("rows"): must be flags, hits, people or counts`},
		{"no table", m, r, SQLite, []Option{Table()}, ErrOption, "Table of 0 names"},
		{"a path of too many parts", m, r, SQLite, []Option{Table("a", "b", "c", "d", "e")}, ErrOption, "Table of 5 names"},
		{"an empty part of the path", m, r, SQLite, []Option{Table("a", "")}, ErrOption, "a name is empty, or has a line end"},
		{"a name with a line end", m, r, SQLite, []Option{Table("a\nb")}, ErrOption, "a name is empty, or has a line end"},
		{"From after To", m, r, SQLite, []Option{From(day), To(hesop.Date{Year: 2019, Month: 5, Day: 7})}, ErrOption, "no day is between them"},
		{"an invalid date", m, r, SQLite, []Option{From(hesop.Date{Year: 2019, Month: 2, Day: 29})}, ErrOption, "is not a valid date"},
		{"AtLeast below one", m, r, SQLite, []Option{Ask(People), AtLeast(0)}, ErrOption, "AtLeast(0)"},
		{"AtLeast without People", m, r, SQLite, []Option{AtLeast(2)}, ErrOption, "AtLeast is for People"},
		{"OrderBy without Once", m, r, SQLite, []Option{OrderBy("apptdate")}, ErrOption, "OrderBy is for Once"},
		{"Once without OrderBy", m, r, SQLite, []Option{Once("attendkey")}, ErrOption, "a table has no order"},
		{"an unknown value of CodesIn", m, r, SQLite, []Option{PlaceCodes(9)}, ErrOption, "PlaceCodes(9)"},
		{"Keep with People", m, columnsOf(t, usual+" patid"), SQLite, []Option{Ask(People), Keep("attended")}, ErrOption, "Keep is for Flags and Hits"},
		{"an absent column in Keep", m, r, SQLite, []Option{Keep("atended")}, hesop.ErrColumn, `a column that Keep names: no such column: "atended"; did you mean "attended"?`},
		{"an absent date column", m, r, SQLite, []Option{Ask(Counts), DateColumn("day")}, hesop.ErrColumn, "which DateColumn names"},
		{"an absent date column for a filter", m, columnsOf(t, "diag_4_01"), SQLite, []Option{From(day)}, hesop.ErrColumn, "which DateColumn names"},
		{"no column attended", m, columnsOf(t, "diag_4_01"), SQLite, []Option{Attended()}, hesop.ErrColumn, "which Attended asks for"},
		{"an absent key", m, r, SQLite, []Option{Once("key"), OrderBy("apptdate")}, hesop.ErrColumn, "which Once names"},
		{"an absent OrderBy column", m, r, SQLite, []Option{Once("attendkey"), OrderBy("order")}, hesop.ErrColumn, "that OrderBy names"},
		{"an absent person column", m, r, SQLite, []Option{PersonColumn("person")}, hesop.ErrColumn, "that PersonColumn names"},
		{"no person column", m, r, SQLite, []Option{Ask(People)}, hesop.ErrNoPerson, "PersonColumn names one"},
		{"two person columns", m, columnsOf(t, usual+" patid pseudo_hesid"), SQLite, []Option{Ask(People)}, hesop.ErrPersonUnclear, "PersonColumn names one"},
		{"raw columns that may be truncated", finer, columnsOf(t, "diag_01"), SQLite, nil, ErrExpress, `list "arthritis" has an entry that is longer than M051`},
		{"raw columns that may be truncated, as ErrRawWidth", finer, columnsOf(t, "diag_01"), SQLite, nil, hesop.ErrRawWidth, "RawWidth(6) reads its values as whole, RawWidth(4) as truncated"},
		{"too many columns", m, columnsOf(t, strings.Join(many, " ")), SQLite, []Option{Keep(many...)}, ErrExpress, "columns, and sqlite holds 2000: ask fewer at a time"},
		{"a name that the engine truncates", compiled(t, strings.Repeat("é", 32)+": E11"), r, Postgres, nil, ErrExpress, "a name of 64 bytes, and postgres truncates the name of a column to 63"},
		{"a name of two lines", compiled(t, "a\nb: E11"), r, Spark, nil, ErrExpress, "has a line end or the like in its name"},
		{"a list and a kept column with the same name", compiled(t, "ATTENDED: E11"), r, Spark, []Option{Keep("attended")}, ErrExpress, "would be columns with the same name"},
		{"lists that differ only in case", compiled(t, "a: E11", "A: E12"), r, DuckDB, nil, ErrExpress, `list 1 and list 2 would be columns with the same name, "A"`},
		{"a column kept twice", m, r, DuckDB, []Option{Keep("attended", "Attended")}, ErrExpress, "would be columns with the same name"},
		{"a kept column named like a column of hits", m, columnsOf(t, usual+" value"), DuckDB, []Option{Ask(Hits), Keep("value")}, ErrExpress, "would be columns with the same name"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			script, err := New(tt.m, tt.r, tt.dialect, tt.opts...)
			require.Nil(t, script)
			require.ErrorIs(t, err, tt.is)
			require.ErrorContains(t, err, tt.says)
			require.NotContains(t, err.Error(), "\n")
		})
	}
}

// TestNotRefused requires New to accept what looks like misuse but is not.
func TestNotRefused(t *testing.T) {
	m := compiled(t, "diabetes: E11")
	for _, tt := range []struct {
		reason string
		m      *match.Matcher
		names  string
		opts   []Option
	}{
		{"raw columns whose width does not matter", m, "diag_01", nil},
		{"a long name that names no column", compiled(t, strings.Repeat("x", 64)+": E11"), usual, []Option{Ask(Hits)}},
		{"a line end in a name that names no column", compiled(t, "a\nb: E11"), usual, []Option{Ask(Counts)}},
		{"no default column to keep", m, "diag_4_01", nil},
		{"Keep without columns", m, usual, []Option{Keep()}},
		{"lists that differ only in case and name no columns", compiled(t, "a: E11", "A: E12"), usual, []Option{Ask(Counts)}},
	} {
		_, err := New(tt.m, columnsOf(t, tt.names), Postgres, tt.opts...)
		require.NoError(t, err, tt.reason)
	}
	_, err := New(compiled(t, "arthritis: M0510"), columnsOf(t, "diag_01", hesop.RawWidth(4)), SQLite)
	require.NoError(t, err, "the caller states the width of raw columns")
}

func TestScript(t *testing.T) {
	write := func(opts ...Option) (*Script, string) {
		s, err := New(compiled(t, "diabetes: E11"), columnsOf(t, usual), SQLite, opts...)
		require.NoError(t, err)
		var b bytes.Buffer
		n, err := s.WriteTo(&b)
		require.NoError(t, err)
		require.EqualValues(t, b.Len(), n)
		return s, b.String()
	}
	inline, text := write()
	require.Contains(t, text, "\ncodes AS MATERIALIZED (\n") //nolint:misspell // SQL spells it so
	_, err := inline.WriteCodesTo(new(bytes.Buffer))
	require.ErrorContains(t, err, "see PlaceCodes")
	_, text = write(PlaceCodes(InTable))
	require.Contains(t, text, "CREATE TEMPORARY TABLE codes AS\n")
	separate, text := write(PlaceCodes(Separate))
	require.NotContains(t, text, "CREATE")
	var b bytes.Buffer
	_, err = separate.WriteCodesTo(&b)
	require.NoError(t, err)
	require.Contains(t, b.String(), "CREATE TEMPORARY TABLE codes AS\n")
	require.Contains(t, b.String(), "diabetes", "the comments name the lists")
}

// TestNotices requires New to add a notice for a limit that the columns impose.
func TestNotices(t *testing.T) {
	r := columnsOf(t, "diag_4_concat")
	_, err := New(compiled(t, "diabetes: E11").PrimaryOnly(), r, Spark)
	require.NoError(t, err)
	require.Len(t, r.Notices(), 1)
}
