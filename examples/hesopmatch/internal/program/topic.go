package program

// Topic is the help text of a command.
type Topic struct {
	Name, Does string
	Usage      []string // what follows the name
	Text       []string // paragraphs
	Examples   []string // what follows the name, to run in the folder testdata
	Failed     string   // what exit code 1 means, "" if it means only a failure
}

const inputText = "INPUT is a file of appointments (text or Parquet), a pattern such as y*.csv, a folder, or - for " +
	"text on standard input. In a folder, every .csv, .txt, .tsv, .gz and .parquet file is read, unless it is hidden."

// Commands returns the commands in the order of their use.
func Commands() []Topic {
	return []Topic{
		{
			Name: "lint", Does: "reports what each row of a codelist means and what is wrong with it",
			Usage: []string{"[CODELISTS] [options] FILE...", "-diff [options] A B"},
			Text: []string{
				"FILE is a codelist that states its coding system itself, as with -codelist, or a folder " +
					"or pattern of such files. It may be absent if CODELISTS are given.",
				"A codelist is CSV, tab-delimited text, plain text with one code a line, JSON, or a workbook " +
					"(.xlsx, .xlsm, .xltx, .xltm), in UTF-8, UTF-16 or Windows-1252. Other formats, such as .xls, " +
					"Stata, R and SQL, are refused, and the message names the format. The code column is found by " +
					"its header, even below titles. The coding system comes from a column, from the header, or from " +
					"the option that names the file. Rows of other systems (SNOMED CT, Read) are ignored. If a cell " +
					"outside the code column holds other codes, its row is rejected. A column that marks exclusions " +
					"stops the run until -exclude-column names it.",
				"With -format csv, the coverage of a row is \"exact\" (only the undivided category) or " +
					"\"descendants\"; for an exclusion, \"exclude-\" precedes it. Ignored and rejected rows have " +
					"neither code nor coverage.",
			},
			Examples: []string{"codelists/depression.csv", "-diff codelists/depression.csv codelists/conditions.csv"},
			Failed:   "failed, a row was rejected without -lenient, or no entry is left",
		},
		{
			Name: "flag", Does: "writes the appointments that match codelists, or every hit",
			Usage: []string{"CODELISTS [options] INPUT..."},
			Text: []string{
				"It writes the appointments unchanged and adds a column for each list: 1 for match, 0 for no match, " +
					"empty for unknown. Unknown does not mean no match: most outpatient appointments carry no " +
					"code. Values are written as found, so a spreadsheet may read a value such as =A1 as a formula.",
				"With -format hits, it writes a line for each value that matched. The column \"row\" holds the " +
					"number of the row, counted from 1 across all INPUTs, including skipped rows. \"value\" and " +
					"\"entry\" hold the text as the files have it, shortened beyond 256 bytes, and \"entry_line\" " +
					"the line of the entry in its file. Lines are sorted by row, list, system and position.",
				inputText + " Several INPUTs need the same columns in the same order, unless -columns or -union is " +
					"given. Giving the same file twice, or a copy of it, is an error.",
			},
			Examples: []string{
				"-opcs4 codelists/joints.csv -rows all appointments.csv",
				"-icd10 codelists/depression.csv -format hits appointments.csv",
			},
		},
		{
			Name: "explain", Does: "explains individual appointments: what was read, and why lists match",
			Usage: []string{"CODELISTS -row N | -where COLUMN=VALUE [options] INPUT..."},
			Text: []string{
				"For each code field it shows what was read and why. For each list it shows the entry that decided, " +
					"or why none did. The output holds records of individual people.",
				inputText,
			},
			Examples: []string{
				"-icd10 codelists/depression.csv -row 2,3 appointments.csv",
				"-icd10 codelists/depression.csv \\\n    -where attendkey=900000000003 appointments.csv",
			},
		},
		{
			Name: "cohort", Does: "writes the people of each list, or tables that may be released",
			Usage: []string{"CODELISTS [options] INPUT..."},
			Text: []string{
				"It writes a line for each person and list, with the first and last day and the numbers of " +
					"appointments and dates. With -format html it writes a page of tables, and with -release a " +
					"folder of tables; their numbers follow -disclosure.",
				inputText,
			},
			Examples: []string{
				"-icd10 codelists/depression.csv -attended appointments.csv",
				"-icd10 codelists/depression.csv -disclosure ukllc \\\n    -format html -o page.html appointments.csv",
			},
		},
		{
			Name: "syntax", Does: "writes a script to run where the data are: SQL, R, Stata or Python",
			Usage: []string{"CODELISTS -dialect DIALECT -layout NAME | -columns-of FILE [options]"},
			Text: []string{
				"Every statement of a script except the last creates only temporary objects. The command reads no " +
					"appointments, only the header of the file given with -columns-of.",
				"A script reads dates in the formats yyyy-mm-dd, yyyy/mm/dd, yyyymmdd, dd/mm/yyyy and dd-mm-yyyy. " +
					"Dates in any other format count as missing in a script, even if cohort reads that format.",
			},
			Examples: []string{
				"-icd10 codelists/depression.csv -dialect spark -layout cprd",
				"-icd10 codelists/depression.csv -dialect submission",
			},
		},
		{
			Name: "synth", Does: "writes synthetic appointments, which belong to no real people",
			Usage:    []string{"[options]"},
			Text:     []string{"The same seed gives the same appointments in the same version."},
			Examples: []string{"-rows 3 -layout cprd", "-rows 20000 -seed 7 -o synthetic.csv"},
		},
		{
			Name: "version", Does: "writes version, revision, build, licence and citation",
			Usage:    []string{"[options]"},
			Examples: []string{"", "-json"},
		},
	}
}

func topicOf(command string) Topic {
	for _, a := range Commands() {
		if a.Name == command {
			return a
		}
	}
	panic("no command " + command)
}

// failed returns what exit code 1 means.
func (t Topic) failed() string {
	if t.Failed == "" {
		return "failed"
	}
	return t.Failed
}
