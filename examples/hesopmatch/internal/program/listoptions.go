package program

// listOptions returns the rows of the option table for codelists.
func listOptions() []option {
	return []option{
		{
			"icd10", "[NAME=]FILE", "", withLists, forLists,
			"ICD-10 codelist, as text or a workbook, or a folder or pattern (lists/*.csv) of codelists; NAME= " +
				"names a single list and its column in the output (default: the file name without its ending); two " +
				"lists with the same name (ignoring case) are an error, except in lint (repeatable)",
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
			"make one list for each value of COLUMN, named after that value; blank values make a list named " +
				"(blank), and a value whose rows hold no ICD-10 or OPCS-4 code makes no list",
		},

		{
			"descendants", "auto|always|never", "auto", withLists, forRows,
			"whether a bare category covers its descendants; auto: it does, unless the list also names some of " +
				"them (both as inclusions or both as exclusions); always: it does; never: it does not",
		},
		{
			"headings", "reject|ignore|expand", "reject", withLists, forRows,
			"what to do with chapter numbers, and with ranges that contain other codes of the list; reject: reject " +
				"both; ignore: ignore both; expand: expand the ranges and ignore the chapter numbers",
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
			"column that marks exclusions; at least one list must have it, and a list without it has only " +
				"inclusions; the value none means that no column marks exclusions",
		},
		{
			"exclude-when", "VALUE", "", withLists, forRows,
			"value of -exclude-column that marks an exclusion; every other value marks an inclusion, except the " +
				"words exclude, excluded and exclusion",
		},
		{
			"header-row", "N", "", withLists, forRows,
			"number of the line (in a sheet, the row) that holds the header, for a table with other text above it",
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
