package sqloracle

import (
	"fmt"
	"testing"

	"hesopmatch/match/syntax"

	"github.com/stretchr/testify/require"
)

// mistake describes a common mistake of hand-written scripts: a query that makes the mistake, and rows that expose it.
type mistake struct {
	reason  string
	lists   []string // see listsOf
	columns []string // the columns after the first, which is the key and is named k
	rows    [][]string
	// idiom holds the result columns as people often write them. It is valid in SQLite and PostgreSQL.
	idiom string
	want  map[string]string // the right answers by key, one for each list
	wrong map[string]string // the wrong answers of the idiom
}

func mistakes() []mistake {
	one := []string{"diag_4_01"}
	return []mistake{
		{
			"a pattern without an anchor finds a code inside another value",
			[]string{"diabetes: E11"},
			[]string{"diag_4_concat"},
			[][]string{{"a", "M54X,XE110"}, {"b", "I10X,E119"}},
			"CASE WHEN diag_4_concat LIKE '%E11%' THEN 1 ELSE 0 END",
			map[string]string{"a": "0", "b": "1"},
			map[string]string{"a": "1"},
		},
		{
			"a class in brackets is literal text outside Transact-SQL",
			[]string{"diabetes: E10-E14"},
			one,
			[][]string{{"a", "E110"}, {"b", "E150"}},
			"CASE WHEN diag_4_01 LIKE 'E1[0-4]%' THEN 1 ELSE 0 END",
			map[string]string{"a": "1", "b": "0"},
			map[string]string{"a": "0"},
		},
		{
			"a bare category does not always include its family: this list names a code of F32",
			[]string{"depression: F32 F32.1 F33"},
			one,
			[][]string{{"a", "F320"}, {"b", "F32X"}, {"c", "F321"}, {"d", "F334"}},
			"CASE WHEN diag_4_01 LIKE 'F32%' OR diag_4_01 LIKE 'F33%' THEN 1 ELSE 0 END",
			map[string]string{"a": "0", "b": "1", "c": "1", "d": "1"},
			map[string]string{"a": "1"},
		},
		{
			"a bare category sometimes includes its family: this list names no code of F33. F32X means F32",
			[]string{"depression: F32 F32.1 F33"},
			one,
			[][]string{{"a", "F320"}, {"b", "F32X"}, {"c", "F321"}, {"d", "F334"}},
			"CASE WHEN diag_4_01 IN ('F32', 'F321', 'F33') THEN 1 ELSE 0 END",
			map[string]string{"a": "0", "b": "1", "c": "1", "d": "1"},
			map[string]string{"b": "0", "d": "0"},
		},
		{
			"removing first an X and then a dash from the end leaves the X of I10X-",
			[]string{"hypertension: I10"},
			[]string{"diag_01"},
			[][]string{{"a", "I10X"}, {"b", "I10X-"}, {"c", "I10"}},
			"CASE WHEN RTRIM(RTRIM(diag_01, 'X'), '-') = 'I10' THEN 1 ELSE 0 END",
			map[string]string{"a": "1", "b": "1", "c": "1"},
			map[string]string{"b": "0"},
		},
		{
			"a three-character value does not prove that the four-character code is on the list",
			[]string{"eyes: E113"},
			[]string{"diag_3_01"},
			[][]string{{"a", "E11"}, {"b", "E10"}},
			"CASE WHEN diag_3_01 = SUBSTR('E113', 1, 3) THEN 1 ELSE 0 END",
			map[string]string{"a": "NULL", "b": "0"},
			map[string]string{"a": "1"},
		},
		{
			"a three-character value does not prove that the four-character code is not on the list",
			[]string{"eyes: E113"},
			[]string{"diag_3_01"},
			[][]string{{"a", "E11"}, {"b", "E10"}},
			"CASE WHEN diag_3_01 = 'E113' THEN 1 ELSE 0 END",
			map[string]string{"a": "NULL", "b": "0"},
			map[string]string{"a": "0"},
		},
		{
			"the query answers 'no' where the answer is unknown",
			[]string{"diabetes: E11"},
			one,
			[][]string{{"a", "NULL"}, {"b", ""}, {"c", "R69X"}, {"d", "-"}, {"e", "I10X"}, {"f", "E119"}},
			"CASE WHEN diag_4_01 LIKE 'E11%' THEN 1 ELSE 0 END",
			map[string]string{"a": "NULL", "b": "NULL", "c": "NULL", "d": "NULL", "e": "0", "f": "1"},
			map[string]string{"a": "0", "b": "0", "c": "0", "d": "0"},
		},
		{
			"the query mistypes R69X, a missing diagnosis, as R96X, a sudden death",
			[]string{"diabetes: E11"},
			one,
			[][]string{{"a", "R69X"}, {"b", "R96X"}, {"c", "NULL"}},
			"CASE WHEN diag_4_01 LIKE 'E11%' THEN 1 WHEN diag_4_01 IS NULL OR diag_4_01 = 'R96X' THEN NULL ELSE 0 END",
			map[string]string{"a": "NULL", "b": "0", "c": "NULL"},
			map[string]string{"a": "0", "b": "NULL"},
		},
		{
			"in a CASE, the first list hides the codes that it shares with the second list",
			[]string{"diabetes: E10-E14", "second: E11"},
			one,
			[][]string{{"a", "E119"}, {"b", "E109"}},
			"CASE WHEN CASE WHEN diag_4_01 LIKE 'E1%' THEN 'diabetes' WHEN diag_4_01 LIKE 'E11%' THEN 'second' END = 'diabetes' " +
				"THEN 1 ELSE 0 END, " +
				"CASE WHEN CASE WHEN diag_4_01 LIKE 'E1%' THEN 'diabetes' WHEN diag_4_01 LIKE 'E11%' THEN 'second' END = 'second' " +
				"THEN 1 ELSE 0 END",
			map[string]string{"a": "1 1", "b": "1 0"},
			map[string]string{"a": "1 0"},
		},
		{
			"the pattern ignores the exclusion",
			[]string{"diabetes: O24% -O24.4"},
			one,
			[][]string{{"a", "O244"}, {"b", "O249"}},
			"CASE WHEN diag_4_01 LIKE 'O24%' THEN 1 ELSE 0 END",
			map[string]string{"a": "0", "b": "1"},
			map[string]string{"a": "1"},
		},
		{
			"the query reads only the first column",
			[]string{"diabetes: E11"},
			[]string{"diag_4_01", "diag_4_02"},
			[][]string{{"a", "I10X", "E119"}, {"b", "E119", "NULL"}},
			"CASE WHEN diag_4_01 LIKE 'E11%' THEN 1 ELSE 0 END",
			map[string]string{"a": "1", "b": "1"},
			map[string]string{"a": "0"},
		},
		{
			"codes as people type them: with a dot, in lower case, padded",
			[]string{"diabetes: E11"},
			[]string{"diag_01"},
			[][]string{{"a", "E11.9"}, {"b", "e119"}, {"c", " E119 "}},
			"CASE WHEN diag_01 IN ('E11', 'E110', 'E119') THEN 1 ELSE 0 END",
			map[string]string{"a": "1", "b": "1", "c": "1"},
			map[string]string{"a": "0", "b": "0", "c": "0"},
		},
	}
}

// TestMistakes runs the idiom and the script on the same rows. The script must be right where the idiom is wrong.
func TestMistakes(t *testing.T) {
	for _, d := range databases() {
		db := d.open(t)
		for i, c := range mistakes() {
			t.Run(d.name+"/"+c.reason, func(t *testing.T) {
				s := small{name: fmt.Sprint("mistake_", i), columns: append([]string{"k"}, c.columns...), rows: c.rows}
				s.create(t, db)
				wrong := make(map[string]string)
				for key, answer := range asked(t, db, "SELECT k, "+c.idiom+" FROM "+s.name) {
					if answer != c.want[key] {
						wrong[key] = answer
					}
				}
				require.NotEmpty(t, wrong)
				require.Equal(t, c.wrong, wrong, "the idiom makes the mistake")
				_, query := scripts(t, listsOf(t, c.lists...), &s, dialectOf(d))
				require.Equal(t, c.want, asked(t, db, query))
			})
		}
	}
}

// TestScriptSaysWhichEntry requires each hit to name the entry that decided, which no hand-written query does.
func TestScriptSaysWhichEntry(t *testing.T) {
	for _, d := range databases() {
		db := d.open(t)
		s := small{name: "entries", columns: []string{"k", "diag_01"}, rows: [][]string{
			{"a", "O24.0"}, {"b", "O244"}, {"c", "O2441"}, {"d", "NULL"},
		}}
		s.create(t, db)
		_, query := scripts(t, listsOf(t, "diabetes: O24% -O24.4 O24.41"), &s, dialectOf(d), syntax.Ask(syntax.Hits))
		require.Equal(t, map[string]string{
			"a": "diabetes ICD-10 1 diag_01 O24.0 O24%", "c": "diabetes ICD-10 1 diag_01 O2441 O24.41",
		}, asked(t, db, query), d.name)
	}
}
