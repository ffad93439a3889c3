package hesop

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNearMisses(t *testing.T) {
	tests := []struct {
		header string
		opts   []Option
		says   string // "" if there is no error
		reason string
	}{
		{"diag_01,diagnosis", nil, `column "diagnosis" is named as code columns are, but not read; declare those that hold codes with Rename("diagnosis", "diag_01"), and those that hold none with Rename("diagnosis", "")`, "a stem alone"},
		{"diag_01,proc_1,proc_2", nil, `columns "proc_1", "proc_2" are named as code columns are, but not read; declare those that hold codes with Rename("proc_#", "opertn_#"), and those that hold none with Rename("proc_#", "")`, "a series"},
		{"diag_01,Primary ICD10 code", nil, `"Primary ICD10 code"`, "a stem, a number and words"},
		{"diag_01,MainOperCode", nil, `"MainOperCode"`, "... written together"},
		{"diag_01,icd.10", nil, `"icd.10"`, "a number after a dot"},
		{"diag_01,opcs4", nil, `Rename("opcs4", "opertn_01")`, "the number of a classification is not a position"},
		{"diag41,opertn_01", nil, `"diag41"`, "a position that may be a width"},
		{"diag_0,opertn_01", nil, `"diag_0"`, "a position that does not exist"},
		{"diag_5_01,diag_4_01", nil, `"diag_5_01"`, "a width that does not exist"},
		{"cod,oper,proc,icd,diag_01", nil, `columns "cod", "oper", "proc", "icd" are`, "four names are all shown"},
		{"cod,oper,proc,icd,opcs,diag_01", nil, `columns "cod", "oper", "proc", and 2 more are`, "more than four names"},
		{
			"diag_01,icd_1,icd_2,proc_1,diagnosis,opcs", nil, `with Rename("icd_#", "diag_#"), Rename("proc_#", "opertn_#")`,
			"one suggestion for each kind",
		},
		{"opertn_01,ICD10", nil, `Rename("ICD10", "diag_01")`, "the number of an edition, in upper or lower case"},
		{"opertn_01,icd_10", nil, `Rename("icd_10", "diag_01")`, "... after an underscore"},
		{"opertn_01,ICD-10", nil, `Rename("ICD-10", "diag_01")`, "... after a dash"},
		{"opertn_01,ICD.10", nil, `Rename("ICD.10", "diag_01")`, "... after a dot"},
		{"opertn_01,ICD10_2", nil, `Rename("ICD10_#", "diag_#")`, "... before a position"},
		{"diag_01,opcs_4", nil, `Rename("opcs_4", "opertn_01")`, "... of the classification of procedures"},
		{"diag_01,OPCS-4_03", nil, `Rename("OPCS-4_#", "opertn_#")`, "... before a position"},
		{"diag_01,icd_9", nil, `column "icd_9" is named after a classification other than ICD-10, which is not read; ` +
			`confirm with Rename("icd_9", "")`, "another edition"},
		{"diag_01,icd9_1,icd9_2,icd11", nil, `columns "icd9_1", "icd9_2", "icd11" are named after a classification ` +
			`other than ICD-10, which is not read; confirm with Rename("icd9_#", "")`, "... in several columns"},
		{"diag_01,proc,icd11", nil, `Rename("proc", ""); column "icd11" is named after`, "... next to a column that may hold codes"},
		{"opertn_01,icd_8,icd_9", nil, `Rename("icd_#", "diag_#")`, "a number that is one of several is a position"},
		{"diag_01,diag_4char_1", nil, `Rename("diag_4char_#", "diag_4_#")`, "a width in words"},
		{"opertn_01,diag_01_4_char", nil, `Rename("diag_#_4_char", "diag_4_#")`, "... after the position"},
		{"opertn_01,diag_4_01_4char", nil, `Rename("diag_4_#_4char", "diag_4_#")`, "... and before it too"},
		{"diag_01,opcs_codes_concat", nil, `Rename("opcs_codes_concat", "opertn_4_concat")`, "joined codes"},
		{"opertn_01,diag41,diag42", nil, `("diag41" may mean position 1 of codes of 4 characters, or position 41); declare those ` +
			`that hold codes with Rename("diag4#", "diag_4_#")`, "a width or a position"},
		{"opertn_01,diag_0", nil, `Rename("diag_#", "diag_#+1")`, "positions from 0"},
		{"diagnosis_code", nil, `"diagnosis_code"`, "the column is named even if nothing else is read"},
		{"diag_01,diag_count,opdate_01,first_diag_date,icd10_dm,S_COD_LINE_1,procode5,operstat,opcs43", nil, "", "names with any other word, and names of the data set"},
		{"diag_01,code,main,position,code_1", nil, "", "no stem"},
		{"diag_01,diagnosis", []Option{Rename("diagnosis", "")}, "", "declared to hold no codes"},
		{"diag_01,proc_1,proc_2", []Option{Rename("proc_#", "")}, "", "a series declared to hold no codes"},
		{"diag_01,diagnosis", []Option{Rename("diagnosis", "diag_02")}, "", "declared to hold codes"},
		{"diag_01,Diag", []Option{NotCodes("oper", "diag")}, "", "the flags of a list of that name"},
		{"diag_01,icd", []Option{NotCodes("diag")}, `"icd"`, "... but not those of another list"},
		{"diag_4_01,diag_4_02", []Option{NotCodes("diag_4_01")}, "", "NotCodes does not change columns that are read"},
		{"diag_4_01,diag_4_02,diag_4_100", nil, `column "diag_4_100" is not read, but columns that differ from it only by the number are: rename all columns of a series with Rename or none`, "only part of a series is read"},
		{"diag_0,diag_1", nil, `column "diag_0" is not read, but columns that differ`, "... without its start"},
		{"diag_1,diag_2", []Option{Rename("diag_2", "")}, `column "diag_2" is not read, but columns that differ`, "... because the caller excludes a column"},
		{"cause_1,cause_2", []Option{Rename("cause_1", "diag_01")}, `column "cause_2" is not read, but columns that differ`, "... under any name"},
		{"diag_01,diag_02,diag_1,diag_2", []Option{Rename("diag_1", ""), Rename("diag_2", "")}, "", "the columns that are read have the same numbers"},
		{"diag_01,diag_02,diag_1,diag_3", []Option{Rename("diag_1", ""), Rename("diag_3", "")}, `column "diag_3" is not read`, "... except one number"},
		{"diag_01,Diag 4 01,Diag 4 02", nil, `Rename("Diag 4 #", "diag_4_#")`, "a width in the name is kept"},
		{"diag_01," + strings.Repeat("code", 100_000) + "icd", nil, "", "a text that is not a name"},
		{"diag_01,proc1code", nil, `Rename("proc#code", "opertn_#")`, "a number within a name"},
		{"diag_01,Main Oper", nil, `Rename("Main Oper", "opertn_01")`, "a name of two words"},
		{"icd9,icd10", []Option{Rename("icd9", ""), Rename("icd10", "diag_01")}, "", "classifications are not a series"},
	}
	for _, tt := range tests {
		_, err := NewReader(strings.NewReader(tt.header+"\n"), tt.opts...)
		if tt.says == "" {
			require.NoError(t, err, tt.reason)
			continue
		}
		require.ErrorIs(t, err, ErrHeader, tt.reason)
		require.ErrorContains(t, err, tt.says, tt.reason)
	}
}

// TestLayoutsSayNothing requires that no name of a layout is a near miss or causes a note.
func TestLayoutsSayNothing(t *testing.T) {
	for _, l := range []Layout{UKLLC, UKLLCOther, National, CPRD} {
		names := strings.Join(l.Names(), ",") + "\n"
		for _, header := range []string{names, "llc_0001_stud_id," + names, strings.ToUpper(names)} {
			require.Empty(t, open(t, header).Notices(), "%v", l)
		}
	}
	for v := range variables() {
		r := open(t, "attendkey_2,diag_99,opertn_99,"+v.Name+"\n")
		require.Empty(t, r.Notices(), v.Name)
	}
}

func TestOneCodeARow(t *testing.T) {
	tests := []struct {
		header string
		is     bool
		reason string
	}{
		{"patid,attendkey,ICD,n", true, "a code and its number"},
		{"patid,attendkey,diagnosis,icdx,icd,diag_order", true, "the code in several forms"},
		{"patid,spno,epikey,OPCS,p_order", true, "procedures"},
		{"eid,ins_index,arr_index,diag_icd9,diag_icd10", true, "numbered by an index"},
		{"eid,ins_index,arr_index,oper3,oper4", true, "the numbers of editions are not positions"},
		{"record_id,clinical_coding.procedure.opcs", true, "a dotted name of this form suffices: no column numbers the codes"},
		{"patid,diagnosis_1,diagnosis_2,diag_order", false, "several codes a row"},
		{"patid,apptdate,diagnosis", false, "a near miss: no column numbers the codes"},
		{"patid,n,sex", false, "no codes"},
		{"patid,diag_01,n", false, "a code column that is read"},
	}
	for _, tt := range tests {
		_, err := NewReader(strings.NewReader(tt.header + "\n"))
		if !tt.is {
			require.False(t, err != nil && strings.Contains(err.Error(), "one code a row"), tt.reason)
			continue
		}
		require.ErrorIs(t, err, ErrNoCodeColumns, tt.reason)
		require.ErrorContains(t, err, "the file has one code a row", tt.reason)
		require.ErrorContains(t, err, "reshape it first, to one row an appointment", tt.reason)
	}
	r := open(t, "patid,attendkey,ICD,n\n", Rename("icd", "diag_01"))
	require.Equal(t, "diag_01", read(r), "the caller decides")
}

func TestFirstLineIsShownIfItIsAHeader(t *testing.T) {
	const data = "line 1 looks like data, not like column names; a file without a header needs Names"
	tests := []struct{ line, says, reason string }{
		{"person,day,code_a", `among 3 columns: "person", "day", "code_a"; name the code columns with Rename(NAME, "diag_01")`, "names"},
		{"patid,apptdate,sex,x2019_2020", `"patid", "apptdate", "sex", "x2019_2020"; join it first with the file that has the codes`, "mostly known names"},
		{"NHSNUMBER9999999999,M,5", data, "many digits"},
		{"Smith,1/2/85,M", data, "a date"},
		{"Smith,01jan85,M", data, "... in words"},
		{"Smith,SW1A 9ZZ,M", data, "a postcode"},
		{"Smith,w1 9zz,M", data, "... of the shortest form"},
		{"Smith,M,330", data, "a number"},
		{"Smith,M,F321", data, "a code"},
		{"SURNAME~SEX~DIAG_01", `line 1 has one column, which is not shown`, "a delimiter that is not detected"},
	}
	for _, tt := range tests {
		_, err := NewReader(strings.NewReader(tt.line + "\n"))
		require.ErrorIs(t, err, ErrNoCodeColumns, tt.reason)
		require.ErrorContains(t, err, tt.says, tt.reason)
		require.Equal(t, strings.Contains(tt.says, "\""), strings.Contains(err.Error(), "\""), tt.reason)
	}
}

// TestMisspelt requires a warning if a column is not read although its name resembles that of a code column.
func TestMisspelt(t *testing.T) {
	tests := []struct {
		header string
		opts   []Option
		says   string // "" for no notice
		reason string
	}{
		{"dig_01,diag_02", nil, `warning: column "dig_01" is not read; its name is close to diag_01: if it holds codes, ` +
			`say so with Rename("dig_#", "diag_#"); if not, with Rename("dig_#", "")`, "a letter is missing"},
		{
			"diag_01,Daig_2", nil, `"Daig_2" is not read; its name is close to diag_02`,
			"two letters are swapped, and a zero is missing",
		},
		{
			"diag_01,opperation_01,oprtn_4_01", nil, `"oprtn_4_01" is not read; its name is close to opertn_4_01`,
			"procedures",
		},
		{"diag_01,diag_4_conct", nil, `Rename("diag_4_conct", "diag_4_concat")`, "concatenated codes"},
		{"diag_01,dig_02,dig_03,dig_04", nil, `Rename("dig_#", "diag_#")`, "one notice for a series"},
		{"diag_01,dig_02", []Option{Rename("dig_02", "")}, "", "declared to hold no codes"},
		{"diag_01,flag_01,proc_count,digit_1,drug_01,diagram_1", nil, "", "two or more letters differ"},
		{"diag_01,dig_02", []Option{NotCodes("DIG_02")}, "", "the flags of a list"},
	}
	for _, tt := range tests {
		r, err := NewReader(strings.NewReader(tt.header+"\n"), tt.opts...)
		require.NoError(t, err, tt.reason)
		said := r.Notices()
		if tt.says == "" {
			require.Empty(t, said, tt.reason)
			continue
		}
		require.Len(t, said, 1, tt.reason)
		require.Contains(t, said[0].String(), tt.says, tt.reason)
	}
	_, err := NewReader(strings.NewReader("patid,apptdate,dig_01\n"))
	require.ErrorIs(t, err, ErrNoCodeColumns)
	require.ErrorContains(t, err, `the name "dig_01" is close to diag_01: if it holds codes, say so with `+
		`Rename("dig_#", "diag_#")`)
}

// TestListAsData passes a codelist as the data.
func TestListAsData(t *testing.T) {
	for header, is := range map[string]bool{
		"icd10": true, "code,term": true, "icd10_code,description,include": true,
		"patid,code": false, "Name,Ward": false, "diagnosis_1,diagnosis_2": false,
	} {
		_, err := NewReader(strings.NewReader(header + "\n"))
		require.Error(t, err, header)
		require.Equal(t, is, strings.Contains(err.Error(), "if the file is a codelist, give it to codelist.Parse"), err)
	}
}
