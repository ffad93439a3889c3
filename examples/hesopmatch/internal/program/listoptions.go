package program

// listOptions returns the rows for codelists.
func listOptions() []option {
	return []option{
		{
			"icd10", "[NAME=]FILE", "", withLists, forLists,
			"ICD-10 codelist, text or workbook, or a folder or pattern (lists/*.csv) of them; NAME= names one " +
				"list, and its column in the output (default: the file name without its ending); two lists with " +
				"the same name (case is ignored) are an error, except in lint (repeatable)",
		},
		{
			"opcs4", "[NAME=]FILE", "", withLists, forLists,
			"OPCS-4 codelist, or several, as with -icd10 (repeatable)",
		},
		{
			"codelist", "[NAME=]FILE", "", withLists, forLists,
			"codelist that states its coding system itself, or several (repeatable)",
		},
		{
			"group", "COLUMN", "", withLists, forLists,
			"make one list for each value of COLUMN, named after that value; blank values make the list (blank), " +
				"and a value whose rows hold no ICD-10 or OPCS-4 code makes no list",
		},

		{
			"descendants", "auto|always|never", "auto", withLists, forRows,
			"whether a bare category covers its descendants: auto (it does, unless the list also names some of " +
				"them, both as inclusions or both as exclusions), always or never",
		},
		{
			"headings", "reject|ignore|expand", "reject", withLists, forRows,
			"what to do with chapter numbers, and with ranges that contain other codes of the list: reject both, " +
				"ignore both, or expand the ranges and ignore the chapter numbers",
		},
		{
			"code-column", "NAME", "", withLists, forRows,
			"column that holds the codes (default: found by its header)",
		},
		{
			"system-column", "NAME", "", withLists, forRows,
			"column that holds the coding systems (default: found by its header and values)",
		},
		{
			"exclude-column", "NAME", "", withLists, forRows,
			"column that marks exclusions; at least one list must have it, and the others have only inclusions; " +
				"the value none states that no column marks exclusions",
		},
		{
			"exclude-when", "VALUE", "", withLists, forRows,
			"value of -exclude-column that marks an exclusion; every other value marks an inclusion",
		},
		{
			"header-row", "N", "", withLists, forRows,
			"line, or row of a sheet, that holds the header, for a table with other text above it",
		},
		{
			"sheet", "NAME", "", withLists, forRows,
			"sheet of a workbook to read (default: all sheets)",
		},
		{
			"lenient", "", "", withLists, forRows,
			"continue without the rows of a codelist that are rejected",
		},
		{
			"allow-broad", "", "", withLists, forRows,
			"accept prefixes of one or two characters",
		},
		{
			"allow-removals", "", "", withLists, forRows,
			"treat rows as entries even if the list has a column reason_for_removal",
		},
	}
}
