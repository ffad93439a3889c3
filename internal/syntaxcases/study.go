package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/internal/oracle"
	"hesopmatch/match"
)

// study holds random lists and a random table of appointments.
type study struct {
	cells [][]oracle.Cell
	names []string // names of the columns, as spelled in the table
	table oracle.Table
	opts  []hesop.Option
	rows  [][]string

	attended bool
	from, to hesop.Date
	once     bool
	least    int
	apart    bool // scripts for databases keep their table of codes separate
}

// extras lists the columns that come before the columns of oracle.Table. Some names of oracle.Table start with a byte
// order mark, which the first name of a file cannot keep. The column ordinal identifies the rows and orders them.
var extras = []string{"ordinal", "pseudo_hesid", "attendkey", "attended", "fyear", "version"}

// listNames holds names of lists that a script must quote.
var listNames = []string{
	"O'Brien; drop", `a]b"c`, "naïve – list", "select", "`tick`", "100%", "$HOME",
	`back\slash`, "first", "appointment",
}

func newStudy(r oracle.Random, lists, rows int) study {
	s := study{table: r.Table(), least: 1}
	for !s.table.Reads() {
		s.table = r.Table()
	}
	spelt := r.Spelling(s.table)
	// A file may have a byte order mark before its first name, but a table cannot.
	spelt.Names[0] = strings.TrimPrefix(spelt.Names[0], "\ufeff")
	s.names = append(slices.Clone(extras), spelt.Names...)
	fields := map[string]hesop.Fields{
		"all": hesop.AllFields, "positional": hesop.PositionalFields, "concat": hesop.ConcatenatedFields,
	}
	width := 6
	if s.table.CutRaw {
		width = 4
	}
	s.opts = []hesop.Option{hesop.ReadFields(fields[s.table.Fields]), hesop.RawWidth(width)}
	for _, one := range spelt.Renames {
		s.opts = append(s.opts, hesop.Rename(one[0], one[1]))
	}
	for len(s.cells) < lists {
		cells := r.Cells()
		l, _ := oracle.NewList(cells, oracle.Settings{Policy: "auto"})
		for _, e := range l.Entries() {
			if !e.Exclude {
				s.cells = append(s.cells, cells)
				break
			}
		}
	}
	for i := range rows {
		s.rows = append(s.rows, newRow(r, s.table, i))
	}
	if r.IntN(2) == 0 {
		s.attended = true
	}
	if r.IntN(2) == 0 {
		s.from, s.to = hesop.Date{Year: 2018, Month: 4, Day: 1}, hesop.Date{Year: 2020, Month: 3, Day: 31}
	}
	s.once = r.IntN(2) == 0
	s.least = 1 + r.IntN(2)
	s.apart = r.IntN(4) == 0
	return s
}

func pick(r oracle.Random, of ...string) string { return of[r.IntN(len(of))] }

func newRow(r oracle.Random, t oracle.Table, i int) []string {
	row := r.Row(t)
	for j, name := range t.Columns {
		// A database holds text, not bytes, so the no-break space of Windows-1252 becomes that of Unicode.
		row[j] = strings.ToValidUTF8(row[j], "\u00a0")
		if name == "apptdate" {
			row[j] = pick(r, "2018-03-31", "2018-04-01", "2020-03-31", "2019/05/08", "01/04/2018", "31-03-2020",
				"20190508", "2018-04-01 09:30", "2020-02-29", "2019-02-29", "2000-02-29", "1900-02-29",
				"1800-01-01", "", " ", " 20180401 ", "2089-04-01", "1988-12-31", "43593", "2019-04-31",
				"2019-13-01", "2019-00-10", "2019-01-00", "2019-01-32")
		}
	}
	return append([]string{
		fmt.Sprintf("%06d", i),
		pick(r, "p1", "p2", "p10", " p1  ", "\u00a0p2\t", "P1", "é", "p 1", "", " ", "-", "NA",
			"12345678901234567890"),
		pick(r, "1", "2", "02", " 2 ", "", "  ", "12345678901234567890", strconv.Itoa(i), strconv.Itoa(i)),
		pick(r, "5", "5", "6", "05 ", "6.0", "3", "", "9", "55"),
		pick(r, "1718", "1819", "8990", "304", "2018", "1719", "", "1920.0", " 2021"),
		strconv.Itoa(i * 7919 % 100003), // distinct numbers of any length, in no order
	}, row...)
}

func (s *study) compile() (*match.Matcher, error) {
	var lists []*codelist.List
	for i, cells := range s.cells {
		name := fmt.Sprintf("list %d", i)
		if i < len(listNames) {
			name = listNames[i]
		}
		l, err := codelist.Parse(name, strings.NewReader(oracle.File(cells)), codelist.AllowRejected(),
			codelist.ExcludeColumn("exclude"))
		if err != nil {
			return nil, err
		}
		lists = append(lists, l)
	}
	m, err := match.Compile(lists...)
	if err == nil && s.table.Primary {
		m = m.PrimaryOnly()
	}
	return m, err
}

// text returns the rows as the text of a CSV file.
func (s *study) text() ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(append([][]string{s.names}, s.rows...)); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
