package quality

import (
	"fmt"
	"io"
	"iter"
	"log/slog"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop"
	"hesopmatch/hesop/internal/padding"
	"hesopmatch/internal/noform"
	"hesopmatch/internal/shorttext"
)

// Counter counts data quality problems in appointments. The zero Counter is ready to use. A Counter can count several
// readers one after the other, and their columns may differ. A Counter is for one goroutine at a time: give each
// goroutine its own, and combine them with Merge. A Counter must not be copied.
type Counter struct {
	noForm
	noCopy
	_ [0]func() // not comparable

	// KeyLimit is the maximum number of distinct attendkeys that a Counter stores to find repeated ones. It must be at
	// least 1,024; 0 means 12,582,911. That many keys take up to 192 MiB, and briefly 300 MiB while the table of keys
	// grows. Beyond the limit the counts are estimates from an unbiased sample of the keys, and Keys.Estimated is true.
	KeyLimit int

	rows, coded int64
	systems     [3]codeCount  // by coding.System
	columns     []columnCount // in order of first appearance
	keyed       bool          // whether a reader had the column attendkey
	noKey       int64
	keys        keySet
	dates       []DateColumn // in order of first appearance
	missingness missingness

	stated shorttext.Memo[hesop.FinancialYear] // the year that each text of fyear states
	plan   *plan                               // of the reader last passed to Begin
	texts  [][]byte                            // texts of the code columns of the current row; all nil between rows
	filled []int                               // indexes of the texts that are not nil
}

const (
	defaultKeys = 3<<22 - 1 // three quarters of 2^24 slots
	fewestKeys  = 1 << 10   // a smaller sample is too imprecise
)

// limitKeys sets the limit of c.keys. It returns an error if KeyLimit is invalid.
func (c *Counter) limitKeys() error {
	switch {
	case c.KeyLimit == 0:
		c.keys.most = defaultKeys
	case c.KeyLimit < fewestKeys:
		return fmt.Errorf("%w: KeyLimit of %d keys, must be at least %d", hesop.ErrOption, c.KeyLimit, fewestKeys)
	default:
		c.keys.most = c.KeyLimit
	}
	return nil
}

// All yields the remaining appointments of r, as hesop.Reader.All does, and counts each one before yielding it.
func (c *Counter) All(r *hesop.Reader) iter.Seq2[*hesop.Appointment, error] {
	return func(yield func(*hesop.Appointment, error) bool) {
		if err := c.Begin(r); err != nil {
			yield(nil, err)
			return
		}
		for a, err := range r.All() {
			if err == nil {
				c.Add(a)
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

// Begin prepares c to count the appointments of r with Add. From then on the report includes the columns of r, even if
// r has no rows. Begin looks only at the columns of r, so several Counters may begin with the same reader. It returns
// an error that wraps hesop.ErrOption if r is nil or zero, or if KeyLimit is too small.
func (c *Counter) Begin(r *hesop.Reader) error {
	if r == nil || !r.IsMade() {
		return fmt.Errorf("%w: the Reader is nil or zero: hesop.Open makes one", hesop.ErrOption)
	}
	if err := c.limitKeys(); err != nil {
		return err
	}
	c.plan = c.newPlan(r)
	c.texts = make([][]byte, len(c.plan.codes))
	return nil
}

// Add counts an appointment of the reader last passed to Begin. It panics if Begin has not been called, and for an
// appointment of another reader.
func (c *Counter) Add(a *hesop.Appointment) {
	p := c.plan
	if p == nil {
		panic("quality: Add before Begin: give Begin the reader of the appointment")
	}
	codes := a.Codes()
	c.addCodes(a, codes)
	c.rows++
	year, specialty := c.addFields(a)
	one := c.missingness.of(a, year, specialty, p)
	one.Rows++
	hasDiagnosis, hasProcedure := codes.Coded(coding.ICD10), codes.Coded(coding.OPCS4)
	if hasDiagnosis || hasProcedure {
		c.coded++
	}
	if hasDiagnosis {
		c.systems[coding.ICD10].coded++
	} else {
		one.NoDiagnosis++
	}
	if hasProcedure {
		c.systems[coding.OPCS4].coded++
	} else {
		one.NoProcedure++
	}
}

// addFields counts the columns of a row that are not code columns. It returns the financial year of the appointment and
// the text of its specialty.
func (c *Counter) addFields(a *hesop.Appointment) (year hesop.FinancialYear, specialty []byte) {
	var (
		day    hesop.Date
		stated hesop.FinancialYear
		years  *Years
	)
	for i := range c.plan.fields {
		f := &c.plan.fields[i]
		text := a.Text(f.column)
		switch f.use {
		case useKey:
			if key := padding.Trim(text); len(key) == 0 {
				c.noKey++
			} else {
				c.keys.add(key)
			}
		case useYear:
			stated = c.stated.Get(text, func() hesop.FinancialYear {
				year, _ := hesop.ParseFinancialYear(text)
				return year
			})
		case useSpecialty:
			specialty = text
		case useDate:
			c.dates[f.count].add(text)
		case useAppointed:
			day, years = c.dates[f.count].add(text), c.dates[f.count].Years
		}
	}
	if day == (hesop.Date{}) {
		year = stated
	} else {
		year = day.FinancialYear()
		years.add(day, year, stated)
	}
	if c.plan.asksYear {
		year = a.FinancialYear()
	}
	return year, specialty
}

// Merge adds the counts of the Counter other to c, as if the rows of other followed those of c. It does not change
// other. The report of c then equals that of one Counter for all rows, with one exception: if other has more
// unrecognised values than a Values keeps, some of them may be counted only in Codes.Others. Merge panics if other is
// nil or c itself, or if KeyLimit of c is invalid.
func (c *Counter) Merge(other *Counter) {
	if other == nil || other == c {
		panic("quality: Merge of a nil Counter, or of a Counter with itself")
	}
	if err := c.limitKeys(); err != nil {
		panic("quality: " + err.Error())
	}
	c.rows += other.rows
	c.coded += other.coded
	c.mergeColumns(other.columns)
	for sys := range c.systems {
		c.systems[sys].merge(&other.systems[sys])
	}
	c.keyed = c.keyed || other.keyed
	c.noKey += other.noKey
	c.keys.merge(&other.keys)
	for i := range other.dates {
		c.dates[c.date(other.dates[i].Column)].merge(&other.dates[i])
	}
	c.missingness.merge(&other.missingness)
}

// Reset clears the counts. It keeps KeyLimit and most of the allocated memory. The columns of all readers passed to
// Begin stay in the report, with counts of zero. Add continues with the last of those readers.
func (c *Counter) Reset() {
	c.rows, c.coded, c.noKey = 0, 0, 0
	for i := range c.columns {
		c.columns[i].tallies = [tallies]int64{}
	}
	for sys := range c.systems {
		c.systems[sys].reset()
	}
	c.keys.reset()
	for i := range c.dates {
		c.dates[i].reset()
	}
	c.missingness.reset()
}

// String returns the number of rows counted, and no data from them.
func (c *Counter) String() string {
	if c == nil {
		return "quality.Counter (nil)"
	}
	return fmt.Sprintf("quality.Counter of %d rows", c.rows)
}

// Format writes what String returns, for every verb.
func (c *Counter) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, c.String()) }

// LogValue returns what String returns, for log/slog.
func (c *Counter) LogValue() slog.Value { return slog.StringValue(c.String()) }

type (
	// noForm makes a Counter fail to marshal.
	noForm = noform.Of[whyNoForm]
	noCopy = noform.NoCopy
)

type whyNoForm struct{}

// Reason returns the error text.
func (whyNoForm) Reason() string {
	return "quality: a Counter has no binary or text form: send its Report"
}
