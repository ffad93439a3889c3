package hesoptest

import (
	"fmt"
	"iter"
	"math/bits"
	"slices"
	"strconv"

	"hesopmatch/hesop"
)

// Generator makes synthetic appointments. It is not safe for concurrent use.
type Generator struct {
	opts    options
	dice    *dice
	people  people
	books   []book
	book    weighted
	years   weighted
	first   uint64  // the number from which the first key is made; each later key is made from the next number
	number  uint64  // how many appointments have been made, without repeats
	recent  [64]Row // the latest appointments; a repeat is a copy of one of these
	current Row
}

// Option changes what a Generator makes.
type Option func(*options)

type options struct {
	people                              int
	missingDiagnosis, missingProcedure  float64
	repeated, undated, junk, gap, later float64
}

// People sets how many people the appointments are spread over. The default is 1,000. Some people may have no
// appointment.
func People(n int) Option { return func(o *options) { o.people = n } }

// MissingDiagnosis sets the share of rows whose first diagnosis is missing, from 0 to 1. The default is 0.94.
func MissingDiagnosis(share float64) Option {
	return func(o *options) { o.missingDiagnosis = share }
}

// MissingProcedure sets the share of rows whose first procedure is missing, from 0 to 1. The default is 0.72.
func MissingProcedure(share float64) Option {
	return func(o *options) { o.missingProcedure = share }
}

// Repeated sets the share, from 0 to 1, of rows that repeat an earlier appointment, as happens when an appointment is
// loaded twice. The default is 0.001.
func Repeated(share float64) Option { return func(o *options) { o.repeated = share } }

// New returns a Generator for a seed. It returns hesop.ErrOption if a share is not from 0 to 1 or the number of people
// is less than 1.
func New(seed uint64, opts ...Option) (*Generator, error) {
	g := &Generator{dice: newDice(seed), opts: options{
		people: 1000, missingDiagnosis: 0.94, missingProcedure: 0.72,
		repeated: 0.001, undated: 0.0001, junk: 0.01, gap: 0.03, later: 0.02,
	}}
	for _, opt := range opts {
		opt(&g.opts)
	}
	o := &g.opts
	for _, share := range []float64{o.missingDiagnosis, o.missingProcedure, o.repeated} {
		if !(share >= 0 && share <= 1) { // also refuses NaN
			return nil, fmt.Errorf("hesoptest: %w: a share of %v, must be 0 to 1", hesop.ErrOption, share)
		}
	}
	if o.people < 1 {
		return nil, fmt.Errorf("hesoptest: %w: %d people", hesop.ErrOption, o.people)
	}
	g.first = mix(seed^0x6b657973) >> 24
	g.people = newPeople(seed, o.people)
	g.books, g.book = newBooks()
	g.years = weigh(appointmentsByYear[:]...)
	return g, nil
}

// Rows yields the next n appointments. Each Row is valid until the Generator makes the next one. Another call of Rows
// continues after these appointments.
func (g *Generator) Rows(n int) iter.Seq[*Row] {
	return func(yield func(*Row) bool) {
		for range n {
			if !yield(g.next()) {
				return
			}
		}
	}
}

// appointmentsByYear holds the number of appointments in England, in millions, for each financial year from 2003-04 to
// 2024-25 and for the first half of 2025-26 (NHS England, coverage of HES OP as archived on 4 November 2025).
var appointmentsByYear = [...]float64{
	51.4, 54.4, 60.6, 63.2, 66.6, 74.9, 84.2, 88.0, 91.0, 94.1, 101.8, 107.2,
	113.3, 118.6, 119.4, 123.4, 124.9, 101.9, 122.3, 124.5, 135.4, 146.1, 60.8,
}

const firstYear = 2003

// The dates that HES writes instead of a date that was not given, and instead of a date that was not valid.
var (
	noDate      = hesop.Date{Year: 1800, Month: 1, Day: 1}
	invalidDate = hesop.Date{Year: 1801, Month: 1, Day: 1}
)

// next makes the next appointment.
func (g *Generator) next() *Row {
	d := g.dice
	if g.number > 0 && d.chance(g.opts.repeated) {
		again := &g.recent[uint64(d.below(len(g.recent)))%min(g.number, uint64(len(g.recent)))]
		copyRow(&g.current, again) // a copy, because the caller may change the row
		return &g.current
	}
	r := &g.current
	*r = Row{Diagnoses: r.Diagnoses[:0], Procedures: r.Procedures[:0]}
	r.noise = d.Uint64() | 1
	var p person
	for alive := false; !alive; {
		r.Date = g.date()
		p, alive = g.people.draw(d, r.Date)
	}
	r.Person, r.Sex, r.ethnicity, r.Born = p.name, p.sex, p.ethnicity(r.Date), p.born
	age := yearsBetween(r.Born, r.Date)
	var b *book
	for b == nil || !b.fits(int(r.Date.FinancialYear()), age, r.Sex) {
		b = &g.books[g.book.draw(d)]
	}
	r.TreatmentSpecialty, r.mainSpecialty = b.code, b.main
	g.circumstances(r)
	whose := circumstance{r.Sex, age, int(r.Date.FinancialYear())}
	g.diagnose(r, b, whose)
	g.treat(r, b, whose)
	r.Key = key(g.first+g.number, r.Date)
	if d.chance(g.opts.undated) {
		r.Year, r.Date = r.Date.FinancialYear(), noDate
	}
	copyRow(&g.recent[g.number%uint64(len(g.recent))], r)
	g.number++
	return r
}

// copyRow copies a row. It reuses the memory that dst has for codes.
func copyRow(dst, r *Row) {
	diagnoses, procedures := dst.Diagnoses, dst.Procedures
	*dst = *r
	dst.Diagnoses = append(diagnoses[:0], r.Diagnoses...)
	dst.Procedures = append(procedures[:0], r.Procedures...)
}

// date draws a year, in proportion to the number of appointments in it, and then a day of that year. Weekends are rare.
func (g *Generator) date() hesop.Date {
	d := g.dice
	year := firstYear + g.years.draw(d)
	days := daysFrom1April(year)
	if year == firstYear+len(appointmentsByYear)-1 {
		days = 183 // to 30 September
	}
	for {
		n := daysTo1April(year) + d.below(days)
		if n%7 < 5 || d.chance(0.06) {
			return dateOf(n)
		}
	}
}

// circumstances draws how the appointment was requested and what its outcome was.
func (g *Generator) circumstances(r *Row) {
	d := g.dice
	year := int(r.Date.FinancialYear())
	r.Attended = choose(d, "5", odds{"3", 0.08}, odds{"4", 0.08}, odds{"2", 0.055}, odds{"6", 0.029}, odds{"7", 0.003},
		odds{"9", 0.003})
	first := d.chance(0.31)
	tele := year >= 2008 && d.chance(0.03) || year >= 2020 && d.chance(0.22)
	switch {
	case d.chance(0.004):
		r.FirstAttendance = "X"
		if year < 2008 {
			r.FirstAttendance = "9"
		}
	case first && tele:
		r.FirstAttendance = "3"
	case first:
		r.FirstAttendance = "1"
	case tele:
		r.FirstAttendance = "4"
	default:
		r.FirstAttendance = "2"
	}
	r.outcome = pick(d, "2", "2", "2", "3", "3", "1", "1", "1", "9")
	if year >= 2022 && d.chance(0.04) {
		r.outcome = pick(d, "4", "5")
	}
	r.priority = pick(d, "1", "1", "1", "1", "1", "1", "2", "2", "3", "9")
	r.referralSource = pick(d, "03", "03", "03", "03", "05", "05", "11", "01", "10", "04", "13", "97", "99")
	switch x := d.share(); {
	case x < 0.10:
		r.Referred = noDate
	case x < 0.12:
		r.Referred = invalidDate
	default:
		wait := 2 + int(400*d.share()*d.share())
		r.Referred = dateOf(dayNumber(r.Date) - wait)
		if d.chance(0.47) {
			r.Missed = dateOf(dayNumber(r.Date) - 1 - d.below(wait-1))
		}
	}
}

func pick(d *dice, from ...string) string { return from[d.below(len(from))] }

// kept is the share of appointments that patients attend.
const kept = 0.779

// coded returns the chance that the appointment r has a code. The argument share is the share of all appointments that
// have a code. Few appointments that were not attended have a code, unless nearly all appointments have a code.
func coded(share float64, r *Row) float64 {
	missed := 0.05 * share
	product := float64((1 - kept) * missed) // rounded first; some processors would fuse multiplication and subtraction
	among := (share - product) / kept
	if among > 1 {
		among, missed = 1, (share-kept)/(1-kept)
	}
	if r.Attended == "5" || r.Attended == "6" {
		return among
	}
	return missed
}

func (g *Generator) diagnose(r *Row, b *book, whose circumstance) {
	d, most := g.dice, mostDiagnoses
	if before2008(r.Date) {
		most = 2
	}
	if !d.chance(coded(1-g.opts.missingDiagnosis, r)) {
		reason := choose(d, "R69X6", odds{"R69X", 0.14}, odds{"R69X8", 0.02}, odds{"R69X3", 0.005})
		r.Diagnoses = append(r.Diagnoses, reason)
		if !d.chance(g.opts.later) {
			return
		}
	} else {
		r.Diagnoses = append(r.Diagnoses, diagnosis(d, b, whose))
	}
	for len(r.Diagnoses) < most && (len(r.Diagnoses) == 1 && r.Diagnoses[0][:3] == "R69" || d.chance(0.4)) {
		if len(r.Diagnoses) < most-1 && d.chance(g.opts.gap) {
			r.Diagnoses = append(r.Diagnoses, "")
		}
		code := other(r.Diagnoses, func() string { return diagnosis(d, b, whose) })
		if d.chance(g.opts.junk) {
			code = pick(d, "0000", "9998", "Q", "AU00")
		}
		r.Diagnoses = append(r.Diagnoses, code)
	}
}

// other draws a code that is not among the earlier codes. After six draws it returns the last code drawn, even if that
// is among them.
func other(earlier []string, draw func() string) string {
	code := draw()
	for range 5 {
		if !slices.Contains(earlier, code) {
			break
		}
		code = draw()
	}
	return code
}

// diagnosis draws a code, now and then followed by a mark, as in raw columns: D for a dagger, A for an asterisk.
func diagnosis(d *dice, b *book, whose circumstance) string {
	code := draw(d, b.diagnosis, rareDiagnosis, func(code string) bool { return allow(diagnosisRules, code, whose) })
	if len(code) == 4 && d.chance(0.02) {
		code += pick(d, "-D", "-A", "-")
	}
	return code
}

// treat draws the procedures.
func (g *Generator) treat(r *Row, b *book, whose circumstance) {
	d, most := g.dice, mostProcedures
	if before2008(r.Date) {
		most = 12
	}
	if !d.chance(coded(1-g.opts.missingProcedure, r)) {
		reason := choose(d, "-", odds{"X999", 0.20}, odds{"&", 0.13}, odds{"X997", 0.10}, odds{"X998", 0.02})
		r.Procedures = append(r.Procedures, reason)
		return
	}
	allowed := func(code string) bool { return allow(procedureRules, code, whose) }
	r.Procedures = append(r.Procedures, draw(d, b.procedure, rareProcedure, allowed))
	for len(r.Procedures) < most && d.chance(0.45) {
		from := b.procedure
		if len(b.addition) > 0 && d.chance(0.7) {
			from = b.addition
		}
		code := other(r.Procedures, func() string { return draw(d, from, rareProcedure, allowed) })
		if d.chance(g.opts.junk) {
			code = pick(d, "0000", "9998", "1   ", "AU00")
		}
		r.Procedures = append(r.Procedures, code)
	}
}

func before2008(d hesop.Date) bool { return d.Compare(hesop.Date{Year: 2008, Month: 4, Day: 1}) < 0 }

// key returns the HES record identifier of appointment n: 12 digits, or 19 digits from April 2021. Keys look random,
// and no two numbers have the same key.
func key(n uint64, on hesop.Date) string {
	if on.FinancialYear() < 2021 {
		return strconv.FormatUint(1e11+spread(n, 9e11), 10)
	}
	return strconv.FormatUint(1e18+spread(n, 8e18), 10)
}

// spread maps each n below size to a different number below size, in no visible order. The argument size must have no
// prime factor greater than 5.
func spread(n, size uint64) uint64 {
	step, _ := bits.Mul64(size, 0x9e3779b97f4a7c15) // 0.618 × size
	for step |= 1; step%3 == 0 || step%5 == 0; {
		step += 2
	}
	high, low := bits.Mul64(n%size, step)
	return bits.Rem64(high, low, size)
}
