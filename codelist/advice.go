package codelist

// Advice returns a sentence on what a person can do about a rejected row, or "" for any other verdict.
func (o Outcome) Advice() string {
	if o.Verdict != Rejected {
		return ""
	}
	switch o.Reason {
	case reasonTwoSystems:
		return "state one coding system in the row"
	case reasonNoSystem:
		return adviceNoSystem
	case reasonUnclearSystem, reasonUnknownSystem:
		return "write ICD-10 or OPCS-4 in the row, or name the column of the systems with SystemColumn"
	case reasonBeside:
		return "put the codes into the code column, one a row; name another column with CodeColumn"
	case reasonSpreadsheet:
		return "look the code up in the source, and set the column to text before typing it in"
	case reasonSheetError:
		return "look for the formula or the look-up that failed"
	case reasonSign:
		return "write include or exclude, 1 or 0, + or -; an empty cell includes"
	case reasonLetters, reasonTooLong:
		return "find the code of the WHO's ICD-10, or of OPCS-4, that HES would hold, or take the row out"
	case reasonLetterI:
		return "check the coding system of the row: I is a chapter of ICD-10"
	case reasonBroad:
		return "name the categories that you mean, or their range (F00-F99); AllowBroad accepts " +
			"every code that starts with the prefix"
	case reasonChapter:
		return "take the row out, or ignore headings with HeadingRows(IgnoreHeadings); to include " +
			"the chapter, write its range (I00-I99)"
	case reasonSeveral:
		return "give each code a row of its own, and check whether a comma stands for a dot"
	case reasonMark:
		return "remove the mark, or check the coding system of the row"
	case reasonRegexp, reasonClass, reasonClassFirst:
		return "write the codes out, or use classes of digits (I2[0-5]) and a wildcard at the end (E11%)"
	case reasonRangeEnds:
		return "write both ends in full, with the same number of characters (E10-E14, E10.0-E10.9)"
	case reasonRangeOrder:
		return "write the lower end first"
	case reasonRangeEmpty:
		return "list R69 or X99 itself if you mean missing values, or take the row out"
	case reasonExpansion:
		return "name the family by a shorter code, or raise Limits.CellCodes"
	case reasonHeading:
		return "ignore it with HeadingRows(IgnoreHeadings) if it is a heading; use " +
			"HeadingRows(ExpandHeadings) if you mean the whole range"
	case reasonCellLimit:
		return "give each code a row of its own, or raise Limits.CellBytes"
	case reasonNotWhole:
		return "list one whole code in each row of a reference; AllowRejected skips other rows"
	default:
		return "take the row out, or write the code as it is printed (E11.9, W37.1)"
	}
}
