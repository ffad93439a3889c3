package codelist

import (
	"regexp"
	"strings"
)

// sheetErrors are the error values that spreadsheets leave in cells.
var sheetErrors = [...]string{
	"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA",
}

// startsWithSheetError reports whether a text begins with an error value.
func startsWithSheetError(text string) bool {
	for _, e := range sheetErrors {
		if len(text) >= len(e) && strings.EqualFold(text[:len(e)], e) {
			return true
		}
	}
	return false
}

// converted matches numbers and dates that spreadsheets show after a code was typed: 1.00E+10 for 1E10, 01-Mar or
// Mar-01 for MAR1, and 10000000000, which a workbook stores for 1E10.
var converted = regexp.MustCompile(`(?i)^([0-9]+([.,][0-9]+)?e[+-]?[0-9]+|[1-9][0-9]{0,2}0{6,}|[0-9]+[.,][0-9]+|` +
	`[0-9]{1,2}[- ](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*([- ][0-9]{2,4})?|` +
	`(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[- ]?[0-9]{1,4}|` +
	`[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}.*)$`)

// refusalOf returns the reason for refusing a cell. This is the reason that the cell reader gave, unless the cell holds
// an error value of a spreadsheet, or a number or a date to which a spreadsheet converts codes.
func refusalOf(raw, reason string) string {
	text := trimSpace(raw)
	switch {
	case startsWithSheetError(text):
		return reasonSheetError
	case len(text) < 30 && converted.MatchString(text):
		return reasonSpreadsheet
	default:
		return reason
	}
}
