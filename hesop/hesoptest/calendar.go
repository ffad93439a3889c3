package hesoptest

import (
	"time"

	"hesopmatch/hesop"
)

// A day number counts days from a Monday. Modulo 7, it is the day of the week: 0 for Monday to 6 for Sunday.

const secondsOfDay = 24 * 60 * 60

// epochDay is the day number of 1 January 1970, a Thursday. It is so large that all dates of interest have positive day
// numbers.
const epochDay = 3 + 7*20_000

func dayNumber(d hesop.Date) int {
	t := time.Date(int(d.Year), time.Month(d.Month), int(d.Day), 0, 0, 0, 0, time.UTC)
	return epochDay + int(t.Unix()/secondsOfDay)
}

func dateOf(day int) hesop.Date {
	year, month, d := time.Unix(int64(day-epochDay)*secondsOfDay, 0).UTC().Date()
	return hesop.Date{Year: int16(year), Month: uint8(month), Day: uint8(d)}
}

func daysTo1April(year int) int { return dayNumber(hesop.Date{Year: int16(year), Month: 4, Day: 1}) }

func daysFrom1April(year int) int { return daysTo1April(year+1) - daysTo1April(year) }

// yearsBetween returns the age in whole years, on a given day, of a person born on another day.
func yearsBetween(born, on hesop.Date) int {
	years := int(on.Year) - int(born.Year)
	if on.Month < born.Month || on.Month == born.Month && on.Day < born.Day {
		years--
	}
	return years
}
