package cohort_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/match"
	"hesopmatch/match/cohort"
)

// tangled is a cohort of lists of codes that are written as system:code, of 40 people a row.
func tangled(t *testing.T, lists []string, header string, rows []string, opts ...cohort.Option) *cohort.Cohort {
	t.Helper()
	var all []*codelist.List
	for i, text := range lists {
		list, err := codelist.Parse(fmt.Sprintf("list %d", i), strings.NewReader("coding_system,code\n"+strings.NewReplacer(" ", "\n", ":", ",").Replace(text)+"\n"))
		require.NoError(t, err)
		all = append(all, list)
	}
	m, err := match.Compile(all...)
	require.NoError(t, err)
	c, err := cohort.New(m, append(opts, cohort.WithTotals())...)
	require.NoError(t, err)
	var b strings.Builder
	b.WriteString("pseudo_hesid,apptdate," + header + "\n")
	for i, row := range rows {
		for n := range 40 {
			fmt.Fprintf(&b, "%d,2019-05-01,%s\n", 40*i+n+1, row)
		}
	}
	r, err := hesop.NewReader(strings.NewReader(b.String()))
	require.NoError(t, err)
	require.NoError(t, c.Scan(t.Context(), r))
	return c
}

// TestTooManyRelations: where more lists have to do with each other than can be tried, their
// people are not given, and the release says so. Their appointments are.
func TestTooManyRelations(t *testing.T) {
	var lists, rows []string
	for i := range 24 {
		lists = append(lists, fmt.Sprintf("icd10:A%02d icd10:A%02[2]d", i, i+1)) // each has codes in common with the next
		rows = append(rows, fmt.Sprintf("A%02d1", i))
	}
	lists = append(lists, "icd10:I10")
	opts := []cohort.Option{cohort.With(0, 1), cohort.With(0, 2), cohort.With(0, 3), cohort.WithBefore(0, 4)}
	r := release(t, tangled(t, lists, "diag_4_01", append(rows, "I10X", "-"), opts...), cohort.UKLLC())
	require.Contains(t, strings.Join(r.Notes, "\n"), "list 7: the people are not given: of lists")
	for i := range 24 {
		numbers, ok := mustTable(t, r, "lists").Row(i, "")
		require.True(t, ok)
		require.Equal(t, cohort.NotGiven, numbers[4].String(), "people of list %d", i)
		require.NotEqual(t, cohort.NotGiven, numbers[0].String())
	}
	require.Equal(t, "[40 960 40 [z] 40]", numbersOf(t, r, "lists", 24, ""), "what has nothing to do with them")

	all := release(t, tangled(t, lists, "diag_4_01", append(rows, "I10X"), opts...), cohort.None())
	require.NotContains(t, strings.Join(all.Notes, "\n"), "too many numbers")
}

// TestManyRelations: with more companies than are tried, each list is in one of them.
func TestManyRelations(t *testing.T) {
	lists, rows := []string{"icd10:A00"}, []string{"A000"}
	var opts []cohort.Option
	for i := 1; i < 22; i++ {
		lists, rows, opts = append(lists, fmt.Sprintf("icd10:A%02d", i)), append(rows, fmt.Sprintf("A%02d1", i)), append(opts, cohort.With(i, 0))
	}
	opts = append(opts, cohort.From(hesop.Date{Year: 2018, Month: 4, Day: 1}))
	r := release(t, tangled(t, lists, "diag_4_01", append(rows, "-"), opts...), cohort.UKLLC())
	require.Equal(t, "[40 840 40 [z] 40]", numbersOf(t, r, "lists", 0, ""))
}

// TestLongValues: a value that is longer than its column says is matched as it is, and a list
// that it matches is not one that the data cannot have.
func TestLongValues(t *testing.T) {
	r := released(t, cohort.UKLLC(), []string{fileOf("diag_3_01", map[string]int{"E111": 40, "I10": 60})}, "icd10 E11.1")
	require.Equal(t, "[40 [x] [x] [x] 40]", numbersOf(t, r, "lists", 0, ""))
}

// TestTooManyOfBothSystems: the same of lists of both systems, of which neither appointments
// nor people are given.
func TestTooManyOfBothSystems(t *testing.T) {
	var lists, rows []string
	for i := range 66 {
		lists = append(lists, fmt.Sprintf("icd10:I10 opcs4:A%02d", i))
		rows = append(rows, fmt.Sprintf("I10X,A%02d1", i))
	}
	lists = append(lists, "icd10:I10", "icd10:J45")
	r := release(t, tangled(t, lists, "diag_4_01,opertn_4_01", append(rows, "J459,", ",")), cohort.UKLLC())
	require.Contains(t, strings.Join(r.Notes, "\n"), "list 65: the matches and people are not given: of lists")
	for i := range 66 {
		require.Equal(t, "[[x] [x] [x] [z] [x]]", numbersOf(t, r, "lists", i, ""))
	}
	require.Contains(t, numbersOf(t, r, "lists", 67, ""), "40", "what has nothing to do with them")
}

// TestTooManyInTable: a table that is too large for what has to be looked at together lacks
// these lists, and others have them.
func TestTooManyInTable(t *testing.T) {
	var lists, rows []string
	for i := range 14 {
		lists = append(lists, fmt.Sprintf("icd10:I10 opcs4:A%02d opcs4:A%02[2]d", i, i+1))
	}
	for i, specialty := range strings.Fields(manySpecialties) {
		rows = append(rows, fmt.Sprintf("J459,A%02d1,%s", i%15, specialty))
	}
	r := release(t, tangled(t, lists, "diag_4_01,opertn_4_01,tretspef", append(rows, "J459,,100", ",,100")), cohort.UKLLC())
	require.Contains(t, strings.Join(r.Notes, "\n"), "list 13: the matches and people by treatment specialty are not given: of lists")
	require.Equal(t, "[[x] [x]]", numbersOf(t, r, "lists_by_treatment_specialty", 0, mustTable(t, r, "treatment_specialty").Rows[0].Group))
	require.NotEqual(t, "[[x] [x]]", numbersOf(t, r, "lists_by_financial_year", 0, "2019-20"))
}

const manySpecialties = `100 101 102 103 104 105 106 107 108 109 110 111 113 115 120 130 140 141 142 143 144 145 150 160 161 170 171 172 173 174
	180 190 191 192 200 211 212 213 214 215 216 217 218 219 220 221 222 223 230 240 241 242 250 251 252 253 254 255 256 257 258 259 260 261 262
	263 264 270 280 290 291 300 301 302 303 304 305 306 307 308 309 310 311 312 313 314 315 316 317 318 319 320 321 322 323 324 325 326 327 328`

func mustTable(t *testing.T, r *cohort.Release, name string) *cohort.Table {
	t.Helper()
	table, ok := r.Table(name)
	require.True(t, ok)
	return table
}
