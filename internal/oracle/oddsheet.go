package oracle

import (
	"fmt"
	"slices"
	"strings"
)

// Text returns a sheet as CSV. A row without cells is a blank line.
func (s Sheet) Text() string {
	var b strings.Builder
	for _, row := range s {
		b.WriteString(rowText(row))
		b.WriteByte('\n')
	}
	return b.String()
}

// An oddColumn generates the cells of one column from the system and the code of each row.
type oddColumn struct {
	name string
	cell func(system, code string) string
}

// values returns a column whose cells are picked from the given texts.
func (r Random) values(name string, of ...string) oddColumn {
	return oddColumn{name, func(string, string) string { return r.pick(of...) }}
}

// OddSheet returns a random codelist file such as researchers use, with further columns next to the codes, and the
// choices with which to read it.
func (r Random) OddSheet() (Sheet, Choices) {
	c := Choices{Settings: Settings{
		Policy:     r.pick("auto", "auto", "always", "never"),
		Headings:   r.pick("reject", "reject", "ignore", "expand"),
		AllowBroad: r.chance(10),
	}}
	if r.chance(60) {
		c.System = r.pick(icd10, icd10, opcs4)
	}
	var s Sheet
	if r.chance(8) {
		s = append(s, []string{r.pick("# codes of a made up study", "# E11", "#", "# code")})
	}
	for range r.IntN(8) / 6 * (1 + r.IntN(2)) {
		s = append(s, []string{r.pick("Appendix 2", "Codes used in the made up study", "Table of diabetes",
			"Table 1: codes for I21", "S10 Table", "MI: I21", "E11 diabetes", "E11: diabetes")})
		if r.chance(30) {
			s = append(s, nil)
		}
	}
	columns := r.oddTable(&c)
	if system := statedBy(columns); system != "" && r.chance(93) {
		c.System = r.pick("", system)
	}
	hasHeader := !r.chance(12)
	if hasHeader {
		c.HeaderRow = r.headerRow(s)
		s = append(s, names(columns))
	}
	above := len(s)
	s = r.oddRows(s, columns, c)
	for !hasHeader && len(s[above]) < 2 { // the first row must show the delimiter
		s = r.oddRows(s[:above], columns, c)
	}
	if r.chance(15) {
		s = append(s, names(columns)) // a repeated header
		s = r.oddRows(s, columns, c)
	}
	if r.chance(15) {
		before := names(columns)
		columns = r.oddTable(&c)
		for _, column := range before { // both tables have the columns that a caller may name
			if slices.Contains(signHeaders, column) && r.chance(80) && !slices.Contains(names(columns), column) {
				columns = append(columns, r.values(column, "include", "exclude"))
			}
		}
		s = append(s, names(columns))
		s = r.oddRows(s, columns, c)
	}
	return s, r.oddChoices(c, columns)
}

// statedBy returns the system that the header of the only code column states.
func statedBy(columns []oddColumn) string {
	codes := candidates(names(columns))
	if len(codes) != 1 {
		return ""
	}
	if codes[0].icdOnly {
		return icd10
	}
	return codes[0].system
}

// headerRow returns the line of the header in some cases, and 0 in most.
func (r Random) headerRow(above Sheet) int {
	if r.chance(8) {
		return len(above) + 1
	}
	return 0
}

func names(columns []oddColumn) []string {
	var texts []string
	for _, column := range columns {
		texts = append(texts, column.name)
	}
	return texts
}

// oddChoices completes the choices with names of columns, as a caller would give them. Most of these columns exist.
func (r Random) oddChoices(c Choices, columns []oddColumn) Choices {
	name := func(percent int, fits func(string) bool) string {
		if r.chance(percent) {
			for _, column := range columns {
				if fits(column.name) {
					return column.name
				}
			}
		}
		return ""
	}
	c.CodeColumn = name(12, func(n string) bool { return len(candidates([]string{n})) > 0 })
	c.SystemColumn = name(15, func(n string) bool { return slices.Contains(systemHeaders, n) })
	c.ExcludeColumn = name(75, func(n string) bool { return slices.Contains(signHeaders, n) })
	if c.ExcludeColumn != "" && r.chance(15) {
		c.ExcludeValue = r.pick("0", "1", "y", "n", "drop", "exclude")
	}
	if r.chance(6) {
		c.ExcludeColumn, c.ExcludeValue = "none", ""
	}
	c.AllowRemovals = r.chance(80)
	return c
}

var (
	codeHeaders = []string{
		"code", "Codes", "icd10", "ICD-10", "icd_10_code", "ICD10 codes", "opcs4", "OPCS-4", "opcs_code", "icd",
		"clinical_code", "Diagnosis Code", "ICD-10 Code(s)", "Diagnosis codes", "OPCS-4.10 code", "[ICD10]",
		"final icd10 code", "diagnosis", "alt_code", "Clinical Codes",
	}
	systemHeaders = []string{
		"coding_system", "Code type", "vocabulary", "terminology", "type", "system", "scheme", "vocabulary_id", "x",
	}
	signHeaders = []string{
		"include", "exclude", "status", "Filter", "keep", "decision", "action", "In/Out", "review_status",
		"exclusion", "Not included", "included?", "excl", "incl.", "Incl/Excl", "smoking_status", "remark",
		"status (A)",
	}
)

// oddTable returns the columns of a table: one or two code columns and some others.
func (r Random) oddTable(c *Choices) []oddColumn {
	code := oddColumn{r.pick(codeHeaders...), func(_, code string) string { return code }}
	columns := []oddColumn{code}
	if r.chance(10) {
		columns[0].name = "icd10_code"
		other := r.pick("opcs_code", "OPCS-4 Codes", "icd10", "diagnosis")
		columns = append(columns, oddColumn{other, func(string, string) string {
			if r.chance(40) {
				return ""
			}
			return r.code(opcs4)
		}})
	}
	for range 1 + r.IntN(4) {
		columns = append(columns, r.oddColumn())
	}
	if c.System == "" && r.chance(70) || r.chance(15) {
		columns = append(columns, r.oddSystems())
	}
	if r.chance(35) {
		columns = append(columns, r.oddSigns())
	}
	r.Shuffle(len(columns), func(i, j int) { columns[i], columns[j] = columns[j], columns[i] })
	return columns
}

// oddSystems returns a column of systems.
func (r Random) oddSystems() oddColumn {
	name := r.pick(systemHeaders...)
	if r.chance(6) {
		return r.values(name, "0", "1")
	}
	icd := r.pick("icd10", "ICD-10", "ICD10 codes", "ICD-10 5th edition", "ICD 10th Revision", "ICD-10 5e",
		"WHO ICD-10",
		"ICD10 (WHO)", "ICD10_HES",
		"http://hl7.org/fhir/sid/icd-10", "http://hl7.org/fhir/sid/icd-10-uk", "icd")
	opcs := r.pick("opcs4", "OPCS", "OPCS-4", "OPCS-4.10", "OPCS-4.10 (April 2023)", "OPCS4 codes",
		"https://fhir.nhs.uk/Id/opcs-4", "https://fhir.hl7.org.uk/Id/opcs-4")
	return oddColumn{name, func(system, _ string) string {
		switch n := r.IntN(40); {
		case n < 2:
			return ""
		case n < 4:
			return r.pick("SNOMED  CT codes", "Read v2", "icd-10-cm", "icd9", "ICD-11", "OPCS-3", "dmd", "ICD-O",
				"CTV3")
		case n < 5:
			return r.pick("ICD-10 or so", "icd10/opcs4", "ICD-10 and SNOMED", "ICD-12", "local", "local",
				"ICD9/ICD10", "ICD-9/10", "ICD10 and ICD11", "OPCS-3/OPCS-4", "ICD-10 (not ICD-9)", "ICD-10/11",
				"OPCS-5")
		}
		if system == icd10 {
			return icd
		}
		return opcs
	}}
}

// oddSigns returns a column of signs, or a column that resembles one.
func (r Random) oddSigns() oddColumn {
	name := r.pick(signHeaders...)
	values := [][]string{
		{"include", "exclude"},
		{"Included", "Excluded"},
		{"1", "0", "1"},
		{"yes", "no", ""},
		{"Y", "N"},
		{"true"},
		{"TRUE", "FALSE"},
		{"t", "f"},
		{"+", "-"},
		{"1"},
		{"include"},
		{"", "1"},
		{"keep", "drop"},
		{"1", "0", "maybe"},
		{"", "x"},
	}
	return r.values(name, values[r.IntN(len(values))]...)
}

// oddColumn returns a column of anything other than codes, systems and signs: terms and groups, codes under another
// name, ids, numbers, dates, versions or positions.
func (r Random) oddColumn() oddColumn {
	look := func(system, code string) string {
		switch r.IntN(6) {
		case 0:
			return code
		case 1:
			return dotted(code)
		case 2:
			return code[:min(3, len(code))]
		case 3:
			return r.code(system)
		}
		return ""
	}
	switch r.IntN(16) {
	case 0, 1, 2:
		return r.values(r.pick("term", "Description", "icd10_description", "name", "Disorder"),
			"made up words", "B12 deficiency", "A12", "Diabetes", "MI: I21", "")
	case 3:
		return oddColumn{r.pick("remark", "source", "other codes", "mapped_to", ""), look}
	case 4:
		return r.values(r.pick("remark", "source", "", "alternative"),
			"see above", "MI: I21, I22", "E11 diabetes", "E11: diabetes", "E1.19", "", "", "")
	case 5:
		return r.values(r.pick("category", "Sub-group", "phenotypes", "chapter"), "E00-E90", "IX", "heart", "I20-I25")
	case 6:
		return r.values(r.pick("concept_id", "row id", "icd10_id", "diagnosis_no", "ref"), "C3676", "P1234", "A12",
			"77")
	case 7:
		return r.values(r.pick("v", "release", "edition", ""), r.pick("v10", "v11", "V10"), r.pick("v11", "V11"),
			"v2.1", "")
	case 8:
		return r.values(r.pick("old", "mapped", "Read code", "readcode"), "G30..", "G307.", "E1137", "X60..")
	case 9:
		return r.values(r.pick("snomed_code", "icd9_code", "icd10cm", "BNF chapter", "ctv3"), "E11", "E119", "44054006")
	case 10:
		return r.values(r.pick("position", "diag_position", "primary_only"), "Primary", "1", "TRUE")
	case 11:
		return r.values(r.pick("date", "added", "count"), "2019-01-02", "12", "")
	case 12:
		return r.values("reason_for_removal", "", "too broad")
	}
	return r.values(r.pick("x", "remark", "source"), "", "words", "made up")
}

// oddRows adds rows. Some are ragged, some have no code, and some have more cells than the header.
func (r Random) oddRows(s Sheet, columns []oddColumn, c Choices) Sheet {
	for range 1 + r.IntN(6) {
		system := r.pick(systems...)
		if c.System != "" && r.chance(80) {
			system = c.System
		}
		code := r.oddCode(system)
		var row []string
		for _, column := range columns {
			row = append(row, column.cell(system, code))
		}
		switch r.IntN(24) {
		case 0:
			row = append(row, r.pick("", "words", code, r.code(system), r.code(system)+"-",
				"also: "+r.code(system), " "+dotted(r.code(system))))
		case 1:
			row = append(row, "", r.code(system), fmt.Sprint(r.code(system), "; ", r.code(system)))
		case 2:
			row = row[:1+r.IntN(len(row))]
		case 3:
			s = append(s, nil)
		}
		s = append(s, row)
	}
	return s
}

// oddCode returns the cell of a code, mostly a valid one.
func (r Random) oddCode(system string) string {
	switch n := r.IntN(20); {
	case n < 2:
		return ""
	case n < 5:
		return r.Cell(system).Text
	case n < 6:
		return r.pick("NA", "IX", "prose", "icd10", ".X", "E.10.2-E10.4", "E11.9;E12.+", ";E13.+")
	case n < 10:
		return dotted(r.code(system))
	}
	return r.code(system)
}
