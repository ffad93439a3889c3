package oracle

import (
	"regexp"
	"strings"
	"time"
)

// Quality describes the quality of the rows of a table.
type Quality struct {
	Rows, Coded int
	Systems     map[string]*CodeQuality
	// Keys holds the number of rows without a key, the number of distinct keys, and the number of rows with the key of
	// an earlier row.
	Keys  [3]int
	Dates map[string]*DateQuality // by column
	// Missingness holds, by year and specialty, the number of rows, of rows without a diagnosis, and of rows without a
	// procedure.
	Missingness map[[2]string][3]int
}

// CodeQuality describes the codes of one system. Values holds the number of values of each kind, width and class,
// and the number of missing values of each kind, width and reason. Unrecognised holds the number of values with each
// unrecognised text.
type CodeQuality struct {
	Coded, Disagreements, DisagreeingRows, Short int
	Values                                       map[[3]string]int
	Unrecognised                                 map[string]int
}

// DateQuality describes one column of dates.
type DateQuality struct {
	Valid, Missing, Invalid, Early, OtherYear, Unstated int
	First, Last                                         string
}

// Quality returns the quality of the given rows. The argument dates names the columns that hold dates, and specialties
// lists the codes that the column tretspef may hold.
func (t Table) Quality(rows [][]string, dates, specialties []string) Quality {
	q := Quality{
		Systems: make(map[string]*CodeQuality), Dates: make(map[string]*DateQuality),
		Missingness: make(map[[2]string][3]int),
	}
	seen := make(map[string]bool)
	for _, row := range rows {
		q.Rows++
		answer := t.Answer(nil, row)
		if answer.Coded[icd10] || answer.Coded[opcs4] {
			q.Coded++
		}
		for _, system := range systems {
			t.codeQuality(q.Systems, system, row, answer.Coded[system])
		}
		if key, ok := t.field(row, "attendkey"); ok {
			switch key = strings.TrimSpace(key); {
			case key == "":
				q.Keys[0]++
			case seen[key]:
				q.Keys[2]++
			default:
				seen[key] = true
				q.Keys[1]++
			}
		}
		for _, name := range dates {
			if text, ok := t.field(row, name); ok {
				t.dateQuality(q.Dates, name, text, row)
			}
		}
		m := q.Missingness[[2]string{t.yearOf(row), t.specialtyOf(row, specialties)}]
		m[0]++
		if !answer.Coded[icd10] {
			m[1]++
		}
		if !answer.Coded[opcs4] {
			m[2]++
		}
		q.Missingness[[2]string{t.yearOf(row), t.specialtyOf(row, specialties)}] = m
	}
	return q
}

// field returns the text of a row in the named column, and whether there is such a column.
func (t Table) field(row []string, name string) (string, bool) {
	for i, n := range t.Columns {
		if strings.EqualFold(n, name) {
			return row[i], true
		}
	}
	return "", false
}

func (t Table) codeQuality(all map[string]*CodeQuality, system string, row []string, coded bool) {
	var columns []column
	for i, name := range t.Columns {
		if c, ok := readColumn(i, name); ok && c.system == system {
			columns = append(columns, c)
		}
	}
	if len(columns) == 0 {
		return
	}
	q := all[system]
	if q == nil {
		q = &CodeQuality{Values: make(map[[3]string]int), Unrecognised: make(map[string]int)}
		all[system] = q
	}
	if coded {
		q.Coded++
	}
	for _, v := range values(columns, row) {
		width := string(rune('0' + v.width))
		q.Values[[3]string{v.kind, width, v.class}]++
		if v.class == classMissing {
			q.Values[[3]string{v.kind, width, missingReason(system, v.text)}]++
		}
		if v.class == classUnrecognised {
			q.Unrecognised[bare(v.text)]++
		}
	}
	read := t.sources(system)
	if n := disagreements(read, values(read, row)); n > 0 {
		q.Disagreements += n
		q.DisagreeingRows++
	}
	for _, short := range columns {
		if short.width != 3 {
			continue
		}
		if full, ok := fuller(columns, short); ok {
			q.Short += shortDiffer(row[short.index], row[full.index], short.kind == concat)
		}
	}
}

// fuller returns a wider column for the codes of a column of three characters. It prefers a width of four characters to
// six.
func fuller(columns []column, short column) (found column, ok bool) {
	for _, width := range []int{4, 6} {
		for _, c := range columns {
			if c.width == width && c.position == short.position {
				return c, true
			}
		}
	}
	return column{}, false
}

func shortDiffer(short, full string, joined bool) int {
	shorts, fulls := []string{short}, []string{full}
	if joined {
		shorts, fulls = strings.Split(short, ","), strings.Split(full, ",")
	}
	n := 0
	for i := range max(len(shorts), len(fulls)) {
		s, f := "", ""
		if i < len(shorts) {
			s = bare(shorts[i])
		}
		if i < len(fulls) {
			f = bare(fulls[i])
		}
		if !strings.EqualFold(s, f[:min(3, len(f))]) {
			n++
		}
	}
	return n
}

// timeOfDay matches a time after a date, with or without a zone.
var timeOfDay = regexp.MustCompile(`^[ T:]([0-9]{1,2}:[0-9]{2}(:[0-9]{2})?|[0-9]{4}([0-9]{2})?)(\.[0-9]+)?` +
	`( ?(UTC|Z|[+-][0-9]{2}(:?[0-9]{2})?))?$`)

// dateForms are the forms of a date: a pattern, and the layout with which package time parses it.
var dateForms = []struct {
	pattern *regexp.Regexp
	layout  string
}{
	{regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}`), "2006-01-02"},
	{regexp.MustCompile(`^[0-9]{4}/[0-9]{2}/[0-9]{2}`), "2006/01/02"},
	{regexp.MustCompile(`^[0-9]{8}`), "20060102"},
	{regexp.MustCompile(`^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}`), "2/1/2006"},
	{regexp.MustCompile(`^[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}`), "2-1-2006"},
	{regexp.MustCompile(`^[0-9]{2}[A-Za-z]{3}[0-9]{4}`), "02Jan2006"},
}

// readDate returns a date as yyyy-mm-dd, or the problem with it.
func readDate(text string) (date, problem string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", classMissing
	}
	for _, form := range dateForms {
		day := form.pattern.FindString(text)
		if rest := text[len(day):]; day == "" || rest != "" && !timeOfDay.MatchString(rest) {
			continue
		}
		d, err := time.Parse(form.layout, day)
		if err != nil || d.Year() == 0 {
			continue
		}
		switch date = d.Format("2006-01-02"); date {
		case "1800-01-01", "1801-01-01", "1600-01-01", "1582-10-15":
			return "", classMissing
		}
		return date, ""
	}
	return "", "invalid"
}

func (t Table) dateQuality(all map[string]*DateQuality, name, text string, row []string) {
	q := all[name]
	if q == nil {
		q = &DateQuality{}
		all[name] = q
	}
	date, problem := readDate(text)
	switch problem {
	case classMissing:
		q.Missing++
		return
	case "invalid":
		q.Invalid++
		return
	}
	q.Valid++
	if q.First == "" || date < q.First {
		q.First = date
	}
	q.Last = max(q.Last, date)
	if name != "apptdate" {
		return
	}
	if date < "2003-04-01" {
		q.Early++
	}
	switch t.statedYear(row) {
	case "":
		q.Unstated++
	case yearOfDate(date):
	default:
		q.OtherYear++
	}
}

// yearOfDate returns the financial year of a date yyyy-mm-dd, such as 2019-20.
func yearOfDate(date string) string {
	d, _ := time.Parse("2006-01-02", date)
	if d.Month() < time.April {
		d = d.AddDate(-1, 0, 0)
	}
	return d.Format("2006") + "-" + d.AddDate(1, 0, 0).Format("06")
}

// statedYear returns the financial year in the column fyear, or "".
func (t Table) statedYear(row []string) string {
	text, _ := t.field(row, "fyear")
	text = strings.TrimSuffix(strings.TrimSpace(text), ".0")
	if len(text) == 3 {
		text = "0" + text
	}
	for year := 1989; year < 2089; year++ {
		first, second := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(year+1, 1, 1, 0, 0, 0, 0, time.UTC)
		if text == first.Format("06")+second.Format("06") {
			return first.Format("2006") + "-" + second.Format("06")
		}
	}
	return ""
}

func (t Table) yearOf(row []string) string {
	if text, ok := t.field(row, "apptdate"); ok {
		if date, problem := readDate(text); problem == "" {
			if date < "1989-04-01" || date >= "2089-04-01" {
				return ""
			}
			return yearOfDate(date)
		}
	}
	return t.statedYear(row)
}

func (t Table) specialtyOf(row, specialties []string) string {
	text, ok := t.field(row, "tretspef")
	text = strings.TrimSuffix(strings.TrimSpace(text), ".0")
	if !ok || text == "" || text == "&" {
		return ""
	}
	for _, code := range specialties {
		if strings.TrimLeft(text, "0") == code {
			return code
		}
	}
	return "unlisted"
}
