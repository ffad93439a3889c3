package program

import (
	"strings"

	"hesopmatch/hesop"
)

// Filters are the options that say which appointments and people count, the same for files and for scripts.
type Filters struct {
	Person   string // the column, "" if it is to be found
	Date     string // the column
	Attended bool
	From, To hesop.Date // zero for any
	Min      int
	Dedupe   string // the column, "" for none
	OrderBy  string // likewise
}

// RegisterFilters adds the options to fs.
func (f *Filters) RegisterFilters(fs *Flags) {
	fs.Text("person", &f.Person)
	fs.Text("date", &f.Date)
	fs.Switch("attended", &f.Attended)
	fs.Func("from", Day(&f.From))
	fs.Func("to", Day(&f.To))
	fs.Int("min", &f.Min)
	fs.Text("dedupe", &f.Dedupe)
	fs.Text("order-by", &f.OrderBy)
}

// CheckFilters finds what is wrong with the filters together.
func (f *Filters) CheckFilters() error {
	switch {
	case strings.TrimSpace(f.Date) == "":
		return Usage("-date: no column is called that")
	case f.Min < 1:
		return Usage("-min %d: must be 1 or more", f.Min)
	case f.From.IsValid() && f.To.IsValid() && f.From.Compare(f.To) > 0:
		return Usage("-from %v -to %v: no day is between them", f.From, f.To)
	case f.OrderBy != "" && f.Dedupe == "":
		return Usage("-order-by %s says which appointment is the first for -dedupe COLUMN: give both, or neither",
			f.OrderBy)
	}
	return nil
}
