package program

import (
	"strings"

	"hesopmatch/hesop"
)

// Filters are the options that select appointments and people, the same for files and for scripts.
type Filters struct {
	Person   string // the column of the person; "" to find the column by its name
	Date     string // the column of the day
	Attended bool
	From, To hesop.Date // zero for any
	Min      int
	Dedupe   string // the column, "" for none
	OrderBy  string // the column, "" for none
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

// CheckFilters fails if the filters contradict each other.
func (f *Filters) CheckFilters() error {
	switch {
	case strings.TrimSpace(f.Date) == "":
		return Usage("-date: the name of the column is empty")
	case f.Min < 1:
		return Usage("-min %d: must be 1 or more", f.Min)
	case f.From.IsValid() && f.To.IsValid() && f.From.Compare(f.To) > 0:
		return Usage("-from %v -to %v: no day is between them", f.From, f.To)
	case f.OrderBy != "" && f.Dedupe == "":
		return Usage("-order-by %s decides which appointment is the first for -dedupe COLUMN: give both, or neither",
			f.OrderBy)
	}
	return nil
}
