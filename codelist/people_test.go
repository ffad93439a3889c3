package codelist

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"hesopmatch/codelist/coding"

	"github.com/stretchr/testify/require"
)

func TestPeopleAreNoCodelist(t *testing.T) {
	tests := []struct {
		text   string
		opts   []Option
		want   error
		says   string
		reason string
	}{
		{"patid,apptdate,diag_4_01\n9990000018,2019-05-08,E119\n", nil, ErrPeople, `"patid", "apptdate", "diag_4_01"; if ` +
			`these are appointments, give the file as the data (hesop.Open)`, "appointments"},
		{
			"patid,apptdate,diag_4_01\n9990000018,2019-05-08,E119\n",
			[]Option{CodeColumn("diag_4_01")},
			ErrPeople,
			"rows of people, not a codelist", "... with one column named by the caller",
		},
		{
			"x,DIAG_01,Diag_02\n9990000018,E119,I10X\n",
			[]Option{CodeColumn("diag_01")},
			ErrPeople, `"DIAG_01", "Diag_02"`,
			"two code columns with names of HES",
		},
		{"x;opertn1;opertn2\n9990000018;W371;\n", nil, ErrPeople, `"opertn1", "opertn2"`, "... without zeros"},
		{"x,diag_3_concat,diag_01_4char\n9990000018,E11,E119\n", nil, ErrPeople, "diag_3_concat", "... of other widths"},
		{"NHS Number,diagnosis\n9990000018,E119\n", nil, ErrPeople, `"NHS Number"`, "people with a column that could " +
			"hold codes"},
		{"Date of Birth,icd10\n1931-02-17,E119\n", nil, ErrPeople, `"Date of Birth"`, "... with dates of birth"},
		{
			"Smith list\npatid,diag_01\n9990000018,E119\n",
			[]Option{CodeColumn("diag_01")},
			ErrPeople, `:2: `,
			"... below a title",
		},
		{`[{"patid":"9990000018","icd10":"E119"}]`, nil, ErrPeople, `"patid"`, "... as JSON"},
		{
			"9990000018,2019-05-08,E119,I10X\n", nil, ErrCodeColumns, "column 3, column 4; the file has no header; add one " +
				"that names the column code, or take out the others, or, if these are appointments, give the file as the data",
			"... without a header",
		},
		{
			"9990000018,2019-05-08,E119,I10X\n",
			[]Option{CodeColumn("diag_01")},
			ErrNoColumn, "not shown",
			"... with a column named by the caller",
		},
		{`{"9990000018": {"x": "E119"}}`, nil, ErrText, "(not shown", "people as keys of JSON"},
		{`[{"icd10": "E119", "x": {"9990000018": 1}, "9990000018": []}]`, nil, ErrText, "", "... within a row"},
		{`[{"icd10": "E119", "9990000018": [1]}]`, nil, ErrText, "(not shown", "... as the key of an array"},
		{
			"17,8 May 19,NULL\n", nil, ErrNoCodeColumn, "if these are appointments, give the file as the data (hesop.Open)",
			"short numbers and dates",
		},
		{"9990000018,2019-05-08,NULL\n", nil, ErrNoCodeColumn, "not shown", "an identifier and a date, without a code"},
	}
	for _, tt := range tests {
		_, err := Parse("list", strings.NewReader(tt.text), append(tt.opts, CodingSystem(coding.ICD10))...)
		require.ErrorIs(t, err, tt.want, tt.reason)
		require.ErrorContains(t, err, tt.says, tt.reason)
		for _, value := range []string{"9990000018", "2019-05-08", "1931-02-17", "E119", "8 May"} {
			require.NotContains(t, err.Error(), value, tt.reason)
		}
	}
	for _, text := range []string{"diag_01,term\nE119,x\n", "icd10,diag_position\nE11,1\n", "diagnoses,sex\nE11,1\n"} {
		_, err := Parse("list", strings.NewReader(text), CodingSystem(coding.ICD10), CodeColumn(strings.SplitN(text, ",", 2)[0]))
		require.NoError(t, err, text)
	}
	_, err := Parse("book", strings.NewReader(zipStart), workbook("== A\nicd10\nE11\n== B\npatid|apptdate\n1|2019-05-08"))
	require.NoError(t, err, "a sheet of people without codes is passed over")
	_, err = Parse("book", strings.NewReader(zipStart), workbook("== A\nicd10\nE11\n== "+
		"B\npatid|diag_01\n1|E11\n2|E12\n3|E13"))
	require.ErrorIs(t, err, ErrPeople, "... but one with codes is not")
}

func TestUnusedValuesShown(t *testing.T) {
	tests := []struct {
		name   string
		values []string
		shown  bool
		reason string
	}{
		{"kind", []string{"incident", "prevalent"}, true, "words"},
		{"kind", []string{"stage 2", "type 1"}, true, "... with a small number"},
		{"source", []string{"SNOMED CT", "Read v2"}, true, "coding systems"},
		{"keep", []string{"1", "0"}, true, "signs"},
		{"diag_position", []string{"1", "12"}, true, "positions"},
		{"x", []string{"word", "9990000018"}, false, "an identifier among words"},
		{"x", []string{"Read 9990000018"}, false, "... after the name of a system"},
		{"x", []string{"A1B2C3"}, false, "... of letters and digits"},
		{"x", []string{"ab1234"}, false, "... with a run of digits"},
		{"x", []string{"2019-05-08"}, false, "a date"},
		{"x", []string{"08may2019"}, false, "... as Stata writes it"},
		{"x", []string{"8 May 19"}, false, "... in words"},
		{"x", []string{"45", "46"}, false, "ages"},
		{"x", []string{"0.5"}, false, "weights"},
		{"x", []string{"SW1A 1AA"}, false, "a postcode"},
		{"x", []string{"N19GU"}, false, "... without a space"},
		{"patient name", []string{"Smith", "Jones"}, false, "names of people"},
		{"NHS", []string{"Smith"}, false, "any value in a column called NHS"},
	}
	for _, tt := range tests {
		lines := []string{"icd10," + tt.name}
		for i, v := range tt.values {
			lines = append(lines, fmt.Sprintf("E1%d,%s", i, v))
		}
		l, err := Parse("list", strings.NewReader(strings.Join(lines, "\n")), ExcludeColumn(noColumn))
		require.NoError(t, err, tt.reason)
		require.Len(t, l.Report().Unused, 1, tt.reason)
		u := l.Report().Unused[0]
		require.Equal(t, len(tt.values), u.Distinct, tt.reason)
		texts, err := json.Marshal([]any{u, u.String(), l.Report().Notices()})
		require.NoError(t, err)
		for _, v := range tt.values {
			require.Equal(t, tt.shown, strings.Contains(string(texts), v), "%s: %q", tt.reason, v)
		}
	}
	systems := []string{"ICD-10", "OPCS4 codes", "ICD-10 5th edition"}
	require.Equal(t, systems, showable("source", systems), "coding systems, including ours")

	l, err := Parse("list", strings.NewReader("9990000018,E119,Smith\n4857773457,I10X,Jones\n"), CodingSystem(coding.ICD10))
	require.NoError(t, err)
	require.Equal(t, `[column 1 (2 values) column 3 (2 values)]`, fmt.Sprint(l.Report().Unused),
		"in a file without a header, words in rows that begin with an identifier are not shown")
}
