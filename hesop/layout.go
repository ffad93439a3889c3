package hesop

import (
	"fmt"
	"strconv"
	"strings"
)

// Layout is a form in which the data set is released: its columns, their order and their spelling. A Reader needs no
// Layout, because it finds columns by their names. For a file without a header, give Layout.Names to the option Names.
// The zero Layout is not valid.
type Layout uint8

// The layouts. Those of UK LLC have one more column before all others, the person of a project: llc_NNNN_stud_id, where
// NNNN is a number.
const (
	// UKLLC is the view HESOP of the UK LLC research environment: 149 columns in lower case (UK LLC, metadata of HESOP,
	// 16 June 2023).
	UKLLC Layout = 1 + iota
	// UKLLCOther is the view HESOP_OTR of UK LLC: 98 more columns of the same appointments, with the full codes, in
	// lower case (UK LLC, metadata of HESOP_OTR, 16 June 2023).
	UKLLCOther
	// National is the file of NHS England: 157 columns in upper case, delimited by comma or vertical bar (NHS England,
	// artificial data generator, schema of HES OP).
	National
	// CPRD is two files that CPRD releases, joined by patid and attendkey so that each row has codes and dates:
	// hesop_appointment has the dates, and hesop_clinical the codes. It has 58 columns in lower case, delimited by tab,
	// and its dates are dd/mm/yyyy (public programs of studies that read those files). patid identifies the person.
	CPRD
)

// String returns ukllc, otr, national or cprd.
func (l Layout) String() string {
	switch l {
	case UKLLC:
		return "ukllc"
	case UKLLCOther:
		return "otr"
	case National:
		return "national"
	case CPRD:
		return "cprd"
	default:
		return fmt.Sprintf("Layout(%d)", uint8(l))
	}
}

// Names returns the names of the columns in the order and spelling of the layout. For a file without a header, give
// them to the option Names. Names returns nil for a layout that is not valid.
func (l Layout) Names() []string {
	var names []string
	for word := range strings.FieldsSeq(l.order()) {
		first, last, isRun := strings.Cut(word, "..")
		if !isRun {
			names = append(names, word)
			continue
		}
		stem := strings.TrimSuffix(first, "01")
		n, _ := strconv.Atoi(last)
		for i := range n {
			names = append(names, fmt.Sprintf("%s%02d", stem, i+1))
		}
	}
	return names
}

// order returns the names of the layout, separated by spaces. It writes a run of positions as the first name and the
// last number of the run.
func (l Layout) order() string {
	switch l {
	case UKLLC:
		return ukllcOrder
	case UKLLCOther:
		return otrOrder
	case National:
		return strings.ToUpper(nationalOrder)
	case CPRD:
		return cprdOrder
	default:
		return ""
	}
}

const ukllcOrder = `
admincat apptage apptage_calc apptdate at_gp_practice at_residence at_treatment atentype
attended attendkey attendkey_flag cannet canreg ccg_gp_practice_e ccg_residence_e
ccg_responsibility_e ccg_responsibility_origin ccg_treatment_e ccg_treatment_origin
cr_gp_practice cr_residence cr_treatment diag_3_01..12 diag_3_concat diag_4_01..12 diag_4_concat
diag_count dnadate ethnos firstatt fyear gortreat gpprac_e locclass loctype lsoa01_e lsoa11_e
mainspef msoa01_e msoa11_e opertn_3_01..24 opertn_4_01..24 opertn_4_concat outcome partyear
pcon_e pcon_ons_e pctcode_his_e pctorig_his pcttreat preferer priority procode3 procode5
procodet purcode referorg refsourc reqdate rescty rescty_ons resgor resgor_ons resladst_e
resladst_ons_e respct_his resstha_his servtype sex sitetret_e stafftyp sthatret sushrg tretspef
wait_ind waitdays waiting cohortkey_e nic_number avail_from_dt row_version`

const otrOrder = `
activage attendkey babyage carersi csnum currward_e currward_ons_e diag_01..12 earldatoff
ethrawl fyear gppracha gppracro gpprpct_e gpprstha hatreat hrgnhs hrgnhsvn imd04_decile marstat
mydob newnhsno_check nhsnoind nodiags noprocs oacode6_e opcs43 operstat opertn_01..24 orgpppid_e
partyear pcfound pconsult pctcode02_e pctcode06_e pctnhs_e pctorig02 pctorig06_e preggmp
primerecp procode_e protype purstha purval resha respct02_e respct06_e resro resstha02 resstha06
rotreat rttperend rttperstart rttperstat rururb_ind sender subdate sushrgvers suslddate susrecid
susspellid ward91_e avail_from_dt row_version`

const nationalOrder = `
fyear partyear pseudo_hesid attendkey attendkey_flag admincat apptage apptage_calc apptdate
atentype attendance attended attendid at_gp_practice at_residence at_treatment cannet canreg
ccg_gp_practice ccg_residence ccg_responsibility ccg_responsibility_origin ccg_treatment
ccg_treatment_origin cr_gp_practice cr_residence cr_treatment diag_3_01..12 diag_3_concat
diag_4_01..12 diag_4_concat diag_count dnadate ethnos firstatt gortreat gpprac locclass loctype
mainspef opertn_3_01..24 opertn_3_concat opertn_4_01..24 opertn_4_concat opertn_count outcome
pcon pcon_ons pctcode_his pctorig_his pcttreat preferer priority procode3 procode5 procodet
purcode referorg refsourc reqdate rescty rescty_ons resgor resgor_ons resladst resladst_ons
respct_his resstha_his servtype sex sitetret lsoa01 msoa01 stafftyp sthatret sushrg tretspef
wait_ind waitdays waiting lsoa11 msoa11 sitedist sitedist_flag provdist provdist_flag
ner_gp_practice ner_residence ner_treatment`

const cprdOrder = `
patid attendkey ethnos admincat apptdate apptage atentype attended dnadate firstatt outcome
priority refsourc reqdate servtype stafftyp wait_ind waiting hes_yr diag_01..12 opertn_01..24
operstat tretspef mainspef`
