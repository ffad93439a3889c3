package oracle

import (
	"strings"
	"testing"
)

// sheetOf returns a sheet from a short notation: rows on lines, cells between bars.
func sheetOf(text string) Sheet {
	var s Sheet
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" {
			s = append(s, nil)
			continue
		}
		s = append(s, strings.Split(line, "|"))
	}
	return s
}

// short returns a reading in a short notation: why the file is refused, or a word for each row.
func (r Reading) short() string {
	if len(r.Refused) > 0 {
		return "refused: " + strings.Join(r.Refused, ", ")
	}
	var words []string
	for _, row := range r.Rows {
		words = append(words, strings.Join(row.Verdicts, "+"))
	}
	return strings.Join(words, " ")
}

// A sheetCase is a file and its expected reading. If the field entries is empty, it is not compared.
type sheetCase struct {
	text    string
	choices Choices
	want    string
	entries string
	reason  string
}

var (
	ofICD  = Choices{System: icd10}
	ofOPCS = Choices{System: opcs4}
)

func testSheets(t *testing.T, cases []sheetCase) {
	t.Helper()
	for _, c := range cases {
		got := sheetOf(c.text).Read(c.choices)
		if s := got.short(); s != c.want {
			t.Errorf("%q: %s, want %s: %s", c.text, s, c.want, c.reason)
			for _, row := range got.Rows {
				t.Logf("  line %d: %s %s", row.Line, row.Verdicts, row.Why)
			}
		}
		if s := shown(got.Entries); c.entries != "" && s != c.entries {
			t.Errorf("%q: entries %s, want %s: %s", c.text, s, c.entries, c.reason)
		}
	}
}

func TestSheetHeaders(t *testing.T) {
	testSheets(t, []sheetCase{
		{"ICD-10|term\nE11|x", Choices{}, "accepted", "E11%", "a plain name states the system"},
		{
			"term|icd_10 CODES\nx|E11",
			Choices{},
			"accepted", "E11%", "case, spaces, underscores, dashes and the place of the column do not matter",
		},
		{"code|term\nE11|x", Choices{}, "refused: no system", "", `the name "code" states no system`},
		{"icd code|term\nE11|x", ofICD, "accepted", "", `the name "icd" states no edition`},
		{"icd code|term\nE11|x", ofOPCS, "refused: header of another system", "", `the name "icd" never means OPCS-4`},
		{"ICD-10 Code(s)|term\nE11|x", Choices{}, "accepted", "", "brackets and plural"},
		{"OPCS-4.10 code|term\nW37|x", Choices{}, "accepted", "W37%", "an edition number"},
		{"Diagnosis Codes|term\nE11|x", ofICD, "accepted", "", "plural of a known name"},
		{"final icd10 code list|term\nE11|x", Choices{}, "accepted", "", `the words "final" and "list" beside "icd10"`},
		{"codelist|term\nlist of mine|x", ofICD, "refused: no code column", "", `the name "codelist" means a list`},
		{"ICD-10-CM|term\nE11|x", ofICD, "refused: no code column", "", "the name of another system"},
		{"diagnosis|term\nE11|x", ofICD, "accepted", "", `"diagnosis" names the codes if no other name does`},
		{"diagnosis|code\nDiabetes|E11", ofICD, "accepted", "", "... and otherwise it names the term"},
		{"alt_code|Clinical codes\nE119|E11.9", ofICD, "accepted", "", "other names of code columns come before alt_code"},
		{"code|icd10\nE11|E11", ofICD, "refused: more than one code column", "", "two plain names"},
		{"code|ICD-10 Code(s)\nE11|E11", ofICD, "accepted", "", "a plain name comes before a loose one"},
		{
			"icd10|opcs_code\nE11|\n|W37\nE12|W38",
			Choices{},
			"accepted accepted accepted", "E11% W37% E12% W38%", "each cell belongs to the system of its column",
		},
		{
			"icd10|opcs_code\nE11|\n|W37\nE12|W38",
			ofICD, "accepted ignored accepted+ignored", "E11% E12%",
			"if the caller states a system, cells of the other system are ignored",
		},
		{
			"icd10|OPCS-4 Codes (final)\nE11|W37",
			Choices{},
			"accepted", "E11% W37%", "a loose name of the other system joins a single plain name",
		},
		{"icd10|ICD-10 codes (final)\nE11|E11", Choices{}, "accepted", "E11%", "... but a loose name of the same system does not"},
		{
			"icd10|ICD10 codes\nE11|E11",
			Choices{},
			"refused: more than one code column", "",
			"two plain names of one system",
		},
		{
			"icd10|opcs4|coding_system\nE11||icd10",
			Choices{},
			"refused: more than one code column", "", "a column of systems next to two code columns",
		},
		{"icd10|term\nW37|x", ofOPCS, "refused: header of another system", "", "the header states the other system"},
		{"Mine|term\nE11|x", Choices{System: icd10, CodeColumn: "mine"}, "accepted", "", "the caller names the column"},
		{
			"code|term\nE11|x",
			Choices{System: icd10, CodeColumn: "mine"},
			"refused: no such column", "", "the caller names an absent column",
		},
		{
			"E11|Diabetes\nE12|x", ofICD, "accepted accepted", "E11% E12%",
			"without a header, the content shows the code column",
		},
		{"Diabetes|E11\nx|E12", Choices{}, "refused: no system", "", "a file without a header states no system"},
		{
			"E11|E12\nE13|E14", ofICD, "refused: more than one code column", "",
			"a file without a header, in which two columns hold codes",
		},
		{"E11|v10\nE12|v10", ofICD, "accepted accepted", "E11% E12%", "versions are not codes"},
		{"conceptId|term|type\nObesity|E66|Obesity", ofICD, "refused: no code column", "", "a header that names no code column"},
		{"dm <- c('E11'|'E12')", ofICD, "refused: no code column", "", "an R vector"},
	})
}

func TestSheetTitles(t *testing.T) {
	testSheets(t, []sheetCase{
		{"Appendix 2\n\nICD-10|term\nE11|x", Choices{}, "accepted", "E11%", "titles above the header"},
		{
			"Appendix 2\nICD-10|term\nE11|x\nOPCS-4|term\nW37|x",
			Choices{},
			"refused: no code column", "", "two rows read as headers",
		},
		{
			"Appendix 2\nICD-10|term\nE11|x\nOPCS-4|term\nW37|x",
			Choices{HeaderRow: 2},
			"accepted ignored accepted", "E11% W37%", "the caller names the first header",
		},
		{"Appendix 2\nx|E11\nICD-10|term\nE12|x", ofICD, "refused: no code column", "", "a row above the header holds a code"},
		{"Stroke: first: I63\nICD-10|term\nE12|x", ofICD, "refused: no code column", "", "... after two labels"},
		{"a: I63: b\nICD-10|term\nE12|x", ofICD, "refused: no code column", "", "... between two labels"},
		{": I63\nICD-10|term\nE12|x", ofICD, "refused: no code column", "", "... after an empty label"},
		{"I63 stroke: first\nICD-10|term\nE12|x", ofICD, "refused: no code column", "", "... before words and a colon"},
		{"S10 Table: strokes\nICD-10|term\nE12|x", ofICD, "accepted", "E12%", "a row with the number of a supplement is a title"},
		{"A 10 year study\nICD-10|term\nE12|x", ofICD, "accepted", "E12%", "... and so is a row with a word and a number"},
		{"Stroke: first\nICD-10|term\nE12|x", ofICD, "accepted", "E12%", "a row of words with a colon is a title"},
		{"Appendix 2\nICD-10|term\nprose|x", ofICD, "refused: no code column", "", "no code below the header"},
		{
			"a|b\nICD-10|term\nE11|x",
			Choices{HeaderRow: 1},
			"refused: no code column", "", "the row that the caller names has no code column",
		},
		{
			"ICD-10|Term\nI21|MI\n\nOPCS-4|Term\nK40|CABG\nK41|y",
			ofICD, "accepted ignored ignored ignored", "I21%", "a second header that states another system than the caller",
		},
		{
			"ICD-10|Term\nI21|MI\n\nOPCS-4|Term\nK40|CABG",
			Choices{},
			"accepted ignored accepted", "I21% K40%", "each table in its own system",
		},
		{
			"ICD-10|Term\nI21|MI\nTerm|ICD-10\nMI|I22",
			Choices{},
			"accepted ignored accepted", "I21% I22%", "a second header with the codes in another column",
		},
		{
			"ICD-10|Term\nI21|MI\nICD10|Term\nI22|MI",
			Choices{},
			"accepted rejected accepted", "I21% I22%", "a repeated header is a rejected row",
		},
		{
			"code|Term\nI21|MI\nICD10|Term\nI22|MI",
			ofICD, "accepted rejected accepted", "", "... even if it states the caller's system",
		},
		{
			"ICD-10|Term\nI21|MI\nOPCS-4|E11\nK40|x",
			ofICD, "accepted rejected accepted", "", "a row with a cell that reads as a code is not a header",
		},
		{
			"ICD-10|Term\nI21|MI\nOPCS-4|Term\nK40|x",
			Choices{CodeColumn: "ICD-10"},
			"accepted ignored accepted", "I21% K40%",
			"a second header counts even if the caller names the first table's column",
		},
		{"# a note\n\n# E11\nICD-10|term\nE11|x", Choices{}, "accepted", "E11%", "comments above the header"},
		{"#ICD-10|term\nE11|x", Choices{}, "accepted", "E11%", "a header after #"},
		{"ICD-10|term\n#N/A|x\nE11|x", Choices{}, "rejected accepted", "E11%", "a row below the header is not a comment, even if it starts with #"},
	})
}

func TestSheetSystems(t *testing.T) {
	testSheets(t, []sheetCase{
		{
			"type|code\nICD-10|I35\nOPCS-4|K26\nSNOMED CT|605730",
			ofICD, "accepted ignored ignored", "I35%", "a column of systems that is found by its values selects rows",
		},
		{"type|code\nICD-10|I35\nOPCS-4|K26", Choices{}, "accepted accepted", "I35% K26%", "each row has its own system"},
		{"type|code\nSNOMED|I35\nDMD|K26", ofICD, "accepted accepted", "", "a column is found by its values only if one of them names one of our systems"},
		{
			"type|code\nICD-10|I35\nOPCS-4|K26\nlocal|E11",
			Choices{},
			"accepted accepted rejected", "", "in a column found by its values, an unknown system rejects the row",
		},
		{
			"terminology|code\nICD-10|I35\nlocal|E11",
			Choices{},
			"accepted ignored", "", "in a column with a known name, an unknown system counts as another system",
		},
		{"code_type|code\n0|E11\n1|E12", ofICD, "accepted accepted", "", "0 and 1 name no system"},
		{
			"terminology|code\nICD10|E11\n|E12\nSNOMED|44",
			Choices{},
			"accepted rejected ignored", "", "an empty cell without a fallback rejects its row",
		},
		{"terminology|code\nICD10|E11\n|E12", ofICD, "accepted accepted", "", "the caller's system is a fallback"},
		{
			"terminology|icd10\nOPCS4|W37\n|E12",
			Choices{},
			"accepted accepted", "",
			"the system of the header is a fallback too",
		},
		{"code|coding_system\nE11|icd\nW37|OPCS4", ofOPCS, "ignored accepted", "W37%", `a bare "icd" never means OPCS-4`},
		{"code|coding_system\nE11|icd\nW37|OPCS4", ofICD, "accepted ignored", "E11%", `a bare "icd" means ICD-10 if the caller states ICD-10`},
		{
			"code|coding_system\nE11|icd\nW37|OPCS4",
			Choices{},
			"rejected accepted", "W37%", `without a fallback, a row with a bare "icd" is rejected`,
		},
		{
			"code|coding_system\nE11|ICD-10 or so\nE12|ICD10",
			Choices{},
			"rejected accepted", "",
			"an unclear system, which contains ICD",
		},
		{"code|coding_system\nE11|ICD-10 / OPCS-4\nE12|ICD10", Choices{}, "rejected accepted", "", "both systems in one cell"},
		{
			"code|system|type\nE11|ICD10|ICD-10\nE12|ICD10|OPCS-4",
			Choices{},
			"accepted rejected", "", "two columns that name different systems in one row",
		},
		{
			"code|mine\nE11|ICD10\nE12|SNOMED\nE13|SNOMED",
			Choices{SystemColumn: "Mine"},
			"accepted ignored ignored", "", "the caller names the column of systems",
		},
		{
			"code|mine\nE11|ICD10",
			Choices{System: icd10, SystemColumn: "other"},
			"refused: no such column", "", "the caller names an absent column of systems",
		},
		{
			"code|term|coding_system\n|A12 heart|SNOMED\n|x: E11|ICD10",
			Choices{},
			"ignored ignored", "", "a row of another system is ignored as a whole",
		},
	})
}

func TestSystemOf(t *testing.T) {
	for _, c := range []struct{ text, want, reason string }{
		{"icd10", icd10, "known spellings"},
		{"ICD10 codes", icd10, `with the word "codes"`},
		{"ICD-10 5th edition", icd10, "with an edition"},
		{"WHO ICD-10", icd10, "with the publisher"},
		{"ICD10 (WHO)", icd10, "with the publisher after the name"},
		{"ICD10_HES", icd10, "with the data set"},
		{"http://hl7.org/fhir/sid/icd-10", icd10, "URI"},
		{"http://hl7.org/fhir/sid/icd-10-uk", icd10, "URI"},
		{"https://fhir.nhs.uk/Id/opcs-4", opcs4, "URI"},
		{"https://fhir.hl7.org.uk/Id/opcs-4", opcs4, "URI"},
		{"OPCS", opcs4, "without the 4"},
		{"OPCS-4.10", opcs4, "with an edition"},
		{"opcs4 codes", opcs4, `with the word "codes"`},
		{"icd", bareICD, "no edition"},
		{"ICD codes", bareICD, "no edition"},
		{"SNOMED  CT codes", anotherSystem, "two spaces"},
		{"icd-10-cm", anotherSystem, "CM"},
		{"ICD10AM", anotherSystem, "AM"},
		{"ICD-O", anotherSystem, "oncology"},
		{"ICD-O-3", anotherSystem, "oncology"},
		{"icd9", anotherSystem, "ICD-9"},
		{"ICD-11", anotherSystem, "ICD-11"},
		{"OPCS-3", anotherSystem, "OPCS-3"},
		{"CTV3", anotherSystem, "Read"},
		{"Read v2", anotherSystem, "Read"},
		{"http://snomed.info/sct", anotherSystem, "URI"},
		{"http://hl7.org/fhir/sid/icd-10-cm", anotherSystem, "URI"},
		{"ICD insertion", unclearSystem, "a device"},
		{"ICD-10 and SNOMED", unclearSystem, "two systems"},
		{"ICD-12", unclearSystem, "not a known edition"},
		{"local", unknownSystem, "names no system"},
		{"", unknownSystem, "an empty text"},
	} {
		if got := systemOf(c.text); got != c.want {
			t.Errorf("%q is %s, want %s: %s", c.text, got, c.want, c.reason)
		}
	}
}
