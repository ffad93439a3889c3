package hesop

import "strconv"

// valueSets returns the sets of values by the name of the variable. Unless a comment says otherwise, codes and years
// come from the HES Technical Output Specification V1.15, outpatient tab. Labels are written for this package, except
// those of specialties.
func valueSets() map[string]*valueSet {
	sets := map[string]*valueSet{
		"admincat": {meanings: []Meaning{
			{Code: "01", Label: "NHS patient"},
			{Code: "02", Label: "Private patient"},
			{Code: "03", Label: "Amenity patient, paying for a room"},
			{Code: "04", Label: "Category II patient"},
			{Code: "98", Label: "Not applicable", Missing: true},
			{Code: "99", Label: "Not known", Missing: true},
		}},
		"apptage":  {least: 1, most: 120}, // and 7001 to 7007, see Age
		"atentype": {meanings: attendanceTypes()},
		"attended": {meanings: attendedMeanings()},
		"ethnos": {meanings: []Meaning{
			{Code: "A", Label: "White: British"},
			{Code: "B", Label: "White: Irish"},
			{Code: "C", Label: "White: other"},
			{Code: "D", Label: "Mixed: White and Black Caribbean"},
			{Code: "E", Label: "Mixed: White and Black African"},
			{Code: "F", Label: "Mixed: White and Asian"},
			{Code: "G", Label: "Mixed: other"},
			{Code: "H", Label: "Asian: Indian"},
			{Code: "J", Label: "Asian: Pakistani"},
			{Code: "K", Label: "Asian: Bangladeshi"},
			{Code: "L", Label: "Asian: other"},
			{Code: "M", Label: "Black: Caribbean"},
			{Code: "N", Label: "Black: African"},
			{Code: "P", Label: "Black: other"},
			{Code: "R", Label: "Other: Chinese"},
			{Code: "S", Label: "Other ethnic group"},
			{Code: "Z", Label: "Not stated", Missing: true},
			// The specification says "prior to 2013" and "2013 onwards". It may mean calendar or financial years, so 99
			// may occur in the last months of 2012-13.
			{Code: "X", Label: "Not known", Until: 2012, Missing: true},
			{Code: "99", Label: "Not known", From: 2012, Missing: true},
		}},
		"firstatt": {meanings: []Meaning{
			{Code: "1", Label: "First attendance, face to face"},
			{Code: "2", Label: "Follow-up attendance, face to face"},
			{Code: "3", Label: "First attendance, by telephone or telemedicine"},
			{Code: "4", Label: "Follow-up attendance, by telephone or telemedicine"},
			// From the NHS Data Dictionary.
			{Code: "5", Label: "Administrative event that stops a referral-to-treatment clock"},
			{Code: "9", Label: "Not known", Until: 2007, Missing: true},
			{Code: "X", Label: "Not known", From: 2008, Missing: true},
		}},
		"locclass": {meanings: []Meaning{
			{Code: "01", Label: "Health site"},
			{Code: "02", Label: "Home"},
			{Code: "03", Label: "Place of delivery"},
			{Code: "04", Label: "Health site at the start of the activity"},
			{Code: "05", Label: "Health site at the end of the activity"},
			{Code: "99", Label: "Not known", Missing: true},
		}},
		"mainspef": {meanings: mainSpecialties},
		// Version 6.3 of the data set, introduced during 2022-23, also records personalised (patient-initiated)
		// follow-up. In that year a code may have either meaning.
		"outcome": {meanings: []Meaning{
			{Code: "1", Label: "Discharged", Until: 2022},
			{Code: "1", Label: "Discharged, without personalised follow-up", From: 2023},
			{Code: "2", Label: "Another appointment given", Until: 2022},
			{Code: "2", Label: "Another appointment given, without personalised follow-up", From: 2023},
			{Code: "3", Label: "Another appointment to be made later", Until: 2022},
			{Code: "3", Label: "Another appointment to be made later, without personalised follow-up", From: 2023},
			{Code: "4", Label: "Moved to personalised follow-up", From: 2022},
			{Code: "5", Label: "Discharged to personalised follow-up", From: 2022},
			{Code: "9", Label: "Not known", Missing: true},
		}},
		"priority": {meanings: []Meaning{
			{Code: "1", Label: "Routine"},
			{Code: "2", Label: "Urgent"},
			{Code: "3", Label: "Two week wait"},
			{Code: "9", Label: "Not known", Missing: true},
		}},
		"refsourc": {meanings: referralSources},
		"servtype": {meanings: []Meaning{
			{Code: "1", Label: "Advice or consultation"},
			{Code: "2", Label: "A specific procedure"},
			{Code: "3", Label: "Other"},
			{Code: "9", Label: "Not known", Missing: true},
		}},
		// From version 6.3, introduced during 2022-23, this is gender as stated by the person. In that year 9 may
		// have either meaning.
		"sex": {meanings: []Meaning{
			{Code: "1", Label: "Male"},
			{Code: "2", Label: "Female"},
			{Code: "9", Label: "Not specified", Until: 2021, Missing: true},
			{Code: "9", Label: "Not specified, or indeterminate", From: 2022, Until: 2022, Missing: true},
			{Code: "9", Label: "Indeterminate", From: 2023},
			{Code: "0", Label: "Not known", Until: 2022, Missing: true},
			{Code: "X", Label: "Not known", From: 2022, Missing: true},
		}},
		"stafftyp": {meanings: []Meaning{
			{Code: "01", Label: "Consultant", Until: 2004},
			{Code: "02", Label: "Member of a consultant's firm", Until: 2004},
			{Code: "03", Label: "Lead care professional", From: 2005},
			{Code: "04", Label: "Member of a care professional's team", From: 2005},
			{Code: "08", Label: "Not applicable", Missing: true},
			{Code: "09", Label: "Not known", Missing: true},
			{Code: "99", Label: "Not known, or not valid", Missing: true},
		}},
		"tretspef": {meanings: treatmentSpecialties},
		"wait_ind": {meanings: []Meaning{
			{Code: "0", Label: "The wait (WAITING) was calculated"},
			{Code: "1", Label: "Not calculated: no date of the referral request"},
			{Code: "2", Label: "Not calculated: the referral request is dated before 1970"},
			{Code: "3", Label: "Not calculated: the referral request is dated after the appointment"},
			{Code: "4", Label: "Not calculated: the date of the last missed appointment is not valid"},
			{Code: "5", Label: "Not calculated: the date of the referral request is not valid"},
		}},
		"waitdays": {least: 1, most: 8887},
	}
	for _, s := range sets {
		s.byCode = make(map[string][]int, len(s.meanings))
		for i, m := range s.meanings {
			folded := string(fold([]byte(m.Code)))
			s.byCode[folded] = append(s.byCode[folded], i)
		}
	}
	return sets
}

// attendedMeanings returns the values of Attended, labelled with its strings.
func attendedMeanings() []Meaning {
	var all []Meaning
	for _, code := range []string{"2", "3", "4", "5", "6", "7", "9", "0"} {
		value := parseAttended([]byte(code))
		all = append(all, Meaning{Code: code, Label: value.String(), Missing: value == AttendedUnknown})
	}
	return all
}

// attendanceTypes returns the types of attendance. Each says whether the patient attended or who cancelled, and whether
// this was the first appointment.
func attendanceTypes() []Meaning {
	var all []Meaning
	who := []string{"Attended", "Did not attend", "Patient cancelled", "Hospital cancelled or postponed"}
	for i, what := range who {
		for j, which := range []string{
			"first appointment", "subsequent appointment", "appointment not known to be first or subsequent",
		} {
			all = append(all, Meaning{Code: strconv.Itoa(3*i + j + 1), Label: what + ": " + which})
		}
	}
	all = append(all, Meaning{Code: "13", Label: "Not known", Missing: true})
	for i, what := range who {
		for j, which := range []string{"first tele consultation", "subsequent tele consultation"} {
			all = append(all, Meaning{Code: strconv.Itoa(21 + 3*i + j), Label: what + ": " + which, From: 2008})
		}
	}
	return all
}

// referralSources lists who may have referred the patient. In the first four, the consultant responsible for the
// attendance initiated the referral.
var referralSources = []Meaning{
	{Code: "01", Label: "After an emergency admission"},
	{Code: "02", Label: "After a domiciliary visit"},
	{Code: "10", Label: "After an accident and emergency attendance"},
	{Code: "11", Label: "Other, initiated by the consultant"},
	{Code: "03", Label: "General medical practitioner"},
	{Code: "04", Label: "Accident and emergency department"},
	{Code: "05", Label: "Consultant, other than in accident and emergency"},
	{Code: "06", Label: "The patient"},
	{Code: "07", Label: "Prosthetist"},
	{Code: "12", Label: "General practitioner with a special interest"},
	{Code: "13", Label: "Specialist nurse in secondary care"},
	{Code: "14", Label: "Allied health professional"},
	{Code: "15", Label: "Optometrist"},
	{Code: "16", Label: "Orthoptist"},
	{Code: "17", Label: "National screening programme"},
	{Code: "92", Label: "General dental practitioner"},
	{Code: "93", Label: "Community dental service"},
	{Code: "08", Label: "Other source of referral"},
	{Code: "97", Label: "Other, not initiated by the consultant"},
	{Code: "99", Label: "Not known", Missing: true},
}
