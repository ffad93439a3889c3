package program

// otherOptions are the rows of scripts, of synthetic appointments and of the run.
func otherOptions() []option {
	return []option{
		{
			"dialect", "sqlserver|spark|duckdb|postgres|sqlite|r|stata|python|submission", "", "syntax", forScript,
			"language of the script; or submission: the file of one codelist, with a row added for each text that a " +
				"provider needs that compares texts",
		},
		{
			"what", "flags|hits|people|counts|codes", "flags", "syntax", forScript,
			"a row for each appointment, for each value that matched, for each person and list, or for each list " +
				"and year; or the table of codes as CSV",
		},
		{
			"layout", "ukllc|national|otr|cprd", "", "syntax", forScript,
			"the table has the columns of this layout; the person of ukllc and otr is named by -person " +
				"llc_0042_stud_id",
		},
		{
			"columns-of", "FILE", "", "syntax", forScript,
			"the table has the columns of FILE: appointments with a header, or names alone, as -header reads them",
		},
		{
			"table", "NAME", "hesop", "syntax", forScript,
			"table or view: schema.table or table; a part in \"\", [] or `` is taken as it stands",
		},
		{
			"keep", "a,b,...", "", "syntax", forScript,
			"columns of the appointment to write in front (default: attendkey and the person, where they are)",
		},
		{
			"codes", "inline|table|FILE", "inline", "syntax", forScript,
			"where the table of codes is: in the query, in a temporary table that the script makes, or in one that " +
				"the statements in FILE make",
		},
		{
			"dots", "", "", "syntax", forScript,
			"for -dialect submission: add each text with its dot too",
		},

		{
			"rows", "N", "1000", "synth", forSynth,
			"how many",
		},
		{
			"seed", "NUMBER", "1", "synth", forSynth,
			"number that the appointments follow from",
		},
		{
			"layout", "ukllc|national|otr|cprd", "ukllc", "synth", forSynth,
			"columns and their form",
		},
		{
			"missing-diagnosis", "SHARE", "0.94", "synth", forSynth,
			"share of appointments whose first diagnosis is missing, 0 to 1",
		},
		{
			"missing-procedure", "SHARE", "0.72", "synth", forSynth,
			"share of appointments whose first procedure is missing, 0 to 1",
		},

		{
			"progress", "auto|lines", "auto", withInputs, forRun,
			"how a long run says how far it is: on a terminal alone, or by a line each second on standard error, for " +
				"logs and other programs",
		},
		{
			"workers", "N", "", withInputs, forRun,
			"how many read and match side by side (default: the cores, eight at most)",
		},
		{
			"warnings", "report|error", "report", withLists, forRun,
			"whether a warning is shown, or makes the run fail",
		},
		{
			"config", "FILE", "", "lint flag explain cohort syntax synth", forRun,
			"read more options from FILE, one a line, such as -min 2; a line without a hyphen is an INPUT, and one " +
				"that begins with # is left out",
		},
		{
			"json", "", "", "version", forRun,
			"write the same as JSON",
		},
		{
			"version", "", "", "lint flag explain cohort syntax synth version", forRun,
			"write version, revision and build, and end",
		},
	}
}
