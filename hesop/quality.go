package hesop

import (
	"cmp"
	"iter"
	"slices"

	"hesopmatch/codelist/coding"
)

// Quality gathers what the data say of themselves while they are read: give it to
// one reader or to several, one after the other, by the option Measure, and ask for
// its Report at the end. It is for one goroutine at a time, and not to be asked
// while a reader reads. It must not be copied. NewQuality makes one; the zero Quality
// cannot be used.
type Quality struct {
	_ [0]func() // not comparable

	rows, coded int64
	systems     [3]codeCount // by codelist.System
	keyed       bool         // a reader had the column attendkey
	noKey       int64
	keys        keySet
	dates       []DateQuality // in the order in which the columns came up
	missingness map[missingnessKey]*Missingness

	plan *qualityPlan // for the reader at hand
}

// QualityOption changes how Quality counts.
type QualityOption func(*Quality)

// defaultKeys fills three quarters of 2^24 slots.
const defaultKeys = 3<<22 - 1

// fewestKeys is a sample that still says something.
const fewestKeys = 1 << 10

// KeyLimit sets how many different attendkeys are held to find those that come
// again, by default 12,582,911, for which up to 192 MiB are in use, and 300 MiB for a
// moment. Where there are more the counts become estimates from a sample of the
// keys, and the report says so. Less than 1,024 is taken for 1,024.
func KeyLimit(n int) QualityOption { return func(q *Quality) { q.keys.most = max(n, fewestKeys) } }

// NewQuality returns a Quality of no rows yet.
func NewQuality(opts ...QualityOption) *Quality {
	q := &Quality{missingness: make(map[missingnessKey]*Missingness)}
	q.keys.most = defaultKeys
	for _, opt := range opts {
		opt(q)
	}
	return q
}

// Measure makes a reader give every row that it yields to q, in match.Scan also those
// that were read ahead of one at which it was broken off. Reading then takes one and a
// half times to twice as long, by layout; without it nothing is counted and nothing spent.
func Measure(q *Quality) Option {
	return func(o *options) { o.quality, o.noQuality = q, q == nil }
}

// QualityReport is what a Quality gathered. As JSON it is for people and other programs:
// this package does not read it back.
type QualityReport struct {
	Rows  int64 `json:"rows"`  // that were read, without those skipped
	Coded int64 `json:"coded"` // of them with a code of any system in the columns that are matched

	Systems []CodeQuality `json:"systems"` // those that the data have columns of
	Keys    *KeyQuality   `json:"attendkey,omitempty"`
	Dates   []DateQuality `json:"dates"`

	// Missingness is by year and treatment specialty, in that order.
	Missingness []Missingness `json:"missingness"`
}

// CodeQuality is what there is to know of the code columns of one system.
type CodeQuality struct {
	System coding.System `json:"system"`
	Coded  int64         `json:"coded"` // appointments with a code in the columns that are matched

	// Columns are the columns of one source and width together, whether they are
	// matched or not.
	Columns []ColumnQuality `json:"columns"`

	// Disagreements are between positional and concatenated columns that are both
	// matched, nil where no reader had them.
	Disagreements *Disagreements `json:"disagreements,omitempty"`

	// Short is how many values of three characters are not the first three of the
	// value beside them of four or more: position by position, and slot by slot
	// of the concatenated columns, an empty one being a value too. It is nil where
	// no reader had both.
	Short *int64 `json:"short_differ,omitempty"`

	// Commonest are the values of all columns that are neither a code nor missing,
	// the commonest first, and Others how many more there are: those behind the
	// first hundred, those of more than six bytes, and new ones beyond ten thousand.
	// Anything may have slipped into a code column: they are not for release.
	Commonest []ValueCount `json:"unrecognised_values"`
	Others    int64        `json:"unrecognised_others"`
}

// Disagreements are codes that stand in the positional columns alone or in the
// concatenated one alone, as Codes counts them.
type Disagreements struct {
	Codes int64 `json:"codes"`
	Rows  int64 `json:"rows"` // appointments that have any
}

// ColumnQuality is what the values of columns of one source and width are. A value is a
// field or, of a concatenated column, a slot between two commas.
type ColumnQuality struct {
	Source       Form  `json:"source"`
	Width        int   `json:"width"`
	Columns      int   `json:"columns"` // the most that a reader had
	Matched      bool  `json:"matched"` // a reader matched them
	Empty        int64 `json:"empty"`
	Codes        int64 `json:"codes"`
	Missing      int64 `json:"missing"`
	Unrecognised int64 `json:"unrecognised"`

	// Reasons are those of the missing values. Columns of fewer characters do not
	// tell all of them: R69X6 cut to R69X says no more than that the diagnosis is not
	// known.
	Reasons map[coding.Missing]int64 `json:"reasons"`
}

// KeyQuality is what there is to know of the column attendkey.
type KeyQuality struct {
	Missing   int64 `json:"missing"`   // rows whose key is empty
	Different int64 `json:"different"` // keys
	Repeated  int64 `json:"repeated"`  // rows whose key an earlier row has

	// Estimated says that the last two were reckoned from a sample, there being
	// more keys than KeyLimit.
	Estimated bool `json:"estimated"`
}

// DateQuality is what there is to know of a column of dates.
type DateQuality struct {
	Column  string `json:"column"` // in lower case
	Valid   int64  `json:"valid"`
	Missing int64  `json:"missing"` // empty, or a day that stands for a missing one
	Invalid int64  `json:"invalid"` // neither

	First Date `json:"first"` // of the valid ones
	Last  Date `json:"last"`

	Years *YearQuality `json:"years,omitempty"` // of apptdate
}

// YearQuality holds the valid dates of appointments against the years of the data.
type YearQuality struct {
	Early    int64 `json:"early"`    // before 1 April 2003, when the data set begins
	Other    int64 `json:"other"`    // in another financial year than the column fyear says, early or not
	Unstated int64 `json:"unstated"` // there is no such column, or it says no year
}

// Missingness counts appointments without a code in the columns that are matched: all
// of them where a reader matched no columns of the system, see ColumnQuality. The rows of a
// Missingness are those of one year, one specialty, or both.
type Missingness struct {
	Year        FinancialYear `json:"year"`      // 0 if not known, or not from 1989-90 to 2088-89
	Specialty   string        `json:"specialty"` // code of tretspef, "" if missing or if there is no such column, UnlistedSpecialty if not in the set
	Rows        int64         `json:"rows"`
	NoDiagnosis int64         `json:"no_diagnosis"`
	NoProcedure int64         `json:"no_procedure"`
}

// UnlistedSpecialty is the Specialty of a Missingness whose values of tretspef are none
// of the set.
const UnlistedSpecialty = "unlisted"

type missingnessKey struct {
	year      FinancialYear
	specialty string
}

// ByYear returns the missingness by year alone.
func (r *QualityReport) ByYear() []Missingness {
	return sumMissingness(slices.Values(r.Missingness), func(m *Missingness) { m.Specialty = "" })
}

// BySpecialty returns the missingness by treatment specialty alone.
func (r *QualityReport) BySpecialty() []Missingness {
	return sumMissingness(slices.Values(r.Missingness), func(m *Missingness) { m.Year = 0 })
}

// sumMissingness adds up what is alike once blur has made it so, in order.
func sumMissingness(all iter.Seq[Missingness], blur func(*Missingness)) []Missingness {
	sums := make(map[missingnessKey]Missingness)
	for m := range all {
		blur(&m)
		key := missingnessKey{m.Year, m.Specialty}
		sum := sums[key]
		m.Rows += sum.Rows
		m.NoDiagnosis += sum.NoDiagnosis
		m.NoProcedure += sum.NoProcedure
		sums[key] = m
	}
	sorted := make([]Missingness, 0, len(sums))
	for _, m := range sums {
		sorted = append(sorted, m)
	}
	slices.SortFunc(sorted, func(a, b Missingness) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Specialty, b.Specialty))
	})
	return sorted
}

const commonestReported = 100

// Report returns what was gathered so far.
func (q *Quality) Report() *QualityReport {
	r := &QualityReport{Rows: q.rows, Coded: q.coded, Systems: []CodeQuality{}, Dates: []DateQuality{}}
	for _, sys := range [...]coding.System{coding.ICD10, coding.OPCS4} {
		if s := &q.systems[sys]; len(s.columns) > 0 {
			r.Systems = append(r.Systems, s.report(sys))
		}
	}
	if q.keyed {
		different, repeated := q.keys.counts()
		r.Keys = &KeyQuality{Missing: q.noKey, Different: different, Repeated: repeated, Estimated: q.keys.isSample()}
	}
	for _, one := range q.dates {
		if one.Years != nil {
			years := *one.Years
			one.Years = &years
		}
		r.Dates = append(r.Dates, one)
	}
	r.Missingness = sumMissingness(func(yield func(Missingness) bool) {
		for _, m := range q.missingness {
			if !yield(*m) {
				return
			}
		}
	}, func(*Missingness) {})
	return r
}

func (s *codeCount) report(sys coding.System) CodeQuality {
	r := CodeQuality{
		System: sys, Coded: s.coded,
	}
	if s.paired {
		r.Disagreements = &Disagreements{s.disagreements, s.disagreeing}
	}
	if s.shortened {
		short := s.short
		r.Short = &short
	}
	for _, c := range s.columns {
		one := c.ColumnQuality
		one.Empty = c.values - c.Codes - c.Missing - c.Unrecognised
		one.Reasons = make(map[coding.Missing]int64)
		for reason, n := range c.reasons {
			if n > 0 {
				one.Reasons[coding.Missing(reason)] = n
			}
		}
		r.Columns = append(r.Columns, one)
	}
	r.Commonest, r.Others = commonest(&s.unrecognised)
	return r
}

// commonest returns the commonest values, and how many more there are.
func commonest(t *Tally) (values []ValueCount, others int64) {
	others = t.Others()
	values = t.Commonest()
	for len(values) > commonestReported {
		last := len(values) - 1
		others += values[last].Count
		values = values[:last]
	}
	return values, others
}
