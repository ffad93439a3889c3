package hesoptest

import (
	"strconv"
	"strings"

	"hesopmatch/hesop"
)

// column appends the text that a row has in one column.
type column func(dst []byte, r *Row) []byte

// columnOf returns the column with the given name, which must be in lower case. The argument days is the form in which
// dates are written. A column that the package does not know is empty.
func columnOf(name string, days dateForm) column {
	if c := codeColumn(name); c != nil {
		return c
	}
	if text := textColumn(name); text != nil {
		return func(dst []byte, r *Row) []byte { return append(dst, *text(r)...) }
	}
	if day := dateColumn(name); day != nil {
		return func(dst []byte, r *Row) []byte { return days.append(dst, day(r)) }
	}
	if c := derivedColumn(name); c != nil {
		return c
	}
	return noiseColumn(strings.TrimSuffix(name, "_e"))
}

// textColumn returns a function that selects the field of Row that holds the text of the named column. It returns nil
// if Row has no such field.
func textColumn(name string) func(*Row) *string {
	switch name {
	case studyPerson, "pseudo_hesid", "patid":
		return func(r *Row) *string { return &r.Person }
	case "attendkey":
		return func(r *Row) *string { return &r.Key }
	case "attended":
		return func(r *Row) *string { return &r.Attended }
	case "firstatt":
		return func(r *Row) *string { return &r.FirstAttendance }
	case "outcome":
		return func(r *Row) *string { return &r.outcome }
	case "priority":
		return func(r *Row) *string { return &r.priority }
	case "refsourc":
		return func(r *Row) *string { return &r.referralSource }
	case "mainspef":
		return func(r *Row) *string { return &r.mainSpecialty }
	case "tretspef":
		return func(r *Row) *string { return &r.TreatmentSpecialty }
	case "sex":
		return func(r *Row) *string { return &r.Sex }
	case "ethnos":
		return func(r *Row) *string { return &r.ethnicity }
	default:
		return nil
	}
}

// dateColumn returns a function that returns the date that a row has in the named column. It returns nil if this is not
// a column of dates.
func dateColumn(name string) func(*Row) hesop.Date {
	after := func(days, spread int, share float64) func(*Row) hesop.Date {
		return func(r *Row) hesop.Date {
			if r.noise == 0 || !dated(r.Date) || float64(mix(r.noise)%1000) >= 1000*share {
				return hesop.Date{}
			}
			return dateOf(dayNumber(r.Date) + days + int(mix(r.noise+uint64(spread))%uint64(spread)))
		}
	}
	switch name {
	case "apptdate":
		return func(r *Row) hesop.Date { return r.Date }
	case "reqdate":
		return func(r *Row) hesop.Date { return r.Referred }
	case "dnadate":
		return func(r *Row) hesop.Date { return r.Missed }
	case "rttperstart":
		return func(r *Row) hesop.Date {
			if r.pathway() == 0 || !dated(r.Referred) {
				return hesop.Date{}
			}
			return r.Referred
		}
	case "rttperend":
		return func(r *Row) hesop.Date {
			if r.pathway() < 2 || !dated(r.Referred) {
				return hesop.Date{}
			}
			return r.Date
		}
	case "earldatoff":
		return after(-20, 20, 0.057)
	case "subdate":
		return after(20, 40, 1)
	case "suslddate":
		return after(61, 5, 0.9)
	case "avail_from_dt":
		return after(120, 90, 1)
	default:
		return nil
	}
}

// dated reports whether a date is given and does not stand for a missing date.
func dated(d hesop.Date) bool { return d.Year > 1900 }

// codeColumn returns the column with the given name if it holds codes or the number of codes, and nil otherwise.
func codeColumn(name string) column {
	stem, rest, ok := strings.Cut(name, "_")
	if !ok || stem != "diag" && stem != "opertn" {
		return nil
	}
	codes := func(r *Row) []string { return r.Diagnoses }
	if stem == "opertn" {
		codes = func(r *Row) []string { return r.Procedures }
	}
	if rest == "count" {
		return func(dst []byte, r *Row) []byte { return appendCount(dst, codes(r)) }
	}
	width := 6
	if w, short, ok := strings.Cut(rest, "_"); ok {
		width, rest = int(w[0]-'0'), short
	}
	if rest == "concat" {
		return func(dst []byte, r *Row) []byte {
			for i, code := range codes(r) {
				if i > 0 {
					dst = append(dst, ',')
				}
				dst = append(dst, code[:min(width, len(code))]...)
			}
			return dst
		}
	}
	position, err := strconv.Atoi(rest)
	if err != nil {
		return nil
	}
	return func(dst []byte, r *Row) []byte {
		if all := codes(r); position <= len(all) {
			code := all[position-1]
			return append(dst, code[:min(width, len(code))]...)
		}
		return dst
	}
}

// appendCount appends the number of codes, or nothing if there are none. Like HES, it counts codes that mean missing.
func appendCount(dst []byte, codes []string) []byte {
	n := 0
	for _, code := range codes {
		if code != "" {
			n++
		}
	}
	if n == 0 {
		return dst
	}
	return strconv.AppendInt(dst, int64(n), 10)
}

// dateForm is the form in which a layout writes dates.
type dateForm uint8

const (
	yearFirst dateForm = iota // 2019-06-03
	dayFirst                  // 03/06/2019
)

// append appends a date, or nothing for the zero Date.
func (f dateForm) append(dst []byte, d hesop.Date) []byte {
	if d == (hesop.Date{}) {
		return dst
	}
	if f == dayFirst {
		dst = append(appendTwo(dst, int(d.Day)), '/')
		dst = append(appendTwo(dst, int(d.Month)), '/')
		return appendTwo(appendTwo(dst, int(d.Year)/100), int(d.Year)%100)
	}
	dst = append(appendTwo(appendTwo(dst, int(d.Year)/100), int(d.Year)%100), '-')
	dst = append(appendTwo(dst, int(d.Month)), '-')
	return appendTwo(dst, int(d.Day))
}

func appendTwo(dst []byte, n int) []byte { return append(dst, '0'+byte(n/10), '0'+byte(n%10)) }
