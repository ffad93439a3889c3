package hesop

import (
	"fmt"
	"slices"
	"strings"

	"hesopmatch/codelist/coding"
	"hesopmatch/hesop/internal/padding"
)

// emergencyNames are the beginnings of column names that only the data set of accident and emergency care has (HES
// Accident and Emergency data dictionary). The diagnoses of that data set usually belong to a numeric classification,
// not to ICD-10.
var emergencyNames = []string{
	"aearrival", "aeattend", "aedept", "aeincloc", "aepatgroup", "aerefsource", "aekey",
	"treatscheme", "investscheme",
}

// isEmergency reports whether a folded name begins with one of emergencyNames.
func isEmergency(name string) bool {
	if name == "" || len(name) > longestName || !strings.ContainsRune("ati", rune(name[0])) {
		return false
	}
	plain := strings.ReplaceAll(underscored(name), "_", "")
	return slices.ContainsFunc(emergencyNames, func(start string) bool { return strings.HasPrefix(plain, start) })
}

// checkEmergency finds the column that states the classification of the diagnoses. It fails if diagnoses are read from
// emergency care without such a column. It also fails if emergency data without that column have unread columns named
// like code columns, and no diagnoses are read. The usual error advises renaming such columns, which would not help
// here.
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

// checkEmergencyMissed checks a header from which no diagnoses are read. It fails if the header belongs to emergency
// care, does not state a classification, and has unread columns that are named like code columns.
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

// isScheme reports whether a name is that of the column that states the classification.
func isScheme(name string) bool {
	name = foldColumn(name)
	return strings.HasPrefix(name, "diag") &&
		strings.HasPrefix(strings.ReplaceAll(underscored(name), "_", ""), "diagscheme")
}

// emergencyError returns the error for data of emergency care. The error names the given column, by which the data were
// recognised.
func (h *header) emergencyError(column int) error {
	return fmt.Errorf("%w: column %q belongs to emergency care, whose diagnoses are ICD-10 codes only if a column "+
		"diagscheme says so (02), and there is no column diagscheme",
		ErrScheme, h.spelled(column))
}

// checkScheme fails if a row has diagnoses and states a classification other than ICD-10. In emergency care it also
// fails if a row with diagnoses states no classification. The value 02 means ICD-10 (NHS Data Dictionary, diagnosis
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
			return fmt.Errorf("%w: column %q does not say that the diagnoses of this row are ICD-10 (02): select "+
				"only rows that say so, and keep the column",
				ErrScheme, h.spelled(h.scheme))
		}
	}
	return nil
}
