package codelist_test

import (
	"bytes"
	"encoding"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// TestTextForms requires that each type reads back the text that it wrote, and refuses any other text.
func TestTextForms(t *testing.T) {
	for _, test := range []struct {
		reason string
		values []encoding.TextMarshaler
		back   func() encoding.TextUnmarshaler
		wrong  encoding.TextMarshaler
	}{
		{"coverages", texts(codelist.Descendants, codelist.Exact), unmarshaler[codelist.Coverage], codelist.Coverage(9)},
		{"policies", texts(codelist.Auto, codelist.Always, codelist.Never), unmarshaler[codelist.Policy], codelist.Policy(9)},
		{
			"headings", texts(codelist.RejectHeadings, codelist.IgnoreHeadings, codelist.ExpandHeadings),
			unmarshaler[codelist.Headings], codelist.Headings(9),
		},
		{
			"verdicts", texts(codelist.Accepted, codelist.Repaired, codelist.Duplicate, codelist.Ignored, codelist.Rejected),
			unmarshaler[codelist.Verdict], codelist.Verdict(9),
		},
		{
			"levels", texts(codelist.LevelNote, codelist.LevelWarning, codelist.LevelError),
			unmarshaler[codelist.Level], codelist.Level(0),
		},
		{
			"standings", texts(codelist.FamilyUndivided, codelist.FamilyNone, codelist.FamilyPartial, codelist.FamilyComplete),
			unmarshaler[codelist.Standing], codelist.Standing(9),
		},
	} {
		t.Run(test.reason, func(t *testing.T) {
			for _, v := range test.values {
				text, err := v.MarshalText()
				require.NoError(t, err)
				require.Equal(t, fmt.Sprint(v), string(text))
				back := test.back()
				require.NoError(t, back.UnmarshalText(text))
				again, err := back.(encoding.TextMarshaler).MarshalText()
				require.NoError(t, err)
				require.Equal(t, text, again)
			}
			_, err := test.wrong.MarshalText()
			require.ErrorContains(t, err, "is not valid")
			require.ErrorContains(t, test.back().UnmarshalText([]byte("Auto ")), "must be one of")
		})
	}
}

func texts[T encoding.TextMarshaler](values ...T) []encoding.TextMarshaler {
	all := make([]encoding.TextMarshaler, len(values))
	for i, v := range values {
		all[i] = v
	}
	return all
}

func unmarshaler[T any, P interface {
	*T
	encoding.TextUnmarshaler
}]() encoding.TextUnmarshaler {
	return P(new(T))
}

// TestEntriesTravel requires that an Entry and an Outcome survive JSON and gob unchanged.
func TestEntriesTravel(t *testing.T) {
	l := mustParse(t, "icd10,term,exclude\nE11,Type 2,\nE11.0,,\ne11.9,,1\n", codelist.ExcludeColumn("exclude"))
	type sent struct {
		Entries  []codelist.Entry
		Outcomes []codelist.Outcome
	}
	want := sent{Outcomes: slices.Collect(l.Report().Outcomes())}
	for _, e := range l.All() {
		want.Entries = append(want.Entries, e)
	}
	text, err := json.Marshal(want)
	require.NoError(t, err)
	require.Contains(t, string(text), `"Coverage":"exact"`)
	var got sent
	require.NoError(t, json.Unmarshal(text, &got))
	require.Empty(t, cmp.Diff(want, got))

	var b bytes.Buffer
	require.NoError(t, gob.NewEncoder(&b).Encode(want))
	got = sent{}
	require.NoError(t, gob.NewDecoder(&b).Decode(&got))
	require.Empty(t, cmp.Diff(want, got))
}

// TestListsDoNotTravel requires that a List, a Report and a Reference fail to marshal, because a binary or text form
// would lose their rows.
func TestListsDoNotTravel(t *testing.T) {
	l := mustParse(t, "icd10\nE11\n")
	ref, err := codelist.ParseReference("ref", strings.NewReader("icd10\nE110\n"))
	require.NoError(t, err)
	for _, v := range []any{l, l.Report(), ref, struct{ List *codelist.List }{l}} {
		_, err := json.Marshal(v)
		require.ErrorContains(t, err, "would lose its rows", "%T", v)
		require.ErrorContains(t, gob.NewEncoder(new(bytes.Buffer)).Encode(v), "would lose its rows", "%T", v)
	}
	require.Error(t, json.Unmarshal([]byte("{}"), new(codelist.List)))
}

// TestListsCompare compares lists and reports with go-cmp, without options.
func TestListsCompare(t *testing.T) {
	const text = "icd10\nE11\ne12\n"
	a, b := mustParse(t, text), mustParse(t, text)
	require.NotEmpty(t, a.Fingerprint(), "one list has computed its fingerprint, the other has not")
	require.True(t, cmp.Equal(a, b))
	require.True(t, cmp.Equal(a.Report(), b.Report()))
	var none *codelist.List
	require.True(t, cmp.Equal(none, none))
	for reason, other := range map[string]*codelist.List{
		"another row":   mustParse(t, "icd10\nE11\ne13\n"),
		"another cell":  mustParse(t, "icd10\nE11\nE12\n"),
		"another order": mustParse(t, "icd10\ne12\nE11\n"),
		"no list":       none,
	} {
		require.False(t, cmp.Equal(a, other), reason)
	}
	require.False(t, a.Report().Equal(mustParse(t, "icd10\nE11\nE12\n").Report()))
	require.NotEmpty(t, cmp.Diff(
		&codelist.FileError{File: "a", Err: codelist.ErrText}, &codelist.FileError{File: "a"}, cmp.Comparer(errors.Is),
	), "go-cmp can compare every field of a FileError")
}

// TestValuesPrint requires that values print readably in a failing test, and that a List or a Report does not print its
// rows.
func TestValuesPrint(t *testing.T) {
	l := mustParse(t, "icd10,exclude\nE11,\nE11.0,\ne11.1,1\nM05.10,\n", codelist.ExcludeColumn("exclude"))
	other := mustParse(t, "icd10\nE11%\n")
	ref, err := codelist.ParseReference("ref", strings.NewReader("icd10\nE110\nE111\nE112\nM05\n"))
	require.NoError(t, err)
	value := func(text string, width int) coding.Value { return coding.ReadValue(coding.ICD10, []byte(text), width) }
	d := codelist.Compare(l, other)
	review := ref.Review(l)
	for _, test := range []struct {
		reason string
		value  any
		want   string
	}{
		{"list", l, `codelist.List "list" of 4 entries (ICD-10, 1 exclusion)`},
		{"no list", (*codelist.List)(nil), "codelist.List (nil)"},
		{"report", l.Report(), "codelist.Report of list.csv: 4 rows (3 accepted, 1 repaired)"},
		{"zero report", codelist.Report{}, "codelist.Report of : 0 rows"},
		{"reference", ref, "codelist.Reference of 4 codes"},
		{"no reference", (*codelist.Reference)(nil), "codelist.Reference (nil)"},
		{"entry", l.Entry(0), "ICD-10 E11 exact (line 2, column 1)"},
		{"exclusion", l.Entry(2), "ICD-10 E111 descendants, excluded (line 4, column 1)"},
		{"covered", l.Decide(value("E110", 0)), "covered by entry 1"},
		{"excluded", l.Decide(value("E111", 0)), "excluded by entry 2"},
		{"undecided", l.Decide(value("M051", 4)), "no entry, undecided, open"},
		{"outcome", first(l.Report().Outcomes()), `line 2, column 1: "E11": accepted`},
		{"family", first(l.Report().Families()), "entry 0 exact, named are E110"},
		{"change", d.Changed[0], "ICD-10 E11 exact (line 2, column 1) | ICD-10 E11 descendants (line 2, column 1)"},
		{"difference", codelist.Compare(other, other), "0 removed, 0 added, 0 changed; only the first covers none; only the second covers none"},
		{"family of a reference", review.Families[0], "ICD-10 E11 partial, named are E110 E111, left are E112"},
		{"unknown", review.Unknown[0], "entry 3: not in the reference"},
		{"sheet", codelist.SheetReport{Name: "A", Rows: 1, Hidden: true, PassedOver: "no rows"}, `sheet "A", 1 row, hidden, passed over: no rows`},
	} {
		require.Equal(t, test.want, fmt.Sprintf("%v", test.value), test.reason)
	}
	require.Equal(t, "3 removed, 0 added, 1 changed; only the first covers M0510; only the second covers E111 E112 E113 E114 "+
		"E115 E116 E117 E118 E119", d.String())
	for _, v := range []fmt.Stringer{l, l.Report(), ref} {
		require.Equal(t, v.String(), fmt.Sprintf("%+v", v))
		require.Equal(t, v.String(), fmt.Sprintf("%#v", v))
		require.Equal(t, v.String(), slog.AnyValue(v).Resolve().String())
	}
}

func first[T any](seq func(func(T) bool)) (v T) {
	for v = range seq {
		break
	}
	return v
}

// TestOpen requires that Open names a list after its file, and that messages give the path.
func TestOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "depression.v2.csv")
	require.NoError(t, os.WriteFile(path, []byte("icd10\nF32\n"), 0o600))
	l, err := codelist.Open(path)
	require.NoError(t, err)
	require.Equal(t, "depression.v2", l.Name())
	require.Equal(t, path, l.Report().File)
	l, err = codelist.Open(path, codelist.FileName("list"))
	require.NoError(t, err)
	require.Equal(t, "list", l.Report().File, "the name that the caller gives replaces the path")

	hidden := filepath.Join(t.TempDir(), ".csv")
	require.NoError(t, os.WriteFile(hidden, []byte("icd10\nF32\n"), 0o600))
	l, err = codelist.Open(hidden)
	require.NoError(t, err)
	require.Equal(t, ".csv", l.Name(), "a file name that is only an extension is the name of the list")

	_, err = codelist.Open(path + ".no")
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = codelist.Open(filepath.Dir(path))
	require.ErrorContains(t, err, filepath.Dir(path), "a folder is not a list")
}

// TestReferenceCodes reads the codes of a reference as a set and compares them with those of a list.
func TestReferenceCodes(t *testing.T) {
	ref, err := codelist.ParseReference("ref", strings.NewReader("code,coding_system\nZ94,OPCS4\nE11.9,ICD10\nE110,ICD10\n"))
	require.NoError(t, err)
	var all []string
	for c := range ref.All() {
		all = append(all, c.String())
	}
	require.Equal(t, []string{"E110", "E119", "Z94"}, all)
	require.Equal(t, "E110", first(ref.All()).String(), "an iteration may stop early")
	require.Equal(t, 2, ref.Codes(coding.ICD10).Len())
	require.Equal(t, 1, ref.Codes(coding.OPCS4).Len())
	require.Zero(t, ref.Codes(0).Len())
	l := mustParse(t, "icd10\nE11.0\n")
	require.Equal(t, "E119 alone", ref.Codes(coding.ICD10).Minus(l.Codes(coding.ICD10)).String(), "the code that the list omits")
}

func mustParse(t *testing.T, text string, opts ...codelist.Option) *codelist.List {
	t.Helper()
	l, err := codelist.Parse("list", strings.NewReader(text), append([]codelist.Option{codelist.FileName("list.csv")}, opts...)...)
	require.NoError(t, err)
	return l
}
