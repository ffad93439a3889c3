package hesop

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestLayouts: each layout has the right number of columns, each column is described, no column is repeated, and the
// names are in the order of the layout.
func TestLayouts(t *testing.T) {
	for layout, want := range map[Layout]struct {
		columns int
		some    []string
		none    []string
	}{
		UKLLC:      {149, []string{"admincat", "ccg_gp_practice_e", "diag_3_concat", "opertn_4_24", "row_version"}, []string{"opertn_3_concat", "opertn_count", "pseudo_hesid"}},
		UKLLCOther: {98, []string{"activage", "diag_12", "opertn_24", "ward91_e"}, []string{"apptdate", "diag_4_01"}},
		National:   {157, []string{"FYEAR", "CCG_GP_PRACTICE", "OPERTN_3_CONCAT", "NER_TREATMENT"}, []string{"CCG_GP_PRACTICE_E"}},
		CPRD:       {58, []string{"patid", "apptdate", "diag_01", "opertn_24", "hes_yr"}, []string{"fyear"}},
	} {
		names := layout.Names()
		assert.Len(t, names, want.columns, layout)
		assert.Subset(t, names, want.some, layout)
		for _, name := range want.none {
			assert.NotContains(t, names, name, layout)
		}
		seen := make(map[string]bool)
		for _, name := range names {
			v, ok := Describe(name)
			require.True(t, ok, name)
			require.NotEmpty(t, v.Label, name)
			require.NotEmpty(t, v.Source, name)
			require.False(t, seen[name], name)
			seen[name] = true
		}
		r, err := NewReader(strings.NewReader(strings.Repeat(",", len(names)-1)+"\n"), Names(names...))
		require.NoError(t, err, "the names work for a file without a header")
		n := 0
		for _, err := range r.All() {
			require.NoError(t, err)
			n++
		}
		require.Equal(t, 1, n)
	}
	for layout, places := range map[Layout]map[int]string{
		UKLLC:      {0: "admincat", 22: "diag_3_01", 34: "diag_3_concat", 47: "diag_4_concat", 62: "opertn_3_01", 110: "opertn_4_concat", 141: "tretspef", 148: "row_version"},
		UKLLCOther: {0: "activage", 7: "diag_01", 39: "opertn_01", 97: "row_version"},
		National:   {0: "FYEAR", 8: "APPTDATE", 52: "DIAG_4_CONCAT", 86: "OPERTN_3_CONCAT", 144: "TRETSPEF", 156: "NER_TREATMENT"},
		CPRD:       {0: "patid", 4: "apptdate", 19: "diag_01", 57: "mainspef"},
	} {
		for i, name := range places {
			require.Equal(t, name, layout.Names()[i], layout)
		}
	}
	require.Nil(t, Layout(0).Names())
	require.Equal(t, "Layout(9)", Layout(9).String())
}

// TestColumnsDescribed: every column appears once, under a name in lower case that Describe knows. Its missing values
// are those that its meanings call missing.
func TestColumnsDescribed(t *testing.T) {
	seen := make(map[string]bool)
	for v := range variables() {
		require.False(t, seen[v.Name], v.Name)
		seen[v.Name] = true
		require.Equal(t, strings.ToLower(v.Name), v.Name)
		again, ok := Describe(strings.ToUpper(" " + v.Name + " "))
		require.True(t, ok, v.Name)
		require.Equal(t, v, again)
		var missing []string
		for m := range v.Meanings() {
			require.NotEmpty(t, m.Label, v.Name)
			require.False(t, m.Until != 0 && m.From > m.Until, v.Name)
			if m.Missing && !slices.Contains(missing, m.Code) {
				missing = append(missing, m.Code)
			}
		}
		if missing != nil {
			require.ElementsMatch(t, v.Missing, missing, v.Name)
		}
		if v.Kind == KindDate {
			for _, day := range v.Missing {
				_, err := ParseDate([]byte(day))
				require.ErrorIs(t, err, ErrDateMissing)
			}
		}
	}
	require.Len(t, seen, 149+98-5+12+3+2, "the columns of HESOP and HESOP_OTR, which share five, then those that only the national file has, those of persons and those of CPRD")
}

// TestDescribe: Describe knows names as files spell them.
func TestDescribe(t *testing.T) {
	for name, want := range map[string]string{
		"APPTDATE": "apptdate", "ccg_treatment_e": "ccg_treatment", "CCG_TREATMENT": "ccg_treatment",
		"llc_0042_stud_id": "llc_0042_stud_id", "LLC_1_STUD_ID": "llc_1_stud_id", " diag_4_07": "diag_4_07",
	} {
		v, ok := Describe(name)
		require.True(t, ok, name)
		require.Equal(t, want, v.Name)
	}
	for _, name := range []string{"", "apptdate_e", "diag_4_13", "llc__stud_id", "llc_x_stud_id", "note"} {
		_, ok := Describe(name)
		require.False(t, ok, name)
	}
	date, _ := Describe("apptdate")
	require.Equal(t, KindDate, date.Kind)
	require.Contains(t, date.Missing, "1582-10-15")
	key, _ := Describe("attendkey")
	require.Equal(t, KindText, key.Kind, "identifiers are text")
	secret, _ := Describe("pcon_e")
	require.Equal(t, "pcon", secret.Name, "the suffix of encrypted columns is dropped")
}

func TestPerson(t *testing.T) {
	for header, want := range map[string]string{
		"attendkey,llc_0042_stud_id,diag_01": "llc_0042_stud_id",
		"ENCRYPTED_HESID |diag_01":           "ENCRYPTED_HESID ",
		"PSEUDO_HESID,diag_01":               "PSEUDO_HESID",
		"diag_01;TOKEN_PERSON_ID":            "TOKEN_PERSON_ID",
		"diag_01,person_id_deid":             "person_id_deid",
		"patid\tdiag_01":                     "patid",
	} {
		r, err := NewReader(strings.NewReader(header + "\n"))
		require.NoError(t, err)
		c, err := r.Person()
		require.NoError(t, err, header)
		require.Equal(t, want, c.Name())
	}
	r, err := NewReader(strings.NewReader("person,llc_stud_id,diag_01\n"))
	require.NoError(t, err)
	_, err = r.Person()
	require.ErrorIs(t, err, ErrNoPerson)
	r, err = NewReader(strings.NewReader("PSEUDO_HESID,TOKEN_PERSON_ID,diag_01\n"))
	require.NoError(t, err)
	_, err = r.Person()
	require.ErrorIs(t, err, ErrPersonUnclear)
	require.ErrorContains(t, err, "PSEUDO_HESID, TOKEN_PERSON_ID")
}

// TestNamesTooFew: a forgotten name must not move the columns after it, even if the last column is always empty.
func TestNamesTooFew(t *testing.T) {
	read := func(text string, names []string, opts ...Option) (rows int64, err error) {
		r, err := NewReader(strings.NewReader(text), append(opts, Names(names...))...)
		require.NoError(t, err)
		for _, err := range r.All() {
			if err != nil {
				return r.Rows(), err
			}
		}
		return r.Rows() - r.Skipped(), nil
	}
	const text = "1|E119||\n2|I10X||\n"
	for _, names := range [][]string{{"attendkey", "diag_4_01", "diag_4_02", "note"}, {"attendkey", "diag_4_01", "diag_4_02", ""}, {"attendkey", "diag_4_01", "", ""}} {
		rows, err := read(text, names, Delimiter('|'))
		require.NoError(t, err)
		require.Equal(t, int64(2), rows)
	}
	for _, names := range [][]string{{"diag_4_01", "diag_4_02", "note"}, {"diag_4_01", "diag_4_02", ""}, {"attendkey", "diag_4_01"}} {
		_, err := read(text, names, Delimiter('|'))
		require.ErrorIs(t, err, ErrFieldCount)
		require.ErrorContains(t, err, "end the names with one")
		rows, err := read(text, names, Delimiter('|'), SkipBadRows(nil))
		require.NoError(t, err)
		require.Zero(t, rows, "every row is skipped, and no row is misread")
	}
	rows, err := read("1|E119\n", []string{"attendkey", "diag_4_01", ""}, Delimiter('|'))
	require.NoError(t, err, "an empty name at the end needs no field")
	require.Equal(t, int64(1), rows)
}

func TestReadNames(t *testing.T) {
	for text, want := range map[string][]string{
		"a\nb\r\nc":           {"a", "b", "c"},
		"\uFEFFa|b|c\n":       {"a", "b", "c"},
		"a;;c\n":              {"a", "", "c"},     // a column without a name keeps its position
		"a|b||\n":             {"a", "b", "", ""}, // rows may end with delimiters too
		"a,\nb,\n":            {"a", "b"},
		"a\nb\n|\n":           {"a", "b", ""}, // ... also if each name has its own line
		"a\n|\nb\n":           {"a", "b"},
		"\"a\", \"b\"\n\nc\n": {"a", "b", "c"},
		"a\tb":                {"a", "b"},
	} {
		names, err := ReadNames(strings.NewReader(text))
		require.NoError(t, err)
		require.Equal(t, want, names, text)
	}
	names, err := ReadNames(strings.NewReader(strings.Repeat(",", 1<<20-1) + "a"))
	require.NoError(t, err, "1,048,576 names, within the limit")
	require.Len(t, names, 1<<20)
	for _, text := range []string{"", "\n \n", ",,\n", strings.Repeat("a,", 1<<20)} {
		_, err := ReadNames(strings.NewReader(text))
		require.ErrorIs(t, err, ErrHeader)
	}
}
