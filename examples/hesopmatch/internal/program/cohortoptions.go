package program

// cohortOptions returns the rows of the option table for selecting appointments and people.
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
			"only people with at least N appointments that match the list",
		},
		{
			"dedupe", "COLUMN", "", withPeople, forCohort,
			"count only the first of the appointments that share a value in COLUMN, such as attendkey, among those " +
				"that -attended, -from and -to keep",
		},
		{
			"order-by", "COLUMN", "", withPeople, forCohort,
			"for -dedupe: the first appointment is the one with the smallest value in COLUMN; shorter values " +
				"come first, then values compare by character, so whole numbers and yyyy-mm-dd are in order; empty " +
				"values come last (default: the first in the files; a database table has no order)",
		},
	}
}

// groupOptions returns the rows of the option table for the groups and parts of a cohort, which only cohort has.
func groupOptions() []option {
	return []option{
		{
			"with", "LIST", "", "cohort", forCohort,
			"keep in every other list only people who also have an appointment that matches LIST, which is the " +
				"NAME or FILE of a list of this run (repeatable)",
		},
		{
			"without", "LIST", "", "cohort", forCohort,
			"keep in every other list only people who have no appointment that matches LIST (repeatable)",
		},
		{
			"with-before", "LIST", "", "cohort", forCohort,
			"keep in every other list only people who have an appointment that matches LIST on a day before their " +
				"first appointment in that other list (repeatable)",
		},
		{
			"without-before", "LIST", "", "cohort", forCohort,
			"keep in every other list only people who have no such earlier appointment (repeatable)",
		},
		{
			"bands", "AGES", "", "cohort", forCohort,
			"ages at which the age bands begin (default: 0,18,25,35,45,55,65,75,85)",
		},
		{
			"part", "FILE", "", "cohort", forOutput,
			"write the cohort of this run to FILE as a part, which another run reads with -merge; FILE holds " +
				"people's identifiers",
		},
		{
			"merge", "FILE", "", "cohort", forOutput,
			"read a part that a run with the same codelists and options wrote with -part; parts are read before " +
				"the INPUTs, which may be absent (repeatable, in the order of the data)",
		},
	}
}
