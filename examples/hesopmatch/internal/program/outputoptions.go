package program

// outputOptions are the rows for what is written, and what may leave.
func outputOptions() []option {
	return []option{
		{
			"rows", "matched|all|people", "matched", "flag", forOutput,
			"rows to write: those that match a list, all, or all of the people who match a list in any row, for " +
				"which the inputs are read twice, and all identifiers kept in memory",
		},
		{
			"format", "wide|hits", "wide", "flag", forOutput,
			"the rows with a column for each list, or a line for each value that matched",
		},
		{
			"columns", "a,b,...", "", "flag", forOutput,
			"columns of the input to write (default: all in wide, none behind hits)",
		},
		{
			"union", "", "", "flag", forOutput,
			"write all columns that any input has, or those of -columns; one that an input lacks is empty there",
		},
		{
			"values", "codes|words", "codes", "flag", forOutput,
			"what wide writes for match, no match and unknown: 1, 0 and nothing, or these words",
		},
		{
			"names", "given|safe", "given", "flag", forOutput,
			"names of lists in the output: as they are, or as Stata and R take them for variables",
		},
		{
			"row", "N", "", "explain", forCohort,
			"explain row N, counted through all inputs as hits count them, or rows 3,17 (repeatable)",
		},
		{
			"where", "COLUMN=VALUE", "", "explain", forCohort,
			"explain the appointments with VALUE in COLUMN, exactly but for white space around it (repeatable: all " +
				"must hold)",
		},
		{
			"most", "N", "20", "explain", forCohort,
			"explain the first N appointments of -where, and count the others",
		},
		{
			"format", "csv|html", "", "cohort", forOutput,
			"a line for each person and list, or a page of tables and charts (default: csv, or with -release " +
				"neither)",
		},
		{
			"format", "text|csv|json|github|sarif", "text", "lint", forOutput,
			"a report for people, a line for each code, all that is known, annotations of a GitHub workflow, or " +
				"SARIF for code scanning and editors",
		},
		{
			"diff", "", "", "lint", forOutput,
			"compare two lists: the codes that only one of them covers",
		},
		{
			"reference", "FILE", "", "lint", forOutput,
			"valid codes, one a row, and their terms, to hold the lists against",
		},
		{
			"summary", "FILE", "", "cohort", forOutput,
			"write the numbers of the page to FILE, as CSV",
		},
		{
			"quality", "FILE", "", "flag cohort", forOutput,
			"write what the data say of their own quality to FILE, as JSON; cohort reads each INPUT twice for it",
		},
		{
			"methods", "FILE", "", "cohort", forOutput,
			"write a text fit for the methods section of a paper to FILE; its numbers are those that -disclosure " +
				"lets out, and exact without a rule",
		},
		{
			"manifest", "FILE", "", "flag cohort", forOutput,
			"write an account of the run, from which -rerun repeats it, to FILE, as JSON; its numbers are exact",
		},
		{
			"o", "FILE", "", "lint flag explain cohort syntax synth", forOutput,
			"write to FILE, whole or not at all (default, and for -: standard output)",
		},

		{
			"title", "TEXT", "", "cohort", forOutput,
			"title of the page (default: made of lists and years)",
		},
		{
			"svg", "DIR", "", "cohort", forOutput,
			"make the folder DIR with each chart of the page as an SVG file",
		},
		{
			"disclosure", "RULE", "", "cohort", forRelease,
			"rule for the numbers of page, summary and release: ukllc, nhse-sde, opensafely or least=N,nearest=M " +
				"hides those of fewer than N people and rounds the rest; none shows exact numbers, which may not leave",
		},
		{
			"release", "DIR", "", "cohort", forRelease,
			"make the folder DIR with the page and its tables as -disclosure lets them out, in the form that SACRO " +
				"and ACRO read",
		},
		{
			"compare-release", "DIR", "", "cohort", forRelease,
			"folder of an earlier release of the same data: list the numbers that differ so little that few people " +
				"are the difference",
		},
		{
			"subset-by", "LIST", "", "cohort", forRelease,
			"codelist by which the data were extracted: a list of this run by its NAME or FILE, or another FILE " +
				"(repeatable); no match, unknown and missing then describe the extract",
		},
	}
}
