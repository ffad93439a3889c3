package program

// listOptions are the rows for codelists.
func listOptions() []option {
	return []option{
		{
			"icd10", "[NAME=]FILE", "", withLists, forLists,
			"ICD-10 codelist, text or workbook, or a pattern (lists/*.csv) or folder of them; NAME is what the " +
				"column of one list is called (repeatable)",
		},
		{
			"opcs4", "[NAME=]FILE", "", withLists, forLists,
			"OPCS-4 codelist, or several as with -icd10 (repeatable)",
		},
		{
			"codelist", "[NAME=]FILE", "", withLists, forLists,
			"codelist that states its coding system itself, or several (repeatable)",
		},
		{
			"group", "COLUMN", "", withLists, forLists,
			"make one list of each value of COLUMN, called by it",
		},

		{
			"descendants", "auto|always|never", "auto", withLists, forRows,
			"what a bare category covers: its descendants always, never, or unless the list names some of them",
		},
		{
			"headings", "reject|ignore|expand", "reject", withLists, forRows,
			"chapter numbers, and ranges inside which a list names codes; expand takes the ranges and ignores " +
				"chapter numbers",
		},
		{
			"code-column", "NAME", "", withLists, forRows,
			"column of the codes (default: found by its header)",
		},
		{
			"system-column", "NAME", "", withLists, forRows,
			"column of the coding systems (default: found by its header and values)",
		},
		{
			"exclude-column", "NAME", "", withLists, forRows,
			"column that separates exclusions from inclusions, in the lists that have it; none: no column does",
		},
		{
			"exclude-when", "VALUE", "", withLists, forRows,
			"value of -exclude-column that excludes; all others include",
		},
		{
			"header-row", "N", "", withLists, forRows,
			"line or sheet row of the header, for a table with something above it",
		},
		{
			"sheet", "NAME", "", withLists, forRows,
			"sheet of workbooks to read (default: all sheets)",
		},
		{
			"lenient", "", "", withLists, forRows,
			"go on without the rows of a codelist that are rejected",
		},
		{
			"allow-broad", "", "", withLists, forRows,
			"accept prefixes of one and two characters",
		},
		{
			"allow-removals", "", "", withLists, forRows,
			"read the rows of a list with a column reason_for_removal as entries",
		},
	}
}
