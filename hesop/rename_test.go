package hesop

import (
	"database/sql/driver"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRename(t *testing.T) {
	deaths := []Option{Rename("S_UNDERLYING_COD_ICD10", "diag_01"), Rename("s_cod_code_#", "diag_#+1"), Rename("S_COD_LINE_#", "")}
	tests := []struct {
		header  string
		opts    []Option
		want    string
		notices string
		reason  string
	}{
		{
			"id,S_UNDERLYING_COD_ICD10,S_COD_CODE_1,S_COD_CODE_2,S_COD_LINE_1,S_COD_LINE_2", deaths, "diag_01 diag_02 diag_03",
			"note: S_UNDERLYING_COD_ICD10 read as diag_01\nnote: S_COD_CODE_1 .. S_COD_CODE_2 read as diag_02 .. diag_03",
			"one column, a series shifted by one, a series without codes",
		},
		{
			"Main|second",
			[]Option{Rename("MAIN", "DIAG_4_1"), Rename(" second ", "opertn_concat")},
			"diag_4_01 opertn_4_concat",
			"note: Main read as diag_4_01\nnote: second read as opertn_4_concat", "in upper or lower case, to any name that is read; " +
				"the renames help to find the delimiter",
		},
		{"diag_01,icd", []Option{Rename("diag_01", ""), Rename("icd", "diag_01")}, "diag_01", "note: icd read as diag_01", "another column in place of a code column"},
		{"p01x,p02x", []Option{Rename("p#x", "opertn_4_#")}, "opertn_4_01 opertn_4_02", "note: p01x .. p02x read as opertn_4_01 .. opertn_4_02", "the position in the middle, with zeros"},
	}
	for _, tt := range tests {
		r := open(t, tt.header+"\n", tt.opts...)
		require.Equal(t, tt.want, read(r), tt.reason)
		require.Equal(t, tt.notices, said(r), tt.reason)
	}
}

func TestRenameOtherColumns(t *testing.T) {
	r := open(t, "who,Day,state,diag_4_01\np1,2019-06-03,5,E119\n",
		Rename("who", "llc_0001_stud_id"), Rename("day", "apptdate"), Rename("state", "attended"))
	require.Equal(t, "note: who read as llc_0001_stud_id\nnote: Day read as apptdate\nnote: state read as attended", said(r))
	person, err := r.Person()
	require.NoError(t, err)
	require.Equal(t, "who", person.Name(), "spelled as in the data")
	day, err := r.Column("apptdate")
	require.NoError(t, err)
	require.Equal(t, "Day", day.Name())
	own, err := r.Column("DAY")
	require.NoError(t, err)
	require.Equal(t, day, own, "both names find the column")
	for a, err := range r.All() {
		require.NoError(t, err)
		require.Equal(t, Seen, a.Attended())
		require.Equal(t, FinancialYear(2019), a.FinancialYear())
	}
}

func TestRenameErrors(t *testing.T) {
	tests := []struct {
		header string
		opts   []Option
		want   error
		says   string
		reason string
	}{
		{"a,diag_01", []Option{Rename("b", "diag_02")}, ErrHeader, `no column "b"`, "a column that does not exist"},
		{"a,diag_01", []Option{Rename("b", "")}, ErrHeader, `no column "b"`, "... even if it is declared to hold no codes"},
		{"a_1,diag_01", []Option{Rename("b_#", "diag_#+1")}, ErrHeader, `no column "b_#"`, "... even as a series"},
		{"a,diag_01", []Option{Rename("a", "diag_1")}, ErrHeader, `columns "a" and "diag_01" are the same position, ` +
			`diag_01: "a" has the name diag_1 from Rename: leave that Rename out or change it, or use ` +
			`Rename("diag_01", "") to say that "diag_01" holds no codes`, "two columns for one position"},
		{"a_1,b_1", []Option{Rename("a_#", "diag_#"), Rename("b_#", "diag_#")}, ErrHeader, `both have that ` +
			`name from Rename: leave one Rename out, or give "b_1" another name`, "... from two series"},
		{"diag_1,diag_01", nil, ErrHeader, `use Rename(NAME, "") to say that one of them holds no codes`, "... without a Rename"},
		{"a,b", []Option{Rename("A", "diag_01"), Rename("a ", "diag_02")}, ErrOption, `Rename("a ", ` +
			`"diag_02"): another Rename names that column`, "two Renames from one name"},
		{"a,b", []Option{Rename("a", "diag_01"), Rename("b", "DIAG_1")}, ErrOption, `Rename("b", "DIAG_1"): ` +
			`another Rename gives that name to "a"`, "... to one position"},
		{
			"a,b",
			[]Option{Rename("a", "sex"), Rename("b", "sex")},
			ErrOption, `another Rename gives that name to "a"`,
			"... to one name",
		},
		{"a_99,diag_01", []Option{Rename("a_#", "diag_#+1")}, ErrOption, "makes diag_100", "a position that does not exist"},
		{"a_1,b", []Option{Rename("a_1", "diag_01"), Rename("a_#", "diag_#")}, ErrOption, "by Rename twice", "two Renames of one column"},
		{"a,apptdate,diag_01", []Option{Rename("a", "apptdate")}, ErrHeader, `another column already has that name`, "two columns with one name"},
		{"a,diag_01", []Option{Rename("a", "b")}, ErrOption, "the new name is not one that is read", "a name that is not read"},
		{"a,diag_01", []Option{Rename("a", "diag_100")}, ErrOption, "the new name is not one that is read", "a single position that does not exist"},
		{"a,diag_01", []Option{Rename("a#", "diag_02")}, ErrOption, "in both or in neither", "a position that the new name drops"},
		{"a,diag_01", []Option{Rename("a", "diag_#")}, ErrOption, "in both or in neither", "a position that the old name lacks"},
		{"a,diag_01", []Option{Rename("a##", "diag_#")}, ErrOption, "one #", "two positions"},
		{"a,diag_01", []Option{Rename(" ", "diag_02")}, ErrOption, "has no name", "no name"},
	}
	for _, tt := range tests {
		_, err := NewReader(strings.NewReader(tt.header+"\n"), tt.opts...)
		require.ErrorIs(t, err, tt.want, tt.reason)
		require.ErrorContains(t, err, tt.says, tt.reason)
	}
}

func TestRenameGivenNames(t *testing.T) {
	r := open(t, "1,E119\n", Names("key", "condition"), Rename("Condition", "diag_01"))
	require.Equal(t, "diag_01", read(r))
	require.Equal(t, []string{"E119"}, texts(t, r, "diag_01"))
}

func TestRenameOfQuery(t *testing.T) {
	db := &table{columns: []string{"diag1", "cause"}, rows: [][]driver.Value{{"E119", "I10X"}}}
	r, err := FromRows(openQuery(t.Context(), t, db), Rename("CAUSE", "diag_02"))
	require.NoError(t, err)
	require.Equal(t, "diag_01 diag_02", read(r))
	require.Equal(t, "note: diag1 read as diag_01\nnote: cause read as diag_02", said(r))
	require.Equal(t, []string{"I10X"}, texts(t, r, "cause"))
	_, err = FromRows(openQuery(t.Context(), t, db), Rename("no", "diag_02"))
	require.ErrorIs(t, err, ErrHeader)
}

// FuzzHeader reads any header. Each position must be read at most once, each column must be found by both of its names,
// and the result must be the same if the caller gives the names.
func FuzzHeader(f *testing.F) {
	f.Add("id,diag_1,diag.2,DIAG4_01", "id", "diag_03")
	f.Add("S_COD_CODE_1,S_COD_CODE_2", "s_cod_code_#", "diag_#+1")
	f.Add("diag_01,opertn[1],icd10", "icd#", "")
	f.Add("who,day,diag1", "who", "patid")
	f.Fuzz(func(t *testing.T, header, from, to string) {
		if strings.ContainsAny(header, "\"\r\n") {
			return
		}
		r, err := NewReader(strings.NewReader(header+"\n"), Delimiter(','), Rename(from, to))
		if err != nil {
			return
		}
		taken := make(map[string]bool)
		for _, c := range r.header.codes.all {
			name := c.hesName()
			require.False(t, taken[name] || c.Position > maxPosition || c.Form != Concatenated && c.Position < 1, name)
			taken[name] = true
			own, err := r.Column(c.Column.Name())
			require.NoError(t, err)
			require.Equal(t, c.Column, own)
		}
		var names []string
		for c := range r.Columns() {
			names = append(names, c.Name())
		}
		given, err := NewReader(strings.NewReader(""), Names(names...), Rename(from, to))
		require.NoError(t, err)
		require.Equal(t, read(r), read(given))
		require.Equal(t, said(r), said(given))
	})
}
