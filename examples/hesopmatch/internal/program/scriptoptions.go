package program

// otherOptions returns the rows of the option table for scripts, for synthetic appointments and for the run.
func otherOptions() []option {
	return []option{
		{
			"dialect", "sqlserver|spark|duckdb|postgres|sqlite|r|stata|python|submission", "", "syntax", forScript,
			"language of the script; submission writes a codelist instead of a script, with a row added for each " +
				"text that a provider comparing codes as text would otherwise miss",
		},
		{
			"what", "flags|hits|people|counts|codes", "flags", "syntax", forScript,
			"flags: a row for each appointment; hits: a row for each value that matched; people: a row for each " +
				"person and list; counts: a row for each list and year; codes: the table of codes, as CSV",
		},
		{
			"layout", "ukllc|national|otr|cprd", "", "syntax", forScript,
			"layout of the table; for ukllc and otr, also name the person's column: -person llc_0042_stud_id",
		},
		{
			"columns-of", "FILE", "", "syntax", forScript,
			"file with the same columns as the table: appointments with a header, or only the names, as for -header",
		},
		{
			"table", "NAME", "hesop", "syntax", forScript,
			"table or view to query: schema.table or table; a part in \"\", [] or `` is used unchanged",
		},
		{
			"keep", "a,b,...", "", "syntax", forScript,
			"columns of the appointment to write first (default: attendkey and the person, if the table has them)",
		},
		{
			"codes", "inline|table|FILE", "inline", "syntax", forScript,
			"where the table of codes is; inline: in the query; table: in a temporary table that the script " +
				"creates; FILE: in a table of the database; the program writes to FILE the statements that " +
				"create it",
		},
		{
			"dots", "", "", "syntax", forScript,
			"with -dialect submission, also add the dotted spelling of each code",
		},

		{
			"rows", "N", "1000", "synth", forSynth,
			"number of appointments",
		},
		{
			"seed", "NUMBER", "1", "synth", forSynth,
			"number that determines the appointments",
		},
		{
			"layout", "ukllc|national|otr|cprd", "ukllc", "synth", forSynth,
			"layout of the output: the names and the format of its columns",
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
			"how a long run reports its progress; auto: only on a terminal; lines: a line each second on standard " +
				"error, for logs and other programs",
		},
		{
			"workers", "N", "", withInputs, forRun,
			"number of workers that read and match in parallel (default: one for each core, at most eight)",
		},
		{
			"warnings", "report|error", "report", withLists, forRun,
			"report: show warnings; error: also make the run fail if there are any",
		},
		{
			"config", "FILE", "", "lint flag explain cohort syntax synth", forRun,
			"read more options from FILE, one a line, as in -min 2; a line that does not begin with a hyphen is an " +
				"INPUT, and a line that begins with # is ignored",
		},
		{
			"json", "", "", "version", forRun,
			"write the same as JSON",
		},
		{
			"version", "", "", "lint flag explain cohort syntax synth version", forRun,
			"write version, revision and build, and exit",
		},
	}
}
