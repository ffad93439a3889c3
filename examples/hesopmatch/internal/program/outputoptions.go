package program

// outputOptions returns the rows of the option table for outputs and releases.
func outputOptions() []option {
	return []option{
		{
			"rows", "matched|all|people", "matched", "flag", forOutput,
			"rows to write: those that match a list, all rows, or every row of each person who has a row that " +
				"matches; -rows people reads the inputs twice and keeps all identifiers in memory",
		},
		{
			"format", "wide|hits", "wide", "flag", forOutput,
			"wide: the rows, with a column for each list; hits: a line for each value that matched",
		},
		{
			"columns", "a,b,...", "", "flag", forOutput,
			"columns of the input to write (default: all of them for wide, none for hits)",
		},
		{
			"union", "", "", "flag", forOutput,
			"write every column that any input has, or those that -columns names; a column that an input lacks is " +
				"empty in its rows",
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
			"explain row N, or several rows, as in 3,17; rows are numbered continuously across all inputs, as in " +
				"hits (repeatable)",
		},
		{
			"where", "COLUMN=VALUE", "", "explain", forCohort,
			"explain the appointments that have exactly VALUE in COLUMN, apart from surrounding white space " +
				"(repeatable: all conditions must hold)",
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
			"compare two lists and report the codes that only one of them covers; the exit code is 0 whether they " +
				"differ or not",
		},
		{
			"reference", "FILE", "", "lint", forOutput,
			"file of valid codes with their terms, one code a row, to check the lists against",
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
			"write to FILE a text for the methods section of a paper; its numbers follow -disclosure, and are " +
				"exact if no rule is given",
		},
		{
			"manifest", "FILE", "", "flag cohort", forOutput,
			"write a record of the run to FILE, as JSON, from which -rerun repeats the run; its numbers are exact",
		},
		{
			"o", "FILE", "", "lint flag explain cohort syntax synth", forOutput,
			"write to FILE, whole or not at all (standard output without this option, or if FILE is -)",
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
				"nearest M; with the value none, numbers are exact and must stay in the environment; the csv of " +
				"people is always exact, and cannot be written with a rule",
		},
		{
			"release", "DIR", "", "cohort", forRelease,
			"create the folder DIR with the page and its tables, in the form that SACRO and ACRO read; needs " +
				"-disclosure, whose rule applies to every number; file names are shown without their folders",
		},
		{
			"compare-release", "DIR", "", "cohort", forRelease,
			"compare the release with an earlier one of the same data, in the folder DIR, and list the numbers " +
				"whose difference may be only a few people",
		},
		{
			"subset-by", "LIST", "", "cohort", forRelease,
			"codelist that selected the data for the extract: the NAME or FILE of a list of this run, or another " +
				"FILE (repeatable); the counts of \"no match\", \"unknown\" and \"missing\" then describe only the " +
				"extract, the page has no shares, and a list that covers more codes than LIST causes a warning",
		},
	}
}
