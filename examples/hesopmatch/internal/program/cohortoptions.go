package program

// cohortOptions are the rows for which appointments and people count.
func cohortOptions() []option {
	return []option{
		{
			"attended", "", "", withPeople, forCohort,
			"only appointments at which the patient was seen (attended 5 and 6)",
		},
		{
			"from", "DAY", "", withPeople, forCohort,
			"only appointments on DAY (yyyy-mm-dd) or later",
		},
		{
			"to", "DAY", "", withPeople, forCohort,
			"only appointments on DAY or earlier",
		},
		{
			"min", "N", "1", withPeople, forCohort,
			"only people with N appointments or more of a list",
		},
		{
			"dedupe", "COLUMN", "", withPeople, forCohort,
			"of the appointments with one value in COLUMN, such as attendkey, take only the first",
		},
		{
			"order-by", "COLUMN", "", withPeople, forCohort,
			"for -dedupe: the first is the one with the least value in COLUMN, shorter ones before longer ones and " +
				"then by their characters, so that whole numbers and yyyy-mm-dd are in order, an empty one last " +
				"(default: the first in the files; a table of a database has no order)",
		},
	}
}

// groupOptions are those of cohort alone.
func groupOptions() []option {
	return []option{
		{
			"with", "LIST", "", "cohort", forCohort,
			"keep in every other list only people who also have an appointment of LIST, a list of the run by its " +
				"NAME or FILE (repeatable)",
		},
		{
			"without", "LIST", "", "cohort", forCohort,
			"keep in every other list only people who have no appointment of LIST (repeatable)",
		},
		{
			"with-before", "LIST", "", "cohort", forCohort,
			"keep in every other list only people with an appointment of LIST on a day before their first one of " +
				"that other list (repeatable)",
		},
		{
			"without-before", "LIST", "", "cohort", forCohort,
			"keep in every other list only people without such an earlier appointment (repeatable)",
		},
		{
			"bands", "AGES", "", "cohort", forCohort,
			"ages at which the bands of age begin (default: 0,18,25,35,45,55,65,75,85)",
		},
		{
			"part", "FILE", "", "cohort", forOutput,
			"write this share of a cohort to FILE, for -merge of another run; it holds the identifiers of people",
		},
		{
			"merge", "FILE", "", "cohort", forOutput,
			"read a share that -part has written, in a run with the same codelists and options, before the INPUTs, " +
				"which may then be absent (repeatable, in the order of the data)",
		},
	}
}
