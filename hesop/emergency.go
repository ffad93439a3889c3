package hesop

import (
	"fmt"
	"slices"
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop/internal/padding"
)

// emergencyNames begin the names of columns that only the data set of accident and
// emergency care has (HES Accident and Emergency data dictionary). What is in its columns
// of diagnoses is as a rule another classification, of numbers.
var emergencyNames = []string{
	"aearrival", "aeattend", "aedept", "aeincloc", "aepatgroup", "aerefsource", "aekey",
	"treatscheme", "investscheme",
}

// isEmergency reports whether a folded name is that of such a column.
func isEmergency(name string) bool {
	if name == "" || len(name) > longestName || !strings.ContainsRune("ati", rune(name[0])) {
		return false
	}
	plain := strings.ReplaceAll(underscored(name), "_", "")
	return slices.ContainsFunc(emergencyNames, func(start string) bool { return strings.HasPrefix(plain, start) })
}

// checkEmergency finds the column that says which classification the diagnoses are of.
// It fails if they are read from emergency care and no column says that.
//
// It does so too where columns are named as those of diagnoses are: to name them is no help.
func (h *header) checkEmergency(codes []placedField, renamed []renamed, notCodes []string) error {
	h.scheme = -1
	if !slices.ContainsFunc(codes, func(f placedField) bool { return f.System == coding.ICD10 }) {
		return h.checkEmergencyMissed(codes, renamed, notCodes)
	}
	column := -1
	for i := range h.names {
		switch {
		case isScheme(h.names[i]):
			h.scheme = i
		case isEmergency(foldColumn(h.names[i])):
			h.isAE, column = true, i
		}
	}
	if h.isAE && h.scheme < 0 {
		return h.emergencyError(column)
	}
	return nil
}

// checkEmergencyMissed fails for emergency care of which no diagnosis is read, if columns are named so.
func (h *header) checkEmergencyMissed(codes []placedField, renamed []renamed, notCodes []string) error {
	column := slices.IndexFunc(h.names, func(name string) bool { return isEmergency(foldColumn(name)) })
	if column < 0 || slices.ContainsFunc(h.names, isScheme) {
		return nil
	}
	isRead := make([]bool, len(h.names))
	for _, f := range codes {
		isRead[f.Column.index] = true
	}
	missed, others := h.missed(isRead, renamed, notCodes)
	if len(missed)+len(others) == 0 {
		return nil
	}
	return h.emergencyError(column)
}

// isScheme reports whether a name is that of the column that says which classification is used.
func isScheme(name string) bool {
	name = foldColumn(name)
	return strings.HasPrefix(name, "diag") &&
		strings.HasPrefix(strings.ReplaceAll(underscored(name), "_", ""), "diagscheme")
}

// emergencyError refuses data of emergency care, which a column shows.
func (h *header) emergencyError(column int) error {
	return fmt.Errorf("%w: column %q is of emergency care, whose diagnoses are numbers of its own unless column "+
		"diagscheme says ICD-10 (02), and there is no such column",
		ErrScheme, h.spelled(column))
}

// checkScheme fails if a row has diagnoses and says that they are not of ICD-10, or in
// emergency care does not say that they are. 02 is ICD-10 (NHS Data Dictionary, diagnosis
// scheme in use).
func (h *header) checkScheme(a *Appointment) error {
	switch scheme := strings.ToLower(string(padding.Trim(a.text(h.scheme)))); scheme {
	case "02", "2", "2.0", "icd10", "icd-10", "icd 10":
		return nil
	case "":
		if !h.isAE {
			return nil
		}
	}
	for i := range h.codes.fields {
		f := &h.codes.fields[i]
		if f.System == coding.ICD10 && len(padding.Trim(a.text(f.Column.index))) > 0 {
			return fmt.Errorf("%w: column %q does not say that the diagnoses of the row are of ICD-10 (02): select "+
				"the rows that are, and keep the column",
				ErrScheme, h.spelled(h.scheme))
		}
	}
	return nil
}
