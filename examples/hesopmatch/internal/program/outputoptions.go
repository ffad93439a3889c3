package program

// outputOptions returns the rows for outputs and releases.
func outputOptions() []option {
	return []option{
		{
			"rows", "matched|all|people", "matched", "flag", forOutput,
			"rows to write: those that match a list, all rows, or every row of the people who match a list in " +
				"any row; -rows people reads the inputs twice and keeps all identifiers in memory",
		},
		{
			"format", "wide|hits", "wide", "flag", forOutput,
			"wide: the rows, with a column for each list; hits: a line for each value that matched",
		},
		{
			"columns", "a,b,...", "", "flag", forOutput,
			"columns of the input to write (default: all for wide, none for hits)",
		},
		{
			"union", "", "", "flag", forOutput,
			"write every column that any input has, or those of -columns; a column that an input lacks is empty " +
				"there",
		},
		{
			"values", "codes|words", "codes", "flag", forOutput,
			"how -format wide writes match, no match and unknown: as 1, 0 and empty, or in words",
		},
		{
			"names", "given|safe", "given", "flag", forOutput,
			"names of lists in the output: as given, or as Stata and R accept them for variables",
		},
		{
			"row", "N", "", "explain", forCohort,
			"explain row N, or rows such as 3,17; rows are numbered continuously across all inputs, as in hits " +
				"(repeatable)",
		},
		{
			"where", "COLUMN=VALUE", "", "explain", forCohort,
			"explain the appointments with exactly VALUE in COLUMN, apart from surrounding white space " +
				"(repeatable: all must hold)",
		},
		{
			"most", "N", "20", "explain", forCohort,
			"explain the first N appointments that -where selects, and count the others",
		},
		{
			"format", "csv|html", "", "cohort", forOutput,
			"csv: a line for each person and list; html: a page of tables and charts (default: csv, or neither " +
				"with -release)",
		},
		{
			"format", "text|csv|json|github|sarif", "text", "lint", forOutput,
			"text: a report for people; csv: a line for each code; json: the whole report; github: annotations " +
				"for a GitHub workflow; sarif: for code scanning and editors",
		},
		{
			"diff", "", "", "lint", forOutput,
			"compare two lists: the codes that only one of them covers; exit code 0 whether they differ or not",
		},
		{
			"reference", "FILE", "", "lint", forOutput,
			"file of valid codes, one a row, with their terms, to check the lists against",
		},
		{
			"summary", "FILE", "", "cohort", forOutput,
			"write the numbers of the page to FILE, as CSV",
		},
		{
			"quality", "FILE", "", "flag cohort", forOutput,
			"write a report on the quality of the data to FILE, as JSON; cohort reads each INPUT twice for it",
		},
		{
			"methods", "FILE", "", "cohort", forOutput,
			"write a text for the methods section of a paper to FILE; its numbers follow -disclosure, and are " +
				"exact without a rule",
		},
		{
			"manifest", "FILE", "", "flag cohort", forOutput,
			"write a record of the run to FILE, as JSON, from which -rerun repeats it; its numbers are exact",
		},
		{
			"o", "FILE", "", "lint flag explain cohort syntax synth", forOutput,
			"write to FILE, whole or not at all (standard output by default, or if FILE is -)",
		},

		{
			"title", "TEXT", "", "cohort", forOutput,
			"title of the page (default: built from the lists and years)",
		},
		{
			"svg", "DIR", "", "cohort", forOutput,
			"create the folder DIR with each chart of the page as an SVG file",
		},
		{
			"disclosure", "RULE", "", "cohort", forRelease,
			"rule for the numbers of the page, summary and release: ukllc, nhse-sde, opensafely or " +
				"least=N,nearest=M; a rule suppresses numbers about fewer than N people and rounds the rest to the " +
				"nearest M; the value none shows exact numbers, which may not leave; -disclosure does not apply to " +
				"the csv of people",
		},
		{
			"release", "DIR", "", "cohort", forRelease,
			"create the folder DIR with the page and its tables as -disclosure releases them, in the form that " +
				"SACRO and ACRO read; needs -disclosure; the release shows file names without their folders",
		},
		{
			"compare-release", "DIR", "", "cohort", forRelease,
			"folder of an earlier release of the same data: list the numbers that differ by so little that the " +
				"difference is only a few people",
		},
		{
			"subset-by", "LIST", "", "cohort", forRelease,
			"codelist that selected the data for the extract: a list of this run by its NAME or FILE, or another " +
				"FILE (repeatable); no match, unknown and missing then describe only the extract, the page has no " +
				"shares, and a list that covers more codes gives a warning",
		},
	}
}
