package sqloracle

import (
	"strings"
	"testing"

	"hesopmatch/codelist"
	"hesopmatch/match"

	"github.com/stretchr/testify/require"
)

// sqlList is a codelist, and the same conditions in SQL, written by hand. The conditions apply to the SQL table named
// code, whose values are in upper case, without padding, and at most four characters long.
type sqlList struct {
	name, text string
	diagnosis  string // the condition for diagnoses, "" for a list without ICD-10
	procedure  string // the condition for procedures, "" for a list without OPCS-4
	truncated  string // the condition for diagnoses that may be truncated codes of the list
	reason     string
}

var sqlLists = []sqlList{
	{
		name: "diabetes", text: "icd10,exclude\nE10-E14,\nE11.3,yes\nE14.2,yes\n", reason: "a range of categories, with exclusions",
		diagnosis: `value >= 'E10' AND value < 'E15' AND value NOT LIKE 'E113%' AND value NOT LIKE 'E142%'`,
	},
	{name: "type 2", text: "icd10,exclude\nE11,\n", diagnosis: `value LIKE 'E11%'`, reason: "a category within the range of the list diabetes"},
	{
		name: "mood", text: "icd10,exclude\nF31.9,\nF32,\nF32.1,\nF33,\n", reason: "a category with exact coverage: F32.2, the most common code, does not match it",
		diagnosis: `value LIKE 'F319%' OR value IN ('F32', 'F32X') OR value LIKE 'F321%' OR value LIKE 'F33%'`,
	},
	{
		name: "hypertension", text: "icd10,exclude\nI10X,\nI15,\n", reason: "the filler",
		diagnosis: `value IN ('I10', 'I10X') OR value LIKE 'I15%'`,
	},
	{name: "breast", text: "icd10,exclude\nC50%,\nD05,\n", diagnosis: `value LIKE 'C50%' OR value LIKE 'D05%'`, reason: "a wildcard"},
	{name: "cataract", text: "icd10,exclude\nH25.9,\nH26,\n", diagnosis: `value LIKE 'H259%' OR value LIKE 'H26%'`, reason: "codes of four characters"},
	{name: "eyes", text: "icd10,exclude\nH00-H59,\n", diagnosis: `value >= 'H00' AND value < 'H60'`, reason: "a chapter, which contains all codes of the list cataract"},
	{name: "airways", text: "icd10,exclude\nJ45.9,\nJ44.-,\nJ47X,\n", diagnosis: `value LIKE 'J459%' OR value LIKE 'J44%' OR value IN ('J47', 'J47X')`, reason: "three spellings of codes"},
	{name: "kidneys", text: "icd10,exclude\nN18.0-N18.9,\n", diagnosis: `value LIKE 'N18%'`, reason: "a range of four-character codes that makes up its whole category"},
	{
		name: "arthritis", text: "icd10,exclude\nM05.10,\nM06.9,\n", reason: "a code longer than the columns",
		diagnosis: `value LIKE 'M069%'`, truncated: `value = 'M051'`,
	},
	{
		name: "pregnancy", text: "icd10,exclude\nZ34,\nZ35.9,\nO2[14],\n", reason: "a character class",
		diagnosis: `value LIKE 'Z34%' OR value LIKE 'Z359%' OR value LIKE 'O21%' OR value LIKE 'O24%'`,
	},
	{name: "transplant", text: "icd10,exclude\nZ94,\n", diagnosis: `value LIKE 'Z94%'`, reason: "Z94 in OPCS-4 means something else, and is far more common"},
	{name: "anything", text: "icd10,exclude\nA00-Y89,\nZ00-Z99,\nH00-H59,yes\n", diagnosis: `value >= 'A00' AND value NOT LIKE 'Y9%' AND NOT (value >= 'H00' AND value < 'H60')`, reason: "codes that most appointments have, except those of the list eyes"},
	{name: "scopes", text: "opcs4,exclude\nG45,\nH22.1,\n", procedure: `value LIKE 'G45%' OR value LIKE 'H221%'`, reason: "procedures"},
	{name: "scans", text: "opcs4,exclude\nU20,\nU20.1,yes\n", procedure: `value LIKE 'U20%' AND value NOT LIKE 'U201%'`, reason: "an exclusion of procedures"},
	{name: "sides", text: "opcs4,exclude\nZ94.2,\nZ94.3,\n", procedure: `value LIKE 'Z942%' OR value LIKE 'Z943%'`, reason: "Z94 in ICD-10 means something else; the codes are never in the first position"},
	{name: "assessment", text: "opcs4,exclude\nX62%,\n", procedure: `value LIKE 'X62%'`, reason: "the most common codes"},
	{name: "joints", text: "opcs4,exclude\nW37-W40,\nW90.3,\n", procedure: `value >= 'W37' AND value < 'W41' OR value LIKE 'W903%'`, reason: "a range of procedures"},
	{name: "skin", text: "opcs4,exclude\nS06_,\n", procedure: `value LIKE 'S06%'`, reason: "a wildcard for one digit"},
	{
		name: "eye disease", text: "coding_system,code,exclude\nICD-10,H35,\nICD-10,H40,\nOPCS-4,C79,\nOPCS-4,C75.1,\n", reason: "both systems: the answer 'no match' requires codes of both",
		diagnosis: `value LIKE 'H35%' OR value LIKE 'H40%'`, procedure: `value LIKE 'C79%' OR value LIKE 'C751%'`,
	},
}

// listNumber returns the number of the named list.
func listNumber(t *testing.T, name string) int {
	t.Helper()
	for i, l := range sqlLists {
		if l.name == name {
			return i
		}
	}
	t.Fatalf("no list %q", name)
	return 0
}

func newSQLMatcher(t *testing.T) *match.Matcher {
	t.Helper()
	var lists []*codelist.List
	for _, l := range sqlLists {
		list, err := codelist.Parse(l.name, strings.NewReader(l.text), codelist.ExcludeColumn("exclude"))
		require.NoError(t, err, l.reason)
		lists = append(lists, list)
	}
	matcher, err := match.Compile(lists...)
	require.NoError(t, err)
	return matcher
}
