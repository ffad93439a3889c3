package sqloracle

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/hesop/hesoptest"
	"hesopmatch/match"

	"github.com/stretchr/testify/require"
)

// table is a table of synthetic appointments. In a database, it also has a column named ordinal, which keeps the order
// of the rows. The methods query and reversed do not select that column.
type table struct {
	layout hesop.Layout
	names  []string          // of the columns, in lower case
	types  map[string]string // of the columns whose type is not the usual one
	text   []byte            // the rows as CSV
}

const (
	tableRows = 3000
	tableSeed = 20190603
)

// newTable makes rows in a layout. The rows are the same every time.
func newTable(t testing.TB, layout hesop.Layout, types map[string]string) *table {
	t.Helper()
	generator, err := hesoptest.New(tableSeed, hesoptest.People(100),
		hesoptest.MissingDiagnosis(0.5), hesoptest.MissingProcedure(0.4), hesoptest.Repeated(0.01))
	require.NoError(t, err)
	var text bytes.Buffer
	w := hesoptest.NewWriter(&text, layout)
	for row := range generator.Rows(tableRows) {
		require.NoError(t, w.Write(row))
	}
	require.NoError(t, w.Flush())
	tab := &table{layout: layout, types: types, text: text.Bytes()}
	for c := range hesoptest.Reader(layout).Columns() {
		tab.names = append(tab.names, strings.ToLower(c.Name()))
	}
	for name := range types {
		require.Contains(t, tab.names, name)
	}
	return tab
}

func (tab *table) name() string { return "hesop_" + tab.layout.String() }

// definition returns the SQL that creates the table. The first argument defines the column ordinal. The callback
// returns the type of each column that tab.types does not contain.
func (tab *table) definition(ordinal string, usual func(name string) string) string {
	columns := []string{ordinal}
	for _, name := range tab.names {
		kind, ok := tab.types[name]
		if !ok {
			kind = usual(name)
		}
		columns = append(columns, fmt.Sprintf("%q %s", name, kind))
	}
	return fmt.Sprintf("CREATE TABLE %s (%s)", tab.name(), strings.Join(columns, ", "))
}

// records returns the fields of each row.
func (tab *table) records(t testing.TB) [][]string {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(tab.text)).ReadAll()
	require.NoError(t, err)
	require.Len(t, records, tableRows+1)
	return records[1:]
}

// query returns the SQL that selects all columns, with the rows in order.
func (tab *table) query() string {
	return fmt.Sprintf(`SELECT "%s" FROM %s ORDER BY ordinal`, strings.Join(tab.names, `", "`), tab.name())
}

// reversed returns the SQL that selects the columns in reverse order, with names in upper case.
func (tab *table) reversed() string {
	var columns []string
	for _, name := range slices.Backward(tab.names) {
		columns = append(columns, fmt.Sprintf("%q AS %q", name, strings.ToUpper(name)))
	}
	return fmt.Sprintf("SELECT %s FROM %s ORDER BY ordinal", strings.Join(columns, ", "), tab.name())
}

// newMatcher compiles lists of codes that the synthetic rows have. Each list tests one thing that can go wrong with a
// column.
func newMatcher(t testing.TB) *match.Matcher {
	t.Helper()
	var lists []*codelist.List
	for _, l := range []struct {
		name, text, reason string
		opts               []codelist.Option
	}{
		{"diabetes", "icd10,exclude\nE10-E14,\nE11.3,yes\nE14.2,yes\n", "exclusions", []codelist.Option{codelist.ExcludeColumn("exclude")}},
		{"arthritis", "icd10\nM06.90\nM05.10\nM10.9\n", "entries longer than the field, and one that fits the field", nil},
		{"hypertension", "icd10\nI10X\nN40X\nG35X\n", "the filler X", nil},
		{"skin", "icd10\nL\n", "a prefix of one letter", []codelist.Option{codelist.AllowBroad()}},
		{"eyes", "opcs\nC75.1\nC79\nZ94.2\n", "a category and codes of procedures", nil},
		{"tests", "opcs,exclude\nX62,\nU20,\nU20.1,yes\n", "exclusions of procedures", []codelist.Option{codelist.ExcludeColumn("exclude")}},
		{"joints", "coding_system,code\nICD-10,M16\nICD-10,M17\nOPCS-4,W37\nOPCS-4,W90.3\n", "both systems", nil},
	} {
		list, err := codelist.Parse(l.name, strings.NewReader(l.text), l.opts...)
		require.NoError(t, err, l.reason)
		lists = append(lists, list)
	}
	matcher, err := match.Compile(lists...)
	require.NoError(t, err)
	return matcher
}
