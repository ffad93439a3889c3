package hesoptest

import (
	"strconv"

	"hesopmatch/hesop"
)

// derivedColumn returns the column with the given name if it is computed from the fields of a Row, and nil otherwise.
func derivedColumn(name string) column {
	switch name {
	case "fyear":
		return func(dst []byte, r *Row) []byte {
			y := int(r.year())
			if y == 0 {
				return dst
			}
			return appendTwo(appendTwo(dst, y%100), (y+1)%100)
		}
	case "partyear": // the year and the number of the extract; number 99 is the final extract
		return func(dst []byte, r *Row) []byte {
			y := int(r.year())
			if y == 0 {
				return dst
			}
			number := 99
			if y == firstYear+len(appointmentsByYear)-1 {
				number = 6
			}
			return appendTwo(strconv.AppendInt(dst, int64(y), 10), number)
		}
	case "hes_yr":
		return func(dst []byte, r *Row) []byte {
			if y := r.year(); y != 0 {
				dst = strconv.AppendInt(dst, int64(y), 10)
			}
			return dst
		}
	case "apptage":
		return appendAge
	case "activage":
		return func(dst []byte, r *Row) []byte {
			if r.ageless() {
				return dst
			}
			return strconv.AppendInt(dst, int64(yearsBetween(r.Born, r.Date)), 10)
		}
	case "apptage_calc":
		return appendExactAge
	case "atentype":
		return appendAttendanceType
	case "attendance":
		return func(dst []byte, r *Row) []byte {
			switch r.Attended {
			case "":
				return dst
			case "5", "6":
				return append(dst, '1')
			default:
				return append(dst, '0')
			}
		}
	case "attendkey_flag":
		return func(dst []byte, r *Row) []byte {
			if r.Key == "" {
				return dst
			}
			return append(dst, '1')
		}
	case "wait_ind":
		return appendWaitIndicator
	case "waiting":
		return func(dst []byte, r *Row) []byte {
			if days, ok := r.wait(); ok {
				dst = strconv.AppendInt(dst, int64(days), 10)
			}
			return dst
		}
	case "waitdays": // empty unless the appointment ends a pathway
		return func(dst []byte, r *Row) []byte {
			if r.pathway() < 2 || !dated(r.Date) || !dated(r.Referred) {
				return dst
			}
			if days := dayNumber(r.Date) - dayNumber(r.Referred); days >= 1 && days <= 8887 {
				dst = strconv.AppendInt(dst, int64(days), 10)
			}
			return dst
		}
	case "stafftyp": // the codes of this column changed in 2005
		old, current := noiseColumn("stafftyp until 2004"), noiseColumn("stafftyp from 2005")
		return func(dst []byte, r *Row) []byte {
			if r.year() < 2005 {
				return old(dst, r)
			}
			return current(dst, r)
		}
	case "mydob":
		return func(dst []byte, r *Row) []byte {
			if !r.Born.IsValid() {
				return dst
			}
			return strconv.AppendInt(appendTwo(dst, int(r.Born.Month)), int64(r.Born.Year), 10)
		}
	case "nodiags":
		return func(dst []byte, r *Row) []byte { return appendCount(dst, r.Diagnoses) }
	case "noprocs":
		return func(dst []byte, r *Row) []byte { return appendCount(dst, r.Procedures) }
	default:
		return nil
	}
}

func (r *Row) year() hesop.FinancialYear {
	if r.Year != 0 {
		return r.Year
	}
	if !dated(r.Date) {
		return 0
	}
	return r.Date.FinancialYear()
}

// wait returns the number of days from the referral to the appointment. If an earlier appointment was missed after the
// referral, wait counts from the missed appointment (HES Technical Output Specification V1.15, WAITING).
func (r *Row) wait() (days int, ok bool) {
	since := r.Referred
	if dated(r.Missed) && r.Missed.Compare(since) > 0 {
		since = r.Missed
	}
	if !dated(r.Date) || !dated(r.Referred) || r.Referred.Year < 1970 || r.Missed == invalidDate {
		return 0, false
	}
	days = dayNumber(r.Date) - dayNumber(since)
	return days, days >= 0
}

// pathway returns 2 if the appointment ends a pathway from referral to treatment, 1 if the appointment is part of such
// a pathway but does not end it, and 0 if the appointment is not part of a pathway.
func (r *Row) pathway() int {
	switch n := r.noise % 100; {
	case r.noise == 0, n >= 30:
		return 0
	case n < 24:
		return 2
	default:
		return 1
	}
}

// appendWaitIndicator appends the code that says whether the wait is known or, if not, why.
func appendWaitIndicator(dst []byte, r *Row) []byte {
	_, ok := r.wait()
	switch {
	case ok:
		return append(dst, '0')
	case !dated(r.Date):
		return dst
	case r.Referred == invalidDate:
		return append(dst, '5')
	case !dated(r.Referred):
		return append(dst, '1')
	case r.Missed == invalidDate || dated(r.Missed) && r.Missed.Compare(r.Date) > 0:
		return append(dst, '4')
	case r.Referred.Year < 1970:
		return append(dst, '2')
	default:
		return append(dst, '3')
	}
}

// ageless reports whether the age cannot be calculated.
func (r *Row) ageless() bool {
	return !r.Born.IsValid() || !dated(r.Date) || r.Born.Compare(r.Date) > 0
}

// youngest divides the first year of life into spans. It holds the last day of each span, counted from birth, the code
// that appendAge appends for the span, and the fraction of a year that appendExactAge appends.
var youngest = [...]struct {
	last  int
	code  string
	years string
}{
	{0, "7001", "0.002"},
	{6, "7002", "0.010"},
	{28, "7003", "0.048"},
	{90, "7004", "0.167"},
	{181, "7005", "0.375"},
	{272, "7006", "0.625"},
	{366, "7007", "0.875"},
}

// appendAge appends the age in whole years, or the code of an age below one year.
func appendAge(dst []byte, r *Row) []byte {
	if r.ageless() {
		return dst
	}
	if years := yearsBetween(r.Born, r.Date); years > 0 {
		return strconv.AppendInt(dst, int64(min(years, 120)), 10)
	}
	return append(dst, youngest[r.young()].code...)
}

// appendExactAge appends the same age as appendAge, but as a decimal number of years.
func appendExactAge(dst []byte, r *Row) []byte {
	if r.ageless() {
		return dst
	}
	if yearsBetween(r.Born, r.Date) > 0 {
		return append(appendAge(dst, r), ".000"...)
	}
	return append(dst, youngest[r.young()].years...)
}

// young returns the index in youngest of the span that holds the age of the person. The age must be below one year.
func (r *Row) young() int {
	days := dayNumber(r.Date) - dayNumber(r.Born)
	i := 0
	for youngest[i].last < days {
		i++
	}
	return i
}

// appendAttendanceType appends the code that combines whether the patient attended with whether it was the first
// appointment.
func appendAttendanceType(dst []byte, r *Row) []byte {
	kind := -1
	switch r.Attended {
	case "5", "6":
		kind = 0
	case "3", "7":
		kind = 3
	case "2":
		kind = 6
	case "4":
		kind = 9
	case "":
		return dst
	}
	if kind < 0 {
		return append(dst, "13"...)
	}
	switch r.FirstAttendance {
	case "1":
		kind++
	case "2":
		kind += 2
	case "3":
		kind += 21
	case "4":
		kind += 22
	default:
		kind += 3
	}
	return strconv.AppendInt(dst, int64(kind), 10)
}
